"""Embedding a stream of images into shards, so that whoever is stopped goes on where the last whole shard ends."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from core.csv_text import csv_text
from core.device import resolve_device
from core.embedded.decoding import decoded_blocks
from core.embedded.embedding_set import (
    CLASSES,
    FILE,
    EmbeddedData,
    EmbeddedModel,
    EmbeddingSet,
    SetContent,
    read_content,
)
from core.embedded.listing import ImageListing, list_images
from core.embedded.model_identity import weights_digest
from core.embedded.shards import PROBLEMS, Rows, Shard, shard_folder, write_shard
from core.embedded.strings import write_strings
from core.errors import InputError
from core.files import held_alone, is_held, replacing, write_whole
from core.models.inference import infer
from core.models.multi_task import MultiTaskModel
from core.runs import Run
from core.training.checkpoint import load_newest_model

if TYPE_CHECKING:
    from core.data.dataset import Problem, Sample

SHARD_IMAGES = 100_000
IMAGES_AT_ONCE = 256
"""Of a block: always the same images together, so that a set that was embedded in two goes is bit-identical."""
_BUSY = "another process is embedding into this folder; stop that one first"


class Progress(NamedTuple):
    """How far embedding has come."""

    done: int
    """Images of all shards that are there and of the one in work."""
    total: int
    images_per_second: float
    """Since this process began; 0 before the first block."""


Watch = Callable[[Progress], None]
"""Takes how far it is, after each block; may raise Cancelled."""

Note = Callable[[str], None]
"""Takes what whoever waits should know and what stops nothing: a shard that was damaged is made anew."""


class Worker(NamedTuple):
    """One of several processes that share the shards of a set."""

    rank: int = 0
    world: int = 1
    local_rank: int = 0
    """Among the processes of this machine: which of its GPUs to take."""

    @classmethod
    def of_environment(cls, variables: Mapping[str, str] = os.environ) -> "Worker":
        """As torchrun says; alone where it says nothing.

        Raises
        ------
        InputError
            where what it says is no number, or the rank is none of the world's.
        """
        names = ("RANK", "WORLD_SIZE", "LOCAL_RANK")
        written = [variables.get(name, default) for name, default in zip(names, ("0", "1", "0"), strict=True)]
        if not all(text.isdecimal() for text in written) or int(written[0]) >= int(written[1]):
            said = ", ".join(f"{name}={text}" for name, text in zip(names, written, strict=True))
            raise InputError(f"RANK must be a whole number below WORLD_SIZE, found {said}")
        return cls(*map(int, written))


def embed_images(
    run: Run,
    data: str,
    out: Path,
    *,
    shard_images: int = SHARD_IMAGES,
    worker: Worker | None = None,
    watch: Watch | None = None,
    note: Note | None = None,
) -> EmbeddingSet | None:
    """Embed data by the newest checkpoint of a run, into shards in a folder; go on where an earlier call was stopped.

    Memory holds two blocks of images and the embeddings of one shard. Images that cannot be read are left out and
    named in problems.csv.

    Parameters
    ----------
    run
        with a checkpoint.
    data
        Folder, list or built-in name.
    out
        A new folder, an empty one, or one that holds a part of the same.
    shard_images
        Images of a shard: what a stopped process has to do again, at most.
    worker
        Which shards to make: those whose number leaves this rank when it is divided by the size of the world.
    watch
        See `Watch`.
    note
        See `Note`.

    Returns
    -------
    EmbeddingSet | None
        All of it; None where other workers are still at their shards.

    Raises
    ------
    InputError
        where data, run or folder cannot be used, the folder holds embeddings of another model or of other data, or
        an embedding is not finite.
    Cancelled
        where `watch` said so; whole shards are kept.
    """
    if shard_images < 1:
        raise InputError(f"shard: must be at least 1 image, found {shard_images}")
    worker = worker or Worker()
    model, step = load_newest_model(run)
    _check_folder(out)
    listing = list_images(run.config, data, out)
    content = SetContent(model=_identity(run, model, step), data=_listed(listing), shard_images=shard_images)
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out, worker):
        _begin(out, content, listing)
        model.to(_device(worker))
        _Writing(model, listing, content, out, watch, note).do(worker)
        return _finish(out, content, listing)


@contextmanager
def _alone(out: Path, worker: Worker) -> Iterator[None]:
    """Keep out who would write the same shards: the same worker, and those of another division of the work."""
    lock = out / f".writer-{worker.rank}-of-{worker.world}"
    lock.mkdir(exist_ok=True)
    with held_alone(lock, _BUSY):
        for other in out.glob(".writer-*-of-*"):
            if not other.name.endswith(f"-of-{worker.world}") and is_held(other):
                raise InputError(f"{other}: {_BUSY}")
        yield


def _identity(run: Run, model: MultiTaskModel, step: int) -> EmbeddedModel:
    return EmbeddedModel(
        run=run.path.resolve().name,
        step=step,
        weights=weights_digest(model),
        distance=run.config.distance,
        image_size=run.config.image_size,
        dimensions=model.embedding_dim,
    )


def _listed(listing: ImageListing) -> EmbeddedData:
    return EmbeddedData(name=listing.name, images=len(listing), classes=len(listing.classes), digest=listing.digest)


class _Writing:
    """One process at its shards."""

    def __init__(
        self,
        model: MultiTaskModel,
        listing: ImageListing,
        content: SetContent,
        out: Path,
        watch: Watch | None,
        note: Note | None,
    ) -> None:
        self._model, self._listing, self._content, self._out = model, listing, content, out
        self._watch, self._note = watch, note
        self._begun = time.perf_counter()
        self._embedded = 0

    def do(self, worker: Worker) -> None:
        """Check the worker's shards that are there, and make the others."""
        numbers = range(worker.rank, self._content.shards, worker.world)
        missing = [number for number in numbers if not self._is_kept(shard_folder(self._out, number))]
        self._begun = time.perf_counter()
        for number in missing:
            write_shard(self._out, number, self._rows(number))

    def _is_kept(self, folder: Path) -> bool:
        """Whether a shard is there and whole; a damaged one goes."""
        if not folder.is_dir():
            return False
        try:
            Shard(folder).check()
        except InputError as error:
            shutil.rmtree(folder)
            if self._note is not None:
                self._note(str(error))
            return False
        return True

    def _rows(self, number: int) -> Rows:
        """Embed the images of a shard."""
        start = number * self._content.shard_images
        stop = min(start + self._content.shard_images, len(self._listing))
        done_before = self._done()
        embeddings = np.empty((stop - start, self._model.embedding_dim), np.float32)
        samples: list[Sample] = []
        problems: list[Problem] = []
        size = self._content.model.image_size
        for block in decoded_blocks(self._listing.samples(start, stop), size, IMAGES_AT_ONCE):
            found = infer(self._model, block.images).embeddings
            if not np.isfinite(found).all():
                first = block.samples[int((~np.isfinite(found)).any(axis=1).argmax())]
                raise InputError(f"{first.id}: its embedding must be finite, found NaN or infinity")
            embeddings[len(samples) : len(samples) + len(found)] = found
            samples += block.samples
            problems += block.problems
            self._embedded += len(block.samples) + len(block.problems)
            self._tell(done_before + len(samples) + len(problems))
        return Rows(
            embeddings[: len(samples)],
            np.array([sample.label for sample in samples], dtype=np.int32),
            np.array([sample.group for sample in samples], dtype=np.int64) if self._listing.grouped else None,
            [sample.id for sample in samples],
            problems,
        )

    def _done(self) -> int:
        """Images of the shards that are there, those of other workers too."""
        shards = (number for number in range(self._content.shards) if shard_folder(self._out, number).is_dir())
        size, total = self._content.shard_images, len(self._listing)
        return sum(min(size, total - number * size) for number in shards)

    def _tell(self, done: int) -> None:
        if self._watch is not None:
            seconds = time.perf_counter() - self._begun
            self._watch(Progress(done, len(self._listing), self._embedded / seconds if seconds > 0 else 0.0))


