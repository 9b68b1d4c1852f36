"""Scanned curves against curves of all distances, sorted."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.distances import LinearDistance
from core.errors import Cancelled, InputError
from core.evaluation import scanned
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import NO_GROUP
from core.evaluation.pair_scan import BINS, Bins, PairHistogram, PairScan
from core.evaluation.scanned import scanned_curve
from core.evaluation.verification import all_pairs

RATES = (0.3, 0.05, 0.01, 0.001)
DISTANCES = ("cosine", "euclidean", "squared-euclidean")


def clusters(count: int, size: int, dim: int = 16, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors around `count` centres, `size` around each, in mixed order."""
    generator = np.random.default_rng(seed)
    x = np.repeat(generator.normal(size=(count, dim)), size, axis=0) + 1.2 * generator.normal(size=(count * size, dim))
    order = generator.permutation(len(x))
    return (x / np.linalg.norm(x, axis=1, keepdims=True))[order], np.repeat(np.arange(count), size)[order]


def on_a_grid() -> tuple[np.ndarray, np.ndarray]:
    """Few different distances, each of many pairs."""
    generator = np.random.default_rng(1)
    return generator.integers(0, 3, (150, 4)).astype(float), generator.integers(0, 20, 150)


def with_copies() -> tuple[np.ndarray, np.ndarray]:
    x, y = clusters(25, 6)
    x[:60] = x[0]
    return x, y


def identical() -> tuple[np.ndarray, np.ndarray]:
    return np.ones((40, 4)), np.arange(40) // 4


def far_from_the_origin() -> tuple[np.ndarray, np.ndarray]:
    x, y = clusters(20, 5)
    return x + 1_000.0, y


def one_genuine_pair() -> tuple[np.ndarray, np.ndarray]:
    x, _ = clusters(10, 3)
    return x, np.array([0, *range(len(x) - 1)])


CASES = (lambda: clusters(60, 6), on_a_grid, with_copies, identical, far_from_the_origin, one_genuine_pair)


def sorted_curve(x: np.ndarray, y: np.ndarray, distance: object, groups: np.ndarray | None = None) -> VerificationCurve:
    return VerificationCurve(*(kind.numpy() for kind in all_pairs(x, y, distance, groups)))


def check_same(ours: VerificationCurve, exact: VerificationCurve, rates: tuple[float, ...]) -> None:
    assert (ours.genuine_pairs, ours.impostor_pairs) == (exact.genuine_pairs, exact.impostor_pairs)
    assert ours.eer_point == exact.eer_point
    for rate in rates:
        assert ours.tpr_at_fpr(rate) == exact.tpr_at_fpr(rate), rate


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("case", CASES)
def test_operating_points_are_those_of_sorting_everything(case, distance) -> None:
    x, y = case()
    exact, ours = sorted_curve(x, y, distance), scanned_curve(PairScan(x, y, distance), RATES[:2])
    check_same(ours, exact, (*RATES, 0.0, 1.0))
    for threshold in (0.0, 0.1, 0.5, exact.eer_point.threshold * 1.0000001, 3.0):
        assert ours.confusion_at(threshold) == exact.confusion_at(threshold)


@pytest.mark.parametrize("case", CASES)
def test_full_bins_are_divided_until_the_points_are_exact(case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "MOST_MEASURED", 3)
    x, y = case()
    check_same(scanned_curve(PairScan(x, y, "euclidean")), sorted_curve(x, y, "euclidean"), RATES)


def test_a_fitted_distance() -> None:
    x, y = clusters(40, 5)
    fitted = LinearDistance("mahalanobis", np.random.default_rng(2).normal(size=(5, 16)))
    check_same(scanned_curve(PairScan(x, y, fitted)), sorted_curve(x, y, fitted), RATES)


@pytest.mark.parametrize("most_measured", [3, scanned.MOST_MEASURED])
@pytest.mark.parametrize("case", CASES[:4])
def test_pairs_within_groups_are_left_out(case, most_measured: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "MOST_MEASURED", most_measured)
    x, y = case()
    for groups in (np.random.default_rng(4).integers(NO_GROUP, 9, len(x)), np.where(y == y[0], 0, NO_GROUP)):
        exact = sorted_curve(x, y, "euclidean", groups)
        check_same(scanned_curve(PairScan(x, y, "euclidean", groups), RATES[:2]), exact, (*RATES, 0.0, 1.0))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4)), min_size=4, max_size=14))
def test_any_small_set(rows: list[tuple[int, int, int]]) -> None:
    y, x = np.array([row[0] for row in rows]), np.array([row[1:] for row in rows], dtype=float)
    if not 1 < len(np.unique(y)) < len(y):
        return
    check_same(scanned_curve(PairScan(x, y, "euclidean")), sorted_curve(x, y, "euclidean"), (0.5, 0.1, 0.0, 1.0))


