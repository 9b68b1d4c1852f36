"""`protocol`: measure a run by a protocol that others can repeat."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import printable

if TYPE_CHECKING:
    from core.evaluation.protocols.result import ProtocolPart, ProtocolResult
    from core.verification import Verifier
    from core.watch import Watch

PARTS_SHOWN = 30


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    protocols = parser.add_subparsers(
        dest="protocol", required=True, metavar="PROTOCOL", parser_class=type(parser), title="protocols"
    )
    lfw = protocols.add_parser("lfw", help="verification by a pairs.txt of Labeled Faces in the Wild")
    lfw.add_argument("pairs", type=Path, metavar="PAIRS.txt")
    lfw.add_argument("--images", type=Path, metavar="DIR", required=True, help="folder of <name>/<name>_0001.jpg")
    lfw.set_defaults(measure=_lfw)
    pairs = protocols.add_parser("pairs", help="verification by one's own list of pairs")
    pairs.add_argument("pairs", type=Path, metavar="FILE.csv", help="columns image_a, image_b, same and maybe fold")
    pairs.set_defaults(measure=_pairs)
    one_shot = protocols.add_parser("one-shot", help="one-shot classification in runs, as those of Omniglot")
    one_shot.add_argument("runs", type=Path, metavar="DIR", help="folder of <run>/class_labels.txt")
    one_shot.set_defaults(measure=_one_shot)
    few_shot = protocols.add_parser("episodes", help="few-shot classification of the held-out classes")
    few_shot.add_argument("--ways", type=int, metavar="N", required=True, help="classes of an episode")
    few_shot.add_argument("--shots", type=int, metavar="K", required=True, help="support images of each class")
    few_shot.add_argument("--count", type=int, metavar="M", default=600, help="episodes (600)")
    few_shot.add_argument("--queries", type=int, metavar="Q", default=15, help="images of each class to name (15)")
    few_shot.add_argument("--seed", type=int, metavar="N", default=0, help="of the draw (0)")
    few_shot.set_defaults(measure=_episodes)
    for part in (lfw, pairs, one_shot, few_shot):
        # What every command takes may stand at the end; a default here would undo what stands before.
        for option in ("--json", "--debug"):
            part.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Measure, and print mean, standard error and parts."""
    from core.cli_text import table
    from core.commands.progress import shown
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    with shown(options.protocol) as watch:
        found: ProtocolResult = options.measure(options, verifier, watch)
    for warning in found.warnings:
        print(printable(f"warning: {warning}"), file=sys.stderr)
    print(json.dumps(found.to_json()) if options.json else table(_figures(found)))
    return 0


def _lfw(options: argparse.Namespace, verifier: "Verifier", watch: "Watch") -> "ProtocolResult":
    from core.protocols import lfw_protocol

    return lfw_protocol(verifier, options.pairs, options.images, watch)


def _pairs(options: argparse.Namespace, verifier: "Verifier", watch: "Watch") -> "ProtocolResult":
    from core.protocols import pairs_protocol

    return pairs_protocol(verifier, options.pairs, watch)


def _one_shot(options: argparse.Namespace, verifier: "Verifier", watch: "Watch") -> "ProtocolResult":
    from core.protocols import one_shot_protocol

    return one_shot_protocol(verifier, options.runs, watch)


def _episodes(options: argparse.Namespace, verifier: "Verifier", watch: "Watch") -> "ProtocolResult":
    from core.protocols import episodes

    return episodes(
        verifier,
        ways=options.ways,
        shots=options.shots,
        count=options.count,
        queries=options.queries,
        seed=options.seed,
        watch=watch,
    )


def _figures(found: "ProtocolResult") -> dict[str, Any]:
    """Rows of the table: figures, what they were measured with, and parts where they are few enough to read."""
    content = found.to_json()
    hidden = ("protocol", "figure", "mean", "standard_error", "parts", "settings", "warnings")
    rest = {name: value for name, value in content.items() if name not in hidden and value is not None}
    error = "" if found.standard_error is None else f" ± {found.standard_error:.4f}"
    parts = {part.name: _part(part) for part in found.parts} if 1 < len(found.parts) <= PARTS_SHOWN else {}
    return {"protocol": found.name, found.figure: f"{found.mean:.4f}{error}"} | rest | dict(found.settings) | parts


def _part(part: "ProtocolPart") -> str:
    threshold = "" if part.threshold is None else f" at threshold {part.threshold:.4f}"
    return f"{part.value:.4f} of {part.trials}{threshold}"
