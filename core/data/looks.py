"""What an image looks like, in a few bytes: so that it is found again after it was resized or stored anew."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SIDE = 32
"""Pixels of the grey picture that a hash is made of, in each direction."""
SMALL = 16
"""Pixels of the grey picture that is kept, in each direction."""
BITS = 6
"""Two images may be near duplicates where at most so many of the 64 bits of their hashes differ,"""
CORRELATION = 0.98
"""and are where their small pictures are at least so much correlated."""
_FLAT = 2.0
"""Standard deviation of grey values below which a picture shows nothing that could be compared."""
_BANDS = 4
_BAND_BITS = 64 // _BANDS
MOST_BITS = 2 * _BANDS - 1
"""Largest number of bits for which the search is exact."""
_AT_ONCE = 2_000_000
"""Candidates that are compared together."""

Pairs = NDArray[np.int64]


def _cosines(count: int, size: int) -> NDArray[np.float64]:
    """Rows 0 .. `count` - 1 of the discrete cosine transform (DCT-II) of `size` values, without its factors."""
    return np.cos(np.pi / size * np.outer(np.arange(count), np.arange(size) + 0.5))


_DCT = _cosines(8, SIDE)


def perceptual_hash(grey: NDArray[np.uint8]) -> np.uint64:
    """64 bits that change little when an image is resized, stored anew or made brighter.

    Each tells whether one of the 64 lowest frequencies of the picture is above the median of them; the mean of the
    picture, the lowest, is no matter.

    Source: Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010.

    Parameters
    ----------
    grey
        uint8 [32, 32]
    """
    frequencies = (_DCT @ grey.astype(np.float64) @ _DCT.T).ravel()
    frequencies[0] = 0.0
    bits = frequencies > np.median(frequencies[1:])
    return np.uint64(int.from_bytes(np.packbits(bits).tobytes(), "big"))


def small_picture(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Means of blocks of a grey picture [32, 32], uint8 [256]."""
    means = grey.reshape(SMALL, SIDE // SMALL, SMALL, SIDE // SMALL).mean(axis=(1, 3))
    small: NDArray[np.uint8] = np.rint(means).astype(np.uint8).ravel()
    return small


def is_flat(pictures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which small pictures [N, 256] show nothing, such as empty pages, bool [N]: they all look the same."""
    return np.asarray(pictures.std(axis=1) < _FLAT)


def near_pairs(
    hashes: NDArray[np.uint64], pictures: NDArray[np.uint8], bits: int = BITS
) -> Iterator[tuple[float, Pairs]]:
    """Pairs of images that look the same, and the share of the search that is done; every pair at least once.

    Of the four bands of 16 bits, one differs in at most one bit where the hashes differ in at most seven: so only
    images that share a band, or a band with one bit turned, are compared. Nothing within the limit is missed.

    Source: Norouzi, Punjani and Fleet, Fast Search in Hamming Space with Multi-Index Hashing, 2012.

    Parameters
    ----------
    hashes
        [N], see `perceptual_hash`
    pictures
        [N, 256], see `small_picture`
    bits
        Limit, at most 7.

    Yields
    ------
    float, int64 [P, 2]
        Share done, and pairs of positions, the smaller one first.

    Raises
    ------
    ValueError
        where the limit is larger.
    """
    if not 0 <= bits <= MOST_BITS:
        raise ValueError(f"bits must lie in 0..{MOST_BITS}, found {bits}")
    turned = [0, *(1 << bit for bit in range(_BAND_BITS))]
    for band in range(_BANDS):
        values = (hashes >> np.uint64(band * _BAND_BITS)).astype(np.uint16)
        order = np.argsort(values, kind="stable")
        ordered = values[order]
        for step, turn in enumerate(turned):
            share = (band + step / len(turned)) / _BANDS
            wanted = values ^ np.uint16(turn)
            first, end = (np.searchsorted(ordered, wanted, side) for side in ("left", "right"))
            for near in _candidates(order, first, end):
                yield share, _confirmed(near, hashes, pictures, bits)


def _candidates(order: NDArray[np.intp], first: NDArray[np.intp], end: NDArray[np.intp]) -> Iterator[Pairs]:
    """Pairs of each image with those in its range of `order`, the smaller position first, each pair once, in blocks."""
    counts = end - first
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    for start in range(0, total, _AT_ONCE):
        places = np.arange(start, min(start + _AT_ONCE, total))
        image = np.searchsorted(ends, places, side="right")
        other = order[first[image] + places - (ends[image] - counts[image])]
        ahead = image < other
        yield np.stack([image[ahead], other[ahead]], axis=1).astype(np.int64)


def _confirmed(pairs: Pairs, hashes: NDArray[np.uint64], pictures: NDArray[np.uint8], bits: int) -> Pairs:
    differing = np.bitwise_count(hashes[pairs[:, 0]] ^ hashes[pairs[:, 1]])
    pairs = pairs[differing <= bits]
    found = [block[_alike(pictures, block)] for block in np.array_split(pairs, len(pairs) // 50_000 + 1)]
    return np.concatenate(found)


def _alike(pictures: NDArray[np.uint8], pairs: Pairs) -> NDArray[np.bool_]:
    """Whether the pictures of each pair are correlated enough, bool [P]."""
    one, other = (_standardised(pictures[pairs[:, side]]) for side in (0, 1))
    return np.asarray(np.einsum("ij,ij->i", one, other) >= CORRELATION)


def same_as(pictures: NDArray[np.uint8], one: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which small pictures [N, 256] look the same as one of them [256], bool [N]."""
    return np.asarray(_standardised(pictures) @ _standardised(one[None])[0] >= CORRELATION)


def _standardised(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Without their means, and of length 1; those that show nothing are near no other."""
    values = pictures.astype(np.float32)
    values -= values.mean(axis=1, keepdims=True)
    lengths = np.sqrt(np.einsum("ij,ij->i", values, values))
    return np.asarray(values / np.maximum(lengths, 1e-6)[:, None])
