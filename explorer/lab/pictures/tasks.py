"""The weighted sum of three tasks: whose gradient decides where a step goes."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from torch import Tensor, nn

from core.config import BalanceName
from core.errors import InputError
from core.losses import weighted_total
from core.losses.gradient_balance import Weighting, gradient_weighting, weigh_gradients
from explorer import formats, theme
from explorer.core_words import in_words
from explorer.lab.behind import Behind
from explorer.lab.drawn import Arrows, Lines, dashed
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle
from explorer.lab.picture import Picture, button, row, setting
from explorer.lab.plane import Plane
from explorer.theme import Shape
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.message import Message
from explorer.widgets.plot import curve_pen

_HALF = 2.0
_STEP, _ARROW = 0.3, 0.6
"""Length of a step and of an arrow, of the gradient."""
_STILL = 2e-3
"""Of the largest gradient's square: what falls more slowly stays where it is; gradient methods are as exact as that."""
_TASKS = {"cls": tr("classification"), "seg": tr("segmentation"), "metric": tr("metric")}
_SLIDERS = {"cls": tr("α classification"), "seg": tr("β segmentation"), "metric": tr("γ metric")}
_START = np.array([[0.0, 0.0], [-1.1, 0.9], [1.2, 0.6], [0.9, -0.5]])
_SHARE = tr("Share of this task in the length of all three gradients, and what the step does to its loss.")
_BALANCES = (
    Choice("fixed", tr("fixed"), tr("The sliders alone weigh: gradients are simply added.")),
    Choice(
        "upgrad",
        tr("UPGrad"),
        tr("Bends gradients that work against one another: no task gets worse by the step."),
    ),
    Choice("mgda", tr("MGDA"), tr("The shortest sum: leans to the task with the smallest gradient.")),
    Choice("aligned-mtl", tr("Aligned-MTL"), tr("Brings gradients to one scale and at right angles first.")),
)
"""Without PCGrad: it draws an order of the tasks at every look, and from the generator that a run may use as well."""


@dataclass(frozen=True, eq=False)
class Driven:
    """What each task wants of the parameters, and what they get."""

    gradients: Floats
    """[3, 2], each with its slider's weight"""
    total: Floats
    """[2]"""

    @property
    def shares(self) -> Floats:
        """Of each task in the length of all three gradients [3]; 0 where there are none."""
        lengths = np.linalg.norm(self.gradients, axis=1)
        return np.asarray(lengths / max(float(lengths.sum()), 1e-12))

    @property
    def falls(self) -> Floats:
        """How fast the loss of each task falls along the step [3]: below 0 where it rises, 0 where it hardly moves."""
        falls = self.gradients @ self.total
        return np.where(np.abs(falls) < _STILL * np.square(self.gradients).sum(axis=1).max(), 0.0, falls)


def drive(places: Floats, weights: tuple[float, float, float], weighting: Weighting | None) -> Driven:
    """Gradients of three losses, each half the squared distance of the parameters to the task's own best.

    Parameters
    ----------
    places
        Of the parameters and of the best ones of each task [4, 2].
    weights
        Of the sliders.
    weighting
        Of a gradient method; None adds the gradients.
    """
    shared = nn.Parameter(torch.tensor(places[0]))
    losses = [(shared - torch.tensor(best)).square().sum() / 2 for best in places[1:]]
    weighed = [weight * loss for weight, loss in zip(weights, losses, strict=True)]
    gradients = [torch.autograd.grad(loss, shared, retain_graph=True)[0].numpy() for loss in weighed]
    counted = [loss for weight, loss in zip(weights, weighed, strict=True) if weight > 0]
    if weighting is not None and counted:
        weigh_gradients(counted, [shared], [], weighting, Tensor.backward)
    elif counted:
        weighted_total(losses, weights).backward()  # type: ignore[no-untyped-call]
    total = np.zeros(2) if shared.grad is None else shared.grad.numpy()
    return Driven(np.array(gradients), total)


