"""Images that leave the window or one of its panels with the mouse: as files where they are files, else as pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

SAMPLE_FORMAT = "application/x-metric-explorer-sample"
"""MIME format that carries the sample's id as UTF-8 text, beside the image itself."""


@dataclass(frozen=True)
class SampleImage:
    """An image of the data set on its way to somewhere."""

    id: str
    """`core.data.dataset.Sample.id`"""
    image: Path | QImage


ImageProvider = Callable[[int], SampleImage | None]
"""Answers with the image of a sample, at once; None where it is not to be had."""


def sample_mime(sample: SampleImage) -> QMimeData:
    """What the receiver of a drop finds: a file's address or an image, and the id in `SAMPLE_FORMAT`."""
    mime = QMimeData()
    mime.setData(SAMPLE_FORMAT, sample.id.encode())
    if isinstance(sample.image, Path):
        mime.setUrls([QUrl.fromLocalFile(str(sample.image.absolute()))])
    else:
        mime.setImageData(sample.image)
    return mime


def drag_sample(source: QWidget, sample: SampleImage, preview: QPixmap) -> None:
    """Let the user carry the image until the mouse button is released."""
    drag = QDrag(source)
    drag.setMimeData(sample_mime(sample))
    if not preview.isNull():
        drag.setPixmap(preview)
        drag.setHotSpot(QPoint(preview.width() // 2, preview.height() // 2))
    drag.exec(Qt.DropAction.CopyAction)
