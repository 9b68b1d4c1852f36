"""Elements of a page as text; whatever is not an element is escaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, among them those that turn the direction of what follows, and halves of characters."""

LONG = 24
"""Letters of a cell from which on it may be broken anywhere; figures are shorter, and stay whole."""


class Element(str):
    """Text that is HTML or SVG already."""

    __slots__ = ()


def element(name: str, *content: str | Iterable[str], **attributes: str | float | None) -> Element:
    """An element with its content, of which elements go in as they are and other text escaped.

    Parameters
    ----------
    name
        Of the tag.
    content
        Texts and elements, or lists of them.
    attributes
        By name; 'class_' stands for 'class' and '_' for '-'. None leaves one out.
    """
    named = (
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Element(f"<{name}{''.join(named)}>{joined(*content)}</{name}>")


def joined(*content: str | Iterable[str]) -> Element:
    """Texts and elements one after the other."""
    parts = (part for each in content for part in ((each,) if isinstance(each, str) else each))
    return Element("".join(part if isinstance(part, Element) else _escaped(part) for part in parts))


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, marked: int | None = None) -> Element:
    """A table whose first column names the rows, in a box that scrolls where the page is too narrow.

    Parameters
    ----------
    caption
        What it shows.
    heads
        Of the columns.
    rows
        A text for each column; the first is the head of its row.
    marked
        Number of a row that stands out.
    """
    body = (
        element(
            "tr",
            element("th", first, scope="row"),
            (element("td", cell, class_="long" if len(cell) > LONG else None) for cell in rest),
            class_="marked" if place == marked else None,
        )
        for place, (first, *rest) in enumerate(rows)
    )
    head = element("tr", (element("th", text, scope="col") for text in heads))
    whole = element("table", element("caption", caption), element("thead", head), element("tbody", body))
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def definitions(pairs: Iterable[tuple[str, str]]) -> Element:
    """A list of names with what they stand for."""
    return element("dl", (element("div", element("dt", name), element("dd", value)) for name, value in pairs))


def items(texts: Iterable[str]) -> Element:
    """A list of sentences."""
    return element("ul", (element("li", text) for text in texts))


def _escaped(text: str) -> str:
    return escape(_UNSEEN.sub("\ufffd", text), quote=True)
