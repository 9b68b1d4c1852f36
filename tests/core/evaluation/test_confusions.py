"""Errors by pair of identities against counting them in all distances."""

from collections import Counter

import numpy as np
import pytest

from core.data.tuples import ListedPairs
from core.distances import exact_distances
from core.errors import Cancelled, InputError
from core.evaluation import confusions
from core.evaluation.confusions import IdentityConfusion, identity_confusions
from core.evaluation.evaluated import NO_GROUP, EvaluatedImages


def images(x: np.ndarray, y: np.ndarray, groups: np.ndarray | None = None) -> EvaluatedImages:
    return EvaluatedImages(np.asarray(x, dtype=np.float32), np.asarray(y), np.arange(len(y)), groups)


def clusters() -> EvaluatedImages:
    generator = np.random.default_rng(0)
    y = generator.integers(0, 25, 150) * 3
    x = generator.normal(size=(75, 5))[y] + generator.normal(size=(150, 5))
    return images(x, y, generator.integers(NO_GROUP, 12, 150))


def on_a_grid() -> EvaluatedImages:
    generator = np.random.default_rng(1)
    return images(generator.integers(0, 3, (90, 4)), generator.integers(0, 8, 90))


def by_counting(of: EvaluatedImages, distance: str, threshold: float) -> list[IdentityConfusion]:
    accepted = exact_distances(of.embeddings, of.embeddings, distance).numpy() <= threshold
    errors: Counter[tuple[int, int]] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    for i in range(len(of)):
        for j in range(i):
            if of.groups is not None and of.groups[i] == of.groups[j] != NO_GROUP:
                continue
            a, b = sorted((int(of.labels[i]), int(of.labels[j])))
            pairs[a, b] += 1
            errors[a, b] += int(accepted[i, j] != (a == b))
    found = [IdentityConfusion(*key, count, pairs[key]) for key, count in errors.items() if count]
    return sorted(found, key=lambda one: (-one.errors, one.first, one.second))


@pytest.mark.parametrize("at_once", [1, 60, 1 << 23])
@pytest.mark.parametrize(("case", "thresholds"), [(clusters, (0.2, 0.7, 3.0)), (on_a_grid, (0.0, 0.5, -1.0))])
def test_the_same_as_counting_in_all_distances(case, thresholds, at_once, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusions, "_COUNTS_AT_ONCE", at_once)
    of = case()
    for threshold in thresholds:
        expected = by_counting(of, "cosine", threshold)
        assert list(identity_confusions(of, "cosine", threshold)) == expected
        assert list(identity_confusions(of, "cosine", threshold, limit=4)) == expected[:4]


def test_a_threshold_that_is_an_observed_distance_accepts_it() -> None:
    """On a line: 0 and 3 of one identity, 1 and 7 of another."""
    of = images(np.array([[0.0], [3.0], [1.0], [7.0]]), np.array([5, 5, 9, 9]))
    assert identity_confusions(of, "euclidean", 2.0) == (
        IdentityConfusion(5, 9, errors=2, pairs=4),
        IdentityConfusion(5, 5, errors=1, pairs=1),
        IdentityConfusion(9, 9, errors=1, pairs=1),
    )
    assert identity_confusions(of, "euclidean", 3.0)[1:] == (IdentityConfusion(9, 9, errors=1, pairs=1),)


def test_pairs_within_a_group_are_neither_errors_nor_counted() -> None:
    x, y = np.array([[0.0], [3.0], [1.0], [7.0]]), np.array([5, 5, 9, 9])
    of = images(x, y, np.array([0, NO_GROUP, 0, NO_GROUP]))
    assert identity_confusions(of, "euclidean", 2.0) == (
        IdentityConfusion(5, 5, errors=1, pairs=1),
        IdentityConfusion(5, 9, errors=1, pairs=3),
        IdentityConfusion(9, 9, errors=1, pairs=1),
    )


def test_listed_pairs_by_the_labels_of_both_images() -> None:
    listed = ListedPairs(np.array([[0, 1], [2, 3]]), np.array([[0, 2], [1, 2]]))
    of = EvaluatedImages(
        np.array([[0.0], [3.0], [1.0], [7.0]], dtype=np.float32), np.array([9, 5, 5, 9]), np.arange(4), pairs=listed
    )
    # Rejected: 2 and 3 of the labels 5 and 9. Accepted: 0 and 2 of the labels 9 and 5, 1 and 2 of the label 5.
    assert identity_confusions(of, "euclidean", 3.0) == (
        IdentityConfusion(5, 9, errors=2, pairs=3),
        IdentityConfusion(5, 5, errors=1, pairs=1),
    )
    assert identity_confusions(of, "euclidean", 3.0, limit=1) == (IdentityConfusion(5, 9, errors=2, pairs=3),)


def test_bad_questions() -> None:
    with pytest.raises(ValueError, match="threshold must be a number, found NaN"):
        identity_confusions(clusters(), "cosine", np.nan)
    with pytest.raises(ValueError, match="limit must be at least 1, found 0"):
        identity_confusions(clusters(), "cosine", 0.5, limit=0)
    with pytest.raises(InputError, match="needs at least 2 embeddings, found 1"):
        identity_confusions(images(np.ones((1, 2)), np.zeros(1, dtype=np.int64)), "cosine", 0.5)


def test_progress_rises_and_the_count_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusions, "_COUNTS_AT_ONCE", 150)
    shares: list[float] = []
    identity_confusions(clusters(), "cosine", 0.5, watch=shares.append)
    assert len(shares) > 2
    assert shares == sorted(set(shares))
    assert 0 <= shares[0] < shares[-1] < 1

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        identity_confusions(clusters(), "cosine", 0.5, watch=stop)
