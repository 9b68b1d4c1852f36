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
    parser.add_argument(
        "--embeddings", type=Path, metavar="DIR", help="what 'embed' has written by this run, in place of images"
    )
    parser.add_argument(
        "--images", type=int, metavar="N", help="with --embeddings: images whose pairs are measured (20000)"
    )
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
    if options.embeddings is not None:
        return _embedded(options)
    if options.images is not None:
        raise InputError("--images: only embeddings are drawn from; say --embeddings DIR, too")
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


def _embedded(options: argparse.Namespace) -> int:
    """Measure a set of embeddings, and say what of it was drawn."""
    from core.commands.progress import stages_shown
    from core.embedded.embedding_set import EmbeddingSet
    from core.embedded.evaluation import IMAGES, evaluate_set
    from core.embedded.model_identity import check_model
    from core.errors import printable
    from core.evaluate import keep_distance
    from core.evaluation_text import figure_text
    from core.runs import Run
    from core.stored_distances import distance_of_run
    from core.training.checkpoint import load_newest_model

    if options.data or options.part:
        raise InputError("--embeddings: says which images are measured; leave --data and --part out")
    run, embedded = Run.open(options.run_dir), EmbeddingSet.open(options.embeddings)
    model, step = load_newest_model(run)
    check_model(embedded, model, str(run.path))
    name = options.distance or run.config.distance
    with stages_shown() as watch:
        keep_distance(run, name, watch)
        images = IMAGES if options.images is None else options.images
        found = evaluate_set(embedded, distance_of_run(run, name, step), images=images, watch=watch)
    measured = found.measured
    if embedded.left_out:
        print(f"left out when embedding: {embedded.left_out} images", file=sys.stderr)
    for warning in measured.warnings:
        print(printable(f"warning: {warning}"), file=sys.stderr)
    print(json.dumps(found.to_json()) if options.json else figure_text(measured, details=options.details))
    return 0
