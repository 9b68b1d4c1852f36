import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.bridge.imports import import_for_good


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "a_large_module.py").write_text("objects = [[] for _ in range(100)]\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "a_large_module"
    sys.modules.pop("a_large_module", None)
    gc.unfreeze()


def test_what_is_imported_is_left_out_of_collections(module: str) -> None:
    import_for_good(module)
    assert module in sys.modules
    assert gc.get_freeze_count() > 100


def test_what_is_there_already_costs_nothing(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import_for_good(module)
    with monkeypatch.context() as patch:
        patch.setattr(gc, "collect", lambda: pytest.fail("there is nothing new"))
        import_for_good(module)
