"""The menu of selections: what it offers when, and what it asks for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from explorer.panels.kept_selections import Combine
from explorer.panels.map_selections import MapSelections


@pytest.fixture
def menu(qtbot: QtBot) -> MapSelections:
    made = MapSelections()
    qtbot.addWidget(made.button)
    qtbot.addWidget(made.work)
    made.show_counts(2, 10, has_run=True)
    made.show_kept([("first", 3), ("second", 1200)])
    made.form.show()
    return made


def button(menu: MapSelections, name: str) -> QPushButton:
    found = menu.form.findChild(QPushButton, name)
    assert found is not None
    return found


def field(menu: MapSelections) -> QLineEdit:
    found = menu.form.findChild(QLineEdit, "selection_name")
    assert found is not None
    return found


def exports(menu: MapSelections) -> list[QAction]:
    return [action for action in menu.button.menu().actions() if action.objectName()]


def test_return_saves_under_the_name_that_was_typed(menu: MapSelections, qtbot: QtBot) -> None:
    assert not button(menu, "save_selection").isEnabled()
    qtbot.keyClicks(field(menu), "mine")
    with qtbot.waitSignal(menu.form.save_requested) as asked:
        qtbot.keyClick(field(menu), Qt.Key.Key_Return)
    assert asked.args == ["mine"]
    with qtbot.waitSignal(menu.form.save_requested):
        button(menu, "save_selection").click()
    menu.form.clear_name()
    assert not button(menu, "save_selection").isEnabled()


@pytest.mark.parametrize(
    ("selected", "has_run", "why"), [(0, True, "No image is selected."), (3, False, "There is no run")]
)
def test_what_cannot_be_saved_says_why(
    menu: MapSelections, qtbot: QtBot, selected: int, has_run: bool, why: str
) -> None:
    menu.show_counts(selected, 10, has_run=has_run)
    qtbot.keyClicks(field(menu), "mine")
    with qtbot.assertNotEmitted(menu.form.save_requested):
        qtbot.keyClick(field(menu), Qt.Key.Key_Return)
    assert not button(menu, "save_selection").isEnabled()
    assert button(menu, "save_selection").toolTip().startswith(why)


def test_a_click_chooses_and_the_keys_say_how(menu: MapSelections, qtbot: QtBot) -> None:
    tree = menu.form._list
    place = tree.visualItemRect(tree.topLevelItem(1)).center()
    for keys, how in (
        (Qt.KeyboardModifier.NoModifier, Combine.REPLACE),
        (Qt.KeyboardModifier.ShiftModifier, Combine.ADD),
        (Qt.KeyboardModifier.AltModifier, Combine.TAKE_AWAY),
    ):
        with qtbot.waitSignal(menu.form.chosen) as asked:
            qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, keys, place)
        assert asked.args == ["second", how]


def test_a_name_is_edited_in_its_line(menu: MapSelections, qtbot: QtBot) -> None:
    tree = menu.form._list
    assert not button(menu, "rename_selection").isEnabled()
    tree.setCurrentItem(tree.topLevelItem(0))
    button(menu, "rename_selection").click()
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    editor.setText("better")
    with qtbot.waitSignal(menu.form.rename_requested) as asked:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert asked.args == ["first", "better"]
    assert tree.topLevelItem(0).text(0) == "first"  # until it is renamed
    menu.show_kept([("better", 3), ("second", 1200)])
    assert tree.topLevelItem(0).text(0) == "better"


def test_delete_is_asked_for_by_key_and_by_button(menu: MapSelections, qtbot: QtBot) -> None:
    tree = menu.form._list
    tree.setCurrentItem(tree.topLevelItem(1))
    with qtbot.waitSignal(menu.form.delete_requested) as asked:
        button(menu, "delete_selection").click()
    assert asked.args == ["second"]


def test_an_empty_list_says_so(menu: MapSelections) -> None:
    menu.show_kept(())
    assert menu.form._none_kept.sentence() == "No selection is kept with this run yet."
    assert menu.form._list.isHidden()
    assert menu.form._edits.isHidden()


def test_a_problem_makes_room_for_itself_and_goes_when_the_menu_opens_again(menu: MapSelections) -> None:
    before = menu.form.height()
    menu.show_problem("A selection needs a name of its own, found one called 'first' already, which is long.")
    assert menu.form.height() > before
    menu.button.menu().aboutToShow.emit()
    assert menu.form._problem.sentence() == ""
    assert menu.form.height() == before


def test_exports_say_of_what(menu: MapSelections, qtbot: QtBot) -> None:
    table, images, projector = exports(menu)
    assert table.text() == "Table of 2 selected images (CSV) …"
    menu.show_counts(0, 1200, has_run=True)
    assert images.text() == "Copy all 1\N{NARROW NO-BREAK SPACE}200 images into a folder …"
    for action, name in ((table, "table"), (images, "images"), (projector, "projector")):
        with qtbot.waitSignal(menu.export_requested) as asked:
            action.trigger()
        assert asked.args == [name]


def test_exports_are_offered_where_there_is_something_and_one_at_a_time(menu: MapSelections) -> None:
    menu.show_counts(1, 0, has_run=True)
    assert [action.isEnabled() for action in exports(menu)] == [True, True, False]
    assert exports(menu)[0].text() == "Table of 1 selected image (CSV) …"
    menu.show_counts(0, 0, has_run=True)
    assert not any(action.isEnabled() for action in exports(menu))
    assert "There is no map yet" in exports(menu)[0].toolTip()
    menu.show_counts(1, 10, has_run=True)
    menu.set_busy(True)
    assert not any(action.isEnabled() for action in exports(menu))
    assert "under way" in exports(menu)[2].toolTip()
    menu.set_busy(False)
    assert all(action.isEnabled() for action in exports(menu))
