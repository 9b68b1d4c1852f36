from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from core.data.tuples import ListedPairs
from core.distances import LinearDistance, exact_distances
from core.errors import InputError
from core.evaluation import listed as module
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.listed import curve_of, listed_curve
from core.evaluation.verification import verification_curve

RNG = np.random.default_rng(0)
EMBEDDINGS = RNG.normal(size=(9, 4)).astype(np.float32)
LABELS = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3])


def pairs(genuine: list[tuple[int, int]], impostor: list[tuple[int, int]]) -> ListedPairs:
    arrays = [np.array(kind, dtype=np.int64).reshape(-1, 2) for kind in (genuine, impostor)]
    for array in arrays:
        array.setflags(write=False)  # as they come from a snapshot
    return ListedPairs(*arrays)


def all_pairs() -> ListedPairs:
    every = list(combinations(range(9), 2))
    return pairs([p for p in every if LABELS[p[0]] == LABELS[p[1]]], [p for p in every if LABELS[p[0]] != LABELS[p[1]]])


def test_by_hand() -> None:
    """On a line: genuine 1 and 4 apart, impostors 2, 3 and 6; of the six comparisons genuine is nearer in 4."""
    line = np.array([[0.0], [1.0], [3.0], [4.0], [6.0]])
    curve = listed_curve(line, pairs([(0, 1), (0, 3)], [(1, 2), (0, 2), (0, 4)]), "euclidean")
    assert curve.genuine.tolist() == [1, 4]
    assert curve.impostor.tolist() == [2, 3, 6]
    assert curve.auc == pytest.approx(4 / 6)
    assert curve.tpr_at_fpr(0.4).threshold == 2


@pytest.mark.parametrize(
    "distance",
    ["cosine", "euclidean", LinearDistance("w", RNG.normal(size=(3, 4)))],
    ids=["cosine", "euclidean", "linear"],
)
@pytest.mark.parametrize("at_once", [1, 4, 1000])
def test_all_pairs_listed_are_the_curve_of_the_labels(distance, at_once, monkeypatch) -> None:
    monkeypatch.setattr(module, "PAIRS_AT_ONCE", at_once)
    ours, theirs = listed_curve(EMBEDDINGS, all_pairs(), distance), verification_curve(EMBEDDINGS, LABELS, distance)
    assert np.array_equal(ours.genuine, theirs.genuine)
    assert np.array_equal(ours.impostor, theirs.impostor)


def test_to_the_last_bit_what_a_single_pair_gets() -> None:
    """So that a threshold found here decides the same when two images are verified."""
    wide = RNG.normal(size=(40, 128)).astype(np.float32)
    found = listed_curve(wide, pairs([(3, 17)], [(30, 4)]), "cosine")
    assert found.genuine[0] == exact_distances(wide[3:4], wide[17:18], "cosine").item()
    assert found.impostor[0] == exact_distances(wide[30:31], wide[4:5], "cosine").item()


def test_of_some_rows() -> None:
    rows = np.flatnonzero(LABELS < 2)
    images = EvaluatedImages(EMBEDDINGS, LABELS, np.arange(len(LABELS)))
    by_labels = curve_of(images.at(rows))
    assert (by_labels.genuine_pairs, by_labels.impostor_pairs) == (4, 6)
    in_groups = curve_of(replace(images, groups=np.array([0, 0, 1, 0, -1, -1, 2, 2, 2])).at(rows))
    assert (in_groups.genuine_pairs, in_groups.impostor_pairs) == (3, 4)
    some = pairs([(0, 1)], [(0, 3), (1, 4)])
    by_list = curve_of(replace(images, pairs=some).at(rows))
    assert (by_list.genuine_pairs, by_list.impostor_pairs) == (1, 2)


def test_one_kind_is_missing() -> None:
    with pytest.raises(InputError, match="needs impostor pairs, found none"):
        listed_curve(EMBEDDINGS, pairs([(0, 1)], []))
    with pytest.raises(InputError, match="needs genuine pairs, found none"):
        listed_curve(EMBEDDINGS, pairs([], [(0, 1)]))


def test_embeddings_that_are_not_finite() -> None:
    with pytest.raises(ValueError, match="found NaN or infinity in row 1"):
        listed_curve(np.array([[0.0], [np.nan]]), pairs([(0, 1)], [(0, 1)]))
