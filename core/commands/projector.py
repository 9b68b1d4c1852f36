"""`projector`: a run as TensorBoard's Embedding Projector shows it."""

import argparse
import json
import sys
from pathlib import Path

from core.errors import printable


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="a new or an empty folder")
    parser.add_argument("--data", metavar="PATH|NAME", help="all images of other data than the run's probe set")
    parser.add_argument("--method", choices=("umap", "pca", "tsne"), default="umap", help="of the 2-D layout (umap)")


def run(options: argparse.Namespace) -> int:
    """Write the folder, and say how to open it."""
    from core.commands.progress import stages_shown
    from core.projector import export_run
    from core.runs import Run

    with stages_shown() as watch:
        found = export_run(
            Run.open(options.run_dir), options.out, data=options.data, method=options.method, watch=watch
        )
    for note in found.notes:
        print(printable(f"note: {note}"), file=sys.stderr)
    if options.json:
        print(json.dumps({"folder": str(found.path), "points": found.points, "thumbnail_size": found.thumbnail_size}))
    else:
        print(f"{found.points} points; open them by: tensorboard --logdir {found.path}")
    return 0
