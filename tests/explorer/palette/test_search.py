import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.palette.search import find, fit

ACTIONS = [
    "Verify: Swap A and B",
    "Map: Show all points",
    "Map: Colour by class",
    "ROC: Threshold at FPR 1 %",
    "Runs: Show archived runs",
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("swap", "Verify: Swap A and B"),
        ("col cl", "Map: Colour by class"),
        ("class colour", "Map: Colour by class"),
        ("FPR", "ROC: Threshold at FPR 1 %"),
        ("threshold 1", "ROC: Threshold at FPR 1 %"),
        ("sab", "Verify: Swap A and B"),
        ("thrshld", "ROC: Threshold at FPR 1 %"),
        ("all", "Map: Show all points"),
    ],
)
def test_a_few_letters_find_an_action(query: str, first: str) -> None:
    assert ACTIONS[find(query, ACTIONS)[0]] == first


def test_a_whole_word_comes_before_a_beginning_and_that_before_a_part() -> None:
    texts = ["bypass", "passing", "pass"]
    assert [texts[place] for place in find("pass", texts)] == ["pass", "passing", "bypass"]


def test_scattered_letters_are_taken_only_where_nothing_fits_better() -> None:
    assert [ACTIONS[place] for place in find("show", ACTIONS)] == ["Map: Show all points", "Runs: Show archived runs"]
    assert find("zzz", ACTIONS) == []
    assert fit("swap zzz", ACTIONS[0]) == 0


def test_an_empty_query_finds_all_those_used_of_late_first() -> None:
    assert find("", ACTIONS, recent=[3, 1]) == [3, 1, 0, 2, 4]
    assert find("  ", ACTIONS) == [0, 1, 2, 3, 4]


def test_of_equal_ones_that_used_last_comes_first() -> None:
    assert find("map", ACTIONS) == [1, 2]
    assert find("map", ACTIONS, recent=[2]) == [2, 1]


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_a_text_is_found_by_its_own_words_in_any_order_and_case(text: str) -> None:
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    assert fit(" ".join(reversed(words)), text) == pytest.approx(4.0 * len(words))
