import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from explorer.time_left import TimeLeft
from explorer.widgets.work_line import WorkLine


@pytest.fixture
def line(qtbot: QtBot) -> WorkLine:
    line = WorkLine()
    qtbot.addWidget(line)
    return line


def text(line: WorkLine) -> str:
    label = line.findChild(QLabel, "work_text")
    assert isinstance(label, QLabel)
    return label.text()


def bar(line: WorkLine) -> QProgressBar:
    found = line.findChild(QProgressBar, "work_progress")
    assert isinstance(found, QProgressBar)
    return found


def test_it_takes_no_space_while_nothing_is_under_way(line: WorkLine) -> None:
    assert line.isHidden()
    line.begin("measuring pairs")
    assert not line.isHidden()
    line.end()
    assert line.isHidden()


def test_it_says_what_is_done_and_how_long_it_takes(line: WorkLine) -> None:
    line.begin("measuring pairs")
    assert bar(line).maximum() == 0  # of unknown length
    line.show_progress("measuring pairs", 0.25, 75.0)
    assert text(line) == "measuring pairs ·  25 % · 1:15 left"
    assert bar(line).value() / bar(line).maximum() == 0.25


def test_a_time_that_nobody_knows_is_guessed_from_the_shares(line: WorkLine) -> None:
    now = [0.0]
    line._left = TimeLeft(lambda: now[0])
    line.begin("searching")
    line.show_progress("searching", 0.0)
    now[0] = 30.0
    line.show_progress("searching", 0.5)
    assert text(line) == "searching ·  50 % · 0:30 left"
    line.show_progress("comparing", 0.5)
    assert text(line) == "comparing ·  50 %"


def test_cancel_is_asked_for_once_and_stays_seen_until_the_end(line: WorkLine, qtbot: QtBot) -> None:
    line.begin("measuring pairs")
    cancel = line.findChild(QPushButton, "cancel_button")
    assert isinstance(cancel, QPushButton)
    with qtbot.waitSignal(line.cancel_requested):
        cancel.click()
    assert not cancel.isEnabled()
    line.show_progress("measuring pairs", 0.5, None)
    assert text(line) == "ending …"
    line.begin("comparing")
    assert cancel.isEnabled()
