"""What holds for every method of projection."""

import multiprocessing

import numpy as np
import pytest
import torch

from core.distances import LinearDistance
from core.projection import METHODS, project


def clusters(count, dimensions=16, groups=4, seed=0):
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(groups, dimensions))
    points = centres[np.arange(count) % groups] + 0.2 * generator.normal(size=(count, dimensions))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def share_of_nearest_in_same_group(layout, groups=4):
    distances = np.linalg.norm(layout[:, None] - layout[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    return np.mean(distances.argmin(axis=1) % groups == np.arange(len(layout)) % groups)


def test_tsne_warns_of_nothing_in_the_process_that_it_is_computed_in(monkeypatch):
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    assert np.isfinite(project(clusters(40), "tsne")).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 17])
def test_few_points(method, count):
    layout = project(clusters(count), method, seed=0)
    assert layout.dtype == np.float32
    assert layout.shape == (count, 2)
    assert np.isfinite(layout).all()
    again = project(clusters(count), method, initial=layout, seed=0)
    assert again.shape == (count, 2)
    assert np.isfinite(again).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "points",
    [
        np.ones((40, 8)),
        np.concatenate([np.ones((30, 8)), np.eye(8)]),
        np.outer(np.arange(40), np.ones(8)),
        np.arange(40.0)[:, None],
    ],
    ids=["one point", "mostly one point", "a line", "one dimension"],
)
def test_degenerate_points(method, points):
    layout = project(points, method, seed=0)
    assert np.isfinite(layout).all()
    assert np.isfinite(project(points, method, initial=np.zeros((len(points), 2)), seed=0)).all()


@pytest.mark.parametrize("method", METHODS)
def test_clusters_stay_together_and_a_seed_repeats(method):
    points = clusters(120)
    layout = project(points, method, seed=3)
    assert share_of_nearest_in_same_group(layout) > 0.95
    np.testing.assert_array_equal(project(points, method, seed=3), layout)


@pytest.mark.parametrize("method", METHODS)
def test_a_refresh_stays_near_the_layout_it_starts_from(method):
    points = clusters(120)
    layout = project(points, method, seed=0)
    drifted = points + 0.01 * np.random.default_rng(1).normal(size=points.shape).astype(np.float32)
    refreshed = project(drifted, method, initial=layout, seed=1)
    moved = np.linalg.norm(refreshed - layout, axis=1)
    assert np.median(moved) < 0.33 * np.linalg.norm(layout - layout.mean(axis=0), axis=1).mean()


@pytest.mark.parametrize("method", METHODS)
def test_torch_tensors_and_read_only_arrays(method):
    points, initial = clusters(30), project(clusters(30), "pca")
    expected = project(points, method, initial, seed=0)
    for array in (points, initial):
        array.flags.writeable = False
    np.testing.assert_array_equal(project(points, method, initial, seed=0), expected)
    np.testing.assert_array_equal(
        project(torch.tensor(points, requires_grad=True), method, torch.tensor(initial), seed=0), expected
    )


def test_without_a_seed_torchs_generator_is_left_alone():
    state = torch.get_rng_state()
    project(clusters(30), "tsne")
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"embeddings": np.ones((3, 2)), "method": "mds"}, "method: must be one of umap, pca, tsne, found 'mds'"),
        ({"embeddings": np.ones(3)}, r"embeddings: must be \[N, D\] with D of at least 1, found \[3\]"),
        ({"embeddings": np.ones((3, 0))}, r"embeddings: must be .* found \[3, 0\]"),
        ({"embeddings": np.array([[1.0, np.nan], [np.inf, 0]])}, "embeddings: must be finite numbers, found 2"),
        ({"embeddings": np.ones((3, 2)), "initial": np.ones((2, 2))}, r"initial: must be \[3, 2\] .* found \[2, 2\]"),
        ({"embeddings": np.eye(3), "initial": np.full((3, 2), np.nan)}, "initial: must be finite numbers, found 6"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        project(**arguments)


@pytest.mark.parametrize("method", METHODS)
def test_a_fitted_distance_draws_the_embeddings_after_its_map(method):
    points = clusters(60)
    rule = LinearDistance("learned", np.random.default_rng(0).normal(size=(5, 16)))
    mapped = rule.transform(torch.from_numpy(points))
    np.testing.assert_array_equal(project(points, method, seed=0, distance=rule), project(mapped, method, seed=0))


def test_cosine_and_squared_distances_draw_unit_vectors_as_euclidean_ones_do():
    points = clusters(40)
    layout = project(points, "pca")
    np.testing.assert_array_equal(project(points, "pca", distance="squared-euclidean"), layout)
    np.testing.assert_allclose(project(3 * points, "pca", distance="cosine"), layout, atol=1e-5)


def test_an_unknown_distance_is_refused():
    with pytest.raises(ValueError, match="distance must be one of"):
        project(clusters(5), "pca", distance="manhattan")
