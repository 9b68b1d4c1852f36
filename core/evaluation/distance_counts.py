"""How many pairs of one kind lie within a distance: of every distance, or of the edges of bins."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class DistanceCounts:
    """Ascending distances and how many pairs are not farther than each.

    A value is either the distance of the pairs it stands for, or the upper edge of a bin in which they lie.
    """

    values: Floats
    """[L], ascending, read-only"""
    begins: Floats
    """[L], lower edges of the bins; the value itself where it is a distance"""
    cumulative: Counts
    """[L], pairs up to each value"""

    @classmethod
    def of_sorted(cls, distances: Floats) -> Self:
        """Every one of these ascending distances."""
        return cls(distances, distances, np.arange(1, len(distances) + 1))

    @classmethod
    def of_levels(cls, values: Floats, begins: Floats, counts: Counts) -> Self:
        """Ascending values with how many pairs stand for each; those of no pair are left out."""
        kept = counts > 0
        return cls(values[kept], begins[kept], counts[kept].cumsum())

    def __len__(self) -> int:
        return int(self.cumulative[-1]) if len(self.cumulative) else 0

    @property
    def counts(self) -> Counts:
        """[L], pairs that each value stands for."""
        return np.diff(self.cumulative, prepend=0)

    def up_to(self, thresholds: Floats | float) -> Counts:
        """How many pairs are not farther than each threshold; as if they lay at the values."""
        return self._before(np.searchsorted(self.values, thresholds, side="right"))

    def below(self, thresholds: Floats | float) -> Counts:
        """How many pairs are nearer than each threshold; as if they lay at the values."""
        return self._before(np.searchsorted(self.values, thresholds, side="left"))

    def of_ranks(self, ranks: Counts | int) -> Floats:
        """Values that the pairs of some ranks, from 0 and by distance, stand for."""
        return self.values[np.searchsorted(self.cumulative, ranks, side="right")]

    def bin_across(self, threshold: float) -> tuple[float, float] | None:
        """Edges of the bin with pairs that a threshold cuts; None where it cuts none."""
        place = int(np.searchsorted(self.values, threshold, side="left"))
        if place == len(self.values):
            return None
        begin, end = float(self.begins[place]), float(self.values[place])
        return (begin, end) if begin < threshold < end else None

    def last_below(self, limit: float) -> tuple[float, bool]:
        """The largest value below a limit, -inf where there is none, and whether it is the edge of a bin."""
        place = int(np.searchsorted(self.values, limit, side="left")) - 1
        if place < 0:
            return -np.inf, False
        return float(self.values[place]), bool(self.begins[place] < self.values[place])

    def is_edge(self, value: float) -> bool:
        """Whether one of the values is this one, and the edge of a bin."""
        place = int(np.searchsorted(self.values, value, side="left"))
        return place < len(self.values) and self.values[place] == value and self.begins[place] < value

    def _before(self, places: NDArray[np.int64]) -> Counts:
        """Pairs of the first `places` values."""
        return np.where(places > 0, self.cumulative[np.maximum(places - 1, 0)], 0)
