"""What else is known about each image, such as its pose or its age: columns of numbers or of words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_CATEGORY = -1
"""Code of an image of which nothing is known."""


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A number of each image."""

    name: str
    values: NDArray[np.float64]
    """[N], NaN where it is not known."""

    def text(self, index: int) -> str:
        """What is known of an image, in words; empty for nothing."""
        value = float(self.values[index])
        return "" if math.isnan(value) else f"{value:g}"


@dataclass(frozen=True, eq=False)
class TextColumn:
    """Which of some categories each image belongs to."""

    name: str
    codes: NDArray[np.int64]
    """[N], positions in `categories`, `NO_CATEGORY` where it is not known."""
    categories: tuple[str, ...]
    """In the order of their names."""

    def text(self, index: int) -> str:
        """What is known of an image, in words; empty for nothing."""
        code = int(self.codes[index])
        return "" if code == NO_CATEGORY else self.categories[code]


Column = NumberColumn | TextColumn


def column_of(name: str, cells: Sequence[str]) -> Column:
    """A column of numbers where every cell that is not empty is one, else of categories.

    'nan' and infinities count as numbers that are not known. Words are kept as they are written: nothing is computed
    from what looks like a formula.
    """
    numbers = [_number(cell) for cell in cells]
    if any(cells) and None not in numbers:
        return NumberColumn(name, np.array(numbers, dtype=np.float64))
    return text_column(name, cells)


def text_column(name: str, cells: Sequence[str]) -> TextColumn:
    """A column of categories, also where they look like numbers."""
    categories = tuple(sorted({cell for cell in cells if cell}))
    places = {category: place for place, category in enumerate(categories)} | {"": NO_CATEGORY}
    return TextColumn(name, np.array([places[cell] for cell in cells], dtype=np.int64), categories)


def columns_of(cells: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    """Those columns in which something stands."""
    return tuple(column_of(name, column) for name, column in cells.items() if any(column))


def _number(cell: str) -> float | None:
    """NaN for an empty cell, None for what is no number."""
    if not cell:
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        return None
    if "_" in cell:  # Python takes 1_000 for a number, nobody else does
        return None
    return value if math.isfinite(value) else math.nan
