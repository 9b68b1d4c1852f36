import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSlider, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.number_field import NumberField
from explorer.widgets.threshold_slider import ThresholdSlider, scale_end
from tests.explorer.mouse import drag, wheel


@pytest.fixture
def control(qtbot: QtBot) -> ThresholdSlider:
    control = ThresholdSlider()
    qtbot.addWidget(control)
    control.resize(360, 40)
    control.set_end(1.2)
    control.set_value(0.3)
    control.show()
    qtbot.waitExposed(control)
    return control


def slider(control: ThresholdSlider) -> QSlider:
    return control.findChild(QSlider, "threshold_slider")


def field(control: ThresholdSlider) -> NumberField:
    return control.findChild(NumberField, "threshold_field")


def test_it_shows_what_it_is_told_and_says_nothing(control: ThresholdSlider, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(control.value_chosen):
        control.set_value(0.4567)
        control.set_end(2.0)
        control.set_value(5.0)
        control.set_value(-math.inf)
        control.set_value(0.4567)
    assert field(control).text() == "0.457"
    assert slider(control).value() == 457


def test_a_value_beyond_the_end_stands_in_the_field(control: ThresholdSlider) -> None:
    control.set_value(3.25)
    assert field(control).text() == "3.250"
    assert slider(control).value() == slider(control).maximum()


def test_accept_nothing_is_the_left_end_and_minus_infinity(control: ThresholdSlider) -> None:
    control.set_value(-math.inf)
    assert field(control).text() == ""
    assert field(control).lineEdit().placeholderText() == "-∞"
    assert slider(control).value() == 0


def test_a_press_brings_the_handle_and_a_drag_takes_it_along(control: ThresholdSlider, qtbot: QtBot) -> None:
    bar = slider(control)
    start, end = QPoint(bar.width() // 2, bar.height() // 2), QPoint(3 * bar.width() // 4, bar.height() // 2)
    values: list[float] = []
    control.value_chosen.connect(values.append)
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    assert values == [pytest.approx(0.6, abs=0.03)]
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=start)
    drag(qtbot, bar, start, end)
    assert values[-1] == pytest.approx(0.9, abs=0.05)
    assert values == sorted(values)
    assert field(control).text() == f"{values[-1]:.3f}"


def test_typing_applies_on_enter(control: ThresholdSlider, qtbot: QtBot) -> None:
    box = field(control)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(control.value_chosen):
        qtbot.keyClicks(box, "0,7")
    with qtbot.waitSignal(control.value_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [0.7]
    assert slider(control).value() == 700


def test_an_emptied_field_accepts_nothing(control: ThresholdSlider, qtbot: QtBot) -> None:
    box = field(control)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    with qtbot.waitSignal(control.value_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [-math.inf]


def test_a_text_that_is_no_number_is_put_back_with_a_reason(control: ThresholdSlider, qtbot: QtBot) -> None:
    box = field(control)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(box, "high")
    with qtbot.assertNotEmitted(control.value_chosen), qtbot.waitSignal(control.problem_changed) as problem:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert problem.args == ["threshold takes a number, found 'high'"]
    assert box.text() == "0.300"


def test_arrow_keys_step(control: ThresholdSlider, qtbot: QtBot) -> None:
    bar, box = slider(control), field(control)
    bar.setFocus()
    with qtbot.waitSignal(control.value_chosen) as chosen:
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert chosen.args == [pytest.approx(0.306)]
    box.setFocus()
    with qtbot.waitSignal(control.value_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert chosen.args == [pytest.approx(0.305)]


def test_the_wheel_needs_the_focus(control: ThresholdSlider, qtbot: QtBot) -> None:
    bar = slider(control)
    field(control).setFocus()
    with qtbot.assertNotEmitted(control.value_chosen):
        wheel(bar, bar.rect().center())
    bar.setFocus()
    with qtbot.waitSignal(control.value_chosen):
        wheel(bar, bar.rect().center())


@pytest.mark.parametrize(
    ("largest", "end"), [(1.0, 1.0), (1.13, 1.2), (0.8701, 0.88), (0.5, 0.5), (37.2, 38.0), (0.00123, 0.0013), (0, 1.0)]
)
def test_ends_are_round_and_hold_everything(largest: float, end: float) -> None:
    assert scale_end(largest) == pytest.approx(end)
    assert scale_end(largest) >= largest


def test_everything_is_explained(control: ThresholdSlider) -> None:
    for widget in (slider(control), field(control)):
        assert isinstance(widget, QWidget)
        assert widget.toolTip()
        assert widget.accessibleName()
