"""The plot that all panels use, so that mouse, menu, colours and export are the same everywhere."""

import math
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QGraphicsGridLayout, QMenu, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.plot_axis import Axis
from explorer.widgets.plot_export import ExportFormat, Table, csv_bytes, json_bytes, png_bytes, svg_bytes
from explorer.widgets.plot_keys import move_by_key, paint_focus
from explorer.widgets.readout import Readout

Range = tuple[float, float]
_FORMATS: tuple[ExportFormat, ...] = ("png", "svg", "csv", "json")


class Curve(Protocol):
    """What a plot needs of a curve: pyqtgraph's PlotDataItem has it, and our LongCurve."""

    def name(self) -> str:
        """What the curve shows."""

    def isVisible(self) -> bool:
        """Whether it is drawn."""

    def setLogMode(self, x: bool, y: bool) -> None:
        """Follow the scale of the axes."""

    def getOriginalDataset(self) -> tuple[Any, Any]:
        """The points in data units, None where there are none."""


def curve_pen(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: float = 2.0) -> QPen:
    """A pen whose width is in pixels however far the plot is zoomed."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


class _View(pg.ViewBox):  # type: ignore[misc] # pyqtgraph has no types
    """A view that is dragged with the left button only; the right one is for the menu."""

    def mouseDragEvent(self, event: object, axis: int | None = None) -> None:
        if event.button() == Qt.MouseButton.RightButton:  # type: ignore[attr-defined]
            event.ignore()  # type: ignore[attr-defined]
        else:
            super().mouseDragEvent(event, axis)


class Plot(pg.GraphicsView):  # type: ignore[misc] # pyqtgraph has no types
    """Curves over two named axes: the wheel zooms, a drag pans, a double click fits, a right click has the menu.

    Curves and marks are pyqtgraph items in `view`, in axis coordinates: log10 of the data on a log axis
    (`to_axis` and `from_axis` convert).

    Parameters
    ----------
    name
        What the plot shows, for screen readers and as the name of an exported file.
    """

    problem = Signal(str)
    """One sentence about an export that failed."""
    hovered = Signal(float, float)
    """The pointer stands over this point, in data units."""
    hover_left = Signal()
    recoloured = Signal()
    """The palette changed: items with colours of their own take new ones, from `ink`."""
    clicked = Signal(QPointF)
    """A single click of the left button, in pixels of the plot."""
    axis_kind: ClassVar[type[Axis]] = Axis
    """What both axes are made of."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._built = False  # pyqtgraph causes change events while it builds its part
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName(name.replace(" ", "_"))
        self._log = (False, False)
        self._labels = ("", "")
        self._home: tuple[Range | None, Range | None] = (None, None)
        self._pointer: QPoint | None = None
        self._curves: list[Curve] = []
        self._lines: list[pg.InfiniteLine] = []
        self.view = _View(enableMenu=False)
        self.bottom, self.left = self.axis_kind("bottom"), self.axis_kind("left")
        self._lay_out()
        self._menu = self._make_menu()
        self._hover_line = self.add_line(0.0)
        self._hover_line.hide()
        self._readout = Readout(self.viewport())
        self.scene().sigMouseClicked.connect(self._on_click)
        self._built = True
        self._take_theme()

    def set_axes(
        self,
        x_label: str,
        y_label: str,
        *,
        log_x: bool = False,
        log_y: bool = False,
        percent_x: bool = False,
        percent_y: bool = False,
    ) -> None:
        """Name the axes with their units; shares may be written in per cent."""
        self._labels = (x_label, y_label)
        self._log = (log_x, log_y)
        self.bottom.describe(x_label, log=log_x, percent=percent_x)
        self.left.describe(y_label, log=log_y, percent=percent_y)
        for curve in self._curves:
            curve.setLogMode(log_x, log_y)

    def hide_x_texts(self) -> None:
        """Leave name and numbers of the x axis to a plot right below."""
        self.bottom.hide_texts()

    def set_home(self, x: Range | None = None, y: Range | None = None) -> None:
        """Say what 'fit' shows, in axis coordinates: a fixed range, or None for all that is drawn."""
        self._home = (x, y)
        self.fit()

    def set_y_home(self, y: Range | None) -> None:
        """Say what 'fit' shows of the y axis, and show it; what is seen of the x axis stays."""
        self._home = (self._home[0], y)
        self._fit_axis(1)

    def fit(self) -> None:
        """Show everything, and follow it as it grows."""
        for axis in (0, 1):
            self._fit_axis(axis)

    def settle(self) -> None:
        """Follow new data now; left to the next paint, as pyqtgraph has it, everything would be painted twice."""
        self.scene().prepareForPaint()

    def add_curve(self, curve: Curve) -> None:
        """Draw a curve that is fed in data units; it is exported under its name while visible."""
        curve.setLogMode(*self._log)
        self.view.addItem(curve)
        self._curves.append(curve)

    def add_line(self, x: float, *, movable: bool = False) -> pg.InfiniteLine:
        """A vertical line in the colour of the text; a movable one emits `sigDragged` while the user drags it."""
        line = pg.InfiniteLine(x, angle=90, movable=movable)
        line.setZValue(20 if movable else 10)
        if movable:
            line.setCursor(Qt.CursorShape.SizeHorCursor)
        self.view.addItem(line, ignoreBounds=True)
        self._lines.append(line)
        self._colour_line(line)
        return line

    def ink(self, share: float) -> QColor:
        """The palette's colour of text, mixed with its ground: 1 is all text, 0 all ground."""
        text, ground = self.palette().color(QPalette.ColorRole.Text), self.palette().color(QPalette.ColorRole.Base)
        rest = 1.0 - share
        return QColor(
            round(share * text.red() + rest * ground.red()),
            round(share * text.green() + rest * ground.green()),
            round(share * text.blue() + rest * ground.blue()),
        )

    def to_axis(self, value: float, axis: Literal[0, 1] = 0) -> float:
        """Axis coordinate of a value in data units, -inf for 0 on a log axis."""
        if not self._log[axis]:
            return value
        return math.log10(value) if value > 0 else -math.inf

    def from_axis(self, coordinate: float, axis: Literal[0, 1] = 0) -> float:
        """Value in data units at an axis coordinate."""
        return 10.0**coordinate if self._log[axis] else coordinate

    def show_readout(self, x: float, text: str) -> None:
        """Answer `hovered`: a line at `x` (data units) and a small text beside the pointer."""
        if self._pointer is not None:
            self.show_line(x)
            self._readout.show_beside(self._pointer, text)

    def show_line(self, x: float) -> None:
        """Show only the line, in a plot beside the one under the pointer; `hide_readout` takes it away."""
        self._hover_line.setPos(self.to_axis(x))
        self._hover_line.show()

    def hide_readout(self) -> None:
        """Take line and text away."""
        self._hover_line.hide()
        self._readout.hide()

    def repeat_hover(self) -> None:
        """Emit `hovered` again where the pointer rests, after the data below it changed."""
        if self._pointer is not None and self._readout.isVisible():
            self._emit_hover(self._pointer)

    def export(self, path: Path) -> None:
        """Write what is seen (PNG, SVG) or the numbers behind it (CSV, JSON), as the file's suffix says."""
        name = self.accessibleName()
        match path.suffix.lower():
            case ".png":
                content = png_bytes(self)
            case ".svg":
                content = svg_bytes(self, name)
            case ".csv":
                content = csv_bytes(self.table())
            case ".json":
                content = json_bytes(self.table(), name)
            case suffix:
                self.problem.emit(
                    tr("{name}: a plot is saved as .png, .svg, .csv or .json, found {suffix!r}").format(
                        name=path.name, suffix=suffix
                    )
                )
                return
        try:
            path.write_bytes(content)
        except OSError as error:
            self.problem.emit(
                tr("{path}: the plot cannot be saved ({strerror})").format(path=path, strerror=error.strerror)
            )

    def table(self) -> Table:
        """Numbers for the export, in data units: a row for every point of the visible curves."""
        seen = [(curve.name(), curve.getOriginalDataset()) for curve in self._curves if curve.isVisible()]
        return Table(
            ("curve", *self._labels),
            [
                (name, at, value)
                for name, (x, y) in seen
                if x is not None
                for at, value in zip(x.tolist(), y.tolist(), strict=True)
            ],
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or font."""
        super().changeEvent(event)
        looks = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if looks and self._built and not self.closed:
            self._take_theme()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, or drag what lies below; the right button is for the menu."""
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)
        event.accept()  # pyqtgraph leaves it open, and a panel behind the plot would get it too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        if event.button() != Qt.MouseButton.RightButton:
            super().mouseReleaseEvent(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report what the pointer stands over, unless it drags."""
        super().mouseMoveEvent(event)
        position = event.position().toPoint()
        inside = self.view.sceneBoundingRect().contains(self.mapToScene(position))
        if inside and event.buttons() == Qt.MouseButton.NoButton:
            self._emit_hover(position)
        else:
            self._end_hover()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, Home fits."""
        if event.key() == Qt.Key.Key_Home:
            self.fit()
        elif not move_by_key(self.view, event.key()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plot, and a frame where it got the keyboard by a key."""
        super().paintEvent(event)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            paint_focus(self.viewport())

    def leaveEvent(self, event: QEvent) -> None:
        """Take the readout away with the pointer."""
        super().leaveEvent(event)
        self._end_hover()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu."""
        self._end_hover()
        self._menu.popup(event.globalPos())

    def _fit_axis(self, axis: int) -> None:
        limits = self._home[axis]
        if limits is None:
            (self.view.linkedView(axis) or self.view).enableAutoRange(axis, True)
        else:
            self.view.setRange(**{("xRange", "yRange")[axis]: limits}, padding=0)

    def _lay_out(self) -> None:
        layout = QGraphicsGridLayout()
        layout.setSpacing(0)
        layout.setContentsMargins(theme.UNIT / 2, theme.UNIT / 2, 2 * theme.UNIT, 0)
        layout.addItem(self.left, 0, 0)
        layout.addItem(self.view, 0, 1)
        layout.addItem(self.bottom, 1, 1)
        self.left.linkToView(self.view)
        self.bottom.linkToView(self.view)
        self.left.setZValue(-1000)  # the grid stays behind the curves
        self.bottom.setZValue(-1000)
        contents = pg.GraphicsWidget()
        contents.setLayout(layout)
        self.setCentralItem(contents)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        fit = QAction(tr("Fit"), menu)
        fit.setObjectName("fit")
        fit.triggered.connect(self.fit)
        menu.addAction(fit)
        menu.addSeparator()
        for kind in _FORMATS:
            action = QAction(tr("Export as {upper}…").format(upper=kind.upper()), menu)
            action.setObjectName(f"export_{kind}")
            action.triggered.connect(lambda _checked=False, kind=kind: self._ask_where(kind))
            menu.addAction(action)
        return menu

    def _ask_where(self, kind: ExportFormat) -> None:
        dialog = QFileDialog(
            self, tr("Export the plot as {upper}").format(upper=kind.upper()), f"{self.accessibleName()}.{kind}"
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(lambda chosen: self.export(Path(chosen)))
        dialog.open()

    def _take_theme(self) -> None:
        self.setBackground(self.ink(0.0))
        for axis in (self.left, self.bottom):
            axis.set_theme(self.ink(0.75), self.ink(0.4), self.ink(0.1), self.font())
        for line in self._lines:
            self._colour_line(line)
        self.recoloured.emit()

    def _colour_line(self, line: pg.InfiniteLine) -> None:
        if line.movable:
            line.setPen(curve_pen(self.ink(1.0)))
            line.setHoverPen(curve_pen(self.palette().color(QPalette.ColorRole.Highlight), width=4))
        else:
            line.setPen(curve_pen(self.ink(0.5), Qt.PenStyle.DotLine, 1))

    def _emit_hover(self, position: QPoint) -> None:
        self._pointer = position
        point = self.view.mapSceneToView(self.mapToScene(position))
        self.hovered.emit(self.from_axis(point.x(), 0), self.from_axis(point.y(), 1))

    def _end_hover(self) -> None:
        if self._pointer is not None:
            self._pointer = None
            self.hide_readout()
            self.hover_left.emit()

    def _on_click(self, event: object) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not event.double():  # type: ignore[attr-defined]
            self.clicked.emit(event.scenePos())  # type: ignore[attr-defined]
