"""Run by `test_new_loss.py` where `core` is a copy with one module more, the loss my-loss.

Tells as JSON, on the last line, where the new loss was found.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image


def main(folder: Path) -> None:
    found: dict[str, object] = {
        "refusal": _refusal(),
        "choices": _choices(),
        "torch_was_needed": "torch" in sys.modules,
    }
    found["exit_code"] = _train(folder)
    found["steps"] = [json.loads(line) for line in (folder / "run" / "metrics.jsonl").read_text().splitlines()]
    tests = Path(__file__).parents[1] / "core" / "losses" / "test_properties.py"
    watch = _Watch()
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", "my-loss", "--rootdir", str(folder)]
    pytest.main([*options, str(tests)], plugins=[watch])
    found["properties"] = watch.outcomes
    sys.stdout.write(json.dumps(found))


class _Watch:
    """Counts what becomes of tests."""

    def __init__(self) -> None:
        self.outcomes: dict[str, int] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.outcomes[report.outcome] = self.outcomes.get(report.outcome, 0) + 1


def _refusal() -> str:
    from core.config import make_config
    from core.errors import InputError

    try:
        make_config({"loss": "no-such-loss"})
    except InputError as error:
        return str(error)
    return ""


def _choices() -> list[str]:
    from PySide6.QtWidgets import QApplication

    from explorer.panels.run_fields import make_fields

    _application = QApplication([])
    box: Any = make_fields(lambda name, value: value)["loss"].control
    return [box.itemText(row) for row in range(box.count())]


def _train(folder: Path) -> int:
    """Two classes of noise, one step or two."""
    from core.cli import main as run_command

    draw = np.random.default_rng(0)
    for name in ("one", "other"):
        (folder / "images" / name).mkdir(parents=True)
        for number in range(6):
            pixels = draw.integers(0, 255, (16, 16, 3), np.uint8)
            Image.fromarray(pixels).save(folder / "images" / name / f"{number}.png")
    settings = {"loss": "my-loss", "margin": "0.7", "classes_per_batch": "2", "samples_per_class": "2"}
    words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    places = ["--data", str(folder / "images"), "--run", str(folder / "run")]
    return run_command(["train", *places, "--epochs", "1", "--image-size", "16", *words])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
