from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.config import RunConfig
from core.training.records import Failed
from explorer.bridge import hub
from explorer.bridge.projection import MapBridge
from explorer.main_window import MainWindow
from explorer.settings import Settings
from explorer.widgets.callout import Callout, Rings
from tests.explorer.standins import StandInSession, finished, snapshot, started


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(MapBridge, "start", lambda self: None)
    monkeypatch.setattr(hub, "_import_heavy", lambda: 0)
    monkeypatch.chdir(tmp_path)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Settings(store), Path("runs"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    with qtbot.waitSignal(window.built, timeout=20_000):
        window.build_soon()
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    window.deleteLater()


@pytest.fixture
def sessions(window: MainWindow) -> list[StandInSession]:
    made: list[StandInSession] = []

    def make(config: RunConfig, run_dir: Path) -> StandInSession:
        made.append(StandInSession(config, run_dir))
        return made[-1]

    window.bridges.training._make = make  # type: ignore[assignment]
    return made


def box(window: MainWindow) -> Callout:
    [found] = window.findChildren(Callout)
    return found


def button(window: MainWindow, name: str) -> QPushButton:
    found = box(window).findChild(QPushButton, name)
    assert found is not None
    return found


def ringed(window: MainWindow) -> list[QRect]:
    [rings] = window.findChildren(Rings)
    return list(rings._areas) if rings.isVisible() else []


def area(window: MainWindow, part: QWidget) -> QRect:
    return QRect(part.mapTo(window, part.rect().topLeft()), part.size())


def test_three_steps_lead_to_a_trained_run_and_a_verdict(
    qtbot: QtBot, window: MainWindow, sessions: list[StandInSession]
) -> None:
    docks = window.docks.named()
    window.begin_tour()
    assert window._settings.is_tour_seen
    assert box(window)._title.text() == "Train a first model"
    start = window.bar.widgetForAction(window.bar.start)
    qtbot.waitUntil(lambda: ringed(window) == [area(window, start)])
    qtbot.keyClick(box(window).focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box(window)._title.text() == "Watch it learn")
    qtbot.waitUntil(lambda: bool(sessions) and sessions[0].asked == ["start"])
    sessions[0].report(started())
    qtbot.waitUntil(lambda: ringed(window) == [area(window, docks[name]) for name in ("map", "roc")])
    assert not any(box(window).geometry().intersects(each) for each in ringed(window))
    sessions[0].look(snapshot())
    qtbot.waitUntil(lambda: window.state.snapshot is not None)
    sessions[0].end(finished())
    qtbot.waitUntil(lambda: box(window)._title.text() == "Try it on two images")
    qtbot.waitUntil(lambda: ringed(window) == [area(window, docks["verify"])])
    button(window, "tour_next").click()
    assert button(window, "tour_next").text() == "Done"
    button(window, "tour_next").click()
    assert not box(window).isVisible()
    assert ringed(window) == []


def test_it_is_left_by_escape_and_begun_again_from_the_menu(
    qtbot: QtBot, window: MainWindow, sessions: list[StandInSession]
) -> None:
    window.begin_tour()
    assert window.isEnabled()
    qtbot.keyClick(box(window).focusWidget(), Qt.Key.Key_Escape)
    assert not box(window).isVisible()
    window.run.start()
    qtbot.waitUntil(lambda: bool(sessions))
    assert not box(window).isVisible(), "a run that starts later brings nothing back"
    window.menus.tour_requested.emit()
    assert box(window)._title.text() == "Watch it learn", "a run is under way already"
    sessions[0].end(Failed("no space left", "Traceback"))
    qtbot.waitUntil(lambda: box(window)._title.text() == "Train a first model")


def test_it_follows_its_parts_and_does_without_those_that_are_gone(qtbot: QtBot, window: MainWindow) -> None:
    window.begin_tour()
    map_dock = window.docks.named()["map"]
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: area(window, map_dock).contains(box(window).geometry()))
    window.bar.hide()
    window.docks.named()["map"].setFloating(True)
    qtbot.waitUntil(lambda: ringed(window) == [])
    assert window.rect().contains(box(window).geometry())
