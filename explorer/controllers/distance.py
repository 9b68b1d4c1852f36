"""The distance that the window compares by: chosen in the ROC panel, applied to every snapshot."""

from PySide6.QtCore import QObject

from core.config import DistanceName, is_fitted
from core.training.records import TrainingSnapshot
from explorer.bridge.measuring import Measured, MeasuringBridge, Wish
from explorer.core_words import in_words
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.roc import RocPanel
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine


class DistanceController(QObject):
    """Hands snapshots to the state, measured by the chosen distance without the images that are excluded now.

    By the run's own distance that is at once, as training has measured them, by another one later.
    Curve, threshold, verdict and map change together when the measurement is there; until then all of them stay.
    """

    def __init__(self, state: ExplorerState, measuring: MeasuringBridge, *, roc: RocPanel, status: StatusLine) -> None:
        super().__init__()
        self._state, self._measuring, self._roc, self._status = state, measuring, roc, status
        self._newest: TrainingSnapshot | None = None
        """As training made it: with its curve by the run's own distance."""
        self._wanted: DistanceName = state.distance
        state.run_changed.connect(self._show_run)
        state.distance_changed.connect(roc.set_distance)
        state.exclusions_changed.connect(lambda _exclusions: self._measure())
        roc.distance_chosen.connect(self._choose)
        measuring.measured.connect(self._take)
        measuring.failed.connect(self._fall_back)
        measuring.working.connect(self._tell_work)

    def show(self, snapshot: TrainingSnapshot, distance: DistanceName | None = None) -> None:
        """Take the newest look at the model; by this distance, None: by the one in force."""
        self._newest = snapshot
        self._wanted = distance or self._wanted
        self._roc.set_distance_refusals(_refusals(snapshot))
        self._measure()

    def _show_run(self, run: RunView | None) -> None:
        self._measuring.forget()
        self._newest = None
        self._wanted = "cosine" if run is None else run.config.distance
        self._roc.set_distance(self._wanted)

    def _choose(self, distance: DistanceName) -> None:
        self._wanted = distance
        self._measure()

    def _measure(self) -> None:
        run, snapshot = self._state.run, self._newest
        if run is None or snapshot is None:
            return
        excluded = self._state.excluded
        if self._wanted == run.config.distance and snapshot.excluded == excluded:
            self._measuring.forget()
            self._state.set_measured(snapshot, self._wanted)
        else:
            self._measuring.ask(Wish(run.path, snapshot, self._wanted, excluded))

    def _take(self, found: Measured) -> None:
        self._state.set_measured(found.snapshot, found.distance, found.fitted)

    def _fall_back(self, message: str, details: str) -> None:
        """Stay with the distance in force; where that is the one that failed, go back to the run's own."""
        run = self._state.run
        if run is None:
            return
        failed = self._wanted
        if failed == self._state.distance == run.config.distance:  # without other images; nothing is left to fall to
            self._status.complain(message, details)
            return
        self._wanted = run.config.distance if failed == self._state.distance else self._state.distance
        self._roc.set_distance(self._state.distance)
        self._status.complain(
            tr("{message}; images are compared by {DISTANCE_LABELS} instead").format(
                message=message, DISTANCE_LABELS=DISTANCE_LABELS[self._wanted]
            ),
            details,
        )
        self._measure()

    def _tell_work(self, working: bool) -> None:
        """Say what a change waits for; a refresh by the distance in force goes without."""
        if not working:
            self._roc.set_progress(None)
        elif self._wanted != self._state.distance:
            words = (
                tr("{distance} is being fitted …") if is_fitted(self._wanted) else tr("{distance} is being measured …")
            )
            self._roc.set_progress(words.format(distance=DISTANCE_LABELS[self._wanted]))
        elif self._state.snapshot is not None and self._state.snapshot.excluded != self._state.excluded:
            self._roc.set_progress(tr("The curve is being measured without the excluded images …"))


def _refusals(snapshot: TrainingSnapshot) -> dict[DistanceName, str]:
    """Which distances cannot be fitted on the training images of a snapshot, and why."""
    from core.fitted_distances import missing_for

    labels = snapshot.labels[~snapshot.held_out]
    reasons = {name: missing_for(name, labels) for name in DISTANCE_LABELS if is_fitted(name)}
    return {
        name: tr("Not now: {reason} among the training images of this snapshot.").format(reason=in_words(reason))
        for name, reason in reasons.items()
        if reason
    }
