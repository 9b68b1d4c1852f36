"""Texts by their bytes, against lists of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data import packed
from core.data.packed import PackedTexts

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6))


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_texts_come_back(texts: list[str]) -> None:
    found = PackedTexts(texts)
    assert len(found) == len(texts)
    assert list(found.between(0, len(texts))) == texts
    assert list(found.between(1, 1)) == []


@given(TEXTS, st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_the_order_is_that_of_sorted(texts: list[str], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(packed, "_SORTED_AT_ONCE", at_once)
        order = PackedTexts(texts).order()
    assert order.places.tolist() == sorted(range(len(texts)), key=texts.__getitem__)
    assert order.repeats == (len(set(texts)) < len(texts))


def test_names_that_are_no_text_come_back() -> None:
    assert PackedTexts(["a\udcff", "b"])[0] == "a\udcff"
