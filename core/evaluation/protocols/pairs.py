"""Verification over listed pairs, in folds or at one threshold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.distances import Array, Distance
from core.evaluation.listed import pair_distances
from core.evaluation.protocols.folds import Floats, PairTrials, accuracy_at, fold_parts, in_several_folds
from core.evaluation.protocols.result import ProtocolPart, ProtocolResult, mean_and_error
from core.evaluation.verification import verification_curve_from_distances


def pairs_result(
    name: str,
    embeddings: Array,
    labels: NDArray[np.int64],
    trials: PairTrials,
    distance: str | Distance = "cosine",
    *,
    threshold: float | None = None,
    warnings: Sequence[str] = (),
) -> ProtocolResult:
    """Accuracy over the folds of the trials; of trials without folds, that of a threshold from elsewhere.

    Parameters
    ----------
    name
        Of the protocol.
    embeddings, labels
        [N, D] and [N], of the images that the trials are about.
    trials
        Pairs, of both kinds.
    distance
        Name or distance object.
    threshold
        Needed where the trials have no folds, and not used where they have.
    warnings
        What is known beforehand.

    Raises
    ------
    InputError
        where there is no genuine or no impostor pair.
    ValueError
        where an embedding is not finite, or a threshold is missing.
    """
    distances = pair_distances(embeddings, trials.pairs, distance)
    curve = verification_curve_from_distances(distances[trials.same], distances[~trials.same])
    if trials.folds is None:
        parts, figures = _at(threshold, distances, trials)
    else:
        parts, figures = fold_parts(trials, distances), {}
    mean, error = mean_and_error([part.value for part in parts])
    return ProtocolResult(
        name=name,
        figure="accuracy",
        mean=mean,
        standard_error=error,
        chance=max(curve.genuine_pairs, curve.impostor_pairs) / len(distances),
        parts=parts,
        curve=curve,
        figures=figures,
        settings={"images": len(labels)},
        warnings=(*warnings, *_shared(trials, labels)),
    )


def _at(
    threshold: float | None, distances: Floats, trials: PairTrials
) -> tuple[tuple[ProtocolPart, ...], dict[str, float]]:
    """All pairs as one part, and the rates of the threshold."""
    if threshold is None:
        raise ValueError("threshold: trials without folds need one, found none")
    accepted = distances <= threshold
    part = ProtocolPart("all pairs", accuracy_at(threshold, distances, trials.same), threshold, len(distances))
    rates = {
        "threshold": threshold,
        "tpr": float(accepted[trials.same].mean()),
        "fpr": float(accepted[~trials.same].mean()),
    }
    return (part,), rates


def _shared(trials: PairTrials, labels: NDArray[np.int64]) -> tuple[str, ...]:
    count = in_several_folds(trials, labels)
    if not count:
        return ()
    return (
        f"identities that stand in more than one fold: {count}; thresholds are chosen on identities that they are "
        "then judged by, so the accuracy may be too high and its standard error too small",
    )
