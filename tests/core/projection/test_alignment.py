"""Laying one layout over another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.projection import align


def cloud(count=20, seed=0):
    return np.random.default_rng(seed).normal(size=(count, 2)).astype(np.float32)


@given(angle=st.floats(0, 6.3), scale=st.floats(0.01, 100), mirrored=st.booleans(), shift=st.floats(-50, 50))
@settings(max_examples=30, deadline=None)
def test_undoes_turn_mirror_scale_and_shift(angle, scale, mirrored, shift):
    reference = cloud()
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = reference @ turn * (np.array([-1, 1]) if mirrored else 1) * scale + shift
    np.testing.assert_allclose(align(moved.astype(np.float32), reference), reference, atol=2e-3)


def test_a_quarter_turn_by_hand():
    reference = np.array([[0, 0], [2, 0], [0, 1]], np.float32)
    turned = np.array([[5, 5], [5, 7], [4, 5]], np.float32)
    np.testing.assert_allclose(align(turned, reference), reference, atol=1e-5)


def test_shared_points_decide_and_the_others_follow():
    reference = cloud(10)
    layout = np.concatenate([-reference[3:], [[7.0, 8.0]]]).astype(np.float32)
    ids, reference_ids = np.array([*range(3, 10), 99]), np.arange(10)
    aligned = align(layout, reference, ids, reference_ids)
    np.testing.assert_allclose(aligned[:7], reference[3:], atol=1e-5)
    np.testing.assert_allclose(aligned[7], [-7, -8], atol=1e-4)


def test_a_live_map_keeps_its_spread_over_many_noisy_refreshes():
    layout = cloud(50)
    spread = np.linalg.norm(layout - layout.mean(axis=0))
    for seed in range(1, 40):
        layout = align(layout + cloud(50, seed), layout)
    assert np.linalg.norm(layout - layout.mean(axis=0)) == pytest.approx(spread, rel=1e-3)


def test_nothing_shared_leaves_the_layout():
    layout = cloud()
    np.testing.assert_array_equal(align(layout, cloud(5), np.arange(20), np.arange(100, 105)), layout)


def test_one_shared_point_moves_the_layout_there():
    aligned = align(cloud(), np.array([[3.0, 4.0]], np.float32), np.arange(20), np.array([7]))
    np.testing.assert_allclose(aligned[7], [3, 4], atol=1e-5)


def test_coinciding_points_stay_finite():
    aligned = align(np.ones((4, 2), np.float32), cloud(4))
    np.testing.assert_allclose(aligned, np.tile(cloud(4).mean(axis=0), (4, 1)), atol=1e-5)


def test_other_length_without_ids():
    with pytest.raises(ValueError, match="reference: must have the layout's 20 points, found 5"):
        align(cloud(), cloud(5))
