"""The gallery: looking an image up among 100,000 enrolled ones, and what else a user waits for.

    python -m tests.benchmarks.gallery

Prints JSON lines. The peer is scikit-learn's brute-force search for the five nearest images in the same process, in
turn with ours, which finds the five nearest names; told are medians of 15 pairs, and the least time of the processor,
which other programs do not lengthen. Warm: all embeddings are in memory. Then the SQLite file: reading 100,000
embeddings, and enrolling one image among 20,000 names.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.neighbors import NearestNeighbors

from core.distances import LinearDistance, as_distance
from core.gallery.file import GalleryFile
from core.gallery.gallery import Gallery
from core.gallery.search import GalleryIndex
from tests.benchmarks.report import report, report_pairs
from tests.core.looking import Looker

IMAGES, PER_NAME, SIZE = 100_000, 5, 128
PAIRS = 15


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def spent(work: Callable[[], Any]) -> float:
    """Milliseconds of the processor, over all threads."""
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def searches() -> None:
    """Warm searches by every distance and both rules."""
    random = np.random.default_rng(0)
    vectors = random.normal(size=(IMAGES, SIZE)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    names = [f"{number:06}" for number in range(IMAGES // PER_NAME)]
    counts = np.full(len(names), PER_NAME)
    index = GalleryIndex(names, np.arange(IMAGES), counts, vectors)
    peer = NearestNeighbors(n_neighbors=5, algorithm="brute", metric="cosine").fit(vectors)
    fitted = LinearDistance("mahalanobis", random.normal(size=(SIZE, SIZE)))
    queries = random.normal(size=(PAIRS, SIZE)).astype(np.float32)
    for distance in (as_distance("cosine"), as_distance("euclidean"), fitted):
        for rule in ("nearest", "mean"):
            cold = timed(lambda d=distance, r=rule: index.nearest(queries[0], d, r, 5))  # type: ignore[misc]
            pairs = [
                (
                    timed(lambda q=query, d=distance, r=rule: index.nearest(q, d, r, 5)),  # type: ignore[misc]
                    timed(lambda q=query: peer.kneighbors(q[None])),  # type: ignore[misc]
                )
                for query in queries
            ]
            slowest = round(max(ours for ours, _ in pairs), 1)
            cpu = min(spent(lambda q=query, d=distance, r=rule: index.nearest(q, d, r, 5)) for query in queries)  # type: ignore[misc]
            report_pairs(
                f"search {distance.name}, {rule}", pairs, "ms", slowest=slowest, cpu=round(cpu, 1), first=round(cold, 1)
            )


def files() -> None:
    """What reading and writing the file takes."""
    looker: Any = Looker()
    with tempfile.TemporaryDirectory() as folder:
        gallery = Gallery(GalleryFile(Path(folder) / "gallery.sqlite"))
        gallery.enroll("0", np.zeros((8, 8, 3), np.uint8), looker)
        with gallery._file.writing() as db:
            columns = "caption, path, digest, embedding, weights, step, added"
            (row,) = db.execute(f"SELECT {columns} FROM images")
            many = [(f"{number:06}", "") for number in range(1, IMAGES // PER_NAME)]
            db.executemany("INSERT INTO names (name, added) VALUES (?, ?)", many)
            owners = ((*row, 1 + number % (IMAGES // PER_NAME)) for number in range(1, IMAGES))
            db.executemany(f"INSERT INTO images ({columns}, name_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", owners)
        query = looker.embed(np.ones((8, 8, 3), np.uint8))[0]
        report("first search, reading 100,000 x 16", timed(lambda: gallery.nearest(query, looker)), None, "ms")
        report(
            "search with the file",
            statistics.median(timed(lambda: gallery.nearest(query, looker)) for _ in range(9)),
            None,
            "ms",
        )
        pictures = np.random.default_rng(1).integers(0, 256, (9, 128, 128, 3)).astype(np.uint8)
        enrolled = [timed(lambda p=picture: gallery.enroll("Anna", p, looker)) for picture in pictures]  # type: ignore[misc]
        report("enrolling one image of 128 px", statistics.median(enrolled), None, "ms")


if __name__ == "__main__":
    searches()
    files()
