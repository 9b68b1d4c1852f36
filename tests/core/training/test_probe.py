from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import DecodedDataset
from core.data.split import Split, split_dataset
from core.data.tuples import TupleList
from core.evaluation.evaluated import EvaluatedImages
from core.models.inference import Inference
from core.training.probe import (
    LARGEST,
    SMALLEST,
    TRAINING_AT_END,
    choose_probe,
    curve_or_none,
    make_snapshot,
    measured,
    probe_size,
    whole_probe,
)
from core.training.records import TrainingSnapshot


def dataset(counts: list[int]) -> DecodedDataset:
    labels = np.repeat(np.arange(len(counts)), counts)
    total = len(labels)
    return DecodedDataset(
        name="counts",
        classes=tuple(f"{label:03}" for label in range(len(counts))),
        ids=tuple(f"{label:03}/{place:05}" for place, label in enumerate(labels)),
        labels=labels,
        images=np.zeros((total, 3, 1, 1), dtype=np.uint8),
        masks=None,
        has_mask=np.zeros(total, dtype=np.bool_),
        problems=(),
        content_hash="",
        directional=False,
    )


def test_size_follows_the_epoch() -> None:
    assert probe_size(10) == SMALLEST
    assert probe_size(2_000) == 600
    assert probe_size(1_000_000) == LARGEST


def test_held_out_images_come_first_and_classes_alike() -> None:
    data = dataset([100, 100, 20, 100])
    split = split_dataset(data, "closed", 0.5)
    probe = choose_probe(data.labels, split, 80)
    assert np.isin(probe, split.held_out).all()
    counts = np.bincount(data.labels[probe])
    assert counts.tolist() == [24, 23, 10, 23] or sorted(counts) == [10, 23, 23, 24]  # the small class gives all it has


def test_training_images_fill_the_rest() -> None:
    data = dataset([20, 20])
    split = split_dataset(data, "closed", 0.25)
    probe = choose_probe(data.labels, split, 25)
    assert len(probe) == 25
    assert np.isin(split.held_out, probe).all()
    assert np.bincount(data.labels[probe[10:]]).tolist() in ([8, 7], [7, 8])


@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(4, 30), min_size=2, max_size=8), size=st.integers(1, 300), share=st.floats(0.1, 0.5))
def test_a_probe_is_a_fair_sample(counts: list[int], size: int, share: float) -> None:
    data = dataset(counts)
    split = split_dataset(data, "closed", share)
    probe = choose_probe(data.labels, split, size)
    assert len(probe) == len(set(probe.tolist())) == min(size, len(data))
    np.testing.assert_array_equal(probe, choose_probe(data.labels, split, size))  # nothing is drawn
    held_out = probe[np.isin(probe, split.held_out)]
    assert len(held_out) == min(size, len(split.held_out))
    drawn = np.bincount(data.labels[held_out], minlength=len(counts))
    there = np.bincount(data.labels[split.held_out], minlength=len(counts))
    unused = drawn < there  # of such a class there was more to take, so no other class may have given 2 more
    if unused.any():
        assert drawn.max() <= drawn[unused].min() + 1


def test_the_last_look_sees_the_whole_held_out_part() -> None:
    data = dataset([3_000, 3_000])
    split = split_dataset(data, "closed", 0.5)
    seen = whole_probe(data.labels, split)
    assert np.array_equal(np.sort(seen[: len(split.held_out)]), split.held_out)
    assert len(seen) - len(split.held_out) == TRAINING_AT_END


def test_a_snapshot_by_hand() -> None:
    """Two classes of 4; held-out embeddings on two axes, one image of class 1 on the wrong one."""
    data = dataset([4, 4])
    split = split_dataset(data, "closed", 0.5)
    assert split.held_out.tolist() == [1, 3, 5, 7]
    x, y = [1.0, 0.0], [0.0, 1.0]
    positions = np.array([1, 3, 5, 7, 0])
    found = Inference(
        embeddings=np.array([x, x, y, x, y], dtype=np.float32),
        logits=np.array([[2, 1], [2, 1], [1, 2], [2, 1], [0, 9]], dtype=np.float32),
    )
    snapshot = make_snapshot(found, positions, data, split, step=9, epoch=3, distance="cosine")
    assert (snapshot.step, snapshot.epoch, snapshot.held_out_total, snapshot.open_set) == (9, 3, 4, False)
    assert snapshot.held_out.tolist() == [True, True, True, True, False]
    assert snapshot.sample_ids.tolist() == positions.tolist()
    assert snapshot.labels.tolist() == [0, 0, 1, 1, 0]
    assert snapshot.classification_accuracy == 0.75
    assert snapshot.curve.genuine.tolist() == pytest.approx([0.0, 1.0])
    assert snapshot.curve.impostor.tolist() == pytest.approx([0.0, 0.0, 1.0, 1.0])
    assert snapshot.curve.auc == 0.5


def test_pairs_within_groups_are_not_in_the_curve_of_a_snapshot() -> None:
    data = replace(dataset([4, 4]), groups=np.array([5, 2, 5, 2, 1, 2, 1, -1]))
    split = split_dataset(data, "closed", 0.5)
    positions = np.array([1, 3, 5, 7, 0])
    found = Inference(np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32), np.zeros((5, 2), np.float32))
    snapshot = make_snapshot(found, positions, data, split, step=9, epoch=3, distance="cosine")
    assert snapshot.groups.tolist() == [2, 2, 2, -1, 5]
    assert not snapshot.groups.flags.writeable
    # Of the pairs of 1, 3, 5 and 7 those of the first three are within the group 2.
    assert (snapshot.curve.genuine_pairs, snapshot.curve.impostor_pairs) == (1, 2)


