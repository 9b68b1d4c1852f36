"""Pairs alone teach a network to tell digits apart."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.config import make_config
from core.data.builtin import digits
from core.data.dataset import Sample
from core.training.session import train
from tests.core.listing import write_list

GROUP = 6
"""Images of one digit that are known to be of one identity, as one writer's might be."""


def list_digits(root: Path) -> Path:
    """Pairs of the scanned digits: in each group all genuine ones, between any two images as many impostors again."""
    generator = np.random.default_rng(0)
    samples = digits().samples
    (root / "images").mkdir(parents=True)
    for sample in samples:
        Image.fromarray(np.ascontiguousarray(sample.image)).save(root / name_of(sample))
    genuine = [
        (name_of(group[i]), name_of(group[j]), 1)
        for label in range(10)
        for group in groups([sample for sample in samples if sample.label == label], generator)
        for i in range(len(group))
        for j in range(i)
    ]
    impostor = [
        (name_of(samples[a]), name_of(samples[b]), 0)
        for a, b in generator.integers(0, len(samples), (3 * len(genuine), 2))
        if samples[a].label != samples[b].label
    ]
    return write_list(root / "pairs.csv", "pairs", genuine + impostor[: 2 * len(genuine)])


def groups(samples: list[Sample], generator: np.random.Generator) -> list[list[Sample]]:
    order = generator.permutation(len(samples))
    return [[samples[place] for place in order[start : start + GROUP]] for start in range(0, len(order), GROUP)]


def name_of(sample: Sample) -> str:
    return f"images/{sample.id.replace('/', '-')}.png"


@pytest.mark.slow
def test_pairs_of_digits(tmp_path: Path) -> None:
    """Held-out identities, of which no image was trained on, are told apart by the listed pairs."""
    config = make_config(
        {"data": str(list_digits(tmp_path / "digits")), "image_size": 32, "epochs": 3, "horizontal_flip": False}
    )
    run = train(config, tmp_path / "run")
    result = run.result()
    assert result is not None
    assert result["classification_accuracy"] is None
    assert result["auc"] >= 0.95
