"""How far the figures of a curve may be off: 95 % intervals by a bootstrap over identities (`bootstrap`)."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import NO_GROUP, EvaluatedImages
from core.evaluation.intervals import Band, Confidence, Interval, RateIntervals, ThresholdBand
from core.evaluation.report import REPORTED_FPRS, operating_point

if TYPE_CHECKING:
    from core.distances import Array, Distance
    from core.evaluation.bootstrap import Samples
    from core.watch import Watch

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
    replicates. There is no interval below 20 identities with a genuine pair, and the reason in its place.

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
        as `verification_curve`.
    Cancelled
        where `watch` said so.
    """
    from core.evaluation.inputs import as_numpy

    rows, names = as_numpy(embeddings), as_numpy(labels)
    members = None if groups is None else as_numpy(groups)
    images = EvaluatedImages(rows, names, np.arange(len(names)), members)  # type: ignore[arg-type]  # any type will do
    return confidence_of(images, distance, curve=curve, fprs=fprs, replicates=replicates, seed=seed, watch=watch)


def confidence_of(
    images: EvaluatedImages,
    distance: "str | Distance" = "cosine",
    *,
    curve: VerificationCurve,
    fprs: Sequence[float] = REPORTED_FPRS,
    replicates: int = REPLICATES,
    seed: int = 0,
    watch: "Watch | None" = None,
) -> Confidence:
    """Measure the intervals of the curve of images, as `confidence`; of listed pairs, say why there are none.

    Raises
    ------
    InputError, ValueError, Cancelled
        as `confidence`.
    """
    samples = draw(images, distance, curve=curve, replicates=replicates, seed=seed, watch=watch)
    return confidence_from(samples, images, curve, fprs)


def draw(
    images: EvaluatedImages,
    distance: "str | Distance",
    *,
    curve: VerificationCurve,
    replicates: int,
    seed: int,
    watch: "Watch | None" = None,
) -> "Samples | None":
    """Draw identities of images; None where `why_no_interval` has a reason.

    Raises
    ------
    InputError, ValueError, Cancelled
        as `confidence`.
    """
    if why_no_interval(images) is not None:
        return None
    from core.evaluation.bootstrap import Samples
    from core.evaluation.identity_counts import count_by_identity

    counts = count_by_identity(
        images.embeddings,
        images.labels,
        distance,
        curve,
        groups=images.groups,
        watch=part_of(watch, 0.0, COUNTING),
    )
    return Samples(counts, replicates, seed, part_of(watch, COUNTING, 1.0))


def part_of(watch: "Watch | None", start: float, end: float) -> "Watch | None":
    """A watch of work that is a part of the watched one, from and to shares of it."""
    return None if watch is None else lambda share: watch(start + (end - start) * share)


def why_no_interval(images: EvaluatedImages) -> str | None:
    """Why figures of these images have no interval, in one sentence; None where they have."""
    if images.pairs is not None:
        return "no interval, since identities cannot be drawn where only pairs are listed"
    grouped = np.zeros(len(images), dtype=np.bool_) if images.groups is None else images.groups != NO_GROUP
    apart = np.where(grouped, 0 if images.groups is None else images.groups, -1 - np.arange(len(images)))
    several = np.unique(np.stack([images.labels, apart], axis=1), axis=0)[:, 0]
    found, counts = np.unique(several, return_counts=True)
    if len(found) < FEWEST_IDENTITIES:
        return f"an interval needs at least {FEWEST_IDENTITIES} identities, found {len(found)}"
    if (usable := int((counts > 1).sum())) < FEWEST_IDENTITIES:
        return f"an interval needs at least {FEWEST_IDENTITIES} identities with a genuine pair, found {usable}"
    return None


def confidence_from(
    samples: "Samples | None", images: EvaluatedImages, curve: VerificationCurve, fprs: Sequence[float]
) -> Confidence:
    """Intervals of all figures of a curve whose identities were drawn, or the reason why they were not."""
    if samples is None:
        return Confidence(len(np.unique(images.labels)), why_no_interval(images))
    from core.evaluation.sampled_rates import SampledRates

    return Confidence(
        samples.identities,
        auc=samples.area_interval(SampledRates.auc, curve.auc),
        eer=samples.interval(SampledRates.eer, curve.eer),
        tpr_at_fpr=_at_rates(samples, curve, fprs),
        band=_band(samples, 1 / curve.impostor_pairs),
        figures=_figures(samples, curve),
        rates=_threshold_band(samples),
    )


def _figures(samples: "Samples", curve: VerificationCurve) -> dict[str, Interval]:
    from core.evaluation import figures
    from core.evaluation.sampled_rates import SampledRates

    found = {
        "partial_auc": samples.area_interval(SampledRates.partial_auc, figures.partial_auc(curve)),
        "average_precision": samples.area_interval(SampledRates.average_precision, figures.average_precision(curve)),
        "min_dcf": samples.interval(SampledRates.min_dcf, figures.min_dcf(curve).cost),
    }
    apart = figures.d_prime(curve)
    if apart is not None and all(np.isfinite(rates.d_prime()).all() for rates in (samples.drawn, samples.without_one)):
        found["d_prime"] = samples.unbounded_interval(SampledRates.d_prime, apart)
    return found


def _at_rates(samples: "Samples", curve: VerificationCurve, fprs: Sequence[float]) -> dict[str, Interval | None]:
    """Of the TPR at each FPR; None where the curve has no figure."""
    from core.evaluation.sampled_rates import SampledRates

    found: dict[str, Interval | None] = {}
    for fpr in fprs:
        point = operating_point(curve, fpr)
        if point is None:
            found[f"{fpr:g}"] = None
            continue
        low, high = samples.rate_limits(partial(SampledRates.tpr_at, fpr=fpr))
        # The samples' curves run straight between edges, so they may be a little off the figure.
        found[f"{fpr:g}"] = Interval(min(float(low[0]), point.tpr), max(float(high[0]), point.tpr))
    return found


def _band(samples: "Samples", least_fpr: float) -> Band:
    """Limits of the TPR at FPRs from 0 to 1, dense from the least on."""
    fpr = np.unique(np.concatenate([np.geomspace(least_fpr, 1.0, 200), np.linspace(0, 1, 101)]))
    low, high = _rising(*samples.rate_limits(lambda rates: rates.tpr_at(fpr)))
    low[-1] = high[-1] = 1.0  # whoever accepts every impostor pair accepts every pair
    return Band(fpr, low, high)


def _threshold_band(samples: "Samples") -> ThresholdBand:
    """Limits of both rates at each edge, and of thresholds below all distances."""
    tpr = _rising(*samples.rate_limits(lambda rates: rates.tpr))
    fpr = _rising(*samples.rate_limits(lambda rates: rates.fpr))
    thresholds = np.insert(samples.edges, 0, np.nextafter(samples.edges[0], -np.inf))
    return ThresholdBand(thresholds, np.stack([*tpr, *fpr], axis=1))


def _rising(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Limits of a rate that never falls: what bounds it at one place does so behind, or before."""
    return np.maximum.accumulate(low), np.minimum.accumulate(high[::-1])[::-1]
