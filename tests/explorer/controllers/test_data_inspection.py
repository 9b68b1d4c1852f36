"""Inspecting the data set in the grid: progress, cancel, what is found, and that it follows edits and settings.

Few tests with many steps: each of them makes all panels.
"""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from core.data.inspection import inspect
from core.errors import InputError
from tests.explorer.controllers.conftest import Desk
from tests.explorer.tiny import draw_data


@pytest.fixture
def chosen(desk: Desk, tmp_path: Path) -> Desk:
    """A folder with a copy of a blue image among the red ones, and a red one that is cut off."""
    folder = draw_data(tmp_path / "drawn")
    blue, red = (sorted((folder / "images" / name).iterdir()) for name in ("blue", "red"))
    shutil.copy(blue[0], red[0].with_name("blue.png"))
    red[1].write_bytes(red[1].read_bytes()[:40])
    desk.data.choose_folder(str(folder))
    desk.settle()
    return desk


def press(desk: Desk) -> None:
    button = desk.data_panel.findChild(QPushButton, "inspect_data")
    assert button is not None
    button.click()


def found(desk: Desk) -> dict[str, int]:
    return dict(desk.data_panel._images.views())


def test_what_is_found_is_listed_and_follows_edits_and_settings(chosen: Desk) -> None:
    before = found(chosen)
    assert before["training"] + before["held out"] == before["all"], "known before anything is read"
    assert "unreadable" not in before
    press(chosen)
    assert not chosen.data_panel._inspect.isEnabled()
    chosen.settle()
    views = found(chosen)
    assert (views["unreadable"], views["several classes"]) == (1, 2)
    assert chosen.said.startswith("Inspected: 1 unreadable")
    assert chosen.data_panel._inspect.isEnabled()
    images = chosen.data_panel._images
    assert images.inspection is not None
    [broken] = images.of_view("unreadable").tolist()
    copy = int(images.of_view("several classes")[1])
    chosen.data_panel.exclude_requested.emit((broken, copy))
    chosen.settle()
    views = found(chosen)
    assert {"unreadable", "several classes"}.isdisjoint(views)
    assert views["excluded"] == 2
    chosen.controllers.undo.undo()
    chosen.settle()
    assert found(chosen)["unreadable"] == 1
    chosen.setup._fields["holdout"].fill(0.5)
    chosen.setup.settings_changed.emit()
    chosen.settle()
    assert found(chosen)["held out"] > before["held out"]


def test_an_inspection_that_comes_to_nothing(chosen: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(dataset: object, watch: object) -> None:
        chosen.bridges.inspecting.cancel()
        watch("reading images", 0.5)  # type: ignore[operator]

    def broken(dataset: object, watch: object) -> None:
        raise InputError("pets: gone")

    monkeypatch.setattr("core.data.inspection.inspect", endless)
    press(chosen)
    chosen.settle()
    assert chosen.said == "Cancelled the inspection; nothing was kept of it"
    assert chosen.data_panel._images.inspection is None
    assert chosen.data_panel._inspect.isEnabled()
    monkeypatch.setattr("core.data.inspection.inspect", broken)
    press(chosen)
    chosen.settle()
    assert chosen.said == "The images were not inspected: pets: gone"
    # Another data set ends what is under way.
    monkeypatch.setattr("core.data.inspection.inspect", inspect)
    press(chosen)
    chosen.data.choose(str(draw_data(tmp_path / "other")))
    chosen.settle()
    assert chosen.data_panel._images.inspection is None
    assert "unreadable" not in found(chosen)
    assert chosen.data_panel._inspect.isEnabled()
