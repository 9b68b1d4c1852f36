"""How cost grows with the number of images: time and memory of listing, training, embedding, evaluation, map, search.

    python -m tests.benchmarks.growth [--most 100000] [--made 10000000] [--folder DIR]

Prints JSON lines, a stage and a number of images each, with seconds and the peak memory of a process of its own; then
what follows for 10 million images, which nobody has measured: 'projected' tells from what; then all as a table in
Markdown. The images are made for it, 32 pixels wide, 10 of an identity, in a folder that goes at the end: 400 MB at
100,000. `--made` measures what starts from embeddings on so many made ones of 128 dimensions, without images; 10
million take 6 GB of disk.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image

SIZES = (1_000, 10_000, 100_000)
PROJECTED = 10_000_000
PER_IDENTITY, SIDE = 10, 32
DIMENSIONS, SHARD = 128, 100_000

Figures = dict[str, float]
Line = dict[str, Any]
Result = TypeVar("Result")


def draw(folder: Path, images: int) -> None:
    """Images of identities that differ by their large blots; those of one differ by noise."""
    random = np.random.default_rng(0)
    for identity in range(images // PER_IDENTITY):
        place = folder / f"{identity:06}"
        place.mkdir(parents=True)
        blots = random.integers(40, 216, (4, 4, 3)).repeat(SIDE // 4, axis=0).repeat(SIDE // 4, axis=1)
        for number in range(PER_IDENTITY):
            pixels = (blots + random.normal(0, 25, blots.shape)).clip(0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(place / f"{number}.jpg", quality=90)


def make(folder: Path, images: int) -> None:
    """Embeddings of identities about centres, a shard at a time."""
    from core.embedded.embedding_set import CLASSES, FILE, EmbeddedData, EmbeddedModel, SetContent
    from core.embedded.shards import Rows, write_shard
    from core.embedded.strings import write_strings

    folder.mkdir()
    identities, random = images // PER_IDENTITY, np.random.default_rng(0)
    model = EmbeddedModel(run="made", step=1, weights="", distance="cosine", image_size=SIDE, dimensions=DIMENSIONS)
    data = EmbeddedData(name="made", images=images, classes=identities, digest="")
    write_strings(folder, CLASSES, (f"{number:07}" for number in range(identities)))
    content = SetContent(model=model, data=data, shard_images=SHARD, done=True)
    (folder / FILE).write_text(content.model_dump_json())
    for number in range(content.shards):
        labels = np.arange(number * SHARD, min((number + 1) * SHARD, images), dtype=np.int32) // PER_IDENTITY
        centres = random.standard_normal((len(labels) // PER_IDENTITY, DIMENSIONS), np.float32)
        noise = random.standard_normal((len(labels), DIMENSIONS), np.float32)
        vectors = centres.repeat(PER_IDENTITY, axis=0) + np.float32(1.5) * noise
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        ids = [f"{label:07}/{place}" for place, label in enumerate(labels.tolist())]
        write_shard(folder, number, Rows(vectors, labels, None, ids, ()))


# --- stages; each runs in a process of its own, and gives seconds by what they were spent on


def listing(work: Path, images: int) -> Figures:
    """As `embed` lists a folder, and as training does."""
    from core.config import make_config
    from core.data.folder import list_folder
    from core.embedded.listing import list_images

    folder = work / str(images)
    parts, _ = timed(lambda: list_images(make_config({}), str(folder)))
    before = peak()
    whole, _ = timed(lambda: list_folder(folder))
    return {"by class": parts, "whole": whole, "whole, MB": peak() - before}


def one_class(work: Path, images: int) -> Figures:
    """As `embed` lists a folder with all images in one class."""
    return _listed(_pile(work, images))


def manifest(work: Path, images: int) -> Figures:
    """As `embed` lists a manifest of the same images, which are not in their order."""
    pile, file = _pile(work, images), work / f"pile-{images}.csv"
    rows = (place * 7919 % images for place in range(images))
    with file.open("w") as written:
        written.write("image,label\n")
        written.writelines(f"{pile.name}/all/{row:08}.jpg,{row // PER_IDENTITY:07}\n" for row in rows)
    return _listed(file)


def _pile(work: Path, images: int) -> Path:
    """Links to one image in one folder; a file system allows some ten thousands to each file."""
    pile = work / f"pile-{images}"
    if not pile.is_dir():
        (pile / "all").mkdir(parents=True)
        for number in range(images):
            if number % 10_000 == 0:
                file = pile / f".{number}.jpg"
                Image.new("RGB", (8, 8)).save(file)
            os.link(file, pile / "all" / f"{number:08}.jpg")
    return pile


def _listed(data: Path) -> Figures:
    from core.config import make_config
    from core.embedded.listing import list_images

    before = peak()
    seconds, listed = timed(lambda: list_images(make_config({}), str(data)))
    return {"listing": seconds, "bytes an image": (peak() - before) * 2**20 / len(listed)}


def training(work: Path, images: int) -> Figures:
    """One epoch of the small net, with all that comes before and after it."""
    from core.config import make_config
    from core.training.session import train

    config = make_config({"data": str(work / str(images)), "epochs": 1, "image_size": SIDE, "backbone": "small"})
    seconds, run = timed(lambda: train(config, work / f"run-{images}"))
    result = run.result() or {}
    steps = result["steps"] * config.batch_size / result["images_per_second"]
    return {"training steps": steps, "decoding and evaluation": seconds - steps}


def embedding(work: Path, images: int) -> Figures:
    """By `embed`, decoding along the way."""
    from core.embedded.writing import embed_images
    from core.runs import Run

    run = Run.open(work / f"run-{SIZES[0]}")
    seconds, _ = timed(lambda: embed_images(run, str(work / str(images)), work / f"set-{images}"))
    return {"embedding": seconds}


def evaluation(work: Path, images: int) -> Figures:
    """All pairs."""
    from core.distances import as_distance
    from core.embedded.embedding_set import EmbeddingSet
    from core.evaluation.verification import verification_curve

    made = EmbeddingSet.open(work / f"set-{images}")
    embeddings = made.at(np.arange(len(made)))
    return {"all pairs": timed(lambda: verification_curve(embeddings, made.labels, as_distance("cosine")))[0]}


def drawn_evaluation(work: Path, images: int) -> Figures:
    """Drawn pairs with intervals, and 1,000 images searched among all, as `evaluate --embeddings` does."""
    from core.distances import as_distance
    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.evaluation import evaluate_set
    from core.embedded.retrieval import drawn_retrieval

    made, rule = EmbeddingSet.open(work / f"set-{images}"), as_distance("cosine")
    search, _ = timed(lambda: drawn_retrieval(made, rule, 1_000))
    both, found = timed(lambda: evaluate_set(made, rule))
    return {"drawn pairs": both if found.drawn.everything else both - search, "1,000 searches": search}


def mapping(work: Path, images: int) -> Figures:
    """PCA of all."""
    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.mapping import principal_axes, shown_rows

    made = EmbeddingSet.open(work / f"set-{images}")
    axes, found = timed(lambda: principal_axes(made))
    shown, _ = timed(lambda: found.layout(made.at(shown_rows(made))))
    return {"axes of all": axes, "layout of at most 50,000": shown}


def umap(work: Path, images: int) -> Figures:
    """UMAP of at most 50,000, without the time in which numba compiles it."""
    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.mapping import shown_rows
    from core.projection import project

    made = EmbeddingSet.open(work / f"set-{images}")
    project(made.at(np.arange(500)), method="umap")
    embeddings = made.at(shown_rows(made))
    return {"UMAP of at most 50,000": timed(lambda: project(embeddings, method="umap"))[0]}


def search(work: Path, images: int) -> Figures:
    """One image, exactly, and by faiss where it is installed."""
    from core.distances import as_distance
    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.index import fast_index
    from core.embedded.nearest import nearest_rows
    from core.errors import InputError

    made, rule = EmbeddingSet.open(work / f"set-{images}"), as_distance("cosine")
    query = made.at(np.array([5]))
    nearest_rows(made, query, 10, rule)
    found = {"exact": timed(lambda: nearest_rows(made, query, 10, rule))[0]}
    try:
        making, index = timed(lambda: fast_index(made, rule))
    except InputError:
        return found
    index.nearest(query, 10)
    by_index, _ = timed(lambda: index.nearest(query, 10))
    return {**found, "making the index": making, "by index": by_index, "recall": index.content.recall}


STAGES: dict[str, Callable[[Path, int], Figures]] = {
    stage.__name__: stage
    for stage in (
        listing,
        one_class,
        manifest,
        training,
        embedding,
        evaluation,
        drawn_evaluation,
        mapping,
        umap,
        search,
    )
}
_OF_EMBEDDINGS = ("drawn_evaluation", "mapping", "search")
_GROWS = {
    "by class": 1,
    "whole": 1,
    "whole, MB": 1,
    "listing": 1,
    "training steps": 1,
    "embedding": 1,
    "all pairs": 2,
    "drawn pairs": 0,
    "1,000 searches": 1,
    "axes of all": 1,
    "layout of at most 50,000": 0,
    "UMAP of at most 50,000": 0,
    "exact": 1,
    "making the index": 1,
}
"""With which power of the number of images each grows once that is large; the others are not projected."""


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds that work takes, and what it gives."""
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def peak() -> float:
    """MB that this process has held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_stage(stage: str, work: Path, images: int) -> Line:
    """Run a stage in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.growth", "--stage", stage, str(work), str(images)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Line = json.loads(done.stdout.splitlines()[-1])
    return found


