"""What every test of the window stands on: no display, a home of its own, and nothing unexpected or left behind."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest

pytest.importorskip("PySide6", reason="the window needs PySide6")

import gc
import itertools
import logging
import multiprocessing
import re
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QThread, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tests.explorer.tiny import copied_run, stored_run

_HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}
_HOMES = itertools.count()
_GRACE_S = 2.0
"""A thread that was told to end gets this long to do so."""
_OFFSCREEN = r"^This plugin does not support "
"""How the offscreen platform begins what it says of things it has no use for."""
_WARNINGS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class _Keeper(logging.Handler):
    """Keeps the records it is given."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Any Qt warning in set-up or test fails it; `qtlog` and `no_qt_log` serve tests that expect one."""
    item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
    item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """A Qt warning while the widgets are torn down fails the test too; pytest-qt looks no farther than the call."""
    found: list[str] = []

    def keep(kind: QtMsgType, _context: object, message: str) -> None:
        if kind in _WARNINGS and not re.search(_OFFSCREEN, message):
            found.append(message)

    previous = qInstallMessageHandler(keep)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)
    if found and item.get_closest_marker("no_qt_log") is None:
        pytest.fail("Qt warned while the test was torn down: " + "; ".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, caches and files of a test are its own."""
    home = tmp_path_factory.mktemp(f"home-of-test-{next(_HOMES)}", numbered=False)  # pytest would list all to number it
    for variable, folder in _HOME_VARIABLES.items():
        path = home / folder
        path.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(path))
    for settings_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(settings_format, scope, str(home / ".config" / scope.name))


@pytest.fixture(autouse=True)
def error_log() -> Iterator[list[logging.LogRecord]]:
    """Log records of level ERROR and above; one that the test has not taken out of the list fails it."""
    handler = _Keeper(logging.ERROR)
    logging.getLogger().addHandler(handler)
    yield handler.records
    logging.getLogger().removeHandler(handler)
    if handler.records:
        messages = "; ".join(f"{record.name}: {record.getMessage()}" for record in handler.records)
        pytest.fail(f"unexpected errors were logged: {messages}", pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication, _own_home: None) -> Iterator[None]:
    """Windows, timers, threads and child processes that outlive the test fail it, by name."""
    windows, threads, children = set(_windows()), set(threading.enumerate()), set(_children())
    gc.freeze()  # so that the scan for timers and threads below sees only what this test makes
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [
        *(f"window {_name(window)}" for window in _windows() if window not in windows),
        *_running_objects(),
        *_running_threads(threads),
        *(f"child process {pid} {text}" for pid, text in _children().items() if pid not in children),
    ]
    gc.unfreeze()
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


@pytest.fixture
def every_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plots take every mouse move; pyqtgraph drops those that follow within 10 ms."""
    from pyqtgraph import CONFIG_OPTIONS

    monkeypatch.setitem(CONFIG_OPTIONS, "mouseRateLimit", -1)


@pytest.fixture
def use_palette(qapp: QApplication) -> Iterator[Callable[[bool], QPalette]]:
    """Give the application a light or a dark palette for one test: `use_palette(True)` is dark."""
    before = qapp.palette()

    def apply(dark: bool) -> QPalette:
        palette = make_palette(dark)
        qapp.setPalette(palette)
        return palette

    yield apply
    qapp.setPalette(before)


def make_palette(dark: bool) -> QPalette:
    """A light or a dark palette like a desktop's."""
    window, base, text = ("#2b2b2b", "#1e1e1e", "#e6e6e6") if dark else ("#f2f2f2", "#ffffff", "#1a1a1a")
    palette = QPalette(QColor(window))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor(text))
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    palette.setColor(QPalette.ColorRole.Button, QColor(window))
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(Qt.GlobalColor.darkCyan))
    return palette


def _windows() -> list[QWidget]:
    # Qt keeps the last tool tip's label for the next one.
    return [window for window in QApplication.topLevelWidgets() if window.metaObject().className() != "QTipLabel"]


def _name(thing: QWidget | QTimer | QThread) -> str:
    name = f" {thing.objectName()!r}" if thing.objectName() else ""
    parent = f" of {type(thing.parent()).__name__}" if thing.parent() is not None else ""
    return f"{type(thing).__name__}{name}{parent}"


def _running_objects() -> Iterator[str]:
    for thing in gc.get_objects():
        if not issubclass(type(thing), QTimer | QThread) or not shiboken6.isValid(thing):
            continue
        if isinstance(thing, QTimer) and thing.isActive():
            yield f"active timer {_name(thing)}"
        elif isinstance(thing, QThread) and not thing.wait(int(_GRACE_S * 1000)):
            yield f"running thread {_name(thing)}"


def _running_threads(before: set[threading.Thread]) -> Iterator[str]:
    for thread in threading.enumerate():
        if thread in before or isinstance(thread, threading._DummyThread):
            continue
        thread.join(_GRACE_S)
        if thread.is_alive():
            yield f"running thread {thread.name!r}"


def _children() -> dict[int, str]:
    """Process ids and command lines of this process's living children."""
    lists = list(Path("/proc/self/task").glob("*/children"))
    if not lists:
        return {child.pid: child.name for child in multiprocessing.active_children() if child.pid is not None}
    found = {}
    for pid in {pid for children in lists for pid in _text(children).split()}:
        state = _text(Path("/proc", pid, "stat")).rpartition(")")[2].split()[:1]
        command = _text(Path("/proc", pid, "cmdline")).replace("\0", " ").strip()
        # multiprocessing keeps its resource tracker for the life of the process.
        if state not in ([], ["Z"]) and "resource_tracker" not in command:
            found[int(pid)] = command
    return found


def _text(file: Path) -> str:
    """What stands in a file of /proc; nothing where its process or thread has ended meanwhile."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


@pytest.fixture
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run; only read it."""
    return stored_run(tmp_path_factory)


@pytest.fixture
def copied(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A finished run to be written to."""
    return copied_run(tmp_path_factory, tmp_path)
