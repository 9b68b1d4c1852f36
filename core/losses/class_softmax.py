"""Softmax over the scores of classes: what the margin losses and the proxies share."""

from collections.abc import Callable

from torch import Tensor
from torch.nn.functional import cross_entropy

from core.distances import widest_dtype
from core.losses.value import LossValue


def class_softmax(
    scores: Tensor, labels: Tensor, scale: float | Tensor, margin: Callable[[Tensor], Tensor] | None = None
) -> LossValue:
    """Mean over the images of -log softmax(scale · scores)[own class].

    Parameters
    ----------
    scores
        [B, C]; higher where an image is more alike to a class.
    labels
        int64 [B] in 0..C-1.
    scale
        Above 0; a number, or one for each image [B, 1].
    margin
        Maps the scores of the own classes [B, 1] to harder ones, which stand in their place.

    Returns
    -------
    LossValue
        `active_fraction` is the share of images that are not yet told from all other classes: another class scores at
        least as high as the own one does with its margin. `tuples` is B.
    """
    column = labels[:, None]
    own = scores.gather(1, column)
    if margin is not None:
        own = margin(own)
        scores = scores.scatter(1, column, own)
    value = cross_entropy(scale * scores, labels)
    return LossValue(value, share_contested(scores, own), len(labels))


def share_contested(scores: Tensor, own: Tensor) -> Tensor:
    """Share of the rows of `scores` [B, C] where a class beside the own one, at `own` [B, 1], scores as high or higher.

    A scalar on the device, without a gradient; 0 with one class.
    """
    contested = (scores.detach() >= own.detach()).sum(dim=1) > 1
    return contested.sum().to(widest_dtype(scores.device)) / len(scores)
