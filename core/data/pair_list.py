"""A list of pairs of images that are to be judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError

MAX_PAIRS = 1_000_000
"""More are refused: nobody reads them, and every pair of a large folder is soon a billion."""
NOT_SAID = -1
"""In place of 1 or 0, where a list does not say whether a pair is of one identity."""
RESULT_COLUMNS = ("line", "image_a", "image_b", "distance", "threshold", "verdict", "probability", "same", "problem")
"""What a table of verdicts writes itself; read back in, those that are no input are passed over."""


@dataclass(frozen=True, eq=False)
class PairList:
    """Pairs of N images to be judged, P of them."""

    title: str
    """What they are of, for people."""
    files: tuple[Path, ...]
    """[N], each once; whether they are there and can be read is found out when they are looked at."""
    names: tuple[str, ...]
    """[N], as the list or the folders name them."""
    pairs: NDArray[np.int64]
    """[P, 2], positions in `files`."""
    same: NDArray[np.int8] | None = None
    """[P], 1 for genuine pairs, 0 for impostor pairs, `NOT_SAID`; None where no pair is said to be either."""
    lines: NDArray[np.int64] | None = None
    """[P], in the file; None where there is none."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further columns of the file, [P] each, by name."""
    notes: tuple[str, ...] = ()
    """What was passed over."""

    def __len__(self) -> int:
        return len(self.pairs)


def check_count(pairs: int, what: str) -> None:
    """Refuse more pairs than can be judged.

    Raises
    ------
    InputError
        where there are more than `MAX_PAIRS`.
    """
    if pairs > MAX_PAIRS:
        raise InputError(
            f"pairs: at most {MAX_PAIRS} can be judged at once, found {pairs} for {what}; name the wanted ones in a "
            "CSV file"
        )
