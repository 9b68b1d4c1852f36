from dataclasses import replace

import numpy as np
import pytest

from core.distances import exact_distances
from core.training.novelty import novelty_scale
from core.training.records import TrainingSnapshot
from explorer.bridge.nearest import SHOWN, surroundings
from tests.explorer.standins import snapshot


@pytest.fixture
def look() -> TrainingSnapshot:
    """30 held-out images, then 30 of the training part."""
    return snapshot(10, count=60)


def test_only_training_images_are_neighbours_nearest_first(look: TrainingSnapshot) -> None:
    pair = look.embeddings[0], look.embeddings[40]
    found = surroundings(look, pair, "cosine", same_weights=True)
    away = exact_distances(pair[0][None], look.embeddings[30:], "cosine")[0].numpy()
    order = np.argsort(away, kind="stable")[:SHOWN]
    assert (found.a.sample_ids == 30 + order).all()
    assert (found.a.distances == away[order]).all()
    assert (found.a.labels == look.labels[30 + order]).all()
    assert found.b.sample_ids[0] == 40
    assert found.searched == 30


def test_how_new_an_image_is_needs_the_same_weights(look: TrainingSnapshot) -> None:
    pair = -look.embeddings[40], look.embeddings[40]
    found = surroundings(look, pair, "cosine", same_weights=True)
    scale = novelty_scale(look, "cosine")
    assert scale is not None
    assert found.a.percentile == scale.of(pair[0]).percentile
    assert surroundings(look, pair, "cosine", same_weights=True, scale=found.scale).scale is found.scale
    other = surroundings(look, pair, "cosine", same_weights=False, scale=found.scale)
    assert (other.a.percentile, other.b.percentile) == (None, None)
    assert len(other.a.sample_ids) == SHOWN


@pytest.mark.parametrize("training", [0, 1])
def test_without_training_images_nothing_is_near(look: TrainingSnapshot, training: int) -> None:
    few = replace(look, held_out=np.arange(60) >= training)
    found = surroundings(few, (look.embeddings[0], look.embeddings[1]), "cosine", same_weights=True)
    assert (len(found.a.sample_ids), found.a.percentile, found.searched) == (0, None, training)
