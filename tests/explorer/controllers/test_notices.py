from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.training.records import Finished
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.bridge.training import TrainingBridge
from explorer.controllers.notices import NoticeController
from explorer.notifier import Notifier
from explorer.widgets.journal import Journal

_WORKS = (
    "evaluating",
    "embedded",
    "downloads",
    "exporting",
    "taking",
    "verdicts",
    "inspecting",
    "searching",
    "scalars",
)


class Desktop:
    """A desktop that keeps what it is told, a clock, and bridges that do nothing by themselves."""

    def __init__(self, window: QWidget) -> None:
        self.told: list[tuple[str, str]] = []
        self.seconds = 0.0
        no_tasks: Any = None
        self.bridges: Any = SimpleNamespace(**{name: WorkBridge(no_tasks) for name in _WORKS})
        self.bridges.training = TrainingBridge(no_tasks)
        self.state: Any = SimpleNamespace(run=None)
        self.journal = Journal()
        notifier = Notifier(window, lambda title, text: self.told.append((title, text)))
        notifier.is_in_front = lambda: False  # type: ignore[method-assign]
        NoticeController(self.state, self.bridges, self.journal, notifier, clock=lambda: self.seconds)

    def finish(self, *, step: int, stopped: bool) -> None:
        self.bridges.training.finished.emit(Finished(step=step, stopped=stopped, result={"run": "run"}))


@pytest.fixture
def desktop(qtbot: QtBot) -> Desktop:
    window = QWidget()
    qtbot.addWidget(window)
    return Desktop(window)


def test_the_end_of_a_run_is_told_with_its_name(desktop: Desktop) -> None:
    desktop.state.run = SimpleNamespace(path=Path("runs/digits-1"))
    desktop.finish(step=1_200, stopped=False)
    desktop.finish(step=96, stopped=True)
    assert desktop.told == [
        ("Training is done", "digits-1: at step 1\N{NARROW NO-BREAK SPACE}200"),
        ("Training was stopped", "digits-1: at step 96"),
    ]


def test_a_run_that_never_began_is_no_news(desktop: Desktop) -> None:
    desktop.finish(step=0, stopped=True)
    assert desktop.told == []


def test_a_failure_is_told_once_however_often_it_is_said(desktop: Desktop) -> None:
    desktop.journal.add("Ready")
    desktop.journal.add("no space left", is_problem=True)
    desktop.journal.add("no space left", is_problem=True)
    assert desktop.told == [("Something went wrong", "no space left")]


def test_work_that_took_long_is_told_and_short_work_is_not(desktop: Desktop) -> None:
    evaluating = desktop.bridges.evaluating
    for seconds in (3.0, 95.0):
        evaluating.progressed.emit("other", Progress("measuring", 0.0, None))
        desktop.seconds += seconds
        evaluating.finished.emit("other", None)
    assert desktop.told == [("The evaluation is done", "After 1:35")]


def test_work_that_was_cancelled_or_failed_is_not_told_as_done(desktop: Desktop) -> None:
    downloads = desktop.bridges.downloads
    for end in (lambda: downloads.cancelled.emit("pets"), lambda: downloads.failed.emit("pets", "broke off", "")):
        downloads.progressed.emit("pets", Progress("fetching", 0.0, None))
        desktop.seconds += 60.0
        end()
    downloads.finished.emit("pets", None)
    assert desktop.told == []
