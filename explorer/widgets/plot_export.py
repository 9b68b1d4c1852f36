"""A plot as a file: pixels, vectors, or the numbers behind it."""

import json
import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView

from core.csv_text import csv_text

ExportFormat = Literal["png", "svg", "csv", "json"]
_PNG_SCALE = 2
"""Pixels of the file for one of the screen, so that it stays sharp in print."""


class Table(NamedTuple):
    """The numbers behind a plot."""

    header: Sequence[str]
    rows: Iterable[Sequence[object]]


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


def csv_bytes(table: Table) -> bytes:
    """A table as a CSV file, at full resolution; a name in it that looks like a formula stays a name."""
    return csv_text(table.header, table.rows).encode("utf-8", "backslashreplace")  # a file's name need not be UTF-8


def json_bytes(table: Table, title: str) -> bytes:
    """A table as a JSON file: every column under its name, at full resolution; null where a number is not finite."""
    rows = [tuple(map(_plain, row)) for row in table.rows]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(table.header)}
    return (json.dumps({"title": title, "columns": columns}, ensure_ascii=False) + "\n").encode("utf-8")


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value
