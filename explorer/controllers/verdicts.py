"""Many pairs at once: judged behind the window by the newest checkpoint, at the window's threshold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer import formats
from explorer.bridge.inference import Measure
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.bridge.verdicts import JudgedPairs, PairWish, VerdictFiles, judging
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.verdict_sources import Match
from explorer.panels.verdicts_many import ManyPage
from explorer.panels.verify import VerifyPanel
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.pair_verdicts import PairVerdicts

PAIRS = tr("the pairs")
_NO_RUN = tr("Start a run or open one first: its model then judges the pairs.")


class VerdictsController(QObject):
    """Has the pairs judged that are dropped or chosen, one list at a time."""

    panel_wanted = Signal(str)
    """Name of the dock that should come to the front."""

    def __init__(
        self,
        state: ExplorerState,
        judges: WorkBridge,
        files: VerdictFiles,
        *,
        page: ManyPage,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._judges, self._files = state, judges, files
        self._page, self._verify, self._status = page, verify, status
        self._judged: JudgedPairs | None = None
        self._threshold: float | None = None
        """What the pairs are judged by: the window's, as long as that is for their distance."""
        self._connect()
        self._show_run(state.run)

    def _connect(self) -> None:
        state, page, judges = self._state, self._page, self._judges
        state.run_changed.connect(self._show_run)
        state.threshold_changed.connect(self._show_threshold)
        state.distance_changed.connect(lambda _name: self._tell_age())
        state.model_step_changed.connect(lambda _step: self._tell_age())
        page.judge_requested.connect(self._judge)
        page.again_requested.connect(self._judge_again)
        page.cancel_requested.connect(judges.cancel)
        page.pair_opened.connect(self._open)
        page.export_requested.connect(self._export)
        judges.progressed.connect(self._show_progress)
        judges.finished.connect(self._take)
        judges.failed.connect(self._complain)
        judges.cancelled.connect(self._show_cancelled)
        self._files.exported.connect(lambda path: self._status.say(tr("Saved {path}").format(path=path)))
        self._files.failed.connect(self._status.complain)

    # --- what the user wants

    def _judge(self, sources: tuple[Path, ...], match: Match) -> None:
        state, run = self._state, self._state.run
        if run is None:
            self._page.show_problem(_NO_RUN)
            return
        self._threshold = state.threshold
        wish = PairWish(run.path, sources, match, Measure(state.rule, state.curve, state.parts))
        self._page.begin_work(tr("waiting for its turn"))
        self._judges.begin(PAIRS, judging(wish))

    def _judge_again(self) -> None:
        if self._judged is not None:
            self._judge(self._judged.wish.sources, self._judged.wish.match)

    def _open(self, first: Path, second: Path) -> None:
        self.panel_wanted.emit("verify")
        self._verify.choose({"A": first, "B": second})

    def _export(self, path: Path) -> None:
        if self._judged is not None:
            self._files.export(path, table_maker(self._judged.verdicts, self._threshold, path))

    # --- what the window shows by now

    def _show_run(self, run: RunView | None) -> None:
        self._judges.forget()
        self._judged = None
        self._page.clear()
        self._page.set_available(_NO_RUN if run is None else "")

    def _show_threshold(self, threshold: float) -> None:
        if self._judged is None or self._judged.verdicts.distance == self._state.distance:
            self._threshold = threshold
            self._page.set_threshold(threshold)

    def _tell_age(self) -> None:
        if self._judged is None:
            return
        verdicts, state = self._judged.verdicts, self._state
        if verdicts.distance != state.distance:
            label = DISTANCE_LABELS[state.distance]
            self._page.set_age(
                tr("The window compares by {label} now; these distances and their threshold are others.").format(
                    label=label
                )
            )
        elif state.model_step > verdicts.step:
            step, now = formats.count(verdicts.step), formats.count(state.model_step)
            self._page.set_age(tr("As of step {step}; the model is at step {now}.").format(step=step, now=now))
        else:
            self._page.set_age("")

    # --- what comes of it

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        self._page.show_progress(progress.stage, progress.share, progress.seconds_left)

    def _take(self, _kind: str, found: object) -> None:
        self._page.end_work()
        if isinstance(found, JudgedPairs):
            self._judged = found
            if found.verdicts.distance == self._state.distance:
                self._threshold = self._state.threshold
            self._page.show_verdicts(found.verdicts, found.ranks, self._threshold)
            self._tell_age()
            self._status.say(_told(found.verdicts))

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self._page.end_work()
        self._page.show_problem(message)
        self._status.complain(tr("The pairs could not be judged: {message}").format(message=message), details)

    def _show_cancelled(self, _kind: str) -> None:
        self._page.end_work()
        self._status.say(tr("Cancelled before a pair was judged"))


def table_maker(verdicts: "PairVerdicts", threshold: float | None, path: Path) -> Callable[[], str]:
    """What makes the text of a file: JSON where its name says so, else CSV."""
    if path.suffix.lower() == ".json":
        return lambda: json.dumps(verdicts.to_json(threshold), ensure_ascii=False) + "\n"
    return lambda: verdicts.csv(threshold)


def _told(verdicts: "PairVerdicts") -> str:
    whole, judged = len(verdicts), int(verdicts.judged.sum())
    left = whole - judged - int(verdicts.unreadable.sum())
    if left:
        return tr("Cancelled: {judged} of {whole} pairs were judged and are kept").format(
            judged=formats.count(judged), whole=formats.count(whole)
        )
    pairs = tr("1 pair") if judged == 1 else tr("{judged} pairs").format(judged=formats.count(judged))
    return tr("Judged {pairs} of {title}").format(pairs=pairs, title=verdicts.listed.title)
