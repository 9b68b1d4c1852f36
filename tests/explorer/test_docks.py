import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from explorer.docks import Docks
from explorer.panel_list import PANELS

NAMES = (
    "setup",
    "settings",
    "map",
    "data",
    "runs",
    "pairs",
    "evaluation",
    "verdicts",
    "curves",
    "log",
    "verify",
    "gallery",
    "roc",
)
BEHIND_MAP = ("data", "runs", "pairs", "evaluation", "verdicts")
BEHIND = (*BEHIND_MAP, "log", "gallery")
TABS = (("map", *BEHIND_MAP), ("curves", "log"), ("verify", "gallery"))


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    return make(qtbot, 1280, 800)


def make(qtbot: QtBot, width: int, height: int) -> QMainWindow:
    window = QMainWindow()
    window.resize(width, height)
    window.docks = Docks(window, PANELS)
    for name in NAMES:
        window.docks.fill(name, QLabel(name))
    window.show()
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: place(window, "setup").width() < 300)
    return window


def dock(window: QMainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, f"dock_{name}")
    assert found is not None
    return found


def place(window: QMainWindow, name: str) -> QRect:
    found = dock(window, name)
    return QRect(found.mapTo(window, QPoint(0, 0)), found.size())


def test_three_columns_of_two(window: QMainWindow) -> None:
    columns = [("setup", "settings"), ("map", "curves"), ("verify", "roc")]
    lefts = []
    for top, bottom in columns:
        assert place(window, top).bottom() < place(window, bottom).top()
        assert place(window, top).left() == place(window, bottom).left()
        lefts.append(place(window, top).left())
    assert lefts == sorted(lefts)
    assert window.tabifiedDockWidgets(dock(window, "map")) == [dock(window, name) for name in BEHIND_MAP]
    assert window.tabifiedDockWidgets(dock(window, "verify")) == [dock(window, "gallery")]
    assert not dock(window, "map").visibleRegion().isEmpty()
    assert all(dock(window, name).visibleRegion().isEmpty() for name in BEHIND)


def test_a_larger_window_gives_its_space_to_the_map(qtbot: QtBot, window: QMainWindow) -> None:
    large = make(qtbot, 1920, 1080)
    for name in ("setup", "verify"):
        assert place(large, name).width() == pytest.approx(place(window, name).width(), abs=8)
    assert place(large, "map").width() == pytest.approx(place(window, "map").width() + 640, abs=16)
    assert place(large, "map").height() > place(large, "curves").height()


def test_a_window_that_grows_later_gives_its_space_to_the_map(qtbot: QtBot, window: QMainWindow) -> None:
    widths = {name: place(window, name).width() for name in ("setup", "verify", "map")}
    window.resize(1600, 800)
    widths["map"] += 320
    qtbot.waitUntil(lambda: {name: place(window, name).width() for name in widths} == widths)


def test_widths_that_the_user_has_chosen_stay(qtbot: QtBot, window: QMainWindow) -> None:
    window.resizeDocks([dock(window, "setup")], [200], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: place(window, "setup").width() < 230)
    chosen = place(window, "setup").width()
    dock(window, "data").raise_()
    for width in (1600, 1920, 1280):
        window.resize(width, 800)
        qtbot.waitUntil(
            lambda width=width: (
                place(window, "verify").right() == width - 1 and place(window, "setup").width() == chosen
            )
        )


def test_without_a_map_in_the_window_all_columns_grow(qtbot: QtBot, window: QMainWindow) -> None:
    for name in ("map", "data"):
        dock(window, name).close()
    window.resize(1600, 800)
    qtbot.waitUntil(lambda: place(window, "verify").right() == 1599)


def test_docks_float_close_and_come_back(qtbot: QtBot, window: QMainWindow) -> None:
    before = {name: place(window, name) for name in NAMES if name not in BEHIND}
    dock(window, "roc").setFloating(True)
    dock(window, "verify").close()
    window.addDockWidget(window.dockWidgetArea(dock(window, "roc")), dock(window, "curves"))
    dock(window, "verify").toggleViewAction().trigger()
    assert dock(window, "verify").isVisible()
    dock(window, "map").close()
    window.docks.arrange()
    qtbot.waitUntil(lambda: {name: place(window, name) for name in before} == before)
    shown = [each for each in window.docks.all() if each.isVisible() and not each.isFloating()]
    assert shown == window.docks.all()


def test_a_second_window_takes_the_arrangement_over(qtbot: QtBot, window: QMainWindow) -> None:
    dock(window, "roc").setFloating(True)
    dock(window, "settings").close()
    state = window.saveState()
    second = make(qtbot, 1280, 800)
    assert second.restoreState(state)
    assert dock(second, "roc").isFloating()
    assert not dock(second, "settings").isVisible()
    assert not dock(second, "verify").isFloating()


