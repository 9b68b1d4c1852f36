"""A plot as a file: pixels, vectors, or the numbers behind it."""

import csv
import io
from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView

ExportFormat = Literal["png", "svg", "csv"]
Series = tuple[str, NDArray[np.float64], NDArray[np.float64]]
"""Name, x and y of a curve."""

_PNG_SCALE = 2
"""Pixels of the file for one of the screen, so that it stays sharp in print."""


def png_bytes(view: QGraphicsView) -> bytes:
    """The view as a PNG file at twice its size."""
    image = QImage(view.viewport().size() * _PNG_SCALE, QImage.Format.Format_RGB32)
    image.fill(view.backgroundBrush().color())
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view.render(painter)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def svg_bytes(view: QGraphicsView, title: str) -> bytes:
    """The view as an SVG file; text stays text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    size = view.viewport().size()
    area = QRectF(0, 0, size.width(), size.height())
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(area)
    generator.setTitle(title)
    with QPainter(generator) as painter:
        painter.fillRect(area, view.backgroundBrush())
        view.render(painter, area, area.toRect(), Qt.AspectRatioMode.IgnoreAspectRatio)
    return bytes(buffer.data().data())


def csv_bytes(x_label: str, y_label: str, series: Iterable[Series]) -> bytes:
    """The numbers of all curves at full resolution, one point a line: curve, x, y."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["curve", x_label, y_label])
    for name, x, y in series:
        writer.writerows((name, at, value) for at, value in zip(x.tolist(), y.tolist(), strict=True))
    return text.getvalue().encode("utf-8")
