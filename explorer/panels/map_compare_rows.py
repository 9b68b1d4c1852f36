"""What the comparison of two looks shows: both maps, and the images whose neighbourhood changed most."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer import formats
from explorer.panels.map_plot import MapView
from explorer.translation import tr

if TYPE_CHECKING:
    from core.evaluation.neighbourhoods import NeighbourhoodChange

MOST_LISTED = 200


@dataclass(frozen=True, eq=False)
class MapPair:
    """Two looks at the same images, in the same order, one laid over the other."""

    other: MapView
    shown: MapView
    """The look that was on the map."""
    change: "NeighbourhoodChange"
    """From the other look to the shown one."""
    other_name: str
    """What the other look is called beside the shown one: 'step 120', or 'the other run'."""
    shown_name: str
    sentence: str
    """Which looks are compared, in full."""
    notes: tuple[str, ...] = ()

    @property
    def sample_ids(self) -> NDArray[np.int64]:
        """Positions of the images in the decoded data set, [N]."""
        return self.shown.sample_ids


@dataclass(frozen=True)
class Near:
    """One of the nearest images of an image."""

    sample_id: int
    name: str
    class_name: str
    same_class: bool
    in_both: bool
    """Whether it is among the nearest in both looks."""


@dataclass(frozen=True)
class ChangedImage:
    """An image with its neighbourhood in both looks, nearest first."""

    sample_id: int
    name: str
    class_name: str
    changed: float
    """Share of its neighbours that are others."""
    other: tuple[Near, ...]
    shown: tuple[Near, ...]

    @cached_property
    def foreign(self) -> tuple[int, int]:
        """How many of its nearest are of another class, in the other look and in the shown one."""
        other, shown = (sum(not one.same_class for one in near) for near in (self.other, self.shown))
        return other, shown


def most_changed(pair: MapPair, most: int = MOST_LISTED) -> list[ChangedImage]:
    """The images whose neighbourhood changed most, the most changed first; unchanged ones are left out."""
    change, changed = pair.change, pair.change.changed
    rows = [row for row in change.order()[:most].tolist() if changed[row] > 0]
    return [
        ChangedImage(
            int(pair.sample_ids[row]),
            pair.shown.name_of(row),
            pair.shown.class_of(row),
            float(changed[row]),
            _nearest(pair, row, change.before[row], change.stayed[row]),
            _nearest(pair, row, change.after[row], ~change.came[row]),
        )
        for row in rows
    ]


def _nearest(pair: MapPair, row: int, near: NDArray[np.int64], in_both: NDArray[np.bool_]) -> tuple[Near, ...]:
    view = pair.shown
    return tuple(
        Near(
            int(view.sample_ids[other]),
            view.name_of(other),
            view.class_of(other),
            bool(view.labels[other] == view.labels[row]),
            both,
        )
        for other, both in zip(near.tolist(), in_both.tolist(), strict=True)
    )


def summary(pair: MapPair) -> str:
    """The figures of a comparison, from the other look to the shown one, in a line."""
    before, after = pair.change.nearest_right()
    return tr(
        "{mean_overlap} of the {k} nearest stay · nearest of the right class {before} → {after} (−{share}, +{share_2})"
    ).format(
        mean_overlap=formats.rate(pair.change.mean_overlap),
        k=pair.change.k,
        before=_share(before),
        after=_share(after),
        share=_share(before & ~after),
        share_2=_share(after & ~before),
    )


def explained(pair: MapPair) -> str:
    """The same in sentences."""
    before, after = pair.change.nearest_right()
    return tr(
        "On average {mean_overlap} of an image's {k} nearest images are the same in both looks, in the space "
        "of embeddings, not on the map.\n\nThe nearest is of its own class for {before} ({other_name}) and "
        "{after} ({shown_name}): for {share} only in the former, for {share_2} only in the latter."
    ).format(
        mean_overlap=formats.rate(pair.change.mean_overlap),
        k=pair.change.k,
        before=_share(before),
        other_name=pair.other_name,
        after=_share(after),
        shown_name=pair.shown_name,
        share=_share(before & ~after),
        share_2=_share(after & ~before),
    )


def _share(images: NDArray[np.bool_]) -> str:
    return formats.rate(float(images.mean()))
