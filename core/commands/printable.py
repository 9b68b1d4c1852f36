"""Names that came from elsewhere, as a terminal may show them."""


def printable(text: str) -> str:
    """A name whose characters that would steer the terminal are written out."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
