"""The program's icons: drawn in the colour of the text, whatever the theme, and sharp at any size."""

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

_DISABLED = 0.4
"""Opacity of a disabled icon."""


def icon(name: str) -> QIcon:
    """Icon `name`.svg of the package `resources`; it follows a change of theme by itself.

    Raises
    ------
    FileNotFoundError
        There is no such icon.
    """
    return QIcon(_StrokeEngine(_source(name)))


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(_StrokeEngine(_source("app")))


@cache
def _source(name: str) -> str:
    return resources.files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


class _StrokeEngine(QIconEngine):
    """Paints an SVG, its `currentColor` replaced by the palette's colour of text at the time of painting."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self._svg = svg

    def clone(self) -> QIconEngine:
        """A copy, which Qt asks for when an icon is changed."""
        return _StrokeEngine(self._svg)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into the largest centred square of `rect`."""
        side = min(rect.width(), rect.height())
        square = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
        svg = self._svg.replace("currentColor", _colour(mode).name())
        painter.save()
        painter.setOpacity(_DISABLED if mode is QIcon.Mode.Disabled else 1.0)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, square)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon on a transparent ground."""
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return QPixmap.fromImage(image)


def _colour(mode: QIcon.Mode) -> QColor:
    selected = mode is QIcon.Mode.Selected
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.ButtonText
    return QApplication.palette().color(QPalette.ColorGroup.Active, role)
