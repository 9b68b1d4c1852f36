"""Where a verifier comes from, and what it knows from there besides its weights."""

from pathlib import Path
from typing import NamedTuple, Protocol

from core.distances import Distance
from core.evaluation.calibration import Calibration, CalibrationMethod
from core.evaluation.curve import VerificationCurve
from core.evaluation.parts import ThresholdParts
from core.model_description import RunIdentity
from core.runs import Run, ThresholdChoice
from core.stored_distances import distance_of_run
from core.training.outcome import load_snapshot
from core.training.probe import measured


class Curves(NamedTuple):
    """Of the held-out pairs by one distance; None without both kinds of pairs."""

    choosing: VerificationCurve | None
    """What thresholds and calibrations are chosen on."""
    reporting: VerificationCurve | None
    """What tells their effect on others; the same one where the identities are not in two halves."""

    @classmethod
    def of(cls, whole: VerificationCurve | None, parts: ThresholdParts | None) -> "Curves":
        """Those of the halves where there are some, else the one over all."""
        return cls(whole, whole) if parts is None else cls(parts.choosing, parts.reporting)


class Origin(Protocol):
    """What a verifier asks the place that it comes from."""

    @property
    def path(self) -> Path:
        """The folder."""

    @property
    def run(self) -> Run | None:
        """None where it is no run."""

    @property
    def identity(self) -> RunIdentity:
        """Which run the weights are of."""

    @property
    def image_size(self) -> int:
        """Side of the square that images are resized to, in pixels."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the training classes, in the order of the logits."""

    def threshold(self) -> ThresholdChoice | None:
        """The threshold in force."""

    def distance(self, step: int) -> Distance:
        """That of the threshold, else its own; a fitted one for the weights of `step`."""

    def curves(self, distance: Distance) -> Curves:
        """Of the held-out pairs by a distance."""

    def calibration_method(self) -> CalibrationMethod:
        """The one in force."""

    def calibration(self, distance: Distance, method: CalibrationMethod) -> Calibration | None:
        """As it is stored for the distance; None where it is to be fitted to the curve."""


class RunOrigin:
    """A run: whatever is chosen in it later holds at once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.path = run.path
        self.image_size = run.config.image_size
        self.classes = run.info.data.training_classes
        data = run.info.data
        self.identity = RunIdentity(
            name=run.path.resolve().name,
            created=run.info.created,
            data=data.name,
            images=data.images,
            content_hash=data.content_hash,
            open_set=data.open_set,
        )

    def threshold(self) -> ThresholdChoice | None:
        """A person's choice or the default, None before the first evaluation.

        Raises
        ------
        InputError
            where a file of it is damaged.
        """
        return self.run.threshold()

    def distance(self, step: int) -> Distance:
        """That of the threshold, else the run's own.

        Raises
        ------
        InputError
            where that is fitted, and not on embeddings of this step.
        """
        choice = self.run.threshold()
        return distance_of_run(self.run, self.run.config.distance if choice is None else choice.distance, step)

    def curves(self, distance: Distance) -> Curves:
        """Of the held-out images of the newest snapshot.

        Raises
        ------
        InputError
            where the snapshot is damaged.
        """
        steps = self.run.snapshot_steps()
        if not steps:
            return Curves(None, None)
        snapshot = load_snapshot(self.run, steps[-1])
        if snapshot.curve is not None and not self._is_own(distance):
            snapshot = measured(snapshot, distance)
        return Curves.of(snapshot.curve, snapshot.parts)

    def calibration_method(self) -> CalibrationMethod:
        """A person's choice, else Platt's.

        Raises
        ------
        InputError
            where the file is damaged.
        """
        return self.run.calibration_method()

    def calibration(self, distance: Distance, method: CalibrationMethod) -> Calibration | None:
        """That of the newest evaluation, which is of the run's own distance.

        Raises
        ------
        InputError
            where the evaluation is damaged.
        """
        evaluation = self.run.evaluation() if self._is_own(distance) else None
        stored = None if evaluation is None else evaluation.calibration
        return stored if stored is not None and stored.method == method else None

    def _is_own(self, distance: Distance) -> bool:
        """Whether a distance is the run's own, which it holds a curve and a calibration of."""
        return distance.name == self.run.config.distance
