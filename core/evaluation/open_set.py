"""How well somebody is found among enrolled identities, and strangers are told to be unknown.

The watch-list task: some identities are enrolled, and images are looked up both of them and of strangers. Phillips,
Grother and Micheals, Evaluation Methods in Face Recognition, Handbook of Face Recognition, 2nd edition, 2011.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Distance, as_distance, between_mapped, mapped_exactly
from core.errors import InputError
from core.evaluation.evaluated import NO_GROUP, EvaluatedImages
from core.evaluation.inputs import checked_embeddings
from core.evaluation.open_set_points import EnrolmentRule, MeanRate, OpenSetPoint
from core.evaluation.protocols.result import mean_and_error
from core.evaluation.prototypes import prototypes
from core.watch import Watch

PAIRS_AT_ONCE = 1 << 21
RANKS = (1, 5)


@dataclass(frozen=True)
class OpenSetSettings:
    """How identities are parted into enrolled ones and strangers.

    Raises
    ------
    InputError
        where a setting is out of range.
    """

    shots: int = 1
    """Images that each enrolled identity is enrolled by."""
    rule: EnrolmentRule = "mean"
    """'mean': a name is the mean of its images; 'nearest': it is as near as the nearest of its images."""
    repeats: int = 20
    """Partings, each of which counts alike."""
    seed: int = 0

    def __post_init__(self) -> None:
        for name, smallest in (("shots", 1), ("repeats", 1), ("seed", 0)):
            if getattr(self, name) < smallest:
                raise InputError(f"{name}: must be at least {smallest}, found {getattr(self, name)}")
        if self.rule not in ("mean", "nearest"):
            raise InputError(f"rule: must be mean or nearest, found {self.rule!r}")


AS_USUAL = OpenSetSettings()


@dataclass(frozen=True, eq=False)
class Parting:
    """What was found in one parting of the identities."""

    own: NDArray[np.float64]
    """Distance of each image of an enrolled identity to its own name, [P]."""
    found: NDArray[np.float64]
    """Share of the orders of equally near names in which its own is among the first k, [P, K]: 0 or 1 without ties."""
    strangers: NDArray[np.float64]
    """Distance of each image of a stranger to the nearest name, ascending [Q]."""

    def false_alarms(self, threshold: float) -> float:
        """Share of the strangers' images that are taken for somebody."""
        return float(np.searchsorted(self.strangers, threshold, "right") / len(self.strangers))

    def detections(self, threshold: float) -> NDArray[np.float64]:
        """Share of the enrolled identities' images accepted by their own name, it being among the first k, [K]."""
        rates: NDArray[np.float64] = self.found[self.own <= threshold].sum(axis=0) / len(self.own)
        return rates

    def allowed_alarms(self, far: float) -> int:
        """How many of the strangers' images may be taken for somebody at a rate of at most `far`."""
        count = len(self.strangers)
        return int(np.searchsorted(np.arange(1, count + 1) / count, far, "right"))

    def threshold_at(self, far: float) -> float:
        """The largest observed distance with at most this share of false alarms; -inf where there is none."""
        allowed = self.allowed_alarms(far)
        limit = math.inf if allowed == len(self.strangers) else self.strangers[allowed]
        place = int(np.searchsorted(self._observed, limit, "left"))
        return float(self._observed[place - 1]) if place else -math.inf

    @cached_property
    def _observed(self) -> NDArray[np.float64]:
        return np.sort(np.concatenate([self.own, self.strangers]))


