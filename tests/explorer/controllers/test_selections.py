"""Selections under a name, as the window keeps and chooses them."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.selections import SavedSelection, read_selections, write_selections
from explorer.panels.map_selections import Combine
from tests.explorer.controllers.conftest import Desk


@pytest.fixture
def opened(desk: Desk, copied: Path) -> Desk:
    desk.open(copied)
    desk.settle()
    return desk


def kept(desk: Desk) -> list[tuple[str, str]]:
    tree = desk.map.selections.form._list
    return [(tree.topLevelItem(row).text(0), tree.topLevelItem(row).text(1)) for row in range(tree.topLevelItemCount())]


def save(desk: Desk, name: str, *samples: int) -> None:
    desk.state.set_selection(samples)
    desk.map.selections.save_requested.emit(name)


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
    opened.map.selections.chosen.emit("odd ones", Combine.REPLACE)
    assert opened.state.selection == (3, 1)
    assert opened.said == "odd ones: 2 images selected"


def test_another_window_finds_them(opened: Desk, copied: Path) -> None:
    save(opened, "one", 1)
    opened.settle()
    opened.state.set_run(None)
    assert kept(opened) == []
    opened.open(copied)
    opened.settle()
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
    opened.map.selections.chosen.emit("kept", how)
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
    opened.map.selections.rename_requested.emit("a & b", "first")
    opened.map.selections.delete_requested.emit("second")
    assert opened.said == "Deleted the selection second; Ctrl+Z brings it back"
    assert kept(opened) == [("first", "1")]
    undo = opened.controllers.undo
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
        (lambda menu: menu.save_requested.emit("kept"), "A selection needs a name of its own, found one called 'kept'"),
        (lambda menu: menu.save_requested.emit("a\nb"), "A selection's name must have printable characters only"),
        (lambda menu: menu.rename_requested.emit("other", "kept"), "A selection needs a name of its own"),
        (lambda menu: menu.rename_requested.emit("other", " "), "A selection's name must have 1 to 80 characters"),
    ],
)
def test_a_name_that_will_not_do_is_said_in_the_menu(opened: Desk, act: object, said: str) -> None:
    save(opened, "kept", 1)
    save(opened, "other", 2)
    act(opened.map.selections)  # type: ignore[operator]
    assert opened.map.selections.form._problem.sentence().startswith(said)
    assert [name for name, _ in kept(opened)] == ["kept", "other"]
    save(opened, "third", 2)
    assert opened.map.selections.form._problem.sentence() == ""


def test_a_name_may_change_its_case_only(opened: Desk) -> None:
    save(opened, "kept", 1)
    opened.map.selections.rename_requested.emit("kept", "Kept")
    assert kept(opened) == [("Kept", "1")]


def test_images_that_the_run_does_not_have_are_said(desk: Desk, copied: Path) -> None:
    file = json.loads((copied / "samples.json").read_text())
    write_selections(copied, [SavedSelection(name="old", samples=("gone/1.png", file["ids"][4], "gone/2.png"))])
    desk.open(copied)
    desk.settle()
    desk.map.selections.chosen.emit("old", Combine.REPLACE)
    assert desk.state.selection == (4,)
    assert desk.said == "old: 1 image selected; this run has no image gone/1.png and 1 more"


def test_a_damaged_file_is_one_sentence_and_nothing_else_is_lost(desk: Desk, copied: Path) -> None:
    (copied / "selections.json").write_text('{"selections": [')
    desk.open(copied)
    desk.settle()
    assert desk.said.startswith("Kept selections: ")
    assert "selections.json: damaged" in desk.said
    assert desk.state.run is not None
    assert desk.state.snapshot is not None
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
    desk.open(copied)
    desk.controllers.selections._kept = None
    save(desk, "mine", 1)
    assert desk.map.selections.form._problem.sentence().endswith("still being read.")
    assert desk.controllers.undo.count() == 0


def test_of_a_run_that_is_not_shown_any_more_nothing_is_taken(opened: Desk, tmp_path: Path) -> None:
    opened.bridges.selections.found.emit(tmp_path / "another", (SavedSelection(name="x", samples=("y",)),))
    assert kept(opened) == []


def test_turned_round_and_widened_to_classes(opened: Desk) -> None:
    view = opened.map.view
    assert view is not None
    everything = set(view.sample_ids.tolist())
    first, second = view.sample_ids[:2].tolist()
    opened.state.set_selection((first, second))
    opened.map.selections.invert_requested.emit()
    assert set(opened.state.selection) == everything - {first, second}
    opened.state.set_selection((first,))
    opened.map.selections.classes_requested.emit()
    label = view.labels[0]
    assert opened.state.selection[0] == first
    assert set(opened.state.selection) == set(view.sample_ids[view.labels == label].tolist())
    opened.map.selections.none_requested.emit()
    assert opened.state.selection == ()
    assert opened.map.selections.form._count.text() == "No image is selected."


def test_while_it_trains_selections_are_kept_too(desk: Desk) -> None:
    session = desk.train()
    assert session.run_dir is not None
    session.run_dir.mkdir(parents=True, exist_ok=True)
    desk.settle()
    save(desk, "early", 0)
    desk.settle()
    assert [each.name for each in read_selections(session.run_dir)] == ["early"]
