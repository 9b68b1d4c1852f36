"""Reads a very large set of embeddings for the window: as many as a map can show, and figures over its pairs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.bridge.imports import import_for_good
from explorer.bridge.long_work import StageWatcher, Work
from explorer.core_words import in_words
from explorer.translation import tr

if TYPE_CHECKING:
    from core.embedded.drawing import Drawn
    from core.embedded.embedding_set import SetContent
    from core.evaluation.measured import Measured


@dataclass(frozen=True, eq=False)
class EmbeddedPicture:
    """What the window shows of a set of embeddings."""

    path: Path
    content: "SetContent"
    images: int
    """How many are embedded."""
    xy: NDArray[np.float32]
    """[N, 2], along the axes of all embeddings"""
    explained: tuple[float, float]
    """Shares of the variance along them."""
    labels: NDArray[np.int64]
    """[N], positions in `class_names`"""
    class_names: tuple[str, ...]
    """Of the images shown."""
    sample_names: tuple[str, ...]
    """[N]"""
    measured: "Measured | None"
    """None where there are no pairs of both kinds."""
    drawn: "Drawn | None"
    """Which of the images that is over."""
    problem: str
    """Why there are none; empty where there are."""


def picture_of(path: Path) -> Work:
    """Measure a set and lay it out; gives an EmbeddedPicture.

    By the distance of its run, or by the cosine distance where that one is fitted and so kept with the run.
    """

    def work(watcher: StageWatcher) -> EmbeddedPicture:
        from core.config import is_fitted
        from core.distances import as_distance
        from core.embedded.embedding_set import EmbeddingSet
        from core.embedded.evaluation import evaluate_set
        from core.embedded.mapping import principal_axes, shown_rows
        from core.errors import InputError

        watcher.staged(tr("opening the embeddings"))
        import_for_good("explorer.widgets.raster_kernels")  # compiled here, not when the map is drawn
        embedded = EmbeddingSet.open(path)
        axes = principal_axes(embedded, lambda share: watcher.staged(tr("finding the axes of all embeddings"), share))
        rows = shown_rows(embedded)
        name = embedded.content.model.distance
        measured, drawn, problem = None, None, ""
        try:
            rule = as_distance("cosine" if is_fitted(name) else name)
            found = evaluate_set(embedded, rule, watch=watcher.staged)
            measured, drawn = found.measured, found.drawn
        except InputError as error:
            problem = in_words(str(error))
        watcher.staged(tr("reading names"))
        used, labels = np.unique(embedded.labels[rows], return_inverse=True)
        return EmbeddedPicture(
            path,
            embedded.content,
            len(embedded),
            axes.layout(embedded.at(rows)),
            axes.explained,
            labels.reshape(-1).astype(np.int64),
            tuple(embedded.classes.at(used)),
            tuple(embedded.ids(rows)),
            measured,
            drawn,
            problem,
        )

    return work
