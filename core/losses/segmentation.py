"""Loss of predicted masks."""

from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from core.losses.value import full_precision


def segmentation_loss(mask_logits: Tensor, masks: Tensor) -> Tensor:
    """Binary cross entropy, a mean over pixels, plus Dice loss, a mean over images.

    The Dice loss of an image is 1 - (2 Σpt + 1) / (Σp + Σt + 1) with p the predicted probability and t the mask; the
    added pixel keeps it defined on an empty mask (Milletari et al., V-Net, 2016).

    Parameters
    ----------
    mask_logits
        [B, 1, H, W]
    masks
        [B, 1, H, W], bool or 0..1

    Returns
    -------
    Tensor
        Scalar, float32 or float64.

    Raises
    ------
    ValueError
        where the shapes differ or the batch is empty.
    """
    if mask_logits.shape != masks.shape or mask_logits.ndim != 4 or not len(masks):
        raise ValueError(
            f"mask_logits and masks must both be [B, 1, H, W] with B > 0, "
            f"found {list(mask_logits.shape)} and {list(masks.shape)}"
        )
    logits = full_precision(mask_logits)
    targets = masks.to(logits.dtype)
    return binary_cross_entropy_with_logits(logits, targets) + _dice_loss(logits.sigmoid(), targets)


def _dice_loss(probabilities: Tensor, targets: Tensor) -> Tensor:
    overlap = (probabilities * targets).flatten(1).sum(dim=1)
    area = (probabilities + targets).flatten(1).sum(dim=1)
    return (1.0 - (2.0 * overlap + 1.0) / (area + 1.0)).mean()
