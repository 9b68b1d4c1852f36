"""How well a few letters fit the name of an action."""

from collections.abc import Sequence

_WORD, _BEGINNING, _INSIDE, _SCATTERED = 4.0, 3.0, 2.0, 1.0
"""A part of the query is a word of the text, begins one, stands in one, or its letters follow one another somewhere."""


def fit(query: str, text: str) -> float:
    """How well a query fits a text: the sum over the query's words; 0 where one of them does not fit at all.

    Case does not matter, nor does the order of the words.
    """
    words, folded = _words(text), text.casefold()
    fits = [_fit_part(part, words, folded) for part in query.casefold().split()]
    return 0.0 if not all(fits) else sum(fits)


def find(query: str, texts: Sequence[str], recent: Sequence[int] = ()) -> list[int]:
    """Places of the texts that fit, the best first; of equal ones those used of late, the latest first.

    Texts in which the letters are scattered are found where there are no others. An empty query fits every text.
    """
    ages = {place: age for age, place in enumerate(recent)}
    scores = {place: fit(query, text) for place, text in enumerate(texts)}
    least = max(_SCATTERED, *scores.values()) / 2 if query.split() and scores else 0.0
    fitting = [place for place, score in scores.items() if score >= least]
    return sorted(fitting, key=lambda place: (-scores[place], ages.get(place, len(ages)), place))


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()


def _fit_part(part: str, words: Sequence[str], text: str) -> float:
    if part in words:
        return _WORD
    if any(word.startswith(part) for word in words):
        return _BEGINNING
    if len(part) == 1:
        return 0.0
    if part in text:
        return _INSIDE
    if _initials(part, words):
        return _INSIDE
    return _SCATTERED if _follow(part, text) else 0.0


def _initials(part: str, words: Sequence[str]) -> bool:
    """Whether the letters are the first ones of words that follow one another: 'bag' of 'bundle a gallery'."""
    return part in "".join(word[0] for word in words)


def _follow(part: str, text: str) -> bool:
    """Whether the letters stand in the text one behind the other, with others between them."""
    letters = iter(text)
    return all(letter in letters for letter in part)
