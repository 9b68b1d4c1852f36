import threading
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from core.data.tuples import ListedPairs
from core.distances import exact_distances
from core.errors import Cancelled, InputError
from core.training.records import TrainingSnapshot
from explorer.bridge import pairs as module
from explorer.bridge.pairs import ConfusionSearch, ConfusionsFound, PairsBridge, PairSearch, PairsFound, count, find
from explorer.bridge.tasks import TaskThread
from explorer.bridge.watch import Watcher
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import heard, names, snapshot

Said = list[tuple[object, ...]]
Pair = tuple[int, int]


def look(**changes: object) -> TrainingSnapshot:
    """20 held-out images of 2 classes, with ids that are not their rows."""
    found = snapshot(3, count=40)
    return replace(found, sample_ids=found.sample_ids + 100, **changes)  # type: ignore[arg-type]


def by_hand(found: TrainingSnapshot, genuine: bool) -> dict[Pair, float]:
    """Distances of all held-out pairs of one kind, by their ids."""
    images = found.evaluated()
    distances = exact_distances(images.embeddings, images.embeddings, "cosine").numpy()
    pairs = zip(*np.triu_indices(len(images), 1), strict=True)
    return {
        (int(images.sample_ids[a]), int(images.sample_ids[b])): float(distances[a, b])
        for a, b in pairs
        if (images.labels[a] == images.labels[b]) == genuine
    }


def search(found: TrainingSnapshot, genuine: bool | None, low: float, high: float, **changes: object) -> PairSearch:
    return replace(PairSearch(found, "cosine", genuine, low, high, high), **changes)  # type: ignore[arg-type]


def ids(found: PairsFound) -> set[Pair]:
    return {(min(pair), max(pair)) for pair in map(tuple, found.sample_ids.tolist())}


# --- what is found


@pytest.mark.parametrize("genuine", [True, False])
def test_pairs_of_one_kind(genuine: bool) -> None:
    wish = search(look(), genuine, 0.5, 1.0)
    expected = {pair: d for pair, d in by_hand(wish.snapshot, genuine).items() if 0.5 < d <= 1.0}
    found = find(wish)
    assert ids(found) == set(expected)
    assert found.total == len(expected) > 10
    assert found.distances.tolist() == sorted(expected.values(), reverse=True)
    assert found.genuine.tolist() == [genuine] * len(expected)
    for pair, labels in zip(found.sample_ids, found.labels, strict=True):
        assert labels.tolist() == [(sample - 100) % 2 for sample in pair]


def test_both_kinds_are_merged_by_how_near_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 12)
    wish = search(look(), None, -inf, inf, nearest=0.7)
    every = {True: by_hand(wish.snapshot, True), False: by_hand(wish.snapshot, False)}
    nearest = sorted((abs(d - 0.7), d, kind) for kind, pairs in every.items() for d in pairs.values())[:12]
    found = find(wish)
    assert found.distances.tolist() == [d for _, d, _ in nearest]
    assert found.genuine.tolist() == [kind for _, _, kind in nearest]
    assert found.total == 20 * 19 // 2


