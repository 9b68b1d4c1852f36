import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import core.evaluation.margins as margins_module
from core.errors import InputError
from core.evaluation.margins import active_share

MARGINS = np.array([0.0, 0.1, 0.25, 0.5, 1.0, 2.0])


def by_hand(embeddings: np.ndarray, labels: np.ndarray, margins: np.ndarray, distance: str) -> list[float]:
    """Every triplet, one by one."""
    vectors = embeddings.astype(np.float64)
    if distance == "cosine":
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    squared = ((vectors[:, None] - vectors) ** 2).sum(axis=2)
    found = {"cosine": squared / 2, "euclidean": np.sqrt(squared), "squared-euclidean": squared}[distance]
    active, total = np.zeros(len(margins)), 0
    for a in range(len(labels)):
        for p in range(len(labels)):
            for n in range(len(labels)):
                if p != a and labels[p] == labels[a] and labels[n] != labels[a]:
                    active += found[a, n] < found[a, p] + margins
                    total += 1
    return (active / total).tolist()


def cloud(count: int, classes: int, seed: int = 0, size: int = 6) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    labels = random.integers(classes, size=count)
    embeddings = random.standard_normal((classes, size))[labels] + random.standard_normal((count, size))
    return (embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)).astype(np.float32), labels


def test_worked_example() -> None:
    embeddings, labels = np.array([[0.0], [1.0], [1.5], [4.0]]), np.array([0, 0, 1, 2])
    # anchor 0: d_ap 1; negatives at 1.5 and 4. anchor 1: d_ap 1; negatives at 0.5 and 3.
    shares = active_share(embeddings, labels, np.array([0.0, 0.5, 0.51, 1.99, 2.01, 4.0]), "euclidean")
    assert shares.tolist() == [0.25, 0.25, 0.5, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("distance", ["cosine", "euclidean", "squared-euclidean"])
@pytest.mark.parametrize(("count", "classes"), [(30, 2), (40, 5), (40, 25)])
def test_it_is_what_counting_every_triplet_gives(distance: str, count: int, classes: int) -> None:
    embeddings, labels = cloud(count, classes)
    expected = by_hand(embeddings, labels, MARGINS, distance)
    assert active_share(embeddings, labels, MARGINS, distance).tolist() == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("at_once", [1, 7])
def test_anchors_in_pieces_give_the_same(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    embeddings, labels = cloud(50, 4)
    whole = active_share(embeddings, labels, MARGINS)
    monkeypatch.setattr(margins_module, "ANCHORS_AT_ONCE", at_once)
    assert active_share(embeddings, labels, MARGINS).tolist() == whole.tolist()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**31), count=st.integers(3, 40), classes=st.integers(1, 12))
def test_it_rises_with_the_margin_and_does_not_mind_the_order(seed: int, count: int, classes: int) -> None:
    embeddings, labels = cloud(count, classes, seed)
    shares = active_share(embeddings, labels, MARGINS)
    order = np.random.default_rng(seed).permutation(count)
    np.testing.assert_array_equal(active_share(embeddings[order], labels[order], MARGINS), shares)
    if np.isnan(shares).any():
        assert np.isnan(shares).all()
        return
    assert (np.diff(shares) >= 0).all()
    assert ((shares >= 0) & (shares <= 1)).all()


def test_identical_embeddings_cost_something_at_any_margin_but_0() -> None:
    shares = active_share(np.ones((6, 3)), np.array([0, 0, 0, 1, 1, 1]), np.array([0.0, 0.01]))
    assert shares.tolist() == [0.0, 1.0]


def test_separated_classes_cost_nothing_up_to_their_gap() -> None:
    embeddings = np.eye(3).repeat(4, axis=0)
    labels = np.arange(3).repeat(4)
    assert active_share(embeddings, labels, np.array([0.99, 1.01])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [0, 1, 2, 3]], ids=["one class", "singletons"])
def test_without_triplets_there_is_no_share(labels: list[int]) -> None:
    assert np.isnan(active_share(np.eye(4), np.array(labels), MARGINS)).all()


def test_too_many_triplets_are_sampled_always_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    embeddings, labels = cloud(600, 6, size=12)
    whole = active_share(embeddings, labels, MARGINS)
    for limit in ("MOST_SEARCHES", "MOST_DISTANCES"):
        with monkeypatch.context() as patch:
            patch.setattr(margins_module, limit, 100_000)
            some = active_share(embeddings, labels, MARGINS)
            assert some.tolist() == active_share(embeddings, labels, MARGINS).tolist()
        assert some.tolist() != whole.tolist()
        np.testing.assert_allclose(some, whole, atol=0.06)


def test_tensors_and_read_only_arrays_are_taken() -> None:
    embeddings, labels = cloud(20, 3)
    expected = active_share(embeddings, labels, MARGINS)
    embeddings.setflags(write=False)
    assert active_share(torch.tensor(embeddings), torch.tensor(labels), MARGINS.tolist()).tolist() == expected.tolist()
    assert active_share(embeddings, labels, torch.tensor(MARGINS)).tolist() == expected.tolist()


@pytest.mark.parametrize("margins", [[0.1, np.nan], [np.inf], [[0.1]]])
def test_margins_that_are_none_are_refused(margins: list[float]) -> None:
    with pytest.raises(ValueError, match="margins must be a list of finite numbers, found"):
        active_share(np.eye(4), np.array([0, 0, 1, 1]), np.array(margins))


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="embeddings must be"):
        active_share(np.eye(4), np.array([0, 1]), MARGINS)
    with pytest.raises(ValueError, match="distance"):
        active_share(np.eye(4), np.array([0, 0, 1, 1]), MARGINS, "manhattan")
    with pytest.raises(InputError, match="at least 2"):
        active_share(np.eye(1), np.array([0]), MARGINS)
