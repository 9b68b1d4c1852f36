"""The window is on screen before torch is: what may be imported without it."""

import subprocess
import sys

import pytest

import core

HEAVY = ("torch", "torchvision", "lightning_fabric", "sklearn", "umap", "numba", "PySide6", "pyqtgraph", "safetensors")


def imported(code: str) -> set[str]:
    """Names of the top-level modules a fresh interpreter has after `code`."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_the_package_imports_nothing_of_note() -> None:
    found = imported("import core, core.evaluation, core.training")
    assert not found & {*HEAVY, "pydantic", "numpy", "PIL"}


def test_types_for_panels_and_the_command_line_import_no_torch() -> None:
    found = imported(
        "import core.cli, core.config, core.hyperparameters, core.errors, core.files, core.runs, core.run_content, "
        "core.cli_text, core.training.records, core.training.mailbox, core.training.controls, "
        "core.evaluation.curve, core.evaluation.measured, core.evaluation_text, core.data.dataset, core.data.sources"
    )
    assert not found & set(HEAVY)


def test_public_names() -> None:
    for name in core.__all__:
        assert getattr(core, name) is not None
    for name in ("distances", "evaluation", "fitted_distances", "losses", "projection"):
        assert getattr(core, name).__name__ == f"core.{name}"
    assert core.RunConfig.__module__ == "core.config"


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'core' has no attribute 'tran'"):
        core.tran  # noqa: B018
