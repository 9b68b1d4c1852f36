"""How an image is kept in a gallery: as the model sees it, without loss, and small for showing."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.data.images import ImageSource, load_image, note_on, resize_image
from core.errors import InputError

THUMBNAIL_SIDE = 96
"""Pixels of the longer side at most."""
_QUALITY = 90
_NAMELESS = "image without a file"


@dataclass(frozen=True)
class KeptImage:
    """An image on its way into a gallery."""

    caption: str
    path: str | None
    """Where it came from."""
    digest: bytes
    """Of the pixels: equal for images that the model cannot tell apart."""
    picture: bytes
    """As the model takes it, as PNG, from which `pixels_of` makes the very same pixels."""
    thumbnail: bytes
    """JPEG with the image's own proportions."""
    note: str | None = None
    """What is to be said of it, such as that it is the first frame of an animation."""


@dataclass(frozen=True, eq=False)
class SeenImage:
    """The same with what a model sees in it."""

    kept: KeptImage
    embedding: NDArray[np.float32]
    """[D]"""
    weights: str
    """Digest of the weights it is by."""
    step: int
    """Their step."""


def kept_image(source: ImageSource, size: int, caption: str | None = None) -> tuple[KeptImage, NDArray[np.uint8]]:
    """Decode an image and make what is kept of it; and its pixels as the model takes them, [S, S, 3].

    Raises
    ------
    InputError
        where it cannot be read.
    """
    original = load_image(source)
    pixels = resize_image(original, size)
    path = Path(source) if isinstance(source, (str, Path)) else None
    image = KeptImage(
        caption=_storable(caption or (_NAMELESS if path is None else path.name)),
        path=None if path is None else _storable(str(path.absolute())),
        digest=hashlib.sha256(pixels.tobytes()).digest(),
        picture=_png(pixels),
        thumbnail=_thumbnail(original),
        note=note_on(source),
    )
    return image, pixels


def pixels_of(picture: bytes, size: int) -> NDArray[np.uint8]:
    """The pixels [S, S, 3] of a kept picture.

    Raises
    ------
    InputError
        where it is damaged.
    """
    try:
        pixels = load_image(Image.open(BytesIO(picture), formats=["PNG"]))
    except (InputError, OSError, ValueError, SyntaxError) as error:
        raise InputError(f"a picture of the gallery is damaged ({error})") from error
    if pixels.shape != (size, size, 3):
        raise InputError(f"a picture of the gallery must have {size} x {size} pixels, found {list(pixels.shape[:2])}")
    return pixels


def _png(pixels: NDArray[np.uint8]) -> bytes:
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def _thumbnail(pixels: NDArray[np.uint8]) -> bytes:
    image = Image.fromarray(pixels)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    stream = BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, subsampling=0)
    return stream.getvalue()


def _storable(text: str) -> str:
    """A file name with those bytes replaced that are no UTF-8, which a file system allows."""
    return text.encode("utf-8", "replace").decode()
