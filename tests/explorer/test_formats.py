import math

import pytest

from explorer import formats

SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.941, "94.1 %"),
        (0.01, "1.00 %"),
        (0.009997, "1.00 %"),
        (0.00099949, "0.0999 %"),
        (0.99996, "100 %"),
        (1.0, "100 %"),
        (0.0, "0 %"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_rates_have_three_significant_digits(value: float | None, text: str) -> None:
    assert formats.rate(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.42, "0.420"), (1.23456, "1.235"), (-math.inf, "-∞"), (math.inf, "∞"), (None, "–")]
)
def test_distances_have_three_decimals(value: float | None, text: str) -> None:
    assert formats.distance(value) == text


def test_counts_have_separators() -> None:
    assert [formats.count(number) for number in (None, 999, 1234567)] == ["–", "999", f"1{SPACE}234{SPACE}567"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, "–"), (math.inf, "–"), (-1.0, "0:00"), (59.6, "1:00"), (3661.0, "1:01:01")]
)
def test_durations(seconds: float | None, text: str) -> None:
    assert formats.duration(seconds) == text
