"""A very large set of embeddings in a window of its own: a map of some of its images, its curve and its figures."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from superqt import QElidingLabel

from explorer import formats, theme
from explorer.panels.curve_views import CurveViews
from explorer.panels.evaluation_figures import figure_groups
from explorer.panels.map_hover import MapHover
from explorer.panels.map_plot import MapPlot, MapView
from explorer.translation import tr
from explorer.widgets.figure_table import FigureTable
from explorer.widgets.legend import Legend
from explorer.widgets.message import Message

if TYPE_CHECKING:
    from core.evaluation.measured import Measured

_MOST_NAMED = 100
"""Classes beyond which a key would be of no use."""


@dataclass(frozen=True, eq=False)
class EmbeddedView:
    """What is shown of a set."""

    name: str
    subject: str
    """Which model embedded which images, in one line."""
    map: MapView
    shown: str
    """Which of the images the map shows, and how, in one line."""
    measured: "Measured | None"
    figures: str
    """Which of the images the figures are of, in one line."""
    problem: str
    """Why there are no figures; empty where there are."""


class EmbeddedSetWindow(QWidget):
    """Map, curve and figures of one set, which have nothing to do with the run that the main window shows."""

    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, view: EmbeddedView, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("embedded_set")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Embeddings {name}").format(name=view.name))
        self.resize(1100, 700)
        self._map, self._legend = MapPlot(), Legend(tr("Point at a class to see where it lies."))
        self._hover = MapHover(self._map, self)
        self._views, self._table, self._missing = CurveViews(), FigureTable(tr("figures of the embeddings")), Message()
        self._arrange(view)
        self._show_map(view.map)
        self._show_measured(view)
        for plot in (self._map, self._views):
            plot.problem.connect(self.problem)

    def _arrange(self, view: EmbeddedView) -> None:
        unit = theme.UNIT
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self._views.tabs, 0), (self._views, 3), (self._missing, 0), (self._table, 2)):
            column.addWidget(part, stretch)
        column.addWidget(_line("embedded_figures", view.figures))
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self._map, 1)
        row.addWidget(self._legend)
        beside.addLayout(row, 1)
        beside.addWidget(_line("embedded_shown", view.shown))
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([600, 484])
        right.setMinimumWidth(46 * unit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(unit, unit, unit, unit)
        outer.setSpacing(unit)
        outer.addWidget(_line("embedded_subject", view.subject))
        outer.addWidget(split, 1)

    def _show_map(self, view: MapView) -> None:
        self._map.show_projection(view)
        self._map.fit()
        self._hover.show(view)
        counts = np.bincount(view.labels, minlength=len(view.class_names))
        self._legend.set_classes(view.class_names, counts)
        self._legend.setVisible(len(view.class_names) <= _MOST_NAMED)
        self._legend.class_hovered.connect(lambda label: self._map.cloud.emphasise_class(label if label >= 0 else None))

    def _show_measured(self, view: EmbeddedView) -> None:
        found = view.measured
        for part in (self._views.tabs, self._views, self._table):
            part.setVisible(found is not None)
        self._missing.tell(tr("No curve: {reason}").format(reason=view.problem) if found is None else "")
        if found is None:
            return
        curve = found.curve

        def show_point(threshold: float) -> None:
            self._views.show_point(curve.confusion_at(curve.snapped(threshold)))  # where counts are known at once

        show_point(found.threshold.point.threshold)
        self._views.show_curve(curve)
        self._views.show_figures(None, found.confidence)
        self._views.threshold_dragged.connect(show_point)
        self._table.show_groups(figure_groups(found))


def _line(name: str, text: str) -> QElidingLabel:
    label = QElidingLabel(text)
    label.setObjectName(name)
    label.setToolTip(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def counted(shown: int, of: int) -> str:
    """How many of how many images: 'all 1,797 images' or '50,000 of 10,000,000 images, drawn at random'."""
    if shown == of:
        return tr("all {count} images").format(count=formats.count(of))
    return tr("{shown} of {count} images, drawn at random").format(shown=formats.count(shown), count=formats.count(of))
