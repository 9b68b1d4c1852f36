"""`verify`: decide whether two images show the same."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from core.commands.threshold import add_threshold_options


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN", help="a run, or a bundle that export has written")
    parser.add_argument("image_a", type=Path, metavar="IMAGE_A")
    parser.add_argument("image_b", type=Path, metavar="IMAGE_B")
    add_threshold_options(parser)


def run(options: argparse.Namespace) -> int:
    """Compare, and print the verdict; 1 says 'different'."""
    from core.data.images import note_on
    from core.errors import printable
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    verdict = verifier.verify(options.image_a, options.image_b, threshold=options.threshold, fpr=options.fpr)
    for image in dict.fromkeys((options.image_a, options.image_b)):
        if note := note_on(image):
            print(printable(f"note: {image}: {note}"), file=sys.stderr)
    if options.json:
        print(json.dumps(asdict(verdict)))
    else:
        word, sign = ("same", "<=") if verdict.same else ("different", ">")
        print(f"{word}: distance {verdict.distance:.4f} {sign} threshold {verdict.threshold:.4f}")
    return 0 if verdict.same else 1
