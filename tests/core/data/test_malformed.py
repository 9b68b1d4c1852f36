"""Five hundred malformed images made from good ones: none crashes, hangs, fills memory or goes unnamed."""

import struct
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.decode import decode
from core.data.folder import list_folder
from core.data.images import ImageError, load_grey, load_image

FORMATS = {
    "jpg": {},
    "png": {},
    "gif": {},
    "bmp": {},
    "tif": {"compression": "tiff_lzw"},
    "webp": {},
    "jp2": {},
    "avif": {},
}
FLIPS = 36
"""Files with flipped bits of each format."""
SECONDS = 2.0
MEGABYTES = 64


def good(folder: Path) -> dict[str, bytes]:
    """An image of each format."""
    random = np.random.default_rng(0)
    smooth = Image.fromarray(random.integers(0, 256, (6, 8, 3), dtype=np.uint8)).resize(
        (96, 72), Image.Resampling.BICUBIC
    )
    found = {}
    for suffix, options in FORMATS.items():
        path = folder / f"good.{suffix}"
        smooth.save(path, **options)
        found[suffix] = path.read_bytes()
    return found


def truncated(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """At every tenth of their length."""
    for suffix, content in files.items():
        for tenth in range(10):
            yield f"truncated-{tenth}.{suffix}", content[: len(content) * tenth // 10]


def flipped(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """A few bits, half of the time in the header, where they do most."""
    for suffix, content in files.items():
        for number in range(FLIPS):
            random = np.random.default_rng([number, len(content)])
            changed = np.frombuffer(content, dtype=np.uint8).copy()
            reach = min(64, len(changed)) if number % 2 else len(changed)
            for place in random.integers(0, reach, 1 + number % 5):
                changed[place] ^= np.uint8(1 << random.integers(8))
            yield f"flipped-{number:02}.{suffix}", changed.tobytes()


def mislabelled(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """With the ending of another format; these are fine."""
    names = list(files)
    for suffix, other in zip(names, names[1:] + names[:1], strict=True):
        yield f"mislabelled-{suffix}.{other}", files[suffix]
    for suffix in names:
        yield f"text.{suffix}", b"no image at all\n" * 50
        yield f"zeros.{suffix}", bytes(5000)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, bits: int, colour: int, data: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def absurd() -> Iterator[tuple[str, bytes]]:
    """Dimensions that nobody has memory for, none at all, and few bytes that unfold into many."""
    few = zlib.compress(b"\0" * 1000)
    for number, (width, height) in enumerate(
        [(2**31 - 1, 2**31 - 1), (0, 5), (5, 0), (60_000, 60_000), (10**8 + 1, 1)]
    ):
        yield f"size-{number}.png", png(width, height, 8, 2, few)
        yield (
            f"size-{number}.bmp",
            b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, width, height, 1, 24, *[0] * 6),
        )
        yield f"size-{number}.gif", b"GIF89a" + struct.pack("<HHBBB", width % 65536, height % 65536, 0, 0, 0) + b"\x3b"
    for level in range(10):
        yield f"bomb-{level}.png", png(30_000 + level, 30_000, 8, 2, zlib.compress(bytes(10**6), 9))


def odd(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Modes that few programs write, and depths that do not fit their colour types."""
    image = Image.fromarray(np.random.default_rng(1).integers(0, 256, (24, 32, 3), dtype=np.uint8))
    for mode in ("1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "LAB", "I;16", "I", "F"):
        for suffix in ("tif", "png", "jpg", "webp", "jp2"):
            path = folder / "odd"
            try:
                image.convert("L" if mode.startswith("I;") else mode).convert(mode).save(
                    path, Image.registered_extensions()[f".{suffix}"]
                )
            except (OSError, ValueError, KeyError):
                continue
            yield f"odd-{mode.replace(';', '')}.{suffix}", path.read_bytes()
    for colour in range(8):
        for bits in (1, 3, 8, 16):
            yield f"png-{colour}-{bits}.png", png(8, 8, bits, colour, zlib.compress(bytes(600)))


def bad_exif(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Orientations that do not exist, and EXIF data that is none."""
    image = Image.new("RGB", (16, 12), "red")
    path = folder / "exif.jpg"
    for number in range(20):
        random = np.random.default_rng(number)
        exif = Image.Exif()
        exif[0x0112] = [0, 9, 255, 65535][number % 4]
        content = exif.tobytes() if number < 4 else b"Exif\0\0" + random.bytes(10 + 7 * number)
        image.save(path, exif=content)
        yield f"exif-{number:02}.jpg", path.read_bytes()


def everything(folder: Path) -> dict[str, bytes]:
    files = good(folder)
    return dict([*truncated(files), *flipped(files), *mislabelled(files), *absurd(), *odd(folder), *bad_exif(folder)])


@pytest.fixture(scope="module")
def malformed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return everything(tmp_path_factory.mktemp("good"))


def test_there_are_five_hundred(malformed: dict[str, bytes]) -> None:
    assert len(malformed) >= 500


def test_each_is_an_image_or_one_sentence(malformed: dict[str, bytes], tmp_path: Path) -> None:
    refusals: dict[Path, str] = {}
    for name, content in malformed.items():
        path = tmp_path / name
        path.write_bytes(content)
        began = time.monotonic()
        tracemalloc.start()
        try:
            image = load_image(path)
            assert image.ndim == 3
            assert image.size > 0
        except ImageError as error:
            refusals[path] = str(error)
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert time.monotonic() - began < SECONDS, name
        assert peak < MEGABYTES * 2**20, (name, peak)
        path.unlink()
    assert len(refusals) > 150, "many are no images any more"
    for path, sentence in refusals.items():
        assert sentence.startswith(f"{path}: ")
        assert "\n" not in sentence


def test_a_small_picture_is_had_of_the_same_files(malformed: dict[str, bytes], tmp_path: Path) -> None:
    """Inspecting and decoding must call the same images unreadable, and agree on the size of the others."""
    for name, content in malformed.items():
        (tmp_path / name).write_bytes(content)
        try:
            height, width, _ = load_image(tmp_path / name).shape
        except ImageError:
            with pytest.raises(ImageError):
                load_grey(tmp_path / name, 32)
            continue
        size, picture = load_grey(tmp_path / name, 32)
        assert size == (width, height), name
        assert picture.shape == (32, 32)


def test_a_folder_of_them_is_decoded_and_each_one_is_named(malformed: dict[str, bytes], tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / "set" / folder).mkdir(parents=True)
        for number in range(2):
            Image.new("RGB", (8, 8), (10 * number, 0, 0)).save(tmp_path / "set" / folder / f"good-{number}.png")
    for name, content in malformed.items():
        (tmp_path / "set" / "a" / name).write_bytes(content)
    data = decode(list_folder(tmp_path / "set"), 16)
    named = {problem.where for problem in data.problems}
    assert {f"b/good-{number}.png" for number in range(2)} <= set(data.ids)
    assert named.isdisjoint(data.ids)
    assert named | set(data.ids) == {f"a/{name}" for name in malformed} | {
        f"{f}/good-{n}.png" for f in "ab" for n in (0, 1)
    }
