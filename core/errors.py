"""Errors whose text is written for the person who uses the program, and words for all others."""


class InputError(ValueError):
    """Input that cannot be used; the message is one sentence naming the file or field, the rule and what was found."""


class Cancelled(Exception):
    """The work was given up because its caller asked for that; no error to report."""


def describe(error: BaseException) -> str:
    """One sentence for the user about an error that ended a piece of work."""
    if isinstance(error, (InputError, FloatingPointError)):
        return str(error)
    if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
        return "the device ran out of memory; use a smaller batch or image size"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'a file'}: {error.strerror.lower()}"
    text = str(error).strip().splitlines()
    return f"unexpected {type(error).__name__}" + (f": {text[0]}" if text else "")
