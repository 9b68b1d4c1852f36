"""Decoded images that are kept: found again, whole or not at all, bounded, and shared."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data import decode as module
from core.data.cache import LIMIT_VARIABLE, ImageCache
from core.data.dataset import Dataset, DecodedDataset, Problem, Sample
from core.data.decode import decode
from core.data.folder import list_folder
from core.errors import Cancelled, InputError

SIZE = 8
BYTES = 8 * SIZE * SIZE * 4
"""Of the 8 images and masks of `folder`."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two classes of four images with masks."""
    random = np.random.default_rng(0)
    for name in "ab":
        for part in ("images", "masks"):
            (tmp_path / "set" / part / name).mkdir(parents=True)
        for number in range(4):
            image = random.integers(0, 256, (12, 10, 3), dtype=np.uint8)
            Image.fromarray(image).save(tmp_path / "set" / "images" / name / f"{number}.png")
            mask = np.where(image[..., 0] > 127, np.uint8(255), np.uint8(0))
            Image.fromarray(mask).save(tmp_path / "set" / "masks" / name / f"{number}.png")
    return tmp_path / "set"


@pytest.fixture
def cache(tmp_path: Path) -> ImageCache:
    return ImageCache(tmp_path / "cache", 10**9)


def read(folder: Path, cache: ImageCache | None, size: int = SIZE) -> DecodedDataset:
    return decode(list_folder(folder), size, cache=cache)


def assert_same(a: DecodedDataset, b: DecodedDataset) -> None:
    assert a.content_hash == b.content_hash
    assert (a.ids, a.classes, a.problems) == (b.ids, b.classes, b.problems)
    for name in ("images", "masks", "labels", "has_mask"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))


def forbid_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_image", lambda *_: pytest.fail("decoded again"))


def entries(cache: ImageCache) -> list[Path]:
    return sorted(path for path in cache.folder.iterdir() if not path.name.startswith("."))


def parts(cache: ImageCache) -> list[Path]:
    return list(cache.folder.glob(".part-*"))


