"""Running a model over many images without training it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import Cancelled
from core.models.multi_task import MultiTaskModel

PIXELS_AT_ONCE = 256 * 128 * 128
"""Feature maps of this many pixels fit beside the others in memory, whatever the size of an image."""
IMAGES_AT_ONCE = 256

MaskVisitor = Callable[[NDArray[np.int64], NDArray[np.float32]], None]
"""Takes positions int64 [B] of images and their mask logits float32 [B, S, S]."""


@dataclass(frozen=True, eq=False)
class Inference:
    """What a model says about N images, in their order."""

    embeddings: NDArray[np.float32]
    """[N, D], unit L2 norm"""
    logits: NDArray[np.float32]
    """[N, C]"""


def infer(
    model: MultiTaskModel,
    images: NDArray[np.uint8] | Tensor,
    *,
    indices: NDArray[np.int64] | None = None,
    batch_size: int | None = None,
    masks: MaskVisitor | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Inference:
    """Embeddings and logits of images, in evaluation mode and without gradients.

    Parameters
    ----------
    model
        left in the mode it was found in.
    images
        uint8 [M, 3, S, S]; may be memory-mapped.
    indices
        positions of the N images to look at; default: all.
    batch_size
        images at once; default: 256, fewer where they are larger than 128 x 128.
    masks
        visits the predicted masks batch by batch, so that they need not be held together. Runs the decoder, which the
        model must have.
    cancelled
        asked before each batch.

    Raises
    ------
    ValueError
        where the images are not uint8 [M, 3, S, S], or masks are asked of a model without a decoder.
    Cancelled
        where `cancelled` answers True.
    """
    if images.ndim != 4 or images.shape[1] != 3 or images.dtype not in (np.uint8, torch.uint8):
        raise ValueError(f"images: must be uint8 [N, 3, S, S], found {images.dtype} {list(images.shape)}")
    if masks is not None and model.decoder is None:
        raise ValueError("masks: the model must have a segmentation decoder, found none")
    positions = np.arange(len(images)) if indices is None else np.asarray(indices, dtype=np.int64)
    batch_size = images_at_once(images.shape[2] * images.shape[3]) if batch_size is None else batch_size
    embeddings = np.empty((len(positions), model.embedding_dim), np.float32)
    logits = np.empty((len(positions), model.classes), np.float32)
    with evaluation_mode(model), torch.inference_mode():
        for start in range(0, len(positions), batch_size):
            if cancelled is not None and cancelled():
                raise Cancelled
            part = slice(start, start + batch_size)
            output = model(_batch(model, images, positions[part]), with_masks=masks is not None)
            embeddings[part] = _to_numpy(output.embedding)
            logits[part] = _to_numpy(output.logits)
            if masks is not None:
                masks(positions[part], _to_numpy(output.mask_logits.squeeze(1)))
    return Inference(embeddings, logits)


@contextmanager
def evaluation_mode(model: nn.Module) -> Iterator[None]:
    """Put every module of a model in evaluation mode, and back into the mode each one was in."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training


def images_at_once(pixels: int) -> int:
    """How many images of so many pixels each go through a model together."""
    return max(1, min(IMAGES_AT_ONCE, PIXELS_AT_ONCE // pixels))


def _batch(model: MultiTaskModel, images: NDArray[np.uint8] | Tensor, positions: NDArray[np.int64]) -> Tensor:
    """Images as the model takes them, moved to its device as bytes."""
    weight = next(model.parameters())
    batch = torch.as_tensor(images[positions]).to(weight.device)
    return batch.to(weight.dtype) / 255


def _to_numpy(tensor: Tensor) -> NDArray[np.float32]:
    values: NDArray[np.float32] = tensor.float().cpu().numpy()
    return values
