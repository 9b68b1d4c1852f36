"""What a model report tells: measured now, or read from the run."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

import numpy as np

from core.evaluate import evaluate_run
from core.evaluation.calibration import Calibration
from core.evaluation.confusions import IdentityConfusion, identity_confusions
from core.evaluation.curve import VerificationCurve
from core.evaluation.measured import Measured
from core.run_content import Exclusion, ThresholdChoice, checked, now_text
from core.runs import Run
from core.training.checkpoint import Change
from core.training.outcome import load_records
from core.training.records import StepRecord
from core.verification import Verifier
from core.watch import StageWatch

PAIRS_OF_IDENTITIES = 100_000
"""Whose errors are looked at, most errors first."""


@dataclass(frozen=True)
class IdentityErrors:
    """Errors at the threshold that an identity has part in."""

    name: str
    images: int
    rejected: int
    """Genuine pairs of it that are rejected."""
    genuine_pairs: int
    """All of them, as far as any is rejected."""
    accepted: int
    """Impostor pairs of it and others that are accepted."""

    @property
    def rejected_share(self) -> float:
        """Of its genuine pairs."""
        return self.rejected / self.genuine_pairs if self.genuine_pairs else 0.0


@dataclass(frozen=True)
class SettingsChange:
    """A live setting that was changed while training."""

    step: int
    at: str
    name: str
    old: str
    new: str


@dataclass(frozen=True, eq=False)
class ReportContent:
    """Everything on the page."""

    run: Run
    written: str
    measured: Measured
    choice: ThresholdChoice | None
    """The threshold in force; None where the measured default stands for it."""
    calibration: Calibration | None
    records: tuple[StepRecord, ...]
    changes: tuple[SettingsChange, ...]
    confusions: tuple[IdentityConfusion, ...]
    exclusions: tuple[Exclusion, ...]
    training_images: int
    held_out_images: int

    @property
    def threshold(self) -> float:
        """The one in force, else the measured default."""
        return self.measured.threshold.point.threshold if self.choice is None else self.choice.threshold

    @property
    def judged(self) -> VerificationCurve:
        """Of pairs that neither threshold nor calibration was chosen on, where there are enough."""
        parts = self.measured.parts
        return self.measured.curve if parts is None else parts.reporting

    def identities(self) -> tuple[IdentityErrors, ...]:
        """Those with errors, worst first: by the share of rejected genuine pairs, then by accepted impostor pairs."""
        rejected, accepted, pairs = Counter[int](), Counter[int](), Counter[int]()
        for found in self.confusions:
            if found.first == found.second:
                rejected[found.first], pairs[found.first] = found.errors, found.pairs
            else:
                accepted[found.first] += found.errors
                accepted[found.second] += found.errors
        images = dict(
            zip(*(part.tolist() for part in np.unique(self.measured.images.labels, return_counts=True)), strict=True)
        )
        names = self.measured.class_names
        errors = [
            IdentityErrors(names[label], images[label], rejected[label], pairs[label], accepted[label])
            for label in rejected.keys() | accepted.keys()
        ]
        return tuple(sorted(errors, key=lambda one: (-one.rejected_share, -one.accepted, one.name)))


def gather(run: Run, tell: StageWatch) -> ReportContent:
    """Measure the newest checkpoint by the distance that the threshold is for, and read what the run has noted.

    Raises
    ------
    InputError
        where the run has no checkpoint or is damaged, its images are gone or have changed, there are no genuine or no
        impostor pairs, or the threshold is for a fitted distance of other weights.
    Cancelled
        where `tell` said so.
    """
    tell("loading the model", 0.0)
    verifier = Verifier.load(run, device="cpu")
    choice = None if run.threshold() is None else verifier.threshold_choice()
    calibration = verifier.calibration()
    measured = evaluate_run(run, distance=None if choice is None else choice.distance, watch=tell)
    threshold = measured.threshold.point.threshold if choice is None else choice.threshold
    held_out = run.samples().held_out
    return ReportContent(
        run=run,
        written=now_text(),
        measured=measured,
        choice=choice,
        calibration=calibration,
        records=load_records(run),
        changes=_changes(run),
        confusions=identity_confusions(
            measured.images,
            measured.distance,
            threshold,
            limit=PAIRS_OF_IDENTITIES,
            watch=partial(tell, "counting errors by identity"),
        ),
        exclusions=run.exclusions(),
        training_images=int((~held_out).sum()),
        held_out_images=int(held_out.sum()),
    )


def _changes(run: Run) -> tuple[SettingsChange, ...]:
    """One for each setting, in the order of the events."""
    found = []
    for line in run.events():
        if line.get("event") != "hyperparameters":
            continue
        change = checked(Change, line, run.path / "events.jsonl")
        old, new = change.old.model_dump(), change.new.model_dump()
        found += [
            SettingsChange(change.step, str(line.get("at", "")), name, f"{old[name]}", f"{new[name]}")
            for name in old
            if old[name] != new[name]
        ]
    return tuple(found)
