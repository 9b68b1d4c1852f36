import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QLabel, QMainWindow, QMenu, QTabBar
from pytestqt.qtbot import QtBot

from explorer.docks import Docks
from explorer.icons import icon
from explorer.panel_list import PANELS

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Window(QMainWindow):
    """All docks, with labels for panels."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1280, 800)
        self.docks = Docks(self, PANELS)
        for name in self.docks.named():
            self.docks.fill(name, QLabel(name))

    def dock(self, name: str) -> QDockWidget:
        return self.docks.named()[name]

    def bars(self) -> list[QTabBar]:
        """Those that can be seen."""
        found = self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [bar for bar in found if bar.isVisible() and bar.count() and self.rect().intersects(bar.geometry())]

    def titles(self) -> list[str]:
        """Of all tabs that can be seen."""
        return [bar.tabText(row) for bar in self.bars() for row in range(bar.count())]

    def tab(self, title: str) -> tuple[QTabBar, QPoint]:
        """The bar of a tab, and the middle of it."""
        places = [(bar, row) for bar in self.bars() for row in range(bar.count()) if bar.tabText(row) == title]
        (bar, row) = places[0]
        return bar, bar.tabRect(row).center()

    def titled(self) -> set[str]:
        """Docks that have a title bar."""
        return {name for name, dock in self.docks.named().items() if dock.titleBarWidget() is None}


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: "map" not in window.titled())
    return window


def test_only_docks_without_a_tab_have_a_title(window: Window) -> None:
    assert window.titled() == {"setup", "settings", "roc"}


def test_the_buttons_of_a_title_have_the_program_s_icons_wherever_the_dock_goes(qtbot: QtBot, window: Window) -> None:
    ours = [icon(name).pixmap(10).toImage() for name in ("dock-float", "dock-close")]

    def are_ours(name: str) -> bool:
        names = ("qt_dockwidget_floatbutton", "qt_dockwidget_closebutton")
        buttons = [window.dock(name).findChild(QAbstractButton, each) for each in names]
        return [button.icon().pixmap(10).toImage() for button in buttons] == ours

    assert are_ours("roc")
    window.dock("roc").setFloating(True)
    qtbot.waitUntil(lambda: are_ours("roc"))
    window.dock("roc").setFloating(False)
    qtbot.waitUntil(lambda: are_ours("roc"))
    bar, place = window.tab("Data")
    qtbot.mouseDClick(bar, LEFT, pos=place)
    qtbot.waitUntil(lambda: "data" in window.titled() and are_ours("data"))


def test_no_tab_is_there_twice(qtbot: QtBot, window: Window) -> None:
    for _ in range(2):
        qtbot.waitUntil(lambda: len(window.titles()) >= 10)
        titles = window.titles()
        assert len(titles) == len(set(titles))
        window.docks.arrange()


def test_a_double_click_takes_a_dock_out_with_a_title_to_bring_it_back_by(qtbot: QtBot, window: Window) -> None:
    bar, place = window.tab("Data")
    qtbot.mouseDClick(bar, LEFT, pos=place)
    assert window.dock("data").isFloating()
    qtbot.waitUntil(lambda: "data" in window.titled())
    window.dock("data").setFloating(False)
    qtbot.waitUntil(lambda: "data" not in window.titled())


def test_a_tab_is_dragged_out(qtbot: QtBot, window: Window) -> None:
    bar, place = window.tab("Runs")
    qtbot.mousePress(bar, LEFT, pos=place)
    for step in range(1, 40):
        qtbot.mouseMove(bar, place + QPoint(0, 6 * step))
        QApplication.processEvents()
    qtbot.waitUntil(window.dock("runs").isFloating)
    qtbot.mouseRelease(bar, LEFT, pos=place + QPoint(0, 240))


def test_the_middle_button_closes_a_dock_and_the_last_of_two_gets_its_title_back(qtbot: QtBot, window: Window) -> None:
    bar, place = window.tab("Gallery")
    qtbot.mouseClick(bar, MIDDLE, pos=place)
    assert window.dock("gallery").isHidden()
    qtbot.waitUntil(lambda: "verify" in window.titled())
    window.docks.bring("gallery")
    qtbot.waitUntil(lambda: not window.titled() & {"verify", "gallery"})


def test_the_menu_of_a_tab_offers_both(qtbot: QtBot, window: Window) -> None:
    bar, place = window.tab("Pairs")
    for number, happened in enumerate((window.dock("pairs").isFloating, window.dock("pairs").isHidden)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, bar.mapToGlobal(place))
        QApplication.sendEvent(bar, event)
        menu = next(each for each in window.findChildren(QMenu) if each.isVisible())
        menu.actions()[number].trigger()
        menu.close()
        qtbot.waitUntil(happened)
        window.dock("pairs").setFloating(False)
        QApplication.processEvents()
        bar, place = window.tab("Pairs") if number == 0 else (bar, place)


def test_a_click_beside_the_tabs_does_nothing(qtbot: QtBot, window: Window) -> None:
    bar, _ = window.tab("Map")
    beside = QPoint(bar.width() - 2, bar.height() // 2)
    qtbot.mouseDClick(bar, LEFT, pos=beside)
    QApplication.sendEvent(bar, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, beside, bar.mapToGlobal(beside)))
    assert not any(dock.isFloating() for dock in window.docks.all())
