"""Three distances over one cloud: what is equally far from a point, before and after the distance's own map."""

from collections.abc import Sequence

import numpy as np
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.distances import COSINE, EUCLIDEAN, Distance, LinearDistance, pairwise_distances
from core.fitted_distances import fit_mahalanobis
from core.projection.isolines import isolines
from explorer import formats, theme
from explorer.lab.drawn import Circle, Rings
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle
from explorer.lab.picture import Picture, row, setting
from explorer.lab.plane import Plane
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.contour_lines import ContourLine, ContourLines
from explorer.widgets.plot import curve_pen

_HALF = 3.0
_GRID = np.linspace(-2.5 * _HALF, 2.5 * _HALF, 130)
"""Places at which the distance is measured, in both values: beyond what is seen, where lines are closed."""
_SHARES = (0.25, 0.5, 0.75)
_WIDTHS = (2.0, 1.5, 1.0)
_MIDDLE, _SPREAD = (1.0, 0.6), 0.8
_COUNT = 150
_START = np.array([[1.0, 0.6], [2.0, 1.6], [1.6, -0.2]])
_DISTANCES = {
    "euclidean": (tr("Euclidean"), tr("Every direction counts alike: circles.")),
    "cosine": (tr("Cosine"), tr("Only the direction from the origin counts, not the length: sectors.")),
    "mahalanobis": (
        tr("Mahalanobis"),
        tr("A direction in which the cloud is wide counts little: ellipses, as the cloud lies."),
    ),
}


def cloud(correlation: float) -> Floats:
    """Points [N, 2] whose two values are correlated; the same ones for the same correlation."""
    drawn = np.random.default_rng(3).standard_normal((_COUNT, 2))
    mixed = np.column_stack([drawn[:, 0], correlation * drawn[:, 0] + np.sqrt(1 - correlation**2) * drawn[:, 1]])
    return np.asarray(_MIDDLE + _SPREAD * mixed)


def mapped(points: Floats, distance: Distance) -> Floats:
    """Points [N, 2] after the distance's own map."""
    return np.asarray(distance.transform(torch.from_numpy(points)).numpy())


def radii(points: Floats, centre: Floats, distance: Distance) -> Floats:
    """How far from a point [2], after the map, the given shares of the others [N, 2] reach [3]."""
    apart = mapped(points, distance) - mapped(centre[None], distance)
    return np.asarray(np.quantile(np.linalg.norm(apart, axis=1), _SHARES))


def contours(centre: Floats, distance: Distance, levels: Sequence[float]) -> list[list[Floats]]:
    """Lines [V, 2] of the points that are so far from one [2], for each level."""
    x, y = np.meshgrid(_GRID, _GRID)
    values = pairwise_distances(centre[None], np.column_stack([x.ravel(), y.ravel()]), distance).numpy()
    nearness = np.pad(-values.reshape(len(_GRID), -1), 1, constant_values=-1e3).astype(np.float32)
    step = _GRID[1] - _GRID[0]
    return [[_GRID[0] + (loop[:, ::-1] - 1) * step for loop in isolines(nearness, -level)] for level in levels]


