"""Intervals beside the figures of the ROC panel: measured for every new curve, as far as training leaves time."""

from PySide6.QtCore import QObject

from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import CurveFigures
from core.evaluation.intervals import Confidence
from core.training.records import TrainingSnapshot
from explorer.bridge.confidence import ConfidenceBridge, ConfidenceWish
from explorer.bridge.training import TrainingBridge
from explorer.panels.roc import RocPanel
from explorer.state import ExplorerState
from explorer.widgets.status_line import StatusLine


class ConfidenceController(QObject):
    """Has the newest curve measured.

    While training, intervals that take longer than the next look at the model would never be seen: once one has been
    overtaken, the next ones wait for the end of training, or for somebody who asks.
    """

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        bridge: ConfidenceBridge,
        *,
        roc: RocPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._training, self._bridge, self._roc = state, training, bridge, roc
        self._overtaken = False
        self._known: tuple[VerificationCurve, Confidence] | None = None
        state.run_changed.connect(self._forget)
        state.snapshot_changed.connect(self._follow)
        training.finished.connect(self._catch_up)
        training.failed.connect(self._catch_up)
        roc.intervals_requested.connect(self._measure)
        roc.intervals_cancelled.connect(self._cancel)
        bridge.described.connect(self._take_figures)
        bridge.measured.connect(self._take)
        bridge.progress.connect(roc.set_measuring)
        bridge.failed.connect(self._complain)
        bridge.failed.connect(status.complain)

    def _forget(self) -> None:
        self._bridge.forget()
        self._overtaken, self._known = False, None

    def _follow(self, snapshot: TrainingSnapshot | None) -> None:
        self._overtaken = self._training.alive and (self._overtaken or self._bridge.is_measuring)
        self._bridge.forget()
        curve = None if snapshot is None else snapshot.curve
        if curve is None:
            return
        self._bridge.describe(curve)
        if self._known is not None and self._known[0] is curve:
            self._roc.show_confidence(self._known[1])
        elif self._overtaken:
            self._roc.show_confidence(None)
        else:
            self._measure()

    def _catch_up(self, *_event: object) -> None:
        """Measure what training left no time for."""
        if self._overtaken:
            self._overtaken = False
            self._measure()

    def _measure(self) -> None:
        snapshot = self._state.snapshot
        if snapshot is not None and snapshot.curve is not None:
            self._bridge.measure(ConfidenceWish(snapshot, snapshot.curve, self._state.rule))

    def _cancel(self) -> None:
        self._bridge.stop()
        self._roc.show_confidence(None)

    def _take_figures(self, curve: VerificationCurve, figures: CurveFigures) -> None:
        if curve is self._state.curve:
            self._roc.show_figures(figures)

    def _take(self, curve: VerificationCurve, confidence: Confidence) -> None:
        if curve is self._state.curve:
            self._known = curve, confidence
            self._roc.show_confidence(confidence)

    def _complain(self, _message: str, _details: str) -> None:
        self._roc.show_confidence(None)
