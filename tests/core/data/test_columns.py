"""What else is known about images: numbers or words."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.columns import NO_CATEGORY, NumberColumn, TextColumn, column_of, columns_of, text_column


def test_numbers() -> None:
    found = column_of("age", ["3", " 4.5".strip(), "", "-1e3", "nan", "inf"])
    assert isinstance(found, NumberColumn)
    assert (found.name, found.values.dtype) == ("age", np.float64)
    np.testing.assert_array_equal(found.values, [3.0, 4.5, math.nan, -1000.0, math.nan, math.nan])
    assert [found.text(index) for index in range(4)] == ["3", "4.5", "", "-1000"]


@pytest.mark.parametrize("odd", ["left", "1_000", "1,5", "0x10", "=1+1", "12 cm"])
def test_one_word_makes_it_a_column_of_categories(odd: str) -> None:
    found = column_of("pose", ["3", odd, "", "3"])
    assert isinstance(found, TextColumn)
    assert set(found.categories) == {"3", odd}
    assert [found.text(index) for index in range(4)] == ["3", odd, "", "3"]
    assert (found.codes.dtype, found.codes[2]) == (np.int64, NO_CATEGORY)


def test_categories_are_in_the_order_of_their_names() -> None:
    found = text_column("shoot", ["b", "10", "", "a", "b"])
    assert found.categories == ("10", "a", "b")
    assert found.codes.tolist() == [2, 0, -1, 1, 2]


def test_an_empty_column_is_none() -> None:
    assert [column.name for column in columns_of({"a": ["", ""], "b": ["", "x"]})] == ["b"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=8).map(str.strip), min_size=1, max_size=20))
def test_words_come_back_as_they_were_written(cells: list[str]) -> None:
    found = text_column("x", cells)
    assert [found.text(index) for index in range(len(cells))] == cells


@settings(max_examples=50, deadline=None)
@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_numbers_keep_all_their_digits(values: list[float | None]) -> None:
    found = column_of("x", ["" if value is None else repr(value) for value in values])
    if any(value is not None for value in values):
        assert isinstance(found, NumberColumn)
        np.testing.assert_array_equal(found.values, [math.nan if value is None else value for value in values])