class DistancesPicture(Picture):
    """A cloud with lines of equal distance at the left, the cloud after the map at the right."""

    place = 30
    title = tr("Three distances")
    sentence = tr(
        "Choose Mahalanobis and raise the correlation: its ellipses follow the cloud, W makes them circles, "
        "and whether a or b is nearer to x changes with the distance."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = _START.copy()
        choices = [Choice(name, label, text) for name, (label, text) in _DISTANCES.items()]
        self.choice = ChoiceField(tr("distance"), choices, tr("What 'near' means."), key="distance")
        self.choice.set_value("mahalanobis")
        self.choice.edited.connect(self.refresh)
        self.choice.setMinimumContentsLength(12)
        ink, styles = QColor("#7f7f7f"), [theme.class_style(index) for index in (1, 2)]
        handles = [
            Handle("x", ink),
            *(Handle(name, style.colour, style.shape) for name, style in zip("ab", styles, strict=True)),
        ]
        self.before = Plane(tr("the cloud with lines of equal distance"), handles, _HALF)
        axes = (tr("1st value after the map"), tr("2nd value after the map"))
        self.after = Plane(tr("the cloud after the map"), handles, _HALF, axes, fixed=True)
        self.before.moved.connect(self._move)
        self._clouds = [plane.add(Rings(5)) for plane in (self.before, self.after)]
        self._lines = self.before.add(ContourLines())
        self._circles = [self.after.add(Circle(curve_pen(ink, width=width))) for width in _WIDTHS]
        self._figures = Figures(
            [
                Figure(name, label, tr("Distances of a and of b from x, and which is nearer."), "a 0.000 > b 0.000")
                for name, (label, _) in _DISTANCES.items()
            ]
        )
        self.add_plot(self.before)
        self.add_plot(self.after)
        self.controls.addWidget(row(self._figures, self.choice))
        self.add_sliders(
            setting(
                "correlation",
                tr("correlation"),
                (-0.95, 0.95),
                0.8,
                tr("How far the cloud's 2nd value follows the 1st."),
            ),
        )
        self.refresh()

    def refresh(self) -> None:
        """Fit W to the cloud, measure and draw."""
        points = cloud(self.setting("correlation"))
        rules: dict[str, Distance] = {"euclidean": EUCLIDEAN, "cosine": COSINE, "mahalanobis": fit_mahalanobis(points)}
        chosen = rules[self.choice.value()]
        reach = radii(points, self.places[0], chosen)
        self._draw_before(points, chosen, reach)
        self._draw_after(points, chosen, reach)
        for name, rule in rules.items():
            a, b = pairwise_distances(self.places[:1], self.places[1:], rule)[0].tolist()
            order = "<" if a < b else ">" if a > b else "="
            words = f"a {formats.distance(a)} {order} b {formats.distance(b)}"
            self._figures.show_values({name: words})

    def _draw_before(self, points: Floats, rule: Distance, reach: Floats) -> None:
        levels = rule.from_squared(torch.from_numpy(reach) ** 2).tolist()
        lines = zip(contours(self.places[0], rule, levels), _WIDTHS, strict=True)
        self._lines.set_lines(
            [ContourLine(tuple(loop.astype(np.float32) for loop in loops), width) for loops, width in lines]
        )
        self._clouds[0].show_rings(points, self.before.ink(0.5))
        self.before.put(self.places)
        self.before.note.set_lines(tr("lines of equal distance from x:"), tr("25, 50 and 75 % of the cloud are inside"))

    def _draw_after(self, points: Floats, rule: Distance, reach: Floats) -> None:
        moved = mapped(points, rule)
        # Linear maps leave distances as they are wherever the origin is; the cosine's circle has its own.
        origin = np.zeros(2) if rule is COSINE else moved.mean(axis=0)
        self.after.set_half(1.6 if rule is COSINE else _HALF if rule is EUCLIDEAN else 4.0)
        marks = mapped(self.places, rule) - origin
        self._clouds[1].show_rings(moved - origin, self.after.ink(0.5))
        for circle, radius, width in zip(self._circles, reach.tolist(), _WIDTHS, strict=True):
            circle.setPen(curve_pen(self.after.ink(1.0), Qt.PenStyle.SolidLine, width))
            circle.show_circle(marks[0], radius)
        self.after.put(marks)
        self.after.note.set_lines(*_words(rule))

    def _move(self, index: int, x: float, y: float) -> None:
        self.places[index] = x, y
        self.refresh()


def _words(rule: Distance) -> tuple[str, ...]:
    """What the map does."""
    if isinstance(rule, LinearDistance):
        (a, b), (c, d) = rule.W.tolist()
        return tr("after x ↦ W x, seen from the middle"), f"W = [{a:.2f} {b:.2f}; {c:.2f} {d:.2f}]"
    if rule is COSINE:
        return (tr("every point brought to length 1"),)
    return (tr("as it was, seen from the middle"),)
