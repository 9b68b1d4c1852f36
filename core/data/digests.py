"""What tells the content of image files apart, whatever they are called."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import PIL

from core.data.dataset import ImageFile, Sample
from core.data.images import pixel_limit

_VERSION = 1
"""Of how images are decoded; another one makes every key another."""


class Digests:
    """Digest of the image and of the mask of each sample, taken by several threads."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._samples = samples
        self._found = [b""] * len(samples)

    def take(self, index: int) -> None:
        """Read a sample's files."""
        sample = self._samples[index]
        self._found[index] = b"|".join(_digest_or_fault(file) for file in (sample.image, sample.mask))

    def key(self, way: str) -> str:
        """Of all samples in their order, decoded in this way and by these libraries."""
        whole = hashlib.sha256(f"{_VERSION} {PIL.__version__} {pixel_limit()} {way}".encode())
        for each in self._found:
            whole.update(b"\0" + each)
        return whole.hexdigest()


def digest(source: ImageFile) -> bytes:
    """SHA-256 of a file's bytes, or of pixels that have no file.

    Raises
    ------
    OSError
        where the file cannot be read.
    """
    if not isinstance(source, Path):
        return hashlib.sha256(f"{source.shape}".encode() + source.tobytes()).digest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _digest_or_fault(source: ImageFile | None) -> bytes:
    try:
        return b"" if source is None else digest(source)
    except OSError as error:
        return str(error.errno).encode()  # decoding will say so
