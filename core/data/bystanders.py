"""Images of a list that no genuine pair names: each goes to the part of the split where its tuples are."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.data.tuples import TupleList


def follow_tuples(
    held_out: NDArray[np.bool_], settled: NDArray[np.bool_], tuples: TupleList, undecided: Iterator[bool]
) -> NDArray[np.bool_]:
    """Which images are held out, bool [N], once those that are not settled have followed the tuples that name them.

    One after the other, an image goes where most of the settled images are that it shares tuples with. Such an image
    is only ever told apart from others, so its side is free; by chance, half of its tuples would be lost.

    Parameters
    ----------
    held_out
        bool [N], of the settled images.
    settled
        bool [N]
    tuples
        Of these images.
    undecided
        Says of image after image whether to hold it out where neither part has more of its company.
    """
    held_out, settled = held_out & settled, settled.copy()
    rows = np.repeat(np.arange(len(tuples)), tuples.width)
    order = np.argsort(tuples.images, axis=None, kind="stable")
    ends = np.cumsum(np.bincount(tuples.images.ravel(), minlength=len(settled)))
    rows_of = np.split(rows[order], ends[:-1])
    for image in np.flatnonzero(~settled):
        company = tuples.images[rows_of[image]]
        company = company[settled[company]]
        outside = int(held_out[company].sum())
        inside = len(company) - outside
        held_out[image] = outside > inside if outside != inside else next(undecided)
        settled[image] = True
    return held_out
