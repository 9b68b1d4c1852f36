"""Images that can be searched for on the map."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer import formats
from explorer.translation import tr


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
        tr("Probable label errors"),
        tr("Images of whose 10 nearest at least 9 are of other classes, by the distance in force."),
        formats.rate,
        tr("{} of its 10 nearest images are of other classes"),
        tr("No image has nine of its ten nearest in other classes"),
    ),
    "near_duplicates": Search(
        tr("Near-duplicates"),
        tr(
            "Images that lie more than 20 times as near to another one as images usually do, as the same picture would."
        ),
        formats.distance,
        tr("distance {} to the nearest image"),
        tr("No two images lie so near to one another that they look like the same picture"),
    ),
}
