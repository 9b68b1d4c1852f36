"""The numbers behind the loss curves: growing columns and their smoothing, without any widget."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.translation import tr

Floats = NDArray[np.float64]
_BLOCK = 64
"""Values smoothed by one matrix product; larger blocks cost more arithmetic, smaller ones more Python."""


class Column:
    """Numbers that grow at the end, amortised O(1) each."""

    def __init__(self) -> None:
        self._store = np.empty(1024)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def extend(self, values: Floats) -> None:
        """Append `values` [n]."""
        wanted = self._count + len(values)
        if wanted > len(self._store):
            grown = np.empty(max(wanted, 2 * len(self._store)))
            grown[: self._count] = self.values
            self._store = grown  # what was handed out before keeps the old store
        self._store[self._count : wanted] = values
        self._count = wanted

    @property
    def values(self) -> Floats:
        """All numbers so far, as a view that later ones don't change."""
        return self._store[: self._count]


class LossSeries:
    """One term of the loss over the steps, raw or weighted, smoothed as wanted."""

    def __init__(self) -> None:
        self._steps, self._raw, self._weights = Column(), Column(), Column()
        self._smoothed = Smoothed(0.0)
        self._weighted = False

    def extend(self, steps: Floats, values: Floats, weights: Floats) -> None:
        """Append values [n] with their steps and the weights then in force."""
        self._steps.extend(steps)
        self._raw.extend(values)
        self._weights.extend(weights)

    @property
    def steps(self) -> Floats:
        """Steps that have a value, ascending [n]."""
        return self._steps.values

    def shown(self, *, weighted: bool, smoothing: float) -> Floats:
        """Values to draw [n]; as long as both choices stay, only those new since the last call are worked out."""
        if weighted != self._weighted or smoothing != self._smoothed.smoothing:
            self._weighted, self._smoothed = weighted, Smoothed(smoothing)
        new = slice(len(self._smoothed), None)
        values = self._raw.values[new]
        self._smoothed.extend(values * self._weights.values[new] if weighted else values)
        return self._smoothed.values

    def set_weights(self, weights: Floats) -> None:
        """Replace the weights of all values [n]."""
        self._weights = Column()
        self._weights.extend(weights)
        self._smoothed = Smoothed(self._smoothed.smoothing)


class Smoothed:
    """Exponential moving average with bias correction (Kingma and Ba 2015, section 3) of a growing series.

    Value k (from 1) is m_k / (1 - s^k) with m_k = s · m_(k-1) + (1 - s) · x_k and m_0 = 0, so that the first values
    are not drawn towards 0. With s = 0 it is the series itself.
    """

    def __init__(self, smoothing: float) -> None:
        if not 0.0 <= smoothing < 1.0:
            raise ValueError(
                tr("smoothing must be at least 0 and below 1, found {smoothing}").format(smoothing=smoothing)
            )
        self.smoothing = smoothing
        self._column = Column()
        self._mean = 0.0
        lag = np.arange(_BLOCK)[:, np.newaxis] - np.arange(_BLOCK)
        self._kernel = np.where(lag >= 0, (1.0 - smoothing) * smoothing ** np.maximum(lag, 0), 0.0).T
        # From here on 1 - s^k is 1 in float64, and powers would be most of the work.
        self._biased = math.ceil(math.log(1e-17) / math.log(smoothing)) if smoothing else 0

    def __len__(self) -> int:
        return len(self._column)

    @property
    def values(self) -> Floats:
        """The averages so far [n]."""
        return self._column.values

    def extend(self, values: Floats) -> None:
        """Append the averages of `values` [n]."""
        if self.smoothing == 0.0 or not len(values):
            self._column.extend(values)
            return
        blocks = np.zeros((-(-len(values) // _BLOCK), _BLOCK))
        blocks.reshape(-1)[: len(values)] = values
        means = blocks @ self._kernel
        means += self._carried(means[:, -1])[:, np.newaxis] * self.smoothing ** np.arange(1.0, _BLOCK + 1)
        means = means.reshape(-1)[: len(values)]
        self._mean = float(means[-1])
        counts = np.arange(len(self) + 1.0, min(len(self) + len(values), self._biased) + 1)
        means[: len(counts)] /= 1.0 - self.smoothing**counts
        self._column.extend(means)

    def _carried(self, ends: Floats) -> Floats:
        """What each block starts from, given what each one alone would end with."""
        fade = self.smoothing**_BLOCK
        carried = [self._mean]
        for end in ends[:-1].tolist():
            carried.append(carried[-1] * fade + end)
        return np.array(carried)


def column_of(values: Sequence[float | None]) -> Floats:
    """Numbers [n], NaN where there is none."""
    return np.array(values, dtype=np.float64)
