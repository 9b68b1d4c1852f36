"""Tables for spreadsheets: nothing in them runs."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.csv_text import csv_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "  =cmd|'/c calc'!A0"])
def test_a_formula_is_text(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(("name",), [(text,)]), newline="")))
    assert rows == [["name"], [f"'{text}"]]


def test_numbers_and_missing_values_stay_as_they_are() -> None:
    assert csv_text(("a", "b", "c"), [(-1.5, None, "x-1")]) == "a,b,c\n-1.5,,x-1\n"


@settings(max_examples=30, deadline=None)
@given(cells=st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=4))
def test_any_text_comes_back_in_one_cell(cells: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(["h"] * len(cells), [cells]), newline=""), strict=True))
    unix = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    assert len(rows) == 2
    assert all(found in (cell, f"'{cell}") for cell, found in zip(unix, rows[1], strict=True))


def test_a_carriage_return_ends_no_row() -> None:
    assert csv_text(("a",), [("\r=1",), ("x\r\ny",)]) == 'a\n"\'\n=1"\n"x\ny"\n'
