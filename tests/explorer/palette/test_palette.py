from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.actions.entries import Entry
from explorer.icons import icon
from explorer.palette.palette import Palette
from tests.explorer.standins import heard


class Window(QWidget):
    """A window with a field that has the keyboard, and three actions."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.resize(900, 600)
        self.entries = [
            self._entry("open_run", "&Open run …", "Ctrl+O", "Show a stored run"),
            self._entry("swap", "Swap A and B", "Ctrl+Shift+V, S", "Exchange the images"),
            self._entry("stop", "&Stop", "", "End the run", "No run is training.\n\nEnd the run."),
        ]

    def _entry(self, name: str, text: str, keys: str, tip: str, refused: str = "") -> Entry:
        action = QAction(icon("open"), text, self)
        action.setObjectName(name)
        action.setShortcut(keys)
        action.setStatusTip(tip)
        return Entry("Verify" if name == "swap" else "Run", action, lambda _action: refused)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


@pytest.fixture
def palette(window: Window) -> Palette:
    palette = Palette(window)
    palette.begin(window.entries, [])
    return palette


def rows(palette: Palette) -> list[str]:
    model = palette._model
    return [str(model.data(model.index(row), Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())]


def type_keys(qtbot: QtBot, palette: Palette, *keys: Qt.Key | str) -> None:
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(palette._field, key)
        else:
            qtbot.keyClick(palette._field, key)


def test_it_lists_all_that_can_be_done_with_its_group(palette: Palette) -> None:
    assert rows(palette) == ["Run: Open run …", "Verify: Swap A and B", "Run: Stop"]
    assert palette._field.hasFocus()


def test_it_opens_at_the_first_that_can_be_done(qtbot: QtBot, window: Window, palette: Palette) -> None:
    palette.begin(window.entries[::-1], [])
    chosen = heard(("do", palette.chosen))
    type_keys(qtbot, palette, Qt.Key.Key_Return)
    assert chosen == [("do", window.entries[1])]


def test_enter_does_what_fits_and_gives_the_keyboard_back(qtbot: QtBot, window: Window, palette: Palette) -> None:
    chosen = heard(("do", palette.chosen))
    type_keys(qtbot, palette, "sw", Qt.Key.Key_Return)
    assert chosen == [("do", window.entries[1])]
    assert not palette.isVisible()
    qtbot.waitUntil(window.field.hasFocus)


def test_escape_closes_it_and_nothing_is_done(qtbot: QtBot, window: Window, palette: Palette) -> None:
    chosen = heard(("do", palette.chosen))
    type_keys(qtbot, palette, "sw", Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert chosen == []
    qtbot.waitUntil(window.field.hasFocus)


def test_arrow_keys_choose_another(qtbot: QtBot, window: Window, palette: Palette) -> None:
    chosen = heard(("do", palette.chosen))
    assert palette._help.text() == "Show a stored run"
    type_keys(qtbot, palette, Qt.Key.Key_Down)
    assert palette._help.text() == "Exchange the images"
    type_keys(qtbot, palette, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert chosen == [("do", window.entries[1])]


def test_one_that_cannot_be_done_says_why_and_stays(qtbot: QtBot, palette: Palette) -> None:
    asked = heard(("do", palette.chosen))
    type_keys(qtbot, palette, "stop")
    assert palette._help.text() == "No run is training."
    type_keys(qtbot, palette, Qt.Key.Key_Return)
    assert asked == []
    assert palette.isVisible()


def test_a_screen_reader_hears_name_keys_and_reason(palette: Palette) -> None:
    model = palette._model
    spoken = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken == [
        "Run: Open run …, Ctrl+O",
        "Verify: Swap A and B, Ctrl+Shift+V, S",
        "Run: Stop, not now: No run is training.",
    ]


def test_what_is_on_already_is_said(window: Window, palette: Palette) -> None:
    action = window.entries[0].action
    action.setCheckable(True)
    action.setChecked(True)
    spoken = palette._model.data(palette._model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Run: Open run …, Ctrl+O, on"


def test_those_used_of_late_come_first(window: Window, palette: Palette) -> None:
    palette.begin(window.entries, ["stop", "one that is gone", "swap"])
    assert rows(palette) == ["Run: Stop", "Verify: Swap A and B", "Run: Open run …"]


def test_where_nothing_fits_it_says_so(qtbot: QtBot, palette: Palette) -> None:
    chosen = heard(("do", palette.chosen))
    type_keys(qtbot, palette, "xyzzy", Qt.Key.Key_Return)
    assert rows(palette) == []
    assert palette._help.text().startswith("No action is called that.")
    assert chosen == []
    type_keys(qtbot, palette, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)


def test_a_click_does_it(qtbot: QtBot, window: Window, palette: Palette) -> None:
    chosen = heard(("do", palette.chosen))
    place = palette._list.visualRect(palette._model.index(1)).center()
    qtbot.mouseClick(palette._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [("do", window.entries[1])]


@pytest.mark.parametrize("dark", [False, True])
def test_rows_read_in_both_themes(palette: Palette, use_palette: Callable[[bool], QPalette], dark: bool) -> None:
    use_palette(dark)
    ground = palette._list.palette().color(QPalette.ColorRole.Base)
    image = palette._list.grab(palette._list.visualRect(palette._model.index(1))).toImage()
    shades = {image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())}
    assert max(abs(shade - ground.lightness()) for shade in shades) > 150
