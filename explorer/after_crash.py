"""A window that ends unexpectedly leaves a mark; the next start offers its log and its run in one line."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from explorer.last_session import Crash, SessionMark, take_crash
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.main_window import MainWindow
    from explorer.state import RunView
    from explorer.widgets.offer_bar import OfferBar

_LINES, _LINE_BYTES = 200, 200
"""Of the log, that are offered."""


class CrashWatch:
    """Knows what the last window has left, and keeps the mark of this one.

    Parameters
    ----------
    log_file
        of the window; marks are beside it. What it ends with now is what a crash has left.
    offers
        Whether this window offers anything; one that nobody sits at leaves that to the next.
    """

    def __init__(self, log_file: Path, *, offers: bool = True) -> None:
        home = log_file.parent / "sessions"
        self._mark = SessionMark(home)
        self._crash = take_crash(home) if offers else None
        self._log_tail = "" if self._crash is None else _tail(log_file)

    def begin(self) -> None:
        """From now on, an end without `end` is a crash."""
        self._mark.begin()

    def follow(self, window: "MainWindow") -> None:
        """Note which run a window shows, and offer there what the last one has left; it is built."""
        window.state.run_changed.connect(self._note)
        if self._crash is not None:
            offer_after_crash(window, self._crash, self._log_tail)

    def end(self) -> None:
        """Take the mark away: this window was closed as it should be."""
        self._mark.end()

    def _note(self, run: "RunView | None") -> None:
        if run is not None:
            self._mark.note_run(run.path)


def offer_after_crash(window: "MainWindow", crash: Crash, log_tail: str) -> "OfferBar":
    """Show one line under the run bar, and keep what is known in the log."""
    from explorer.widgets.offer_bar import OfferBar

    window.status.journal.add(crash.sentence, _details(crash, log_tail), is_problem=True)
    bar = OfferBar(f"{crash.sentence}.", window)
    bar.offer(
        tr("Open log"), "open_crash_log", tr("Show what is known: the log, and where each thread was."), window.show_log
    )
    if (run := crash.run) is not None:
        bar.offer(
            tr("Open last run"),
            "open_last_run",
            tr("Show {run} as it was kept last.").format(run=run),
            lambda: _open(window, bar, run),
        )
    window.addToolBarBreak(Qt.ToolBarArea.TopToolBarArea)
    window.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)
    return bar


def _open(window: "MainWindow", bar: "OfferBar", run: Path) -> None:
    window.run.open_run(run)
    bar.deleteLater()


def _details(crash: Crash, log_tail: str) -> str:
    faults = crash.faults.strip() or tr("It could not tell any more where it was; the process may have been killed.")
    return tr("{faults}\n\nThe end of the log:\n{value}").format(faults=faults, value=log_tail.strip() or "empty")


def _tail(file: Path) -> str:
    """The last lines of a log; nothing where there is none."""
    try:
        with file.open("rb") as found:
            found.seek(max(0, file.stat().st_size - _LINES * _LINE_BYTES))
            text = found.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-_LINES:])
