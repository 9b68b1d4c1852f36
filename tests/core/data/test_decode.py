import threading
from collections import namedtuple
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data import decode as module
from core.data import threads as threading_module
from core.data.dataset import Dataset, DecodedDataset, Problem, Sample
from core.data.decode import decode
from core.errors import Cancelled, InputError

RNG = np.random.default_rng(0)


def picture(side: int = 20) -> np.ndarray:
    return RNG.integers(0, 256, (side, side, 3), dtype=np.uint8)


def dataset_of(samples: Sequence[Sample], classes: str = "ab", problems: tuple[Problem, ...] = ()) -> Dataset:
    return Dataset("toys", tuple(classes), tuple(samples), problems)


def toys(count: int = 12, masks: bool = True) -> Dataset:
    mask = np.zeros((20, 20), dtype=np.uint8)
    mask[:10] = 255
    return dataset_of(
        [Sample(f"{'ab'[i % 2]}/{i:03}", i % 2, picture(), mask if masks else None) for i in range(count)]
    )


def with_bad_ones(tmp_path: Path) -> Dataset:
    """Nine images: unreadable ones first, in the middle and last, and masks that cannot be used."""
    (tmp_path / "text.jpg").write_text("no image")
    Image.fromarray(picture()).save(tmp_path / "good.png")
    half = np.zeros((20, 20), dtype=np.uint8)
    half[:, 10:] = 255
    return dataset_of(
        [
            Sample("a/0", 0, tmp_path / "text.jpg", half),
            Sample("a/1", 0, tmp_path / "good.png", half),
            Sample("a/2", 0, picture(), np.zeros((10, 20), dtype=np.uint8)),
            Sample("b/0", 1, picture(), tmp_path / "text.jpg"),
            Sample("b/1", 1, tmp_path / "missing.png"),
            Sample("b/2", 1, picture(), half),
            Sample("c/0", 2, picture(), half),
            Sample("d/0", 3, picture()),
            Sample("d/1", 3, picture()),
            Sample("d/2", 3, tmp_path / "text.jpg"),
        ],
        "abcd",
        (Problem("e", "listed before"),),
    )


def test_sizes_and_types() -> None:
    decoded = decode(toys(), 16)
    assert len(decoded) == 12
    assert decoded.images.shape == (12, 3, 16, 16)
    assert decoded.images.dtype == np.uint8
    assert decoded.masks is not None
    assert decoded.masks.shape == (12, 16, 16)
    assert set(np.unique(decoded.masks)) == {0, 255}
    assert decoded.has_mask.dtype == np.bool_
    assert decoded.has_mask.all()
    assert decoded.labels.dtype == np.int64
    assert decoded.name == "toys"


def test_pixels_land_in_their_channel_and_place() -> None:
    dataset = toys()
    decoded = decode(dataset, 20)
    for row, sample in enumerate(dataset.samples):
        np.testing.assert_array_equal(decoded.images[row].transpose(1, 2, 0), sample.image)
        np.testing.assert_array_equal(decoded.masks[row], sample.mask)


def test_what_cannot_be_used_is_left_out_and_named(tmp_path: Path) -> None:
    dataset = with_bad_ones(tmp_path)
    decoded = decode(dataset, 20)
    assert decoded.classes == ("a", "b", "d")
    assert decoded.ids == ("a/1", "a/2", "b/0", "b/2", "d/0", "d/1")
    assert decoded.labels.tolist() == [0, 0, 1, 1, 2, 2]
    assert decoded.has_mask.tolist() == [True, False, False, True, False, False]
    by_id = {sample.id: sample for sample in dataset.samples}
    for row, name in enumerate(decoded.ids):
        if name != "a/1":
            np.testing.assert_array_equal(decoded.images[row].transpose(1, 2, 0), by_id[name].image)
    assert decoded.masks is not None
    np.testing.assert_array_equal(decoded.masks[3], by_id["b/2"].mask)
    assert not decoded.masks[[1, 2, 4, 5]].any()
    assert [problem.where for problem in decoded.problems] == ["e", "a/0", "a/2", "b/0", "b/1", "d/2", "c"]
    reasons = {problem.where: problem.reason for problem in decoded.problems}
    assert reasons["a/0"] == "no image that can be read, found a file starting b'no image'"
    assert reasons["a/2"] == "its mask is left out: it has 20 x 10 pixels, the image 20 x 20"
    assert reasons["b/0"].startswith("its mask is left out: no image that can be read")
    assert reasons["c"] == "a class needs at least 2 usable images, found 1"


@pytest.mark.parametrize("limit", [0, 2**40])
def test_large_data_live_in_a_file_and_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    dataset = with_bad_ones(tmp_path)
    expected = decode(dataset, 16)
    monkeypatch.setattr(module, "MEMORY_LIMIT", limit)
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())
    decoded = decode(dataset, 16)
    assert sorted(tmp_path.iterdir()) == before
    assert is_mapped(decoded.images) == is_mapped(decoded.masks) == (limit == 0)
    assert decoded.content_hash == expected.content_hash
    np.testing.assert_array_equal(decoded.images, expected.images)


