"""Safe decoding: whatever an image file holds ends as RGB or as one clear error, never as a crash or gigabytes."""

import logging
import os
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from core.errors import InputError

logger = logging.getLogger(__name__)

ImageSource = Path | str | Image.Image | NDArray[np.uint8]
"""A file, a PIL image, or a uint8 array: [H, W, 3] for an image, [H, W] for a mask."""

MAX_MEGAPIXELS = 100.0
"""Larger images are refused by their header, before a few bytes can unfold into gigabytes; see `pixel_limit`."""
LIMIT_VARIABLE = "METRIC_EXPLORER_MAX_MEGAPIXELS"
"""Environment variable that sets another limit, for the window and the command line alike."""

IMAGE_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .gif .bmp .tif .tiff .webp .ppm .pgm .pbm .pnm .avif .jp2 .j2k".split()
)
"""File name endings of the formats that can be decoded, lower case."""

# Named one by one: Pillow knows formats that start other programs (EPS) or have never been hardened.
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "AVIF", "JPEG2000")

# Not JPEG: the second picture that telephones hide in a file is no frame.
_ANIMATION = "an animation", "frames"
_FRAMES = {
    "GIF": _ANIMATION,
    "PNG": _ANIMATION,
    "WEBP": _ANIMATION,
    "AVIF": _ANIMATION,
    "TIFF": ("a file of pages", "pages"),
}

# What Pillow's decoders raise on damaged files; the Warning is for a process that turns warnings into errors.
_DECODE_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)

_PILLOW_FILTER = ("ignore", None, Warning, re.compile(r"PIL\."), 0)

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)
"""Orientations that change width and height for one another."""
_DRAFT = 4
"""Pixels, at least, that are decoded in each direction for one of a small picture."""


class ImageError(InputError):
    """An image or mask that cannot be used.

    Parameters
    ----------
    where
        The file, or a word for an image that has none.
    reason
        The rule and what was found, without the file's name.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


def load_image(source: ImageSource) -> NDArray[np.uint8]:
    """Decode an image to RGB, uint8 [H, W, 3]; safe to call from several threads.

    Turned upright by its EXIF orientation; transparent parts become white; of an animation the first frame;
    16-bit grey is scaled from its full range, floating point from 0..1.

    Raises
    ------
    ImageError
        where there is no file, or it is empty, truncated, no image, or larger than `pixel_limit` allows.
    """
    if isinstance(source, np.ndarray):
        return _checked_array(source, "uint8 [H, W, 3]", source.ndim == 3 and source.shape[2] == 3)
    return _decode(source, _rgb)


def load_grey(source: Path | NDArray[np.uint8], side: int) -> tuple[tuple[int, int], NDArray[np.uint8]]:
    """Width and height of an image, and a small grey picture of it, uint8 [side, side]; both upright as `load_image`.

    A JPEG file is read whole, but decoded at no more than the size that the picture needs, which is faster and takes
    less memory.

    Raises
    ------
    ImageError
        as `load_image`.
    """
    if isinstance(source, np.ndarray):
        image = load_image(source)
        return (image.shape[1], image.shape[0]), _shrunk(image, side)
    _silence_pillow()
    where = str(source)
    with _open_file(source) as stream:
        image_file = _identify(stream, where)
        width, height = image_file.size
        _check_size(image_file, where)
        try:
            image_file.draft("L", (_DRAFT * side, _DRAFT * side))
        except _DECODE_ERRORS as error:
            raise ImageError(where, _damage(error)) from error
        picture = _converted(image_file, where, lambda image: _shrunk(_rgb(image), side))
        turned = _orientation(image_file, where) in _LYING  # not before: of a PNG file, it would swallow the damage
    return ((height, width) if turned else (width, height)), picture


def load_mask(source: ImageSource, foreground: Collection[int] | None = None) -> NDArray[np.uint8]:
    """Decode a mask to uint8 [H, W] with 255 for foreground and 0 for background.

    Parameters
    ----------
    source
        a file, a PIL image or a uint8 array [H, W].
    foreground
        values of pixels that are foreground, as a trimap or numbered objects have them: grey values, or places in a
        palette. None: the upper half of the value range: above 127 of 255, above 32767 in a 16-bit
        mask that goes beyond 255, and 1 where nothing is larger than 1. A coloured mask counts by its brightest
        channel, a transparent part is background.

    Raises
    ------
    ImageError
        as `load_image`; where no value is said to be foreground and all above 1 lie in the lower half; where values
        are named and the mask has none, but colours.
    """
    where = (
        "mask array" if isinstance(source, np.ndarray) else str(source) if isinstance(source, (Path, str)) else "mask"
    )
    read = _brightness if foreground is None else _numbers
    if isinstance(source, np.ndarray):
        values = _checked_array(source, "uint8 [H, W]", source.ndim == 2)
    else:
        values = _decode(source, read)
    if foreground is None:
        return _binary(values, where)
    return np.where(np.isin(values, list(foreground)), np.uint8(255), np.uint8(0))


def pixel_limit() -> int:
    """Pixels that an image may have: `MAX_MEGAPIXELS`, or what the environment variable `LIMIT_VARIABLE` says.

    Raises
    ------
    InputError
        where that is no number above 0.
    """
    text = os.environ.get(LIMIT_VARIABLE, "")
    try:
        megapixels = float(text) if text else MAX_MEGAPIXELS
    except ValueError:
        megapixels = 0.0
    if not 0 < megapixels < 1e6:
        raise InputError(f"{LIMIT_VARIABLE}: must be a number of megapixels above 0, found {text!r}")
    return int(megapixels * 1e6)


def note_on(source: ImageSource) -> str | None:
    """What is to be said of an animation or of pages, of which only the first is looked at; None for any other image.

    Reads no more than a file's headers, and says nothing of a file that cannot be read: `load_image` does.
    """
    if isinstance(source, Image.Image):
        return _frames_note(source)
    if isinstance(source, np.ndarray):
        return None
    _silence_pillow()
    try:
        with _open_file(Path(source)) as stream:
            return _frames_note(_identify(stream, str(source)))
    except ImageError:
        return None


def resize_image(image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Resize uint8 [H, W, 3] to [size, size, 3], antialiased.

    Stretched to the square rather than cropped or padded: no part of the object is lost, a mask stays aligned,
    and there are no bars whose width would tell the network about the camera instead of the object.
    """
    if image.shape[:2] == (size, size):
        return image
    resized = Image.fromarray(image).resize((size, size), Image.Resampling.BICUBIC, reducing_gap=3.0)
    return np.array(resized)


