"""Fast search in a very large set by faiss, an optional extra; how much it misses is measured against exact search."""

import hashlib
import shutil
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from core.distances import Distance, LinearDistance
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.nearest import Barred, Neighbours, check_queries, measured, nearest_rows
from core.errors import InputError
from core.files import read_json, replacing, write_whole
from core.run_content import checked
from core.watch import Watch

_FILE, _ABOUT = "index.faiss", "index.json"
_ROOM = 1.5
"""Bytes that the index may take for each of a plain one, before it is begun: a full disk is told at once."""
RECALL_WANTED = 0.95
RECALL_OF = 10
"""Neighbours among which it is measured."""
_QUERIES = 100
_ROWS_AT_ONCE = 1 << 15
_TRAINED_ON = 64
"""Embeddings for each cell."""
_LEAST_CELL = 64
_MOST_CELLS = 1 << 12
"""More take minutes to find, and searching few large ones takes milliseconds."""
_SPARE = 4
"""Candidates for each neighbour wanted; the index rounds embeddings, exact distances put them in order."""


class IndexContent(BaseModel):
    """Content of index.json."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    embeddings: str
    """Digest of the set."""
    distance: str
    """What tells the distance from others."""
    file: str
    """SHA-256 of the index."""
    cells: int = Field(ge=1)
    cells_searched: int = Field(ge=1)
    recall: float
    """Share of the 10 nearest of drawn images that were found."""
    queries: int


class FastIndex:
    """An index of a set of embeddings by one distance."""

    def __init__(self, embedded: EmbeddingSet, distance: Distance, index: Any, content: IndexContent) -> None:
        self._embedded, self._distance, self._index = embedded, distance, index
        self.content = content

    def nearest(self, queries: NDArray[np.float32], k: int) -> Neighbours:
        """The k nearest of each query [Q, D] as far as they are found, with exact distances.

        Raises
        ------
        InputError
            as `core.embedded.nearest.nearest_rows`.
        """
        check_queries(self._embedded, queries, k)
        candidates = _candidates(self._index, self._mapped(queries), k)
        return measured(self._embedded, queries, candidates, k, self._distance)

    def _mapped(self, queries: NDArray[np.float32]) -> NDArray[np.float32]:
        return _mapped(queries, self._distance)


def fast_index(embedded: EmbeddingSet, distance: Distance, watch: Watch | None = None) -> FastIndex:
    """Open the index that stands beside a set, or make it where there is none, or one of other embeddings.

    Parameters
    ----------
    embedded
        What is indexed.
    distance
        What is compared by.
    watch
        Takes the share of the making that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where faiss is not installed, or the disk has no room.
    Cancelled
        where `watch` said so.
    """
    faiss = _faiss()
    content = _kept(embedded, distance)
    if content is not None:
        return FastIndex(embedded, distance, _read(faiss, embedded.path / _FILE, content), content)
    tell = watch or _untold
    index, cells = _filled(faiss, embedded, distance, lambda share: tell(0.9 * share))
    searched, recall, queries = _searched(faiss, index, cells, embedded, distance, tell)
    digest = _written(faiss, index, embedded.path / _FILE)
    content = IndexContent(
        embeddings=embedded.digest,
        distance=_name(distance),
        file=digest,
        cells=cells,
        cells_searched=searched,
        recall=recall,
        queries=queries,
    )
    write_whole(embedded.path / _ABOUT, content.model_dump_json(indent=1))
    return FastIndex(embedded, distance, index, content)


def _kept(embedded: EmbeddingSet, distance: Distance) -> IndexContent | None:
    """What is told of the index that stands there; None where it is of no use."""
    file = embedded.path / _ABOUT
    if not file.is_file() or not (embedded.path / _FILE).is_file():
        return None
    try:
        content = checked(IndexContent, read_json(file), file)
    except InputError:  # damaged, or of another version
        return None
    fits = content.embeddings == embedded.digest and content.distance == _name(distance)
    return content if fits and _digest(embedded.path / _FILE) == content.file else None


def _written(faiss: Any, index: Any, file: Path) -> str:
    """Write an index; its digest."""
    with replacing(file) as temporary:
        try:
            faiss.write_index(index, str(temporary))
        except RuntimeError as error:  # faiss tells a full disk so, with a stack of its own
            raise InputError(f"{file}: cannot be written; is the disk full, or the folder not yours?") from error
        return _digest(temporary)


def _read(faiss: Any, file: Path, content: IndexContent) -> Any:
    try:
        index = faiss.read_index(str(file))
    except RuntimeError as error:
        raise InputError(f"{file}: cannot be read ({str(error).splitlines()[0]}); delete it to make it anew") from error
    faiss.extract_index_ivf(index).nprobe = content.cells_searched
    return index


def _filled(faiss: Any, embedded: EmbeddingSet, distance: Distance, tell: Watch) -> tuple[Any, int]:
    """An index of all embeddings, each coordinate in one byte, in cells about some of them; and how many cells."""
    count = len(embedded)
    cells = max(1, min(int(4 * np.sqrt(count)), count // _LEAST_CELL, _MOST_CELLS))
    size = _mapped(embedded.at(np.array([0])), distance).shape[1]
    needed, free = int(_ROOM * count * (size + 8)), shutil.disk_usage(embedded.path).free
    if needed > free:
        raise InputError(f"{embedded.path}: the index needs {needed / 1e9:.1f} GB, found {free / 1e9:.1f} GB free")
    index = faiss.index_factory(size, f"IVF{cells},SQ8", faiss.METRIC_L2)
    chosen = np.sort(np.random.default_rng(0).choice(count, min(count, _TRAINED_ON * cells), replace=False))
    index.train(_mapped(embedded.at(chosen), distance))
    for first, block in embedded.blocks(_ROWS_AT_ONCE):
        tell(first / count)
        index.add(_mapped(block, distance))
    return index, cells


def _searched(
    faiss: Any, index: Any, cells: int, embedded: EmbeddingSet, distance: Distance, tell: Watch
) -> tuple[int, float, int]:
    """How many cells to search so that enough is found; the share of the nearest that is, and of how many images."""
    rows = np.sort(np.random.default_rng(1).choice(len(embedded), min(_QUERIES, len(embedded)), replace=False))
    queries = embedded.at(rows)
    k = min(RECALL_OF, len(embedded) - 1)
    if k < 1:
        return 1, 1.0, 0
    exact = nearest_rows(
        embedded, queries, k, distance, barred=Barred(rows, None), watch=lambda share: tell(0.9 + 0.1 * share)
    )
    mapped, searched = _mapped(queries, distance), 1
    while True:
        faiss.extract_index_ivf(index).nprobe = searched
        found = _candidates(index, mapped, k + 1)
        found[found == rows[:, None]] = -1
        near = measured(embedded, queries, found, k, distance).distances <= exact.distances[:, -1:]
        recall = float(near.mean())
        if recall >= RECALL_WANTED or searched >= cells:
            return searched, recall, len(rows)
        searched = min(2 * searched, cells)


def _candidates(index: Any, mapped: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Rows [Q, C] that may be the nearest; -1 where there are no more."""
    found: NDArray[np.int64] = index.search(mapped, min(_SPARE * k, index.ntotal))[1]
    return found


def _mapped(embeddings: NDArray[np.float32], distance: Distance) -> NDArray[np.float32]:
    """What faiss compares by its Euclidean distance, in the order of `distance`."""
    rows: NDArray[np.float32] = distance.transform(torch.from_numpy(np.array(embeddings)).double()).float().numpy()
    return np.ascontiguousarray(rows)


def _name(distance: Distance) -> str:
    if not isinstance(distance, LinearDistance):
        return distance.name
    return f"{distance.name} {hashlib.sha256(distance.W.tobytes()).hexdigest()}"


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _faiss() -> Any:
    try:
        import faiss
    except ImportError as error:
        raise InputError("fast search needs faiss; install it by pip install 'metric-explorer[search]'") from error
    return faiss


def _untold(share: float) -> None:
    """Nobody watches."""