def test_a_snapshot_of_20_held_out_identities_is_measured_in_halves_too() -> None:
    """Of the held-out images alone, and without the excluded ones."""
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(30), 3)
    snapshot = TrainingSnapshot(
        step=9,
        epoch=3,
        embeddings=random.normal(size=(90, 4)).astype(np.float32),
        labels=labels,
        sample_ids=np.arange(90),
        held_out=labels >= 10,
        curve=None,
        classification_accuracy=None,
        held_out_total=60,
        open_set=True,
    )
    parts = measured(snapshot, "cosine").parts
    assert (parts.choosing_identities, parts.reporting_identities) == (10, 10)
    assert (parts.choosing.genuine_pairs, parts.reporting.genuine_pairs) == (30, 30)
    without = measured(snapshot, "cosine", excluded=[30]).parts  # an image of identity 10, the first that chooses
    assert (without.choosing.genuine_pairs, without.reporting.genuine_pairs) == (28, 30)
    assert measured(snapshot, "cosine", excluded=range(30, 33)).parts is None, "19 identities are left"


@pytest.mark.parametrize("labels", [[], [0], [0, 1], [0, 0]])
def test_no_curve_without_both_kinds_of_pairs(labels: list[int]) -> None:
    embeddings = np.eye(2, dtype=np.float32)[: len(labels)]
    images = EvaluatedImages(embeddings, np.array(labels, dtype=np.int64), np.arange(len(labels)))
    assert curve_or_none(images, "cosine") is None


# --- lists


def listed() -> tuple[DecodedDataset, Split]:
    """Identities of 4 images, the second half held out; of these images only 21, 30 and 31 are in a held-out pair."""
    data = replace(
        dataset([4] * 10),
        tuples=TupleList(
            "pairs",
            np.array([[0, 1], [0, 4], [30, 31], [21, 30], [0, 36], [1, 25]]),
            np.array([True, False, True, False, False, False]),
        ),
    )
    held_out = np.flatnonzero(data.labels >= 5)
    split = Split(
        training=np.flatnonzero(data.labels < 5),
        held_out=held_out,
        open_set=True,
        training_classes=(),
        held_out_classes=data.classes[5:],
        training_label_of=np.full(10, -1),
        held_out_tuples=data.tuples.at(np.isin(data.tuples.images, held_out).all(axis=1)),
    )
    return data, split


def test_images_of_held_out_tuples_come_first() -> None:
    data, split = listed()
    for size in range(3, 41):
        probe = choose_probe(data.labels, split, size)
        assert len(set(probe.tolist())) == size
        assert {21, 30, 31} <= set(probe.tolist())
        assert np.isin(probe[:20], split.held_out).all()
    pair = set(choose_probe(data.labels, split, 2).tolist())
    assert pair in ({21, 30}, {30, 31}), "both images of one pair, rather than one of each"


def test_a_snapshot_of_a_list_is_measured_by_its_pairs() -> None:
    """By hand: the genuine pair is 0 apart, the impostor pair opposite; the others are not looked at."""
    data, split = listed()
    positions = choose_probe(data.labels, split, 40)
    embeddings = np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (40, 1))
    embeddings[positions == 21] *= -1
    found = Inference(embeddings, np.empty((40, 0), dtype=np.float32))
    snapshot = make_snapshot(found, positions, data, split, step=9, epoch=3, distance="cosine")
    assert (snapshot.curve.genuine.tolist(), snapshot.curve.impostor.tolist()) == ([0.0], [2.0])
    assert positions[snapshot.pairs.genuine].tolist() == [[30, 31]]
    assert positions[snapshot.pairs.impostor].tolist() == [[21, 30]]
    assert snapshot.classification_accuracy is None
    few = choose_probe(data.labels, split, 2)
    without = make_snapshot(
        Inference(embeddings[:2], found.logits[:2]), few, data, split, step=9, epoch=3, distance="cosine"
    )
    assert without.curve is None


def test_a_snapshot_says_what_each_image_is_taken_for() -> None:
    """Of classes 0 to 3 the model knows 0 and 2, in this order."""
    data = dataset([4] * 4)
    split = split_dataset(data, "open", 0.5)
    assert np.flatnonzero(split.training_label_of >= 0).tolist() == [0, 2]
    positions = np.array([0, 4, 8])
    found = Inference(
        embeddings=np.eye(3, dtype=np.float32), logits=np.array([[2, 1], [1, 2], [0, 9]], dtype=np.float32)
    )
    snapshot = make_snapshot(found, positions, data, split, step=1, epoch=1, distance="cosine")
    assert snapshot.predicted is not None
    assert snapshot.predicted.tolist() == [0, 2, 2]
    without = replace(found, logits=np.empty((3, 0), dtype=np.float32))
    without = make_snapshot(without, positions, data, split, step=1, epoch=1, distance="cosine")
    assert without.predicted is None
    assert without.classification_losses is None


def test_a_snapshot_says_what_each_image_costs() -> None:
    """Minus the logarithm of the own class's probability, which the model has none of for class 1."""
    data = dataset([4] * 4)
    split = split_dataset(data, "open", 0.5)
    positions = np.array([0, 4, 8])
    logits = np.log(np.array([[0.25, 0.75], [0.5, 0.5], [0.75, 0.25]], dtype=np.float32))
    found = Inference(embeddings=np.eye(3, dtype=np.float32), logits=logits)
    losses = make_snapshot(found, positions, data, split, step=1, epoch=1, distance="cosine").classification_losses
    assert losses is not None
    np.testing.assert_allclose(losses, [np.log(4), np.nan, np.log(4)], rtol=1e-6)
    assert (losses.dtype, losses.flags.writeable) == (np.float32, False)
