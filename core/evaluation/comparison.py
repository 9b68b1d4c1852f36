"""Which of several embeddings or distances is better on the same images: differences by a paired bootstrap.

All candidates are measured on the same samples of identities, so what makes a sample easy or hard for all of them
cancels out of the differences: these have narrower intervals than the figures themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.data.tuples import ListedPairs
from core.distances import Distance
from core.errors import InputError
from core.evaluation.bootstrap import Figure, Samples
from core.evaluation.confidence import REPLICATES, confidence_from, draw, part_of, why_no_interval
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.intervals import Confidence, Interval
from core.evaluation.listed import curve_of
from core.evaluation.report import REPORTED_FPRS, operating_point
from core.evaluation.sampled_rates import SampledRates
from core.watch import Watch


class Candidate(NamedTuple):
    """One of the things to compare: embeddings of the images, and the distance between them."""

    name: str
    embeddings: NDArray[np.float32]
    """[N, D]; row n is image n of every candidate, D may differ."""
    distance: str | Distance = "cosine"


class Difference(NamedTuple):
    """What the first has more of a figure than the second."""

    first: str
    second: str
    figure: str
    """'auc', 'eer' or such as 'tpr_at_fpr 0.01'."""
    value: float
    interval: Interval | None
    """Of the difference; the two are told apart where it leaves out 0. None where `Comparison.reason` says why."""

    @property
    def is_told(self) -> bool:
        """Whether the interval says that there is a difference at all."""
        return self.interval is not None and not self.interval.low <= 0.0 <= self.interval.high


@dataclass(frozen=True, eq=False)
class Comparison:
    """Curves of several candidates over the same pairs, and how they differ."""

    names: tuple[str, ...]
    curves: tuple[VerificationCurve, ...]
    confidences: tuple[Confidence, ...]
    differences: tuple[Difference, ...]
    """Of every two candidates in each figure that both have."""
    reason: str | None
    """Why differences have no interval; None where they have."""
    images: int = 0
    """How many images were compared."""
    notes: tuple[str, ...] = ()
    """What else to know, such as how many images were left out."""

    def to_json(self) -> dict[str, Any]:
        """What `compare --json` prints."""
        return {
            "images": self.images,
            "candidates": [
                {"name": name, **_figures(curve), **found.to_json()}
                for name, curve, found in zip(self.names, self.curves, self.confidences, strict=True)
            ],
            "differences": [difference._asdict() for difference in self.differences],
            "reason": self.reason,
            "notes": list(self.notes),
        }


def compare(
    candidates: Sequence[Candidate],
    labels: NDArray[np.int64],
    *,
    groups: NDArray[np.int64] | None = None,
    pairs: ListedPairs | None = None,
    fprs: Sequence[float] = REPORTED_FPRS,
    replicates: int = REPLICATES,
    seed: int = 0,
    watch: Watch | None = None,
) -> Comparison:
    """Measure candidates on the same images, and their differences on the same samples of identities.

    Parameters
    ----------
    candidates
        Two or more.
    labels
        [N], the identity of each image.
    groups
        [N], see `core.evaluation.evaluated.EvaluatedImages`.
    pairs
        The only pairs that count, see there; differences then have no interval.
    fprs
        Rates whose TPR is compared.
    replicates
        How often identities are drawn.
    seed
        Of the draws.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there are fewer than two candidates, or no genuine or no impostor pairs.
    ValueError
        where names are the same, shapes do not fit, an embedding is not finite or a distance is unknown.
    Cancelled
        where `watch` said so.
    """
    names = _checked_names(candidates)
    images = [
        EvaluatedImages(candidate.embeddings, labels, np.arange(len(labels)), groups, pairs) for candidate in candidates
    ]
    measured = []
    for number, (candidate, shown) in enumerate(zip(candidates, images, strict=True)):
        start, middle, end = ((number + share) / len(candidates) for share in (0.0, 0.5, 1.0))
        if watch is not None:
            watch(start)
        curve = curve_of(shown, candidate.distance, part_of(watch, start, middle))
        drawing = part_of(watch, middle, end)
        drawn = draw(shown, candidate.distance, curve=curve, replicates=replicates, seed=seed, watch=drawing)
        measured.append((candidate.name, curve, drawn))
    _, curves, samples = zip(*measured, strict=True)
    confidences = map(confidence_from, samples, images, curves, repeat(fprs))
    differences = [found for pair in combinations(measured, 2) for found in _differences(*pair, fprs)]
    return Comparison(names, curves, tuple(confidences), tuple(differences), why_no_interval(images[0]), len(labels))


def _checked_names(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    names = tuple(candidate.name for candidate in candidates)
    if len(candidates) < 2:
        raise InputError(f"a comparison needs at least 2 candidates, found {len(candidates)}")
    if len(set(names)) < len(names):
        raise ValueError(f"candidates must have different names, found {', '.join(names)}")
    return names


_Measured = tuple[str, VerificationCurve, Samples | None]
"""Name, curve and what was drawn of a candidate."""


def _differences(first: _Measured, second: _Measured, fprs: Sequence[float]) -> list[Difference]:
    """Differences of two candidates; without intervals where nothing was drawn."""
    (name, curve, samples), (other_name, other_curve, other_samples) = first, second
    found = []
    for figure, (exact, sampled) in _compared(fprs).items():
        one, two = exact(curve), exact(other_curve)
        if one is None or two is None:
            continue
        interval = None
        if samples is not None and other_samples is not None:
            interval = samples.difference(other_samples, sampled, one - two)
        found.append(Difference(name, other_name, figure, one - two, interval))
    return found


def _compared(fprs: Sequence[float]) -> dict[str, tuple[Callable[[VerificationCurve], float | None], Figure]]:
    """How each figure is read from a curve and from samples."""

    def tpr(curve: VerificationCurve, fpr: float) -> float | None:
        point = operating_point(curve, fpr)
        return None if point is None else point.tpr

    return {
        "auc": (lambda curve: curve.auc, SampledRates.auc),
        "eer": (lambda curve: curve.eer, SampledRates.eer),
        **{f"tpr_at_fpr {fpr:g}": (partial(tpr, fpr=fpr), partial(SampledRates.tpr_at, fpr=fpr)) for fpr in fprs},
    }


def _figures(curve: VerificationCurve) -> dict[str, Any]:
    points = {f"{fpr:g}": operating_point(curve, fpr) for fpr in REPORTED_FPRS}
    return {
        "auc": curve.auc,
        "eer": curve.eer,
        "tpr_at_fpr": {fpr: None if point is None else point.tpr for fpr, point in points.items()},
    }
