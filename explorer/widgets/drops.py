"""What was dropped or pasted, as files."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(mime: QMimeData) -> list[Path]:
    """Files and folders of this computer in a drop from a file manager; addresses of the web are left out."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
