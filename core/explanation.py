"""Why two images are alike: which of their regions make them so, and what the background adds."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core.data.images import ImageSource
from core.distances import Distance
from core.models.inference import evaluation_mode
from core.models.multi_task import MultiTaskModel
from core.verification import Verifier

METHOD = "activation decomposition"
"""How the maps are made; a name for the legend."""


@dataclass(frozen=True)
class HiddenBackground:
    """The pair once more, with all outside the predicted masks in the mean colour, which says nothing to the model."""

    distance: float
    probability: float | None
    """Calibrated probability that the two are the same; None without a calibration."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """What made two images alike or not."""

    method: str
    heat_a: NDArray[np.float32]
    """[S, S]: how like B each region of A is. Its mean is `similarity` where S is a multiple of `regions`; a region
    that speaks against is below 0."""
    heat_b: NDArray[np.float32]
    """[S, S]: how like A each region of B is."""
    regions: int
    """Regions along a side that the network really tells apart; between them the maps are smoothed."""
    similarity: float
    """Cosine of the two embeddings, after the distance's own map where it is a fitted one; 1 is alike."""
    distance: float
    hidden_background: HiddenBackground | None
    why_not_hidden: str
    """Why there is none, in one sentence; empty where there is one."""


def explain(verifier: Verifier, image_a: ImageSource, image_b: ImageSource) -> Explanation:
    """Say which regions of two images make them alike, and what the verdict is without their backgrounds.

    The embedding is a linear map of the mean of the backbone's last feature map, scaled to unit length. So the
    similarity of two images is, exactly, the mean over the regions of one of them of that region's own similarity to
    the other: Stylianou, Souvenir, Pless: Visualizing Deep Similarity Networks, WACV 2019 (their decomposition for
    average pooling). No gradients and no choices are involved. How far a region's features have looked around them is
    the backbone's matter: the maps tell where features were found, not which pixels they are of.

    Parameters
    ----------
    verifier
        model, distance and calibration.
    image_a, image_b
        a path, a PIL image or a uint8 array [H, W, 3].

    Raises
    ------
    InputError
        where an image cannot be read.
    """
    batch = torch.cat([verifier.tensor(image_a), verifier.tensor(image_b)])
    model, side = verifier.model, batch.shape[-1]
    with evaluation_mode(model), torch.inference_mode():
        regions = _regions(model, batch)
        heat, similarity = _heat(regions, verifier.distance_in_use)
        heat = F.interpolate(heat[:, None], size=(side, side), mode="bilinear", align_corners=False)[:, 0]
        distance = _distance(verifier, batch)
        masks = _foreground(model, batch)
        why_not = _why_not_hidden(masks)
        hidden = None if masks is None or why_not else _distance(verifier, torch.where(masks, batch, model.mean))
    return Explanation(
        method=METHOD,
        heat_a=heat[0].float().cpu().numpy(),
        heat_b=heat[1].float().cpu().numpy(),
        regions=regions.shape[1],
        similarity=similarity,
        distance=distance,
        hidden_background=None if hidden is None else HiddenBackground(hidden, verifier.probability(hidden)),
        why_not_hidden=why_not,
    )


def _distance(verifier: Verifier, batch: Tensor) -> float:
    """Of two images [2, 3, S, S]; each is looked at alone, which gives the last bits of the verdict."""
    first, second = (verifier.model.embed(image)[0].float().cpu().numpy() for image in (batch[:1], batch[1:]))
    return verifier.distance(first, second)


def _regions(model: MultiTaskModel, batch: Tensor) -> Tensor:
    """What each region adds to the embedding, before that is scaled: [2, H, W, D], whose mean is the embedding's."""
    features = model.backbone((batch - model.mean) / model.std)[-1].permute(0, 2, 3, 1)
    return F.linear(features, model.embedding.weight, model.embedding.bias).double()


def _heat(regions: Tensor, rule: Distance) -> tuple[Tensor, float]:
    """Similarity of each region to the other image [2, H, W], and that of the two images, which is its mean."""
    count, height, width, size = regions.shape
    scaled = F.normalize(regions.mean(dim=(1, 2)), dim=1)
    lengths = regions.mean(dim=(1, 2)).norm(dim=1).clamp_min(1e-6).view(count, 1, 1, 1)
    if rule.name == "cosine":
        others, local = scaled, regions / lengths
    else:  # all others compare by differences after a linear map, which keeps means means
        mapped = rule.transform(scaled.cpu())
        long = mapped.norm(dim=1, keepdim=True).clamp_min(1e-12)
        others = (mapped / long).to(regions.device)
        flat = rule.transform((regions / lengths).reshape(-1, size).cpu()).view(count, height, width, -1)
        local = (flat / long.view(count, 1, 1, 1)).to(regions.device)
    heat = torch.einsum("bhwd,bd->bhw", local, others.flip(0))
    return heat, float(others[0] @ others[1])


def _foreground(model: MultiTaskModel, batch: Tensor) -> Tensor | None:
    """Predicted masks, bool [2, 1, S, S]; None without a decoder."""
    logits = model(batch).mask_logits
    return None if logits is None else logits > 0


def _why_not_hidden(masks: Tensor | None) -> str:
    if masks is None:
        return "The model was trained without masks, so it does not know what is background."
    empty = [name for name, mask in zip("AB", masks, strict=True) if not mask.any()]
    if empty:
        return f"The model sees no foreground in {' and '.join(empty)}."
    return ""
