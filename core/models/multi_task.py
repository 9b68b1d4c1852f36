"""The model: one backbone, and a classification, an embedding and a segmentation head on it."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import torch
from torch import Tensor, nn

from core.config import BackboneName
from core.errors import InputError
from core.models.backbones import build_backbone
from core.models.heads import EmbeddingHead, SegmentationDecoder

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


class ModelOutput(NamedTuple):
    """What the model says about a batch of images."""

    embedding: Tensor
    """[B, D], unit L2 norm"""
    logits: Tensor
    """[B, C]"""
    mask_logits: Tensor | None
    """[B, 1, S, S]; None without a decoder, or where masks were not asked for"""


class MultiTaskModel(nn.Module):
    """Backbone with heads; takes images in 0..1 and normalises them itself.

    Parameters
    ----------
    backbone_name
        see `core.config.BackboneName`.
    classes
        number of training classes C; 0 where none are known, for a model without a classification head.
    embedding_dim
        D.
    segmentation
        whether there is a decoder for masks.
    pretrained
        start the backbone from torchvision's ImageNet weights.

    Raises
    ------
    InputError
        for a count below 0, an embedding of no dimension, an unknown backbone, or weights that cannot be downloaded.
    """

    mean: Tensor
    std: Tensor

    def __init__(
        self,
        backbone_name: BackboneName,
        classes: int,
        embedding_dim: int,
        segmentation: bool,
        pretrained: bool = False,
    ) -> None:
        super().__init__()
        for field, value, least in (("classes", classes, 0), ("embedding_dim", embedding_dim, 1)):
            if value < least:
                raise InputError(f"{field}: must be at least {least}, found {value}")
        self.backbone_name = backbone_name
        self.classes = classes
        self.embedding_dim = embedding_dim
        self.backbone = build_backbone(backbone_name, pretrained)
        self.classification = nn.Linear(self.backbone.channels[-1], classes) if classes else None
        self.embedding = EmbeddingHead(self.backbone.channels[-1], embedding_dim)
        self.decoder = SegmentationDecoder(self.backbone.channels) if segmentation else None
        self._set_normalisation()

    def forward(self, images: Tensor, with_masks: bool = True) -> ModelOutput:
        """Embedding, logits and masks of images float [B, 3, S, S] in 0..1; `with_masks=False` skips the decoder."""
        maps = self.backbone((images - self.mean) / self.std)
        pooled = maps[-1].mean(dim=(2, 3))
        masks = self.decoder(maps, images.shape[-2:]) if with_masks and self.decoder is not None else None
        logits = pooled.new_empty(pooled.shape[0], 0) if self.classification is None else self.classification(pooled)
        return ModelOutput(self.embedding(pooled), logits, masks)

    def embed(self, images: Tensor) -> Tensor:
        """Embeddings [B, D] of images float [B, 3, S, S] in 0..1, without running the decoder."""
        output: ModelOutput = self(images, with_masks=False)
        return output.embedding

    def architecture(self) -> dict[str, Any]:
        """JSON-able arguments that `from_architecture` rebuilds the model from."""
        return {
            "backbone_name": self.backbone_name,
            "classes": self.classes,
            "embedding_dim": self.embedding_dim,
            "segmentation": self.decoder is not None,
        }

    @classmethod
    def from_architecture(cls, architecture: Mapping[str, Any]) -> Self:
        """Build a model to load weights into; until then they are all zero.

        Draws no random numbers: torch's default generator belongs to the training thread, and this runs in others too.

        Raises
        ------
        InputError
            where the arguments are not those of a model.
        """
        try:
            with torch.device("meta"):
                model = cls(**architecture)
        except TypeError as error:
            raise InputError(f"architecture: not the arguments of a model ({error})") from error
        model.to_empty(device="cpu")
        for tensor in model.state_dict().values():
            tensor.zero_()
        model._set_normalisation()
        return model

    def _set_normalisation(self) -> None:
        for name, values in (("mean", IMAGENET_MEAN), ("std", IMAGENET_STD)):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1), persistent=False)
