"""Which pairs somebody wants to see."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PairsWish:
    """The pairs with low < distance <= high, those nearest `nearest` first."""

    genuine: bool | None
    """Pairs of one identity, of two, or None for both."""
    low: float
    """May be -inf."""
    high: float
    """May be inf."""
    nearest: float
    """Such as the threshold."""
    title: str
    """What they are, in words: 'Impostor pairs from 0.41 to 0.43'."""
    errors_only: bool = False
    """Only those that a threshold at `nearest` gets wrong."""
