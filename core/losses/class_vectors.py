"""Vectors that stand for classes and are trained with the network, and what the losses that have them share."""

import torch
from torch import Tensor, nn

from core.losses.value import check_batch, full_precision


def random_vectors(classes: int, embedding_dim: int, generator: torch.Generator | None) -> nn.Parameter:
    """One vector a class, float32 [C, D], drawn from the standard normal distribution.

    Raises
    ------
    ValueError
        where a count is below 1.
    """
    check_counts(classes=classes, embedding_dim=embedding_dim)
    return nn.Parameter(torch.randn(classes, embedding_dim, generator=generator))


def class_cosines(embeddings: Tensor, vectors: Tensor) -> Tensor:
    """Cosines [B, C] of the angles between embeddings [B, D] and class vectors [C, D].

    In the embeddings' precision, at least float32; 0 to a zero vector.
    """
    values = full_precision(embeddings)
    return full_product(unit_rows(values), unit_rows(vectors.to(values.dtype)).T)


def full_product(x: Tensor, y: Tensor) -> Tensor:
    """Matrix product in the precision of its factors, under autocast too."""
    with torch.autocast(x.device.type, enabled=False):
        return x @ y


def unit_rows(values: Tensor) -> Tensor:
    """Vectors [..., D] of length 1; one shorter than 1e-12 stays as it is, so that the gradient at 0 is finite."""
    norms: Tensor = torch.linalg.vector_norm(values, dim=-1, keepdim=True)
    # A product, because the gradient of a quotient takes twice as long.
    return values * norms.masked_fill(norms < 1e-12, 1.0).reciprocal()


def sines(cosines: Tensor) -> Tensor:
    """Sines of angles in 0..π from their cosines; their gradient is 0 at 0 and π instead of infinite."""
    return root((1.0 - cosines) * (1.0 + cosines))


def root(squares: Tensor) -> Tensor:
    """Square root, 0 with a gradient of 0 where rounding left nothing or less."""
    nothing = squares <= 0
    return squares.masked_fill(nothing, 1.0).sqrt().masked_fill(nothing, 0.0)


def check_counts(**counts: int) -> None:
    """Refuse a count below 1.

    Raises
    ------
    ValueError
        naming it.
    """
    for name, count in counts.items():
        if count < 1:
            raise ValueError(f"{name} must be at least 1, found {count}")


def check_class_batch(embeddings: Tensor, labels: Tensor, vectors: Tensor) -> None:
    """Refuse a batch that does not fit class vectors [C, ..., D].

    Labels are compared with the number of classes on the CPU only: elsewhere that would wait for the device every
    step, and CUDA refuses them itself when the losses pick the own class by label.

    Raises
    ------
    ValueError
        naming the shapes, or the label.
    """
    check_batch(embeddings, labels)
    classes, dim = len(vectors), vectors.shape[-1]
    if embeddings.shape[1] != dim:
        raise ValueError(f"embeddings must be [B, {dim}] as the class vectors are, found {list(embeddings.shape)}")
    if labels.device.type == "cpu":
        for label in torch.stack(labels.aminmax()).tolist():
            if not 0 <= label < classes:
                raise ValueError(f"labels must be in 0..{classes - 1}, one for each class vector, found {label}")
