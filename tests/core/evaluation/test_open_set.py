import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.tuples import ListedPairs
from core.distances import Distance, LinearDistance, exact_distances
from core.errors import Cancelled, InputError
from core.evaluation.evaluated import NO_GROUP, EvaluatedImages
from core.evaluation.open_set import RANKS, OpenSetRates, OpenSetSettings, Parting, _enrolments, open_set_rates
from core.evaluation.open_set_points import EnrolmentRule
from tests.core.evaluation.populations import Population

SEEN: tuple[str | Distance, ...] = ("cosine", "euclidean", LinearDistance("mahalanobis", np.diag([1.0, 2.0, 0.5, 1.0])))


def drawn(seed: int, identities: int = 7, groups: bool = False) -> EvaluatedImages:
    generator = np.random.default_rng(seed)
    rows, labels = Population(dimensions=4, images=(1, 4)).sample(generator, identities)
    # Labels with gaps, in no order, and a few images that are one and the same.
    order = generator.permutation(len(rows))
    rows[order[1]] = rows[order[0]]
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return EvaluatedImages(
        rows[order],
        (3 * labels + 1)[order],
        np.arange(len(rows)),
        generator.integers(NO_GROUP, 4, len(rows)) if groups else None,
    )


def oracle(
    images: EvaluatedImages, enrolled: dict[int, list[int]], distance: str | Distance, rule: EnrolmentRule
) -> tuple[list[tuple[float, list[float]]], list[float]]:
    """Own distance and shares of rank k of known images, nearest distances of strangers', image by image."""

    def to_name(row: int, members: list[int]) -> float:
        rows = images.embeddings[members].astype(float)
        if rule == "mean" and len(rows) > 1:
            mean = sum(one / np.linalg.norm(one) for one in rows) / len(rows)
            rows = (mean / np.linalg.norm(mean))[None]
        return min(float(exact_distances(images.embeddings[row : row + 1], one[None], distance)) for one in rows)

    known, strangers = [], []
    everybody = [row for rows in enrolled.values() for row in rows]
    for row in range(len(images)):
        groups = images.groups
        if row in everybody or (groups is not None and groups[row] != NO_GROUP and groups[row] in groups[everybody]):
            continue
        distances = {label: to_name(row, members) for label, members in enrolled.items()}
        label = int(images.labels[row])
        if label not in enrolled:
            strangers.append(min(distances.values()))
            continue
        nearer = sum(each < distances[label] for each in distances.values())
        tied = sum(each == distances[label] for each in distances.values())
        places = range(nearer + 1, nearer + tied + 1)  # that it may have, each as likely
        known.append((distances[label], [sum(place <= k for place in places) / tied for k in RANKS]))
    return known, strangers


@pytest.mark.parametrize("rule", ["mean", "nearest"])
@pytest.mark.parametrize("distance", SEEN, ids=("cosine", "euclidean", "mahalanobis"))
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), shots=st.integers(1, 2), groups=st.booleans())
def test_equals_looking_up_one_image_after_the_other(
    rule: EnrolmentRule, distance: str | Distance, seed: int, shots: int, groups: bool
) -> None:
    images = drawn(seed, groups=groups)
    try:
        rates = open_set_rates(images, distance, settings=OpenSetSettings(shots=shots, rule=rule, repeats=3, seed=seed))
    except InputError:
        return
    names, labels = np.unique(images.labels, return_inverse=True)
    expected = []
    for rows in _enrolments(labels, rates.names, rates.settings):
        known, strangers = oracle(images, {int(names[labels[row[0]]]): row.tolist() for row in rows}, distance, rule)
        if known and strangers:
            expected.append((known, strangers))
    assert len(expected) == len(rates.partings)
    for parting, (known, strangers) in zip(rates.partings, expected, strict=True):
        assert sorted(parting.own) == pytest.approx(sorted(own for own, _ in known), abs=1e-12)
        assert parting.strangers == pytest.approx(sorted(strangers), abs=1e-12)
        limit = float(np.median(parting.own)) + 1e-9
        for place, _ in enumerate(RANKS):
            share = sum(found[place] for own, found in known if own <= limit) / len(known)
            assert parting.detections(limit)[place] == pytest.approx(share)
        assert parting.false_alarms(limit) == sum(each <= limit for each in strangers) / len(strangers)


def test_partings_are_of_whole_identities_and_drawn_anew() -> None:
    images = drawn(3, identities=12)
    _, labels = np.unique(images.labels, return_inverse=True)
    rates = open_set_rates(images, settings=OpenSetSettings(shots=2, repeats=5))
    sizes = np.bincount(labels)
    assert rates.names == (sizes > 2).sum() // 2
    assert rates.names + rates.strangers == 12
    enrolments = list(_enrolments(labels, rates.names, rates.settings))
    for rows in enrolments:
        assert (labels[rows] == labels[rows[:, :1]]).all()
        assert (sizes[labels[rows[:, 0]]] > 2).all()
        assert len(set(labels[rows[:, 0]])) == rates.names
        assert len(set(rows.ravel())) == rows.size
    assert len({tuple(rows.ravel()) for rows in enrolments}) > 1
    again = open_set_rates(images, settings=OpenSetSettings(shots=2, repeats=5))
    assert all((a.own == b.own).all() for a, b in zip(rates.partings, again.partings, strict=True))


