from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QListWidget, QMainWindow
from pytestqt.qtbot import QtBot

from explorer.actions.menus import Menus
from explorer.assistance import Assistance
from explorer.lab.behind import Behind
from explorer.lab.picture import Picture, find_pictures
from explorer.lab.window import LabWindow
from explorer.settings import Settings
from explorer.widgets.run_bar import RunBar
from explorer.widgets.status_line import StatusLine

Open = Callable[[], LabWindow]


@pytest.fixture
def open_lab(qtbot: QtBot) -> Open:
    def make() -> LabWindow:
        window = LabWindow(Settings())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    return make


def pictures(window: LabWindow) -> QListWidget:
    return window.findChild(QListWidget, "lab_pictures")


def test_the_list_has_every_picture_and_the_first_is_shown(open_lab: Open) -> None:
    window, kinds = open_lab(), find_pictures()
    shown = pictures(window)
    assert [shown.item(row).text() for row in range(shown.count())] == [kind.title for kind in kinds]
    assert [type(picture) for picture in window.findChildren(Picture)] == [kinds[0]], "others are made when wanted"


def test_every_picture_is_shown_and_stays_as_it_was_left(qtbot: QtBot, open_lab: Open) -> None:
    window = open_lab()
    for row in range(pictures(window).count()):
        pictures(window).setCurrentRow(row)
        (visible,) = (picture for picture in window.findChildren(Picture) if picture.isVisible())
        assert visible.title == pictures(window).item(row).text()
    made = set(window.findChildren(Picture))
    pictures(window).setCurrentRow(0)
    assert set(window.findChildren(Picture)) == made
    qtbot.waitUntil(lambda: not any(behind.busy for behind in window.findChildren(Behind)), timeout=20_000)


def test_size_and_place_are_remembered(open_lab: Open) -> None:
    window = open_lab()
    window.setGeometry(QRect(5, 40, 780, 580))
    window.close()
    again = open_lab()
    assert again.geometry().size() == window.geometry().size()


def test_the_menu_opens_one_lab_once_it_may(qtbot: QtBot) -> None:
    bar, status, window = RunBar(), StatusLine(), QMainWindow()
    menus = Menus(bar, "light")
    for widget in (bar, status, window, menus):
        qtbot.addWidget(widget)
    assistance = Assistance(window, menus, Settings(), status)
    entry = next(each.action for each in menus.entries.all() if each.name == "lab")
    assert not entry.isEnabled()
    assert entry.toolTip() == "The lab opens as soon as PyTorch is loaded"
    assistance.allow_lab()
    entry.trigger()
    entry.trigger()
    (lab,) = window.findChildren(LabWindow)
    assert lab.isVisible()
    assert lab.isWindow()
    assert not lab.isModal()
    assistance.close()
    assert not lab.isVisible()


def test_keys_open_the_guide_and_close_the_window(qtbot: QtBot, open_lab: Open) -> None:
    window = open_lab()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.guide_requested):
        qtbot.keyClick(pictures(window), Qt.Key.Key_F1)
    qtbot.keyClick(pictures(window), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_it_fits_its_first_size(qtbot: QtBot, open_lab: Open) -> None:
    window = open_lab()
    assert (window.width(), window.height()) == (1000, 700)
    for row in range(pictures(window).count()):
        pictures(window).setCurrentRow(row)
        least = window.minimumSizeHint()
        assert least.width() <= 1000, pictures(window).item(row).text()
        assert least.height() <= 700
    qtbot.waitUntil(lambda: not any(behind.busy for behind in window.findChildren(Behind)), timeout=20_000)