@dataclass(frozen=True, eq=False)
class OpenSetRates:
    """Detection and identification rate (DIR) and false-alarm rate (FAR), over partings drawn at random."""

    partings: tuple[Parting, ...]
    names: int
    """Identities that are enrolled in each parting; of more names, more are near a stranger, and the FAR is higher."""
    strangers: int
    """The other identities."""
    settings: OpenSetSettings
    distance: str
    ranks: tuple[int, ...] = RANKS
    notes: tuple[str, ...] = ()
    """What to know before relying on the rates, a sentence each."""

    def to_json(self) -> dict[str, Any]:
        """What was measured, without rates."""
        return {
            **asdict(self.settings),
            "distance": self.distance,
            "names": self.names,
            "strangers": self.strangers,
            "notes": list(self.notes),
        }

    def at_threshold(self, threshold: float) -> OpenSetPoint:
        """Rates where a name is accepted when its distance is at most `threshold`."""
        detections = np.stack([one.detections(threshold) for one in self.partings])
        return OpenSetPoint(
            threshold=threshold,
            far=_mean([one.false_alarms(threshold) for one in self.partings]),
            dir={rank: _mean(rates.tolist()) for rank, rates in zip(self.ranks, detections.T, strict=True)},
        )

    def at_far(self, far: float) -> OpenSetPoint | None:
        """Rates at a false-alarm rate, each parting at its own largest threshold with at most that one.

        The threshold told is the mean of those, -inf where one is. None where a parting has too few images of
        strangers: the rate would have to be below that of a single false alarm.

        Raises
        ------
        ValueError
            where `far` is outside 0..1.
        """
        if not 0 <= far <= 1:
            raise ValueError(f"far must be within 0..1, found {far}")
        if not all(one.allowed_alarms(far) for one in self.partings):
            return None
        thresholds = [one.threshold_at(far) for one in self.partings]
        both = list(zip(self.partings, thresholds, strict=True))
        detections = np.stack([one.detections(threshold) for one, threshold in both])
        return OpenSetPoint(
            threshold=math.fsum(thresholds) / len(thresholds),
            far=_mean([one.false_alarms(threshold) for one, threshold in both]),
            dir={rank: _mean(rates.tolist()) for rank, rates in zip(self.ranks, detections.T, strict=True)},
        )


