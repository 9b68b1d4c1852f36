from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QTabWidget,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.actions.controls import ControlActions
from explorer.actions.entries import Entry
from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.widgets.empty_state import EmptyState

CONTROLS = (
    ControlSpec("fit", "Show all", "F"),
    ControlSpec("words", "Search …", "S"),
    ControlSpec("colours", "Colour by class", "C", choice="class"),
    ControlSpec("colours", "Colour by loss", "L", choice="loss"),
    ControlSpec("names", "Names", "N"),
    ControlSpec("more", "More …", "O"),
    ControlSpec("deep", "Deep", "D", tab=("tabs", 1)),
    ControlSpec("late", "Late", "A"),
)


class Panel(QWidget):
    """One control of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.fit, self.deep, self.late = self._button("fit"), self._button("deep"), self._button("late")
        self.words, self.more, self.tabs, self.colours = QLineEdit("abc"), QToolButton(), QTabWidget(), QComboBox()
        self.menu = QMenu(self.more)
        self.names = self.menu.addAction("Names")
        self.names.setObjectName("names")
        self.names.setCheckable(True)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for name in ("words", "more", "tabs", "colours"):
            getattr(self, name).setObjectName(name)
        self.colours.addItem("Class", "class")
        self.colours.addItem("Loss & more", "loss")
        self.colours.activated.connect(lambda row: self.pressed.append(f"colour {row}"))
        self.tabs.addTab(QWidget(), "one")
        self.tabs.addTab(self.deep, "two")
        column = QVBoxLayout(self)
        for widget in (self.fit, self.words, self.more, self.colours, self.tabs, self.late):
            column.addWidget(widget)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(name)
        button.setObjectName(name)
        button.setToolTip(f"What {name} does.")
        button.clicked.connect(lambda: self.pressed.append(name))
        return button


SPEC = PanelSpec(
    title="Map",
    letter="M",
    page="map",
    place=Place.CENTRE_TOP,
    make=Panel,
    controls=CONTROLS,
    fields=(FieldSpec("colours", "Colour: {}"),),
)


@dataclass
class Scene:
    window: QMainWindow
    panel: Panel
    actions: ControlActions
    entries: dict[str, Entry]
    brought: list[str]
    refused: list[str] = field(default_factory=list)

    def do(self, name: str) -> None:
        self.entries[name].action.trigger()


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    window, panel, brought = QMainWindow(), Panel(), []
    window.setCentralWidget(panel)
    qtbot.addWidget(window)
    actions = ControlActions(window, "map", SPEC, panel, brought.append)
    entries = {entry.name: entry for entry in actions.entries()}
    scene = Scene(window, panel, actions, entries, brought)
    actions.refused.connect(scene.refused.append)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return scene


def test_an_action_presses_its_button_and_brings_the_panel(scene: Scene) -> None:
    scene.do("map_fit")
    assert scene.panel.pressed == ["fit"]
    assert scene.brought == ["map"]


def test_keys_press_it_one_after_the_other(qtbot: QtBot, scene: Scene) -> None:
    scene.panel.words.setFocus()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(scene.panel.words, Qt.Key.Key_M, modifiers)
    qtbot.keyClick(scene.panel.words, Qt.Key.Key_F)
    assert scene.panel.pressed == ["fit"]
    assert scene.panel.words.text() == "abc", "the second key is not typed"


def test_what_cannot_be_done_says_why(scene: Scene) -> None:
    assert scene.entries["map_fit"].refused == ""
    scene.panel.fit.setEnabled(False)
    scene.panel.fit.setToolTip("There is no map yet.")
    assert scene.entries["map_fit"].refused == "There is no map yet."
    scene.do("map_fit")
    assert scene.refused == ["Show all: There is no map yet."]
    assert scene.panel.pressed == scene.brought == []


def test_what_is_not_shown_is_refused_in_the_words_of_the_empty_panel(scene: Scene) -> None:
    scene.panel.late.hide()
    assert scene.entries["map_late"].refused == "It is not shown in its panel at the moment."
    scene.panel.layout().addWidget(EmptyState("The map will\nstand here."))
    scene.panel.layout().itemAt(scene.panel.layout().count() - 1).widget().show()
    assert scene.entries["map_late"].refused == "The map will stand here."


def test_a_control_behind_a_tab_is_brought_to_the_front(scene: Scene) -> None:
    assert scene.entries["map_deep"].refused == ""
    scene.do("map_deep")
    assert scene.panel.tabs.currentIndex() == 1
    assert scene.panel.pressed == ["deep"]


def test_a_choice_is_made_as_by_hand(scene: Scene) -> None:
    scene.do("map_colours_loss")
    scene.do("map_colours_class")
    assert scene.panel.pressed == ["colour 1", "colour 0"]


def test_a_choice_that_is_disabled_says_why(scene: Scene) -> None:
    scene.panel.colours.setItemData(1, 0, Qt.ItemDataRole.UserRole - 1)
    scene.panel.colours.setItemData(1, "There are no losses.", Qt.ItemDataRole.ToolTipRole)
    assert scene.entries["map_colours_loss"].refused == "There are no losses."


def test_every_choice_of_a_field_is_offered_by_name(scene: Scene) -> None:
    choices = list(scene.actions.choices())
    assert [(each.group, each.title) for each in choices] == [("Map", "Colour: Class"), ("Map", "Colour: Loss & more")]
    choices[1].action.trigger()
    assert scene.panel.pressed == ["colour 1"]
    again = list(scene.actions.choices())
    assert [each.action for each in again] == [each.action for each in choices], "made once"


def test_what_is_on_or_chosen_already_is_known(scene: Scene) -> None:
    def on() -> set[str]:
        return {name for name, entry in scene.entries.items() if entry.is_on}

    assert on() == {"map_colours_class"}
    scene.do("map_colours_loss")
    scene.do("map_names")
    assert on() == {"map_colours_loss", "map_names"}
    choices = list(scene.actions.choices())
    assert [each.is_on for each in choices] == [False, True]


def test_a_field_gets_the_keyboard_with_its_text_selected(qtbot: QtBot, scene: Scene) -> None:
    scene.do("map_words")
    qtbot.waitUntil(scene.panel.words.hasFocus)
    assert scene.panel.words.selectedText() == "abc"


def test_a_button_with_a_menu_opens_it(qtbot: QtBot, scene: Scene) -> None:
    scene.do("map_more")
    qtbot.waitUntil(scene.panel.menu.isVisible)
    scene.panel.menu.hide()


def test_an_entry_of_a_menu_is_done_without_opening_it(scene: Scene) -> None:
    scene.do("map_names")
    assert scene.panel.names.isChecked()
    assert not scene.panel.menu.isVisible()


def test_going_to_a_panel_puts_the_keyboard_into_it(qtbot: QtBot, scene: Scene) -> None:
    scene.do("go_to_map")
    assert scene.brought == ["map"]
    qtbot.waitUntil(scene.panel.fit.hasFocus)


def test_a_tooltip_shows_the_keys(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: shown.append(text))
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(scene.panel.fit, event)
    assert shown == ["What fit does.\n\n(Ctrl+Shift+M, F)"]


def test_a_control_that_is_missing_is_named(scene: Scene) -> None:
    scene.panel.fit.setObjectName("other")
    with pytest.raises(LookupError, match=r"panel 'map': .*, found none named 'fit'$"):
        _ = scene.entries["map_fit"].refused


def test_actions_are_named_after_panel_control_and_choice(scene: Scene) -> None:
    assert {*scene.entries} == {"go_to_map", *(f"map_{spec.name}" for spec in SPEC.controls)}
    assert all(isinstance(entry.action, QAction) for entry in scene.entries.values())
