"""`compare`: runs or distances on the same pairs."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import DISTANCE_NAMES, DistanceName
from core.errors import InputError, printable

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison, Difference


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "runs", nargs="+", metavar="RUN[:DISTANCE]", help=f"two or more; distance {', '.join(DISTANCE_NAMES)}"
    )
    parser.add_argument("--data", metavar="PATH|NAME", help="all images of other data than the runs' held-out ones")


def run(options: argparse.Namespace) -> int:
    """Compare, and print figures and differences with their intervals."""
    asked = [parse_run(text) for text in options.runs]
    if len(asked) < 2:
        raise InputError(f"compare: needs at least 2 runs or distances of a run, found {len(asked)}")
    from core.commands.progress import shown
    from core.compare import compare_runs
    from core.runs import Run

    runs = [(Run.open(path), distance) for path, distance in asked]
    with shown("comparing") as watch:
        found = compare_runs(runs, data=options.data, watch=watch)
    for line in (*found.notes, *((found.reason,) if found.reason else ())):
        print(printable(f"note: {line}"), file=sys.stderr)
    print(json.dumps(found.to_json()) if options.json else "\n".join(lines(found)))
    return 0


def parse_run(text: str) -> tuple[Path, DistanceName | None]:
    """Path and distance of 'RUN:DISTANCE'; a path may itself hold colons.

    Raises
    ------
    InputError
        where there is no such folder, and what stands behind its colon is no distance.
    """
    path, colon, tail = text.rpartition(":")
    if not colon or not path or Path(text).exists():
        return Path(text), None
    for name in DISTANCE_NAMES:
        if tail == name:
            return Path(path), name
    if Path(path).exists():
        raise InputError(f"{text}: the distance must be one of {', '.join(DISTANCE_NAMES)}, found {tail!r}")
    return Path(text), None


def lines(comparison: "Comparison") -> list[str]:
    """A table of the figures, a line a candidate, and one of the differences between them."""
    content = comparison.to_json()["candidates"]
    rates = [f"TPR at FPR {100 * float(fpr):g} %" for fpr in content[0]["tpr_at_fpr"]]
    figures = [["", "AUC", "EER", *rates]]
    for found in content:
        values = [found["auc"], found["eer"], *found["tpr_at_fpr"].values()]
        intervals = [found["auc_interval"], found["eer_interval"], *found["tpr_at_fpr_interval"].values()]
        figures.append([found["name"], *map(_figure, values, intervals)])
    differences = [
        [f"{one.first} minus {one.second}", one.figure, _figure(one.value, one.interval), _verdict(one)]
        for one in comparison.differences
    ]
    return [*_columns(figures), "", *_columns(differences)]


def _verdict(difference: "Difference") -> str:
    if difference.interval is None:
        return ""
    return "differ" if difference.is_told else "not told apart"


def _figure(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:z.4f}" + (f" [{interval[0]:z.4f}, {interval[1]:z.4f}]" if interval else "")


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
