"""How long work tells its caller how far it is, and learns that nobody waits for it any more."""

from collections.abc import Callable

Watch = Callable[[float], None]
"""Takes the share that is done, again and again while it grows; may raise `core.errors.Cancelled`."""
CountWatch = Callable[[int], None]
"""Takes how many things were found so far, where nobody knows the whole; may raise `core.errors.Cancelled`."""
StageWatch = Callable[[str, float], None]
"""Takes what is being done and the share of that which is done; may raise `core.errors.Cancelled`."""
