"""Accuracy of verification over folds: the threshold of each comes from the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation.protocols.result import ProtocolPart

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PairTrials:
    """Pairs of images, each known to be of one identity or of two."""

    pairs: NDArray[np.int64]
    """[P, 2], positions in a list of images."""
    same: NDArray[np.bool_]
    """[P]"""
    folds: NDArray[np.int64] | None = None
    """[P], positions in `fold_names`; None where the pairs are one set."""
    fold_names: tuple[str, ...] = ()


def fold_accuracies(distances: Floats, same: NDArray[np.bool_], folds: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Threshold and accuracy of each fold: the threshold that is best for all other folds, the accuracy on itself.

    As in Huang et al., Labeled Faces in the Wild: A Database for Studying Face Recognition in Unconstrained
    Environments, 2007.

    Parameters
    ----------
    distances, same
        [P], of each pair.
    folds
        [P], numbered from 0; no number may be left out.

    Raises
    ------
    ValueError
        where there are fewer than 2 folds, or one has no pair.
    """
    sizes = np.bincount(folds)
    if len(sizes) < 2 or not sizes.all():
        raise ValueError(f"folds: at least 2 are needed, each with a pair, found {sizes.tolist()} pairs in them")
    found = []
    for fold in range(len(sizes)):
        own = folds == fold
        threshold = best_threshold(distances[~own], same[~own])
        found.append((threshold, accuracy_at(threshold, distances[own], same[own])))
    return found


def best_threshold(distances: Floats, same: NDArray[np.bool_]) -> float:
    """The observed distance [P] at which most pairs are judged right, accepting those at most as far.

    The smallest where several are equally good; -inf, which accepts nothing, where that beats all of them.
    """
    order = np.argsort(distances, kind="stable")
    ascending = distances[order]
    # What accepting up to each distance gains over accepting nothing.
    gains = np.cumsum(np.where(same[order], 1, -1))
    last_of_ties = np.append(ascending[1:] != ascending[:-1], True)
    candidates, gains = ascending[last_of_ties], gains[last_of_ties]
    best = int(np.argmax(gains))
    return float(candidates[best]) if gains[best] >= 0 else -np.inf


def accuracy_at(threshold: float, distances: Floats, same: NDArray[np.bool_]) -> float:
    """Share of the pairs that a threshold judges right."""
    return float(np.mean((distances <= threshold) == same))


def fold_parts(trials: PairTrials, distances: Floats) -> tuple[ProtocolPart, ...]:
    """What `fold_accuracies` finds of trials with folds, whose distances [P] are given.

    Raises
    ------
    ValueError
        as `fold_accuracies`, and where the trials have no folds.
    """
    if trials.folds is None:
        raise ValueError("folds: trials with folds are needed, found none")
    sizes = np.bincount(trials.folds)
    found = fold_accuracies(distances, trials.same, trials.folds)
    return tuple(
        ProtocolPart(f"fold {name}", accuracy, threshold, int(size))
        for name, size, (threshold, accuracy) in zip(trials.fold_names, sizes, found, strict=True)
    )


def in_several_folds(trials: PairTrials, labels: NDArray[np.int64]) -> int:
    """How many identities stand in more than one fold, by the labels [N] of the images; then folds are not independent.

    A threshold that was chosen with the help of an identity is judged by it again.
    """
    if trials.folds is None:
        return 0
    identities = labels[trials.pairs]
    seen = np.unique(np.column_stack([identities.ravel(), np.repeat(trials.folds, 2)]), axis=0)
    return int(np.count_nonzero(np.unique(seen[:, 0], return_counts=True)[1] > 1))
