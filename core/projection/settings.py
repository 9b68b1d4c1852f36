"""What a person may set of UMAP and t-SNE."""

import math
from dataclasses import dataclass

NEIGHBOURS = (2, 200)
MIN_DIST = (0.0, 0.99)
PERPLEXITY = (2.0, 200.0)
"""Least and largest values."""


@dataclass(frozen=True)
class ProjectionSettings:
    """Settings of all methods; each takes its own.

    Raises
    ------
    ValueError
        naming the setting, its range and what was found.
    """

    neighbours: int = 15
    """UMAP: how many nearest points make a point's neighbourhood; few show detail, many the whole."""
    min_dist: float = 0.1
    """UMAP: how close points may lie on the map, in its units; small packs clusters tight."""
    perplexity: float = 30.0
    """t-SNE: about how many neighbours each point pays attention to; a third of the points at most is used."""

    def __post_init__(self) -> None:
        if not isinstance(self.neighbours, int):
            raise ValueError(f"neighbours must be a whole number, found {self.neighbours!r}")
        for name, (least, largest) in (("neighbours", NEIGHBOURS), ("min_dist", MIN_DIST), ("perplexity", PERPLEXITY)):
            value = getattr(self, name)
            if not math.isfinite(value) or not least <= value <= largest:
                raise ValueError(f"{name} must be between {least:g} and {largest:g}, found {value}")
