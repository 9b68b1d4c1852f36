import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.941, "94.1 %"),
        (0.01, "1.00 %"),
        (0.00123, "0.123 %"),
        (1.0, "100 %"),
        (0.9996, "100 %"),
        (0.0, "0 %"),
        (2e-5, "0.00200 %"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_rates(value: float | None, text: str) -> None:
    assert formats.rate(value) == text


def test_intervals() -> None:
    assert formats.rate_interval(0.92, 0.958) == "(92.0–95.8)"
    assert formats.rate_interval(0.0, 1.0) == "(0–100)"
    assert formats.interval(0.985, 0.9954) == "(0.985–0.995)"
    assert formats.interval(0.985, 0.9954, 4) == "(0.9850–0.9954)"


@given(st.floats(min_value=1e-6, max_value=1.0))
@settings(max_examples=50, deadline=None)
def test_a_rate_is_right_to_three_digits(value: float) -> None:
    assert float(formats.rate(value).removesuffix(" %")) == pytest.approx(100 * value, rel=6e-3)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.42, "0.420"), (-math.inf, "-∞"), (math.inf, "∞"), (None, "–"), (math.nan, "–"), (0.0, "0.000")],
)
def test_distances(value: float | None, text: str) -> None:
    assert formats.distance(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (1_234_567, "1 234 567"), (None, "–")])
def test_counts(value: int | None, text: str) -> None:
    assert formats.count(value).replace("\N{NARROW NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(("value", "text"), [(0.12345, "0.123"), (None, "–"), (math.nan, "–")])
def test_losses(value: float | None, text: str) -> None:
    assert formats.loss(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (48.4, "0:48"),
        (59.6, "1:00"),
        (3_599, "59:59"),
        (3_600, "1:00:00"),
        (-3, "0:00"),
        (None, "–"),
        (math.inf, "–"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert formats.duration(seconds) == text
