import math

import pytest
import torch

from core.losses.given_tuples import GivenTuples
from core.training.listed_figures import listed_figures

LINE = torch.tensor([[0.0], [0.5], [0.6], [2.0], [0.4]])
"""Embeddings on a line, so that distances are differences."""


def figures(*rows: tuple[int, ...], same: tuple[bool, ...] | None = None) -> dict[str, float]:
    tuples = GivenTuples(torch.tensor(rows), None if same is None else torch.tensor(same))
    found = {name: value.item() for name, value in listed_figures(LINE, tuples, "euclidean", 0.2).items()}
    assert found.pop("effective_rank") == pytest.approx(1)
    return found


def test_pairs_by_hand() -> None:
    found = figures((0, 1), (2, 3), (0, 2), (4, 1), same=(True, True, False, False))
    assert found == pytest.approx({"mean_d_ap": (0.5 + 1.4) / 2, "mean_d_an": (0.6 + 0.1) / 2}, abs=1e-6)
    found = figures((0, 1), same=(True,))
    assert math.isnan(found["mean_d_an"])


@pytest.mark.parametrize("rest", [(), (3,)], ids=["triplets", "quadruplets"])
def test_triplets_by_hand(rest: tuple[int, ...]) -> None:
    """d_ap 0.5 with negatives 0.6 (within the margin), 2 and 0.4 away; and 0.6 with one at 0.6, which is hard."""
    found = figures((0, 1, 2, *rest), (0, 1, 3, *rest), (0, 1, 4, *rest), (0, 2, 2, *rest))
    assert (found["easy"], found["semi_hard"], found["hard"]) == (1, 1, 2)
    assert found["mean_d_ap"] == pytest.approx((3 * 0.5 + 0.6) / 4)
    assert found["mean_d_an"] == pytest.approx((0.6 + 2 + 0.4 + 0.6) / 4)
