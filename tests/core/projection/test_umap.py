"""Our neighbours and starts against umap's own."""

import warnings

import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from core.projection import project
from core.projection.umap import exact_neighbours


def on_a_sphere(count, dimensions=64, groups=20, seed=0):
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(groups, dimensions))
    points = centres[generator.integers(0, groups, count)] + 0.6 * generator.normal(size=(count, dimensions))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("offset", [0.0, 100.0])
def test_neighbours_are_those_of_sklearn(offset):
    points = on_a_sphere(1500) + np.float32(offset)
    distances, indices = NearestNeighbors(n_neighbors=15).fit(points.astype(np.float64)).kneighbors()
    found_indices, found_distances = exact_neighbours(points, 16)
    np.testing.assert_array_equal(found_indices[:, 0], np.arange(1500))
    np.testing.assert_array_equal(found_distances[:, 0], 0)
    np.testing.assert_allclose(found_distances[:, 1:], distances, rtol=1e-4)
    assert np.mean(found_indices[:, 1:] == indices) > 0.999


def test_duplicates_have_themselves_first():
    points = np.repeat(np.eye(3, dtype=np.float32), 10, axis=0)
    indices, distances = exact_neighbours(points, 15)
    np.testing.assert_array_equal(indices[:, 0], np.arange(30))
    np.testing.assert_allclose(distances[:, :10], 0, atol=1e-6)
    np.testing.assert_allclose(distances[:, 10:], np.sqrt(2), rtol=1e-5)


@pytest.mark.slow
def test_as_trustworthy_as_plain_umap():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)
        from umap import UMAP
    points = on_a_sphere(1500)
    plain = UMAP(random_state=0, n_jobs=1).fit_transform(points)
    fresh = project(points, "umap", seed=0)
    refreshed = project(points, "umap", initial=fresh, seed=0)
    expected = trustworthiness(points, plain, n_neighbors=15)
    for layout in (fresh, refreshed):
        assert trustworthiness(points, layout, n_neighbors=15) > expected - 0.01


@pytest.mark.slow
def test_approximate_neighbours_above_the_crossover(monkeypatch):
    monkeypatch.setattr("core.projection.umap.MOST_FOR_EXACT_NEIGHBOURS", 4500)
    points = on_a_sphere(5000)
    layout = project(points, "umap", seed=0)
    assert trustworthiness(points, layout, n_neighbors=15) > 0.9