# --- the histogram


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("case", CASES)
def test_counts_at_every_edge_are_exact(case, distance) -> None:
    x, y = case()
    found = PairScan(x, y, distance).histogram()
    exact = sorted_curve(x, y, distance)
    edges = found.bins.edges[1:]
    assert len(edges) == BINS >= 65_536
    assert np.array_equal(found.genuine.cumsum(), np.searchsorted(exact.genuine, edges, side="right"))
    assert np.array_equal(found.impostor.cumsum(), np.searchsorted(exact.impostor, edges, side="right"))


def test_known_thresholds_are_edges_and_measured_distances() -> None:
    x, y = clusters(60, 6)
    scan = PairScan(x, y)
    ours, exact = scanned_curve(scan, RATES), sorted_curve(x, y, "cosine")
    edge = float(scan.bins().edges[30_000])
    assert ours.is_known(edge)
    assert ours.is_known(ours.tpr_at_fpr(0.05).threshold)
    fullest = int(scan.histogram().impostor.argmax())
    inside = edge_of = float(scan.bins().edges[fullest] + 0.25 * scan.bins().width)
    if not ours.is_known(inside):
        edge_of = ours.snapped(inside)
        assert ours.is_known(edge_of)
        assert abs(edge_of - inside) <= scan.bins().width / 2
    assert ours.confusion_at(edge_of) == exact.confusion_at(edge_of)


def test_rates_are_known_once_they_are_measured() -> None:
    x, y = clusters(60, 6)
    ours, exact = scanned_curve(PairScan(x, y), (0.05,)), sorted_curve(x, y, "cosine")
    assert ours.is_rate_known(0.05)
    unknown = next(rate for rate in np.linspace(0.2, 0.8, 100) if not ours.is_rate_known(rate))
    near = ours.known_threshold_near(unknown)
    assert ours.is_known(near)
    assert exact.at_threshold(near).fpr == pytest.approx(unknown, abs=0.001)
    assert ours.tpr_at_fpr(unknown) == exact.tpr_at_fpr(unknown)
    assert ours.is_rate_known(unknown)
    assert ours.known_threshold_near(unknown) == exact.tpr_at_fpr(unknown).threshold
    assert all(exact.is_rate_known(rate) for rate in (0.0, 0.37, 1.0))


def test_a_threshold_is_not_snapped_where_all_distances_are_known() -> None:
    x, y = clusters(10, 3)
    exact = sorted_curve(x, y, "cosine")
    assert exact.snapped(0.123456789) == 0.123456789


def test_the_auc_is_within_a_bin_of_the_exact_one() -> None:
    x, y = clusters(60, 6)
    assert scanned_curve(PairScan(x, y)).auc == pytest.approx(sorted_curve(x, y, "cosine").auc, abs=1e-5)


def test_drawing_and_bars_agree_with_all_distances() -> None:
    x, y = clusters(60, 6)
    ours, exact = scanned_curve(PairScan(x, y)), sorted_curve(x, y, "cosine")
    drawn = ours.roc(400)
    assert (drawn.fpr[0], drawn.tpr[0], drawn.fpr[-1], drawn.tpr[-1]) == (0, 0, 1, 1)
    for threshold, fpr, tpr in zip(*drawn, strict=True):
        point = exact.at_threshold(threshold)
        assert (point.fpr, point.tpr) == (fpr, tpr)
    bars = ours.histogram(20)
    assert (bars.genuine.sum(), bars.impostor.sum()) == (exact.genuine_pairs, exact.impostor_pairs)


def test_histograms_of_two_parts_add_up() -> None:
    bins = Bins(0.0, 0.5, 2)
    left = PairHistogram(bins, np.array([1, 0]), np.array([2, 3]))
    both = left + PairHistogram(bins, np.array([4, 1]), np.array([0, 5]))
    assert (both.genuine.tolist(), both.impostor.tolist()) == ([5, 1], [2, 8])
    with pytest.raises(ValueError, match="must have the same bins"):
        left + PairHistogram(Bins(0.0, 0.25, 2), left.genuine, left.impostor)


# --- bad input, cancel


def test_the_other_kind_of_pairs_is_missed_by_name() -> None:
    x, _ = clusters(4, 3)
    with pytest.raises(InputError, match="needs impostor pairs, found none"):
        scanned_curve(PairScan(x, np.zeros(len(x))))
    with pytest.raises(InputError, match="needs genuine pairs, found none"):
        scanned_curve(PairScan(x, np.arange(len(x))))


def test_nan_is_refused_by_row() -> None:
    x, y = clusters(4, 3)
    x[5, 2] = math.nan
    with pytest.raises(ValueError, match="found NaN or infinity in row 5"):
        PairScan(x, y)


def test_progress_rises_and_a_pass_can_be_cancelled() -> None:
    x, y = clusters(700, 3)
    shares: list[float] = []
    scanned_curve(PairScan(x, y), watch=shares.append)
    assert len(shares) >= 3
    assert all(0 <= share < 1 for share in shares)

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scanned_curve(PairScan(x, y), watch=stop)