def test_a_second_run_decodes_nothing(folder: Path, cache: ImageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, first = read(folder, None), read(folder, cache)
    forbid_decoding(monkeypatch)
    second = read(folder, cache)
    assert_same(plain, first)
    assert_same(plain, second)
    assert not second.images.flags.writeable
    assert (len(entries(cache)), parts(cache)) == (1, [])


def test_it_is_the_content_that_counts(folder: Path, cache: ImageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where the files are, nor what they are called."""
    first = read(folder, cache)
    moved = folder.rename(folder.with_name("moved"))
    for path in sorted((moved / "images" / "a").iterdir()):
        os.utime(path, (0, 0))
    forbid_decoding(monkeypatch)
    assert_same(first, read(moved, cache))


@pytest.mark.parametrize("part", ["images", "masks"])
def test_another_image_or_mask_is_decoded(folder: Path, cache: ImageCache, part: str) -> None:
    read(folder, cache)
    file = folder / part / "a" / "2.png"
    stamp = file.stat()
    Image.fromarray(np.asarray(Image.open(file)) ^ np.uint8(255)).save(file)
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert_same(read(folder, cache), read(folder, None))
    assert len(entries(cache)) == 2


def test_each_size_and_each_meaning_of_masks_is_another(folder: Path, cache: ImageCache) -> None:
    assert read(folder, cache, 8).images.shape[-1] == 8
    assert read(folder, cache, 4).images.shape[-1] == 4
    listed = list_folder(folder)
    named = Dataset(listed.name, listed.classes, listed.samples, foreground=frozenset({0}))
    found = decode(named, 8, cache=cache)
    assert found.masks is not None
    assert not np.array_equal(found.masks, read(folder, cache).masks)
    assert len(entries(cache)) == 3


def test_what_cannot_be_read_is_remembered_with_its_reason(
    folder: Path, cache: ImageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "images" / "a" / "1.png").write_bytes(b"no image")
    (folder / "masks" / "b" / "0.png").write_bytes(b"no mask")
    first = read(folder, cache)
    assert [problem.where for problem in first.problems] == ["a/1.png", "b/0.png"]
    forbid_decoding(monkeypatch)
    assert_same(first, read(folder, cache))


def test_a_class_that_is_too_small_is_left_out_of_what_is_kept(
    folder: Path, cache: ImageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "bc":
        (folder / "images" / "c").mkdir(exist_ok=True)
        Image.new("RGB", (4, 4), {"b": "red", "c": "blue"}[name]).save(folder / "images" / "c" / f"{name}.png")
    (folder / "images" / "c" / "b.png").write_bytes(b"no image")
    first = read(folder, cache)
    assert Problem("c", "a class needs at least 2 usable images, found 1") in first.problems
    forbid_decoding(monkeypatch)
    assert_same(first, read(folder, cache))


def test_arrays_are_not_kept(cache: ImageCache) -> None:
    image = np.zeros((8, 8, 3), np.uint8)
    samples = tuple(Sample(f"{label}/{i}", label, image) for label in (0, 1) for i in (0, 1))
    decode(Dataset("built in", ("a", "b"), samples), 8, cache=cache)
    assert not cache.folder.exists()


def test_progress_goes_to_the_end_once(folder: Path, cache: ImageCache) -> None:
    for _ in range(2):
        seen: list[tuple[int, int]] = []
        decode(
            list_folder(folder), SIZE, progress=lambda done, total, seen=seen: seen.append((done, total)), cache=cache
        )
        assert seen == sorted(seen)
        assert seen[-1] == (8, 8)


# --- room


def test_the_least_recently_used_go(folder: Path, cache: ImageCache) -> None:
    small = ImageCache(cache.folder, 4 * BYTES)
    for size in (8, 4):
        read(folder, small, size)
    [first] = [entry for entry in entries(small) if (entry / "images.u8").stat().st_size == 8 * 3 * 64]
    os.utime(first, (0, 0))
    read(folder, small, 8)  # used again: now it is the newer one
    read(folder, small, 13)  # for which the other has to go
    sizes = {(entry / "images.u8").stat().st_size for entry in entries(small)}
    assert sizes == {8 * 3 * 8 * 8, 8 * 3 * 13 * 13}
    total = sum(file.stat().st_size for entry in entries(small) for file in entry.iterdir())
    assert total <= 4 * BYTES + 200, "but for a few words about the newest"


def test_more_than_may_be_kept_is_not_kept(folder: Path, cache: ImageCache) -> None:
    tight = ImageCache(cache.folder, BYTES - 1)
    assert_same(read(folder, tight), read(folder, None))
    assert not cache.folder.exists()


def test_a_folder_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert_same(read(folder, ImageCache(tmp_path / "file", 10**9)), read(folder, None))


def test_no_room_after_all(folder: Path, cache: ImageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "mapped", refuse)
    assert_same(read(folder, cache), read(folder, None))
    assert (entries(cache), parts(cache)) == ([], [])


@pytest.mark.parametrize("text", ["much", "-1", "nan"])
def test_a_limit_that_is_none(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(LIMIT_VARIABLE, text)
    with pytest.raises(InputError, match=f"METRIC_EXPLORER_CACHE_GB: must be a number .* found '{text}'"):
        ImageCache.default()
    monkeypatch.setenv(LIMIT_VARIABLE, "0")
    assert ImageCache.default().limit == 0


# --- damage, kills, company


@pytest.mark.parametrize(
    ("file", "content"),
    [("content.json", b"{"), ("content.json", b"{}"), ("images.u8", b"short"), ("masks.u8", b"")],
)
def test_a_damaged_entry_is_made_anew(folder: Path, cache: ImageCache, file: str, content: bytes) -> None:
    first = read(folder, cache)
    [entry] = entries(cache)
    del first  # whose arrays are of this very file
    (entry / file).write_bytes(content)
    assert_same(read(folder, cache), read(folder, None))
    assert json.loads((entry / "content.json").read_text())["count"] == 8


def test_cancelled_it_leaves_nothing(folder: Path, cache: ImageCache) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1  # while decoding, after the files were looked through

    with pytest.raises(Cancelled):
        decode(list_folder(folder), SIZE, cancelled=cancelled, cache=cache)
    assert (entries(cache), parts(cache)) == ([], [])


_DIES = """
import os, signal, sys
from pathlib import Path
from core.data import cache
from core.data.decode import decode
from core.data.folder import list_folder

cache.ImageCache.keep = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
decode(list_folder(Path(sys.argv[1])), 8, cache=cache.ImageCache(Path(sys.argv[2]), 10**9))
"""


def test_a_process_that_was_killed_while_writing(folder: Path, cache: ImageCache) -> None:
    ended = subprocess.run([sys.executable, "-c", _DIES, str(folder), str(cache.folder)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (len(entries(cache)), len(parts(cache))) == (0, 1)
    assert_same(read(folder, cache), read(folder, None))
    assert (len(entries(cache)), parts(cache)) == (1, [])


def test_a_part_that_somebody_writes_is_left_alone(folder: Path, cache: ImageCache) -> None:
    with cache.place(10) as place:
        assert place is not None
        read(folder, cache)
        assert parts(cache) == [place]
    assert (len(entries(cache)), parts(cache)) == (1, [])


def test_what_is_open_stays_readable(folder: Path, cache: ImageCache) -> None:
    first = read(folder, cache)
    expected = np.array(first.images)
    cache._forget_oldest(0)
    assert entries(cache) == []
    np.testing.assert_array_equal(first.images, expected)


def test_two_that_finish_at_once_share_one(folder: Path, cache: ImageCache) -> None:
    mine = read(folder, cache)
    [entry] = entries(cache)
    with cache.place(BYTES) as place:
        assert place is not None
        work = module._Decoding(list_folder(folder), SIZE, place)
        for index in range(8):
            work.decode(index)
        kept = cache.keep(place, entry.name, work.result())
    assert kept is not None
    np.testing.assert_array_equal(kept.images, mine.images)
    assert entries(cache) == [entry]
