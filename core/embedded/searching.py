"""Looking an image up in a very large set."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from core.config import DistanceName
from core.data.images import ImageSource
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.index import RECALL_OF, FastIndex, fast_index
from core.embedded.model_identity import check_model
from core.embedded.nearest import nearest_rows
from core.stored_distances import distance_of_run
from core.verification import Verifier
from core.watch import StageWatch

if TYPE_CHECKING:
    from core.distances import Distance


@dataclass(frozen=True)
class FoundImage:
    """An image of the set."""

    id: str
    label: str
    """Name of its class."""
    distance: float
    row: int


@dataclass(frozen=True)
class FoundImages:
    """The images most like a query, nearest first."""

    images: tuple[FoundImage, ...]
    distance: str
    """Name of what was compared by."""
    of: int
    """Images that were searched."""
    recall: float | None
    """Share of the 10 nearest that such a search finds; None where it is exact."""

    def to_json(self) -> dict[str, Any]:
        """What `search --json` prints."""
        images = [
            {"id": image.id, "class": image.label, "distance": image.distance, "row": image.row}
            for image in self.images
        ]
        return {"distance": self.distance, "searched": self.of, "recall": self.recall, "images": images}

    def lines(self) -> list[str]:
        """What `search` says to people."""
        how = "exact" if self.recall is None else f"finds {100 * self.recall:.1f} % of the {RECALL_OF} nearest"
        images = (f"  {image.distance:.4f}  {image.id}  ({image.label})" for image in self.images)
        return [f"nearest of {self.of:,} images by {self.distance} distance, {how}", *images]


class SetSearch:
    """Searches in a set by the model that embedded it.

    Parameters
    ----------
    embedded
        What is searched.
    verifier
        Of the run that embedded it.
    distance
        In place of the one that the run's threshold is for.
    fast
        Whether to search by an index of faiss, which is made where there is none.
    watch
        Takes what is being done and which share of that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where the set is of another model, the distance was not fitted, or faiss is not installed.
    Cancelled
        where `watch` said so.
    """

    def __init__(
        self,
        embedded: EmbeddingSet,
        verifier: Verifier,
        distance: DistanceName | None = None,
        *,
        fast: bool = False,
        watch: StageWatch | None = None,
    ) -> None:
        check_model(embedded, verifier.model, str(verifier.origin.path))
        self._embedded, self._verifier, self._watch = embedded, verifier, watch
        self.distance: Distance = verifier.distance_in_use
        if distance is not None:
            self.distance = distance_of_run(verifier.run, distance, verifier.step)
        self.index: FastIndex | None = None
        if fast:
            self.index = fast_index(embedded, self.distance, self._told("indexing embeddings"))

    def like(self, image: ImageSource, k: int = 10) -> FoundImages:
        """The k images most like an image.

        Raises
        ------
        InputError
            where the image cannot be read, or k is below 1.
        Cancelled
            where the watch said so.
        """
        queries = self._verifier.embed(image)
        if self.index is not None:
            found = self.index.nearest(queries, k)
        else:
            found = nearest_rows(self._embedded, queries, k, self.distance, watch=self._told("searching"))
        rows = found.rows[0][found.rows[0] >= 0]
        labels = self._embedded.classes.at(self._embedded.labels[rows])
        images = zip(self._embedded.ids(rows), labels, found.distances[0].tolist(), rows.tolist(), strict=False)
        return FoundImages(
            tuple(FoundImage(*image) for image in images),
            self.distance.name,
            len(self._embedded),
            None if self.index is None else self.index.content.recall,
        )

    def _told(self, stage: str) -> "partial[None] | None":
        return None if self._watch is None else partial(self._watch, stage)
