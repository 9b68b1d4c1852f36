"""How far the figures of a curve may be off: 95 % intervals by a bootstrap over identities (`bootstrap`)."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.evaluation.curve import VerificationCurve
from core.evaluation.intervals import Band, Confidence, Interval, RateIntervals, ThresholdBand
from core.evaluation.report import REPORTED_FPRS, operating_point

if TYPE_CHECKING:
    from core.distances import Array, Distance
    from core.evaluation.bootstrap import Figure, Samples
    from core.evaluation.evaluated import EvaluatedImages
    from core.evaluation.pair_scan import Watch

__all__ = ["Band", "Confidence", "Interval", "RateIntervals", "ThresholdBand", "confidence", "confidence_of"]

Floats = NDArray[np.float64]

FEWEST_IDENTITIES = 20
REPLICATES = 1_000
COUNTING = 0.7
"""Share of the time that counting is taken for; the rest goes into replicates."""


def confidence(
    embeddings: "Array",
    labels: "Array",
    distance: "str | Distance" = "cosine",
    *,
    curve: VerificationCurve,
    groups: "Array | None" = None,
    fprs: Sequence[float] = REPORTED_FPRS,
    replicates: int = REPLICATES,
    seed: int = 0,
    watch: "Watch | None" = None,
) -> Confidence:
    """Measure 95 % intervals by drawing identities, not pairs, with replacement.

    How, and after whom: see `core.evaluation.bootstrap`. Distances are measured once, whatever the number of
    replicates.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    distance
        Name or distance object.
    curve
        Of the same embeddings and groups.
    groups
        [N], see `core.evaluation.evaluated.EvaluatedImages`: pairs within one are left out.
    fprs
        Rates whose TPR gets an interval.
    replicates
        How often identities are drawn.
    seed
        Of the draws.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    from core.evaluation.bootstrap import draw
    from core.evaluation.identity_counts import count_by_identity, distances_between, edges_of
    from core.evaluation.inputs import checked_embeddings

    _, classes = checked_embeddings(embeddings, labels)
    identities = int(classes.max()) + 1
    if identities < FEWEST_IDENTITIES:
        return Confidence(identities, too_few(identities))
    edges = edges_of(curve, identities)
    counting = None if watch is None else lambda share: watch(COUNTING * share)
    counts = count_by_identity(embeddings, labels, distance, edges, groups=groups, watch=counting)
    drawing = None if watch is None else lambda share: watch(COUNTING + (1 - COUNTING) * share)
    samples = draw(counts, distances_between(curve, edges), replicates, seed, drawing)
    return confidence_from(samples, curve, identities, edges, fprs)


def confidence_of(
    images: "EvaluatedImages",
    distance: "str | Distance" = "cosine",
    *,
    curve: VerificationCurve,
    fprs: Sequence[float] = REPORTED_FPRS,
    replicates: int = REPLICATES,
    seed: int = 0,
    watch: "Watch | None" = None,
) -> Confidence:
    """Measure the intervals of the curve of images, as `confidence`; of listed pairs the reason why there are none.

    Raises
    ------
    InputError, ValueError, Cancelled
        as `confidence`.
    """
    if images.pairs is not None:
        identities = len(np.unique(images.labels))
        return Confidence(identities, "no interval, since of listed pairs identities cannot be drawn")
    return confidence(
        images.embeddings,
        images.labels,
        distance,
        curve=curve,
        groups=images.groups,
        fprs=fprs,
        replicates=replicates,
        seed=seed,
        watch=watch,
    )


def too_few(identities: int) -> str:
    """Why so few identities have no interval."""
    return f"an interval needs at least {FEWEST_IDENTITIES} identities, found {identities}"


def confidence_from(
    samples: "Samples", curve: VerificationCurve, identities: int, edges: Floats, fprs: Sequence[float]
) -> Confidence:
    """Intervals of all figures of a curve whose identities were drawn."""
    from core.evaluation.sampled_rates import SampledRates

    return Confidence(
        identities,
        auc=_interval(samples, SampledRates.auc),
        eer=_interval(samples, SampledRates.eer),
        tpr_at_fpr={
            f"{rate:g}": _interval(samples, partial(SampledRates.tpr_at, fpr=rate))
            if operating_point(curve, rate)
            else None
            for rate in fprs
        },
        band=_band(samples, 1 / curve.impostor_pairs),
        figures={
            "partial_auc": _interval(samples, SampledRates.partial_auc),
            "average_precision": _interval(samples, SampledRates.average_precision),
            "min_dcf": _interval(samples, SampledRates.min_dcf),
            "d_prime": _interval(samples, SampledRates.d_prime),
        },
        rates=_threshold_band(samples, edges),
    )


def _interval(samples: "Samples", figure: "Figure") -> Interval:
    low, high = samples.limits(figure)
    return Interval(float(low[0]), float(high[0]))


def _band(samples: "Samples", least_fpr: float) -> Band:
    """Limits of the TPR at FPRs from 0 to 1, dense from the least on."""
    fpr = np.unique(np.concatenate([np.geomspace(least_fpr, 1.0, 200), np.linspace(0, 1, 101)]))
    low, high = samples.limits(lambda rates: rates.tpr_at(fpr))
    return Band(fpr, np.maximum.accumulate(low), np.maximum.accumulate(high))


def _threshold_band(samples: "Samples", edges: Floats) -> ThresholdBand:
    """Limits of both rates at each edge."""
    tpr = samples.limits(lambda rates: rates.tpr[:, 1:])
    fpr = samples.limits(lambda rates: rates.fpr[:, 1:])
    return ThresholdBand(edges, np.stack([*tpr, *fpr], axis=1))
