"""The same points under the contrastive and under the triplet loss, side by side."""

from dataclasses import dataclass

import numpy as np
import torch
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core.losses import ContrastiveLoss, TripletLoss
from core.training.diagnostics import embedding_figures
from explorer import formats, theme
from explorer.icons import icon
from explorer.lab.drawn import Arrows
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle
from explorer.lab.picture import Picture, button, row, setting
from explorer.lab.plane import Plane
from explorer.translation import tr
from explorer.widgets.plot import curve_pen

LABELS = torch.tensor([0, 0, 0, 1, 1, 1, 2, 2, 2])
_HALF = 1.4
_EVERY_MS = 60
"""Between two steps while they are played."""
_STILL = 1e-3
"""Length of a gradient below which playing ends."""
_ARROW = 2.0
"""Length of an arrow, of the gradient."""
_PLACES = np.array(
    [[-0.9, 0.3], [0.1, 0.9], [0.5, -0.7], [0.9, 0.5], [-0.4, -0.2], [0.2, 0.3], [-0.6, -0.9], [0.8, -0.3], [-0.2, 0.5]]
)


@dataclass(frozen=True, eq=False)
class Pull:
    """What a loss says of all points together."""

    loss: float
    active: float
    d_ap: float
    d_an: float
    gradient: Floats
    """[N, 2]"""


def pull(loss: ContrastiveLoss | TripletLoss, points: Floats) -> Pull:
    """Loss of points [N, 2] of the classes `LABELS`, and where it pulls them."""
    rows = torch.tensor(points, requires_grad=True)
    found = loss(rows, LABELS)
    found.value.backward()
    means = embedding_figures(rows.detach(), LABELS, loss.distance, loss.margin)
    gradient = np.zeros_like(points) if rows.grad is None else rows.grad.numpy()
    value = float(found.value.detach())
    return Pull(value, found.active_fraction, float(means["mean_d_ap"]), float(means["mean_d_an"]), gradient)


def agreement(one: Floats, other: Floats) -> float | None:
    """Cosine of the angle between two gradients [N, 2]; None where one of them is 0."""
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float((one * other).sum()) / lengths if lengths > 0 else None


class ContrastivePicture(Picture):
    """Two planes with the same points; each goes on by its own loss."""

    place = 20
    title = tr("Contrastive against triplet")
    sentence = tr(
        "Press Play: the contrastive loss pulls each class to a point, the triplet loss rests as soon as every "
        "negative is farther than the positives by the margin."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sides = (
            self._add_side(tr("contrastive loss (d²)"), tr("Share of all pairs that still cost something.")),
            self._add_side(tr("triplet loss"), tr("Share of all triplets that still cost something.")),
        )
        agreement_help = tr("Cosine of the angle between both gradients: 1 where they pull alike.")
        self._agreement = Figures([Figure("agreement", tr("agreement"), agreement_help)])
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._go_on)
        self._play = button(
            "play", tr("Play"), tr("Take step after step, until neither loss pulls any more."), self._toggle
        )
        self._play.setIcon(icon("play"))
        self._play.setCheckable(True)
        step = button("step", tr("Step"), tr("Take one step by both losses."), self.step)
        again = button("again", tr("Start again"), tr("Put all points back, in both planes."), self._begin)
        self.controls.addWidget(row(self._agreement, self._play, step, again))
        self.add_sliders(
            setting(
                "contrastive", tr("contrastive margin"), (0.0, 2.0), 1.0, tr("So far apart, two classes are let be.")
            ),
            setting("triplet", tr("triplet margin"), (0.0, 2.0), 0.5, tr("How much farther a negative must be.")),
            setting("rate", tr("step size"), (0.1, 2.0), 0.5, tr("How far a step goes; large ones overshoot."), 1),
        )
        self.refresh()

    def refresh(self) -> None:
        """Judge the points by both losses and draw them."""
        pulls = self._pulls()
        for side, found in zip(self.sides, pulls, strict=True):
            side.plane.put(side.points)
            side.arrows.show_arrows(side.points, -_ARROW * found.gradient)
            side.figures.show_values(
                {
                    "loss": formats.loss(found.loss),
                    "active": formats.rate(found.active),
                    "d_ap": formats.distance(found.d_ap),
                    "d_an": formats.distance(found.d_an),
                    "gradient": f"{np.linalg.norm(found.gradient):.3f}",
                }
            )
        cosine = agreement(*(found.gradient for found in pulls))
        self._agreement.show_values({"agreement": formats.UNKNOWN if cosine is None else f"{cosine:.2f}"})

    def step(self) -> bool:
        """Follow both gradients; says whether there was any."""
        pulls, rate = self._pulls(), self.setting("rate")
        for side, found in zip(self.sides, pulls, strict=True):
            side.points = np.clip(side.points - rate * found.gradient, -_HALF, _HALF)
        self.refresh()
        return max(float(np.linalg.norm(found.gradient)) for found in pulls) > _STILL

    def stop(self) -> None:
        """Play no more."""
        self._timer.stop()
        self._play.setChecked(False)

    def _pulls(self) -> tuple[Pull, Pull]:
        contrastive = ContrastiveLoss(self.setting("contrastive"), "euclidean", squared=True)
        triplet = TripletLoss(self.setting("triplet"), "euclidean", "all")
        return pull(contrastive, self.sides[0].points), pull(triplet, self.sides[1].points)

    def _add_side(self, name: str, active: str) -> "_Side":
        styles = [theme.class_style(index) for index in LABELS.tolist()]
        handles = [
            Handle(tr("point {} of class {}").format(place, label + 1), style.colour, style.shape, is_written=False)
            for place, (label, style) in enumerate(zip(LABELS.tolist(), styles, strict=True), start=1)
        ]
        plane = Plane(name, handles, _HALF)
        plane.note.set_lines(name)
        plane.moved.connect(self._move)
        figures = Figures(
            (
                Figure("loss", tr("loss"), tr("What training would bring down.")),
                Figure("active", tr("active"), active, "00.0 %"),
                Figure("d_ap", tr("genuine d"), tr("Mean distance of two points of one class.")),
                Figure("d_an", tr("impostor d"), tr("Mean distance of two points of different classes.")),
                Figure("gradient", tr("gradient"), tr("Length of the gradient: how hard the loss pulls.")),
            )
        )
        self.add_plot(plane, figures)
        arrows = plane.add(Arrows(curve_pen(theme.TASK_COLOURS["metric"], width=2), 2 * _HALF))
        return _Side(plane, arrows, figures, _PLACES.copy())

    def _toggle(self) -> None:
        if self._play.isChecked():
            self._timer.start()
        else:
            self.stop()

    def _go_on(self) -> None:
        if not self.step():
            self.stop()

    def _begin(self) -> None:
        self.stop()
        for side in self.sides:
            side.points = _PLACES.copy()
        self.refresh()

    def _move(self, index: int, x: float, y: float) -> None:
        for side in self.sides:
            side.points[index] = x, y
        self.refresh()


@dataclass(eq=False)
class _Side:
    """One of the two planes, with the points as its loss has moved them."""

    plane: Plane
    arrows: Arrows
    figures: Figures
    points: Floats
