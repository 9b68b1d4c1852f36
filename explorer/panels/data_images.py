"""What the Data panel knows of each image, and which of them a search and a filter leave."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.data.columns import NO_CATEGORY, Column, NumberColumn
from core.data.dataset import Dataset
from core.data.edits import EditedLabels, edited_labels
from core.data.findings import HELD_OUT, KINDS, MEANINGS, TRAINING, Finding, Kind, Parts
from explorer.translation import tr

if TYPE_CHECKING:
    from core.data.inspection import Inspection

View = Literal["all", "training", "held out", "excluded", "relabelled"] | Kind
"""What the list beside the images can narrow them to."""
Places = NDArray[np.intp]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


VIEWS: dict[View, str] = {
    "all": tr("Every image of the data set."),
    "training": tr("Images that a run with the settings in Run setup trains on."),
    "held out": tr("Images that such a run is judged by."),
    "excluded": tr("Images that runs leave out, since you excluded them here."),
    "relabelled": tr("Images to which you gave another class here."),
    **{kind: _sentence(tr(meaning)) for kind, meaning in MEANINGS.items()},
}
"""With what each shows, in the order of the list."""
KIND_NAMES: dict[Kind, str] = {
    "unreadable": tr("unreadable"),
    "duplicates": tr("duplicates"),
    "near duplicates": tr("near duplicates"),
    "several classes": tr("several classes"),
    "leaks": tr("leaks"),
    "near leaks": tr("near leaks"),
    "tiny classes": tr("tiny classes"),
    "empty masks": tr("empty masks"),
    "full masks": tr("full masks"),
    "masks of another size": tr("masks of another size"),
    "unreadable masks": tr("unreadable masks"),
}


class DataImages:
    """The images of one data set, what a person changed of them and what was found; places are those of the samples."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.edited: EditedLabels = edited_labels(dataset, ())
        self.inspection: Inspection | None = None
        self.parts: Parts | None = None
        self.has_masks = dataset.masks > 0
        self.ids = tuple(sample.id for sample in dataset.samples)
        self._lower = tuple(name.lower() for name in self.ids)
        self._found: dict[View, Places] = {}
        self._kinds = np.zeros(len(self.ids), np.uint16)
        """A bit for each of `KINDS` that an image is of."""

    def take_findings(self, parts: Parts | None, found: Iterable[Finding]) -> None:
        """Take what became of split and inspection with the edits that there are."""
        self.parts = parts
        self._found = {each.kind: np.array(each.places, np.intp) for each in found}
        self._kinds[:] = 0
        for kind, places in self._found.items():
            self._kinds[places] |= np.uint16(1 << KINDS.index(kind))

    def of_view(self, view: View) -> Places:
        """Images of a view; those that look the same stand together."""
        if view == "all" or view in ("training", "held out"):
            wanted = {"training": TRAINING, "held out": HELD_OUT}.get(view)
            parts = np.zeros(0, np.int8) if self.parts is None else self.parts
            return np.arange(len(self.ids)) if wanted is None else np.flatnonzero(parts == wanted)
        if view == "excluded":
            return np.flatnonzero(self.edited.excluded)
        if view == "relabelled":
            return np.flatnonzero(self.edited.relabelled)
        return self._found.get(view, np.empty(0, np.intp))

    def views(self) -> list[tuple[View, int]]:
        """What there is to look at, with the number of images; only 'all' is there without any."""
        counted = [(view, len(self.of_view(view))) for view in VIEWS]
        return [(view, count) for view, count in counted if count or view == "all"]

    def matching(self, view: View, classes: frozenset[int], search: str) -> Places:
        """Images of a view that are of these classes, if any, and whose name, class or column has a text."""
        places = self.of_view(view)
        if classes:
            places = places[np.isin(self.edited.labels[places], list(classes))]
        wanted = search.strip().lower()
        return places[self._have(wanted)[places]] if wanted else places

    def kinds_of(self, place: int) -> tuple[Kind, ...]:
        """What was found in an image."""
        bits = int(self._kinds[place])
        return tuple(kind for bit, kind in enumerate(KINDS) if bits >> bit & 1)

    @property
    def kind_bits(self) -> NDArray[np.uint16]:
        """What was found in each image, to be sorted by: a bit for each of `KINDS`."""
        return self._kinds

    def state_of(self, place: int) -> str:
        """What a person did to an image; empty for nothing."""
        if self.edited.excluded[place]:
            return tr("excluded")
        before = self.dataset.classes[self.dataset.samples[place].label]
        return tr("was {before}").format(before=before) if self.edited.relabelled[place] else ""

    def _have(self, wanted: str) -> NDArray[np.bool_]:
        named = np.array([wanted in name.lower() for name in self.edited.classes], np.bool_)
        found = np.array([wanted in name for name in self._lower], np.bool_) | named[self.edited.labels]
        for column in self.dataset.columns:
            found |= _column_has(column, wanted)
        return found


def _column_has(column: Column, wanted: str) -> NDArray[np.bool_]:
    """Where the text of a column has another in it; each of its values is looked at once."""
    if isinstance(column, NumberColumn):
        values, codes = np.unique(column.values, return_inverse=True)
        hits = np.array([wanted in f"{value:g}" for value in values.tolist()], np.bool_)
        return np.asarray(hits[codes] & ~np.isnan(column.values))
    hits = np.array([wanted in name.lower() for name in column.categories] + [False], np.bool_)
    return np.asarray(hits[column.codes] & (column.codes != NO_CATEGORY))
