import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from explorer.images import fit_within, from_qimage, to_qimage


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (5, 3), (7, 64)])
def test_there_and_back_again(shape: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*shape, 3)).astype(np.uint8)
    image = to_qimage(pixels)
    assert (image.height(), image.width()) == shape
    assert image.pixelColor(0, 0) == QColor(*pixels[0, 0].tolist())
    assert np.array_equal(from_qimage(image), pixels)


def test_the_image_outlives_the_array() -> None:
    pixels = np.full((4, 4, 3), 200, np.uint8)
    image = to_qimage(pixels)
    pixels[:] = 0
    assert image.pixelColor(2, 2) == QColor(200, 200, 200)


def test_a_part_of_an_array_is_copied_as_it_looks() -> None:
    pixels = np.arange(6 * 6 * 3, dtype=np.uint8).reshape(6, 6, 3)
    assert np.array_equal(from_qimage(to_qimage(pixels[::2, 1:4])), pixels[::2, 1:4])


def test_what_is_transparent_becomes_white() -> None:
    image = QImage(2, 1, QImage.Format.Format_ARGB32)
    image.setPixelColor(0, 0, QColor(10, 20, 30, 255))
    image.setPixelColor(1, 0, QColor(10, 20, 30, 0))
    assert from_qimage(image).tolist() == [[[10, 20, 30], [255, 255, 255]]]


@pytest.mark.parametrize("kind", ["Grayscale8", "RGBA64", "Mono", "RGB888"])
def test_any_format_ends_as_rgb(kind: str) -> None:
    image = QImage(3, 2, QImage.Format[f"Format_{kind}"])
    image.fill(1 if kind == "Mono" else QColor("white"))
    assert from_qimage(image).shape == (2, 3, 3)
    assert (from_qimage(image) == 255).all()


@pytest.mark.parametrize(("size", "fitted"), [((20_000, 20), (512, 1)), ((20, 20_000), (1, 512))])
def test_fitting_leaves_at_least_a_pixel(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    found = fit_within(QImage(*size, QImage.Format.Format_RGB32), 512)
    assert (found.width(), found.height()) == fitted


def test_fitting_keeps_the_aspect_and_never_enlarges() -> None:
    wide = QImage(400, 100, QImage.Format.Format_RGB32)
    assert (fit_within(wide, 200).width(), fit_within(wide, 200).height()) == (200, 50)
    assert fit_within(wide, 400) is wide
