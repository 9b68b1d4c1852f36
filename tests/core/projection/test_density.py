import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.projection.density import FEWEST, Contour, bandwidth, contours


def within(contour: Contour, xy: np.ndarray) -> np.ndarray:
    """Which points lie in an odd number of loops, by counting the lines to their left."""
    inside = np.zeros(len(xy), np.bool_)
    for loop in contour.loops:
        for (x0, y0), (x1, y1) in zip(loop[:-1].tolist(), loop[1:].tolist(), strict=True):
            crosses = (y0 > xy[:, 1]) != (y1 > xy[:, 1])
            inside[crosses] ^= xy[crosses, 0] > x0 + (xy[crosses, 1] - y0) * (x1 - x0) / (y1 - y0)
    return inside


def blobs(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Three clusters of different width, far apart."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 3, count)
    centres, widths = np.array([(-3, 0), (3, 0), (0, 4)]), np.array([0.2, 0.6, 0.4])
    xy = centres[labels] + widths[labels, None] * generator.normal(size=(count, 2))
    return xy.astype(np.float32), labels


@pytest.mark.parametrize(("count", "tolerance"), [(200, 0.01), (3_000, 0.002), (60_000, 0.003)])
def test_each_line_holds_its_share_of_the_points(count: int, tolerance: float) -> None:
    xy, labels = blobs(count)
    found = contours(xy, labels, shares=(0.3, 0.5, 0.9))
    assert [contour.share for contour in found] == [0.3, 0.5, 0.9]
    for contour in found:
        assert within(contour, xy).mean() == pytest.approx(contour.share, abs=tolerance)


def test_the_line_of_half_a_normal_distribution_is_a_circle() -> None:
    xy = np.random.default_rng(1).normal(size=(100_000, 2)).astype(np.float32)
    (contour,) = contours(xy, shares=(0.5,))
    outline = max(contour.loops, key=len)
    radius = np.hypot(*outline.T)
    assert radius.mean() == pytest.approx(np.sqrt(2 * np.log(2)), rel=0.02)  # P(r < R) = 1 - exp(-R²/2)
    assert radius.std() < 0.05


def test_clusters_that_lie_apart_have_lines_of_their_own() -> None:
    xy, labels = blobs(3_000)
    outer = contours(xy, labels)[-1]
    assert len([loop for loop in outer.loops if len(loop) > 20]) == 3
    for loop in outer.loops:
        assert loop.dtype == np.float32
        assert (loop[0] == loop[-1]).all()


def test_classes_keep_the_bandwidth_from_smearing_clusters_together() -> None:
    xy, labels = blobs(3_000)
    assert bandwidth(xy, labels) < bandwidth(xy) / 3
    spread = np.random.default_rng(0).normal(size=(4_096, 2)).astype(np.float32)
    assert bandwidth(spread) == pytest.approx(4_096 ** (-1 / 6), rel=0.05)  # Scott: sigma n^(-1/6)
    spread[:40] += 1_000
    assert bandwidth(spread) == pytest.approx(4_096 ** (-1 / 6), rel=0.05), "a few far away do not count"


def test_what_is_not_known_counts_for_nothing() -> None:
    xy, labels = blobs(500)
    broken = np.concatenate([xy, np.full((40, 2), np.nan, np.float32), np.full((5, 2), np.inf, np.float32)])
    expected = contours(xy, labels)
    found = contours(broken, np.concatenate([labels, np.zeros(45, np.int64)]))
    assert [[loop.tolist() for loop in each.loops] for each in found] == [
        [loop.tolist() for loop in each.loops] for each in expected
    ]


@pytest.mark.parametrize("xy", [np.empty((0, 2)), np.zeros((FEWEST - 1, 2)), np.full((50, 2), 3.0)])
def test_a_few_points_or_one_place_have_no_lines(xy: np.ndarray) -> None:
    assert contours(xy.astype(np.float32)) == ()


def test_points_on_a_line_or_far_from_the_rest_do_no_harm() -> None:
    line = np.stack([np.arange(100), np.zeros(100)], axis=1).astype(np.float32)
    assert within(contours(line)[1], line).mean() == pytest.approx(0.8, abs=0.03)
    far, _ = blobs(500)
    far[0] = 1e4
    assert within(contours(far)[0], far).mean() == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, float("nan")])
def test_a_share_lies_between_0_and_1(share: float) -> None:
    with pytest.raises(ValueError, match="shares: must lie between 0 and 1"):
        contours(blobs(100)[0], shares=(share,))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1, 1, width=32), st.floats(-1, 1, width=32)), min_size=10, max_size=80),
    st.floats(0.05, 0.99),
)
def test_any_layout_has_closed_lines(places: list[tuple[float, float]], share: float) -> None:
    xy = np.array(places, np.float32)
    for contour in contours(xy, shares=(share,)):
        assert contour.loops
        assert all((loop[0] == loop[-1]).all() and np.isfinite(loop).all() for loop in contour.loops)