def projected(line: Line) -> Line:
    """What 10 million would take if each went on as it must grow; memory is not guessed."""
    images, seconds = line["images"], line["seconds"]
    times = PROJECTED / images
    guessed = {name: value * times ** _GROWS[name] for name, value in seconds.items() if name in _GROWS}
    return {"name": line["name"], "images": PROJECTED, "projected": f"from {images:,}", "seconds": rounded(guessed)}


def print_table(lines: Sequence[Line]) -> None:
    """All lines as Markdown: a row for each thing measured, a column for each number of images."""
    columns = list(dict.fromkeys((line["images"], line.get("projected", "")) for line in lines))
    rows = list(dict.fromkeys((line["name"], what) for line in lines for what in line["seconds"]))
    print("\n| stage | what, s | " + " | ".join(f"{images:,} {how}".strip() for images, how in columns) + " |")
    print("|---" * (2 + len(columns)) + "|")
    found = {(line["name"], line["images"], line.get("projected", "")): line for line in lines}
    for name, what in rows:
        cells = (found.get((name, *column), {"seconds": {}})["seconds"].get(what, "") for column in columns)
        print(f"| {name} | {what} | " + " | ".join(map(str, cells)) + " |")
    for name in dict.fromkeys(line["name"] for line in lines):
        peaks = (found.get((name, *column), {}).get("peak_mb", "") for column in columns)
        print(f"| {name} | peak memory, MB | " + " | ".join(map(str, peaks)) + " |")


