"""A field for the path of a file or a folder: typed, chosen in a dialog, or dropped."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QToolButton, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.drops import local_paths


class PathField(QWidget):
    """A line with a button beside it.

    Parameters
    ----------
    name
        What is asked for, as in 'pairs.txt'.
    help_text
        What it must be.
    kinds
        Of files, such as 'Lists (*.csv)'; empty where a folder is asked for.
    """

    edited = Signal()
    """The user entered another path."""

    def __init__(self, name: str, help_text: str, kinds: str = "", *, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._kinds, self._key = name, kinds, key
        self._shown = ""
        self._line, self._button = QLineEdit(), QToolButton()
        self._line.setObjectName(f"{key}_field")
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(tr("choose or drop a file") if kinds else tr("choose or drop a folder"))
        self._line.setAcceptDrops(False)  # Qt would insert the address; the field takes the path
        self._line.setToolTip(help_text)
        self._line.editingFinished.connect(self._on_edited)
        self._button.setText("…")
        self._button.setObjectName(f"choose_{key}")
        self._button.setAccessibleName(tr("Choose {name}").format(name=name))
        self._button.setToolTip(tr("Choose {name}.").format(name=name))
        self._button.clicked.connect(self._ask)
        self.setAcceptDrops(True)
        self.setFocusProxy(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)

    def path(self) -> Path | None:
        """The path entered; None while there is none."""
        text = self._line.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path) -> None:
        """Enter a path, as if the user had."""
        self._line.setText(str(path))
        self._on_edited()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file or folder."""
        if len(local_paths(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Enter its path."""
        event.acceptProposedAction()
        self.set_path(local_paths(event.mimeData())[0])

    def _on_edited(self) -> None:
        if self._line.text() != self._shown:
            self._shown = self._line.text()
            self.edited.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Choose {name}").format(name=self._name), self._line.text(), self._kinds)
        dialog.setObjectName(f"choose_{self._key}_dialog")
        if self._kinds:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.set_path(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
