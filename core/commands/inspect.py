"""`inspect`: look through a data set for what should be mended before anything is trained on it."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from core.config import RunConfig, make_config
from core.errors import InputError, printable

if TYPE_CHECKING:
    from core.data.dataset import Dataset
    from core.data.findings import Finding, Parts
    from core.data.inspection import Inspection

_SHOWN = 5
"""Images of a finding that are printed; --json has them all."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("data", metavar="DATA", help="image folder, file that lists images, or built-in set")
    parser.add_argument("--split", metavar="open|closed", help="look for leaks between the parts of this split")
    parser.add_argument("--holdout", metavar="FRACTION|FILE", help="held-out share, or a file of class names")
    parser.add_argument(
        "--allow-outside", action="store_true", default=None, help="read images outside the data folder"
    )
    parser.add_argument("--needed", metavar="N", help="images that a class should have (as a batch takes of each: 4)")


def run(options: argparse.Namespace) -> int:
    """Look at every image, and print what was found."""
    from core.commands.progress import stages_shown
    from core.data.findings import findings
    from core.data.inspection import inspect
    from core.data.sources import configured_dataset

    config = _config(options)
    dataset = configured_dataset(config)
    with stages_shown() as watch:
        seen = inspect(dataset, watch)
    parts, why_no_parts = _parts(config, dataset, seen)
    found = findings(seen, dataset.labels, parts, needed=config.samples_per_class)
    for note in (*dataset.notes, *([f"leaks were not looked for: {why_no_parts}"] if why_no_parts else [])):
        print(printable(f"note: {note}"), file=sys.stderr)
    if options.json:
        print(json.dumps(_content(dataset, seen, found, why_no_parts)))
    else:
        print("\n".join(_lines(dataset, seen, found)))
    return 0


def _config(options: argparse.Namespace) -> RunConfig:
    given = {"split": options.split, "holdout": options.holdout, "samples_per_class": options.needed}
    given["allow_outside"] = options.allow_outside
    return make_config({"data": options.data, **{name: value for name, value in given.items() if value is not None}})


def _parts(config: RunConfig, dataset: "Dataset", seen: "Inspection") -> "tuple[Parts | None, str]":
    """Which image is held out, or why nothing can be."""
    from core.data.findings import parts_of

    try:
        return parts_of(dataset, config.split, config.holdout, seen.readable), ""
    except InputError as error:
        return None, str(error)


def _content(dataset: "Dataset", seen: "Inspection", found: "tuple[Finding, ...]", why_no_parts: str) -> dict[str, Any]:
    ids = [sample.id for sample in dataset.samples]
    counts = dict.fromkeys(dataset.classes, 0)
    for sample in dataset.samples:
        counts[dataset.classes[sample.label]] += 1
    return {
        "name": dataset.name,
        "images": len(ids),
        "classes": counts,
        "left_out": [{"where": problem.where, "reason": problem.reason} for problem in dataset.problems],
        "findings": {
            each.kind: {"groups": each.groups, "images": [ids[place] for place in each.places]} for each in found
        },
        "reasons": [{"image": ids[place], "reason": reason} for place, reason in seen.reasons],
        "duplicates": [[ids[place] for place in group] for group in seen.duplicates],
        "near_duplicates": [[ids[place] for place in group] for group in seen.near_duplicates],
        "leaks_unknown": why_no_parts or None,
    }


def _lines(dataset: "Dataset", seen: "Inspection", found: "tuple[Finding, ...]") -> Iterator[str]:
    from core.cli_text import left_out_lines
    from core.data.findings import MEANINGS

    yield f"{printable(dataset.name)}: {len(dataset.samples)} images, {len(dataset.classes)} classes"
    if (readable := seen.readable).any():
        low, high = int(seen.widths[readable].min()), int(seen.widths[readable].max())
        yield f"{low} to {high} pixels wide, {seen.heights[readable].min()} to {seen.heights[readable].max()} high"
    yield from left_out_lines(dataset.problems)
    reasons = dict(reversed(seen.reasons))
    for each in found:
        groups = f" in {each.groups} groups" if each.groups < len(each.places) else ""
        yield f"{each.kind}: {len(each.places)}{groups} ({MEANINGS[each.kind]})"
        for place in each.places[:_SHOWN]:
            reason = reasons.get(place, "") if "mask" in each.kind or each.kind == "unreadable" else ""
            yield printable(f"  {dataset.samples[place].id}{': ' if reason else ''}{reason}")
        if len(each.places) > _SHOWN:
            yield f"  and {len(each.places) - _SHOWN} more; --json names them all"
    if not found:
        yield "nothing to mend"
