"""Which images of a very large set are measured: all of them, or some that are drawn so that figures stay true."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError

FEWEST_IDENTITIES = 200
"""Identities that are drawn, where there are as many: an interval over fewer is wide."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Images that were drawn of a set."""

    rows: NDArray[np.int64]
    """[K], ascending"""
    identities: int
    """Whose images they are."""
    of_images: int
    of_identities: int
    seed: int
    whole_identities: bool
    """Whether all images of each drawn identity are among them."""

    @property
    def everything(self) -> bool:
        """Whether nothing was left out."""
        return len(self.rows) == self.of_images

    def to_json(self) -> dict[str, Any]:
        """What `evaluate --embeddings --json` prints of it."""
        return {
            "images": len(self.rows),
            "of_images": self.of_images,
            "identities": self.identities,
            "of_identities": self.of_identities,
            "whole_identities": self.whole_identities,
            "seed": self.seed,
        }

    def __str__(self) -> str:
        if self.everything:
            return f"all {self.of_images:,} images of {self.of_identities:,} identities"
        images = f"{len(self.rows):,} of {self.of_images:,} images"
        share = "all images" if self.whole_identities else "a share of the images"
        return f"{images}, {share} of {self.identities:,} of {self.of_identities:,} identities (seed {self.seed})"


def draw_images(labels: NDArray[np.integer], images: int, seed: int = 0) -> Drawn:
    """Draw images for an evaluation over pairs: all images of some identities, drawn alike, about `images` in all.

    Identities are what varies, so whole ones are drawn, each with the same chance: of the pairs of one kind, all have
    the same chance to be among those that are measured, and the bootstrap over the drawn identities tells how far the
    figures may be off. Where so many images are of less than `FEWEST_IDENTITIES` identities, that many are drawn; and
    where theirs are more than twice as many images as asked for, of these as many as asked for, each with the same
    chance.

    Parameters
    ----------
    labels
        [N], the identity of each image.
    images
        How many are to be drawn.
    seed
        The same one draws the same images.

    Raises
    ------
    InputError
        where fewer than 2 images are asked for.
    """
    if images < 2:
        raise InputError(f"images: at least 2 must be drawn for a pair, found {images}")
    identities, numbers = np.unique(labels, return_inverse=True)
    if len(labels) <= images:
        everything = np.arange(len(labels))
        return Drawn(everything, len(identities), len(labels), len(identities), seed, whole_identities=True)
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(identities))
    # Not as many as fit: to stop before the one that would be too many is to stop before large ones.
    wanted = np.zeros(len(identities), np.bool_)
    wanted[order[: max(images * len(identities) // len(labels), FEWEST_IDENTITIES)]] = True
    rows = np.flatnonzero(wanted[numbers])
    whole = len(rows) <= 2 * images
    if not whole:
        rows = np.sort(generator.choice(rows, images, replace=False))
    found = len(np.unique(numbers[rows]))
    return Drawn(rows, found, len(labels), len(identities), seed, whole_identities=whole)
