"""Exclusions and other classes of a data set: kept beside it at once, undoable, and nothing lost where that fails.

Few tests with many steps: each of them makes all panels.
"""

import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from core.data.edit_file import Edit, read_edits, write_edits
from core.data.sources import edit_file_of, open_dataset
from explorer.controllers.changes import Change
from tests.explorer.controllers.conftest import Desk
from tests.explorer.tiny import draw_data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return draw_data(tmp_path / "drawn")


@pytest.fixture
def chosen(desk: Desk, folder: Path) -> Desk:
    """The folder in the grid, its first two images selected."""
    choose(desk, folder)
    return desk


def choose(desk: Desk, folder: Path, *places: int) -> None:
    """List a folder and select images of it, the first two where none are named."""
    desk.data.choose_folder(str(folder))
    desk.settle()
    desk.data_panel._take_selection(places or (0, 1))


def button(desk: Desk, name: str) -> QPushButton:
    found = desk.data_panel.findChild(QPushButton, name)
    assert found is not None
    return found


def press(desk: Desk, name: str) -> None:
    button(desk, name).click()
    desk.settle()


def give_class(desk: Desk, name: str) -> None:
    field = desk.data_panel.findChild(QComboBox, "new_class")
    assert field is not None
    field.setEditText(name)
    press(desk, "relabel_images")


def states(folder: Path) -> dict[str, str | None]:
    return {edit.sample: edit.label for edit in read_edits(edit_file_of(str(folder)))}


def names(desk: Desk, *places: int) -> list[str]:
    assert desk.state.dataset is not None
    return [desk.state.dataset.samples[place].id for place in places]


def test_images_are_excluded_and_taken_back_beside_the_data(chosen: Desk, folder: Path, tmp_path: Path) -> None:
    before, listed = sorted(folder.rglob("*")), chosen.state.dataset
    assert listed is not None
    assert not button(chosen, "take_back_edits").isEnabled()
    press(chosen, "exclude_images")
    excluded = dict.fromkeys(names(chosen, 0, 1))
    assert states(folder) == excluded
    assert edit_file_of(str(folder)).parent == folder.parent
    assert sorted(folder.rglob("*")) == before
    assert len(open_dataset(str(folder)).samples) == len(listed.samples) - 2
    assert chosen.setup._dataset is not None
    assert len(chosen.setup._dataset.samples) == len(listed.samples) - 2
    assert ("excluded", 2) in chosen.data_panel._images.views()
    assert chosen.said == "Excluded 2 images: runs from now on leave them out; Ctrl+Z takes that back"
    press(chosen, "take_back_edits")
    assert states(folder) == {}
    assert chosen.said.startswith("As the data says again: 2 images")
    chosen.controllers.undo.undo()
    chosen.settle()
    assert states(folder) == excluded
    # Undo reaches the data that it was done to, whatever is shown by then.
    other = draw_data(tmp_path / "other")
    choose(chosen, other)
    chosen.controllers.undo.undo()
    chosen.settle()
    assert states(folder) == states(other) == {}
    assert not chosen.data_panel._images.edited.excluded.any()


def test_edits_of_data_can_be_taken_back_when_another_run_is_shown(chosen: Desk, folder: Path, stored: Path) -> None:
    undo, ids = chosen.controllers.undo, names(chosen, 0, 1)
    press(chosen, "exclude_images")
    give_class(chosen, "a new one")
    press(chosen, "take_back_edits")
    undo.undo()
    undo.push(Change("move the threshold", lambda: None, lambda: None))
    chosen.open(stored)
    assert [undo.text(place) for place in range(undo.count())] == [
        "exclude 2 images from the data",
        "give 2 images the class a new one",
    ]
    assert states(folder) == dict.fromkeys(ids, "a new one")
    for act, expected in ((undo.undo, dict.fromkeys(ids)), (undo.undo, {}), (undo.redo, dict.fromkeys(ids))):
        act()
        chosen.settle()
        assert states(folder) == expected


def test_images_are_given_a_class_with_undo(chosen: Desk, folder: Path) -> None:
    undo = chosen.controllers.undo
    give_class(chosen, "blue")  # as the data says
    assert undo.count() == 0
    give_class(chosen, "x" * 300)
    assert "1 to 200 characters" in chosen.data_panel._edits._problem.sentence()
    assert states(folder) == {}
    press(chosen, "exclude_images")
    give_class(chosen, " a new one ")
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1), "a new one")
    assert chosen.data_panel._images.edited.classes[-1] == "a new one"
    assert undo.undoText() == "give 2 images the class a new one"
    undo.undo()
    chosen.settle()
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1))
    undo.undo()
    chosen.settle()
    assert not edit_file_of(str(folder)).exists()
    undo.redo()
    undo.redo()
    chosen.settle()
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1), "a new one")
    give_class(chosen, "blue")
    assert states(folder) == {}
    # Too little left is said until it is taken back.
    assert chosen.state.dataset is not None
    chosen.data_panel._take_selection(tuple(range(len(chosen.state.dataset.samples))))
    press(chosen, "exclude_images")
    assert "No run can start" in chosen.data_panel._problem.sentence()
    undo.undo()
    chosen.settle()
    assert chosen.data_panel._problem.sentence() == ""


def test_what_is_in_the_file_is_shown_and_never_lost(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, ids = edit_file_of(str(folder)), [sample.id for sample in open_dataset(str(folder)).samples]
    write_edits(file, (Edit(sample=ids[3]),))
    choose(desk, folder)
    assert desk.data_panel._images.edited.excluded.tolist().index(True) == 3
    assert desk.controllers.undo.count() == 0
    # Another window has been at work.
    write_edits(file, (Edit(sample=ids[5]),))
    press(desk, "exclude_images")
    assert desk.status.is_problem
    assert "was changed by another window since" in desk.said
    assert states(folder) == {ids[5]: None}
    assert desk.data_panel._images.edited.excluded.tolist().index(True) == 5
    # The disk is full.
    with monkeypatch.context() as patch:
        patch.setattr("core.data.edit_file.write_whole", full)
        press(desk, "exclude_images")
    assert desk.said.startswith("The change was not kept beside the data: ")
    assert desk.said.endswith("cannot be written (no space left on device)")
    assert states(folder) == {ids[5]: None}
    desk.controllers.undo.undo()
    desk.settle()
    assert "not kept" in desk.said, "nothing new to complain of"
    press(desk, "exclude_images")
    assert len(states(folder)) == 3
    # Somebody has damaged the file.
    file.write_text("{")
    choose(desk, folder)
    assert desk.status.is_problem
    assert desk.said.startswith(f"{file}: damaged, ")
    assert desk.data_panel._problem.sentence() == desk.said
    assert not button(desk, "exclude_images").isEnabled()
    assert str(file) in button(desk, "exclude_images").toolTip()
    assert file.read_text() == "{"


def full(path: Path, text: str) -> None:
    """As `write_whole` on a disk without room."""
    raise OSError(errno.ENOSPC, "No space left on device")
