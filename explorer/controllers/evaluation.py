"""The newest look at the model: map, ROC, verification, and the one threshold and selection that they share."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from core.runs import ThresholdChoice
from core.training import records
from explorer import formats
from explorer.bridge.inference import Comparison, InferenceBridge
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.projection import Layout, MapBridge
from explorer.bridge.training import TrainingBridge
from explorer.panels.map import MapPanel, MapView
from explorer.panels.roc import RocPanel
from explorer.panels.verify import SLOTS, VerdictView, VerifyPanel
from explorer.state import ExplorerState, RunView, provenance
from explorer.widgets.status_line import StatusLine

_NO_MODEL = "Train or open a run first: then the model can look at them."
_NO_WEIGHTS_YET = "The first weights come after the first epoch."
_STORE_AFTER_MS = 300
"""The threshold is stored when it has stood still for so long, not at every pixel of a drag."""


class EvaluationController(QObject):
    """Shows every snapshot in map and ROC, and keeps the verdict on the two slots up to date."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        maps: MapBridge,
        inference: InferenceBridge,
        library: LibraryBridge,
        *,
        map_panel: MapPanel,
        roc: RocPanel,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._training, self._maps, self._inference = state, training, maps, inference
        self._library = library
        self._map_panel, self._roc, self._verify, self._status = map_panel, roc, verify, status
        self._following = False
        self._chosen_by_person = False
        self._to_store = QTimer(self, singleShot=True, interval=_STORE_AFTER_MS)
        self._connect()
        verify.set_model_available(_NO_MODEL)

    def show_training(self, event: records.Started) -> None:
        """Look at the run that trains now."""
        self._verify.set_model_available(_NO_WEIGHTS_YET)
        self._inference.use_training(event.run_dir)

    def show_opened(self, opened: OpenedRun) -> None:
        """Look at a stored run."""
        self._verify.set_model_available("Loading the model …")
        self._inference.use_stored(opened.run)
        if opened.snapshot is not None:
            self._state.set_snapshot(opened.snapshot)
        if opened.threshold is not None:
            self._state.set_threshold(opened.threshold.threshold)

    # --- connections

    def _connect(self) -> None:
        state, training, maps, inference = self._state, self._training, self._maps, self._inference
        training.snapshot_taken.connect(state.set_snapshot)
        training.weights_taken.connect(inference.use_weights)
        state.snapshot_changed.connect(self._show_snapshot)
        state.threshold_changed.connect(self._show_threshold)
        state.selection_changed.connect(self._map_panel.set_selection)
        state.model_step_changed.connect(self._map_panel.set_model_step)
        state.run_changed.connect(self._show_run)
        self._roc.threshold_chosen.connect(self._choose_threshold)
        self._roc.problem.connect(self._status.complain)
        self._to_store.timeout.connect(self._store_threshold)
        self._map_panel.selection_changed.connect(state.set_selection)
        self._map_panel.method_chosen.connect(maps.set_method)
        self._map_panel.cancel_requested.connect(maps.cancel)
        maps.layout_ready.connect(self._show_layout)
        maps.working.connect(self._map_panel.set_progress)
        maps.failed.connect(self._status.complain)
        self._verify.pair_changed.connect(self._take_pair)
        inference.image_ready.connect(self._show_image)
        inference.image_failed.connect(self._verify.show_problem)
        inference.model_ready.connect(lambda step: self._verify.set_model_available(None))
        inference.compared.connect(self._show_comparison)
        inference.failed.connect(self._complain_verdict)

    # --- snapshots

    def _show_snapshot(self, snapshot: records.TrainingSnapshot | None) -> None:
        self._maps.show(snapshot)
        if snapshot is None:
            return
        self._following = True  # what the panel chooses now follows from the curve, not from a hand
        self._roc.show_curve(snapshot.curve, provenance(snapshot))
        self._following = False
        if self._training.alive:
            self._training.request_weights()

    def _show_run(self, run: RunView | None) -> None:
        self._roc.clear()
        self._chosen_by_person = False
        if run is not None:
            self._roc.set_distance(run.config.distance)

    def _choose_threshold(self, threshold: float) -> None:
        """Take the panel's threshold; once a person has chosen, what follows from the choice is theirs as well."""
        self._chosen_by_person |= not self._following
        self._state.set_threshold(threshold)
        if self._chosen_by_person:
            self._to_store.start()

    def _store_threshold(self) -> None:
        run, snapshot, threshold = self._state.run, self._state.snapshot, self._state.threshold
        if run is None or snapshot is None or threshold is None:
            return
        fpr = self._roc.held_fpr
        choice = ThresholdChoice(
            threshold=threshold,
            distance=run.config.distance,
            fpr=fpr,
            chosen_by="person",
            rule="set by hand" if fpr is None else f"FPR {100 * fpr:g} %",
            step=snapshot.step,
        )
        self._library.store_threshold(run.path, choice)

    def _show_layout(self, layout: Layout) -> None:
        run, snapshot = self._state.run, layout.snapshot
        if run is None:
            return
        kind = "open set" if snapshot.open_set else "closed set"
        self._map_panel.show_layout(
            MapView(
                xy=layout.xy,
                labels=snapshot.labels,
                sample_ids=snapshot.sample_ids,
                held_out=snapshot.held_out,
                class_names=run.class_names,
                method=layout.method,
                step=snapshot.step,
                provenance=f"{formats.count(len(layout.xy))} images · {kind}",
            )
        )

    def _show_threshold(self, threshold: float) -> None:
        self._roc.set_threshold(threshold)
        curve = self._state.curve
        self._verify.set_threshold(threshold, None if curve is None else curve.at_threshold(threshold))

    # --- verification

    def _take_pair(self, a: object, b: object) -> None:
        self._inference.set_pair(a, b)  # type: ignore[arg-type]
        if a is not None and b is not None and self._training.alive:
            self._training.request_weights()

    def _show_image(self, slot: str, image: QImage, caption: str) -> None:
        self._verify.show_image("A" if slot == SLOTS[0] else "B", image, caption)

    def _show_comparison(self, found: Comparison) -> None:
        threshold, curve = self._state.threshold, self._state.curve
        point = None if threshold is None or curve is None else curve.at_threshold(threshold)
        self._verify.show_verdict(
            VerdictView(
                distance=found.distance,
                step=found.step,
                probability=found.probability,
                expected_fpr=None if point is None else point.fpr,
                expected_tpr=None if point is None else point.tpr,
                class_a=found.a.class_name,
                confidence_a=found.a.confidence,
                class_b=found.b.class_name,
                confidence_b=found.b.confidence,
                mask_a=found.a.mask,
                mask_b=found.b.mask,
            )
        )

    def _complain_verdict(self, message: str, details: str) -> None:
        self._verify.show_failure(message)
        self._status.complain(message, details)
