from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QStatusBar
from pytestqt.qtbot import QtBot

from explorer.after_crash import CrashWatch, offer_after_crash
from explorer.last_session import Crash
from explorer.state import ExplorerState
from explorer.widgets.offer_bar import OfferBar
from explorer.widgets.status_line import StatusLine


class Window(QMainWindow):
    """As much of the main window as an offer touches."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.status = ExplorerState(self), StatusLine()
        self.setStatusBar(QStatusBar())
        self.statusBar().addPermanentWidget(self.status, 1)
        self.asked: list[object] = []
        self.run = SimpleNamespace(open_run=self.asked.append)

    def show_log(self) -> None:
        self.asked.append("log")


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


def crash(run: Path | None = None, faults: str = "") -> Crash:
    return Crash(datetime(2026, 11, 22, 16, 15), run, faults)


def button(window: Window, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def offers(window: Window) -> list[str]:
    return [each.text() for bar in window.findChildren(OfferBar) for each in bar.findChildren(QPushButton)]


def test_what_has_happened_stands_in_one_line_and_in_the_log(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    offer_after_crash(window, crash(tmp_path / "digits-1", "Fatal Python error"), "INFO Opened a run\n")
    sentence = "The window that was opened on 22 Nov at 16:15 ended unexpectedly, with the run digits-1"
    qtbot.waitUntil(lambda: sentence in window.findChild(QLabel, "offer_sentence").text())
    [entry] = window.status.journal.entries
    assert entry.message == sentence
    assert entry.details == "Fatal Python error\n\nThe end of the log:\nINFO Opened a run"


def test_log_and_run_are_one_click_away(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    offer_after_crash(window, crash(tmp_path / "digits-1"), "")
    assert set(offers(window)) == {"Open log", "Open last run", "Dismiss"}
    button(window, "open_crash_log").click()
    button(window, "open_last_run").click()
    assert window.asked == ["log", tmp_path / "digits-1"]
    qtbot.waitUntil(lambda: not window.findChildren(OfferBar))


def test_it_can_be_put_away(qtbot: QtBot, window: Window) -> None:
    offer_after_crash(window, crash(), "")
    assert set(offers(window)) == {"Open log", "Dismiss"}
    button(window, "dismiss_offer").click()
    qtbot.waitUntil(lambda: not window.findChildren(OfferBar))
    assert window.asked == []


def test_the_next_start_knows_the_run_and_the_end_of_the_log(window: Window, tmp_path: Path) -> None:
    log, run = tmp_path / "metric-explorer.log", tmp_path / "digits-1"
    run.mkdir()
    killed = CrashWatch(log)
    killed.begin()
    killed.follow(window)
    window.state.run_changed.emit(SimpleNamespace(path=run))
    log.write_text("".join(f"line {number}\n" for number in range(1_000)))
    killed._mark._lock.unlock()  # as if its process were gone
    after = CrashWatch(log)
    after.follow(window)
    details = window.status.journal.entries[0].details.splitlines()
    assert details[-1] == "line 999"
    assert len(details) < 220
    assert set(offers(window)) == {"Open log", "Open last run", "Dismiss"}
    killed.end()


def test_a_window_that_nobody_sits_at_leaves_the_offer_to_the_next(window: Window, tmp_path: Path) -> None:
    (tmp_path / "sessions" / "20261122-161533-1").mkdir(parents=True)
    CrashWatch(tmp_path / "x.log", offers=False).follow(window)
    assert offers(window) == []
    CrashWatch(tmp_path / "x.log").follow(window)
    assert set(offers(window)) == {"Open log", "Dismiss"}
