from collections.abc import Callable

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.message import problem_colour
from explorer.widgets.status_line import MessageLog, StatusLine


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(600, 200)
    return window


@pytest.fixture
def line(qtbot: QtBot, window: QMainWindow) -> StatusLine:
    line = StatusLine()
    window.statusBar().addWidget(line, 1)
    window.show()
    qtbot.waitExposed(window)
    return line


def label(line: StatusLine) -> QLabel:
    found = line.findChild(QLabel, "status_message")
    assert found is not None
    return found


def log_text(window: QMainWindow) -> str:
    [log] = window.findChildren(MessageLog)
    return log.findChild(QPlainTextEdit).toPlainText()


def press_details(line: StatusLine) -> None:
    button = line.findChild(QToolButton, "status_details")
    assert button is not None
    button.click()


def test_the_newest_message_is_shown(line: StatusLine) -> None:
    line.say("Loading …")
    line.say("Ready")
    assert label(line).text() == line.message == "Ready"
    assert not line.is_problem


def test_a_problem_has_a_sign_beside_its_colour(line: StatusLine) -> None:
    line.complain("b.png: the file is empty")
    assert label(line).text() == "\N{WARNING SIGN} b.png: the file is empty"
    assert line.message == "b.png: the file is empty"
    assert line.is_problem
    line.say("Ready")
    assert label(line).text() == "Ready"
    assert label(line).palette().color(QPalette.ColorRole.WindowText) == line.palette().color(
        QPalette.ColorRole.WindowText
    )


def test_the_colour_of_a_problem_follows_the_theme(
    qtbot: QtBot, line: StatusLine, use_palette: Callable[[bool], QPalette]
) -> None:
    line.complain("b.png: the file is empty")
    for dark in (True, False):
        palette = use_palette(dark)
        shown = lambda: label(line).palette().color(QPalette.ColorRole.WindowText)  # noqa: E731
        qtbot.waitUntil(lambda palette=palette, shown=shown: shown() == problem_colour(palette))


def test_a_long_message_is_cut_and_whole_in_its_tooltip(qtbot: QtBot, line: StatusLine, window: QMainWindow) -> None:
    message = "the data folder " + "very/" * 60 + "long: no such folder"
    line.complain(message, "Traceback")
    assert label(line).text().endswith("…")
    assert label(line).toolTip() == message
    before = len(label(line).text())
    window.resize(900, 200)
    qtbot.waitUntil(lambda: len(label(line).text()) > before)


def test_all_messages_with_their_details_are_one_click_away(line: StatusLine, window: QMainWindow) -> None:
    line.say("Loading …")
    line.complain("training failed", "Traceback\n  line 1\n")
    press_details(line)
    text = log_text(window)
    assert text.splitlines()[0].endswith("  Loading …")
    assert text.splitlines()[1].endswith("  \N{WARNING SIGN} training failed")
    assert text.splitlines()[2:] == ["Traceback", "  line 1"]


def test_the_log_is_one_and_goes_on_while_it_is_open(qtbot: QtBot, line: StatusLine, window: QMainWindow) -> None:
    press_details(line)
    press_details(line)
    line.say("Ready")
    assert log_text(window).endswith("  Ready")
    window.findChildren(MessageLog)[0].close()
    qtbot.waitUntil(lambda: not window.findChildren(MessageLog))
    line.say("later")
    press_details(line)
    assert log_text(window).endswith("  later")


def test_the_log_can_be_copied(line: StatusLine, window: QMainWindow) -> None:
    line.say("Ready")
    press_details(line)
    [log] = window.findChildren(MessageLog)
    copy = log.findChild(QPushButton, "copy_messages")
    assert copy is not None
    copy.click()
    assert QApplication.clipboard().text().endswith("  Ready")


def test_old_messages_go(line: StatusLine, window: QMainWindow) -> None:
    for number in range(1_200):
        line.say(f"message {number}")
    press_details(line)
    lines = log_text(window).splitlines()
    assert len(lines) == 1_000
    assert lines[0].endswith("message 200")
