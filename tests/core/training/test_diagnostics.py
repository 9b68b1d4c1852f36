"""Figures of a batch against their definitions, written out triplet by triplet."""

from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.training.diagnostics import FigureReading, embedding_figures, first_not_finite

KINDS = ("easy", "semi_hard", "hard")


def figures(embeddings, labels, distance="euclidean", margin=0.2) -> dict[str, float]:
    found = embedding_figures(torch.as_tensor(embeddings), torch.as_tensor(labels), distance, margin)
    assert tuple(found) == (*KINDS, "mean_d_ap", "mean_d_an", "effective_rank")
    return {name: value.item() for name, value in found.items()}


def listed(embeddings: np.ndarray, labels: list[int], margin: float) -> dict[str, float]:
    """All triplets, one after the other, in Euclidean distance."""
    kinds = dict.fromkeys(KINDS, 0)
    d = np.linalg.norm(embeddings[:, None] - embeddings[None], axis=2)
    rows = range(len(labels))
    positive = [(a, p) for a, p in product(rows, rows) if a != p and labels[a] == labels[p]]
    negative = [(a, n) for a, n in product(rows, rows) if labels[a] != labels[n]]
    for a, p in positive:
        for n in (n for b, n in negative if b == a):
            kind = "hard" if d[a, n] <= d[a, p] else "semi_hard" if d[a, n] <= d[a, p] + margin else "easy"
            kinds[kind] += 1
    return {
        **kinds,
        "mean_d_ap": sum(d[pair] for pair in positive) / len(positive) if positive else np.nan,
        "mean_d_an": sum(d[pair] for pair in negative) / len(negative) if negative else np.nan,
    }


@settings(max_examples=40, deadline=None)
@given(labels=st.lists(st.integers(0, 3), min_size=2, max_size=14), seed=st.integers(0, 99), margin=st.floats(0.0, 1.5))
def test_counts_and_means_are_those_of_the_listed_triplets(labels, seed, margin) -> None:
    embeddings = np.random.default_rng(seed).normal(size=(len(labels), 3))
    expected = listed(embeddings, labels, margin)
    if not any(expected[name] for name in KINDS):
        expected |= dict.fromkeys(KINDS, np.nan)
    found = figures(embeddings, labels, margin=margin)
    assert found == pytest.approx({**expected, "effective_rank": found["effective_rank"]}, nan_ok=True)


@pytest.mark.parametrize("labels", [[0, 0, 0], [0, 1, 2]])
def test_without_triplets_there_is_nothing_to_count(labels) -> None:
    found = figures(np.eye(3), labels)
    assert [np.isnan(found[name]) for name in KINDS] == [True] * 3
    assert np.isnan(found["mean_d_ap"]) == (labels != [0, 0, 0])
    assert np.isnan(found["mean_d_an"]) == (labels != [0, 1, 2])


def test_ties_at_the_bounds() -> None:
    """On a line: the positive at 1, negatives at 1 (hard), at 1.25 (semi-hard, at the margin) and beyond (easy)."""
    embeddings = [[0.0], [1.0], [-1.0], [-1.25], [-1.5]]
    found = figures(embeddings, [0, 0, 1, 2, 3], margin=0.25)
    assert (found["hard"], found["semi_hard"], found["easy"]) == (1, 1, 4)  # the other anchor's three are all easy


@pytest.mark.parametrize(
    ("points", "rank"),
    [
        ([[1.0, 1, 1], [2, 2, 2], [5, 5, 5]], 1.0),
        ([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0]], 2.0),
        ([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], 3.0),
        ([[2.0, 0], [-2, 0], [0, 1], [0, -1]], 25 / 17),  # variances 4 and 1: (4 + 1)² / (16 + 1)
    ],
)
def test_effective_rank(points, rank) -> None:
    labels = list(range(len(points)))
    assert figures(points, labels)["effective_rank"] == pytest.approx(rank)
    shifted = np.array(points) + 3.0
    assert figures(np.pad(shifted, ((0, 0), (0, 8))), labels)["effective_rank"] == pytest.approx(rank)


def test_one_point_has_no_rank() -> None:
    assert np.isnan(figures(np.ones((4, 2)), [0, 0, 1, 1])["effective_rank"])


def test_no_gradient_is_kept() -> None:
    embeddings = torch.randn(6, 3, requires_grad=True)
    found = embedding_figures(embeddings, torch.tensor([0, 0, 1, 1, 2, 2]), "cosine", 0.2)
    assert not any(value.requires_grad for value in found.values())


def test_reading_keeps_what_is_absent() -> None:
    read = FigureReading({"a": torch.tensor(1.5), "b": None, "c": torch.tensor(3)}).values()
    assert read == {"a": 1.5, "b": None, "c": 3.0}


def test_the_first_that_is_not_finite_is_named() -> None:
    good, bad, worse = torch.ones(2), torch.tensor([1.0, torch.inf]), torch.tensor([torch.nan, torch.inf])
    assert first_not_finite([("a", good), ("b", None), ("c", torch.tensor([1]))]) is None
    assert first_not_finite([("a", good), ("b", bad), ("c", worse)]) == "b is inf"
    assert first_not_finite([("c", worse)]) == "c is nan"
