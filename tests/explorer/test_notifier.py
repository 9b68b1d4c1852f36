import subprocess
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.notifier import Notifier, bus_call

Told = list[tuple[str, str]]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """Windows that were marked in the task bar."""
    marked: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", marked.append)
    return marked


def notifier(window: QWidget, in_front: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> tuple[Notifier, Told]:
    told: Told = []
    made = Notifier(window, lambda title, text: told.append((title, text)))
    monkeypatch.setattr(made, "is_in_front", in_front)
    return made, told


def test_a_window_in_the_background_is_marked_and_the_desktop_told(
    window: QWidget, marked: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, told = notifier(window, lambda: False, monkeypatch)
    made.tell("Training is done", "digits-1: at step 96")
    made.tell("Something went wrong", 500 * "x")
    assert marked == [window, window]
    assert told[0] == ("Training is done", "digits-1: at step 96")
    assert len(told[1][1]) == 402


def test_who_looks_at_the_window_is_left_alone(
    window: QWidget, marked: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, told = notifier(window, lambda: True, monkeypatch)
    made.tell("Training is done", "digits-1")
    assert (told, marked) == ([], [])


def test_an_active_window_is_in_front_unless_it_is_minimised(qtbot: QtBot, window: QWidget) -> None:
    made = Notifier(window)
    assert not made.is_in_front()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert made.is_in_front()
    window.showMinimized()
    qtbot.waitUntil(lambda: not made.is_in_front())


def test_a_notice_in_the_words_of_the_desktops_service() -> None:
    arguments = bus_call("It's done", "a\\b <c> & d\nnext")
    place = arguments.index("--")
    assert arguments[place - 1] == "org.freedesktop.Notifications.Notify"
    name, replaces, icon, title, body, actions, hints, shown = arguments[place + 1 :]
    assert (name, replaces, icon, shown) == ("'metric-explorer'", "uint32 0", "'metric-explorer'", "10000")
    assert (title, body) == ("'It\\'s done'", "'a\\\\b &lt;c&gt; &amp; d\\nnext'")
    assert (actions, hints) == ("@as []", "@a{sv} {}")


def test_nothing_is_started_to_tell_from_offscreen(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(subprocess, "Popen", lambda *_: pytest.fail("a process was started"))
    Notifier(window).tell("Training is done", "digits-1")
