"""Between rows that a view shows and the numbers of what stands in them, however many there are."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractItemModel, QItemSelection

Shown = NDArray[np.intp]
"""What stands in each row of a model."""


def rows_of(shown: Shown, numbers: tuple[int, ...]) -> Shown:
    """Rows in which these stand, ascending."""
    return np.flatnonzero(np.isin(shown, np.array(numbers, np.intp)))


def selection_of(model: QAbstractItemModel, rows: Shown, columns: int = 1) -> QItemSelection:
    """Rows of a model, ascending, as few ranges."""
    selection = QItemSelection()
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        if len(run):
            selection.select(model.index(int(run[0]), 0), model.index(int(run[-1]), columns - 1))
    return selection


def numbers_in(selection: QItemSelection, shown: Shown) -> tuple[int, ...]:
    """What stands in the selected rows, ascending."""
    ranges = [selection.at(place) for place in range(selection.count())]
    chosen = [shown[each.top() : each.bottom() + 1] for each in ranges]
    return tuple(np.unique(np.concatenate(chosen)).tolist()) if chosen else ()
