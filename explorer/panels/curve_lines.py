"""What the curves show, as a table: the loss terms, and the diagnostics that can stand below them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from core.training.records import StepRecord
from explorer import formats, theme
from explorer.panels.loss_series import Floats, column_of
from explorer.translation import tr

Read = Callable[[Sequence[StepRecord]], Floats]
"""Values [n] of records, NaN where a step was not measured."""


@dataclass(frozen=True)
class Line:
    """One curve: its name and looks, what it tells, and where its numbers are in a step's record."""

    key: str
    label: str
    colour: QColor
    style: Qt.PenStyle
    help: str
    read: Read
    weight: str | None = None
    """The live setting that weighs it in the total."""
    balance: Read | None = None
    """What weighed it where that was more than the setting alone."""


@dataclass(frozen=True)
class View:
    """What the lower plot can show."""

    key: str
    label: str
    axis: str
    """Name of the y axis, short enough for a low plot."""
    help: str
    lines: tuple[Line, ...]
    text: Callable[[float | None], str]
    """How the readout writes a value."""
    share: bool = False
    """Whether its values are shares from 0 to 1, written in per cent."""


def _field(name: str) -> Read:
    get = attrgetter(name)
    return lambda records: column_of([get(record) for record in records])


def _share(name: str, fields: tuple[str, ...]) -> Read:
    """One field's share in the sum of all; NaN where it is absent or all are 0."""
    reads = {field: _field(field) for field in fields}

    def read(records: Sequence[StepRecord]) -> Floats:
        columns = {field: one(records) for field, one in reads.items()}
        total: Floats = np.nansum(list(columns.values()), axis=0)
        share: Floats = np.divide(columns[name], total, out=np.full(len(total), np.nan), where=total > 0)
        return share

    return read


def _directions(rank: float | None) -> str:
    return formats.UNKNOWN if rank is None else f"{rank:.1f}"


_SOLID, _DASHED, _DOTTED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
_DASH_DOTTED = Qt.PenStyle.DashDotLine
_KINDS = ("easy", "semi_hard", "hard")
_GRADIENTS = ("cls_gradient", "seg_gradient", "metric_gradient")

LOSSES = (
    Line(
        "total",
        tr("total"),
        theme.TASK_COLOURS["total"],
        _SOLID,
        tr("What is minimised: the weighted sum of the other losses."),
        _field("total"),
    ),
    Line(
        "cls",
        tr("cls"),
        theme.TASK_COLOURS["cls"],
        _DASHED,
        tr("Classification: cross entropy over the classes."),
        _field("cls"),
        "alpha",
        _field("cls_weight"),
    ),
    Line(
        "seg",
        tr("seg"),
        theme.TASK_COLOURS["seg"],
        _DOTTED,
        tr("Segmentation: binary cross entropy + Dice of the masks."),
        _field("seg"),
        "beta",
        _field("seg_weight"),
    ),
    Line(
        "metric",
        tr("metric"),
        theme.TASK_COLOURS["metric"],
        _DASH_DOTTED,
        tr("The metric loss. Where it is a mean over active tuples, that it stays level is normal; watch their share."),
        _field("metric"),
        "gamma",
        _field("metric_weight"),
    ),
)
"""The upper plot; the metric loss takes the label of the run's own."""

VIEWS = (
    View(
        "active",
        tr("active tuples"),
        tr("active"),
        tr("Share of all the batch's tuples with positive metric loss; at 0 nothing more is learned from them."),
        (
            Line(
                "active",
                tr("active"),
                theme.TASK_COLOURS["active_fraction"],
                _SOLID,
                tr("Share of active tuples."),
                _field("active_fraction"),
            ),
        ),
        formats.rate,
        share=True,
    ),
    View(
        "kinds",
        tr("triplet kinds"),
        tr("share"),
        tr(
            "Shares of the batch's triplets by how hard they are. Hard ones that do not "
            "fall are a sign of wrong labels or of collapse; without semi-hard ones, "
            "semi-hard mining finds nothing to learn from."
        ),
        (
            Line(
                "easy",
                tr("easy"),
                QColor("#56a0d3"),
                _DOTTED,
                tr("Easy triplets: the negative is farther than the positive by more than the margin."),
                _share("easy", _KINDS),
            ),
            Line(
                "semi_hard",
                tr("semi-hard"),
                QColor("#d18f00"),
                _SOLID,
                tr("Semi-hard triplets: the negative is farther than the positive, by no more than the margin."),
                _share("semi_hard", _KINDS),
            ),
            Line(
                "hard",
                tr("hard"),
                QColor("#b5534f"),
                _DASHED,
                tr("Hard triplets: the negative is no farther than the positive."),
                _share("hard", _KINDS),
            ),
        ),
        formats.rate,
        share=True,
    ),
    View(
        "distances",
        tr("distances"),
        tr("mean d"),
        tr(
            "Mean distances within the batch, in the distance the run is trained with. "
            "They should part; both near 0 is collapse."
        ),
        (
            Line(
                "d_ap",
                "d_ap",
                theme.GENUINE,
                _SOLID,
                tr("Mean distance of positive pairs: an anchor and an image of its class."),
                _field("mean_d_ap"),
            ),
            Line(
                "d_an",
                "d_an",
                theme.IMPOSTOR,
                _DASHED,
                tr("Mean distance of negative pairs: an anchor and an image of another class."),
                _field("mean_d_an"),
            ),
        ),
        formats.distance,
    ),
    View(
        "rank",
        tr("effective rank"),
        tr("rank"),
        tr(
            "Spread of the batch's embeddings, in directions: 1 where they lie on a line. "
            "A fall towards 1 is collapse; far below the embedding size, a smaller embedding would do."
        ),
        (
            Line(
                "rank",
                tr("rank"),
                theme.TASK_COLOURS["active_fraction"],
                _SOLID,
                tr("Effective rank of the batch's embeddings."),
                _field("effective_rank"),
            ),
        ),
        _directions,
    ),
    View(
        "gradient",
        tr("gradient norm"),
        tr("norm"),
        tr("L2 norm of the gradient of all weights. Spikes ask for a lower learning rate."),
        (
            Line(
                "gradient",
                tr("gradient"),
                theme.TASK_COLOURS["total"],
                _SOLID,
                tr("Norm of the gradient."),
                _field("gradient_norm"),
            ),
        ),
        formats.loss,
    ),
    View(
        "tasks",
        tr("task shares"),
        tr("share"),
        tr(
            "Each task's share in the gradient of the backbone that they share, its weight included; measured now and "
            "then. A task with hardly any share is not learned: raise its weight."
        ),
        (
            Line(
                "cls_share",
                tr("cls"),
                theme.TASK_COLOURS["cls"],
                _DASHED,
                tr("Share of classification."),
                _share("cls_gradient", _GRADIENTS),
            ),
            Line(
                "seg_share",
                tr("seg"),
                theme.TASK_COLOURS["seg"],
                _DOTTED,
                tr("Share of segmentation."),
                _share("seg_gradient", _GRADIENTS),
            ),
            Line(
                "metric_share",
                tr("metric"),
                theme.TASK_COLOURS["metric"],
                _DASH_DOTTED,
                tr("Share of the metric loss."),
                _share("metric_gradient", _GRADIENTS),
            ),
        ),
        formats.rate,
        share=True,
    ),
)
"""The lower plot, the first one at first."""