def open_set_rates(
    images: EvaluatedImages,
    distance: str | Distance = "cosine",
    settings: OpenSetSettings = AS_USUAL,
    *,
    watch: Watch | None = None,
) -> OpenSetRates:
    """Measure the watch-list task on held-out identities.

    In each parting, half of the identities with more than `shots` images are enrolled by `shots` of theirs, all drawn
    at random. Their other images are looked up, and all images of the other identities, which are strangers. An image
    is not looked up where one of its group is enrolled. Distances are those of verification, to the last bit; the same
    seed draws the same partings. Standard errors are over the partings, which share their images: they say how far
    the draw matters, not how far other people would.

    Parameters
    ----------
    images
        The held-out images.
    distance
        Name or distance object.
    settings
        How identities are parted.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where only listed pairs are known, or no identity can be enrolled or none is left.
    ValueError
        where an embedding is not finite or the distance is unknown.
    Cancelled
        where `watch` said so.
    """
    shots = settings.shots
    vectors, labels = _checked(images)
    sizes = labels.bincount().numpy()
    names = max(1, int((sizes > shots).sum()) // 2)
    if not (sizes > shots).any() or len(sizes) <= names:
        raise InputError(
            f"open-set rates need an identity with more than {shots} images to enrol and another one for a stranger, "
            f"found {len(sizes)} identities, of which {int((sizes > shots).sum())} have as many"
        )
    measure = _Measure(vectors, labels, images.groups, as_distance(distance), settings)
    partings = []
    for number, enrolled in enumerate(_enrolments(labels.numpy(), names, settings)):
        if watch is not None:
            watch(number / settings.repeats)
        partings.append(measure.parting(enrolled))
    usable = tuple(one for one in partings if len(one.own) and len(one.strangers))
    if not usable:
        raise InputError("open-set rates need images to look up, found none outside the groups that were enrolled")
    return OpenSetRates(usable, names, len(sizes) - names, settings, as_distance(distance).name)


def _checked(images: EvaluatedImages) -> tuple[Tensor, Tensor]:
    if images.pairs is not None:
        raise InputError("open-set rates need identities, found a list of pairs, of which no others are known")
    return checked_embeddings(images.embeddings, images.labels, "an open-set measurement")


def _mean(values: Sequence[float]) -> MeanRate:
    return MeanRate(*mean_and_error(values))


def _enrolments(labels: NDArray[np.int64], names: int, settings: OpenSetSettings) -> Iterator[NDArray[np.int64]]:
    """Rows that enrol each name [names, shots], of each parting."""
    generator = np.random.default_rng(settings.seed)
    by_identity = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    able = [rows for rows in by_identity if len(rows) > settings.shots]
    for _ in range(settings.repeats):
        chosen = generator.permutation(len(able))[:names]
        yield np.stack([generator.permutation(able[one])[: settings.shots] for one in chosen])


class _Measure:
    """Looks up all images among those that are enrolled."""

    def __init__(
        self,
        vectors: Tensor,
        labels: Tensor,
        groups: NDArray[np.int64] | None,
        rule: Distance,
        settings: OpenSetSettings,
    ) -> None:
        self._vectors, self._labels, self._groups = vectors, labels, groups
        self._rule, self._settings = rule, settings
        self._mapped = mapped_exactly(vectors, rule)

    def parting(self, enrolled: NDArray[np.int64]) -> Parting:
        """What is found where these rows [names, shots] are enrolled."""
        sought = self._sought(enrolled)
        name_of = np.full(int(self._labels.max()) + 1, -1)
        name_of[self._labels[enrolled[:, 0]].numpy()] = np.arange(len(enrolled))
        answers = name_of[self._labels[sought].numpy()]
        known, strangers = sought[answers >= 0], sought[answers < 0]
        own, found = self._known(known, torch.from_numpy(answers[answers >= 0]), enrolled)
        nearest = [distances.amin(dim=1) for distances in self._distances(strangers, enrolled)]
        return Parting(
            own.numpy(), found.numpy(), np.sort(torch.cat([*nearest, torch.empty(0, dtype=torch.double)]).numpy())
        )

    def _sought(self, enrolled: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows that are looked up."""
        left = np.ones(len(self._vectors), dtype=np.bool_)
        left[enrolled.ravel()] = False
        if self._groups is not None:
            taken = np.unique(self._groups[enrolled.ravel()])
            left &= ~np.isin(self._groups, taken[taken != NO_GROUP])
        return np.flatnonzero(left)

    def _known(self, rows: NDArray[np.int64], answers: Tensor, enrolled: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Distance to the own name [P], and whether it is among the first k [P, K]."""
        own, found, start = [torch.empty(0, dtype=torch.double)], [torch.empty(0, len(RANKS), dtype=torch.double)], 0
        for distances in self._distances(rows, enrolled):
            mine = distances.gather(1, answers[start : start + len(distances), None])
            nearer = (distances < mine).sum(dim=1, keepdim=True)
            tied = (distances == mine).sum(dim=1, keepdim=True)
            found.append(((torch.tensor(RANKS) - nearer) / tied).clamp(0, 1).double())
            own.append(mine[:, 0])
            start += len(distances)
        return torch.cat(own), torch.cat(found)

    def _distances(self, rows: NDArray[np.int64], enrolled: NDArray[np.int64]) -> Iterator[Tensor]:
        """Distances [some, names] of some of the rows at a time to every name."""
        names, shots = enrolled.shape
        flat = torch.from_numpy(enrolled.ravel())
        if self._settings.rule == "mean":
            classes = torch.arange(names).repeat_interleave(shots)
            targets, each = mapped_exactly(prototypes(self._vectors[flat], classes, names), self._rule), 1
        else:
            targets, each = self._mapped[flat], shots
        at_once = max(1, PAIRS_AT_ONCE // len(targets))
        for start in range(0, len(rows), at_once):
            distances = between_mapped(self._mapped[rows[start : start + at_once]], targets, self._rule)
            yield distances.reshape(-1, names, each).amin(dim=2)