def test_every_dock_has_a_name_to_be_remembered_by_and_a_title(window: QMainWindow) -> None:
    docks = window.docks.all()
    assert [each.objectName() for each in docks] == [f"dock_{name}" for name in NAMES]
    assert all(each.windowTitle() for each in docks)


def test_a_dock_comes_to_the_front(qtbot: QtBot, window: QMainWindow) -> None:
    """From behind its tab, and from where it was closed."""
    window.docks.bring("pairs")
    qtbot.waitUntil(lambda: not dock(window, "pairs").visibleRegion().isEmpty())
    assert dock(window, "map").visibleRegion().isEmpty()
    dock(window, "verify").close()
    window.docks.bring("verify")
    assert dock(window, "verify").isVisible()


# --- an arrangement of an older version


def older(qtbot: QtBot, *without: str) -> QMainWindow:
    """A window of a version that had not yet these docks."""
    window = QMainWindow()
    window.resize(1280, 800)
    panels = {name: spec for name, spec in PANELS.items() if name not in without}
    window.docks = Docks(window, panels)
    for name in panels:
        window.docks.fill(name, QLabel(name))
    window.show()
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    return window


def in_front(window: QMainWindow) -> set[str]:
    return {name for name in NAMES if not dock(window, name).visibleRegion().isEmpty()}


def beside(window: QMainWindow, name: str) -> set[str]:
    """Names of the tabs that share a place."""
    found = window.tabifiedDockWidgets(dock(window, name))
    return {name, *(each.objectName().removeprefix("dock_") for each in found)}


def test_docks_that_an_older_arrangement_does_not_know_join_their_tabs(qtbot: QtBot, window: QMainWindow) -> None:
    before = older(qtbot, "verdicts", "gallery")
    dock(before, "data").raise_()
    dock(before, "curves").close()
    window.docks.restore(before.saveState())
    qtbot.waitUntil(lambda: in_front(window) == {"setup", "settings", "data", "log", "verify", "roc"})
    assert beside(window, "verdicts") == set(TABS[0])
    assert beside(window, "gallery") == set(TABS[-1])
    assert place(window, "verify").width() == pytest.approx(place(before, "verify").width(), abs=4)


def test_one_whose_tabs_were_all_closed_stays_out_of_sight_until_it_is_asked_for(
    qtbot: QtBot, window: QMainWindow
) -> None:
    before = older(qtbot, "log")
    dock(before, "curves").close()
    window.docks.restore(before.saveState())
    qtbot.waitUntil(lambda: in_front(window) == {"setup", "settings", "map", "verify", "roc"})
    map_of = place(window, "map")
    window.docks.bring("log")
    qtbot.waitUntil(lambda: "log" in in_front(window))
    assert place(window, "log").left() == map_of.left()
    assert place(window, "log").top() > place(window, "map").bottom()


def test_they_stay_with_those_that_are_in_the_window(qtbot: QtBot, window: QMainWindow) -> None:
    before = older(qtbot, "verdicts", "gallery")
    dock(before, "map").setFloating(True)
    dock(before, "verify").setFloating(True)
    window.docks.restore(before.saveState())
    qtbot.waitUntil(lambda: beside(window, "verdicts") == set(TABS[0]) - {"map"})
    assert not any(dock(window, name).isHidden() for name in NAMES)


def test_without_a_column_the_docks_go_to_their_first_places(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, window: QMainWindow
) -> None:
    state = window.saveState()
    monkeypatch.setattr("explorer.docks._stored_name", lambda each: each.objectName().encode() + b" of another version")
    window.docks.restore(state)
    assert beside(window, "map") == set(TABS[0])
    assert in_front(window) >= {"setup", "settings", "map", "curves", "verify", "roc"}


def test_a_whole_arrangement_comes_back_as_it_was(qtbot: QtBot, window: QMainWindow) -> None:
    window.tabifyDockWidget(dock(window, "setup"), dock(window, "gallery"))
    dock(window, "roc").setFloating(True)
    second = make(qtbot, 1280, 800)
    second.docks.restore(window.saveState())
    assert beside(second, "setup") == {"setup", "gallery"}
    assert dock(second, "roc").isFloating()


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5])
def test_a_damaged_arrangement_changes_nothing(window: QMainWindow, share: float) -> None:
    state = bytes(window.saveState().data())
    dock(window, "settings").close()
    shown = in_front(window)
    window.docks.restore(QByteArray(state[: round(share * len(state))]))
    assert in_front(window) == shown
