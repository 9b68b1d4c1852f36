"""`enroll`: add images of somebody or something to the gallery of a run."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from core.errors import printable


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("name", metavar="NAME", help="who or what it is; may have images already")
    parser.add_argument("images", type=Path, metavar="IMAGE", nargs="+", help="all are enrolled, or none")


def run(options: argparse.Namespace) -> int:
    """Enrol, and say how many images the name has now."""
    from core.commands.progress import shown
    from core.gallery.gallery import Gallery
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    gallery = Gallery.open(verifier.run)
    with shown("embedding images") as watch:
        done = gallery.enroll(options.name, options.images, verifier, watch)
    for note in done.notes:
        print(printable(f"note: {note}"), file=sys.stderr)
    if options.json:
        print(json.dumps(asdict(done) | {"added": len(done.added)}))
    else:
        already = f", {done.already} left out as enrolled already" if done.already else ""
        print(f"{done.name}: {len(done.added)} added{already}, {done.images} in all")
    return 0