def rates_of(*partings: Parting) -> OpenSetRates:
    some = open_set_rates(drawn(0), settings=OpenSetSettings(repeats=1))
    return replace(some, partings=partings, ranks=(1,))


def parting(own: list[float], strangers: list[float], found: list[float] | None = None) -> Parting:
    shares = np.ones(len(own)) if found is None else np.array(found)
    return Parting(np.array(own), shares[:, None], np.array(strangers))


def test_worked_by_hand() -> None:
    """Thresholds are observed distances, the largest with at most so many false alarms."""
    one = parting([0.1, 0.2, 0.3, 0.6], [0.25, 0.5, 0.5, 0.7, 0.8], found=[1, 0, 1, 1])
    assert one.threshold_at(0.0) == 0.2
    assert one.threshold_at(0.2) == 0.3
    assert one.threshold_at(0.4) == 0.3  # both at 0.5 or none
    assert one.threshold_at(0.6) == 0.6
    assert one.threshold_at(1.0) == 0.8
    assert one.detections(0.3).tolist() == [0.5]  # 0.1 and 0.3: another name is nearer than that at 0.2
    assert one.false_alarms(0.5) == 0.6
    point = rates_of(one, parting([0.1], [0.4, 0.5, 0.6, 0.7, 0.8])).at_far(0.2)
    assert point is not None
    assert point.threshold == pytest.approx((0.3 + 0.4) / 2)
    assert point.far.mean == pytest.approx(0.2)
    assert point.dir[1].mean == pytest.approx(0.75)
    assert point.dir[1].standard_error == pytest.approx(0.25)
    assert point.to_json()["dir"] == {"1": 0.75}


def test_a_rate_finer_than_one_false_alarm_is_unknown() -> None:
    one = parting([0.1], [0.2, 0.3, 0.4, 0.5, 0.6])
    assert rates_of(one).at_far(0.19) is None
    assert rates_of(one).at_far(1 / 5) is not None
    assert rates_of(parting([0.1], [0.2] * 49)).at_far(1 / 49) is not None  # 1 / 49 * 49 is below 1


def test_embeddings_that_are_all_alike_find_nobody() -> None:
    images = EvaluatedImages(np.ones((40, 3), np.float32), np.repeat(np.arange(10), 4), np.arange(40))
    rates = open_set_rates(images, settings=OpenSetSettings(repeats=2))
    point = rates.at_far(0.5)
    assert point is not None
    assert (point.threshold, point.dir[1].mean) == (-math.inf, 0)
    assert point.to_json()["threshold"] is None
    assert rates.at_threshold(0.0).dir[1].mean == pytest.approx(1 / 5)  # five names, each as near
    assert rates.at_threshold(0.0).dir[5].mean == 1


@pytest.mark.parametrize("rule", ["mean", "nearest"])
def test_rates_rise_with_the_threshold_and_more_ranks(rule: EnrolmentRule) -> None:
    rows, labels = Population().sample(np.random.default_rng(5), 40)
    images = EvaluatedImages(rows.astype(np.float32), labels, np.arange(len(rows)))
    rates = open_set_rates(images, settings=OpenSetSettings(shots=2, rule=rule))
    before = rates.at_threshold(-1)
    assert before.far.mean == 0
    for threshold in np.linspace(0, 2, 21):
        point = rates.at_threshold(float(threshold))
        assert point.far.mean >= before.far.mean
        assert point.dir[1].mean >= before.dir[1].mean
        assert point.dir[5].mean >= point.dir[1].mean
        before = point
    assert before.far.mean == 1
    for far in (0.05, 0.2, 1.0):
        point_at = rates.at_far(far)
        assert point_at is not None
        assert point_at.far.mean <= far


def test_refuses_what_cannot_be_measured() -> None:
    images = drawn(1)
    with pytest.raises(InputError, match="shots: must be at least 1, found 0"):
        open_set_rates(images, settings=OpenSetSettings(shots=0))
    with pytest.raises(InputError, match="rule: must be mean or nearest, found 'best'"):
        open_set_rates(images, settings=OpenSetSettings(rule="best"))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="an identity with more than 9 images"):
        open_set_rates(images, settings=OpenSetSettings(shots=9))
    one = EvaluatedImages(images.embeddings, np.zeros(len(images), np.int64), images.sample_ids)
    with pytest.raises(InputError, match="another one for a stranger, found 1 identities"):
        open_set_rates(one)
    listed = ListedPairs(np.array([[0, 1]]), np.array([[0, 2]]))
    with pytest.raises(InputError, match="found a list of pairs"):
        open_set_rates(replace(images, pairs=listed))
    together = replace(images, groups=np.zeros(len(images), np.int64))
    with pytest.raises(InputError, match="outside the groups"):
        open_set_rates(together)
    with pytest.raises(ValueError, match=r"far must be within 0\.\.1, found 2"):
        rates_of(parting([0.1], [0.2])).at_far(2)


def test_can_be_cancelled() -> None:
    seen = []

    def watch(share: float) -> None:
        seen.append(share)
        if share >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_set_rates(drawn(2), settings=OpenSetSettings(repeats=4), watch=watch)
    assert seen == [0, 0.25, 0.5]
