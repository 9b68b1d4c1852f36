"""Leaving selected images out of the data, or giving them another class; what was done can be taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.data.edit_file import class_name
from explorer import formats
from explorer.core_words import in_words
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.message import Message

_NOTHING = tr("Select images first.")
_EXCLUDE = tr(
    "Runs that start from now on leave the selected images out. The files stay as they are; Ctrl+Z takes it back."
)
_RELABEL = tr("Runs that start from now on take the selected images for this class, which may be a new one.")
_TAKE_BACK = tr("Undo exclusion and other class of the selected images: they count as the data says.")


class EditBar(QWidget):
    """How many images are selected, and what can be done to them."""

    exclude_requested = Signal()
    relabel_requested = Signal(str)
    """Name of the class."""
    take_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected, self._edited, self._obstacle, self._no_classes = 0, 0, "", ""
        self._count, self._where, self._problem = QLabel(), Message(), Message()
        self._exclude = _button(tr("Exclude"), "exclude_images")
        self._relabel = _button(tr("Change class"), "relabel_images")
        self._take_back = _button(tr("Take back"), "take_back_edits")
        self._class = self._make_class_field()
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self._count)
        row.addWidget(self._exclude)
        row.addWidget(self._class, 1)
        row.addWidget(self._relabel)
        row.addWidget(self._take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self._where)
        self._exclude.clicked.connect(self.exclude_requested)
        self._take_back.clicked.connect(self.take_back_requested)
        self._relabel.clicked.connect(self._ask_for_class)
        self._update()

    def show_classes(self, names: Sequence[str], no_classes: str) -> None:
        """Offer these classes; `no_classes` says why none can be given, empty where one can."""
        text = self._class.currentText()
        self._class.clear()
        self._class.addItems(list(names))
        self._class.setEditText(text if text in names else "")
        self._no_classes = no_classes
        self._update()

    def show_place(self, file: str, obstacle: str) -> None:
        """Say where edits are kept, or why none can be made now."""
        self._obstacle = obstacle
        kept = tr("Counts for runs that start from now on; kept in {file}, beside the data.").format(file=file)
        self._where.tell(
            tr("{kept} To leave images out of one run's figures only, see Pairs.").format(kept=kept) if file else ""
        )
        self._update()

    def show_selection(self, selected: int, edited: int) -> None:
        """Say how many images are selected, and how many of these a person has edited."""
        self._selected, self._edited = selected, edited
        self._update()

    def _make_class_field(self) -> QComboBox:
        field, line, completer = QComboBox(insertPolicy=QComboBox.InsertPolicy.NoInsert), QLineEdit(), QCompleter()
        field.setLineEdit(line)
        field.setObjectName("new_class")
        field.setAccessibleName(tr("Class for the selected images"))
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(8)
        line.setPlaceholderText(tr("class"))
        line.returnPressed.connect(self._ask_for_class)
        line.textChanged.connect(lambda _text: self._update())
        completer.setModel(field.model())
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
        return field

    def _ask_for_class(self) -> None:
        written = self._class.currentText().strip()
        if not self._relabel.isEnabled():
            return
        try:
            name = class_name(written)
        except ValueError as error:
            self._problem.complain(in_words(str(error)))
            return
        self._problem.tell("")
        self.relabel_requested.emit(name)

    def _update(self) -> None:
        count = formats.count(self._selected) if self._selected else tr("none")
        self._count.setText(tr("{count} selected").format(count=count))
        why = self._obstacle or ("" if self._selected else _NOTHING)
        classes = why or self._no_classes
        written = "" if self._class.currentText().strip() else tr("Write or choose a class first.")
        untouched = "" if self._edited else tr("None of the selected images is excluded or has another class.")
        for control, obstacle, help_text in (
            (self._exclude, why, _EXCLUDE),
            (self._class, classes, _RELABEL),
            (self._relabel, classes or written, _RELABEL),
            (self._take_back, why or untouched, _TAKE_BACK),
        ):
            control.setEnabled(not obstacle)
            control.setToolTip("\n\n".join(filter(None, (obstacle, help_text))))
        if not written:
            self._problem.tell("")


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
