import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.hyperparameters import SETTING_SPECS, Hyperparameters, SettingSpec
from explorer.widgets.number_rule import NumberRule

MARGIN = NumberRule(0.0, 2.0, "linear", 2, 0.01)
RATE = NumberRule(1e-6, 1e-1, "log", 6)
WHOLE = NumberRule(suffix=" px", step=16)


@pytest.mark.parametrize(
    ("rule", "value", "text"),
    [
        (MARGIN, 0.2, "0.20"),
        (RATE, 1e-6, "1e-6"),
        (RATE, 0.00105, "0.00105"),
        (RATE, 0.001, "0.001"),
        (RATE, 0.0000123, "1.23e-5"),
        (WHOLE, 64, "64 px"),
    ],
)
def test_text(rule: NumberRule, value: float, text: str) -> None:
    assert rule.text(value) == text
    assert rule.parse(text) == value


@pytest.mark.parametrize(
    ("rule", "text", "value"),
    [(MARGIN, " 0,5 ", 0.5), (RATE, "3E-4", 3e-4), (WHOLE, "96", 96), (WHOLE, "96px", 96), (MARGIN, "0.126", 0.13)],
)
def test_what_people_type(rule: NumberRule, text: str, value: float) -> None:
    assert rule.parse(text) == value


def test_whole_numbers_are_int() -> None:
    assert isinstance(WHOLE.parse("96.0"), int)
    assert isinstance(WHOLE.stepped(96, 1), int)


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "-0.1", "2.01", "1 2"])
def test_what_breaks_the_rule_is_named_with_the_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r"takes a number from 0\.00 to 2\.00, found"):
        MARGIN.parse(text)


@pytest.mark.parametrize("text", ["64.5", "inf", "many"])
def test_whole_number_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="takes a whole number, found"):
        WHOLE.parse(text)


@pytest.mark.parametrize(
    ("start", "steps", "end"),
    [
        (0.001, 1, 0.0011),
        (0.001, -1, 0.00099),
        (0.002, -1, 0.0019),
        (0.001, 10, 0.002),
        (0.0099, 1, 0.01),
        (0.01, 1, 0.011),
        (0.1, 1, 0.1),
    ],
)
def test_log_steps_are_a_unit_of_the_second_digit(start: float, steps: int, end: float) -> None:
    assert RATE.stepped(start, steps) == pytest.approx(end, rel=1e-12)


def test_linear_steps_stay_in_range() -> None:
    assert MARGIN.stepped(0.2, 3) == 0.23
    assert MARGIN.stepped(1.99, 5) == 2.0
    assert MARGIN.stepped(0.0, -1) == 0.0


def test_the_middle_of_a_log_slider_is_the_geometric_mean() -> None:
    assert RATE.stops == 500
    assert RATE.at_stop(250) == pytest.approx(math.sqrt(1e-6 * 1e-1), rel=0.01)
    assert (RATE.at_stop(0), RATE.at_stop(500)) == (1e-6, 1e-1)


@pytest.mark.parametrize("spec", SETTING_SPECS, ids=lambda spec: spec.name)
def test_every_slider_value_is_a_valid_setting(spec: SettingSpec) -> None:
    rule = NumberRule.of(spec)
    values = [rule.at_stop(stop) for stop in range(rule.stops + 1)]
    assert values == sorted(values)
    for value in values:
        Hyperparameters.model_validate({spec.name: value})


@given(value=st.floats(1e-6, 1e-1))
@settings(max_examples=50, deadline=None)
def test_a_log_slider_is_within_half_a_stop(value: float) -> None:
    # 100 stops a decade: half a stop is 1.16 %, and three digits round by at most 0.5 %.
    assert RATE.at_stop(RATE.stop_of(value)) == pytest.approx(value, rel=0.018)


@given(value=st.floats(0, 2))
@settings(max_examples=50, deadline=None)
def test_text_of_a_value_is_read_back(value: float) -> None:
    assert MARGIN.parse(MARGIN.text(value)) == pytest.approx(value, abs=0.005 + 1e-9)


def test_a_word_may_stand_for_zero() -> None:
    rule = NumberRule(suffix=" epochs", zero="off")
    assert (rule.text(0), rule.text(3)) == ("off", "3 epochs")
    assert [rule.parse(text) for text in ("off", "Off ", "0", "0 epochs", "3")] == [0, 0, 0, 0, 3]
    with pytest.raises(ValueError, match=r"takes a whole number, found 'of'"):
        rule.parse("of")