def _check_folder(out: Path) -> None:
    """Nobody's files are mixed with embeddings."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: must be a folder, found a file")
    if not out.is_dir() or (out / FILE).is_file():
        return
    # The classes are written first: a process that was killed after that has left nothing else.
    if any(not each.name.startswith((".", f"{CLASSES}.")) for each in out.iterdir()):
        raise InputError(f"{out}: must be a new folder or one that holds embeddings, found other files in it")


def _begin(out: Path, content: SetContent, listing: ImageListing) -> None:
    """Say what the folder holds, or find that it holds a part of the same."""
    if not (out / FILE).is_file():
        write_strings(out, CLASSES, listing.classes)
        write_whole(out / FILE, content.model_dump_json(indent=1))
        return
    try:
        found = read_content(out)
    except InputError as error:
        raise InputError(f"{error}; choose another folder, or delete this one") from error
    wanted = {
        "another model": (found.model.weights, content.model.weights),
        "another image size": (found.model.image_size, content.model.image_size),
        "other data": (found.data.digest, content.data.digest),
        "shards of another size": (found.shard_images, content.shard_images),
    }
    for what, (before, now) in wanted.items():
        if before != now:
            held = f"{found.data.name} by step {found.model.step} of {found.model.run}"
            raise InputError(
                f"{out}: holds {what} ({held}, {found.shard_images} images a shard); choose another folder"
            )
    write_strings(out, CLASSES, listing.classes)  # whatever became of them


def _finish(out: Path, content: SetContent, listing: ImageListing) -> EmbeddingSet | None:
    """Say that all is there, where it is."""
    if any(not shard_folder(out, number).is_dir() for number in range(content.shards)):
        return None
    found = EmbeddingSet.open(out)
    header = ("image", "reason")
    with replacing(out / PROBLEMS) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.write(csv_text(header, ((problem.where, problem.reason) for problem in listing.problems)))
        for shard in found.shards:
            file.write(shard.problems.removeprefix(csv_text(header, ())))
    write_whole(out / FILE, content.model_copy(update={"done": True}).model_dump_json(indent=1))
    return EmbeddingSet.open(out)


def _device(worker: Worker) -> torch.device:
    device = resolve_device("auto")
    return torch.device("cuda", worker.local_rank) if device.type == "cuda" and worker.world > 1 else device
