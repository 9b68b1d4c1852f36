"""A line across the window that offers something, until it is taken or put away."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolBar, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.message import WARNING_SIGN


class OfferBar(QToolBar):
    """A sentence and buttons; `Dismiss` is the last one and takes the line away.

    Parameters
    ----------
    sentence
        What is offered and why.
    """

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__("Offer", parent)
        self.setObjectName("offer_bar")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)  # nothing to bring back once it is gone
        content, self._row = QWidget(), QHBoxLayout()
        content.setLayout(self._row)
        self._row.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        self._row.setSpacing(theme.UNIT)
        self._row.addWidget(_Sentence(sentence), 1)
        self.addWidget(content)
        self._dismiss = self._add("Dismiss", "dismiss_offer", tr("Put this line away. The log keeps what happened."))
        self._dismiss.clicked.connect(self.deleteLater)

    def offer(self, text: str, name: str, help_text: str, taken: Callable[[], None]) -> None:
        """Add a button before Dismiss."""
        button = self._add(text, name, help_text)
        self._row.removeWidget(button)
        self._row.insertWidget(self._row.count() - 1, button)
        QWidget.setTabOrder(button, self._dismiss)
        button.clicked.connect(lambda _checked=False: taken())

    def sizeHint(self) -> QSize:
        """As wide as the window."""
        hint = super().sizeHint()
        parent = self.parentWidget()
        return hint if parent is None else QSize(max(hint.width(), parent.width()), hint.height())

    def _add(self, text: str, name: str, help_text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(help_text)
        button.setAutoDefault(False)
        self._row.addWidget(button)
        return button


class _Sentence(QLabel):
    """A problem in one line, cut where room is short."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = f"{WARNING_SIGN} {sentence}"
        self.setObjectName("offer_sentence")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideRight, self.width()))
