import os
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.images import (
    IMAGE_SUFFIXES,
    LIMIT_VARIABLE,
    ImageError,
    load_image,
    load_mask,
    note_on,
    resize_image,
    resize_mask,
)
from core.errors import InputError, printable

RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
CORNERS = np.array([[RED, GREEN, BLUE], [WHITE, BLACK, (10, 200, 90)]], dtype=np.uint8)


def png_bytes(width: int, height: int, bits: int, colour_type: int, data: bytes, extra: bytes = b"") -> bytes:
    """A PNG put together by hand, for kinds that Pillow does not write."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.tif", "a.ppm", "a.gif"])
def test_exact_formats_give_their_pixels(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / name, Image.fromarray(CORNERS))
    for source in (path, str(path)):
        image = load_image(source)
        assert image.dtype == np.uint8
        np.testing.assert_array_equal(image, CORNERS)


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.avif", "a.jp2", "a.jpeg", "a.jfif"])
def test_lossy_formats_give_nearly_their_pixels(tmp_path: Path, name: str) -> None:
    colour = np.full((32, 48, 3), (200, 100, 50), dtype=np.uint8)
    image = load_image(saved(tmp_path / name, Image.fromarray(colour)))
    assert image.shape == colour.shape
    assert np.abs(image.astype(int) - colour).max() <= 6


def test_every_listed_suffix_has_a_decoder() -> None:
    Image.init()
    known = {suffix for suffix, name in Image.registered_extensions().items() if name in Image.OPEN}
    assert known >= IMAGE_SUFFIXES


@pytest.mark.parametrize(
    ("orientation", "upright"),
    [
        (1, CORNERS),
        (2, np.fliplr(CORNERS)),
        (3, np.rot90(CORNERS, 2)),
        (4, np.flipud(CORNERS)),
        (5, CORNERS.transpose(1, 0, 2)),
        (6, np.rot90(CORNERS, -1)),
        (7, np.rot90(CORNERS, 2).transpose(1, 0, 2)),
        (8, np.rot90(CORNERS, 1)),
        (9, CORNERS),
    ],
)
@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_exif_orientation(tmp_path: Path, name: str, orientation: int, upright: np.ndarray) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(tmp_path / name, Image.fromarray(CORNERS), exif=exif)
    np.testing.assert_array_equal(load_image(path), upright)
    with Image.open(path) as lazy:
        np.testing.assert_array_equal(load_image(lazy), upright)


def test_mask_is_turned_like_its_photo(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    mask = np.array([[255, 0, 0], [0, 0, 0]], dtype=np.uint8)
    path = saved(tmp_path / "mask.png", Image.fromarray(mask), exif=exif)
    np.testing.assert_array_equal(load_mask(path), np.rot90(mask, -1))


def test_grey_one_bit_and_palette(tmp_path: Path) -> None:
    grey = np.array([[0, 100, 255]], dtype=np.uint8)
    np.testing.assert_array_equal(load_image(saved(tmp_path / "l.png", Image.fromarray(grey))), rgb(grey))
    bits = Image.fromarray(grey).convert("1", dither=Image.Dither.NONE)
    np.testing.assert_array_equal(load_image(saved(tmp_path / "1.png", bits)), rgb(np.array([[0, 0, 255]])))
    palette = Image.fromarray(CORNERS).convert("P", palette=Image.Palette.ADAPTIVE, colors=6)
    assert palette.mode == "P"
    np.testing.assert_array_equal(load_image(saved(tmp_path / "p.png", palette)), CORNERS)


def test_transparency_becomes_white(tmp_path: Path) -> None:
    rgba = np.zeros((1, 3, 4), dtype=np.uint8)
    rgba[0, :, 3] = (0, 255, 51)  # black: invisible, full, one fifth
    expected = rgb(np.array([[255, 0, 204]]))
    np.testing.assert_array_equal(load_image(saved(tmp_path / "rgba.png", Image.fromarray(rgba))), expected)
    np.testing.assert_array_equal(load_image(saved(tmp_path / "la.png", Image.fromarray(rgba).convert("LA"))), expected)
    np.testing.assert_array_equal(load_image(Image.fromarray(rgba).convert("RGBa")), expected)


@pytest.mark.parametrize("transparency", [1, b"\xff\x00\xff"])
def test_transparent_palette_entry_becomes_white(tmp_path: Path, transparency: int | bytes) -> None:
    palette = Image.fromarray(np.array([[0, 1, 2]], dtype=np.uint8)).convert("P")
    palette.putpalette([*RED, *GREEN, *BLUE])
    path = saved(tmp_path / "p.png", palette, transparency=transparency)
    np.testing.assert_array_equal(load_image(path), np.array([[RED, WHITE, BLUE]]))


def test_transparent_colour_of_plain_images_becomes_white(tmp_path: Path) -> None:
    image = Image.fromarray(CORNERS)
    expected = CORNERS.copy()
    expected[0, 1] = WHITE
    np.testing.assert_array_equal(load_image(saved(tmp_path / "a.png", image, transparency=GREEN)), expected)
    deep = png_bytes(2, 1, 16, 0, b"\0" + struct.pack(">2H", 5000, 0), chunk(b"tRNS", struct.pack(">H", 5000)))
    (tmp_path / "deep.png").write_bytes(deep)
    np.testing.assert_array_equal(load_image(tmp_path / "deep.png"), rgb(np.array([[255, 0]])))


def test_sixteen_bit_is_scaled_from_its_full_range(tmp_path: Path) -> None:
    deep = np.array([[0, 257, 300, 32896, 65535]], dtype=np.uint16)
    expected = rgb(np.array([[0, 1, 1, 128, 255]]))
    np.testing.assert_array_equal(load_image(saved(tmp_path / "a.png", Image.fromarray(deep))), expected)
    np.testing.assert_array_equal(load_image(saved(tmp_path / "a.tif", Image.fromarray(deep))), expected)
    np.testing.assert_array_equal(load_image(saved(tmp_path / "a.pgm", Image.fromarray(deep))), expected)
    big_endian = Image.frombytes("I;16B", (5, 1), deep.astype(">u2").tobytes())
    np.testing.assert_array_equal(load_image(big_endian), expected)
    wide = Image.fromarray(deep.astype(np.int32))
    assert wide.mode == "I"
    np.testing.assert_array_equal(load_image(saved(tmp_path / "wide.tif", wide)), expected)


def test_sixteen_bit_colour(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_bytes(2, 1, 16, 2, b"\0" + struct.pack(">6H", 65535, 0, 0x8000, 1, 2, 3)))
    np.testing.assert_array_equal(load_image(tmp_path / "a.png"), np.array([[(255, 0, 128), (0, 0, 0)]]))


def test_floating_point_is_scaled_from_one(tmp_path: Path) -> None:
    values = np.array([[0.0, 0.5, 1.0]], dtype=np.float32)
    path = saved(tmp_path / "f.tif", Image.fromarray(values))
    np.testing.assert_array_equal(load_image(path), rgb(np.array([[0, 128, 255]])))


@pytest.mark.parametrize("value", [-1.0, 1.5, np.nan])
def test_grey_values_without_a_known_range_are_refused(tmp_path: Path, value: float) -> None:
    path = saved(tmp_path / "f.tif", Image.fromarray(np.array([[0.0, value]], dtype=np.float32)))
    with pytest.raises(ImageError, match=r"f\.tif: .*must lie in 0\.\.1, found"):
        load_image(path)


def test_integers_beyond_sixteen_bit_are_refused() -> None:
    with pytest.raises(ImageError, match=r"must lie in 0\.\.65535, found 0\.\.70000"):
        load_image(Image.fromarray(np.array([[0, 70000]], dtype=np.int32)))


def test_cmyk_and_ycbcr(tmp_path: Path) -> None:
    cmyk = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    for path in (saved(tmp_path / "a.jpg", cmyk, quality=95), saved(tmp_path / "a.tif", cmyk)):
        assert np.abs(load_image(path).astype(int) - RED).max() <= 4
    ycbcr = Image.new("RGB", (4, 4), RED).convert("YCbCr")
    assert np.abs(load_image(ycbcr).astype(int) - RED).max() <= 2


def test_hsv_and_lab() -> None:
    np.testing.assert_array_equal(load_image(Image.new("HSV", (1, 1), (0, 255, 255))), [[RED]])
    assert load_image(Image.new("LAB", (1, 1), (255, 128, 128))).min() >= 254


def test_first_frame_of_an_animation(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (5, 4), colour) for colour in (RED, GREEN, BLUE)]
    for name in ("a.gif", "a.png", "a.tif"):
        path = saved(tmp_path / name, frames[0], save_all=True, append_images=frames[1:])
        np.testing.assert_array_equal(load_image(path), np.full((4, 5, 3), RED))


def test_several_pictures_in_one_jpeg(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (16, 16), colour) for colour in (RED, GREEN)]
    frames[0].save(tmp_path / "a.jpg", format="MPO", save_all=True, append_images=frames[1:])
    assert np.abs(load_image(tmp_path / "a.jpg").astype(int) - RED).max() <= 4


def test_the_source_image_is_left_as_it_was() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = Image.fromarray(CORNERS)
    source.info["exif"] = exif.tobytes()
    load_image(source)[:] = 0
    np.testing.assert_array_equal(np.asarray(source), CORNERS)


@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (12_000, 9_000), (100_000_001, 1)])
def test_decompression_bombs_are_refused_by_their_header(tmp_path: Path, width: int, height: int) -> None:
    (tmp_path / "bomb.png").write_bytes(png_bytes(width, height, 8, 2, b""))
    with pytest.raises(
        ImageError,
        match=r"bomb\.png: an image may have at most 100 megapixels \(.*MEGAPIXELS sets another limit\), "
        r"found (more than 200|\d+ x \d+ pixels)$",
    ):
        load_image(tmp_path / "bomb.png")


def test_files_that_are_no_image(tmp_path: Path) -> None:
    (tmp_path / "zero.jpg").touch()
    (tmp_path / "notes.txt").write_text("Hello world")
    (tmp_path / "page.jpg").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    found = {
        "zero.jpg": "empty file",
        "notes.txt": "b'Hello wo'",
        "page.jpg": "b'%!PS-Ado'",
        "folder.png": "a folder",
        "pipe.png": "no file",
        "none.png": "no file",
        "nul\0.png": "no file",
    }
    for name, what in found.items():
        with pytest.raises(ImageError) as caught:
            load_image(tmp_path / name)
        message = str(caught.value)
        assert name.replace("\0", r"\x00") in message
        assert what in message
        assert "\n" not in message
        assert message == printable(f"{caught.value.where}: {caught.value.reason}")
    assert issubclass(ImageError, InputError)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.bmp", "a.webp", "a.tif", "a.gif", "a.avif"])
def test_truncated_files(tmp_path: Path, name: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    path = saved(tmp_path / name, Image.fromarray(noise))
    data = path.read_bytes()
    for length in (3, len(data) // 2):
        path.write_bytes(data[:length])
        with pytest.raises(ImageError, match=f"{name}: "):
            load_image(path)


@pytest.mark.filterwarnings("always")
def test_damaged_exif_neither_hides_the_image_nor_warns(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    exif = Image.Exif()
    exif[0x010F] = "a maker of cameras"
    noise = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    path = saved(tmp_path / "a.jpg", Image.fromarray(noise), exif=exif)
    intact = path.read_bytes()
    start = intact.index(b"Exif\0\0") + 6
    wrong_magic = intact[:start] + b"XX" + intact[start + 2 :]
    far_offset = intact.replace(b"\x00\x00\x00\x13", b"\x00\x00\xff\xff", 1)
    for data in (wrong_magic, far_offset):
        assert data != intact
        path.write_bytes(data)
        assert load_image(path).shape == (8, 8, 3)
    assert not recwarn.list


def test_a_pillow_warning_turned_into_an_error_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(png_bytes(12_000, 9_000, 8, 2, b""))
    with pytest.raises(ImageError, match="no file"):
        load_image(tmp_path / "missing.png")  # puts the filter in place
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ImageError, match="bomb"):
            load_image(tmp_path / "bomb.png")


def test_threads_agree(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 256, (30, 40, 3), dtype=np.uint8) for _ in range(24)]
    paths = [saved(tmp_path / f"{i}.png", Image.fromarray(image)) for i, image in enumerate(images)]
    with ThreadPoolExecutor(8) as pool:
        for image, loaded in zip(images * 4, pool.map(load_image, paths * 4), strict=True):
            np.testing.assert_array_equal(loaded, image)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4), dtype=np.uint8),
        np.zeros((4, 4, 4), dtype=np.uint8),
        np.zeros((0, 4, 3), dtype=np.uint8),
        np.zeros((4, 4, 3), dtype=np.float32),
    ],
)
def test_arrays_of_another_kind_are_refused(array: np.ndarray) -> None:
    with pytest.raises(ImageError, match=r"must be uint8 \[H, W, 3\] .* found (uint8|float32) \["):
        load_image(array)


def test_arrays_pass_as_they_are() -> None:
    np.testing.assert_array_equal(load_image(CORNERS), CORNERS)
    with pytest.raises(ImageError, match=r"must be uint8 \[H, W\] "):
        load_mask(CORNERS)


@pytest.mark.parametrize(
    ("values", "mode_type", "expected"),
    [
        ([[0, 127, 128, 255]], np.uint8, [[0, 0, 255, 255]]),
        ([[0, 1, 1, 0]], np.uint8, [[0, 255, 255, 0]]),
        ([[0, 0, 0, 0]], np.uint8, [[0, 0, 0, 0]]),
        ([[0, 32767, 32768, 65535]], np.uint16, [[0, 0, 255, 255]]),
        ([[0, 100, 255, 0]], np.uint16, [[0, 0, 255, 0]]),
        ([[0, 1, 1, 0]], np.int32, [[0, 255, 255, 0]]),
        ([[0.0, 0.4, 0.6, 1.0]], np.float32, [[0, 0, 255, 255]]),
    ],
)
def test_mask_values(tmp_path: Path, values: list[list[float]], mode_type: type, expected: list[list[int]]) -> None:
    path = saved(tmp_path / "mask.tif", Image.fromarray(np.array(values, dtype=mode_type)))
    mask = load_mask(path)
    assert mask.dtype == np.uint8
    np.testing.assert_array_equal(mask, expected)


@pytest.mark.parametrize(
    ("values", "dtype", "message"),
    [
        ([[1, 2, 3]], np.uint8, "the foreground of a mask must be 1 or above 127, found 3 at most"),
        ([[0, 127]], np.uint8, "must be 1 or above 127, found 127 at most"),
        ([[0, 256]], np.uint16, "must be 1 or above 32767, found 256 at most"),
    ],
)
def test_masks_whose_values_do_not_say_what_is_foreground_are_refused(
    tmp_path: Path, values: list[list[int]], dtype: type, message: str
) -> None:
    path = saved(tmp_path / "mask.png", Image.fromarray(np.array(values, dtype=dtype)))
    with pytest.raises(ImageError, match=message) as caught:
        load_mask(path)
    assert caught.value.where == str(path)
    with Image.open(path) as image, pytest.raises(ImageError, match=message):
        load_mask(image)


def test_masks_of_other_kinds() -> None:
    white = Image.new("RGBA", (2, 1), (255, 255, 255, 255))
    white.putpixel((1, 0), (255, 255, 255, 0))
    np.testing.assert_array_equal(load_mask(white), [[255, 0]])
    red = Image.new("RGB", (2, 1), RED)
    red.putpixel((1, 0), BLACK)
    np.testing.assert_array_equal(load_mask(red), [[255, 0]])
    palette = Image.new("P", (2, 1))
    palette.putpalette([*BLACK, 128, 0, 0])
    palette.putpixel((0, 0), 1)
    np.testing.assert_array_equal(load_mask(palette), [[255, 0]])
    np.testing.assert_array_equal(load_mask(Image.new("1", (1, 1), 1)), [[255]])


def test_resizing_averages_instead_of_picking() -> None:
    checkers = np.indices((128, 96)).sum(0) % 2 * np.uint8(255)
    small = resize_image(rgb(checkers), 32)
    assert small.shape == (32, 32, 3)
    assert small.dtype == np.uint8
    assert small.flags.writeable
    assert np.abs(small[4:-4, 4:-4].astype(int) - 127).max() <= 3


def test_resizing_stretches_to_the_square() -> None:
    image = np.zeros((20, 80, 3), dtype=np.uint8)
    image[:, :40] = RED
    small = resize_image(image, 40)
    np.testing.assert_array_equal(small[:, :16], np.full((40, 16, 3), RED))
    np.testing.assert_array_equal(small[:, 24:], np.zeros((40, 16, 3)))


def test_mask_pixel_needs_half_of_its_area() -> None:
    quarter, half = np.zeros((4, 4), dtype=np.uint8), np.zeros((4, 4), dtype=np.uint8)
    quarter[0, 0] = 255
    half[0, :2] = 255
    np.testing.assert_array_equal(resize_mask(quarter, 2), np.zeros((2, 2)))
    np.testing.assert_array_equal(resize_mask(half, 2), [[255, 0], [0, 0]])
    np.testing.assert_array_equal(resize_mask(half, 8)[:2], [[255] * 4 + [0] * 4] * 2)
    assert resize_mask(half, 4) is half


def rgb(grey: np.ndarray) -> np.ndarray:
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=-1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.gif", "an animation: the first of its 3 frames is used"),
        ("a.png", "an animation: the first of its 3 frames is used"),
        ("a.webp", "an animation: the first of its 3 frames is used"),
        ("a.tif", "a file of pages: the first of its 3 pages is used"),
    ],
)
def test_of_an_animation_the_first_frame_is_used_and_said(tmp_path: Path, name: str, said: str) -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in (RED, GREEN, BLUE)]
    path = saved(tmp_path / name, frames[0], save_all=True, append_images=frames[1:], lossless=True)
    assert note_on(path) == said
    with Image.open(path) as image:
        assert note_on(image) == said
    np.testing.assert_array_equal(load_image(path), np.asarray(frames[0]))


def test_of_one_picture_nothing_is_said(tmp_path: Path) -> None:
    assert note_on(saved(tmp_path / "a.gif", Image.new("RGB", (4, 4), RED))) is None
    assert note_on(saved(tmp_path / "a.jpg", Image.new("RGB", (4, 4), RED))) is None
    assert note_on(CORNERS) is None
    (tmp_path / "b.gif").write_bytes(b"GIF89a")
    assert note_on(tmp_path / "b.gif") is None
    assert note_on(tmp_path / "none.gif") is None


def test_a_second_picture_in_a_photograph_is_no_frame(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", (8, 8), colour) for colour in (RED, GREEN)]
    path = tmp_path / "phone.jpg"
    pictures[0].save(path, format="MPO", save_all=True, append_images=pictures[1:])
    assert note_on(path) is None


def test_the_limit_of_pixels_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.png", Image.new("L", (100, 20)))
    monkeypatch.setenv(LIMIT_VARIABLE, "0.001")
    with pytest.raises(ImageError, match=r"at most 0\.001 megapixels .*, found 100 x 20 pixels"):
        load_image(path)
    monkeypatch.setenv(LIMIT_VARIABLE, "300")  # beyond what Pillow allows by itself
    path.write_bytes(png_bytes(20_000, 10_000, 8, 2, b""))
    with pytest.raises(ImageError, match="damaged"):  # by its content, not by its size
        load_image(path)


@pytest.mark.parametrize("text", ["many", "-1", "0", "nan", "inf"])
def test_a_limit_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = saved(tmp_path / "a.png", Image.new("L", (4, 4)))
    monkeypatch.setenv(LIMIT_VARIABLE, text)
    with pytest.raises(InputError, match=f"METRIC_EXPLORER_MAX_MEGAPIXELS: must be .* above 0, found '{text}'"):
        load_image(path)


def test_one_pixel_and_a_line_are_images(tmp_path: Path) -> None:
    assert resize_image(load_image(saved(tmp_path / "a.png", Image.new("RGB", (1, 1), RED))), 8).shape == (8, 8, 3)
    line = load_image(saved(tmp_path / "b.png", Image.new("RGB", (20_000, 20), GREEN)))
    np.testing.assert_array_equal(resize_image(line, 8), np.broadcast_to(GREEN, (8, 8, 3)))


def test_named_values_of_a_mask_are_its_foreground(tmp_path: Path) -> None:
    trimap = np.array([[1, 2, 3], [0, 255, 1]], dtype=np.uint8)
    expected = np.where(np.isin(trimap, (1, 3)), 255, 0)
    palette = Image.fromarray(trimap).convert("L").copy()
    palette.putpalette([*RED, *GREEN, *BLUE, *WHITE] + [0] * 756)
    assert palette.mode == "P"
    sources = [
        trimap,
        saved(tmp_path / "l.png", Image.fromarray(trimap)),
        saved(tmp_path / "p.png", palette),
        saved(tmp_path / "deep.png", Image.fromarray(trimap.astype(np.uint16))),
    ]
    for source in sources:
        np.testing.assert_array_equal(load_mask(source, {1, 3}), expected)
    assert not load_mask(trimap, {7}).any()


def test_colours_have_no_values_to_name(tmp_path: Path) -> None:
    path = saved(tmp_path / "rgb.png", Image.fromarray(CORNERS))
    with pytest.raises(ImageError, match="must be grey or have a palette, found mode RGB"):
        load_mask(path, {1})
