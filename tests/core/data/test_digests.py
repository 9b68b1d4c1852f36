import hashlib
from pathlib import Path

import numpy as np
import pytest

from core.data.dataset import ImageFile, Sample
from core.data.digests import Digests, digest


def key(*files: ImageFile, mask: ImageFile | None = None, way: str = "64 px") -> str:
    digests = Digests([Sample(str(place), 0, file, mask) for place, file in enumerate(files)])
    for place in range(len(files)):
        digests.take(place)
    return digests.key(way)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    path.write_bytes(b"content")
    return path


def test_a_file_is_told_by_its_bytes_alone(file: Path) -> None:
    assert digest(file) == hashlib.sha256(b"content").digest()
    assert digest(file.rename(file.with_name("b.png"))) == hashlib.sha256(b"content").digest()


def test_pixels_are_told_by_their_shape_too() -> None:
    pixels = np.arange(12, dtype=np.uint8)
    assert digest(pixels.reshape(2, 6)) != digest(pixels.reshape(3, 4))


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.png"):
        digest(tmp_path / "none.png")


def test_a_key_is_of_all_images_in_their_order_and_of_how_they_are_decoded(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    other.write_bytes(b"another")
    keys = {
        key(file, other),
        key(other, file),
        key(file),
        key(file, mask=other),
        key(file, other, way="32 px"),
        key(file, tmp_path / "none.png"),
    }
    assert len(keys) == 6
    assert key(file, other) == key(file, other)
