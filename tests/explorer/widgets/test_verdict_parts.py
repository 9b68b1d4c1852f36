import math

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import Densities, densities
from explorer import theme
from explorer.widgets.distance_scale import DistanceScale
from explorer.widgets.mask_overlay import background_cover, mask_overlay
from explorer.widgets.verdict_line import VerdictLine, VerdictSymbol


@pytest.mark.parametrize(
    ("distance", "threshold", "text"),
    [
        (0.31, 0.42, "SAME  0.310 ≤ 0.420"),
        (0.42, 0.42, "SAME  0.420 ≤ 0.420"),
        (0.51, 0.42, "DIFFERENT  0.510 > 0.420"),
        (0.0, -math.inf, "DIFFERENT  0.000 > -∞"),
        (0.31, None, "no threshold yet  0.310"),
    ],
)
def test_verdict(qtbot: QtBot, distance: float, threshold: float | None, text: str) -> None:
    line = VerdictLine()
    qtbot.addWidget(line)
    line.set_values(distance, threshold)
    assert line.text() == text
    assert line.accessibleName() == text


def test_the_symbols_differ_by_shape(qtbot: QtBot) -> None:
    symbol = VerdictSymbol()
    qtbot.addWidget(symbol)
    shapes = []
    for same in (None, True, False):
        symbol.set_same(same)
        image = symbol.grab().toImage()
        empty = image.pixel(0, 0)
        shapes.append([image.pixel(x, y) != empty for x in range(image.width()) for y in range(image.height())])
    assert shapes[0] != shapes[1] != shapes[2]
    assert not any(shapes[0])


def test_scale_places_values_in_proportion(qtbot: QtBot) -> None:
    scale = DistanceScale()
    qtbot.addWidget(scale)
    scale.resize(300, scale.sizeHint().height())
    scale.set_values(0.5, 0.25)
    assert scale.end() == 1
    left, right = scale.position(0), scale.position(1)
    assert scale.position(0.5) == pytest.approx((left + right) / 2)
    assert (scale.position(-math.inf), scale.position(math.inf), scale.position(7)) == (left, right, right)
    assert 0 <= left < right <= 300
    scale.set_values(1.2, -math.inf)
    assert scale.end() == 2
    scale.set_values(None, None)
    assert scale.end() == 1


def known_pairs(genuine: float = 0.2, impostor: float = 0.8) -> Densities:
    spread = np.linspace(-0.1, 0.1, 50)
    return densities(VerificationCurve(genuine + spread, impostor + spread))


def test_scale_ends_where_the_known_pairs_end_unless_this_one_is_farther(qtbot: QtBot) -> None:
    scale = DistanceScale()
    qtbot.addWidget(scale)
    found = known_pairs()
    scale.set_densities(found)
    scale.set_values(0.5, 0.4)
    assert scale.end() == found.distances[-1]
    scale.set_values(3.0, math.inf)
    assert scale.end() == 3.0
    scale.set_densities(None)
    scale.set_values(0.5, 0.4)
    assert scale.end() == 1


def test_hills_of_both_kinds_stand_where_their_pairs_are(qtbot: QtBot) -> None:
    scale = DistanceScale()
    qtbot.addWidget(scale)
    scale.resize(360, 90)
    scale.set_densities(known_pairs())
    image = scale.grab().toImage()

    def columns(colour: QColor) -> list[int]:
        """Where a colour of that hue is strongest."""
        return [
            x
            for x in range(image.width())
            if any(
                pixel.hsvSaturation() > 90 and abs(pixel.hsvHue() - colour.hsvHue()) < 12
                for pixel in (image.pixelColor(x, y) for y in range(image.height() - 20))
            )
        ]

    genuine, impostor = columns(theme.GENUINE), columns(theme.IMPOSTOR)
    assert min(genuine) <= scale.position(0.2) <= max(genuine)
    assert min(impostor) <= scale.position(0.8) <= max(impostor)


VALUES = [(None, None), (0.3, None), (None, 0.4), (0.3, 0.4), (1.9, -math.inf), (0.3, math.inf)]


@pytest.mark.parametrize("known", [None, (0.2, 0.8), (0.8, 0.2), (0.5, 0.5)])
@pytest.mark.parametrize("values", VALUES)
def test_scale_draws_whatever_comes(
    qtbot: QtBot, values: tuple[float | None, float | None], known: tuple[float, float] | None
) -> None:
    scale = DistanceScale()
    scale.set_densities(None if known is None else known_pairs(*known))
    qtbot.addWidget(scale)
    scale.resize(200, scale.sizeHint().height())
    scale.set_values(*values)
    assert not scale.grab().isNull()


def test_mask_overlay_of_a_square() -> None:
    mask = np.zeros((6, 8), np.uint8)
    mask[1:5, 2:7] = 255
    mask[0, 0] = 127  # background by a hair
    image = mask_overlay(mask, QColor(10, 20, 30))
    alpha = np.array([[image.pixelColor(x, y).alpha() for x in range(8)] for y in range(6)])
    border = np.zeros((6, 8), bool)
    border[1:5, 2:7] = True
    border[2:4, 3:6] = False
    assert (alpha[mask < 128] == 0).all()
    assert (alpha[border] == 255).all()
    assert ((alpha[2:4, 3:6] > 0) & (alpha[2:4, 3:6] < 255)).all()
    assert image.pixelColor(3, 2).rgb() == QColor(10, 20, 30).rgb()
    assert image.pixelColor(2, 1).lightness() > image.pixelColor(3, 2).lightness()


def test_a_mask_that_fills_the_image_has_its_border_at_the_edge() -> None:
    image = mask_overlay(np.full((5, 5), 255, np.uint8), QColor("red"))
    assert image.pixelColor(0, 2).alpha() == 255
    assert image.pixelColor(2, 2).alpha() < 255


def test_a_cover_leaves_the_foreground_alone() -> None:
    mask = np.zeros((6, 8), np.uint8)
    mask[1:5, 2:7] = 255
    image = background_cover(mask, QColor(124, 116, 104))
    alpha = np.array([[image.pixelColor(x, y).alpha() for x in range(8)] for y in range(6)])
    assert (alpha == np.where(mask >= 128, 0, 255)).all()
