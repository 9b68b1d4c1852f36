import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication

from explorer.logs import log_file, start_logging


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Where the log is to be; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level, handler = root.handlers[:], root.level, qInstallMessageHandler(None)
    qInstallMessageHandler(handler)
    yield tmp_path / "new" / "window.log"
    for added in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(added)
        added.close()
    root.setLevel(level)
    logging.captureWarnings(False)
    qInstallMessageHandler(handler)


def test_the_log_is_where_the_platform_keeps_such_files(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    qapp.setApplicationName("metric-explorer")
    assert log_file().name == "metric-explorer.log"
    assert log_file().parent.name == "metric-explorer"


def test_records_go_to_the_file_with_their_tracebacks_and_errors_to_the_terminal_without(
    log: Path, capsys: pytest.CaptureFixture[str], error_log: list[logging.LogRecord]
) -> None:
    start_logging(log, debug=False)
    logger = logging.getLogger("explorer.somewhere")
    logger.debug("a detail")
    logger.info("what happened")
    try:
        raise ValueError("wrong")
    except ValueError:
        logger.exception("it failed")
    text = log.read_text()
    assert "INFO explorer.somewhere: what happened" in text
    assert "a detail" not in text
    assert "Traceback" in text
    assert capsys.readouterr().err == "metric-explorer: it failed\n"
    error_log.clear()


def test_debug_shows_everything(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(log, debug=True)
    logging.getLogger("explorer.somewhere").debug("a detail")
    assert "explorer.somewhere: a detail" in capsys.readouterr().err
    assert "a detail" in log.read_text()


def test_the_file_never_grows_large(log: Path) -> None:
    start_logging(log, debug=False)
    for _ in range(60):
        logging.getLogger("explorer").info("x" * 100_000)
    sizes = [file.stat().st_size for file in log.parent.iterdir()]
    assert len(sizes) == 4
    assert max(sizes) <= 1_000_000


@pytest.mark.no_qt_log
def test_warnings_of_python_and_of_qt_are_kept(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(log, debug=False)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old habits", DeprecationWarning, stacklevel=1)
    qWarning("a strange widget")
    qWarning("This plugin does not support propagateSizeHints()")
    text = log.read_text()
    assert "old habits" in text
    assert "WARNING qt: a strange widget" in text
    assert "propagateSizeHints" not in text
    assert capsys.readouterr().err == ""


def test_a_place_that_cannot_be_written_is_told_and_the_window_goes_on(
    tmp_path: Path, log: Path, capsys: pytest.CaptureFixture[str], error_log: list[logging.LogRecord]
) -> None:
    (tmp_path / "file").touch()
    start_logging(tmp_path / "file" / "window.log", debug=False)
    assert "no log is kept" in capsys.readouterr().err
    error_log.clear()
