import hashlib

import numpy as np
import pytest

from core.data import sprites as module
from core.data.sprites import SIDE, sprites
from core.evaluation.retrieval import retrieval_scores
from core.evaluation.verification import verification_curve


@pytest.fixture(scope="module")
def few():
    return sprites(identities=24, images_each=6)


def test_figures_are_classes_with_masks(few) -> None:
    assert few.name == "sprites"
    assert few.classes == tuple(f"{identity:02}" for identity in range(24))
    assert np.bincount(few.labels).tolist() == [6] * 24
    assert few.masks == len(few.samples) == 144
    ids = [sample.id for sample in few.samples]
    assert ids == sorted(ids)
    assert ids[7] == "01/01"
    for sample in few.samples:
        image, mask = np.asarray(sample.image), np.asarray(sample.mask)
        assert (image.shape, image.dtype) == ((SIDE, SIDE, 3), np.uint8)
        assert (mask.shape, set(np.unique(mask))) == ((SIDE, SIDE), {0, 255})
        assert 0.02 < (mask > 0).mean() < 0.5


def test_a_seed_draws_the_same_whatever_the_number(few) -> None:
    fewer, other = sprites(identities=2, images_each=3), sprites(identities=2, images_each=3, seed=1)
    by_id = {sample.id: sample for sample in few.samples}
    for sample, differing in zip(fewer.samples, other.samples, strict=True):
        np.testing.assert_array_equal(np.asarray(sample.image), np.asarray(by_id[sample.id].image))
        np.testing.assert_array_equal(np.asarray(sample.mask), np.asarray(by_id[sample.id].mask))
        assert not np.array_equal(np.asarray(sample.image), np.asarray(differing.image))


def test_no_picture_comes_twice(few) -> None:
    digests = {hashlib.sha256(np.asarray(sample.image).tobytes()).digest() for sample in few.samples}
    assert len(digests) == len(few.samples)


def test_masks_are_what_hides_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a black and before a white background, the same picture differs exactly where it is not figure."""
    monkeypatch.setattr(module, "_light", lambda random: np.ones((SIDE, SIDE, 3)))
    pictures = []
    for shade in (0.0, 1.0):
        monkeypatch.setattr(module, "_surroundings", lambda random, shade=shade: np.full((SIDE, SIDE, 3), shade))
        pictures.append(sprites(identities=3, images_each=2).samples)
    for black, white in zip(*pictures, strict=True):
        seen_through = (np.asarray(white.image).astype(float) - np.asarray(black.image)).mean(axis=2) / 255
        mask = np.asarray(black.mask) > 0
        np.testing.assert_array_equal(mask, np.asarray(white.mask) > 0)
        assert seen_through[mask].max() < 0.65  # noise is cut off at black and white
        assert seen_through[~mask].min() > 0.35


def test_neither_pixels_nor_colours_tell_figures_apart(few) -> None:
    """Open-set verification and retrieval of them is something to learn."""
    images = np.stack([np.asarray(sample.image) for sample in few.samples]).astype(np.float32) / 255
    thumbnails = images.reshape(len(images), 8, 8, 8, 8, 3).mean(axis=(2, 4)).reshape(len(images), -1)
    mean_colours = images.mean(axis=(1, 2))
    for features in (thumbnails, mean_colours):
        centred = features - features.mean(axis=0)
        assert verification_curve(centred, few.labels).auc < 0.7
        assert retrieval_scores(centred, few.labels).precision_at_1 < 0.25
