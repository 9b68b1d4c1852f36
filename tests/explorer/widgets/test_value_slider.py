import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from core.hyperparameters import SETTING_SPECS
from explorer.widgets.number_field import NumberField
from explorer.widgets.value_slider import REQUESTED, ValueSlider

SPECS = {spec.name: spec for spec in SETTING_SPECS}
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def margin(qtbot: QtBot) -> ValueSlider:
    return make(qtbot, "margin", 0.2)


def make(qtbot: QtBot, name: str, value: float) -> ValueSlider:
    slider = ValueSlider(SPECS[name])
    slider.confirm(value)
    slider.set_live(True)
    slider.wanted = []
    slider.value_requested.connect(slider.wanted.append)
    qtbot.addWidget(slider)
    slider.resize(270, slider.sizeHint().height())
    slider.show()
    return slider


def handle(slider: QSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    return slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()


def parts(slider: ValueSlider) -> tuple[QSlider, NumberField]:
    bar, field = slider.findChild(QSlider), slider.findChild(NumberField)
    assert bar is not None
    assert field is not None
    return bar, field


def type_in(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_typed_value_is_requested_until_confirmed(qtbot: QtBot, margin: ValueSlider) -> None:
    _, field = parts(margin)
    type_in(qtbot, field, "0.5")
    assert margin.wanted == [0.5]
    assert margin.is_requested()
    assert REQUESTED in margin.toolTip()
    margin.confirm(0.5)
    assert not margin.is_requested()
    assert REQUESTED not in margin.toolTip()
    assert margin.wanted == [0.5], "the echo is no request"


def test_confirm_shows_another_value_without_asking_for_it(qtbot: QtBot, margin: ValueSlider) -> None:
    bar, field = parts(margin)
    margin.confirm(1.0)
    assert (margin.value(), bar.value(), field.text(), margin.wanted) == (1.0, 100, "1.00", [])


def test_without_a_run_nothing_is_waited_for(qtbot: QtBot, margin: ValueSlider) -> None:
    margin.set_live(False)
    type_in(qtbot, parts(margin)[1], "0.5")
    assert margin.wanted == [0.5]
    assert not margin.is_requested()


def test_a_run_that_ends_ends_the_waiting(qtbot: QtBot, margin: ValueSlider) -> None:
    type_in(qtbot, parts(margin)[1], "0.5")
    margin.set_live(False)
    assert not margin.is_requested()
    margin.set_live(True)
    assert not margin.is_requested()


def test_going_back_to_what_is_in_force_needs_no_confirmation(qtbot: QtBot, margin: ValueSlider) -> None:
    field = parts(margin)[1]
    type_in(qtbot, field, "0.5")
    qtbot.waitUntil(lambda: not margin._throttle._timer.isActive())
    type_in(qtbot, field, "0.2")
    assert margin.wanted == [0.5, 0.2]
    assert not margin.is_requested()


def test_dragging_with_the_mouse_is_throttled_and_ends_on_the_last_value(qtbot: QtBot, margin: ValueSlider) -> None:
    bar, field = parts(margin)
    start = handle(bar)
    qtbot.mousePress(bar, LEFT, pos=start)
    for x in range(1, 31):
        qtbot.mouseMove(bar, start + QPoint(x, 0))
    assert bar.isSliderDown()
    assert len(margin.wanted) <= 2, "thirty moves within a moment are not thirty requests"
    assert field.text() == f"{margin.value():.2f}", "the field follows at once"
    shown = margin.value()
    qtbot.mouseRelease(bar, LEFT, pos=start + QPoint(30, 0))
    assert margin.wanted[-1] == shown
    assert margin.wanted == sorted(set(margin.wanted))


def test_the_newest_value_of_a_held_handle_follows_after_the_interval(qtbot: QtBot, margin: ValueSlider) -> None:
    bar, _ = parts(margin)
    bar.setSliderDown(True)
    for value in (30, 40, 50):
        bar.setValue(value)
    assert margin.wanted == [0.3]
    qtbot.waitUntil(lambda: margin.wanted == [0.3, 0.5])
    bar.setSliderDown(False)
    assert margin.wanted == [0.3, 0.5]


def test_an_echo_does_not_pull_the_handle_out_of_the_hand(margin: ValueSlider) -> None:
    bar, field = parts(margin)
    bar.setSliderDown(True)
    bar.setValue(30)
    margin.confirm(0.3)
    assert not margin.is_requested()
    bar.setValue(60)
    margin.confirm(1.5)  # somebody else changed it
    assert (bar.value(), field.text()) == (60, "0.60")
    bar.setSliderDown(False)
    assert margin.wanted[-1] == 0.6, "the hand has the last word"
    assert margin.is_requested()


def test_an_echo_between_two_quick_steps_loses_neither(qtbot: QtBot, margin: ValueSlider) -> None:
    _, field = parts(margin)
    field.stepBy(1)
    field.stepBy(1)
    assert margin.wanted == [0.21]
    margin.confirm(0.21)
    assert margin.value() == 0.22
    qtbot.waitUntil(lambda: margin.wanted == [0.21, 0.22])
    assert margin.is_requested()


def test_a_press_on_the_bar_brings_the_handle(qtbot: QtBot, margin: ValueSlider) -> None:
    bar, _ = parts(margin)
    qtbot.mouseClick(bar, LEFT, pos=bar.rect().center())
    assert margin.wanted == [pytest.approx(1.0, abs=0.03)]
    assert margin.value() == margin.wanted[-1]


def test_arrow_keys_on_the_handle(qtbot: QtBot, margin: ValueSlider) -> None:
    bar, _ = parts(margin)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert margin.wanted == [0.21]


def test_log_scale(qtbot: QtBot) -> None:
    rate = make(qtbot, "learning_rate", 1e-3)
    bar, field = parts(rate)
    assert (bar.value(), field.text()) == (300, "0.001")
    type_in(qtbot, field, "2.5e-5")
    assert rate.wanted == [2.5e-5]
    assert bar.value() == round(100 * 1.39794)  # log10(25)
    assert field.text() == "2.5e-5"


def test_a_refused_text_is_explained_in_the_tooltip(qtbot: QtBot, margin: ValueSlider) -> None:
    _, field = parts(margin)
    with qtbot.waitSignal(margin.problem_changed) as told:
        type_in(qtbot, field, "3")
    assert told.args == ["margin takes a number from 0.00 to 2.00, found '3'"]
    assert told.args[0] in field.toolTip()
    assert margin.wanted == []
    type_in(qtbot, field, "1")
    assert told.args[0] not in field.toolTip()


def test_unavailable_says_why(margin: ValueSlider) -> None:
    bar, field = parts(margin)
    margin.set_unavailable("no masks")
    assert not bar.isEnabled()
    assert not field.isEnabled()
    assert bar.toolTip().startswith("no masks")
    margin.set_unavailable(None)
    assert bar.isEnabled()
    assert "no masks" not in bar.toolTip()


def test_every_move_is_told_at_once(margin: ValueSlider) -> None:
    shown: list[float] = []
    margin.moved.connect(shown.append)
    bar, _ = parts(margin)
    bar.setSliderDown(True)
    for value in (30, 40, 50):
        bar.setValue(value)
    assert shown == [0.3, 0.4, 0.5]
    assert margin.wanted == [0.3]
    bar.setSliderDown(False)
    margin.confirm(1.0)
    assert shown[-1] == 1.0


def test_it_may_be_explained_otherwise(margin: ValueSlider) -> None:
    margin.describe("margin (rad)", "What is added to the angle.")
    assert margin.label.text() == "margin (rad)"
    for control in (margin, margin.label, *parts(margin)):
        assert control.toolTip() == "What is added to the angle."
