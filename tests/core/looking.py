"""A model that stands in for a trained one where only its embeddings matter."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.data.images import ImageSource, load_image, resize_image
from core.distances import Distance, as_distance
from core.errors import InputError


class Looker:
    """Embeds an image by a fixed random map of its pixels; another seed is other weights."""

    image_size = 8

    def __init__(
        self, seed: int = 0, *, step: int = 40, threshold: float | None = 0.4, distance: str | Distance = "cosine"
    ) -> None:
        generator = torch.Generator().manual_seed(seed)
        self.model = nn.Linear(192, 16)
        self.model.weight.data = torch.randn(16, 192, generator=generator)
        self.model.bias.data = torch.zeros(16)
        self.model.embedding_dim = 16  # type: ignore[assignment]
        self.step = step
        self.distance_in_use = as_distance(distance)
        self._threshold = threshold

    def embed(self, images: ImageSource) -> NDArray[np.float32]:
        pixels = resize_image(load_image(images), self.image_size)
        with torch.inference_mode():
            found = self.model(torch.from_numpy(pixels.astype(np.float32) / 255 - 0.5).reshape(1, -1))
        return nn.functional.normalize(found).numpy()

    def threshold_for(self, threshold: float | None = None, fpr: float | None = None) -> float:
        found = self._threshold if threshold is None else threshold
        if found is None:
            raise InputError("run: has no threshold yet")
        return found

    def compare_by(self, distance: str | Distance, curve: object, parts: object = None) -> None:
        self.distance_in_use = as_distance(distance)