class TasksPicture(Picture):
    """Parameters in a plane, the three tasks that pull at them, and their sum."""

    place = 70
    title = tr("Who drives the gradient")
    sentence = tr(
        "See whose loss rises under the plain sum, raise its weight until another one's does, "
        "then choose UPGrad, under which none rises."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = _START.copy()
        self._weighting: Weighting | None = None
        self._behind = Behind(self)
        colours = [theme.TASK_COLOURS[task] for task in _TASKS]
        best = [tr("best for {}").format(name) for name in _TASKS.values()]
        handles = [Handle(name, colour, Shape.STAR) for name, colour in zip(best, colours, strict=True)]
        handles = [Handle(tr("parameters"), QColor("#7f7f7f"), is_below=True), *handles]
        self.plane = Plane(tr("gradients of three tasks"), handles, _HALF, (tr("1st parameter"), tr("2nd parameter")))
        self.plane.note.set_lines(tr("arrows: the way each loss falls"), tr("thick: the step, their weighted sum"))
        self._ways = [self.plane.add(Lines(dashed(colour, 1.0))) for colour in colours]
        self._arrows = [self.plane.add(Arrows(curve_pen(colour, width=2.5), 2 * _HALF)) for colour in colours]
        self._sum = self.plane.add(Arrows(curve_pen(self.plane.ink(1.0), width=5), 2 * _HALF))
        self.plane.moved.connect(self._move)
        self.choice = ChoiceField(
            tr("balance"), _BALANCES, tr("How the three gradients are put together."), key="balance"
        )
        self.choice.setMinimumContentsLength(10)
        self.choice.edited.connect(self._choose)
        self._figures = Figures(
            [Figure(task, name, _SHARE, f"00.0 %, {_words(-1.0)}") for task, name in _TASKS.items()]
        )
        self._problem = Message()
        step = button("step", tr("Step"), tr("Move the parameters along the thick arrow."), self.step)
        again = button("again", tr("Start again"), tr("Put all marks back."), self._begin)
        self.add_plot(self.plane, self._problem, row(self._figures, self.choice, step, again))
        help_text = tr("Weight of this task's loss in the sum; 0 leaves the task out.")
        self.add_sliders(*(setting(task, name, (0.0, 3.0), 1.0, help_text) for task, name in _SLIDERS.items()))
        self.refresh()

    def driven(self) -> Driven:
        """What the tasks want and get with the present weights."""
        alpha, beta, gamma = (self.setting(task) for task in _TASKS)
        return drive(self.places, (alpha, beta, gamma), self._weighting)

    def refresh(self) -> None:
        """Weigh the gradients and draw them."""
        found = self.driven()
        self.plane.put(self.places)
        here = self.places[:1]
        for task, gradient in enumerate(found.gradients):
            self._ways[task].show_lines(here, self.places[task + 1 : task + 2])
            self._arrows[task].show_arrows(here, -_ARROW * gradient[None])
        self._sum.setPen(curve_pen(self.plane.ink(0.85), width=5))
        self._sum.show_arrows(here, -_ARROW * found.total[None])
        self._figures.show_values(
            {
                task: f"{formats.rate(share)}, {_words(fall)}"
                for task, share, fall in zip(_TASKS, found.shares.tolist(), found.falls.tolist(), strict=True)
            }
        )

    def step(self) -> None:
        """Move the parameters along the sum."""
        self.places[0] = np.clip(self.places[0] - _STEP * self.driven().total, -_HALF, _HALF)
        self.refresh()

    def _choose(self) -> None:
        """Load the gradient method behind the window, which takes a moment the first time."""
        self._behind.do(partial(_loaded, self.choice.value()), self._take)

    def _take(self, loaded: Weighting | InputError | None) -> None:
        if isinstance(loaded, InputError):
            self._problem.complain(in_words(str(loaded)))
            self.choice.set_value("fixed")
            loaded = None
        else:
            self._problem.tell("")
        self._weighting = loaded
        self.refresh()

    def _begin(self) -> None:
        self.places = _START.copy()
        self.refresh()

    def _move(self, index: int, x: float, y: float) -> None:
        self.places[index] = x, y
        self.refresh()


def _loaded(name: BalanceName) -> Weighting | InputError | None:
    """The gradient method, or why there is none here."""
    try:
        return gradient_weighting(name)
    except InputError as error:
        return error


def _words(fall: float) -> str:
    """What happens to a loss that falls so fast."""
    if fall == 0:
        return tr("loss stays")
    return tr("loss falls") if fall > 0 else tr("loss rises")
