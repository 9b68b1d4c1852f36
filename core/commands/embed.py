"""`embed`: embed very many images into a folder of shards."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.writing import Progress
    from core.watch import StageWatch


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("data", metavar="DATA", help="a folder of images, a list or a built-in name")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write, or to go on with")
    parser.add_argument(
        "--shard", type=int, default=100_000, metavar="N", help="images of a part that is whole or not there (100000)"
    )


def run(options: argparse.Namespace) -> int:
    """Embed, and say what was written; whoever stops it goes on later by the same command."""
    from core.commands.progress import stages_shown
    from core.embedded.writing import Worker, embed_images
    from core.runs import Run

    run, begun, worker = Run.open(options.run_dir), time.perf_counter(), Worker.of_environment()
    notes: list[str] = []
    try:
        with stages_shown() as tell:
            tell("listing images", 0.0)
            found = embed_images(
                run,
                options.data,
                options.out,
                shard_images=options.shard,
                worker=worker,
                watch=_told(tell),
                note=notes.append,
            )
    except KeyboardInterrupt:
        print(f"{options.out}: whole shards are kept; the same command goes on after them", file=sys.stderr)
        raise
    finally:
        for note in notes:
            print(printable(note), file=sys.stderr)
    if found is None:
        print(f"{options.out}: the shards of process {worker.rank} are done, others are at work", file=sys.stderr)
        return 0
    figures = _figures(found, time.perf_counter() - begun)
    if found.left_out:
        print(printable(f"left out: {found.left_out} images, see {options.out / 'problems.csv'}"), file=sys.stderr)
    print(json.dumps(figures) if options.json else printable(_sentence(found)))
    return 0


def _told(tell: "StageWatch") -> "Callable[[Progress], None]":
    from core.commands.progress import time_left

    def watch(progress: "Progress") -> None:
        left = time_left(progress.total - progress.done, progress.images_per_second)
        many = f"{progress.done:,} of {progress.total:,} images, {progress.images_per_second:,.0f} images/s{left}"
        tell(many, progress.done / progress.total)

    return watch


def _figures(found: "EmbeddingSet", seconds: float) -> dict[str, object]:
    model = found.content.model
    return {
        "path": str(found.path),
        "images": len(found),
        "left_out": found.left_out,
        "classes": len(found.classes),
        "dimensions": found.dimensions,
        "shards": len(found.shards),
        "run": model.run,
        "step": model.step,
        "seconds": round(seconds, 3),
    }


def _sentence(found: "EmbeddingSet") -> str:
    return (
        f"{found.path}: {len(found):,} embeddings of {found.dimensions} dimensions, {len(found.classes):,} classes, "
        f"{len(found.shards):,} {'shard' if len(found.shards) == 1 else 'shards'}"
    )
