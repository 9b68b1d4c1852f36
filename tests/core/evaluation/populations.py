"""Populations of identities whose figures are known, and samples of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Population:
    """Identities with centres of variance 1 that differ in how much their images do."""

    dimensions: int = 8
    noise: float = 0.55
    heterogeneity: float = 0.3
    """Deviation of the logarithm of an identity's own noise."""
    images: tuple[int, int] = (5, 5)
    """Of each identity, from and to."""

    def sample(self, generator: np.random.Generator, identities: int) -> tuple[Floats, Labels]:
        """Embeddings and labels."""
        (embeddings,), labels = self.samples(generator, identities, 1)
        return embeddings, labels

    def samples(
        self, generator: np.random.Generator, identities: int, count: int, shared: float = 0.5
    ) -> tuple[list[Floats], Labels]:
        """Several equally good embeddings of the same images, which share a part of the variance."""
        low, high = self.images
        labels = np.repeat(np.arange(identities), generator.integers(low, high + 1, identities))
        noise = self.noise * np.exp(self.heterogeneity * generator.normal(size=(identities, 1)))[labels]
        common = self._drawn(generator, labels, noise)
        own = [self._drawn(generator, labels, noise) for _ in range(count)]
        return [shared**0.5 * common + (1 - shared) ** 0.5 * each for each in own], labels

    def _drawn(self, generator: np.random.Generator, labels: Labels, noise: Floats) -> Floats:
        centres = generator.normal(size=(labels[-1] + 1, self.dimensions))
        return centres[labels] + noise * generator.normal(size=(len(labels), self.dimensions))

    def truth(self, generator: np.random.Generator, fprs: Floats) -> tuple[float, float, Floats]:
        """AUC, EER and TPR at FPRs [F] of the whole population, from 40,000 identities."""
        x, y = self.sample(generator, 40_000)
        apart = [np.flatnonzero(y[lag:] == y[:-lag]) for lag in range(1, self.images[1])]
        first, second = generator.integers(0, len(x), (2, 2_000_000))
        different = y[first] != y[second]
        near = np.sort(
            np.concatenate([np.linalg.norm(x[row] - x[row + lag], axis=1) for lag, row in enumerate(apart, 1)])
        )
        far = np.sort(np.linalg.norm(x[first[different]] - x[second[different]], axis=1))
        tpr, fpr = np.searchsorted(near, far) / len(near), np.arange(1, len(far) + 1) / len(far)
        crossing = int((tpr + fpr >= 1).argmax())
        eer = float(fpr[crossing] + 1 - tpr[crossing]) / 2
        return float(tpr.mean()), eer, np.interp(fprs, fpr, tpr)
