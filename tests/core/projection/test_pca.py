"""PCA against scikit-learn's."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from core.projection import project


def correlated(count, dimensions, seed=0):
    generator = np.random.default_rng(seed)
    scales = 0.8 ** np.arange(dimensions)
    mixing = np.linalg.qr(generator.normal(size=(dimensions, dimensions))).Q
    return ((generator.normal(size=(count, dimensions)) * scales) @ mixing + 3).astype(np.float32)


@pytest.mark.parametrize(("count", "dimensions"), [(200, 2), (200, 30), (20, 64), (300, 1200)])
def test_agrees_with_sklearn_up_to_sign(count, dimensions):
    points = correlated(count, dimensions)
    expected = PCA(2, svd_solver="full").fit_transform(points.astype(np.float64))
    found = project(points, "pca")
    signs = np.sign((found * expected).sum(axis=0))
    np.testing.assert_allclose(found, expected * signs, atol=2e-4)


def test_the_largest_loading_is_positive():
    points = np.outer(np.arange(5.0), [1.0, -3.0, 2.0])
    assert (np.diff(project(points, "pca")[:, 0]) < 0).all()


def test_axes_face_the_way_of_the_initial_layout():
    points = correlated(50, 8)
    layout = project(points, "pca")
    for signs in ([1, 1], [1, -1], [-1, 1], [-1, -1]):
        np.testing.assert_array_equal(project(points, "pca", initial=layout * signs + 5), layout * signs)


def test_nearly_collapsed_embeddings_are_told_apart():
    points = np.ones((30, 16), np.float32)
    points[::2, 3] += 1e-5
    layout = project(points, "pca")
    assert np.ptp(layout[:, 0]) == pytest.approx(1e-5, rel=0.02)
    assert np.ptp(layout[:, 1]) < 1e-12


def test_global_generators_are_left_alone():
    torch_state, numpy_state = torch.get_rng_state(), np.random.get_state()[1].copy()
    project(correlated(30, 1100), "pca")
    assert torch.equal(torch.get_rng_state(), torch_state)
    np.testing.assert_array_equal(np.random.get_state()[1], numpy_state)
