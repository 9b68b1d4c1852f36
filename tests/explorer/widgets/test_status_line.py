from collections.abc import Callable

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.message import problem_colour
from explorer.widgets.status_line import StatusLine


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


def button(line: StatusLine) -> QToolButton:
    found = line.findChild(QToolButton, "status_details")
    assert found is not None
    return found


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


def test_all_messages_are_one_click_away(qtbot: QtBot, line: StatusLine) -> None:
    with qtbot.waitSignal(line.log_requested):
        button(line).click()


def test_what_was_said_is_kept_with_its_details(line: StatusLine) -> None:
    line.say("Loading …")
    line.complain("training failed", "Traceback")
    kept = [(entry.message, entry.details, entry.is_problem) for entry in line.journal.entries]
    assert kept == [("Loading …", "", False), ("training failed", "Traceback", True)]


def test_problems_that_nobody_has_seen_are_marked_until_somebody_does(line: StatusLine) -> None:
    line.say("Ready")
    assert button(line).text() == "Log"
    line.complain("b.png: the file is empty")
    line.say("Ready")
    assert button(line).text() == "\N{WARNING SIGN} 1  Log"
    assert button(line).accessibleName() == "All messages, 1 unread problem"
    line.complain("c.png: the file is empty")
    assert button(line).toolTip().startswith("2 unread problems. ")
    line.journal.mark_read()
    assert (button(line).text(), button(line).accessibleName()) == ("Log", "All messages")
