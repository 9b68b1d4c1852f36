"""The house rules of conftest.py catch what they promise to catch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

CASES = """
import logging, subprocess, threading
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QDialog

kept = []

def test_window():
    kept.append(QDialog(objectName="forgotten"))

def test_timer():
    kept.append(QTimer(objectName="ticking"))
    kept[-1].start(1000)

def test_thread():
    stop = threading.Event()
    threading.Thread(target=stop.wait, args=(5,), name="waiting", daemon=True).start()

def test_qt_thread():
    kept.append(QThread(objectName="spinning"))
    kept[-1].start()

def test_child():
    kept.append(subprocess.Popen(["sleep", "30"]))

def test_log():
    logging.getLogger("some.module").error("it broke %d times", 3)

def test_qt_warning():
    qWarning("Qt is not amused")

def test_expected_log(error_log):
    logging.getLogger("some.module").error("fine")
    assert error_log.pop().getMessage() == "fine"

def test_tidy_up():
    kept[1].stop()
    kept[2].quit()
    kept[2].wait()
    kept[3].kill()
    kept[3].wait()
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_cases.py").write_text(CASES)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    environment = {**os.environ, "COLUMNS": "300"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout


@pytest.mark.parametrize(
    ("test", "named"),
    [
        ("test_window", "left behind: window QDialog 'forgotten'"),
        ("test_timer", "left behind: active timer QTimer 'ticking'"),
        ("test_thread", "left behind: running thread 'waiting'"),
        ("test_qt_thread", "left behind: running thread QThread 'spinning'"),
        ("test_child", "left behind: child process"),
        ("test_log", "unexpected errors were logged: some.module: it broke 3 times"),
    ],
)
def test_what_is_left_behind_is_named(report: str, test: str, named: str) -> None:
    assert f"ERROR at teardown of {test} " in report
    assert named in report


def test_a_qt_warning_fails_the_test(report: str) -> None:
    assert "FAILED test_cases.py::test_qt_warning" in report
    assert "Qt is not amused" in report


def test_an_expected_error_is_no_failure(report: str) -> None:
    assert "1 failed, 8 passed, 6 errors" in report


@pytest.mark.parametrize("turn", [1, 2])
def test_settings_start_empty_every_time(turn: int) -> None:
    settings = QSettings("metric-explorer", "test")
    assert settings.value("turn") is None
    settings.setValue("turn", turn)
    settings.sync()
    assert Path(settings.fileName()).is_relative_to(os.environ["HOME"])
