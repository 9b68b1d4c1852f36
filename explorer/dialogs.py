"""The few questions that need a window of their own; none stops the rest."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

import core
from explorer.translation import tr


def choose_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], None]) -> None:
    """Let the user choose a folder, beginning at `start`; hand its path to `chosen`."""
    dialog = QFileDialog(parent, title, start)
    dialog.setObjectName("choose_folder")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def choose_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[str], None]) -> None:
    """Let the user choose a file of some kinds, such as 'Lists (*.csv)'; hand its path to `chosen`."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setObjectName("choose_file")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def save_file(parent: QWidget, title: str, name: str, kind: str, chosen: Callable[[str], None]) -> None:
    """Let the user choose where a file of a kind such as 'csv' is written; hand its path to `chosen`."""
    dialog = QFileDialog(parent, title, name)
    dialog.setObjectName("save_file")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
    dialog.setDefaultSuffix(kind)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def about(parent: QWidget) -> None:
    """Say what the program is."""
    box = QMessageBox(parent)
    box.setObjectName("about")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("About metric-explorer"))
    box.setText(
        tr(
            "metric-explorer {version}\n\nTrain image embeddings, watch them form, choose a threshold you can "
            "defend.\n\nMIT licence"
        ).format(version=core.__version__)
    )
    box.open()
