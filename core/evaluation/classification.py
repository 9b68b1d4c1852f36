"""Classification: how often the most probable class is the true one."""

import numpy as np
from numpy.typing import NDArray


def accuracy(logits: NDArray[np.floating], labels: NDArray[np.integer]) -> float | None:
    """Share of images whose largest logit is their label's; None where no label is known.

    Parameters
    ----------
    logits
        [N, C]
    labels
        [N]; below 0 where unknown: such an image does not count.

    Raises
    ------
    ValueError
        where the shapes do not fit or a label has no logit.
    """
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(f"logits must be [N, C] and labels [N], found {list(logits.shape)} and {list(labels.shape)}")
    known = labels >= 0
    if not known.any():
        return None
    if labels.max() >= logits.shape[1]:
        raise ValueError(f"labels must be below the {logits.shape[1]} classes of the logits, found {labels.max()}")
    return float((logits[known].argmax(axis=1) == labels[known]).mean())
