"""The one exception whose text is written for the person who uses the program."""


class InputError(ValueError):
    """Input that cannot be used; the message is one sentence naming the file or field, the rule and what was found."""
