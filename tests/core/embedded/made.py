"""Sets of embeddings written by hand: no images, no model."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.embedded.embedding_set import CLASSES, FILE, EmbeddedData, EmbeddedModel, EmbeddingSet, SetContent
from core.embedded.shards import Rows, write_shard
from core.embedded.strings import write_strings


def make_set(
    folder: Path,
    embeddings: NDArray[np.float32],
    labels: Sequence[int] | NDArray[np.integer],
    *,
    shard: int = 100,
    groups: NDArray[np.int64] | None = None,
) -> EmbeddingSet:
    """A finished set of these embeddings, in shards of so many, in place of one that stands there."""
    for old in folder.glob("shard-*"):
        shutil.rmtree(old)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = np.asarray(labels)
    classes = [f"class {label}" for label in range(int(numbers.max()) + 1)]
    write_strings(folder, CLASSES, classes)
    content = SetContent(
        model=EmbeddedModel(
            run="made", step=3, weights="0", distance="cosine", image_size=8, dimensions=embeddings.shape[1]
        ),
        data=EmbeddedData(name="made", images=len(embeddings), classes=len(classes), digest="0"),
        shard_images=shard,
        done=True,
    )
    (folder / FILE).write_text(content.model_dump_json())
    for number in range(content.shards):
        part = slice(number * shard, (number + 1) * shard)
        rows = Rows(
            np.ascontiguousarray(embeddings[part], dtype=np.float32),
            numbers[part].astype(np.int32),
            None if groups is None else groups[part],
            [f"image {row}" for row in range(len(embeddings))[part]],
            (),
        )
        write_shard(folder, number, rows)
    return EmbeddingSet.open(folder)


def clustered(
    identities: int, each: int, size: int = 16, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Embeddings of unit length about a centre for each identity, and their labels, shuffled."""
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.repeat(np.arange(identities), each))
    vectors = generator.normal(size=(identities, size))[labels] + 0.7 * generator.normal(size=(len(labels), size))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), labels
