import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.number_field import NumberField
from explorer.widgets.number_rule import NumberRule

KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with another field to lose the focus to."""
    window = QWidget()
    window.other = QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(window.other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.other.setFocus()
    return window


def make(window: QWidget, value: float | None = 0.2, **options: object) -> NumberField:
    field = NumberField("margin", NumberRule(0.0, 2.0, "linear", 2, 0.01), **options)
    field.set_value(value)
    window.layout().addWidget(field)
    field.show()
    field.entered, field.problems = [], []
    field.edited.connect(lambda: field.entered.append(field.value()))
    field.problem_changed.connect(field.problems.append)
    return field


def wheel(widget: QWidget) -> QWheelEvent:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


def type_over(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_typing_applies_on_enter_only(qtbot: QtBot, window: QWidget) -> None:
    field = make(window)
    type_over(qtbot, field, "0.45")
    assert field.value() == 0.2
    assert field.entered == []
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.entered == [0.45]
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.entered == [0.45], "the same value is no news"


def test_typing_applies_on_focus_loss(qtbot: QtBot, window: QWidget) -> None:
    field = make(window)
    type_over(qtbot, field, "0,5")
    window.other.setFocus()
    assert field.entered == [0.5]
    assert field.text() == "0.50"


@pytest.mark.parametrize("text", ["abc", "9", ""])
def test_what_breaks_the_rule_is_put_back_with_the_reason(qtbot: QtBot, window: QWidget, text: str) -> None:
    field = make(window)
    type_over(qtbot, field, text)
    if not text:
        qtbot.keyClick(field, KEY.Key_Delete)
    qtbot.keyClick(field, KEY.Key_Return)
    assert (field.text(), field.value(), field.entered) == ("0.20", 0.2, [])
    assert field.problems == [f"margin takes a number from 0.00 to 2.00, found {text!r}"]
    type_over(qtbot, field, "0.3")
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.problems[-1] == "", "a good value ends the complaint"


def test_a_check_can_refuse(qtbot: QtBot, window: QWidget) -> None:
    def check(value: float | None) -> None:
        if value == 1:
            raise ValueError("margin: not 1 today")

    field = make(window, check=check)
    type_over(qtbot, field, "1")
    qtbot.keyClick(field, KEY.Key_Return)
    assert (field.value(), field.problems) == (0.2, ["margin: not 1 today"])


def test_escape_puts_the_old_value_back(qtbot: QtBot, window: QWidget) -> None:
    field = make(window)
    type_over(qtbot, field, "1.5")
    qtbot.keyClick(field, KEY.Key_Escape)
    assert field.text() == "0.20"
    window.other.setFocus()
    assert field.entered == []


def test_arrow_and_page_keys_step(qtbot: QtBot, window: QWidget) -> None:
    field = make(window)
    field.setFocus()
    qtbot.keyClick(field, KEY.Key_Up)
    qtbot.keyClick(field, KEY.Key_PageUp)
    qtbot.keyClick(field, KEY.Key_Down)
    assert field.entered == [0.21, 0.31, 0.3]


def test_wheel_steps_only_with_the_focus(qtbot: QtBot, window: QWidget) -> None:
    field = make(window)
    assert not wheel(field).isAccepted(), "the panel below must scroll instead"
    assert field.entered == []
    field.setFocus()
    wheel(field)
    assert field.entered == [0.21]


def test_a_value_set_while_typing_does_not_take_the_text_away(qtbot: QtBot, window: QWidget) -> None:
    field = make(window)
    type_over(qtbot, field, "0.4")
    field.set_value(0.9)
    assert field.text() == "0.4"
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.entered == [0.4]


def test_digits_that_are_not_shown_survive(qtbot: QtBot, window: QWidget) -> None:
    field = make(window, 0.12345)
    type_over(qtbot, field, "0.12")
    qtbot.keyClick(field, KEY.Key_Return)
    assert (field.value(), field.entered) == (0.12345, [])


def test_empty_may_mean_none(qtbot: QtBot, window: QWidget) -> None:
    field = make(window, None, empty="auto")
    assert (field.text(), field.lineEdit().placeholderText()) == ("", "auto")
    type_over(qtbot, field, "1")
    qtbot.keyClick(field, KEY.Key_Return)
    type_over(qtbot, field, " ")
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.entered == [1.0, None]
    field.stepBy(1)
    assert field.value() is None


def test_figures_fit(window: QWidget) -> None:
    field = make(window, columns=7)
    text = field.fontMetrics().horizontalAdvance("0.00123")
    assert field.minimumSizeHint().width() >= text
