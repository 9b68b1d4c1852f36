"""The whole way from a folder to batches, over photos that are not part of the repository."""

from pathlib import Path

import numpy as np
import pytest

from core.data.decode import decode
from core.data.images import load_image, load_mask
from core.data.samplers import BalancedSampler
from core.data.sources import open_dataset
from core.data.split import split_dataset

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def folder(name: str) -> Path:
    path = SHARED / name
    if not path.is_dir():
        pytest.skip(f"../shared/data/{name} is absent")
    return path


def test_eth80_from_folder_to_batches() -> None:
    path = folder("eth80")
    listed = open_dataset(str(path))
    assert (len(listed.classes), len(listed.samples), listed.masks, listed.problems) == (80, 3280, 3280, ())
    decoded = decode(listed, 64)
    assert decoded.images.shape == (3280, 3, 64, 64)
    assert decoded.has_mask.all()
    assert decoded.problems == ()
    # The README of the set states how masks were made: the object stands in front of a blue background.
    inside, outside = decoded.masks > 0, decoded.masks == 0
    red, blue = decoded.images[:, 0].astype(int), decoded.images[:, 2].astype(int)
    assert (red - blue)[inside].mean() > 0 > (red - blue)[outside].mean()
    split = split_dataset(decoded, "auto", None)
    assert split.open_set
    assert split.held_out_classes == listed.classes[1::2]
    assert len(split.training) == len(split.held_out) == 1640
    assert split.notes == ()
    labels = split.training_label_of[decoded.labels[split.training]]
    assert sorted(set(labels)) == list(range(40))
    sampler = BalancedSampler(labels, 16, 4, 0)
    assert (sampler.batches_per_epoch, sampler.batch_size, sampler.notes) == (25, 64, ())


def test_pets_have_one_empty_mask_and_no_problem() -> None:
    listed = open_dataset(str(folder("pets3_trimap")))
    decoded = decode(listed, 32)
    assert decoded.classes == ("Abyssinian", "Bengal", "american_bulldog")
    assert decoded.problems == ()
    assert decoded.has_mask.all()
    empty = [decoded.ids[i] for i in np.flatnonzero(~decoded.masks.any((1, 2)))]
    assert empty == ["Abyssinian/Abyssinian_34.jpg"]
    sample = listed.samples[0]
    assert load_image(sample.image).shape[:2] == load_mask(sample.mask).shape
    assert not split_dataset(decoded, "auto", None).open_set
