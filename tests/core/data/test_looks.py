"""Hashes and the search for near ones, beside a search through all pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.data.images import load_grey
from core.data.looks import (
    BITS,
    CORRELATION,
    SIDE,
    is_flat,
    near_pairs,
    perceptual_hash,
    same_as,
    small_picture,
)


def photograph(seed: int = 0, size: tuple[int, int] = (96, 64)) -> np.ndarray:
    """Smooth colours, as of a photograph, uint8 [H, W, 3]."""
    coarse = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), np.uint8)
    return np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC))


def look(image: np.ndarray) -> tuple[int, np.ndarray]:
    grey = load_grey(np.ascontiguousarray(image), SIDE)[1]
    return int(perceptual_hash(grey)), small_picture(grey)


def is_near(one: np.ndarray, other: np.ndarray) -> bool:
    (first, picture), (second, another) = look(one), look(other)
    return (first ^ second).bit_count() <= BITS and bool(same_as(picture[None], another)[0])


def test_a_hash_worked_by_hand() -> None:
    """A slope from left to right has only frequencies along the first row; of them, the odd ones, all negative."""
    grey = np.tile(np.arange(0, 256, 8, dtype=np.uint8), (SIDE, 1))
    cosines = [sum(8 * x * np.cos(np.pi / 32 * k * (x + 0.5)) for x in range(32)) for k in range(8)]
    assert all(value < -1 for value in cosines[1::2])
    bits = f"{int(perceptual_hash(grey)):064b}"
    assert [bits[place] for place in (1, 3, 5, 7)] == ["0"] * 4


@pytest.mark.parametrize("scale", [0.5, 2.0])
def test_resized_brighter_and_coarser_images_look_the_same(scale: float) -> None:
    image = photograph()
    size = (round(96 * scale), round(64 * scale))
    assert is_near(image, np.asarray(Image.fromarray(image).resize(size, Image.Resampling.LANCZOS)))
    assert is_near(image, (image // 2 + 60).astype(np.uint8))
    assert is_near(image, image // 16 * 16)


def test_others_do_not() -> None:
    images = [photograph(seed) for seed in range(12)]
    assert not any(is_near(one, other) for n, one in enumerate(images) for other in images[:n])
    assert not is_near(images[0], images[0][:, ::-1])


def test_empty_pages_show_nothing() -> None:
    white, noise = np.full(256, 255, np.uint8), np.arange(256, dtype=np.uint8)
    assert is_flat(np.stack([white, noise])).tolist() == [True, False]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 7), st.integers(0, 2**32), st.integers(0, 60))
def test_the_search_finds_exactly_the_pairs_within_the_limit(bits: int, seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    centres = random.integers(0, 2**63, 5, dtype=np.uint64)
    noise = np.array([sum(1 << int(b) for b in random.choice(64, random.integers(0, 7), False)) for _ in range(count)])
    hashes = centres[random.integers(0, 5, count)] ^ noise.astype(np.uint64)
    pictures = np.tile(np.arange(256, dtype=np.uint8), (count, 1))  # all the same, so that bits alone decide
    found = {(int(a), int(b)) for _, pairs in near_pairs(hashes, pictures, bits) for a, b in pairs}
    numbers = hashes.tolist()
    every = {(a, b) for b in range(count) for a in range(b) if (numbers[a] ^ numbers[b]).bit_count() <= bits}
    assert found == every


def test_pictures_that_differ_are_not_confirmed() -> None:
    hashes = np.zeros(3, np.uint64)
    slope = np.arange(256, dtype=np.uint8)
    pictures = np.stack([slope, slope[::-1], slope // 2])
    found = {(int(a), int(b)) for _, pairs in near_pairs(hashes, pictures) for a, b in pairs}
    assert found == {(0, 2)}
    assert np.corrcoef(slope, slope // 2)[0, 1] > CORRELATION


def test_a_limit_that_the_search_cannot_keep() -> None:
    with pytest.raises(ValueError, match=r"bits must lie in 0\.\.7, found 8"):
        next(near_pairs(np.zeros(1, np.uint64), np.zeros((1, 256), np.uint8), 8))
