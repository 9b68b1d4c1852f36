"""`verify-pairs`: decide for many pairs whether their images show the same."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.threshold import add_threshold_options
from core.errors import InputError, printable

if TYPE_CHECKING:
    from core.pair_verdicts import PairSummary, PairVerdicts

_SHOWN = 30
"""Rows that are printed; the others are for --out or --json."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument(
        "sources",
        type=Path,
        nargs="+",
        metavar="PAIRS",
        help="a CSV file with the columns image_a, image_b and maybe same; or a folder, for every pair of its images; "
        "or two folders",
    )
    parser.add_argument(
        "--match",
        choices=("names", "all"),
        default="names",
        help="of two folders: the images of one name, or every pair",
    )
    add_threshold_options(parser)
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help="write a line for each pair there")


def run(options: argparse.Namespace) -> int:
    """Judge all pairs, write what was asked for, and print a summary."""
    from core.commands.progress import shown
    from core.verification import Verifier
    from core.verify_pairs import list_pairs, verify_pairs

    sources = [source.expanduser() for source in options.sources]
    listed = list_pairs(sources, options.match)
    if options.out is not None:
        _check_out(options.out, sources)
    verifier = Verifier.load(options.run_dir)
    threshold = verifier.threshold_for(options.threshold, options.fpr)
    with shown("verify-pairs") as watch:
        found = verify_pairs(verifier, listed, watch)
    for note in found.notes:
        print(printable(f"note: {note}"), file=sys.stderr)
    if options.out is not None:
        _write(options.out, found.csv(threshold))
    if options.json:
        print(json.dumps(found.to_json(threshold, with_pairs=options.out is None)))
    else:
        rows = [] if options.out is not None else _row_lines(found, threshold)
        print("\n".join([*rows, *_summary_lines(found.summary(threshold), threshold)]))
    return 0


def _check_out(out: Path, sources: list[Path]) -> None:
    """Refuse what cannot be written before the work begins."""
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise InputError(f"{out}: --out must name a file in a folder that is there")
    if any(source.exists() and out.exists() and os.path.samefile(source, out) for source in sources):
        raise InputError(f"{out}: --out must be another file than the list of pairs")


def _write(out: Path, text: str) -> None:
    from core.files import write_whole

    try:
        write_whole(out, text)
    except OSError as error:
        raise InputError(f"{out}: the table cannot be written ({error.strerror})") from error


def _row_lines(found: "PairVerdicts", threshold: float) -> list[str]:
    """The first pairs, and how many more there are."""
    from itertools import islice

    lines = []
    for row in islice(found.rows(threshold), _SHOWN):
        images = f"{printable(row['image_a'])}  {printable(row['image_b'])}"
        figure = _problem(row) if row["distance"] is None else f"{row['distance']:.4f}"
        lines.append(f"{row['verdict']}  {figure}  {images}")
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more; --out FILE.csv writes them all")
    return lines


def _problem(row: dict[str, Any]) -> str:
    """Why there is no verdict, with the line of the file that names the pair."""
    line = "" if row["line"] is None else f"line {row['line']}, "
    return line + printable(row["problem"] or "")


def _summary_lines(summary: "PairSummary", threshold: float) -> list[str]:
    lines = [
        f"{summary.pairs} pairs at threshold {threshold:.4f}: {summary.same} same, {summary.different} different, "
        f"{summary.unreadable} could not be read"
    ]
    for name, share, part, whole in (
        ("accuracy", summary.accuracy, summary.right, summary.genuine + summary.impostor),
        ("TPR", summary.tpr, summary.genuine_accepted, summary.genuine),
        ("FPR", summary.fpr, summary.impostor_accepted, summary.impostor),
    ):
        if share is not None:
            lines.append(f"{name} {100 * share:.2f} % ({part} of {whole})")
    return lines
