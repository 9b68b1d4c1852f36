"""Backbones: networks that turn images into the feature maps of their stages."""

import pickle
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from itertools import pairwise
from typing import Self

import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from core.config import BACKBONE_NAMES, BackboneName
from core.errors import InputError


class Backbone(nn.Module):
    """A network cut into stages, each of which works at a lower resolution than the one before it.

    Parameters
    ----------
    stages
        applied one after the other.
    channels
        of each stage's feature map.
    minimum_size
        smallest side in pixels the stages can take; smaller images are scaled up to it.
    """

    def __init__(self, stages: Sequence[nn.Module], channels: Sequence[int], minimum_size: int = 16) -> None:
        super().__init__()
        self.stages = nn.ModuleList(stages)
        self.channels = tuple(channels)
        self.minimum_size = minimum_size
        self._frozen = 0

    def freeze(self, count: int) -> None:
        """Leave the first `count` stages as they are: no gradient, and their norms take nothing from a batch."""
        self._frozen = count
        self.stages[:count].requires_grad_(False)
        self.train(self.training)

    def train(self, mode: bool = True) -> Self:
        """Switch to training, but for frozen stages."""
        super().train(mode)
        self.stages[: self._frozen].eval()
        return self

    def forward(self, images: Tensor) -> list[Tensor]:
        """Feature maps [B, channels[i], h, w] of the normalised images [B, 3, S, S], finest first."""
        if min(images.shape[-2:]) < self.minimum_size:
            images = F.interpolate(images, size=(self.minimum_size, self.minimum_size), mode="bilinear")
        maps = []
        for stage in self.stages:
            images = stage(images)
            maps.append(images)
        return maps


def normalises_by_batch(model: nn.Module) -> bool:
    """Whether a norm of the model, in the mode that it is in, takes its statistics from the images of a batch."""
    return any(isinstance(module, _BatchNorm) and module.training for module in model.modules())


def build_backbone(name: BackboneName, pretrained: bool) -> Backbone:
    """Build a backbone, with fresh weights or with those torchvision learned from ImageNet.

    Raises
    ------
    InputError
        for an unknown name, for pretrained weights of the small net (there are none), and where the weights cannot be
        downloaded.
    """
    if name == "small":
        if pretrained:
            raise InputError(
                "pretrained: must be off for the backbone 'small', which has no pretrained weights, found on"
            )
        return _small()
    if name not in BACKBONE_NAMES:
        raise InputError(f"backbone: must be one of {', '.join(BACKBONE_NAMES)}, found {name!r}")
    return _from_torchvision(name, pretrained)


class _Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut (He et al. 2016), with group norm."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1, bias=False), _norm(channels))
        # The block starts as the identity, which lets the first steps be large.
        nn.init.zeros_(self.second[1].weight)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


def _norm(channels: int) -> nn.GroupNorm:
    return nn.GroupNorm(channels // 8, channels)


def _convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
    nn.init.kaiming_normal_(convolution.weight, mode="fan_out", nonlinearity="relu")
    return nn.Sequential(convolution, _norm(outputs), nn.ReLU(inplace=True))


def _small() -> Backbone:
    """Own net for images of 16 to 64 pixels; group norm, so that no image depends on the others of its batch."""
    channels = (24, 40, 80, 160)
    stages = [_convolution(3, channels[0], stride=2)]
    for inputs, outputs in pairwise(channels):
        stages.append(nn.Sequential(_convolution(inputs, outputs, stride=2), _Residual(outputs)))
    return Backbone(stages, channels)


def _from_torchvision(name: BackboneName, pretrained: bool) -> Backbone:
    from torchvision.models import get_model

    network = get_model(name)
    if pretrained:
        network.load_state_dict(_pretrained_weights(name))
    if name == "mobilenet_v3_small":
        features = network.features
        return Backbone([features[0], features[1], features[2:4], features[4:9], features[9:]], (16, 16, 24, 48, 576))
    if name == "convnext_tiny":
        features = network.features
        # The norm stands before the classifier in torchvision; without it the last map's scale is unbounded.
        last = nn.Sequential(features[6:], network.classifier[0])
        return Backbone([features[0:2], features[2:4], features[4:6], last], (96, 192, 384, 768), minimum_size=32)
    expansion = 4 if name == "resnet50" else 1
    stages = [
        nn.Sequential(network.conv1, network.bn1, network.relu),
        nn.Sequential(network.maxpool, network.layer1),
        network.layer2,
        network.layer3,
        network.layer4,
    ]
    return Backbone(stages, (64, *(width * expansion for width in (64, 128, 256, 512))))


def _pretrained_weights(name: BackboneName) -> Mapping[str, Tensor]:
    from torchvision.models import get_model_weights

    weights = get_model_weights(name).DEFAULT
    try:
        state: Mapping[str, Tensor] = weights.get_state_dict(progress=False, check_hash=True, weights_only=True)
    except (OSError, HTTPException, EOFError, RuntimeError, pickle.UnpicklingError) as error:
        # A RuntimeError is a wrong hash or a damaged file in torch's cache.
        raise InputError(
            f"pretrained: the weights of {name} could not be downloaded from {weights.url} ({error}); "
            "switch 'pretrained' off to start from random weights"
        ) from error
    return state
