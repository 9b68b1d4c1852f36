from dataclasses import replace

import numpy as np

from core.training.novelty import FEWEST_IMAGES, novelty_scale
from tests.core.many_identities import snapshot_of_many


def test_is_made_of_the_training_images_alone() -> None:
    snapshot = snapshot_of_many()
    training = snapshot.labels < 10
    scale = novelty_scale(replace(snapshot, held_out=~training), "cosine")
    assert scale is not None
    assert scale.images == training.sum()
    assert scale.of(snapshot.embeddings[-1]).label < 10


def test_there_is_none_without_enough_training_images() -> None:
    snapshot = snapshot_of_many()
    for few in (0, FEWEST_IMAGES - 1):
        assert novelty_scale(replace(snapshot, held_out=np.arange(len(snapshot.labels)) >= few), "cosine") is None
