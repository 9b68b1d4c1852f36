"""Expectations of where a second pass would look: right ones save it, wrong ones change nothing."""

from collections import Counter

import numpy as np
import pytest

from core.evaluation import pair_notes, pair_scan
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import NO_GROUP
from core.evaluation.pair_notes import PairNotes, expected_ranges
from core.evaluation.pair_scan import PairScan
from core.evaluation.pair_tiles import PairTiles
from core.evaluation.scanned import scanned_curve
from core.evaluation.verification import all_pairs

RATES = (0.05, 0.01, 0.001)


def clusters(count: int = 200, size: int = 6) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    x = np.repeat(generator.normal(size=(count, 8)), size, axis=0) + generator.normal(size=(count * size, 8))
    order = generator.permutation(len(x))
    return x[order], np.repeat(np.arange(count), size)[order]


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry a pass over all pairs."""
    found: list[int] = []
    each = PairTiles.each

    def counted(self: PairTiles, *arguments: object, **named: object) -> None:
        found.append(len(self))
        each(self, *arguments, **named)

    monkeypatch.setattr(PairTiles, "each", counted)
    return found


def check(x: np.ndarray, y: np.ndarray, distance: str, groups: np.ndarray | None = None) -> None:
    ours = scanned_curve(PairScan(x, y, distance, groups), RATES)
    exact = VerificationCurve(*(kind.numpy() for kind in all_pairs(x, y, distance, groups)))
    assert ours.eer_point == exact.eer_point
    for rate in RATES:
        assert ours.tpr_at_fpr(rate) == exact.tpr_at_fpr(rate)


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
@pytest.mark.parametrize("in_groups", [False, True])
def test_one_pass_is_enough_for_the_figures_of_a_report(passes: list[int], distance: str, in_groups: bool) -> None:
    x, y = clusters()
    groups = np.random.default_rng(1).integers(NO_GROUP, 40, len(x)) if in_groups else None
    check(x, y, distance, groups)
    assert len(passes) == 1


@pytest.mark.parametrize("ranges", [[], [(0.3, 0.4)], [(5.0, 4.0)], [(np.inf, -np.inf)], [(-np.inf, 0.01), (3.0, 9.0)]])
def test_wrong_expectations_cost_a_pass(passes: list[int], ranges, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_scan, "expected_ranges", lambda *_: ranges)
    check(*clusters(), "euclidean")
    assert len(passes) == 2


def test_all_pairs_may_be_expected(passes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_scan, "expected_ranges", lambda *_: [(-np.inf, np.inf)])
    check(*clusters(60), "euclidean")
    assert len(passes) == 1


def test_of_too_many_notes_none_are_kept(passes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_notes, "MOST_NOTED", 100)
    check(*clusters(), "euclidean")
    assert len(passes) == 2


def test_other_questions_are_answered_by_a_pass_of_their_own(passes: list[int]) -> None:
    x, y = clusters()
    ours = scanned_curve(PairScan(x, y), RATES)
    exact = VerificationCurve(*(kind.numpy() for kind in all_pairs(x, y)))
    unknown = next(rate for rate in np.linspace(0.2, 0.8, 100) if not ours.is_rate_known(rate))
    assert ours.tpr_at_fpr(unknown) == exact.tpr_at_fpr(unknown)
    assert len(passes) == 2


def test_notes_are_told_apart_by_their_place() -> None:
    notes = PairNotes(np.array([False, True, True, False, True, False]))
    rows, columns, places = np.array([5, 8_388_606]), np.array([8_388_607, 7]), np.array([2, 4])
    notes.add(0, (places << pair_notes.PLACE) | (rows << pair_notes.ROW) | columns)
    wanted = np.array([False, False, True, False, False, False])
    assert notes.cover(wanted)
    assert notes.within(wanted).tolist() == [[5, 8_388_607]]
    assert notes.within(~wanted).tolist() == [[8_388_606, 7]]
    assert not notes.cover(~wanted)
    assert not notes.cover(wanted[:5])


def test_expected_ranges_hold_what_is_looked_for() -> None:
    x, y = clusters()
    exact = VerificationCurve(*(kind.numpy() for kind in all_pairs(x, y, "euclidean")))
    points = [exact.eer_point, *(exact.tpr_at_fpr(rate) for rate in RATES)]
    tiles = PairTiles(x, y, "euclidean")
    for seed in range(10):
        for (low, high), point in zip(expected_ranges(tiles, RATES, seed), points, strict=True):
            assert low <= point.threshold <= high
            assert exact.at_threshold(high).fpr - exact.at_threshold(low).fpr < 0.05


def test_drawn_pairs_are_of_their_kind_and_alike_often() -> None:
    y = np.array([0, 0, 0, 1, 2, 2])
    tiles = PairTiles(np.arange(6.0)[:, None], y, "euclidean")
    generator = np.random.default_rng(0)
    genuine = Counter(map(tuple, pair_notes._genuine_pairs(tiles, 4_000, generator).tolist()))
    assert set(genuine) == {(0, 1), (0, 2), (1, 2), (4, 5)}
    assert all(900 < count < 1_100 for count in genuine.values())
    impostor = pair_notes._impostor_pairs(tiles, 4_000, generator)
    assert not (y[impostor[:, 0]] == y[impostor[:, 1]]).any()
    assert len(np.unique(np.sort(impostor, axis=1), axis=0)) == 11


def test_nothing_is_expected_of_one_kind_of_pairs() -> None:
    x = np.random.default_rng(0).normal(size=(20, 3))
    assert expected_ranges(PairTiles(x, np.arange(20)), RATES) == []
    assert expected_ranges(PairTiles(x, np.zeros(20)), RATES) == []
