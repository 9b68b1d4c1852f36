"""Mahalanobis and NCA: what they find, and what W may be relied on for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.covariance import ledoit_wolf
from sklearn.neighbors import KNeighborsClassifier

from core.config import is_fitted
from core.distances import exact_distances, pairwise_distances
from core.errors import InputError
from core.fitted_distances import (
    LEAST_SHRINKAGE,
    NCA_IMAGES,
    fit_distance,
    fit_mahalanobis,
    fit_nca,
    missing_for,
)

examples = settings(max_examples=25, deadline=None)


def drawn(count: int, size: int = 4, classes: int = 3, seed: int = 0):
    """Classes apart in the first direction, their images apart in the last."""
    random = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    vectors = random.normal(size=(count, size)) * np.linspace(0.2, 2.0, size)
    vectors[:, 0] += labels
    return vectors, labels


def rest_of(vectors, labels):
    classes, places = np.unique(labels, return_inverse=True)
    return vectors - np.array([vectors[labels == label].mean(axis=0) for label in classes])[places]


# --- Mahalanobis


def test_without_labels_it_is_the_inverse_of_the_ledoit_wolf_covariance() -> None:
    """By scikit-learn, which divides by N where we divide by the degrees of freedom."""
    vectors, _ = drawn(9, size=6)
    covariance, shrinkage = ledoit_wolf(vectors)
    assert shrinkage > LEAST_SHRINKAGE
    np.testing.assert_allclose(fit_mahalanobis(vectors).M, np.linalg.inv(covariance * 9 / 8), rtol=1e-9)


def test_with_labels_the_covariance_is_pooled_within_the_classes() -> None:
    vectors, labels = drawn(12, size=6)
    covariance, shrinkage = ledoit_wolf(rest_of(vectors, labels), assume_centered=True)
    assert shrinkage > LEAST_SHRINKAGE
    np.testing.assert_allclose(fit_mahalanobis(vectors, labels).M, np.linalg.inv(covariance * 12 / 9), rtol=1e-9)


def test_a_class_of_one_says_nothing_of_the_spread() -> None:
    vectors, labels = drawn(30)
    alone = np.concatenate([vectors, [[100.0, 0.0, 0.0, 0.0]]]), np.append(labels, 9)
    np.testing.assert_allclose(fit_mahalanobis(*alone).W, fit_mahalanobis(vectors, labels).W, rtol=1e-12)


def test_classes_of_one_each_leave_the_spread_of_all() -> None:
    vectors, _ = drawn(12)
    np.testing.assert_array_equal(fit_mahalanobis(vectors, np.arange(12)).W, fit_mahalanobis(vectors).W)


def test_w_whitens_what_it_was_fitted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.fitted_distances.LEAST_SHRINKAGE", 0.0)
    vectors, labels = drawn(30_000, classes=3)
    white = rest_of(vectors, labels) @ fit_mahalanobis(vectors, labels).W.T
    np.testing.assert_allclose(white.T @ white / 29_997, np.eye(4), atol=0.02)


def test_directions_in_which_images_of_a_class_differ_count_little() -> None:
    vectors, labels = drawn(300)
    rule = fit_mahalanobis(vectors, labels)
    near, far = np.zeros((1, 4)), np.eye(4)
    found = exact_distances(near, far, rule)[0]
    assert found.argmax() == 0
    assert found.argmin() == 3


@examples
@given(seed=st.integers(0, 99), scale=st.floats(0.01, 100.0))
def test_turning_moving_and_scaling_the_space_changes_nothing(seed: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    vectors, labels = drawn(20, seed=seed)
    turn = np.linalg.qr(random.normal(size=(4, 4)))[0]
    moved = scale * vectors @ turn + random.normal(size=4)
    expected = exact_distances(vectors, vectors, fit_mahalanobis(vectors, labels))
    found = exact_distances(moved, moved, fit_mahalanobis(moved, labels))
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


def test_any_affine_map_changes_nothing_where_the_data_need_no_shrinkage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shrinkage prefers no direction, which only turning, moving and scaling respect; it falls with 1 / N."""
    monkeypatch.setattr("core.fitted_distances.LEAST_SHRINKAGE", 0.0)
    vectors, labels = drawn(60_000)
    skewed = vectors @ np.array([[2, 1, 0, 0], [0, 1, 0, 0], [0, 0.5, 1, 0], [1, 0, 0, 1]]) + 7.0
    expected = exact_distances(vectors[:9], vectors[:9], fit_mahalanobis(vectors, labels))
    found = exact_distances(skewed[:9], skewed[:9], fit_mahalanobis(skewed, labels))
    np.testing.assert_allclose(found, expected, rtol=5e-3)


