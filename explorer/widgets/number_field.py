"""A number field that applies on Enter or focus loss, and says why it did not take a text."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSizePolicy, QStyle, QStyleOptionSpinBox, QWidget

from explorer import theme
from explorer.core_words import in_words
from explorer.widgets.number_rule import NumberRule


class NumberField(QAbstractSpinBox):
    """Takes typing, arrow keys and, once it has the focus, the wheel.

    Qt's own spin boxes swallow a key they do not like without a word; here every text may be typed, and one that
    breaks the rule is put back on Enter or focus loss while `problem_changed` carries the reason.

    Parameters
    ----------
    name
        What the field is called in a reason, as in 'margin takes a number from 0.00 to 2.00, found ...'.
    rule
        Range, scale and digits.
    columns
        Characters that must fit.
    empty
        Text shown in grey for None; without it an empty field is refused.
    check
        Called with a value that follows the rule; refuses it by a ValueError whose text is the whole reason.
    """

    edited = Signal()
    """The user has entered another value."""
    problem_changed = Signal(str)
    """Why what the user entered was put back, in one sentence; empty when something good has been entered since."""

    def __init__(
        self,
        name: str,
        rule: NumberRule,
        columns: int = 5,
        empty: str = "",
        check: Callable[[float | None], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._rule, self._columns, self._check = name, rule, columns, check
        self._value: float | None = None
        self._may_be_empty = bool(empty)
        self._problem = ""
        self.setFont(theme.digits_font())
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setAcceptDrops(False)  # a dropped folder belongs to the panel
        self.lineEdit().setPlaceholderText(empty)
        self.editingFinished.connect(self._take_text)

    def value(self) -> float | None:
        """The value last set or entered; None where the field was left empty."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show a value without a signal; a text that is just being typed stays until it is entered."""
        typing = self._has_new_text()
        self._value = value
        if not typing:
            self._show_value()

    def stepBy(self, steps: int) -> None:
        """Go up or down by keys, wheel or buttons."""
        self._take_text()
        if self._value is not None:
            self._enter(self._rule.stepped(self._value, steps))

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Say which of the two buttons can do something."""
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._value is not None and self._value > self._rule.minimum:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        if self._value is not None and self._value < self._rule.maximum:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        return flags

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only while the field has the focus, so that scrolling a panel changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the old value back."""
        if event.key() == Qt.Key.Key_Escape and self._has_new_text():
            self._show_value()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.lineEdit().selectAll()

    def sizeHint(self) -> QSize:
        """Room for the promised number of characters."""
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        text_width = self.fontMetrics().horizontalAdvance("0" * self._columns) + theme.UNIT
        content = QSize(text_width, self.lineEdit().sizeHint().height())
        return self.style().sizeFromContents(QStyle.ContentsType.CT_SpinBox, option, content, self)

    def minimumSizeHint(self) -> QSize:
        """As the size hint: figures must never be cut."""
        return self.sizeHint()

    def _take_text(self) -> None:
        if not self._has_new_text():
            return
        text = self.text()
        if not text.strip() and self._may_be_empty:
            self._enter(None)
            return
        try:
            value = self._rule.parse(text)
        except ValueError as error:
            self._put_back(f"{self._name} {error}")
        else:
            self._enter(value)

    def _enter(self, value: float | None) -> None:
        # A value that reads the same is kept as it is, with the digits that are not shown.
        changed = self._shown(value) != self._shown(self._value)
        try:
            if changed and self._check is not None:
                self._check(value)
        except ValueError as error:
            self._put_back(in_words(str(error)))
            return
        if changed:
            self._value = value
        self._put_back("")
        if changed:
            self.edited.emit()

    def _put_back(self, problem: str) -> None:
        """Show the value that counts, and why it is not what was typed."""
        self._show_value()
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)

    def _show_value(self) -> None:
        self.lineEdit().setText(self._shown(self._value))

    def _has_new_text(self) -> bool:
        return self.text() != self._shown(self._value)

    def _shown(self, value: float | None) -> str:
        return "" if value is None else self._rule.text(value)
