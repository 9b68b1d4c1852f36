"""Selections under a name, as the window keeps and chooses them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from core.selections import SavedSelection, read_selections, write_selections
from explorer.bridge.selections import SelectionsBridge
from explorer.bridge.tasks import TaskThread
from explorer.controllers.selections import SelectionController
from explorer.panels.kept_selections import Combine
from explorer.panels.map import MapPanel, MapView
from explorer.state import ExplorerState, RunView
from explorer.widgets.status_line import StatusLine
from tests.explorer.tiny import tiny_config

NAMES = tuple(f"{'ab'[place // 3]}/{place}.png" for place in range(6))


class Desk:
    """A map and its menu, with a run that is a folder."""

    def __init__(self, qtbot: QtBot, run: Path) -> None:
        self.qtbot, self.folder = qtbot, run
        run.mkdir()
        self.state, self.map, self.status = ExplorerState(), MapPanel(), StatusLine()
        for widget in (self.map, self.status):
            qtbot.addWidget(widget)
        self.tasks, self.undo = TaskThread("selections", lambda: None), QUndoStack()
        self.bridge = SelectionsBridge(self.tasks)
        self.controller = SelectionController(
            self.state, self.bridge, self.undo, map_panel=self.map, status=self.status
        )

    @property
    def said(self) -> str:
        return self.status.message

    def open(self) -> None:
        self.state.set_run(RunView(self.folder, tiny_config(self.folder), ("a", "b"), NAMES, False))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.tasks.poll() or not self.tasks.busy, timeout=20_000)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path / "run")
    yield desk
    desk.tasks.close()


@pytest.fixture
def copied(desk: Desk) -> Path:
    return desk.folder


@pytest.fixture
def opened(desk: Desk) -> Desk:
    desk.open()
    return desk


def kept(desk: Desk) -> list[tuple[str, str]]:
    tree = desk.map.selections.form._list
    return [(tree.topLevelItem(row).text(0), tree.topLevelItem(row).text(1)) for row in range(tree.topLevelItemCount())]


def save(desk: Desk, name: str, *samples: int) -> None:
    desk.state.set_selection(samples)
    desk.map.selections.form.save_requested.emit(name)


def names(desk: Desk, *samples: int) -> tuple[str, ...]:
    assert desk.state.run is not None
    return tuple(desk.state.run.sample_names[sample] for sample in samples)


def test_a_selection_is_kept_with_the_run_and_chosen_again(opened: Desk, copied: Path) -> None:
    save(opened, " odd ones ", 3, 1)
    assert kept(opened) == [("odd ones", "2")]
    assert opened.said == "Kept 2 images as odd ones"
    opened.settle()
    assert read_selections(copied) == (SavedSelection(name="odd ones", samples=names(opened, 3, 1)),)
    opened.state.set_selection(())
    opened.map.selections.form.chosen.emit("odd ones", Combine.REPLACE)
    assert opened.state.selection == (3, 1)
    assert opened.said == "odd ones: 2 images selected"


def test_another_window_finds_them(opened: Desk, copied: Path) -> None:
    save(opened, "one", 1)
    opened.settle()
    opened.state.set_run(None)
    assert kept(opened) == []
    opened.open()
    assert kept(opened) == [("one", "1")]


@pytest.mark.parametrize(
    ("how", "after"),
    [
        (Combine.REPLACE, (2, 3)),
        (Combine.ADD, (1, 2, 3)),
        (Combine.TAKE_AWAY, (1,)),
        (Combine.INTERSECT, (2,)),
    ],
)
def test_a_kept_selection_is_combined_with_the_present_one(opened: Desk, how: Combine, after: tuple[int, ...]) -> None:
    save(opened, "kept", 2, 3)
    opened.state.set_selection((1, 2))
    opened.map.selections.form.chosen.emit("kept", how)
    assert opened.state.selection == after


def test_the_keys_mean_what_they_mean_on_the_map() -> None:
    keys = Qt.KeyboardModifier
    assert Combine.by_keys(keys.NoModifier) is Combine.REPLACE
    assert Combine.by_keys(keys.ShiftModifier) is Combine.by_keys(keys.ControlModifier) is Combine.ADD
    assert Combine.by_keys(keys.AltModifier) is Combine.TAKE_AWAY
    assert Combine.by_keys(keys.AltModifier | keys.ShiftModifier) is Combine.INTERSECT
    assert Combine.by_keys(keys.MetaModifier | keys.KeypadModifier) is Combine.REPLACE


def test_each_change_is_taken_back_and_made_again(opened: Desk, copied: Path) -> None:
    save(opened, "a & b", 1)
    save(opened, "second", 2)
    opened.map.selections.form.rename_requested.emit("a & b", "first")
    opened.map.selections.form.delete_requested.emit("second")
    assert opened.said == "Deleted the selection second; Ctrl+Z brings it back"
    assert kept(opened) == [("first", "1")]
    undo = opened.undo
    assert [undo.text(place) for place in range(undo.count())] == [
        "save the selection a && b",
        "save the selection second",
        "rename the selection a && b",
        "delete the selection second",
    ]
    for expected in (["first", "second"], ["a & b", "second"], ["a & b"], []):
        undo.undo()
        assert [name for name, _ in kept(opened)] == expected
        opened.settle()
        assert [each.name for each in read_selections(copied)] == expected
    undo.redo()
    assert [name for name, _ in kept(opened)] == ["a & b"]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            lambda form: form.save_requested.emit("kept"),
            "A selection needs a name of its own, found one called 'kept'",
        ),
        (lambda form: form.save_requested.emit("a\nb"), "A selection's name must have printable characters only"),
        (lambda form: form.rename_requested.emit("other", "kept"), "A selection needs a name of its own"),
        (lambda form: form.rename_requested.emit("other", " "), "A selection's name must have 1 to 80 characters"),
    ],
)
def test_a_name_that_will_not_do_is_said_in_the_menu(opened: Desk, act: object, said: str) -> None:
    save(opened, "kept", 1)
    save(opened, "other", 2)
    act(opened.map.selections.form)  # type: ignore[operator]
    assert opened.map.selections.form._problem.sentence().startswith(said)
    assert [name for name, _ in kept(opened)] == ["kept", "other"]
    save(opened, "third", 2)
    assert opened.map.selections.form._problem.sentence() == ""


def test_a_name_may_change_its_case_only(opened: Desk) -> None:
    save(opened, "kept", 1)
    opened.map.selections.form.rename_requested.emit("kept", "Kept")
    assert kept(opened) == [("Kept", "1")]


def test_images_that_the_run_does_not_have_are_said(desk: Desk, copied: Path) -> None:
    write_selections(copied, [SavedSelection(name="old", samples=("gone/1.png", NAMES[4], "gone/2.png"))])
    desk.open()
    desk.map.selections.form.chosen.emit("old", Combine.REPLACE)
    assert desk.state.selection == (4,)
    assert desk.said == "old: 1 image selected; this run has no image gone/1.png and 1 more"


def test_a_damaged_file_is_one_sentence_and_nothing_else_is_lost(desk: Desk, copied: Path) -> None:
    (copied / "selections.json").write_text('{"selections": [')
    desk.open()
    assert desk.said.startswith("Kept selections: ")
    assert "selections.json: damaged" in desk.said
    save(desk, "new", 1)
    desk.settle()
    assert desk.said == "The selections that could not be read are kept as selections.json.damaged-1"
    assert (copied / "selections.json.damaged-1").read_text() == '{"selections": ['
    assert kept(desk) == [("new", "1")]


def test_what_cannot_be_written_is_told(opened: Desk, copied: Path) -> None:
    (copied / "selections.json").mkdir()
    (copied / "selections.json" / "x").write_text("")
    (copied / "selections.json.damaged-1").mkdir()
    save(opened, "one", 1)
    opened.settle()
    assert (copied / "selections.json.damaged-2" / "x").is_file()  # whatever lay there is out of the way
    assert read_selections(copied)[0].name == "one"


def test_nothing_is_kept_before_what_is_there_was_read(desk: Desk, copied: Path) -> None:
    """Or it would be overwritten."""
    write_selections(copied, [SavedSelection(name="there", samples=("x",))])
    desk.open()
    desk.controller._kept = None
    save(desk, "mine", 1)
    assert desk.map.selections.form._problem.sentence().endswith("still being read.")
    assert desk.undo.count() == 0


def test_of_a_run_that_is_not_shown_any_more_nothing_is_taken(opened: Desk, tmp_path: Path) -> None:
    opened.bridge.found.emit(tmp_path / "another", (SavedSelection(name="x", samples=("y",)),))
    assert kept(opened) == []


def test_turned_round_and_widened_to_classes(opened: Desk) -> None:
    """Among the points of the map, which has not all images of the run."""
    ids, labels = np.array([5, 1, 0, 3]), np.array([1, 0, 0, 1])
    opened.map.show_layout(
        MapView(np.zeros((4, 2), np.float32), labels, ids, np.ones(4, np.bool_), ("a", "b"), "pca", 1, "")
    )
    menu = opened.map.selections
    opened.state.set_selection((0, 4))
    menu.form.invert_requested.emit()
    assert opened.state.selection == (1, 3, 5)
    opened.state.set_selection((3, 4))
    menu.form.classes_requested.emit()
    assert opened.state.selection == (3, 4, 5)
    menu.form.none_requested.emit()
    assert opened.state.selection == ()
    assert menu.form._count.text() == "No image is selected."


def test_without_a_map_there_is_nothing_to_turn_round(opened: Desk) -> None:
    opened.state.set_selection((1,))
    opened.map.selections.form.invert_requested.emit()
    opened.map.selections.form.classes_requested.emit()
    assert opened.state.selection == (1,)
