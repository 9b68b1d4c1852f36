"""`evaluate`: measure a run."""

import argparse
import json
import sys
from pathlib import Path

from core.config import DISTANCE_NAMES
from core.errors import InputError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("--data", metavar="PATH|NAME", help="other data than the run's; implies --part all")
    parser.add_argument("--part", choices=("held-out", "all"), help="which images (held-out)")
    parser.add_argument("--distance", choices=DISTANCE_NAMES, help="in place of the run's distance")
    parser.add_argument("--details", action="store_true", help="say also what is known of each class")


def run(options: argparse.Namespace) -> int:
    """Measure, and print the figures."""
    from core.cli_text import left_out_lines
    from core.commands.progress import stages_shown
    from core.evaluate import evaluate_run
    from core.evaluation_text import figure_text
    from core.runs import Run

    if options.data and options.part == "held-out":
        raise InputError("--part: other data than the run's has no held-out part; leave --part out or say 'all'")
    with stages_shown() as watch:
        measured = evaluate_run(
            Run.open(options.run_dir),
            data=options.data,
            part=options.part or "held-out",
            distance=options.distance,
            watch=watch,
        )
    warnings = (f"warning: {warning}" for warning in measured.warnings)
    for line in (*left_out_lines(measured.problems), *warnings):
        print(line, file=sys.stderr)
    print(json.dumps(measured.to_json()) if options.json else figure_text(measured, details=options.details))
    return 0
