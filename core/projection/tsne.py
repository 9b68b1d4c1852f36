"""t-SNE by scikit-learn."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.projection.progress import OPTIMISING, SEARCHING, Overheard, Report, unheard
from core.projection.settings import ProjectionSettings

if TYPE_CHECKING:
    from sklearn.manifold import TSNE

FRESH_ITERATIONS = 1000
REFRESH_ITERATIONS = 250
"""The fewest scikit-learn allows."""


def tsne_layout(
    points: NDArray[np.float32],
    start: NDArray[np.float32],
    *,
    fresh: bool,
    seed: int | None,
    settings: ProjectionSettings,
    report: Report = unheard,
) -> NDArray[np.float32]:
    """t-SNE float32 [N, 2] of points [N, D], N >= 4; one that is not fresh goes on from its start."""
    from sklearn.manifold import TSNE

    iterations = FRESH_ITERATIONS if fresh else REFRESH_ITERATIONS
    reducer = TSNE(
        perplexity=min(settings.perplexity, (len(points) - 1) / 3),
        # From a spread of 1e-4 a fresh layout can still untangle (Kobak and Berens 2019).
        init=start / start[:, 0].std() * np.float32(1e-4) if fresh else start,
        # Exaggeration gathers the clusters of a fresh layout; one that goes on has them.
        early_exaggeration=12.0 if fresh else 1.0,
        max_iter=iterations,
        random_state=np.random.RandomState(seed),
        n_jobs=1,  # of the search for neighbours: joblib starts no threads in a process that is a daemon, and warns
    )
    report(SEARCHING, None)
    with _overheard(reducer, iterations, report):
        layout: NDArray[np.float32] = reducer.fit_transform(points)
    return layout


@contextlib.contextmanager
def _overheard(reducer: "TSNE", iterations: int, report: Report) -> Iterator[None]:
    """scikit-learn calls nobody back, but prints every 50th iteration."""
    if report is unheard:
        yield
        return
    reducer.set_params(verbose=2)
    with contextlib.redirect_stdout(Overheard(r"Iteration (\d+):", OPTIMISING, report, iterations)):
        yield
