"""Starts the window: options, display, QApplication, logging and the exception hook."""

import argparse
import logging
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

import core
from explorer.display import display_problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from explorer.main_window import MainWindow

log = logging.getLogger(__name__)

ERROR = 2
_COMMANDS = "train, evaluate, verify, doctor"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(ERROR, f"{self.prog}: {message}; see {self.prog} --help\n")


def run_window(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code when it has closed."""
    options = _parse(arguments)
    if (problem := display_problem()) is not None:
        sys.stderr.write(problem + "\n")
        return ERROR
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from explorer import theme
    from explorer.main_window import MainWindow
    from explorer.settings import Settings

    application = QApplication([sys.argv[0]])
    application.setApplicationName("metric-explorer")
    application.setStyle("Fusion")
    settings = Settings()
    theme.apply(settings.theme)
    window = MainWindow(settings, Path("runs"))
    _catch_exceptions(window)
    window.show()
    if options.demo:
        _prepare_demo(window, options.screenshot)
    elif options.open is not None:
        window.built.connect(lambda: window.run.open_run(options.open))
    QTimer.singleShot(0, window, window.build_next)
    sys.setswitchinterval(0.001)  # the window's thread gets its turn sooner while training computes in Python
    return _execute(application)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(
        prog="metric-explorer",
        description="Open the window. Without a window: metric-explorer COMMAND --help",
        epilog=f"Commands: {_COMMANDS}.",
    )
    parser.add_argument("--version", action="version", version=f"metric-explorer {core.__version__}")
    parser.add_argument("--demo", action="store_true", help="train the built-in data set at once, every view live")
    parser.add_argument("--screenshot", type=Path, metavar="FILE.png", help="with --demo: save the window, then exit")
    parser.add_argument("--open", type=Path, metavar="RUN", help="show a stored run")
    options = parser.parse_args(arguments)
    if options.screenshot is not None and not options.demo:
        parser.error("--screenshot goes with --demo")
    if options.screenshot is not None and not options.screenshot.absolute().parent.is_dir():
        parser.error(f"--screenshot: there is no folder {options.screenshot.parent}")
    return options


def _prepare_demo(window: "MainWindow", screenshot: Path | None) -> None:
    from explorer.demo import Demo

    demo = Demo(window, screenshot)
    window.built.connect(demo.begin)


def _execute(application: "QApplication") -> int:
    return application.exec()


def _catch_exceptions(window: "MainWindow") -> None:
    """Send every exception that nobody caught to the log and once to the user; the window goes on."""

    def tell(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected error\n%s", details)
        window.status.complain(f"Unexpected error: {error or kind.__name__}; the window goes on", details)

    sys.excepthook = tell
    threading.excepthook = lambda info: log.error("error in thread %s", info.thread, exc_info=info.exc_value)
