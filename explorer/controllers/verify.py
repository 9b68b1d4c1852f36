"""Verification: the pair in the two slots, the model that looks at it, and its verdict at the shared threshold."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from core.evaluation.curve import OperatingPoint, VerificationCurve
from core.training import records
from explorer.bridge.inference import Comparison, InferenceBridge
from explorer.bridge.library import OpenedRun
from explorer.bridge.nearest import Nearest, Surroundings, surroundings
from explorer.bridge.pictures import PictureBridge
from explorer.bridge.tasks import Failure
from explorer.bridge.training import TrainingBridge
from explorer.panels.verify import VerifyPanel
from explorer.panels.verify_view import SLOTS, NearestView, VerdictView
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.neighbour_strip import NeighbourItem
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.evaluation.figures import Densities
    from core.runs import ThresholdChoice

_NO_MODEL = tr("Start a run or open one first: its model then looks at the images.")
_NO_WEIGHTS_YET = tr("The model is coming: a copy of the weights is made after the first steps.")
_NO_CHECKPOINT_YET = tr("The model is coming: the process that trains the run keeps one at the end of each epoch.")
_LOADING = tr("Loading the model …")


class VerifyController(QObject):
    """Keeps the verdict up to date: with every new pair, every copy of the weights, and every threshold."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        inference: InferenceBridge,
        pictures: PictureBridge,
        find_image: Callable[[int], ImageFile | None],
        threshold_choice: "Callable[[], ThresholdChoice | None]",
        *,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._training, self._inference = state, training, inference
        self._pictures, self._find_image, self._threshold_choice = pictures, find_image, threshold_choice
        self._verify, self._status = verify, status
        self._following = False
        self._drawn: VerificationCurve | None = None
        """The curve whose densities the panel shows, or that are being measured."""
        self._around: Surroundings | None = None
        """What was found last."""
        self._connect()
        verify.set_model_available(_NO_MODEL)

    def show_training(self, event: records.Started) -> None:
        """Look with the model of the run that trains, as soon as there is a copy of it."""
        self._following = True
        self._verify.set_model_available(_NO_WEIGHTS_YET)
        self._inference.follow(event.run_dir)
        self._training.request_weights()

    def show_opened(self, opened: OpenedRun) -> None:
        """Look with the model of a stored run; of one that another process trains, also with each newer checkpoint."""
        self._following = opened.seen is not None
        self._inference.follow(opened.run.path)
        if opened.seen is not None and opened.seen.checkpoint is None:
            self._verify.set_model_available(_NO_CHECKPOINT_YET)
            return
        self._verify.set_model_available(_LOADING)
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
        self._verify.explanation_wanted.connect(inference.explain)
        inference.explained.connect(self._verify.show_explanation)
        inference.explanation_failed.connect(self._complain_of_explanation)
        self._verify.neighbour_chosen.connect(lambda sample_id: state.set_selection((sample_id,)))
        self._pictures.ready.connect(self._verify.set_picture)

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

    @property
    def _reporting(self) -> VerificationCurve | None:
        """Curve of identities that the threshold was not chosen on where there are enough, else of all."""
        parts = self._state.parts
        return self._state.curve if parts is None else parts.reporting

    def _forget_threshold(self, _run: RunView | None) -> None:
        self._drawn = self._around = None
        self._pictures.forget()
        self._verify.show_densities(None)
        self._verify.set_threshold(None)
        self._verify.set_threshold_origin(None, None)

    def _show_threshold(self, threshold: float) -> None:
        self._verify.set_threshold(threshold, self._expected(threshold))
        self._show_origin()

    def _show_origin(self) -> None:
        parts = self._state.parts
        self._verify.set_threshold_origin(
            self._threshold_choice(), None if parts is None else parts.reporting_identities
        )

    def _expected(self, threshold: float | None) -> OperatingPoint | None:
        """Rates of a threshold, on identities that it was not chosen on where there are enough."""
        curve = self._reporting
        return None if threshold is None or curve is None else curve.at_threshold(curve.snapped(threshold))

    def _show_comparison(self, found: Comparison) -> None:
        self._show_verdict(found)
        self._draw_densities()
        self._look_around(found)

    def _show_verdict(self, found: Comparison) -> None:
        point = self._expected(self._state.threshold)
        self._show_origin()
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
                method=found.method,
            )
        )

    def _draw_densities(self) -> None:
        """Draw how the distances of known pairs are spread, once a curve."""
        curve = self._reporting
        if curve is self._drawn:
            return
        self._drawn = curve
        if curve is None:
            self._verify.show_densities(None)
        else:
            self._inference.look(
                "densities", lambda _verifier, _measure: _densities(curve), self._verify.show_densities, self._note
            )

    def _note(self, failure: Failure) -> None:
        self._status.complain(failure.message, failure.details)

    # --- what lies near, and why

    def _look_around(self, found: Comparison) -> None:
        snapshot, rule = self._state.snapshot, self._state.rule
        if snapshot is None:
            return
        known = self._around
        scale = known.scale if known is not None and known.snapshot is snapshot else None
        pair, same_weights = (found.a.embedding, found.b.embedding), found.step == snapshot.step

        def show(around: Surroundings) -> None:
            self._around = around
            self._show_nearest(around, found)

        self._inference.look(
            "surroundings",
            lambda _verifier, _measure: surroundings(snapshot, pair, rule, same_weights=same_weights, scale=scale),
            show,
            self._note,
        )

    def _show_nearest(self, around: Surroundings, found: Comparison) -> None:
        run = self._state.run
        if run is None:
            return
        both = (around.a, found.a.class_name), (around.b, found.b.class_name)
        views = [_nearest_view(around, near, run, name) for near, name in both]
        self._verify.show_nearest(*views)
        wanted = dict.fromkeys(item.sample_id for view in views for item in view.items)
        images = ((sample_id, self._find_image(sample_id)) for sample_id in wanted)
        self._pictures.want([(sample_id, image) for sample_id, image in images if image is not None])

    def _complain_of_explanation(self, message: str, details: str) -> None:
        self._verify.show_explanation_problem(message)
        self._status.complain(message, details)

    def _complain(self, message: str, details: str) -> None:
        self._verify.show_failure(message)
        self._status.complain(message, details)


def _densities(curve: VerificationCurve) -> "Densities":
    from core.evaluation.figures import densities

    return densities(curve)


def _nearest_view(around: Surroundings, near: Nearest, run: RunView, taken_for: str | None) -> NearestView:
    """Neighbours as the panel shows them, held against the class that the image is taken for, else the nearest's."""
    each = zip(near.sample_ids.tolist(), near.labels.tolist(), near.distances.tolist(), strict=True)
    names = [run.class_names[label] for label in near.labels.tolist()]
    own = taken_for or next(iter(names), None)
    items = tuple(
        NeighbourItem(
            sample_id,
            run.sample_names[sample_id],
            run.class_names[label],
            distance,
            run.class_names[label] == own,
        )
        for sample_id, label, distance in each
    )
    return NearestView(items, around.searched, around.snapshot.step, near.percentile)
