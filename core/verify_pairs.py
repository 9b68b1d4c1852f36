"""Many pairs judged at once: each image is looked at once, and a pair's verdict is that of `Verifier.verify`."""

import os
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.data.images import ImageError, load_image, note_on, resize_image
from core.data.pair_list import PairList
from core.data.pair_list_file import pairs_of_file
from core.data.pair_list_folders import Match, pairs_of_folder, pairs_of_folders
from core.errors import Cancelled, InputError
from core.evaluation.listed import pair_distances
from core.pair_verdicts import PairVerdicts
from core.verification import Verifier
from core.watch import Watch

__all__ = ["Match", "PairList", "PairVerdicts", "list_pairs", "verify_pairs"]

_Decoded = tuple[NDArray[np.uint8], str | None]

_AT_ONCE = 32
"""Images that are decoded before the model looks at them; they are small by then."""


def list_pairs(sources: Sequence[Path], match: Match = "names") -> PairList:
    """List the pairs of a CSV file, of one folder, or between two folders, whichever `sources` are.

    Parameters
    ----------
    sources
        A file, a folder, or two folders.
    match
        Of two folders: images of matching names, or all with all.

    Raises
    ------
    InputError
        where they are something else, or as `pairs_of_file`, `pairs_of_folder` and `pairs_of_folders`.
    """
    match sources:
        case [source]:
            return pairs_of_folder(source) if source.is_dir() else pairs_of_file(source)
        case [first, second] if first.is_dir() and second.is_dir():
            return pairs_of_folders(first, second, match)
    found = " and ".join(map(str, sources)) or "nothing"
    raise InputError(f"pairs: one CSV file, one folder or two folders are needed, found {found}")


def verify_pairs(verifier: Verifier, listed: PairList, watch: Watch | None = None) -> PairVerdicts:
    """Measure the distance of every pair of a list; each image is decoded and embedded once.

    Images go through the model one by one, in this thread, as they do in `Verifier.verify`: the last bits of an
    embedding depend on the others of its batch and on how many threads share the work, and the verdict on a pair must
    be the same wherever it is asked for. An image that cannot be read leaves its pairs without a distance; all others
    go on.

    Parameters
    ----------
    verifier
        Its distance is what pairs are compared by.
    listed
        The pairs.
    watch
        Takes the share that is done, before each image. Where it raises Cancelled, the pairs whose images had both
        been looked at by then are kept.

    Raises
    ------
    InputError
        where what is stored of the calibration is damaged.
    """
    calibration = verifier.calibration()  # first: if it is damaged, nobody should have waited for the images
    images = _look_at(verifier, listed, watch)
    distances = np.full(len(listed), np.nan)
    whole = images.usable[listed.pairs].all(axis=1)
    distances[whole] = pair_distances(images.embeddings, listed.pairs[whole], verifier.distance_in_use)
    return PairVerdicts(
        listed,
        distances,
        None if calibration is None else calibration.probabilities(distances),
        images.problems,
        verifier.distance_in_use.name,
        verifier.step,
        images.remarks,
    )


class _Images(NamedTuple):
    """What is known of the images of a list, N of them or 2 at least."""

    embeddings: NDArray[np.float32]
    """[N, D], 0 where there is none"""
    usable: NDArray[np.bool_]
    """[N]"""
    problems: dict[int, str]
    """Why an image is not usable, of those that were looked at."""
    remarks: dict[int, str]
    """What is to be said of images that are."""


def _look_at(verifier: Verifier, listed: PairList, watch: Watch | None) -> _Images:
    """Embed the images of a list until all are done or `watch` has enough."""
    count = max(2, len(listed.files))
    found = _Images(np.zeros((count, verifier.model.embedding_dim), np.float32), np.zeros(count, np.bool_), {}, {})
    places = _in_order_of_need(listed)
    with closing(_decoded([listed.files[place] for place in places], verifier.image_size)) as images:
        for done, place in enumerate(places):
            try:
                if watch is not None:
                    watch(done / len(places))
            except Cancelled:
                break
            image = next(images)
            if isinstance(image, ImageError):
                found.problems[place] = image.reason
                continue
            pixels, remark = image
            if remark is not None:
                found.remarks[place] = remark
            embedding = verifier.embed(pixels)[0]
            if np.isfinite(embedding).all():
                found.embeddings[place], found.usable[place] = embedding, True
            else:
                found.problems[place] = "the model makes no finite embedding of it"
    return found


def _in_order_of_need(listed: PairList) -> list[int]:
    """Places of the images that pairs name, in the order in which the pairs first do."""
    named, first = np.unique(listed.pairs, return_index=True)
    places: list[int] = named[np.argsort(first)].tolist()
    return places


def _decoded(files: Sequence[Path], size: int) -> Generator[_Decoded | ImageError]:
    """Each file as the model takes it and what is to be said of it, or why it cannot be read."""
    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="decode") as pool:
        for start in range(0, len(files), _AT_ONCE):
            # All of them before the model has the first: it would share its processors with those that decode.
            yield from list(pool.map(lambda file: _decode(file, size), files[start : start + _AT_ONCE]))


def _decode(file: Path, size: int) -> _Decoded | ImageError:
    try:
        return resize_image(load_image(file), size), note_on(file)
    except ImageError as error:
        return error
