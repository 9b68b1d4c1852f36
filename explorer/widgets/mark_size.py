"""How large and how opaque the marks of a cloud are, by how much room each has on the screen."""

import math
from dataclasses import dataclass

LARGEST, SMALLEST = 11.0, 2.0
"""Diameters in pixels: of marks that stand apart, and of specks."""
_ROOMY = 20.0
"""Pixels between points from which on their marks are as large as they get."""
_GROWTH = 0.6
"""How marks grow with the room: less than in step with it, so that many points are not lost in their gaps."""
_STEP = 0.5
"""Pixels; sizes between would have the marks drawn anew at every turn of the wheel."""
_FAINTEST = 0.3
"""Opacity of marks that lie upon one another however small they are: one alone must still be seen."""
_OPACITIES = 16


@dataclass(frozen=True)
class MarkSize:
    """Of all marks of a cloud."""

    diameter: float
    """In pixels."""
    opacity: float
    """Below 1 where marks must cover one another: the more there are, the darker the place."""


def mark_size(points: int, side: float) -> MarkSize:
    """Size of the marks of a number of points that fill a square with this side, in pixels.

    Zooming in makes room: marks grow and become opaque.
    """
    room = side / math.sqrt(max(points, 1)) if side > 0 else _ROOMY
    diameter = _STEP * round(min(max(LARGEST * (room / _ROOMY) ** _GROWTH, SMALLEST), LARGEST) / _STEP)
    opacity = math.ceil(min(max(1.1 * room / diameter, _FAINTEST), 1.0) * _OPACITIES) / _OPACITIES
    return MarkSize(diameter, opacity)