def is_mapped(array: np.ndarray | None) -> bool:
    while isinstance(array, np.ndarray) and not isinstance(array, np.memmap):
        array = array.base
    return isinstance(array, np.memmap)


def test_no_room_for_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module, "MEMORY_LIMIT", 0)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: usage(10, 10, 1000))
    with pytest.raises(InputError, match=r"need 0\.0 GB of temporary space, found 0\.0 GB"):
        decode(toys(), 16)


def test_without_masks() -> None:
    decoded = decode(toys(masks=False), 16)
    assert decoded.masks is None
    assert not decoded.has_mask.any()


def test_masks_that_all_fail_leave_none() -> None:
    wrong = np.zeros((3, 3), dtype=np.uint8)
    decoded = decode(
        dataset_of([Sample(f"{c}/{i}", "ab".index(c), picture(), wrong) for c in "ab" for i in (0, 1)]), 16
    )
    assert decoded.masks is None
    assert len(decoded.problems) == 4


def test_too_few_classes_name_the_first_problem(tmp_path: Path) -> None:
    (tmp_path / "zero.png").touch()
    samples = [Sample("a/0", 0, picture()), Sample("a/1", 0, picture()), Sample("b/0", 1, tmp_path / "zero.png")]
    with pytest.raises(InputError) as caught:
        decode(dataset_of(samples), 16)
    assert str(caught.value) == (
        "toys: at least two classes with two usable images each are needed, found 1 "
        "(2 left out, first b/0: an image file is needed, found an empty file (0 bytes))"
    )


def test_hash_tells_every_change() -> None:
    dataset = toys()
    first, *rest = dataset.samples
    changed_pixel = np.array(first.image)
    changed_pixel[3, 4, 1] ^= 255
    changed_mask = np.array(first.mask)
    changed_mask[0, 0] ^= 255
    variants = [
        dataset,
        dataset_of([Sample(first.id, first.label, changed_pixel, first.mask), *rest]),
        dataset_of([Sample(first.id, first.label, first.image, changed_mask), *rest]),
        dataset_of([Sample(first.id, first.label, first.image), *rest]),
        dataset_of([Sample("other", first.label, first.image, first.mask), *rest]),
        dataset_of([Sample(first.id, 1, first.image, first.mask), *rest]),
    ]
    hashes = [decode(variant, 20).content_hash for variant in variants]
    assert len(set(hashes)) == len(variants)
    assert decode(dataset, 20).content_hash == hashes[0]
    assert len(hashes[0]) == 64


def test_progress_ends_complete_and_comes_from_the_caller() -> None:
    calls: list[tuple[int, int]] = []
    threads = set()

    def progress(done: int, total: int) -> None:
        calls.append((done, total))
        threads.add(threading.current_thread())

    decode(toys(50), 16, progress=progress)
    assert calls == sorted(calls)
    assert calls[-1] == (50, 50)
    assert threads == {threading.current_thread()}


def test_cancelling_stops_early_and_leaves_no_thread() -> None:
    before = threading.active_count()
    with pytest.raises(Cancelled):
        decode(toys(), 16, cancelled=lambda: True)
    assert threading.active_count() == before


def test_cancelling_stops_between_two_images(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first images wait until the caller has said stop, so almost none of the others may be decoded."""
    stop, started = threading.Event(), []
    release = threading.Timer(0.05, stop.set)
    load = module.load_image

    def slow(source: np.ndarray) -> np.ndarray:
        started.append(source)
        assert stop.wait(30)
        return load(source)

    def cancelled() -> bool:
        release.start()
        return True

    monkeypatch.setattr(module, "load_image", slow)
    with pytest.raises(Cancelled):
        decode(toys(200), 16, cancelled=cancelled)
    release.join()
    assert len(started) <= 8


def test_an_unexpected_error_in_a_thread_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: object) -> np.ndarray:
        raise ZeroDivisionError("bug")

    monkeypatch.setattr(module, "load_image", broken)
    with pytest.raises(ZeroDivisionError, match="bug"):
        decode(toys(100), 16)


def test_every_image_decoded_once_whatever_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = toys(41)
    results: list[DecodedDataset] = []
    for threads in (1, 2, 7):
        monkeypatch.setattr(threading_module, "_MAX_THREADS", threads)
        monkeypatch.setattr(threading_module.os, "cpu_count", lambda: 16)
        results.append(decode(dataset, 16))
    assert len({result.content_hash for result in results}) == 1
    assert results[0].ids == tuple(sample.id for sample in dataset.samples)


def test_masks_count_by_the_values_that_the_data_names() -> None:
    image, trimap = np.zeros((4, 4, 3), np.uint8), np.full((4, 4), 2, np.uint8)
    trimap[:2] = 1
    samples = tuple(Sample(f"{label}/{i}", label, image + label, trimap) for label in (0, 1) for i in (0, 1))
    found = decode(Dataset("pets", ("cat", "dog"), samples, foreground=frozenset({1})), 4)
    assert found.masks is not None
    assert found.has_mask.all()
    np.testing.assert_array_equal(found.masks[0], np.where(trimap == 1, 255, 0))
