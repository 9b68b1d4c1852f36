"""`identify`: say who of the gallery is on an image, or that it is nobody known."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.threshold import add_threshold_options
from core.errors import printable

if TYPE_CHECKING:
    from core.evaluation.novelty import Novelty
    from core.gallery.records import Identification


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("image", type=Path, metavar="IMAGE")
    parser.add_argument("--top", type=int, default=5, metavar="N", help="names to tell (5)")
    parser.add_argument(
        "--rule",
        choices=("mean", "nearest"),
        default="mean",
        help="distance to the mean of a name's images, or to the nearest of them (mean)",
    )
    add_threshold_options(parser)


def run(options: argparse.Namespace) -> int:
    """Look the image up, and print the nearest names; 1 says 'unknown'."""
    from core.data.images import note_on
    from core.gallery.gallery import Gallery
    from core.training.novelty import stored_scale
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    gallery = Gallery.open(verifier.run)
    threshold = verifier.threshold_for(options.threshold, options.fpr)
    embedding = verifier.embed(options.image)[0]
    found = gallery.look_up(embedding, verifier, top=options.top, rule=options.rule, threshold=threshold)
    if note := note_on(options.image):
        print(printable(f"note: {options.image}: {note}"), file=sys.stderr)
    scale = stored_scale(verifier.run, verifier.step, verifier.distance_in_use)
    novelty = None if scale is None else scale.of(embedding)
    classes = verifier.run.info.data.classes
    if options.json:
        content = None
        if novelty is not None:
            nearest = classes[novelty.label]
            content = {"distance": novelty.distance, "class": nearest, "percentile": novelty.percentile}
        print(json.dumps(found.to_json() | {"novelty": content}))
    else:
        print("\n".join(map(printable, [*_lines(found), *_novelty_lines(novelty, classes)])))
    return 0 if found.known else 1


def _lines(found: "Identification") -> list[str]:
    if not found.matches:
        return ["unknown: nobody is enrolled"]
    best = found.matches[0]
    sign = "<=" if found.known else ">"
    first = f"{found.name or 'unknown'}: distance {best.distance:.4f} {sign} threshold {found.threshold:.4f}"
    return [first, *(f"  {match.distance:.4f}  {match.name} ({match.images})" for match in found.matches)]


def _novelty_lines(novelty: "Novelty | None", classes: tuple[str, ...]) -> list[str]:
    if novelty is None:
        return []
    return [
        f"nearest training class: {classes[novelty.label]} at {novelty.distance:.4f}, farther than "
        f"{int(novelty.percentile)} % of the training images are from theirs"
    ]
