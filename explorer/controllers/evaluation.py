"""The newest look at the model: map, ROC, and the one threshold and selection that the whole window shares."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QUndoStack

from core.config import is_fitted
from core.evaluation.parts import PartRates, why_no_parts
from core.runs import ThresholdChoice
from core.training.records import TrainingSnapshot
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.measuring import MeasuringBridge
from explorer.bridge.projection import Layout, MapBridge
from explorer.bridge.training import TrainingBridge
from explorer.controllers.distance import DistanceController
from explorer.controllers.threshold_steps import Chosen, ThresholdSteps
from explorer.core_words import in_words
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.map import MapPanel, MapView
from explorer.panels.roc import RocPanel
from explorer.state import ExplorerState, RunView, provenance
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from core.distances import LinearDistance

_STORE_AFTER_MS = 300
"""The threshold is stored when it has stood still for so long, not at every pixel of a drag."""


class EvaluationController(QObject):
    """Shows every snapshot in map and ROC, and keeps the threshold that a person has chosen."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        maps: MapBridge,
        library: LibraryBridge,
        measuring: MeasuringBridge,
        undo: QUndoStack,
        *,
        map_panel: MapPanel,
        roc: RocPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._training, self._maps, self._library = state, training, maps, library
        self._map_panel, self._roc, self._status = map_panel, roc, status
        self._chosen_by_person = False
        self._steps = ThresholdSteps(undo, self._come_back)
        self._unstored: tuple[Path, ThresholdChoice, LinearDistance | None] | None = None
        self._opened_choice: ThresholdChoice | None = None
        """What is kept with an opened run, until its snapshot is there, measured by the distance it is for."""
        self._kept_choice: ThresholdChoice | None = None
        """What is kept with an opened run, until a person chooses otherwise."""
        self._to_store = QTimer(self, singleShot=True, interval=_STORE_AFTER_MS)
        self._connect()
        roc.rate_requested.connect(measuring.measure_rate)
        measuring.rate_measured.connect(roc.take_rate)
        measuring.rate_failed.connect(status.complain)
        self._distances = DistanceController(state, measuring, roc=roc, status=status)
        training.snapshot_taken.connect(self._distances.show)

    def show_opened(self, opened: OpenedRun) -> None:
        """Look at a stored run, at the threshold that is kept with it and by the distance that it is for."""
        choice = self._opened_choice = self._kept_choice = opened.threshold
        if opened.snapshot is not None:
            self._distances.show(opened.snapshot, None if choice is None else choice.distance)
        elif choice is not None:
            self._state.set_threshold(choice.threshold)

    def threshold_choice(self) -> ThresholdChoice | None:
        """The threshold in force and whose it is; None where there is none, or it accepts no pair at all."""
        threshold, snapshot, kept = self._state.threshold, self._state.snapshot, self._kept_choice
        if kept is not None and (kept.threshold, kept.distance) == (threshold, self._state.distance):
            return kept
        if threshold is None or snapshot is None or not math.isfinite(threshold):
            return None
        return self._choice(snapshot, threshold)

    def store_threshold(self) -> None:
        """Store the threshold now if it waits to be stored."""
        self._to_store.stop()
        if self._unstored is not None:
            self._library.store_threshold(*self._unstored)
            self._unstored = None

    def _connect(self) -> None:
        state, maps = self._state, self._maps
        self._training.finished.connect(maps.hurry)
        self._training.failed.connect(maps.hurry)
        state.run_changed.connect(self._show_run)
        state.snapshot_changed.connect(self._show_snapshot)
        state.threshold_changed.connect(self._roc.set_threshold)
        state.selection_changed.connect(self._map_panel.set_selection)
        state.model_step_changed.connect(self._map_panel.set_model_step)
        state.model_step_changed.connect(self._show_age)
        self._roc.threshold_chosen.connect(self._choose_threshold)
        self._roc.problem.connect(self._status.complain)
        self._to_store.timeout.connect(self.store_threshold)
        self._library.threshold_failed.connect(
            lambda message, details: self._status.complain(
                tr("The threshold was not kept: {message}").format(message=message), details
            )
        )
        self._map_panel.selection_changed.connect(state.set_selection)
        self._map_panel.problem.connect(self._status.complain)
        self._map_panel.method_chosen.connect(maps.set_method)
        self._map_panel.settings_chosen.connect(maps.set_settings)
        self._map_panel.cancel_requested.connect(maps.cancel)
        maps.layout_ready.connect(self._show_layout)
        maps.working.connect(self._map_panel.set_progress)
        maps.progressed.connect(self._map_panel.show_progress)
        maps.failed.connect(self._status.complain)

    # --- snapshots

    def _show_run(self, run: RunView | None) -> None:
        self.store_threshold()
        self._chosen_by_person = False
        self._opened_choice = self._kept_choice = None
        self._steps.forget()
        self._map_panel.clear()
        self._map_panel.set_waiting(run is not None)
        self._map_panel.set_names_classes(run is None or run.names_classes)
        self._roc.clear()

    def _show_snapshot(self, snapshot: TrainingSnapshot | None) -> None:
        self._maps.show(snapshot, self._state.rule)
        if snapshot is None:
            return
        self._roc.show_curve(
            snapshot.curve, provenance(snapshot, self._state.model_step), snapshot.parts, _why_no_parts(snapshot)
        )
        self._show_opened_threshold()
        self._steps.note(self._chosen())
        if self._chosen_by_person and self._state.fitted is not None and self._state.threshold is not None:
            self._keep_threshold(self._state.threshold)  # of no use without the distance fitted at the same step

    def _show_opened_threshold(self) -> None:
        choice, self._opened_choice = self._opened_choice, None
        if choice is not None and choice.distance == self._state.distance:
            self._state.set_threshold(choice.threshold)

    def _show_age(self, model_step: int) -> None:
        """Say quietly that the model has gone on since the curve was made."""
        snapshot = self._state.snapshot
        if snapshot is not None:
            self._roc.set_provenance(provenance(snapshot, model_step))

    def _show_layout(self, layout: Layout) -> None:
        run, snapshot = self._state.run, layout.snapshot
        if run is None:
            return
        kind = tr("open set") if snapshot.open_set else tr("closed set")
        self._map_panel.show_layout(
            MapView(
                xy=layout.xy,
                labels=snapshot.labels,
                sample_ids=snapshot.sample_ids,
                held_out=snapshot.held_out,
                class_names=run.class_names,
                sample_names=run.sample_names,
                method=layout.method,
                step=snapshot.step,
                predicted=snapshot.predicted,
                provenance=" · ".join((kind, *self._fitted_label())),
            )
        )

    def _fitted_label(self) -> tuple[str, ...]:
        """The distance, where it changes the map: the others order unit vectors alike."""
        name = self._state.distance
        return (DISTANCE_LABELS[name],) if is_fitted(name) else ()

    # --- the threshold

    def _choose_threshold(self, threshold: float) -> None:
        """Take the panel's threshold; once a person has chosen, what follows from the choice is theirs as well."""
        by_person = not self._roc.follows
        if by_person:
            self._chosen_by_person, self._kept_choice = True, None
        self._state.set_threshold(threshold)
        if self._chosen_by_person:
            self._keep_threshold(threshold)
        (self._steps.take if by_person else self._steps.note)(self._chosen())

    def _chosen(self) -> Chosen | None:
        held = self._roc.held
        return None if held is None else Chosen(held, self._chosen_by_person, self._kept_choice)

    def _come_back(self, chosen: Chosen) -> None:
        """Hold what was held before, or after, a step that is taken back, or done again; it is kept as it was."""
        self._chosen_by_person, self._kept_choice = chosen.by_person, chosen.kept
        self._roc.hold_again(chosen.held)
        if self._state.threshold is not None:
            self._keep_threshold(self._state.threshold)
        self._steps.note(self._chosen())
        self._status.say(tr("Threshold: {words} again").format(words=chosen.held.words))

    def _keep_threshold(self, threshold: float) -> None:
        run, snapshot = self._state.run, self._state.snapshot
        if run is None or snapshot is None:
            return
        if not math.isfinite(threshold):
            self._unstored = None
            self._status.say(tr("This threshold accepts no pair at all; it is not kept with the run"))
            return
        self._unstored = run.path, self.threshold_choice() or self._choice(snapshot, threshold), self._state.fitted
        self._to_store.start()

    def _choice(self, snapshot: TrainingSnapshot, threshold: float) -> ThresholdChoice:
        chosen_on, reported_on = self._on_parts(snapshot, threshold)
        return ThresholdChoice(
            threshold=threshold,
            distance=self._state.distance,
            fpr=self._roc.held_fpr,
            chosen_by="person" if self._chosen_by_person else "default",
            rule=self._roc.held_rule,
            step=snapshot.step,
            chosen_on=chosen_on,
            reported_on=reported_on,
        )

    def _on_parts(
        self, snapshot: TrainingSnapshot, threshold: float
    ) -> tuple[PartRates, PartRates] | tuple[None, None]:
        """What a threshold that follows a rate does on both parts, as the panel shows it; one set by hand has none."""
        parts = snapshot.parts
        if parts is None or not self._roc.holds_rate:
            return None, None
        return (
            parts.chosen_on(parts.choosing.snapped(threshold)),
            parts.reported_on(parts.reporting.snapped(threshold)),
        )


def _why_no_parts(snapshot: TrainingSnapshot) -> str:
    return in_words(why_no_parts(snapshot.evaluated())) if snapshot.curve is not None and snapshot.parts is None else ""
