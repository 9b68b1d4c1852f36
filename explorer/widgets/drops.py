"""What was dropped or pasted, as files or as an image."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage, QPixmap


def local_paths(mime: QMimeData) -> list[Path]:
    """Files and folders of this computer in a drop from a file manager; addresses of the web are left out."""
    return [Path(url.toLocalFile()) for url in mime.urls() if _is_here(url)]


def paths_in_text(mime: QMimeData) -> list[Path]:
    """Files and folders named in text, one a line: absolute paths, paths from '~', or file addresses; else none."""
    lines = [line.strip().strip("'\"") for line in mime.text().splitlines()]
    found = [_path(line) for line in lines if line]
    return [path for path in found if path is not None] if all(found) else []


def names_address(mime: QMimeData) -> bool:
    """Whether it is an address of the web, or text that is one."""
    text = mime.text().strip()
    return any(not _is_here(url) for url in mime.urls()) or text.startswith(("http://", "https://"))


def image_in(mime: QMimeData) -> QImage | None:
    """Image data; None where there is none that can be read."""
    data = mime.imageData()
    image = data.toImage() if isinstance(data, QPixmap) else data
    return QImage(image) if isinstance(image, QImage) and not image.isNull() else None


def _is_here(url: QUrl) -> bool:
    """Whether an address is of this computer; one of a file on another would open a connection to it."""
    return url.isLocalFile() and not url.host()


def _path(line: str) -> Path | None:
    if line.startswith("file:"):
        return Path(QUrl(line).toLocalFile()) if _is_here(QUrl(line)) else None
    path = Path(line)
    if line.startswith("~/"):
        return path.expanduser()
    return path if path.is_absolute() else None
