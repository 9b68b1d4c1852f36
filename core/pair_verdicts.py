"""What a model says about a list of pairs, judged by any threshold without looking at the images again."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.csv_text import csv_text
from core.data.pair_list import RESULT_COLUMNS, PairList

VerdictWord = Literal["same", "different", "could not be read", "not looked at"]
WORDS: tuple[VerdictWord, ...] = ("same", "different", "could not be read", "not looked at")
_REMARKS_TOLD = 3
"""Images by name; of more it is said how many there are."""


@dataclass(frozen=True)
class PairSummary:
    """How many pairs got which verdict and, where a list says what they are, how often that is right."""

    pairs: int
    same: int
    different: int
    unreadable: int
    """Pairs with an image that could not be read."""
    unseen: int
    """Pairs that nobody looked at, since the work was cancelled before."""
    genuine: int
    """Judged pairs that the list says are of one identity,"""
    genuine_accepted: int
    """those of them that are accepted,"""
    impostor: int
    """judged pairs that it says are of two,"""
    impostor_accepted: int
    """and those of them that are accepted."""

    @property
    def right(self) -> int:
        """Judged pairs whose verdict is what the list says."""
        return self.genuine_accepted + self.impostor - self.impostor_accepted

    @property
    def accuracy(self) -> float | None:
        """Share of the judged pairs with a known answer whose verdict is right; None where there are none."""
        return _share(self.right, self.genuine + self.impostor)

    @property
    def tpr(self) -> float | None:
        """Accepted share of the genuine pairs; None where there are none."""
        return _share(self.genuine_accepted, self.genuine)

    @property
    def fpr(self) -> float | None:
        """Accepted share of the impostor pairs; None where there are none."""
        return _share(self.impostor_accepted, self.impostor)

    def to_json(self) -> dict[str, int | float | None]:
        """Counts and rates by name."""
        return {**vars(self), "accuracy": self.accuracy, "tpr": self.tpr, "fpr": self.fpr}


@dataclass(frozen=True, eq=False)
class PairVerdicts:
    """Distances of the pairs of a list; verdicts follow from a threshold."""

    listed: PairList
    distances: NDArray[np.float64]
    """[P], NaN where an image could not be read or nobody looked."""
    probabilities: NDArray[np.float64] | None
    """[P], calibrated, of 'same' at equal priors; NaN as above. None without a calibration."""
    problems: Mapping[int, str]
    """Why an image could not be read, by its position in the list's files."""
    distance: str
    """Name of what images are compared by."""
    step: int
    """Of the weights that looked."""
    remarks: Mapping[int, str] = field(default_factory=dict)
    """What is to be said of an image, such as that it is the first frame of an animation, by its position."""

    def __len__(self) -> int:
        return len(self.listed)

    @property
    def judged(self) -> NDArray[np.bool_]:
        """[P], pairs with a distance."""
        found: NDArray[np.bool_] = np.isfinite(self.distances)
        return found

    @property
    def unreadable(self) -> NDArray[np.bool_]:
        """[P], pairs with an image that could not be read."""
        bad = np.zeros(len(self.listed.files), dtype=np.bool_)
        bad[list(self.problems)] = True
        a, b = self.listed.pairs.T
        found: NDArray[np.bool_] = bad[a] | bad[b]
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over, a sentence each, and what is to be said of some images."""
        told = [f"{self.listed.names[image]}: {remark}." for image, remark in self.remarks.items()]
        more = [f"{len(told) - _REMARKS_TOLD} more images have several frames or pages, of which the first is used."]
        return (*self.listed.notes, *told[:_REMARKS_TOLD], *(more if len(told) > _REMARKS_TOLD else ()))

    def words(self, threshold: float) -> NDArray[np.int8]:
        """[P], place of each verdict in `WORDS`: 'same' where distance <= threshold."""
        rest = np.where(self.unreadable, 2, 3)
        return np.where(self.judged, np.where(self.distances <= threshold, 0, 1), rest).astype(np.int8)

    def problem(self, row: int) -> str | None:
        """Why a pair has no distance, naming its first image that could not be read; None where it has one."""
        for image in self.listed.pairs[row].tolist():
            if image in self.problems:
                return f"{self.listed.names[image]}: {self.problems[image]}"
        return None

    def summary(self, threshold: float) -> PairSummary:
        """Count the verdicts at a threshold."""
        counts = np.bincount(self.words(threshold), minlength=len(WORDS)).tolist()
        accepted, judged, said = self.distances <= threshold, self.judged, self.listed.same
        genuine = np.zeros(len(self), np.bool_) if said is None else judged & (said == 1)
        impostor = np.zeros(len(self), np.bool_) if said is None else judged & (said == 0)
        both = [int(np.count_nonzero(each)) for kind in (genuine, impostor) for each in (kind, kind & accepted)]
        return PairSummary(len(self), *counts, *both)

    def rows(self, threshold: float | None) -> Iterator[dict[str, Any]]:
        """What is known of each pair by the names of `RESULT_COLUMNS`; None where nothing is.

        Without a threshold there are no verdicts on judged pairs.
        """
        listed = self.listed
        images = listed.names if listed.lines is not None else [str(file) for file in listed.files]
        words = self.words(np.inf if threshold is None else threshold)
        said_threshold = _finite(threshold)
        for row, (a, b) in enumerate(listed.pairs.tolist()):
            judged = not np.isnan(self.distances[row])
            values = (
                None if listed.lines is None else int(listed.lines[row]),
                images[a],
                images[b],
                float(self.distances[row]) if judged else None,
                said_threshold,
                None if judged and threshold is None else WORDS[words[row]],
                float(self.probabilities[row]) if judged and self.probabilities is not None else None,
                None if listed.same is None or listed.same[row] < 0 else int(listed.same[row]),
                None if judged else self.problem(row),
            )
            yield dict(zip(RESULT_COLUMNS, values, strict=True))

    def csv(self, threshold: float | None) -> str:
        """A line for each pair, with the further columns of the list behind; read back by `verify-pairs`."""
        others = self.listed.others
        extra = zip(*others.values(), strict=True) if others else iter(() for _ in range(len(self)))
        rows = ((*row.values(), *more) for row, more in zip(self.rows(threshold), extra, strict=True))
        return csv_text((*RESULT_COLUMNS, *others), rows)

    def to_json(self, threshold: float | None, *, with_pairs: bool = True) -> dict[str, Any]:
        """Settings, summary and pairs as `verify-pairs --json` prints them."""
        content: dict[str, Any] = {
            "of": self.listed.title,
            "distance": self.distance,
            "step": self.step,
            "threshold": _finite(threshold),
            **({} if threshold is None else self.summary(threshold).to_json()),
            "notes": list(self.notes),
        }
        if with_pairs:
            content["rows"] = list(self.rows(threshold))
        return content


def _finite(threshold: float | None) -> float | None:
    """A threshold as JSON can say it; -inf, which accepts nothing, is none."""
    return threshold if threshold is not None and math.isfinite(threshold) else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
