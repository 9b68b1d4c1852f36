"""The pairs of a folder's images, or of those of two folders; no image is looked at here."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.images import IMAGE_SUFFIXES
from core.data.pair_list import PairList, check_count
from core.errors import InputError

Match = Literal["names", "all"]


def pairs_of_folder(folder: Path) -> PairList:
    """List every pair of the images in a folder and the folders within, each pair once.

    Raises
    ------
    InputError
        where it cannot be read, has fewer than two images, or more than make `MAX_PAIRS`.
    """
    images, notes = _images_of(folder)
    if len(images) < 2:
        raise InputError(f"{folder}: at least 2 images are needed to make a pair, found 1")
    check_count(len(images) * (len(images) - 1) // 2, f"every pair of the {len(images)} images of {folder}")
    pairs = np.stack(np.triu_indices(len(images), 1), axis=1).astype(np.int64)
    return PairList(_title(folder), tuple(images.values()), tuple(images), pairs, notes=notes)


def pairs_of_folders(first: Path, second: Path, match: Match = "names") -> PairList:
    """List the pairs of an image of one folder and one of another.

    Parameters
    ----------
    first, second
        Folders; those within are looked into.
    match
        "names": the pairs whose paths below their folders are the same; without their endings, where only one image
        of each folder fits so. "all": every image of one with every image of the other.

    Raises
    ------
    InputError
        where one cannot be read or has no image, lies in the other, no names match, or there are more than `MAX_PAIRS`.
    """
    if match not in ("names", "all"):
        raise InputError(f"match: must be names or all, found {match!r}")
    _check_apart(first, second)
    (left, left_notes), (right, right_notes) = _images_of(first), _images_of(second)
    notes = (*left_notes, *right_notes)
    titles = (_title(first), _title(second)) if _title(first) != _title(second) else (str(first), str(second))
    if match == "all":
        check_count(len(left) * len(right), f"every image of {first} with every one of {second}")
        grid = np.indices((len(left), len(right)), dtype=np.int64).reshape(2, -1).T.copy()
    else:
        matched = _matching(tuple(left), tuple(right))
        if not matched:
            raise InputError(f"{second}: no image has the name of one in {first}; --match all pairs all with all")
        grid = np.array(matched, dtype=np.int64)
        notes += (
            *_unmatched(first, tuple(left), grid[:, 0], second),
            *_unmatched(second, tuple(right), grid[:, 1], first),
        )
    files = (*left.values(), *right.values())
    names = [f"{title}/{name}" for title, images in zip(titles, (left, right), strict=True) for name in images]
    grid[:, 1] += len(left)
    return PairList(f"{titles[0]} × {titles[1]}", files, tuple(names), grid, notes=notes)


def _images_of(folder: Path) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Images by their path below the folder, sorted, and what was passed over; hidden files count as not there."""
    if not folder.is_dir():
        raise InputError(f"{folder}: a folder of images is needed, found " + ("a file" if folder.exists() else "none"))
    root, notes = folder, tuple[str, ...]()
    if (folder / "images").is_dir() and (folder / "masks").is_dir():
        root, notes = folder / "images", (f"{folder}: masks are no images to compare, so only those in images are.",)
    found = {}
    try:
        for place, folders, files in os.walk(root, onerror=_raise):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith(".") and os.path.splitext(name)[1].lower() in IMAGE_SUFFIXES:
                    file = Path(place, name)
                    found[_printable(file.relative_to(root).as_posix())] = file
    except OSError as error:
        raise InputError(f"{error.filename}: the folder cannot be read ({error.strerror})") from error
    if not found:
        raise InputError(f"{folder}: at least one image is needed in this folder or those within, found none")
    return found, notes


def _printable(name: str) -> str:
    """A name that is not valid UTF-8 as it can be written."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _raise(error: OSError) -> None:
    """A folder that cannot be read must not look like an empty one."""
    raise error


def _check_apart(first: Path, second: Path) -> None:
    left, right = (Path(os.path.realpath(folder)) for folder in (first, second))
    if left == right:
        raise InputError(f"{second}: two different folders are needed, found one twice; alone it gives every pair")
    if left.is_relative_to(right) or right.is_relative_to(left):
        raise InputError(f"{second}: neither folder may lie in the other, found that with {first}")


def _matching(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the names that are the same, else the same but for their endings, in the order of the left ones."""
    places = {name: place for place, name in enumerate(right)}
    alone = _alone(right)
    stems, taken = _alone(left), {name for name in left if name in places}
    found = []
    for place, name in enumerate(left):
        stem = os.path.splitext(name)[0]
        other = places.get(name)
        if other is None and stem in stems and (fitting := alone.get(stem)) is not None:
            other = None if right[fitting] in taken else fitting
        if other is not None:
            found.append((place, other))
    return found


def _alone(names: Sequence[str]) -> dict[str, int]:
    """Place of each name without its ending, of those that only one has."""
    stems = [os.path.splitext(name)[0] for name in names]
    counts = Counter(stems)
    return {stem: place for place, stem in enumerate(stems) if counts[stem] == 1}


def _unmatched(folder: Path, images: Sequence[str], used: NDArray[np.int64], other: Path) -> Iterator[str]:
    """Say how many images of a folder are in no pair, and the first."""
    left = sorted(set(range(len(images))) - set(used.tolist()))
    if left:
        yield f"{folder}: {len(left)} of {len(images)} images match no name in {other}, the first {images[left[0]]}."


def _title(folder: Path) -> str:
    return folder.resolve().name or str(folder)
