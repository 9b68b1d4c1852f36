"""Gallery: names enrolled by a few images each, and who is on an image."""

import hashlib
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from core.data.images import ImageSource
from core.errors import InputError
from core.gallery import rows
from core.gallery.file import GalleryFile
from core.gallery.images import SeenImage, kept_image, pixels_of
from core.gallery.records import (
    EnrolledName,
    Enrolment,
    EnrolmentRule,
    Identification,
    Match,
    Removed,
)
from core.gallery.search import GalleryIndex
from core.names import LONGEST, checked_name
from core.runs import Run
from core.verification import Verifier
from core.watch import Watch

_AT_ONCE = 256
"""Images between two looks at the file while all are embedded again."""


class OtherWeightsError(InputError):
    """Enrolled images were embedded by other weights than those in use, so their distances mean nothing.

    Parameters
    ----------
    path
        The gallery's file.
    stale, images
        How many were, and how many are enrolled.
    step
        Of the weights in use.
    """

    def __init__(self, path: Path, stale: int, images: int, step: int) -> None:
        super().__init__(
            f"{path}: all images must be embedded by the weights in use (step {step}), found {stale} of {images} by "
            "others; `metric-explorer gallery RUN refresh` embeds them again"
        )
        self.stale = stale
        self.images = images


class Gallery:
    """The names of a run, in its gallery.sqlite.

    Several processes may use it at a time; one object is for one thread at a time. Every change is on the disk, whole,
    when its method returns. Build one by `Gallery.open`.
    """

    def __init__(self, file: GalleryFile) -> None:
        self._file = file
        self._index: tuple[bytes, str, GalleryIndex] | None = None
        """Of a revision of the file and the weights in use."""
        self._digest: tuple[weakref.ref[Verifier], int, str] | None = None

    @classmethod
    def open(cls, run: Run | Path | str) -> "Gallery":
        """Open the gallery of a run; it may be empty, and nothing is written before somebody is enrolled.

        Raises
        ------
        InputError
            where the folder is no run, or its gallery is damaged or written by a newer version.
        """
        opened = run if isinstance(run, Run) else Run.open(run)
        gallery = cls(GalleryFile(opened.gallery_path))
        gallery.count()
        return gallery

    @property
    def path(self) -> Path:
        """Of its file."""
        return self._file.path

    # --- what it holds

    def count(self) -> tuple[int, int]:
        """How many names and images are enrolled."""
        with self._file.reading() as db:
            return (0, 0) if db is None else rows.counts(db)

    def names(self) -> tuple[EnrolledName, ...]:
        """Everybody, in the order of the alphabet."""
        with self._file.reading() as db:
            return () if db is None else rows.everybody(db)

    def thumbnails(self, images: Sequence[int]) -> dict[int, bytes]:
        """Small JPEGs of enrolled images by their ids, without those that are gone."""
        with self._file.reading() as db:
            return {} if db is None else rows.thumbnails(db, images)

    # --- changing it

    def enroll(
        self, name: str, images: Sequence[ImageSource] | ImageSource, verifier: Verifier, watch: Watch | None = None
    ) -> Enrolment:
        """Enrol images under a name, which may have some already.

        All of them or none: a name is not to stand for fewer images than somebody meant. Those that the name has
        already are left out.

        Parameters
        ----------
        name
            As `core.names.checked_name` takes it.
        images
            Paths, PIL images or uint8 arrays [H, W, 3].
        verifier
            Of this run.
        watch
            Takes the share that is done; may raise Cancelled, and nothing is enrolled.

        Raises
        ------
        InputError
            where the name cannot be used, there is no image, one cannot be read, or the gallery cannot be written.
        Cancelled
            where `watch` said so.
        """
        name, sources = checked_name(name), _as_several(images)
        seen = []
        for number, source in enumerate(sources):
            if watch is not None:
                watch(number / len(sources))
            seen.append(self.look_at(source, verifier))
        return self.keep(name, seen)

    def look_at(self, image: ImageSource, verifier: Verifier, caption: str | None = None) -> SeenImage:
        """Embed an image that `keep` shall enrol, called so in place of its file's name; nothing is written.

        Raises
        ------
        InputError
            where it cannot be read, or the model makes no finite embedding of it.
        """
        kept, pixels = kept_image(image, verifier.image_size, caption)
        embedding = verifier.embed(pixels)[0]
        if not np.isfinite(embedding).all():
            raise InputError(f"{kept.caption}: the model makes no finite embedding of it")
        return SeenImage(kept, embedding, self._weights(verifier), verifier.step)

    def keep(self, name: str, images: Sequence[SeenImage]) -> Enrolment:
        """Enrol images that were embedded before; as `enroll`."""
        name = checked_name(name)
        if not images:
            raise InputError(f"images: at least one is needed to enrol {name!r}, found none")
        new = {image.kept.digest: image for image in reversed(images)}  # of equal ones the first
        with self._file.writing() as db:
            owner = rows.add_name(db, name)
            known = set(rows.images_of(db, owner).values())
            added = [rows.add_image(db, owner, new[digest]) for digest in reversed(new) if digest not in known]
        notes = tuple(f"{image.kept.caption}: {image.kept.note}" for image in images if image.kept.note)
        return Enrolment(name, tuple(added), len(images) - len(added), len(known) + len(added), notes)

    def rename(self, name: str, new: str) -> str:
        """Give a name another one, and return that as it is kept.

        Raises
        ------
        InputError
            where nobody has the old name, somebody has the new one, or it cannot be used.
        """
        new = checked_name(new)
        with self._changing(name) as (db, owner):
            taken = rows.id_of(db, new)
            if taken not in (None, owner):
                raise InputError(f"name: must not be enrolled yet, found {new!r}; remove or rename that one first")
            db.execute("UPDATE names SET name = ? WHERE id = ?", (new, owner))
        return new

    def remove(self, name: str) -> Removed:
        """Remove a name with all its images; `restore` takes that back.

        Raises
        ------
        InputError
            where nobody has that name, or the gallery cannot be written.
        """
        with self._changing(name) as (db, owner):
            return rows.take_out(db, owner, list(rows.images_of(db, owner)))

    def remove_images(self, name: str, images: Sequence[int]) -> Removed:
        """Remove some images of a name by their ids, and the name with its last image; `restore` takes that back.

        Raises
        ------
        InputError
            as `remove`.
        """
        with self._changing(name) as (db, owner):
            present = rows.images_of(db, owner)
            return rows.take_out(db, owner, [image for image in dict.fromkeys(images) if image in present])

    def restore(self, removed: Removed) -> None:
        """Take a removal back; where somebody has the name by now, that one gets the images.

        Raises
        ------
        InputError
            where the gallery cannot be written.
        """
        with self._file.writing() as db:
            rows.put_back(db, removed)

    # --- the weights

    def stale(self, verifier: Verifier) -> int:
        """How many images were embedded by other weights than those in use."""
        with self._file.reading() as db:
            return 0 if db is None else len(rows.stale(db, self._weights(verifier)))

    def refresh(self, verifier: Verifier, watch: Watch | None = None, *, most: int | None = None) -> int:
        """Embed images again that were embedded by other weights, and return how many.

        They are kept as the model takes them, without loss, so that this is what enrolling their files would give.
        All of them or none.

        Parameters
        ----------
        verifier
            With the weights to embed by.
        watch
            Takes the share that is done; may raise Cancelled.
        most
            Leave those alone that are more; None for all.

        Raises
        ------
        InputError
            where a kept picture is damaged, or the gallery cannot be written.
        Cancelled
            where `watch` said so.
        """
        weights = self._weights(verifier)
        with self._file.reading() as db:
            ids = [] if db is None else rows.stale(db, weights)[:most]
        vectors: dict[int, bytes] = {}
        for start in range(0, len(ids), _AT_ONCE):
            for image, picture in self._pictures(ids[start : start + _AT_ONCE]):
                if watch is not None:
                    watch(len(vectors) / len(ids))
                vectors[image] = self._embedded(picture, verifier)
        if vectors:
            with self._file.writing() as db:
                rows.replace_embeddings(db, vectors, weights, verifier.step)
        return len(vectors)

    def _pictures(self, images: Sequence[int]) -> list[tuple[int, bytes]]:
        with self._file.reading() as db:
            return [] if db is None else rows.pictures(db, images)

    def _embedded(self, picture: bytes, verifier: Verifier) -> bytes:
        try:
            vector: bytes = verifier.embed(pixels_of(picture, verifier.image_size))[0].tobytes()
        except InputError as error:
            raise InputError(f"{self.path}: {error}; remove it, or move the file away") from error
        return vector

    # --- who is it

    def identify(
        self,
        image: ImageSource,
        verifier: Verifier,
        *,
        top: int = 5,
        rule: EnrolmentRule = "mean",
        threshold: float | None = None,
    ) -> Identification:
        """Compare an image with everybody who is enrolled.

        Parameters
        ----------
        image
            A path, a PIL image or a uint8 array [H, W, 3].
        verifier
            Of this run; its distance is what images are compared by.
        top
            How many names are told at most.
        rule
            'mean': by the mean of a name's normalised embeddings; 'nearest': by the nearest of its images.
        threshold
            In place of the run's.

        Raises
        ------
        InputError
            where the image cannot be read, there is no threshold, or a setting is out of range.
        OtherWeightsError
            where images were enrolled by other weights.
        """
        return self.look_up(verifier.embed(image)[0], verifier, top=top, rule=rule, threshold=threshold)

    def look_up(
        self,
        embedding: NDArray[np.float32],
        verifier: Verifier,
        *,
        top: int = 5,
        rule: EnrolmentRule = "mean",
        threshold: float | None = None,
    ) -> Identification:
        """As `identify`, of an embedding [D] by the weights in use."""
        used = verifier.threshold_for(threshold)
        matches, names = self.nearest(embedding, verifier, top=top, rule=rule)
        return Identification(matches, used, rule, verifier.distance_in_use.name, names, verifier.step)

    def nearest(
        self, embedding: NDArray[np.float32], verifier: Verifier, *, top: int = 5, rule: EnrolmentRule = "mean"
    ) -> tuple[tuple[Match, ...], int]:
        """The nearest names, without a verdict, and how many are enrolled; as `look_up`."""
        if top < 1:
            raise InputError(f"top: must be at least 1, found {top}")
        if rule not in ("mean", "nearest"):
            raise InputError(f"rule: must be mean or nearest, found {rule!r}")
        index = self._indexed(verifier)
        return index.nearest(embedding, verifier.distance_in_use, rule, top), len(index)

    def _indexed(self, verifier: Verifier) -> GalleryIndex:
        """All embeddings, read anew when somebody has changed the file."""
        weights = self._weights(verifier)
        with self._file.reading() as db:
            if db is None:
                return GalleryIndex((), np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 0), np.float32))
            found = rows.revision(db), weights
            if self._index is None or self._index[:2] != found:
                if other := rows.stale(db, weights):
                    raise OtherWeightsError(self.path, len(other), rows.counts(db)[1], verifier.step)
                self._index = *found, self._read_index(db, verifier)
            return self._index[2]

    def _read_index(self, db: sqlite3.Connection, verifier: Verifier) -> GalleryIndex:
        try:
            return rows.read_index(db, verifier.model.embedding_dim)
        except InputError as error:
            raise InputError(f"{self.path}: {error}") from error

    # --- helpers

    def _weights(self, verifier: Verifier) -> str:
        """What tells the weights in use from others, also from later ones of the same step."""
        known = self._digest
        if known is None or known[0]() is not verifier or known[1] != verifier.step:
            known = self._digest = weakref.ref(verifier), verifier.step, weights_digest(verifier)
        return known[2]

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[sqlite3.Connection, int]]:
        """Change what is enrolled under a name, given by its id."""
        nobody = InputError(f"{self.path}: nobody is enrolled as {name[:LONGEST]!r}")
        try:
            known = checked_name(name)
        except InputError:  # what cannot be a name is nobody's
            raise nobody from None
        if not self.path.is_file():
            raise nobody
        with self._file.writing() as db:
            owner = rows.id_of(db, known)
            if owner is None:
                raise nobody
            yield db, owner


def weights_digest(verifier: Verifier) -> str:
    """SHA-256 over the names and values of all weights: 30 ms for 45 MB."""
    digest = hashlib.sha256()
    for name, tensor in sorted(verifier.model.state_dict().items()):
        digest.update(name.encode())
        # As bytes, since numpy has no bfloat16.
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def _as_several(images: Sequence[ImageSource] | ImageSource) -> Sequence[ImageSource]:
    if isinstance(images, (str, Path, Image.Image, np.ndarray)):
        return [images]
    return images
