"""A run whose newest snapshot shows so many identities that the threshold is chosen on half of them."""

import json

import numpy as np

from core.runs import Run
from core.training.outcome import store_snapshot
from core.training.probe import measured
from core.training.records import TrainingSnapshot

IDENTITIES, EACH = 40, 6


def snapshot_of_many(step: int = 8, distance: str = "cosine") -> TrainingSnapshot:
    """40 held-out identities with 6 images each."""
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(IDENTITIES), EACH)
    rows = random.normal(size=(IDENTITIES, 8))[labels] + 0.7 * random.normal(size=(len(labels), 8))
    snapshot = TrainingSnapshot(
        step=step,
        epoch=2,
        embeddings=(rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32),
        labels=labels,
        sample_ids=np.arange(len(labels)),
        held_out=np.ones(len(labels), dtype=np.bool_),
        curve=None,
        classification_accuracy=None,
        held_out_total=len(labels),
        open_set=True,
    )
    return measured(snapshot, distance)


def store_many(run: Run, *, last: bool = True) -> dict[str, object]:
    """Make that the data and the newest snapshot of a run; gives the figures of `train --json`."""
    file = run.path / "run.json"
    content = json.loads(file.read_text())
    content["data"] |= {"classes": [f"{label:02}" for label in range(IDENTITIES)], "images": IDENTITIES * EACH}
    file.write_text(json.dumps(content))
    return store_snapshot(Run.open(run.path), snapshot_of_many(), last=last)
