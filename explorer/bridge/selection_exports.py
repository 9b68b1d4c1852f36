"""Exports of selected images and of the map, as work for a thread beside the window."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Sample
from core.training.records import TrainingSnapshot
from explorer.bridge.history import PastLook
from explorer.bridge.long_work import StageWatcher, Work
from explorer.state import RunView
from explorer.translation import tr

if TYPE_CHECKING:
    from core.runs import Samples
    from core.selection_export import SelectedImage


@dataclass(frozen=True, eq=False)
class ExportSource:
    """What is exported from; nothing in it changes while that is done."""

    run: RunView
    look: PastLook | None
    """What the map shows; None where there is no map."""
    samples: Mapping[str, Sample]
    """The run's images by their ids; those that are gone are not in it."""


@dataclass(frozen=True)
class WrittenTable:
    """A table that was written."""

    path: Path
    rows: int


def table(source: ExportSource, samples: Sequence[int], path: Path) -> Work:
    """Write a row for each of these images."""

    def work(watcher: StageWatcher) -> WrittenTable:
        from core.selection_export import write_table

        watcher.staged(tr("writing the table"))
        images = selected_images(source, samples)
        write_table(path, images, None if source.look is None else source.look.step)
        return WrittenTable(path, len(images))

    return work


def image_folder(source: ExportSource, samples: Sequence[int], folder: Path) -> Work:
    """Copy these images into a folder for each class."""

    def work(watcher: StageWatcher) -> object:
        from core.selection_export import copy_images

        images = selected_images(source, samples)
        return copy_images(images, folder, lambda share: watcher.staged(tr("copying images"), share))

    return work


def projector_folder(
    source: ExportSource, look: PastLook, snapshot: TrainingSnapshot | None, method: str, parent: Path
) -> Work:
    """Write the map for the Embedding Projector, into a new folder in `parent`; embeddings are read where need be."""
    run = source.run

    def work(watcher: StageWatcher) -> object:
        from core.projection.embedding_projector import ProjectorPoints, write_projector
        from core.projector import metadata_of

        watcher.staged(tr("reading embeddings"))
        embeddings = _embeddings(run, look, snapshot)
        columns = metadata_of(look, run.class_names, run.sample_names)
        samples = [source.samples.get(name) for name in columns["image"]] if source.samples else []
        images = [None if sample is None else sample.image for sample in samples]
        layout = np.nan_to_num(look.xy)  # a point without a place is not drawn on the map
        points = ProjectorPoints({"embeddings": embeddings, f"map_{method}": layout}, columns, images)
        folder = _new_folder(parent, f"{run.path.name}-step-{look.step}")
        return write_projector(points, folder, lambda share: watcher.staged(tr("drawing thumbnails"), share))

    return work


def selected_images(source: ExportSource, samples: Sequence[int]) -> "list[SelectedImage]":
    """What is known of these images: from the map, of those that are not on it from the run.

    Raises
    ------
    InputError
        where an image is not on the map, and the run's list of images is damaged.
    """
    from core.selection_export import SelectedImage

    look, run = source.look, source.run
    row_of = {} if look is None else {sample: row for row, sample in enumerate(look.sample_ids.tolist())}
    stored = None if all(sample in row_of for sample in samples) else _stored(run)
    found = []
    for sample in samples:
        name, row = run.sample_names[sample], row_of.get(sample)
        file = source.samples.get(name)
        known = SelectedImage(name, "", "", image=None if file is None else file.image)
        if look is not None and row is not None:
            found.append(replace(known, **_on_map(look, row, run)))
        elif stored is not None:
            label, held_out = int(stored.labels[sample]), bool(stored.held_out[sample])
            found.append(replace(known, label=run.class_names[label], part=_part(held_out)))
    return found


def _on_map(look: PastLook, row: int, run: RunView) -> dict[str, Any]:
    """What the map says of a point."""
    x, y = map(float, look.xy[row])
    return {
        "label": run.class_names[int(look.labels[row])],
        "part": _part(bool(look.held_out[row])),
        "predicted": None if look.predicted is None else run.class_names[int(look.predicted[row])],
        "place": (x, y) if math.isfinite(x) and math.isfinite(y) else None,
    }


def _stored(run: RunView) -> "Samples":
    from core.runs import Run

    return Run.open(run.path).samples()


def _part(held_out: bool) -> str:
    return "held-out" if held_out else "training"


def _embeddings(run: RunView, look: PastLook, snapshot: TrainingSnapshot | None) -> NDArray[np.float32]:
    """Those of the look, which the newest snapshot has or the disk."""
    from core.errors import InputError
    from core.runs import Run
    from core.training.outcome import load_embeddings

    if snapshot is None or snapshot.step != look.step or not np.array_equal(snapshot.sample_ids, look.sample_ids):
        snapshot = load_embeddings(Run.open(run.path), look.step)
    if not np.array_equal(snapshot.sample_ids, look.sample_ids):
        raise InputError(
            tr("{path}: the snapshot of step {step} is not of the images on the map").format(
                path=run.path, step=look.step
            )
        )
    return snapshot.embeddings


def _new_folder(parent: Path, name: str) -> Path:
    """A folder in `parent` that is not there yet."""
    folder, number = parent / name, 2
    while folder.exists():
        folder, number = parent / f"{name}-{number}", number + 1
    return folder