def test_errors_of_both_kinds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Genuine pairs beyond the threshold and impostor pairs up to it, whatever is near it otherwise."""
    monkeypatch.setattr(module, "LIMIT", 1_000)
    wish = search(look(), None, -inf, inf, nearest=0.9, errors_only=True)
    rejected = {pair for pair, d in by_hand(wish.snapshot, True).items() if d > 0.9}
    accepted = {pair for pair, d in by_hand(wish.snapshot, False).items() if d <= 0.9}
    found = find(wish)
    assert ids(found) == rejected | accepted
    assert found.total == len(rejected) + len(accepted)
    assert np.all(np.diff(np.abs(found.distances - 0.9)) >= 0)


@pytest.mark.parametrize(("identities", "genuine"), [((0, 1), False), ((1, 1), True)])
def test_pairs_of_two_identities_or_one(identities: Pair, genuine: bool) -> None:
    found = look()
    found = replace(found, labels=found.labels + 2 * (np.arange(40) % 4 == 3))  # three identities: 0, 1, 3
    wish = search(found, genuine, -inf, inf, nearest=0.0, identities=identities)
    labels = dict(zip(found.sample_ids.tolist(), found.labels.tolist(), strict=True))
    every = by_hand(found, genuine)
    assert ids(find(wish)) == {pair for pair in every if tuple(sorted(labels[i] for i in pair)) == identities}


def test_excluded_images_are_in_no_pair() -> None:
    found = find(search(look(excluded=frozenset({101, 102})), None, -inf, inf, nearest=0.0))
    assert found.total == 18 * 17 // 2
    assert not {101, 102} & set(found.sample_ids.ravel().tolist())


def test_listed_pairs_alone() -> None:
    listed = ListedPairs(np.array([[0, 1]]), np.array([[2, 3], [4, 5]]))
    found = find(search(look(pairs=listed), None, -inf, inf, nearest=0.0))
    assert ids(found) == {(100, 101), (102, 103), (104, 105)}
    assert found.genuine[found.sample_ids[:, 0] == 100].all()


@pytest.mark.parametrize(("low", "high"), [(-inf, -inf), (inf, inf), (0.4, 0.4)])
def test_an_empty_range(low: float, high: float) -> None:
    """As at a threshold that accepts nothing; without a look at the pairs."""
    found = find(search(look(), False, low, high))
    assert (found.total, len(found.distances)) == (0, 0)


def test_errors_by_identity() -> None:
    wish = ConfusionSearch(look(), "cosine", 0.8)
    errors = sum(d <= 0.8 for d in by_hand(wish.snapshot, False).values())
    row = next(row for row in count(wish).rows if row.first != row.second)
    assert (row.first, row.second, row.errors, row.pairs) == (0, 1, errors, 100)


# --- the bridge


class Far:
    """A search that goes on when it is let, and asks whether it still shall."""

    def __init__(self) -> None:
        self.begun, self.gate = threading.Event(), threading.Event()
        self.stopped: list[float] = []
        self.error: Exception | None = None

    def __call__(self, wish: PairSearch, watch: Watcher) -> PairsFound:
        try:
            watch(0.25)
            self.begun.set()
            self.gate.wait(10)
            watch(0.75)
        except Cancelled:
            self.stopped.append(wish.low)
            raise
        if self.error is not None:
            raise self.error
        empty = np.empty((0, 2), np.int64)
        return PairsFound(wish, empty, empty, np.empty(0, np.bool_), np.empty(0), 0)


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Far:
    far = Far()
    monkeypatch.setattr(module, "find", far)
    return far


@pytest.fixture
def bridge(tasks: TaskThread) -> PairsBridge:
    return PairsBridge(tasks)


@pytest.fixture
def said(bridge: PairsBridge) -> Said:
    return heard(
        ("found", bridge.found),
        ("counted", bridge.counted),
        ("failed", bridge.failed),
        ("progress", bridge.progress),
    )


def test_pairs_are_found_behind_the_window(bridge: PairsBridge, said: Said, settle: Settle) -> None:
    wish = search(look(), False, -inf, 0.8)
    bridge.search(wish)
    settle()
    assert names(said) == ["progress", "found"]
    found = said[1][1]
    assert isinstance(found, PairsFound)
    assert found.search is wish
    bridge.tick()
    assert said[0] == ("progress", None)
    assert len(said) == 2


def test_errors_are_counted_behind_the_window(bridge: PairsBridge, said: Said, settle: Settle) -> None:
    bridge.count(ConfusionSearch(look(), "cosine", 0.8))
    settle()
    assert isinstance(said[-1][1], ConfusionsFound)


def test_it_tells_how_far_it_is(bridge: PairsBridge, said: Said, settle: Settle, far: Far) -> None:
    bridge.search(search(look(), False, 0.0, 0.8))
    far.begun.wait(10)
    bridge.tick()
    far.gate.set()
    settle()
    assert said[:2] == [("progress", 0.25), ("progress", None)]


def test_the_newest_search_wins_and_ends_the_older_one(
    bridge: PairsBridge, said: Said, settle: Settle, far: Far
) -> None:
    bridge.search(search(look(), False, 0.1, 0.8))
    far.begun.wait(10)
    bridge.search(search(look(), False, 0.2, 0.8))
    bridge.search(search(look(), False, 0.3, 0.8))
    far.gate.set()
    settle()
    assert far.stopped == [0.1]
    found = [each[1] for each in said if each[0] == "found"]
    assert [each.search.low for each in found if isinstance(each, PairsFound)] == [0.3]
    assert "failed" not in names(said)


def test_cancelled_nothing_follows(bridge: PairsBridge, said: Said, settle: Settle, far: Far) -> None:
    bridge.search(search(look(), False, 0.1, 0.8))
    far.begun.wait(10)
    bridge.cancel()
    far.gate.set()
    settle()
    assert far.stopped == [0.1]
    assert said == [("progress", None)]


def test_a_search_that_fails_is_one_sentence(bridge: PairsBridge, said: Said, settle: Settle, far: Far) -> None:
    far.error = InputError("there is nothing to search")
    far.gate.set()
    bridge.search(search(look(), False, 0.1, 0.8))
    settle()
    assert names(said) == ["progress", "failed"]
    assert said[1][1] == "Pairs: there is nothing to search"
