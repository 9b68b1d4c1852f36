"""Verification: the pair in the two slots, the model that looks at it, and its verdict at the shared threshold."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from core.evaluation.curve import OperatingPoint
from core.training import records
from explorer.bridge.inference import Comparison, InferenceBridge
from explorer.bridge.library import OpenedRun
from explorer.bridge.training import TrainingBridge
from explorer.panels.verify import VerifyPanel
from explorer.panels.verify_view import SLOTS, VerdictView
from explorer.state import ExplorerState, RunView
from explorer.widgets.status_line import StatusLine

_NO_MODEL = "Start a run or open one first: its model then looks at the images."
_NO_WEIGHTS_YET = "The model is coming: a copy of the weights is made after the first steps."
_LOADING = "Loading the model …"


class VerifyController(QObject):
    """Keeps the verdict up to date: with every new pair, every copy of the weights, and every threshold."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        inference: InferenceBridge,
        *,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._training, self._inference = state, training, inference
        self._verify, self._status = verify, status
        self._following = False
        self._connect()
        verify.set_model_available(_NO_MODEL)

    def show_training(self, event: records.Started) -> None:
        """Look with the model of the run that trains, as soon as there is a copy of it."""
        self._following = True
        self._verify.set_model_available(_NO_WEIGHTS_YET)
        self._inference.follow(event.run_dir)
        self._training.request_weights()

    def show_opened(self, opened: OpenedRun) -> None:
        """Look with the model of a stored run."""
        self._following = False
        self._verify.set_model_available(_LOADING)
        self._inference.follow(opened.run.path)
        self._inference.load_checkpoint()

    def _connect(self) -> None:
        state, training, inference = self._state, self._training, self._inference
        self._verify.image_chosen.connect(inference.choose)
        self._verify.pair_changed.connect(self._take_pair)
        training.weights_taken.connect(inference.use_weights)
        training.finished.connect(self._end_training)
        training.failed.connect(self._end_training)
        state.distance_changed.connect(self._compare_anew)
        state.snapshot_changed.connect(self._refresh)
        state.threshold_changed.connect(self._show_threshold)
        state.run_changed.connect(self._forget_threshold)
        inference.image_ready.connect(self._show_image)
        inference.image_failed.connect(self._show_problem)
        inference.model_ready.connect(lambda _step: self._verify.set_model_available(None))
        inference.model_failed.connect(self._lose_model)
        inference.compared.connect(self._show_comparison)
        inference.comparison_failed.connect(self._complain)

    # --- the model

    def _refresh(self, snapshot: records.TrainingSnapshot | None) -> None:
        """A new curve: other rates at the same threshold, and newer weights to be had."""
        self._inference.compare_by(self._state.rule, self._state.curve, self._state.parts)
        if snapshot is None:
            return
        if self._state.threshold is not None:
            self._show_threshold(self._state.threshold)
        if self._following:
            self._training.request_weights()

    def _compare_anew(self, _distance: str) -> None:
        """The verdict was by another distance."""
        self._inference.compare_by(self._state.rule, self._state.curve, self._state.parts)
        self._verify.await_verdict()
        self._inference.compare()

    def _end_training(self) -> None:
        """The run that was followed gives no more weights; its last checkpoint is the model it leaves."""
        if self._following:
            self._following = False
            self._inference.load_checkpoint()

    def _lose_model(self, message: str, details: str) -> None:
        self._verify.set_model_available(message)
        self._status.complain(message, details)

    # --- the pair

    def _take_pair(self, a: object, b: object) -> None:
        self._inference.set_pair(a, b)  # type: ignore[arg-type]
        if self._following and a is not None and b is not None:
            self._training.request_weights()

    def _show_image(self, slot: str, image: QImage, caption: str) -> None:
        self._verify.show_image("A" if slot == SLOTS[0] else "B", image, caption)

    def _show_problem(self, slot: str, sentence: str) -> None:
        self._verify.show_problem("A" if slot == SLOTS[0] else "B", sentence)

    # --- the verdict

    def _forget_threshold(self, _run: RunView | None) -> None:
        self._verify.set_threshold(None)

    def _show_threshold(self, threshold: float) -> None:
        self._verify.set_threshold(threshold, self._expected(threshold))

    def _expected(self, threshold: float | None) -> OperatingPoint | None:
        """Rates of a threshold, on identities that it was not chosen on where there are enough."""
        parts = self._state.parts
        curve = self._state.curve if parts is None else parts.reporting
        return None if threshold is None or curve is None else curve.at_threshold(curve.snapped(threshold))

    def _show_comparison(self, found: Comparison) -> None:
        point = self._expected(self._state.threshold)
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

    def _complain(self, message: str, details: str) -> None:
        self._verify.show_failure(message)
        self._status.complain(message, details)
