"""Compare runs, or distances of one run, on the images that all of them can be judged by."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.config import DistanceName
from core.data.cache import ImageCache
from core.data.dataset import DecodedDataset
from core.data.decode import decode
from core.data.edit_file import RUN_FILE, read_edits
from core.data.sources import configured_dataset
from core.data.tuples import ListedPairs
from core.device import resolve_device
from core.distances import Distance
from core.errors import InputError
from core.evaluation.comparison import Candidate, Comparison, compare
from core.evaluation.confidence import part_of
from core.models.inference import infer
from core.runs import Run
from core.stored_distances import distance_of_run
from core.training.checkpoint import load_newest_model
from core.watch import Watch

LOOKING = 0.5
"""Share of the time that embedding is taken for; the rest goes into comparing."""
DECODING = 0.5
"""Share of that which reading the images is taken for."""
IMAGES_AT_ONCE = 1024
"""Images between two reports of how far embedding has come."""


def compare_runs(
    runs: Sequence[tuple[Run, DistanceName | None]], *, data: str | None = None, watch: Watch | None = None
) -> Comparison:
    """Compare the newest checkpoints of runs on the same pairs.

    Images are matched by their ids; those that not every run holds out, or that one of them excludes, are left out.

    Parameters
    ----------
    runs
        Two or more, each with the distance to compare it by; None for the run's own. The same run may stand there
        with several distances.
    data
        folder, list or built-in name whose images all are compared, in place of the runs' held-out ones.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where a run or the data cannot be used, the runs hold out no image in common, or call an image differently,
        one is named twice by the same distance, or there are no genuine or no impostor pairs.
    Cancelled
        where `watch` said so.
    """
    chosen = [(run, distance or run.config.distance) for run, distance in runs]
    names = _names(chosen)
    looks: dict[Path, _Look] = {}
    for number, (run, _) in enumerate(chosen):
        if run.path not in looks:
            start, end = (LOOKING * place / len(chosen) for place in (number, number + 1))
            looks[run.path] = _look(run, data, part_of(watch, start, end))
    common = _common(list(looks.values()))
    aligned = {path: look.at(common) for path, look in looks.items()}
    first = next(iter(aligned.values()))
    _check_agreement(aligned)
    candidates = [
        Candidate(name, aligned[run.path].embeddings, aligned[run.path].rule(distance))
        for name, (run, distance) in zip(names, chosen, strict=True)
    ]
    labels = np.unique(first.classes, return_inverse=True)[1].astype(np.int64)
    found = compare(
        candidates,
        labels,
        groups=first.groups,
        pairs=first.pairs,
        watch=part_of(watch, LOOKING, 1.0),
    )
    return replace(found, notes=_left_out(looks, len(common)))


@dataclass(frozen=True, eq=False)
class _Look:
    """What a run makes of the images it can be judged by."""

    run: Run
    step: int
    ids: NDArray[np.str_]
    """[N]"""
    classes: NDArray[np.str_]
    """[N], by name: numbers differ between runs."""
    embeddings: NDArray[np.float32]
    groups: NDArray[np.int64] | None
    pairs: ListedPairs | None

    def at(self, ids: NDArray[np.str_]) -> "_Look":
        """The same of these images, in their order."""
        order = np.argsort(self.ids, kind="stable")
        rows = order[np.searchsorted(self.ids, ids, sorter=order)]
        return replace(
            self,
            ids=ids,
            classes=self.classes[rows],
            embeddings=self.embeddings[rows],
            groups=None if self.groups is None else self.groups[rows],
            pairs=None if self.pairs is None else self.pairs.within(rows),
        )

    def rule(self, distance: DistanceName) -> Distance:
        return distance_of_run(self.run, distance, self.step)


def _names(chosen: Sequence[tuple[Run, DistanceName]]) -> list[str]:
    """A name for each: folder and distance, with the path to it where folders are called alike."""
    paths = {run.path.resolve() for run, _ in chosen}
    alike = {name for name, count in Counter(path.name for path in paths).items() if count > 1}
    names = [
        f"{run.path if run.path.resolve().name in alike else run.path.resolve().name}:{distance}"
        for run, distance in chosen
    ]
    for name, count in Counter(names).items():
        if count > 1:
            raise InputError(f"{name}: must be compared with something else, found it {count} times")
    return names


def _look(run: Run, data: str | None, watch: Watch | None) -> _Look:
    model, step = load_newest_model(run)
    model.to(resolve_device("auto"))
    tell = watch or _untold
    images = decode(
        configured_dataset(run.config, data, read_edits(run.path / RUN_FILE) if data is None else None),
        run.config.image_size,
        progress=lambda done, total: tell(DECODING * done / total),
        cache=ImageCache.default(),
    )
    rows = np.arange(len(images)) if data is not None else _held_out(run, images)
    parts = []
    for start in range(0, max(len(rows), 1), IMAGES_AT_ONCE):
        tell(DECODING + (1 - DECODING) * start / max(len(rows), 1))
        parts.append(infer(model, images.images, indices=rows[start : start + IMAGES_AT_ONCE]).embeddings)
    return _Look(
        run,
        step,
        ids=np.array(images.ids)[rows],
        classes=np.array(images.classes)[images.labels[rows]],
        embeddings=np.concatenate(parts),
        groups=images.groups_at(rows),
        pairs=None if images.tuples is None else images.tuples.renumbered(rows).pairs(),
    )


def _untold(share: float) -> None:
    """Nobody watches."""


def _held_out(run: Run, images: DecodedDataset) -> NDArray[np.int64]:
    """Positions of the images that the run holds out and nobody excluded."""
    if images.content_hash != run.info.data.content_hash:
        raise InputError(f"{run.config.data}: the images have changed since {run.path} was trained on them")
    rows = np.flatnonzero(run.samples().held_out)
    return rows[~np.isin(rows, list(run.excluded()))]


def _common(looks: Sequence[_Look]) -> NDArray[np.str_]:
    """Ids of the images that all of them saw, in the order of the first."""
    shared = looks[0].ids
    for look in looks[1:]:
        shared = shared[np.isin(shared, look.ids)]
        if not len(shared):
            raise InputError(
                f"{look.run.path}: a comparison needs images that all runs hold out, found none in common with "
                f"{looks[0].run.path}"
            )
    return shared


def _check_agreement(aligned: dict[Path, _Look]) -> None:
    """Refuse runs that do not say the same of the same images."""
    (first_path, first), *others = aligned.items()
    for path, look in others:
        differing = np.flatnonzero(look.classes != first.classes)
        if look.pairs is None and first.pairs is None and len(differing):
            place = int(differing[0])
            raise InputError(
                f"{path}: {look.ids[place]} must be of the same class in all runs, found {look.classes[place]!r} "
                f"and {first.classes[place]!r} in {first_path}"
            )
        if not _same_pairs(look.pairs, first.pairs):
            raise InputError(f"{path}: must list the same pairs of the images in common as {first_path}")


def _same_pairs(one: ListedPairs | None, other: ListedPairs | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one.genuine, other.genuine) and np.array_equal(one.impostor, other.impostor)


def _left_out(looks: dict[Path, _Look], compared: int) -> tuple[str, ...]:
    """How many images of each run are not compared."""
    return tuple(
        f"{path}: {len(look.ids) - compared} of {len(look.ids)} images left out, since not every run holds them out"
        for path, look in looks.items()
        if len(look.ids) > compared
    )