def rounded(figures: Figures) -> Figures:
    """To three digits."""
    return {name: float(f"{value:.3g}") for name, value in figures.items()}


def main() -> None:
    """Measure every stage at every number of images."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="images of the largest set")
    parser.add_argument("--made", type=int, default=0, help="embeddings that are made without images")
    parser.add_argument("--folder", help="where the sets are made, in place of the temporary folder")
    parser.add_argument("--stage", nargs=3, metavar=("STAGE", "FOLDER", "IMAGES"), help="one stage in this process")
    options = parser.parse_args()
    if options.stage:
        stage, work, images = options.stage
        seconds = STAGES[stage](Path(work), int(images))
        print(json.dumps({"name": stage, "images": int(images), "seconds": rounded(seconds), "peak_mb": round(peak())}))
        return
    lines: list[Line] = []
    sizes = [size for size in SIZES if size <= options.most]
    with tempfile.TemporaryDirectory(prefix="growth-", dir=options.folder) as folder:
        work = Path(folder)
        for images in sizes:
            draw(work / str(images), images)
            lines += [told(run_stage(stage, work, images)) for stage in STAGES]
        if options.made:
            make(work / f"set-{options.made}", options.made)
            lines += [told(run_stage(stage, work, options.made)) for stage in _OF_EMBEDDINGS]
    lines += [told(projected(line)) for line in lines if line["images"] in sizes[-1:]]
    print_table(lines)


def told(line: Line) -> Line:
    """Print a line as JSON."""
    print(json.dumps(line), flush=True)
    return line


if __name__ == "__main__":
    main()
