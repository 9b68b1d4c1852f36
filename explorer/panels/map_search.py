"""Images that can be searched for on the map."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer import formats


@dataclass(frozen=True)
class Search:
    """A kind of image that is worth a second look."""

    label: str
    help: str
    text: Callable[[float], str]
    """How its value is written below an image."""
    note: str
    """What the value means, with a place for it."""
    none: str
    """What to say where there are none."""


SEARCHES = {
    "label_errors": Search(
        "Probable label errors",
        "Images of whose 10 nearest at least 9 are of other classes, by the distance in force.",
        formats.rate,
        "{} of its 10 nearest images are of other classes",
        "No image has nine of its ten nearest in other classes",
    ),
    "near_duplicates": Search(
        "Near-duplicates",
        "Images that lie more than 20 times as near to another one as images usually do, as the same picture would.",
        formats.distance,
        "distance {} to the nearest image",
        "No two images lie so near to one another that they look like the same picture",
    ),
}
