"""What a gallery hands out: frozen, and without what it takes to search it."""

import math
from dataclasses import dataclass
from typing import Any

from core.evaluation.open_set_points import EnrolmentRule

__all__ = ["EnrolledImage", "EnrolledName", "Enrolment", "EnrolmentRule", "Identification", "Match", "Removed"]


@dataclass(frozen=True)
class EnrolledImage:
    """An image that is enrolled under a name."""

    id: int
    caption: str
    """Name of its file, or what it was called when it came without one."""
    step: int
    """Step of the weights that its embedding is by."""
    added: str
    """When, in UTC."""


@dataclass(frozen=True)
class EnrolledName:
    """Somebody or something that images are compared with."""

    name: str
    images: tuple[EnrolledImage, ...]
    """In the order in which they were enrolled."""


@dataclass(frozen=True)
class Enrolment:
    """What came of enrolling images."""

    name: str
    added: tuple[int, ...]
    """Ids of the images that are new."""
    already: int
    """Images left out since the name has the same ones."""
    images: int
    """How many the name has now."""
    notes: tuple[str, ...] = ()
    """What is to be said of some of them, such as that one is the first frame of an animation."""


@dataclass(frozen=True, eq=False)
class Removed:
    """What was removed, whole, so that it can be restored."""

    name: str
    added: str
    """When the name was enrolled."""
    rows: tuple[tuple[Any, ...], ...]
    """Of the images, as the file holds them."""

    @property
    def images(self) -> int:
        """How many."""
        return len(self.rows)


@dataclass(frozen=True)
class Match:
    """A name that an image was compared with."""

    name: str
    distance: float
    images: int
    """How many it is enrolled by."""
    image: int
    """Id of that of its images which is nearest."""


@dataclass(frozen=True)
class Identification:
    """Who is on an image."""

    matches: tuple[Match, ...]
    """The nearest names, nearest first; equally near ones in the order of the list."""
    threshold: float
    rule: EnrolmentRule
    """What the distance to a name is: to the mean of its images, or to the nearest of them."""
    distance: str
    """By which images were compared."""
    names: int
    """How many are enrolled."""
    step: int
    """Of the weights."""

    @property
    def known(self) -> bool:
        """Whether the nearest name's distance is at most the threshold."""
        return bool(self.matches) and self.matches[0].distance <= self.threshold

    @property
    def name(self) -> str | None:
        """The nearest name; None for somebody unknown."""
        return self.matches[0].name if self.known else None

    def to_json(self) -> dict[str, Any]:
        """The object that `identify --json` prints."""
        return {
            "known": self.known,
            "name": self.name,
            "threshold": self.threshold if math.isfinite(self.threshold) else None,
            "distance": self.distance,
            "rule": self.rule,
            "matches": [
                {"name": match.name, "distance": match.distance, "images": match.images} for match in self.matches
            ],
            "names": self.names,
            "step": self.step,
        }
