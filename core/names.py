"""Names that a person gives: to somebody in a gallery, to a run."""

import unicodedata

from core.errors import InputError

LONGEST = 200
"""Characters of a name."""
_REFUSED = {"Cc": "control character", "Cs": "half of a character", "Zl": "line break", "Zp": "line break"}
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters that change the order in which the text around them is shown."""


def checked_name(text: str) -> str:
    """A name as it is kept: in Unicode's composed form (NFC), without blanks at its ends.

    Raises
    ------
    InputError
        where it is empty or longer than `LONGEST`, or has a control character, a line break or one that turns text.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not name:
        raise InputError(f"name: must not be empty, found {text[:20]!r}")
    if len(name) > LONGEST:
        raise InputError(f"name: may have at most {LONGEST} characters, found {len(name)}")
    for character in name:
        kind = _REFUSED.get(unicodedata.category(character))
        if character in _TURNS_TEXT:
            kind = "character that turns the text around it"
        if kind is not None:
            raise InputError(f"name: must not have a {kind}, found U+{ord(character):04X}")
    return name
