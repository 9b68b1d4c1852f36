"""`gallery`: who is enrolled in a run, changes to that, and what 'unknown' is worth."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError, printable

if TYPE_CHECKING:
    from core.evaluation.open_set import OpenSetRates
    from core.evaluation.open_set_points import MeanRate, OpenSetPoint

FARS = (0.1, 0.01, 0.001)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.set_defaults(act=_list)
    acts = parser.add_subparsers(dest="act_name", metavar="WHAT", parser_class=type(parser), title="what to do (list)")
    list_ = acts.add_parser("list", help="who is enrolled, by how many images")
    list_.set_defaults(act=_list)
    rename = acts.add_parser("rename", help="give a name another one")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("new", metavar="NEW")
    rename.set_defaults(act=_rename)
    remove = acts.add_parser("remove", help="remove a name with all its images, for good")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(act=_remove)
    refresh = acts.add_parser("refresh", help="embed all images again that were embedded by other weights")
    refresh.set_defaults(act=_refresh)
    rates = acts.add_parser("rates", help="how well strangers are told from enrolled people, on held-out identities")
    rates.add_argument("--shots", type=int, default=1, metavar="K", help="images that each identity is enrolled by (1)")
    rates.add_argument("--rule", choices=("mean", "nearest"), default="mean", help="as in identify (mean)")
    rates.add_argument("--far", type=float, action="append", metavar="P", help="a false-alarm rate (0.1, 0.01, 0.001)")
    rates.add_argument("--threshold", type=float, metavar="T", help="in place of the run's threshold")
    rates.add_argument("--repeats", type=int, default=20, metavar="N", help="random partings of the identities (20)")
    rates.add_argument("--seed", type=int, default=0, metavar="N", help="of the draw (0)")
    rates.set_defaults(act=_rates)
    for part in (list_, rename, remove, refresh, rates):
        # What every command takes may stand at the end; a default here would undo what stands before.
        for option in ("--json", "--debug"):
            part.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Do what was asked for, and print what came of it."""
    content, lines = options.act(options)
    print(json.dumps(content) if options.json else "\n".join(lines))
    return 0


def _list(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    from core.gallery.gallery import Gallery

    names = Gallery.open(options.run_dir).names()
    images = sum(len(each.images) for each in names)
    content = {
        "names": [{"name": each.name, "images": [image.caption for image in each.images]} for each in names],
        "images": images,
    }
    lines = [f"{len(each.images):>6}  {each.name}" for each in names]
    return content, lines or ["nobody is enrolled"]


def _rename(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    from core.gallery.gallery import Gallery

    new = Gallery.open(options.run_dir).rename(options.name, options.new)
    return {"name": new}, [f"{options.name} is {new} now"]


def _remove(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    from core.gallery.gallery import Gallery

    removed = Gallery.open(options.run_dir).remove(options.name)
    return {"name": removed.name, "images": removed.images}, [f"removed: {removed.name}, {_images(removed.images)}"]


def _refresh(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    from core.commands.progress import shown
    from core.gallery.gallery import Gallery
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    gallery = Gallery.open(verifier.run)
    with shown("embedding images again") as watch:
        images = gallery.refresh(verifier, watch)
    return {"images": images, "step": verifier.step}, [f"embedded again by step {verifier.step}: {_images(images)}"]


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count} images"


def _rates(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    from core.commands.progress import shown
    from core.evaluation.open_set import OpenSetSettings
    from core.gallery.rates import rates_of_run
    from core.verification import Verifier

    fars = options.far or FARS
    for far in fars:
        if not 0 <= far <= 1:
            raise InputError(f"--far: must be within 0..1, found {far:g}")
    verifier = Verifier.load(options.run_dir)
    threshold = verifier.threshold_for(options.threshold)
    settings = OpenSetSettings(options.shots, options.rule, options.repeats, options.seed)
    with shown("looking up held-out images") as watch:
        rates = rates_of_run(verifier, settings, watch=watch)
    for note in rates.notes:
        print(printable(f"warning: {note}"), file=sys.stderr)
    points = {far: rates.at_far(far) for far in fars}
    here = rates.at_threshold(threshold)
    content = rates.to_json() | {
        "at_threshold": here.to_json(),
        "at_far": {f"{far:g}": None if point is None else point.to_json() for far, point in points.items()},
    }
    return content, _rate_lines(rates, here, points)


def _rate_lines(rates: "OpenSetRates", here: "OpenSetPoint", points: "dict[float, OpenSetPoint | None]") -> list[str]:
    settings = rates.settings
    head = (
        f"{rates.names} names enrolled by {settings.shots} of their images, {rates.strangers} strangers, "
        f"{rates.distance}, rule {settings.rule}, {len(rates.partings)} partings"
    )
    lines = [head, f"at threshold {here.threshold:.4f}: false alarms {_share(here.far)}, {_found(here)}"]
    for far, point in points.items():
        if point is None:
            lines.append(f"at false alarms {100 * far:g} %: unknown, too few images of strangers")
        else:
            lines.append(f"at false alarms {100 * far:g} %: threshold {point.threshold:.4f}, {_found(point)}")
    return lines


def _found(point: "OpenSetPoint") -> str:
    return "found " + ", ".join(f"{_share(rate)} at rank {rank}" for rank, rate in point.dir.items())


def _share(rate: "MeanRate") -> str:
    error = "" if rate.standard_error is None else f" ± {100 * rate.standard_error:.2f}"
    return f"{100 * rate.mean:.2f}{error} %"
