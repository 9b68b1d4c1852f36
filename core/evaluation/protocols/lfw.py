"""Lists of pairs in the format of Labeled Faces in the Wild (pairs.txt, pairsDevTest.txt).

The header says folds and n, separated by a tab, or n alone where the pairs are one set. Each fold has n genuine pairs,
'name<TAB>i<TAB>j', and then n impostor pairs, 'name<TAB>i<TAB>other name<TAB>j'. The file of an image is
'name/name_0001.jpg'. Huang et al., Labeled Faces in the Wild: A Database for Studying Face Recognition in Unconstrained
Environments, 2007.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.evaluation.protocols.folds import PairTrials
from core.files import read_text

_SUFFIXES = (".jpg", ".png")
_POSITIVE = re.compile(r"0*[1-9][0-9]{0,8}")
_NO_NAME = re.compile(r"\.{0,2}|.*[/\\\x00-\x1f].*", re.DOTALL)
_HEADER = "the first line must hold two positive numbers, folds and pairs of each kind, or the latter alone"
_GENUINE = "a genuine pair must stand here, name, number, number, separated by tabs"
_IMPOSTOR = "an impostor pair must stand here, name, number, other name, number, separated by tabs"


class LfwImage(NamedTuple):
    """An image as a list names it."""

    name: str
    """Of the person."""
    number: int
    """From 1."""

    @property
    def stem(self) -> str:
        """Path below the folder of images, without the ending."""
        return f"{self.name}/{self.name}_{self.number:04d}"


@dataclass(frozen=True, eq=False)
class LfwList:
    """What a list says."""

    images: tuple[LfwImage, ...]
    """Each once, in the order in which they are named."""
    trials: PairTrials

    @property
    def labels(self) -> NDArray[np.int64]:
        """Number of the person on each image, [N]."""
        people: dict[str, int] = {}
        return np.array([people.setdefault(image.name, len(people)) for image in self.images], dtype=np.int64)


def read_pairs_txt(path: Path) -> LfwList:
    """Read a list; a byte order mark, either line ending and blank lines at the end are passed over.

    Raises
    ------
    InputError
        naming file and line, where the header does not say how many pairs follow, a line is not of the form that
        belongs in its place, a pair is one image twice, an impostor pair is of one person, or a pair stands twice.
    """
    return _Reading(path).read()


def locate(images: Sequence[LfwImage], folder: Path) -> list[Path]:
    """Files of the images in a folder, .jpg before .png.

    Raises
    ------
    InputError
        where there is no such folder, or images have no file: how many, and the first.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: the folder of the list's images is needed, found no folder")
    files = [_file(image, folder) for image in images]
    missing = [image.stem for image, file in zip(images, files, strict=True) if file is None]
    if missing:
        raise InputError(
            f"{folder}: all {len(images)} images of the list must be there as .jpg or .png, found {len(missing)} "
            f"missing, the first {missing[0]}.jpg"
        )
    return [file for file in files if file is not None]


def _file(image: LfwImage, folder: Path) -> Path | None:
    candidates = (folder / (image.stem + suffix) for suffix in _SUFFIXES)
    # Not Path.is_file, which raises where a name is too long for any file.
    return next((file for file in candidates if os.path.isfile(file)), None)


class _Reading:
    """One list while it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[LfwImage, int] = {}
        self._line_of: dict[frozenset[LfwImage], int] = {}

    def read(self) -> LfwList:
        header, *lines = self._lines()
        folds, each = self._header(header)
        self._check_length(folds, each, len(lines))
        same = np.tile(np.repeat([True, False], each), folds)
        pairs = [self._pair(number, *line) for number, line in enumerate(zip(lines, same, strict=True), 2)]
        trials = PairTrials(np.array(pairs, dtype=np.int64), same)
        if folds > 1:
            names = tuple(str(fold) for fold in range(1, folds + 1))
            trials = PairTrials(trials.pairs, same, np.repeat(np.arange(folds), 2 * each), names)
        return LfwList(tuple(self._places), trials)

    def _lines(self) -> list[str]:
        lines = [line.removesuffix("\r") for line in read_text(self._path).split("\n")]
        while lines and not lines[-1].strip():
            lines.pop()
        if not lines:
            raise InputError(f"{self._path}: the file is empty; {_HEADER}")
        return lines

    def _header(self, line: str) -> tuple[int, int]:
        """Folds, and pairs of each kind in a fold."""
        fields = line.split("\t")
        if len(fields) > 2 or not all(map(_POSITIVE.fullmatch, fields)):
            raise self._error(1, f"{_HEADER}, found {line!r:.80}")
        return (1 if len(fields) == 1 else int(fields[0])), int(fields[-1])

    def _check_length(self, folds: int, each: int, found: int) -> None:
        wanted = 2 * folds * each
        if found != wanted:
            says = f"{folds} folds of " * (folds > 1) + f"{each} genuine and {each} impostor pairs"
            first = f", line {wanted + 2} being the first too many" * (found > wanted)
            raise self._error(1, f"the header promises {says}, so {wanted} lines must follow, found {found}{first}")

    def _pair(self, number: int, line: str, same: bool) -> tuple[int, int]:
        """Positions of the two images."""
        fields = line.split("\t")
        rule = _GENUINE if same else _IMPOSTOR
        if len(fields) != (3 if same else 4):
            raise self._error(number, f"{rule}, found {len(fields)}: {line!r:.80}")
        first = self._image(number, *fields[:2])
        second = self._image(number, fields[-2] if not same else fields[0], fields[-1])
        if not same and first.name == second.name:
            raise self._error(number, f"an impostor pair must be of two people, found {first.name!r} twice")
        if first == second:
            raise self._error(number, f"a pair must be of two images, found {first.stem} twice")
        earlier = self._line_of.setdefault(frozenset((first, second)), number)
        if earlier != number:
            raise self._error(number, f"a pair must stand once, found that of line {earlier} again")
        return self._place(first), self._place(second)

    def _image(self, line: int, name: str, number: str) -> LfwImage:
        if _NO_NAME.fullmatch(name):
            raise self._error(line, f"a name must be that of a folder, found {name!r:.80}")
        if not _POSITIVE.fullmatch(number):
            raise self._error(line, f"the number of an image must be a positive whole number, found {number!r:.80}")
        return LfwImage(name, int(number))

    def _place(self, image: LfwImage) -> int:
        return self._places.setdefault(image, len(self._places))

    def _error(self, line: int, rule: str) -> InputError:
        return InputError(f"{self._path}, line {line}: {rule}")
