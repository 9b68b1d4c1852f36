"""One triplet: what the margin asks of it, and where the loss pulls its three points."""

from dataclasses import dataclass

import numpy as np
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from core.distances import EUCLIDEAN, pairwise_distances
from core.losses import Columns, TripletLoss
from core.mining import mine_triplets
from explorer import formats, theme
from explorer.lab.drawn import Arrows, Circle, Lines, dashed
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle, faint
from explorer.lab.picture import Picture, button, row, setting
from explorer.lab.plane import Plane
from explorer.translation import tr
from explorer.widgets.plot import curve_pen

_START = ((-0.5, -0.1), (0.15, 0.35), (0.25, -0.6))
_HALF = 1.5
_LABELS, _OWN = torch.tensor([0, 0, 1]), torch.tensor([0])
_NAMES = {"easy": tr("easy"), "semi-hard": tr("semi-hard"), "hard": tr("hard")}
_KINDS = {
    "easy": tr("easy: the negative is farther than the positive by more than the margin; nothing is learned."),
    "semi-hard": tr("semi-hard: the negative is farther than the positive, but by less than the margin."),
    "hard": tr("hard: the negative is nearer than the positive."),
}


@dataclass(frozen=True, eq=False)
class Judged:
    """What the triplet loss says of one anchor with one positive and one negative."""

    d_ap: float
    d_an: float
    loss: float
    kind: str
    gradient: Floats
    """[3, 2]: by anchor, positive and negative"""


def judge(points: Floats, margin: float) -> Judged:
    """Judge anchor, positive and negative [3, 2] by the triplet loss with Euclidean distances."""
    rows = torch.tensor(points, requires_grad=True)
    columns = Columns(rows, _LABELS, _OWN)
    found = TripletLoss(margin, EUCLIDEAN, "all")(rows[:1], _LABELS[:1], columns)
    found.value.backward()
    distances = pairwise_distances(rows.detach()[:1], rows.detach(), EUCLIDEAN)
    semi_hard = mine_triplets(distances, _LABELS[:1], margin, "semi-hard", column_labels=_LABELS, own=_OWN)
    d_ap, d_an = distances[0, 1:].tolist()
    kind = "easy" if found.tuples == 0 else "semi-hard" if int(semi_hard.tuples) else "hard"
    gradient = np.zeros((3, 2)) if rows.grad is None else rows.grad.numpy()
    return Judged(d_ap, d_an, float(found.value.detach()), kind, gradient)


class TripletPicture(Picture):
    """Anchor, positive and negative in the plane, with circles that part hard, semi-hard and easy."""

    place = 10
    title = tr("Triplet and margin")
    sentence = tr(
        "Drag the negative from inside the solid circle (hard) through the ring (semi-hard) to outside (easy), "
        "watch the arrows go, then widen the ring with the margin."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        same, other = theme.class_style(0), theme.class_style(1)
        handles = (
            Handle(tr("anchor"), same.colour, same.shape, is_below=True),
            Handle(tr("positive"), same.colour, same.shape),
            Handle(tr("negative"), other.colour, other.shape),
        )
        self.points = np.array(_START)
        self.plane = Plane(tr("triplet in the plane"), handles, _HALF)
        self._ring = self.plane.add(Circle(curve_pen(theme.IMPOSTOR, Qt.PenStyle.DotLine), faint(theme.IMPOSTOR, 0.12)))
        self._reach = self.plane.add(Circle(curve_pen(theme.GENUINE)))
        self._to_positive = self.plane.add(Lines(curve_pen(theme.GENUINE, width=1.5)))
        self._to_negative = self.plane.add(Lines(dashed(theme.IMPOSTOR, 1.5)))
        self._arrows = self.plane.add(Arrows(curve_pen(theme.TASK_COLOURS["metric"], width=3), 2 * _HALF))
        self.plane.note.set_lines(
            tr("inside the solid circle: hard"), tr("in the ring: semi-hard"), tr("outside: easy")
        )
        self._figures = Figures(
            (
                Figure("d_ap", "d(a, p)", tr("Distance of anchor and positive: radius of the solid circle.")),
                Figure("d_an", "d(a, n)", tr("Distance of anchor and negative.")),
                Figure("loss", tr("loss"), tr("max(0, d(a, p) + margin − d(a, n))")),
                Figure("kind", tr("kind"), "\n".join(_KINDS.values()), _NAMES["semi-hard"]),
            )
        )
        self.plane.moved.connect(self._move)
        self.add_plot(self.plane, row(self._figures, *self._buttons()))
        self.add_sliders(
            setting(
                "margin", tr("margin"), (0.0, 2.0), 0.4, tr("How much farther the negative must be; width of the ring.")
            ),
            setting(
                "rate",
                tr("step size"),
                (0.05, 1.0),
                0.2,
                tr("How far a step follows the arrows; small steps overshoot less."),
            ),
        )
        self.refresh()

    def step(self) -> None:
        """Follow the arrows, as one step of training does."""
        gradient = judge(self.points, self.setting("margin")).gradient
        self.points = np.clip(self.points - self.setting("rate") * gradient, -_HALF, _HALF)
        self.refresh()

    def refresh(self) -> None:
        """Judge the triplet and draw it."""
        points, margin = self.points, self.setting("margin")
        judged = judge(points, margin)
        self.plane.put(points)
        self._reach.show_circle(points[0], judged.d_ap)
        self._ring.show_circle(points[0], judged.d_ap + margin, judged.d_ap)
        self._to_positive.show_lines(points[:1], points[1:2])
        self._to_negative.show_lines(points[:1], points[2:])
        self._arrows.show_arrows(points, -self.setting("rate") * judged.gradient)
        self._figures.show_values(
            {
                "d_ap": formats.distance(judged.d_ap),
                "d_an": formats.distance(judged.d_an),
                "loss": formats.loss(judged.loss),
                "kind": _NAMES[judged.kind],
            }
        )

    def _buttons(self) -> tuple[QPushButton, QPushButton]:
        return (
            button("step", tr("Step"), tr("Follow the arrows once, as one step of training does."), self.step),
            button("again", tr("Start again"), tr("Put the points back where they were at first."), self._begin),
        )

    def _begin(self) -> None:
        self.points = np.array(_START)
        self.refresh()

    def _move(self, index: int, x: float, y: float) -> None:
        self.points[index] = x, y
        self.refresh()
