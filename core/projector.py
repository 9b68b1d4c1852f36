"""A run as TensorBoard's Embedding Projector shows it: embeddings, a layout of them, what is known of each image."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.data.cache import ImageCache
from core.data.dataset import Dataset, ImageFile
from core.data.decode import decode
from core.data.sources import configured_dataset, list_dataset
from core.device import resolve_device
from core.errors import InputError
from core.models.inference import infer
from core.projection.embedding_projector import ProjectorFolder, ProjectorPoints, write_projector
from core.projection.methods import Method, project
from core.runs import Run
from core.training.checkpoint import load_newest_model
from core.training.outcome import load_embeddings
from core.watch import StageWatch

IMAGES_AT_ONCE = 256
"""Images between two reports of how far embedding has come."""


def export_run(
    run: Run, folder: Path, *, data: str | None = None, method: Method = "umap", watch: StageWatch | None = None
) -> ProjectorFolder:
    """Write the newest look at a run as a folder that `tensorboard --logdir` opens.

    Parameters
    ----------
    run
        with at least one snapshot, or a checkpoint where `data` is given.
    folder
        A new or an empty one.
    data
        folder, list or built-in name whose images all are embedded by the newest checkpoint, in place of the probe set.
    method
        How the embeddings are laid out in two dimensions; the layout is a tensor of its own.
    watch
        Hears how far it is.

    Raises
    ------
    InputError
        where run or data cannot be used, or the folder cannot be written.
    Cancelled
        where `watch` said so.
    """
    tell = watch or _untold
    look = _newest_look(run) if data is None else _look_at(run, data, tell)
    tell("laying out the points", 0.0)
    layout = project(look.embeddings, method, seed=run.info.seed, distance=run.config.distance)
    points = ProjectorPoints({"embeddings": look.embeddings, f"map_{method}": layout}, look.columns, look.images)
    found = write_projector(points, folder, lambda share: tell("drawing thumbnails", share))
    return ProjectorFolder(found.path, found.points, found.thumbnail_size, (*look.notes, *found.notes))


class ProbeLook(Protocol):
    """What is known of embedded images, such as a `TrainingSnapshot`."""

    @property
    def labels(self) -> NDArray[np.int64]:
        """Class of each image, [N]."""

    @property
    def sample_ids(self) -> NDArray[np.int64]:
        """Positions in the run's data, [N]."""

    @property
    def held_out(self) -> NDArray[np.bool_]:
        """False for images the model is trained on, [N]."""

    @property
    def predicted(self) -> NDArray[np.int64] | None:
        """Class that the model takes each image for, [N]; None where it is not known."""


def metadata_of(look: ProbeLook, classes: Sequence[str], names: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The columns of the Projector's metadata, with the names of classes and images put in."""
    columns = {
        "class": [classes[label] for label in look.labels.tolist()],
        "image": [names[position] for position in look.sample_ids.tolist()],
        "part": ["held-out" if held_out else "training" for held_out in look.held_out.tolist()],
    }
    if look.predicted is not None:
        columns["predicted"] = [classes[label] for label in look.predicted.tolist()]
    return columns


@dataclass(frozen=True, eq=False)
class _Look:
    """Embedded images."""

    embeddings: NDArray[np.float32]
    columns: Mapping[str, Sequence[str]]
    images: Sequence[ImageFile | None]
    notes: tuple[str, ...]


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""


def _newest_look(run: Run) -> _Look:
    """The images that training looked at last."""
    steps = run.snapshot_steps()
    if not steps:
        raise InputError(f"{run.path}: has no snapshot yet; the first is kept after its first epoch")
    look = load_embeddings(run, steps[-1])
    columns = metadata_of(look, run.info.data.classes, run.samples().ids)
    images, notes = _images(run, columns["image"])
    return _Look(look.embeddings, columns, images, notes)


def _images(run: Run, names: Sequence[str]) -> tuple[Sequence[ImageFile | None], tuple[str, ...]]:
    """Where the images of these names are; none, and why, where the data is gone."""
    try:
        found = _by_name(list_dataset(run.config.data))
    except InputError as error:
        return (), (f"no thumbnails: {error}",)
    return [found.get(name) for name in names], ()


def _look_at(run: Run, source: str, tell: StageWatch) -> _Look:
    """All images of other data, as the newest checkpoint sees them."""
    model, _ = load_newest_model(run)
    model.to(resolve_device("auto"))
    listed = configured_dataset(run.config, source)
    data = decode(
        listed,
        run.config.image_size,
        progress=lambda done, total: tell("decoding images", done / max(total, 1)),
        cache=ImageCache.default(),
    )
    if not len(data):
        raise InputError(f"{source}: has no image that can be used")
    found, rows = [], np.arange(len(data))
    for start in range(0, len(data), IMAGES_AT_ONCE):
        tell("embedding images", start / len(data))
        found.append(infer(model, data.images, indices=rows[start : start + IMAGES_AT_ONCE]))
    columns: dict[str, Sequence[str]] = {
        "class": [data.classes[label] for label in data.labels.tolist()],
        "image": data.ids,
    }
    logits, known = np.concatenate([part.logits for part in found]), run.info.data.training_classes
    if logits.shape[1]:
        columns["predicted"] = [known[place] for place in logits.argmax(axis=1).tolist()]
    images = _by_name(listed)
    notes = (f"left out, since they cannot be used: {len(data.problems)}",) if data.problems else ()
    return _Look(
        np.concatenate([part.embeddings for part in found]),
        columns,
        [images.get(name) for name in data.ids],
        notes,
    )


def _by_name(dataset: Dataset) -> dict[str, ImageFile]:
    return {sample.id: sample.image for sample in dataset.samples}