def resize_mask(mask: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Resize a 0/255 mask uint8 [H, W] to [size, size]; a pixel is foreground where at least half of it was."""
    if mask.shape == (size, size):
        return mask
    average = np.asarray(Image.fromarray(mask).resize((size, size), Image.Resampling.BOX))
    return np.where(average >= 128, np.uint8(255), np.uint8(0))


def _checked_array(array: NDArray[np.uint8], rule: str, shape_fits: bool) -> NDArray[np.uint8]:
    if array.dtype != np.uint8 or not shape_fits or array.size == 0:
        found = f"{array.dtype} {list(array.shape)}"
        raise ImageError("image array", f"must be {rule} with at least one pixel, found {found}")
    return array


def _decode(source: Path | str | Image.Image, convert: Callable[[Image.Image], NDArray[Any]]) -> NDArray[Any]:
    _silence_pillow()
    if isinstance(source, Image.Image):
        return _converted(source, str(getattr(source, "filename", "") or "image"), convert)
    where = str(source)
    with _open_file(Path(source)) as stream:
        return _converted(_identify(stream, where), where, convert)


def _silence_pillow() -> None:
    """Keep Pillow's remarks on odd files out of stderr.

    A lasting filter for Pillow's modules alone: `warnings.catch_warnings` swaps the filters of every thread.
    """
    if _PILLOW_FILTER not in warnings.filters:
        warnings.filterwarnings("ignore", module=r"PIL\.")


def _frames_note(image: Image.Image) -> str | None:
    kind = _FRAMES.get(image.format or "")
    if kind is None:
        return None
    try:
        frames = getattr(image, "n_frames", 1)
    except _DECODE_ERRORS:
        return None
    return f"{kind[0]}: the first of its {frames} {kind[1]} is used" if frames > 1 else None


def _open_file(path: Path) -> BinaryIO:
    if not path.is_file():
        raise ImageError(str(path), "an image file is needed, found " + ("a folder" if path.is_dir() else "no file"))
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ImageError(str(path), f"the file cannot be opened ({error.strerror})") from error
    if os.fstat(stream.fileno()).st_size == 0:
        stream.close()
        raise ImageError(str(path), "an image file is needed, found an empty file (0 bytes)")
    return stream


def _identify(stream: BinaryIO, where: str) -> Image.Image:
    # Pillow's own limit, which it doubles before it refuses, is for programs that do not look at the header.
    limit = Image.MAX_IMAGE_PIXELS = max(pixel_limit(), int(MAX_MEGAPIXELS * 1e6))
    try:
        return Image.open(stream, formats=_FORMATS)
    except UnidentifiedImageError as error:
        stream.seek(0)
        raise ImageError(where, f"no image that can be read, found a file starting {stream.read(8)!r}") from error
    except Image.DecompressionBombError as error:
        raise ImageError(where, f"{_size_rule()}, found more than {2 * limit / 1e6:g}") from error
    except _DECODE_ERRORS as error:
        raise ImageError(where, _damage(error)) from error


def _converted(image: Image.Image, where: str, convert: Callable[[Image.Image], NDArray[Any]]) -> NDArray[Any]:
    _check_size(image, where)
    try:
        image.load()
        return convert(_upright(image, where))
    except _DECODE_ERRORS as error:
        raise ImageError(where, _damage(error)) from error


def _check_size(image: Image.Image, where: str) -> None:
    width, height = image.size
    if width * height > pixel_limit():
        raise ImageError(where, f"{_size_rule()}, found {width} x {height} pixels")
    if width * height == 0:
        raise ImageError(where, f"an image needs at least one pixel, found {width} x {height}")


def _shrunk(image: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    grey = Image.fromarray(image).convert("L")
    return np.asarray(grey.resize((side, side), Image.Resampling.BOX))


def _damage(error: BaseException) -> str:
    return f"the image is damaged or of an unknown kind ({str(error) or type(error).__name__})"


def _size_rule() -> str:
    return f"an image may have at most {pixel_limit() / 1e6:g} megapixels ({LIMIT_VARIABLE} sets another limit)"


def _upright(image: Image.Image, where: str) -> Image.Image:
    orientation = _orientation(image, where)
    return image if orientation is None else image.transpose(_UPRIGHT[orientation])


def _orientation(image: Image.Image, where: str) -> int | None:
    """How an image is turned or mirrored, as EXIF numbers it; None where it stands upright or nothing is known."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except _DECODE_ERRORS as error:
        logger.debug("%s: EXIF data cannot be read (%s)", where, error)
        return None
    return orientation if isinstance(orientation, int) and orientation in _UPRIGHT else None


def _rgb(image: Image.Image) -> NDArray[np.uint8]:
    if _is_deep(image):
        return np.repeat(_grey_of_deep(image)[:, :, None], 3, axis=2)
    if image.has_transparency_data:
        image = _flattened(image, "white")
    # Converting to the same mode would copy all pixels once more.
    return np.array(image if image.mode == "RGB" else image.convert("RGB"))


def _brightness(image: Image.Image) -> NDArray[Any]:
    """Value of each pixel [H, W], in the image's own range."""
    if _is_deep(image):
        return np.asarray(image)
    if image.has_transparency_data:
        image = _flattened(image, "black")
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    brightest: NDArray[np.uint8] = np.asarray(image.convert("RGB")).max(axis=2)
    return brightest


def _numbers(image: Image.Image) -> NDArray[Any]:
    """Value of each pixel [H, W] as it is stored: a grey value, or a place in the palette."""
    if image.mode not in ("1", "L", "P") and not _is_deep(image):
        raise ValueError(f"a mask whose values are named must be grey or have a palette, found mode {image.mode}")
    return np.asarray(image)


def _binary(values: NDArray[Any], where: str) -> NDArray[np.uint8]:
    largest = values.max()
    limit = 0.5 if largest <= 1 else 127 if largest <= 255 else 32767
    if 1 < largest <= limit:
        raise ImageError(where, f"the foreground of a mask must be 1 or above {limit}, found {largest:g} at most")
    return np.where(values > limit, np.uint8(255), np.uint8(0))


def _is_deep(image: Image.Image) -> bool:
    """Whether pixels have more than 8 bits; Pillow would clip them to 255 instead of scaling."""
    return image.mode == "F" or image.mode.startswith("I")


def _grey_of_deep(image: Image.Image) -> NDArray[np.uint8]:
    values = np.asarray(image)
    full = 1 if image.mode == "F" else 65535
    low, high = values.min(), values.max()
    if not (low >= 0 and high <= full):
        raise ValueError(f"grey values of mode {image.mode} must lie in 0..{full}, found {low:g}..{high:g}")
    grey = np.rint(values * np.float32(255 / full)).astype(np.uint8)
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey[values == transparent] = 255
    return grey


def _flattened(image: Image.Image, background: str) -> Image.Image:
    canvas = Image.new("RGBA", image.size, background)
    canvas.alpha_composite(image.convert("RGBA"))
    return canvas.convert("RGB")
