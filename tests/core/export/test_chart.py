"""Charts put values where their axes say, and labels beside one another."""

import re
from itertools import pairwise

import numpy as np
import pytest

from core.export.report.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Chart, deviates, linear, logarithmic
from core.export.report.html import Element, element, joined, table


def points(text: str) -> list[tuple[float, float]]:
    found = re.search(r'points="([^"]*)"', text)
    assert found is not None
    return [tuple(map(float, pair.split(","))) for pair in found[1].split()]


def test_corners_of_a_linear_chart() -> None:
    chart = Chart("t", "d", linear("x", 0, 10), linear("y", 0, 2))
    chart.line([0, 5, 10], [0, 1, 2], "curve")
    middle = ((LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2)
    assert points(chart.svg()) == [(LEFT, HEIGHT - BOTTOM), middle, (WIDTH - RIGHT, TOP)]


def test_values_beyond_an_axis_lie_at_its_end_and_gaps_are_left() -> None:
    chart = Chart("t", "d", linear("x", 0, 1), linear("y", 0, 1))
    chart.line([-3, 1], [0, 9], "curve")
    chart.line([0, 0.5, 1], [0, np.nan, 1], "other")
    svg = chart.svg()
    assert points(svg) == [(LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, TOP)]
    assert svg.count("line other") == 2
    chart.upright(1.5, "mark")
    assert "mark" not in chart.svg()


def test_ticks() -> None:
    assert [text for _, text in linear("x", 0, 1, percent=True).ticks] == [
        "0 %",
        "20 %",
        "40 %",
        "60 %",
        "80 %",
        "100 %",
    ]
    assert [text for _, text in linear("x", 0, 7_400).ticks] == ["0", "2,000", "4,000", "6,000"]
    assert linear("x", 3, 3).ticks[0][1] == "3"
    assert [text for _, text in logarithmic("x", 0.002).ticks] == ["1 %", "10 %", "100 %"]
    assert [text for _, text in deviates("x", 0.004).ticks] == ["1 %", "5 %", "20 %", "50 %", "80 %"]


@pytest.mark.parametrize("axis", [linear("x", -2, 3), logarithmic("x", 1e-7), deviates("x", 1e-4)])
def test_places_rise_from_0_to_1(axis) -> None:
    found = axis.place(np.geomspace(max(axis.low, 1e-9), axis.high, 50) if axis.low > 0 else np.linspace(-2, 3, 50))
    assert found[0] == pytest.approx(0)
    assert found[-1] == pytest.approx(1)
    assert all(before < after for before, after in pairwise(found))


def test_halves_of_normal_deviates() -> None:
    axis = deviates("x", 0.05, 0.95)
    assert axis.place(np.array([0.05, 0.5, 0.95])).tolist() == pytest.approx([0, 0.5, 1])


def test_text_is_escaped_and_elements_are_not() -> None:
    inner = element("b", "1 < 2 & 'so'")
    assert inner == "<b>1 &lt; 2 &amp; &#x27;so&#x27;</b>"
    assert (
        element("p", inner, [inner, "<"], class_='a"b', aria_label=None)
        == f'<p class="a&quot;b">{inner}{inner}&lt;</p>'
    )
    assert joined("\u202ea\ud800\x07\n") == "\ufffda\ufffd\ufffd\n"
    assert isinstance(joined("a"), Element)
    assert element("i", inner + "x").startswith("<i>&lt;b&gt;")  # text that was joined by hand is text


def test_a_table_names_its_rows_and_columns() -> None:
    found = table("What", ("A", "B"), [("r", "<1>"), ("s", "2")], marked=1)
    assert "<caption>What</caption>" in found
    assert '<th scope="col">B</th>' in found
    assert '<th scope="row">r</th><td>&lt;1&gt;</td>' in found
    assert found.index("marked") > found.index("&lt;1&gt;")
