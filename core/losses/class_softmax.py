"""Softmax over the scores of classes: what the margin losses and the proxies share."""

from abc import ABC, abstractmethod
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from core.distances import widest_dtype
from core.losses.class_vectors import check_class_batch, class_cosines, random_vectors
from core.losses.value import LossValue, check_margin, check_positive


class CosineSoftmaxLoss(nn.Module, ABC):
    """Mean of -log softmax over the classes of s · cos θ_c, the own class's cosine being made smaller by a margin.

    What the losses have in common that are named by their margin; `make_harder` is what they differ in.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the class vectors `vectors`, a parameter float32 [C, D].
    scale
        s, above 0; may change between two steps.
    margin
        At least 0; may change between two steps.
    generator
        On the CPU; draws the class vectors from the standard normal distribution; None takes torch's default one.

    Raises
    ------
    ValueError
        where a count, scale or margin cannot be used.
    """

    def __init__(
        self, classes: int, embedding_dim: int, scale: float, margin: float, generator: torch.Generator | None
    ) -> None:
        super().__init__()
        check_positive(scale=scale)
        check_margin(margin)
        self.vectors = random_vectors(classes, embedding_dim, generator)
        self.scale = scale
        self.margin = margin

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] in 0..C-1.

        `active_fraction` is the share of images not yet classified right with the margin applied; `tuples` is B.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no class vector.
        """
        check_class_batch(embeddings, labels, self.vectors)
        cosines = class_cosines(embeddings, self.vectors)
        return class_softmax(cosines, labels, self.scale_of(embeddings), self.make_harder)

    def scale_of(self, embeddings: Tensor) -> float | Tensor:
        """What cosines are multiplied by: a number, or one for each image [B, 1]."""
        return self.scale

    @abstractmethod
    def make_harder(self, own: Tensor) -> Tensor:
        """Take the margin off the cosines to the own classes [B, 1]."""


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
