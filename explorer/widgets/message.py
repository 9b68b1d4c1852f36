"""A line of text in a panel: quiet by default, a problem where it must be seen."""

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from explorer import theme

WARNING_SIGN = "\N{WARNING SIGN}"
_BREAK_AFTER = re.compile(r"[/\\_-](?=\w)|\.(?=[^\W\d])")


def problem_colour(palette: QPalette) -> QColor:
    """Red that reads on the palette's background; text or a sign always stands beside it."""
    return QColor("#ff8a80" if theme.is_dark(palette) else "#b3261e")


def breakable(text: str) -> str:
    """Text that may also break inside paths and file names, so that a long one cannot widen the panel; not before %."""
    return _BREAK_AFTER.sub("\\g<0>\N{ZERO WIDTH SPACE}", text.replace(" %", "\N{NO-BREAK SPACE}%"))


class QuietLabel(QLabel):
    """Word-wrapped plain text in a muted colour that follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._take_colour()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colour()

    def _take_colour(self) -> None:
        parent = self.parentWidget()
        colour = self._colour(QPalette() if parent is None else parent.palette())
        if self.palette().color(QPalette.ColorRole.WindowText) != colour:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)

    def _colour(self, surroundings: QPalette) -> QColor:
        return theme.muted(surroundings)


class Message(QuietLabel):
    """A line that takes no space while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._sentence, self._problem = "", False
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show("", problem=False)

    def tell(self, sentence: str) -> None:
        """Show a quiet sentence; an empty one hides the line."""
        self._show(sentence, problem=False)

    def complain(self, sentence: str) -> None:
        """Show a problem, red and behind a warning sign."""
        self._show(sentence, problem=True)

    def sentence(self) -> str:
        """The sentence shown, without sign and break marks."""
        return self._sentence

    def is_problem(self) -> bool:
        """Whether the sentence shown is a problem."""
        return self._problem

    def _show(self, sentence: str, *, problem: bool) -> None:
        self._sentence, self._problem = sentence, problem and bool(sentence)
        text = f"{WARNING_SIGN} {sentence}" if self._problem else sentence
        self.setText(breakable(text))
        self.setVisible(bool(sentence))
        self._take_colour()

    def _colour(self, surroundings: QPalette) -> QColor:
        return problem_colour(surroundings) if self._problem else super()._colour(surroundings)
