"""Where many pairs come from: chosen by buttons, or dropped."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from explorer import theme
from explorer.dialogs import choose_file, choose_folder
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.empty_state import EmptyState

Match = Literal["names", "all"]

_WORDS = tr(
    "Drop a folder, two folders or a pairs file here: a verdict on every pair will stand in a table.\n\n"
    "A folder gives every pair of its images. A pairs file is a CSV with the columns image_a, image_b and, where it is "
    "known, same (1 or 0); its paths are relative to the file."
)
_MATCHES = (
    Choice("names", tr("matching names"), tr("each image of the one with that of the other that has its name.")),
    Choice("all", tr("every pair"), tr("each image of the one with each of the other.")),
)


class PairSources(QWidget):
    """Three buttons and, for two folders, which of their pairs."""

    chosen = Signal(tuple, str)
    """Paths, and the `Match` of two folders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = (
            self._button(
                tr("Folder …"), "judge_folder", tr("Judge every pair of a folder's images."), self._ask_folder
            ),
            self._button(
                tr("Pairs file …"),
                "judge_file",
                tr("Judge the pairs of a CSV file: image_a, image_b and maybe same."),
                self._ask_file,
            ),
            self._button(
                tr("Two folders …"),
                "judge_folders",
                tr("Judge pairs of an image of one folder and one of another."),
                self._ask_two,
            ),
        )
        self._helps = tuple(button.toolTip() for button in self._buttons)
        self._match = ChoiceField(
            tr("pairs of two folders"),
            _MATCHES,
            tr("Which images of two folders make a pair."),
            key="pairs_of_two_folders",
        )
        self._match.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        for button in self._buttons:
            row.addWidget(button)
        row.addWidget(QLabel(tr("by")))
        row.addWidget(self._match)
        row.addStretch(1)

    @property
    def match(self) -> Match:
        """Which images of two folders make a pair."""
        match: Match = self._match.value()
        return match

    def set_available(self, reason: str) -> None:
        """Say why nothing can be judged now; empty where it can."""
        for button, help_text in zip(self._buttons, self._helps, strict=True):
            button.setEnabled(not reason)
            button.setToolTip(f"{reason}\n\n{help_text}" if reason else help_text)

    def _button(self, text: str, name: str, help_text: str, clicked: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(help_text)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _ask_folder(self) -> None:
        choose_folder(self, tr("Choose a folder of images"), "", lambda path: self._choose(Path(path)))

    def _ask_file(self) -> None:
        kinds = tr("Pairs (*.csv);;All files (*)")
        choose_file(self, tr("Choose a file of pairs"), kinds, lambda path: self._choose(Path(path)))

    def _ask_two(self) -> None:
        choose_folder(self, tr("Choose the first of two folders"), "", self._ask_second)

    def _ask_second(self, first: str) -> None:
        start = str(Path(first).parent)
        choose_folder(
            self, tr("Choose the second of two folders"), start, lambda path: self._choose(Path(first), Path(path))
        )

    def _choose(self, *paths: Path) -> None:
        self.chosen.emit(paths, self.match)


class DropZone(EmptyState):
    """Says what may be dropped, within a dashed frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WORDS, parent)
        self.setObjectName("pairs_drop_zone")
        self.setAccessibleName(tr("drop a folder or a file of pairs"))
        self._is_over = False

    def set_available(self, reason: str) -> None:
        """Say why nothing can be judged now; empty where it can."""
        self.setText(f"{reason}\n\n{_WORDS}" if reason else _WORDS)

    def set_over(self, is_over: bool) -> None:
        """Show that something that may be dropped is over it."""
        self._is_over = is_over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame around the words."""
        super().paintEvent(event)
        role = QPalette.ColorRole.Highlight if self._is_over else QPalette.ColorRole.WindowText
        colour = QColor(self.palette().color(role))
        colour.setAlphaF(1.0 if self._is_over else 0.4)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, 2 if self._is_over else 1, Qt.PenStyle.DashLine))
            inset = theme.UNIT // 2
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), theme.UNIT, theme.UNIT)
