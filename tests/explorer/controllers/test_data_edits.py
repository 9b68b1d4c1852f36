"""Exclusions and other classes of a data set: kept beside it at once, undoable, and nothing lost where that fails."""

import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from core.data.edit_file import Edit, read_edits, write_edits
from core.data.sources import edit_file_of, open_dataset
from tests.explorer.controllers.conftest import Desk
from tests.explorer.tiny import draw_data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return draw_data(tmp_path / "drawn")


@pytest.fixture
def chosen(desk: Desk, folder: Path) -> Desk:
    """The folder in the grid, its first two images selected."""
    desk.data.choose_folder(str(folder))
    desk.settle()
    desk.data_panel._grid.set_selection((0, 1))
    desk.data_panel._take_selection((0, 1))
    return desk


def button(desk: Desk, name: str) -> QPushButton:
    found = desk.data_panel.findChild(QPushButton, name)
    assert found is not None
    return found


def give_class(desk: Desk, name: str) -> None:
    field = desk.data_panel.findChild(QComboBox, "new_class")
    assert field is not None
    field.setEditText(name)
    button(desk, "relabel_images").click()
    desk.settle()


def states(folder: Path) -> dict[str, str | None]:
    return {edit.sample: edit.label for edit in read_edits(edit_file_of(str(folder)))}


def names(desk: Desk, *places: int) -> list[str]:
    assert desk.state.dataset is not None
    return [desk.state.dataset.samples[place].id for place in places]


def test_excluded_images_are_kept_beside_the_data_and_left_out_of_runs(chosen: Desk, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    button(chosen, "exclude_images").click()
    chosen.settle()
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1))
    assert edit_file_of(str(folder)).parent == folder.parent
    assert sorted(folder.rglob("*")) == before
    listed = chosen.state.dataset
    assert listed is not None
    assert len(open_dataset(str(folder)).samples) == len(listed.samples) - 2
    assert chosen.setup._dataset is not None
    assert len(chosen.setup._dataset.samples) == len(listed.samples) - 2
    assert ("excluded", 2) in chosen.data_panel._images.views()
    assert chosen.said == "Excluded 2 images: runs from now on leave them out; Ctrl+Z takes that back"


def test_undo_and_redo_follow_in_the_file(chosen: Desk, folder: Path) -> None:
    button(chosen, "exclude_images").click()
    give_class(chosen, "green")
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1), "green")
    undo = chosen.controllers.undo
    assert undo.undoText() == "give 2 images the class green"
    undo.undo()
    chosen.settle()
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1))
    undo.undo()
    chosen.settle()
    assert not edit_file_of(str(folder)).exists()
    assert not chosen.data_panel._images.edited.excluded.any()
    undo.redo()
    chosen.settle()
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1))


def test_a_class_of_the_data_s_own_is_no_edit_and_a_new_one_is_offered(chosen: Desk, folder: Path) -> None:
    give_class(chosen, "blue")  # as the data says
    assert chosen.controllers.undo.count() == 0
    give_class(chosen, " a new one ")
    assert states(folder) == dict.fromkeys(names(chosen, 0, 1), "a new one")
    assert chosen.data_panel._images.edited.classes[-1] == "a new one"
    give_class(chosen, "blue")
    assert states(folder) == {}


def test_a_name_that_no_class_may_have_is_refused_in_the_panel(chosen: Desk, folder: Path) -> None:
    give_class(chosen, "x" * 300)
    assert "1 to 200 characters" in chosen.data_panel._edits._problem.sentence()
    assert states(folder) == {}


def test_edits_are_taken_back(chosen: Desk, folder: Path) -> None:
    assert not button(chosen, "take_back_edits").isEnabled()
    button(chosen, "exclude_images").click()
    chosen.settle()
    button(chosen, "take_back_edits").click()
    chosen.settle()
    assert states(folder) == {}
    assert chosen.said.startswith("As the data says again: 2 images")


def test_what_was_kept_before_is_shown_and_is_no_step_to_undo(desk: Desk, folder: Path) -> None:
    name = open_dataset(str(folder)).samples[3].id
    write_edits(edit_file_of(str(folder)), (Edit(sample=name),))
    desk.data.choose_folder(str(folder))
    desk.settle()
    assert desk.data_panel._images.edited.excluded.tolist().index(True) == 3
    assert desk.controllers.undo.count() == 0


def test_a_damaged_file_is_one_sentence_and_stays(desk: Desk, folder: Path) -> None:
    file = edit_file_of(str(folder))
    file.write_text("{")
    desk.data.choose_folder(str(folder))
    desk.settle()
    assert desk.status.is_problem
    assert desk.said.startswith(f"{file}: damaged, ")
    assert desk.data_panel._problem.sentence() == desk.said
    desk.data_panel._take_selection((0,))
    assert not button(desk, "exclude_images").isEnabled()
    assert str(file) in button(desk, "exclude_images").toolTip()
    assert file.read_text() == "{"


def test_what_another_window_kept_meanwhile_is_not_lost(chosen: Desk, folder: Path) -> None:
    other = (Edit(sample=names(chosen, 5)[0]),)
    write_edits(edit_file_of(str(folder)), other)
    button(chosen, "exclude_images").click()
    chosen.settle()
    assert chosen.status.is_problem
    assert "was changed by another window since" in chosen.said
    assert read_edits(edit_file_of(str(folder))) == other
    assert chosen.data_panel._images.edited.excluded.tolist().index(True) == 5


def test_a_full_disk_leaves_what_was_there_and_says_so(
    chosen: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("core.data.edit_file.write_whole", full)
        button(chosen, "exclude_images").click()
        chosen.settle()
    assert chosen.said.startswith("The change was not kept beside the data: ")
    assert chosen.said.endswith("cannot be written (no space left on device)")
    assert not chosen.data_panel._images.edited.excluded.any()
    assert states(folder) == {}
    chosen.controllers.undo.undo()
    chosen.settle()
    assert "not kept" in chosen.said, "nothing new to complain of"
    button(chosen, "exclude_images").click()
    chosen.settle()
    assert len(states(folder)) == 2


def test_too_little_left_is_said_until_it_is_taken_back(chosen: Desk) -> None:
    assert chosen.state.dataset is not None
    every = tuple(range(len(chosen.state.dataset.samples)))
    chosen.data_panel._take_selection(every)
    button(chosen, "exclude_images").click()
    chosen.settle()
    assert "No run can start" in chosen.data_panel._problem.sentence()
    chosen.controllers.undo.undo()
    chosen.settle()
    assert chosen.data_panel._problem.sentence() == ""


def test_undoing_reaches_the_data_it_was_done_to(chosen: Desk, folder: Path) -> None:
    button(chosen, "exclude_images").click()
    chosen.settle()
    chosen.data.choose("digits")
    chosen.settle()
    chosen.controllers.undo.undo()
    chosen.settle()
    assert states(folder) == {}
    assert not chosen.data_panel._images.edited.excluded.any()
