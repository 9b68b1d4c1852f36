"""Starts the window: options, display, QApplication, logging and the exception hook."""

import argparse
import gc
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import core
from core.process import settle
from explorer.display import display_problem

ERROR = 2
_COMMANDS = (
    "train, control, find-rate, evaluate, compare, verify, verify-pairs, embed, search, enroll, identify, gallery, "
    "protocol, export, projector, runs, scalars, download, inspect, doctor"
)
"""Written out, since asking core for them would hold up the window."""
_SWITCH_INTERVAL = 0.001
"""Seconds after which a thread that computes in Python makes room for the window's."""
_UNSEEN_MS = 1_000
"""A window that nobody looks at, such as a minimised one, is built without having been painted."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(ERROR, f"{self.prog}: {message}; see {self.prog} --help\n")


def run_window(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code when it has closed."""
    options = _parse(arguments)
    if options.menu is not None:
        return _change_menu(options.menu)
    if (problem := display_problem()) is not None:
        sys.stderr.write(problem + "\n")
        return ERROR
    settle()
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from explorer import theme, translation
    from explorer.logs import log_file, start_logging
    from explorer.settings import Settings

    application = QApplication([sys.argv[0]])
    application.setApplicationName("metric-explorer")
    application.setStyle("Fusion")
    settings = Settings()
    translation.install(application, settings.language)
    # Only now: what is imported here has texts, made in the language in force.
    from explorer.after_crash import CrashWatch
    from explorer.demo import Demo
    from explorer.exception_hook import ExceptionHook
    from explorer.main_window import MainWindow
    from explorer.signals import SignalWaker

    watch = CrashWatch(log_file(), offers=not options.demo)
    start_logging(log_file(), debug=options.debug)
    watch.begin()
    theme.apply(settings.theme)
    # Queued, since the desktop's new palette comes after the word of it.
    application.styleHints().colorSchemeChanged.connect(theme.outline, Qt.ConnectionType.QueuedConnection)
    window = MainWindow(settings, Path("runs"))
    hook = ExceptionHook()
    hook.caught.connect(window.status.complain)
    _close_on_signals(lambda: QTimer.singleShot(0, window, window.close))
    waker = SignalWaker(window)
    demo = Demo(window, options.screenshot) if options.demo else None
    if demo is not None:
        window.built.connect(demo.begin)
        hook.caught.connect(demo.give_up)
    elif options.open is not None:
        window.built.connect(lambda: window.run.open_run(options.open))
    elif not settings.is_tour_seen:
        window.built.connect(window.begin_tour)
    window.built.connect(lambda: watch.follow(window))
    window.painted.connect(window.build_soon)
    QTimer.singleShot(_UNSEEN_MS, window, window.build_soon)
    if demo is None:  # whose picture is as large wherever it is made
        window.keep_on_screen()
    window.show()
    sys.setswitchinterval(_SWITCH_INTERVAL)
    code = application.exec()
    gc.unfreeze()  # what `import_for_good` has taken for lasting
    waker.close()
    hook.remove()
    watch.end()
    return code if demo is None else demo.exit_code


def _close_on_signals(close: Callable[[], None]) -> None:
    for number in _signals_to_end():
        signal.signal(number, lambda *_: close())


def _change_menu(change: str) -> int:
    from core.errors import InputError
    from explorer.desktop import add_entry, remove_entry

    try:
        files = add_entry() if change == "add-to" else remove_entry()
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return ERROR
    sys.stdout.write("".join(f"{path}\n" for path in files) or "there was no entry\n")
    return 0


def _signals_to_end() -> Iterator[int]:
    """What ends the window as its close button does: Ctrl+C, kill, a terminal that is closed (but not under nohup)."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            yield number


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
    menu = parser.add_mutually_exclusive_group()
    for name, what in (("add-to", "an entry with an icon in"), ("remove-from", "take the entry out of")):
        help_text = f"{what} the applications menu of this Linux desktop, then exit"
        menu.add_argument(f"--{name}-menu", dest="menu", action="store_const", const=name, help=help_text)
    parser.add_argument("--debug", action="store_true", help="show tracebacks and the log")
    options = parser.parse_args(arguments)
    if options.demo and options.open is not None:
        parser.error("--demo trains a new run and --open shows a stored one; give one of them")
    if options.screenshot is not None:
        if not options.demo:
            parser.error("--screenshot goes with --demo")
        if (problem := _picture_problem(options.screenshot)) is not None:
            parser.error(f"--screenshot: {problem}")
    return options


def _picture_problem(path: Path) -> str | None:
    """Why no picture can be written there, in words; asked before minutes of training, not after."""
    if path.suffix.lower() != ".png":
        return f"the file name must end in .png, found {path.name!r}"
    existed = path.exists()
    try:
        with path.open("ab"):
            pass
    except OSError as error:
        return f"{path} cannot be written ({error.strerror})"
    if not existed:
        path.unlink()
    return None
