"""The tiny run, exported once."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from core.runs import Run
from core.verification import Verifier


@pytest.fixture(scope="session")
def loaded(trained: Run) -> Verifier:
    """The verifier of the tiny run; do not change it."""
    return Verifier.load(trained, device="cpu")


@pytest.fixture(scope="session")
def onnx_file(loaded: Verifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny run as ONNX; do not change it."""
    import torch

    from core.export.onnx_file import write_onnx

    torch.set_num_threads(1)
    file = tmp_path_factory.mktemp("onnx") / "tiny.onnx"
    write_onnx(loaded, file)
    return file


@pytest.fixture(scope="session")
def example(onnx_file: Path) -> ModuleType:
    """The example that stands beside it, imported."""
    place = onnx_file.with_name("tiny_example.py")
    found = importlib.util.spec_from_file_location("tiny_example", place)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        found.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module
