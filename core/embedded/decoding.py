"""Decoding a stream of images by a few threads, a block ahead of whoever takes them."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Problem, Sample
from core.data.images import ImageError, load_image, resize_image

_MAX_THREADS = 8


class _Decoded(NamedTuple):
    sample: Sample
    image: NDArray[np.uint8]
    """[3, S, S]; of no pixels where it cannot be read."""
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Block:
    """Some images in their order, and those that could not be read."""

    images: NDArray[np.uint8]
    """[R, 3, S, S]"""
    samples: tuple[Sample, ...]
    """[R]"""
    problems: tuple[Problem, ...]


def decoded_blocks(samples: Iterator[Sample], size: int, images: int) -> Iterator[Block]:
    """Decode and resize images in blocks of so many; two blocks at most are in memory.

    Parameters
    ----------
    samples
        What to decode.
    size
        Side S of the square results, pixels.
    images
        Of a block, those that cannot be read among them.
    """
    threads = min(_MAX_THREADS, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")

    def begun() -> list[Future[_Decoded]]:
        return [pool.submit(_decode, sample, size) for sample in islice(samples, images)]

    try:
        ahead = begun()
        while ahead:
            now, ahead = ahead, begun()
            yield _block([future.result() for future in now], size)
    finally:
        pool.shutdown(cancel_futures=True)  # whoever gives up does not wait for two blocks


def _decode(sample: Sample, size: int) -> _Decoded:
    try:
        image = resize_image(load_image(sample.image), size)
    except ImageError as error:
        return _Decoded(sample, np.empty(0, np.uint8), error.reason)
    return _Decoded(sample, image.transpose(2, 0, 1))


def _block(found: list[_Decoded], size: int) -> Block:
    readable = [each for each in found if not each.reason]
    images = np.empty((len(readable), 3, size, size), np.uint8)
    for row, each in enumerate(readable):
        images[row] = each.image
    return Block(
        images,
        tuple(each.sample for each in readable),
        tuple(Problem(each.sample.id, each.reason) for each in found if each.reason),
    )
