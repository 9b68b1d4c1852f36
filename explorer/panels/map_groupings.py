"""Clusters and columns of a data set as colours of the map."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from core.data.columns import Column, NumberColumn, TextColumn
from explorer import formats
from explorer.panels.data_words import short
from explorer.panels.map_colouring import CLUSTERINGS, MEASURED, NOT_KNOWN, Colouring, Grouping, Kind, Quantity
from explorer.theme import ClassStyle, Shape, class_style
from explorer.translation import tr

MOST_CATEGORIES = 100
"""Categories that colours and shapes can tell apart."""
NOISE, NOT_CLUSTERED = -1, -2
"""As `core.evaluation.clustering` has them."""
_GREY = QColor("#8a8a8a")
_COLUMN = "column: "
_HELP = tr("A column of the data set's table; grey where it says nothing.")


def column_key(name: str) -> str:
    """What stands for a column where something to colour by is chosen."""
    return _COLUMN + name


def by_cluster(
    method: str,
    sample_ids: NDArray[np.int64],
    clusters: NDArray[np.int64],
    labels: NDArray[np.int64],
    class_names: Sequence[str],
    step: int | None = None,
) -> Grouping:
    """Colours for the cluster of each image in the look of a step, [N], as `core.evaluation.clustering` finds them."""
    numbers = np.unique(clusters[clusters >= 0])
    kinds = [(_commonest(labels[clusters == number], class_names), class_style(int(number))) for number in numbers]
    index = np.searchsorted(numbers, clusters).astype(np.intp)
    index[clusters == NOISE] = len(numbers)
    index[clusters == NOT_CLUSTERED] = len(numbers) + 1
    noise = (tr("in no cluster"), ClassStyle(_GREY, Shape.CROSS))
    return Grouping(method, CLUSTERINGS[method], sample_ids, index, (*kinds, noise, NOT_KNOWN), step)


def _commonest(labels: NDArray[np.int64], class_names: Sequence[str]) -> str:
    """The class that most images of a cluster are of, and their share where it is not all."""
    counts = np.bincount(labels)
    name, share = class_names[int(counts.argmax())], round(100 * int(counts.max()) / len(labels))
    return name if share == 100 else f"{name} · {share} %"


def unknown(name: str, sample_ids: NDArray[np.int64]) -> Grouping:
    """The colours where something could not be measured: grey for all images."""
    meaning = Kind(MEASURED[name].label, MEASURED[name].help)
    return Grouping(name, meaning, sample_ids, np.zeros(len(sample_ids), np.intp), (NOT_KNOWN,))


def by_column(column: Column, rows: NDArray[np.int64]) -> Colouring | Grouping:
    """Colours for a column of a data set.

    Parameters
    ----------
    column
        What is known about its images.
    rows
        Where the data set has each image of the run, [N]; -1 for one that it has not.
    """
    everything, there = np.arange(len(rows)), rows >= 0
    if isinstance(column, NumberColumn):
        meaning = Quantity(short(column.name), _HELP, _figure)
        return Colouring(column_key(column.name), meaning, everything, np.where(there, column.values[rows], np.nan))
    codes = np.where(there, column.codes[rows], -1)
    return _by_category(column, everything, codes)


def _by_category(column: TextColumn, sample_ids: NDArray[np.int64], codes: NDArray[np.int64]) -> Grouping:
    """Colours for the categories of images; of very many, the commonest have one and the others are grey."""
    counts = np.bincount(codes[codes >= 0], minlength=len(column.categories))
    shown = np.sort(np.argsort(-counts, kind="stable")[:MOST_CATEGORIES])
    rest = len(column.categories) - len(shown)
    place = np.full(len(column.categories) + 1, len(shown), dtype=np.intp)  # its last one is that of code -1
    place[shown] = np.arange(len(shown))
    place[-1] = len(shown) + (rest > 0)
    kinds = [(short(column.categories[code]), class_style(position)) for position, code in enumerate(shown.tolist())]
    if rest:
        kinds.append((tr("{rest} others").format(rest=formats.count(rest)), ClassStyle(_GREY, Shape.CROSS)))
    return Grouping(
        column_key(column.name), Kind(short(column.name), _HELP), sample_ids, place[codes], (*kinds, NOT_KNOWN)
    )


def _figure(value: float) -> str:
    return f"{value:.4g}"
