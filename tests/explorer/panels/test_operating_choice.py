import numpy as np
import pytest

from core.evaluation.curve import VerificationCurve
from explorer.panels.operating_choice import (
    Target,
    default_target,
    held_sentence,
    parse_target,
    refusal,
    reliability_sentence,
    target_text,
    threshold_for,
)

SPACE = "\N{NARROW NO-BREAK SPACE}"


def curve(impostors: int) -> VerificationCurve:
    """20 genuine pairs at 0.01 to 0.20, impostor pairs from 0.101 on, a thousandth apart."""
    return VerificationCurve(np.arange(1, 21) / 100, np.arange(101, 101 + impostors) / 1000)


@pytest.mark.parametrize(
    ("text", "target"),
    [("1 %", 0.01), ("2.5", 0.025), (" 2,5 % ", 0.025), ("0.1%", 0.001), ("EER", "eer"), ("eer ", "eer")],
)
def test_targets_are_read(text: str, target: Target) -> None:
    assert parse_target(text) == pytest.approx(target)


@pytest.mark.parametrize("text", ["", "abc", "0", "-1 %", "100 %", "1 % %", "nan", "inf"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"above 0 % and below 100 %, or EER, found '"):
        parse_target(text)


@pytest.mark.parametrize(("target", "text"), [(0.001, "0.1 %"), (0.07, "7 %"), (0.00025, "0.025 %"), ("eer", "EER")])
def test_target_texts(target: Target, text: str) -> None:
    assert target_text(target) == text
    assert parse_target(text) == pytest.approx(target)


def test_a_rate_below_one_impostor_pair_is_refused() -> None:
    assert refusal(curve(400), 0.001) == f"Needs at least 1{SPACE}000 impostor pairs for 0.1 %, there are 400."
    assert refusal(curve(999), 0.001)
    assert refusal(curve(1000), 0.001) == ""
    assert refusal(curve(3), "eer") == ""


def test_the_rule_is_exact_where_floats_are_not() -> None:
    # 1 / 0.07 = 14.28..., 0.07 · 100 / 100 is 0.07000000000000001
    assert refusal(curve(20), 0.05) == ""
    assert refusal(curve(14), 0.07) == "Needs at least 15 impostor pairs for 7 %, there are 14."


def test_default_is_one_percent_or_the_equal_error_rate() -> None:
    assert default_target(curve(100)) == 0.01
    assert default_target(curve(99)) == "eer"


def test_threshold_of_a_target() -> None:
    # 5 % of 1000 impostor pairs are those up to 0.150, and the genuine pair at 0.15 is not beyond them
    assert threshold_for(curve(1000), 0.05) == pytest.approx(0.15)
    # FPR = FNR: at 0.19 one of 20 genuine pairs is rejected and 90 of 1800 impostor pairs are accepted
    assert threshold_for(curve(1800), "eer") == pytest.approx(0.19)


def test_what_is_held_is_said() -> None:
    assert held_sentence(curve(1000), None) == "Threshold held."
    assert held_sentence(curve(1000), "eer") == "EER held."
    assert held_sentence(curve(1000), 0.01) == "FPR 1 % held, met exactly."
    assert held_sentence(curve(300), 0.01) == "FPR 1 % held, met exactly."
    # 1 % of 150 is 1.5 pairs: one is accepted, 0.6667 %
    assert held_sentence(curve(150), 0.01) == "FPR 1 % held, nearest attainable 0.6667 %."


def test_few_errors_are_a_warning() -> None:
    assert reliability_sentence(30) == ""
    assert reliability_sentence(29) == "FPR rests on 29 impostor pairs accepted; about 30 make it reliable."
    assert reliability_sentence(1).startswith("FPR rests on 1 impostor pair accepted")
    assert reliability_sentence(0).startswith("FPR rests on no impostor pairs accepted")
