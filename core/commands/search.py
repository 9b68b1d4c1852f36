"""`search`: the images of an embedded set that are most like one image."""

import argparse
import json
from pathlib import Path

from core.config import DISTANCE_NAMES
from core.errors import printable


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("embeddings", type=Path, metavar="DIR", help="what 'embed' has written")
    parser.add_argument("run_dir", type=Path, metavar="RUN", help="the run whose model wrote it")
    parser.add_argument("image", type=Path, metavar="IMAGE")
    parser.add_argument("--k", type=int, default=10, metavar="N", help="images to tell (10)")
    parser.add_argument("--distance", choices=DISTANCE_NAMES, help="in place of the run's distance")
    parser.add_argument(
        "--fast",
        action="store_true",
        help="by an index of faiss, made once and kept beside the embeddings; may miss some (extra 'search')",
    )


def run(options: argparse.Namespace) -> int:
    """Look the image up, and print the nearest."""
    from core.commands.progress import stages_shown
    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.searching import SetSearch
    from core.verification import Verifier

    embedded, verifier = EmbeddingSet.open(options.embeddings), Verifier.load(options.run_dir)
    with stages_shown() as tell:
        search = SetSearch(embedded, verifier, options.distance, fast=options.fast, watch=tell)
        found = search.like(options.image, options.k)
    if options.json:
        print(json.dumps(found.to_json()))
    else:
        print("\n".join(map(printable, found.lines())))
    return 0