@pytest.mark.parametrize("count", [2, 3, 5, 50])
@pytest.mark.parametrize("size", [1, 4, 64])
def test_few_embeddings_of_many_dimensions_give_a_finite_w(count: int, size: int) -> None:
    random = np.random.default_rng(count)
    vectors = random.normal(size=(count, size)).astype(np.float32)
    for labels in (None, np.zeros(count), np.arange(count) % 2):
        rule = fit_mahalanobis(vectors, labels)
        assert np.isfinite(rule.W).all()
        assert pairwise_distances(vectors, vectors, rule).isfinite().all()
        largest, *_, smallest = np.linalg.svd(rule.W, compute_uv=False) if size > 1 else (1.0, 1.0)
        assert largest / smallest <= (1 + size / LEAST_SHRINKAGE) ** 0.5


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1e-30])
def test_embeddings_that_coincide_are_compared_as_they_are(value: float) -> None:
    rule = fit_mahalanobis(np.full((7, 3), value, dtype=np.float32), np.arange(7) % 2)
    np.testing.assert_array_equal(rule.W, np.eye(3))


@pytest.mark.parametrize("size", [1e-150, 1e150])
def test_sizes_near_the_ends_of_float64_do_no_harm(size: float) -> None:
    vectors, labels = drawn(20)
    np.testing.assert_allclose(
        fit_mahalanobis(vectors * size, labels).W * size, fit_mahalanobis(vectors, labels).W, rtol=1e-9
    )


# --- NCA


def noisy(count: int, seed: int):
    """Two classes apart in one of 8 directions, which the other seven drown."""
    random = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    vectors = random.normal(size=(count, 8)) * 2.0
    vectors[:, 0] = labels + 0.3 * random.normal(size=count)
    return vectors.astype(np.float32), labels


def test_nca_finds_the_direction_that_tells_classes_apart() -> None:
    seen, unseen = noisy(200, seed=0), noisy(200, seed=1)
    rule = fit_nca(*seen)

    def accuracy(change) -> float:
        return KNeighborsClassifier(1).fit(change(seen[0]), seen[1]).score(change(unseen[0]), unseen[1])

    assert accuracy(lambda rows: rows @ rule.W.T) > max(accuracy(lambda rows: rows) + 0.1, 0.85)
    assert rule.W.shape == (8, 8)


def test_nca_is_the_same_every_time() -> None:
    vectors, labels = noisy(NCA_IMAGES + 100, seed=0)
    first, again = (fit_nca(vectors[:, :3], labels).W for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(fit_nca(vectors[:, :3], labels, seed=1).W, first)


def test_nca_of_embeddings_that_coincide_is_finite() -> None:
    rule = fit_nca(np.ones((10, 3)), np.arange(10) % 2)
    assert np.isfinite(rule.W).all()


# --- by name, and what cannot be fitted


def test_by_name() -> None:
    vectors, labels = noisy(40, seed=0)
    for name, fit in (("mahalanobis", fit_mahalanobis), ("nca", fit_nca)):
        rule = fit_distance(name, vectors, labels)
        assert rule.name == name
        assert is_fitted(rule.name)
        np.testing.assert_array_equal(rule.W, fit(vectors, labels).W)


@pytest.mark.parametrize("name", ["mahalanobis", "nca"])
@pytest.mark.parametrize(
    ("vectors", "labels", "error", "words"),
    [
        (np.ones((1, 3)), [0], InputError, r"(Mahalanobis|NCA) needs at least 2 embeddings, found 1"),
        (np.ones((0, 3)), [], InputError, "needs at least 2 embeddings, found 0"),
        (np.ones(3), [0, 1, 0], ValueError, r"embeddings must be \[N, D\]"),
        (np.ones((3, 2)), [0, 1], ValueError, r"labels \[N\], found \[3, 2\] and \[2\]"),
        ([[0.0, 1.0], [np.nan, 1.0]], [0, 0], ValueError, "embeddings must be finite, found NaN or infinity in row 1"),
    ],
)
def test_what_cannot_be_fitted(name, vectors, labels, error, words) -> None:
    with pytest.raises(error, match=words):
        fit_distance(name, np.array(vectors), np.array(labels))


def test_nca_needs_two_classes_and_a_pair() -> None:
    vectors = np.random.default_rng(0).normal(size=(4, 2))
    with pytest.raises(InputError, match="NCA needs at least 2 classes, found 1"):
        fit_nca(vectors, np.zeros(4))
    with pytest.raises(InputError, match="NCA needs a class with 2 embeddings, found 4 classes with 1 each"):
        fit_nca(vectors, np.arange(4))


def test_what_is_missing_is_known_beforehand() -> None:
    assert missing_for("mahalanobis", np.array([0])) == "Mahalanobis needs at least 2 embeddings, found 1"
    assert missing_for("mahalanobis", np.array([0, 0])) is None
    assert missing_for("nca", np.array([0, 0, 1])) is None
    assert "at least 2 classes" in missing_for("nca", np.array([4, 4]))
