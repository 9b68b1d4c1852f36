"""Errors whose text is written for the person who uses the program, and words for all others."""

import errno
import unicodedata

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of characters that steer a terminal, turn text round, begin a line, or cannot be printed at all."""
_LONGEST = 2000
"""Characters of a message."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_NO_MEMORY = ("out of memory", "can't allocate memory", "cannot allocate memory", "could not create a primitive")
"""The last is what oneDNN says, which computes convolutions on the CPU."""


class InputError(ValueError):
    """Input that cannot be used; the message is one sentence naming the file or field, the rule and what was found.

    Whatever was found stands in it in a form that does nothing to a terminal or a window, and shortened.
    """

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


def printable(text: str, longest: int = _LONGEST) -> str:
    """A text in one line: what would steer the place where it is shown is written out; a long one loses its middle."""
    if len(text) > longest:
        text = f"{text[: longest // 2]} … {text[-longest // 2 :]}"
    return "".join(ascii(sign)[1:-1] if unicodedata.category(sign) in _STEERING else sign for sign in text)


class Cancelled(Exception):
    """The work was given up because its caller asked for that; no error to report."""


def describe(error: BaseException) -> str:
    """One sentence for the user about an error that ended a piece of work."""
    text = str(error).strip()
    if isinstance(error, (InputError, FloatingPointError)):
        return text
    if isinstance(error, MemoryError) or any(sign in text.lower() for sign in _NO_MEMORY):
        return "the device ran out of memory; use a smaller batch or image size"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'a file'}: {error.strerror.lower()}"
    return f"unexpected {type(error).__name__}" + (f": {text.splitlines()[0]}" if text else "")


def is_full(error: OSError) -> bool:
    """Whether the disk, or a person's share of it, had no room."""
    return error.errno in _NO_ROOM
