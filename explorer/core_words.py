"""What core says, in the user's language.

Core knows no Qt and makes its sentences in English, with values in them. Each is found again among the templates that
`tests.explorer.translations.update` has read out of core's code, and its translation is filled with the same values.
"""

import functools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from string import Formatter

from explorer.translation import is_translated, tr

_WORD = re.compile(r"\w+")
_DEEPEST = 6
"""Sentences within a sentence that are looked for."""


@dataclass(frozen=True)
class Template:
    """A text of core with holes."""

    source: str
    literals: tuple[str, ...]
    """What stands before, between and after the holes."""
    speaking: tuple[int, ...]
    """Holes that may hold a text of core."""

    @property
    def weight(self) -> tuple[int, int]:
        """How much of a sentence it explains: the more always stands in it, and the fewer holes it has, the more."""
        return sum(map(len, self.literals)), -len(self.literals)

    def values(self, sentence: str) -> list[str] | None:
        """What stands in the holes if this is the sentence's template, as little as possible in each but the last."""
        first, *others = self.literals
        if not others:
            return [] if sentence == first else None
        place, end = len(first), len(sentence) - len(others[-1])
        if not sentence.startswith(first) or not sentence.endswith(others[-1]) or place > end:
            return None
        values = []
        for literal in others[:-1]:
            found = sentence.find(literal, place, end)
            if found < 0:
                return None
            values.append(sentence[place:found])
            place = found + len(literal)
        return [*values, sentence[place:end]]

    def certain_words(self) -> Iterator[str]:
        """Words that stand in each of its sentences by themselves, whatever the holes hold."""
        last = len(self.literals) - 1
        for place, literal in enumerate(self.literals):
            for word in _WORD.finditer(literal):
                touches = (place > 0 and word.start() == 0) or (place < last and word.end() == len(literal))
                if not touches:
                    yield word[0]


class Templates:
    """Templates by the rarest of their words, so that a sentence is compared with few of them."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._templates = templates = sorted(templates, key=lambda template: template.weight, reverse=True)
        certain = [set(template.certain_words()) for template in templates]
        often = Counter(word for words in certain for word in words)
        self._by_word: dict[str, list[tuple[int, Template]]] = {}
        for place, (template, words) in enumerate(zip(templates, certain, strict=True)):
            key = min(sorted(words), key=often.__getitem__, default="")
            self._by_word.setdefault(key, []).append((place, template))

    def all(self) -> tuple[Template, ...]:
        """The one that explains most first."""
        return tuple(self._templates)

    def find(self, sentence: str) -> tuple[Template, list[str]] | None:
        """The template that explains most of a sentence, and what stands in its holes."""
        words = {"", *_WORD.findall(sentence)}
        candidates = sorted((pair for word in words for pair in self._by_word.get(word, ())), key=lambda pair: pair[0])
        for _, template in candidates:
            if (values := template.values(sentence)) is not None:
                return template, values
        return None


def in_words(sentence: str) -> str:
    """A text of core in the window's language; as it is in English, and where core's code does not know it."""
    return _said(sentence, _DEEPEST) if sentence and is_translated() else sentence


def all_in_words(sentences: Iterable[str]) -> Sequence[str]:
    """Texts of core in the window's language."""
    return [in_words(sentence) for sentence in sentences]


def _said(sentence: str, depth: int) -> str:
    """A text in the language, one with a large first letter too; where it is none, what its parts are."""
    small = sentence[:1].lower() + sentence[1:]
    known = [
        (text, found) for text in dict.fromkeys((sentence, small)) if (found := _templates().find(text)) is not None
    ]
    if not known:
        return _said_one_by_one(sentence, depth)
    text, (template, values) = max(known, key=lambda pair: pair[1][0].weight)
    if depth:
        for hole in template.speaking:
            values[hole] = _said(values[hole], depth - 1)
    said = _translated(template).format(*values)
    return said if text == sentence else said[:1].upper() + said[1:]


def _said_one_by_one(sentence: str, depth: int) -> str:
    for joint in ("; ", ": "):
        head, _, tail = sentence.partition(joint)
        if tail and depth:
            return joint.join((_said(head, depth - 1), _said(tail, depth - 1)))
    return sentence


def _translated(template: Template) -> str:
    return tr(template.source) if any(map(_WORD.search, template.literals)) else template.source


@functools.cache
def _templates() -> Templates:
    """Those of the resource, read when a sentence is first asked for."""
    text = resources.files("resources").joinpath("translations", "core_sentences.json").read_text(encoding="utf-8")
    return Templates(template_of(source, speaking) for source, speaking in json.loads(text))


def template_of(source: str, speaking: Sequence[int] = ()) -> Template:
    """A template as the resource has it: its text with numbered holes, and which of them may hold texts."""
    literals = [""]
    for literal, field, _, _ in Formatter().parse(source):
        literals[-1] += literal
        if field is not None:
            literals.append("")
    return Template(source, tuple(literals), tuple(speaking))
