import math

import numpy as np
import pytest

from core.projection import project
from core.projection.settings import ProjectionSettings

RNG = np.random.default_rng(0)
POINTS = (np.repeat(3 * np.eye(3, 6), 40, axis=0) + RNG.normal(size=(120, 6))).astype(np.float32)


def nearest(layout: np.ndarray) -> float:
    """Mean distance to the nearest point, of the spread of the layout."""
    away = np.linalg.norm(layout[:, None] - layout[None], axis=2)
    np.fill_diagonal(away, np.inf)
    return float(away.min(axis=1).mean() / layout.std())


def test_min_dist_keeps_points_apart() -> None:
    tight = project(POINTS, "umap", seed=0, settings=ProjectionSettings(min_dist=0.0))
    loose = project(POINTS, "umap", seed=0, settings=ProjectionSettings(min_dist=0.9))
    assert nearest(loose) > 1.3 * nearest(tight)


@pytest.mark.parametrize(
    ("method", "other"),
    [("umap", ProjectionSettings(neighbours=40)), ("tsne", ProjectionSettings(perplexity=8.0))],
)
def test_other_settings_draw_another_layout(method: str, other: ProjectionSettings) -> None:
    layouts = [project(POINTS, method, seed=0, settings=settings) for settings in (ProjectionSettings(), other)]
    assert not np.allclose(*layouts)


def test_more_neighbours_than_points_are_all_of_them() -> None:
    layout = project(POINTS[:6], "umap", seed=0, settings=ProjectionSettings(neighbours=200))
    assert np.isfinite(layout).all()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"neighbours": 1}, "neighbours must be between 2 and 200, found 1"),
        ({"neighbours": 2.5}, "neighbours must be a whole number, found 2.5"),
        ({"min_dist": 1.0}, "min_dist must be between 0 and 0.99, found 1.0"),
        ({"perplexity": math.nan}, "perplexity must be between 2 and 200, found nan"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ProjectionSettings(**changes)
