"""`train`: train a run without a window."""

import argparse
import json
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.config import BACKBONE_NAMES, RunConfig, make_config, parse_override, read_config
from core.errors import InputError

if TYPE_CHECKING:
    from core.training.launch import Launch
    from core.training.session import TrainingSession
    from core.training.world import World

log = logging.getLogger(__name__)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_settings(parser)
    parser.add_argument(
        "--run", "--run-dir", type=Path, metavar="DIR", dest="run_dir", help="run folder (runs/<time>-<data>)"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the newest checkpoint of --run; begin it where there is none"
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Say how settings of a run are given."""
    parser.add_argument("config", nargs="?", type=Path, metavar="CONFIG.toml", help="settings; options override them")
    parser.add_argument("--data", metavar="PATH|NAME", help="image folder, file that lists images, or built-in set")
    parser.add_argument("--epochs", metavar="N")
    parser.add_argument("--image-size", metavar="N", help="side of the input in pixels")
    parser.add_argument("--backbone", metavar="NAME", help=", ".join(BACKBONE_NAMES))
    parser.add_argument("--seed", metavar="N")
    parser.add_argument("--split", metavar="open|closed", help="hold out classes, or images of each class")
    parser.add_argument("--holdout", metavar="FRACTION|FILE", help="held-out share, or a file of class names")
    parser.add_argument(
        "--allow-outside", action="store_true", default=None, help="read images outside the data folder"
    )
    parser.add_argument("--init", metavar="RUN", help="start from the weights of this run")
    parser.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="any other setting")


def run(options: argparse.Namespace) -> int:
    """Train, and print what came of it."""
    from core.run_folders import check_run_folder, new_run_path
    from core.runs import Run
    from core.training.going_on import changed_settings
    from core.training.launch import launch

    place = launch()
    if place is not None and place.rank:
        return _train_along(place)
    if place is not None:
        _check_many(options, place)
    settings = settings_of(options)
    stored = None
    if options.resume:
        if options.run_dir is None:
            raise InputError("--resume: needs the run to go on with, give it by --run DIR")
        stored = Run.open(options.run_dir) if Run.exists(options.run_dir) else None
    config = make_config(settings if stored is None else {**stored.config.model_dump(), **settings})
    if stored is not None:
        changed_settings(stored, config)  # which training does: what they cannot be is said at once
    run_dir = options.run_dir or new_run_path(Path("runs"), config.data)
    check_run_folder(run_dir, options.resume)
    check_data(config)
    # All that can be wrong at once has been said; torch takes seconds to load.
    from core.cli_text import table
    from core.training.session import TrainingSession

    session = TrainingSession(config, run_dir, resume=options.resume, world=_joined(place))
    result = _follow(session, quiet=options.json)
    print(json.dumps(result) if options.json else table(in_words(result)))
    return 0


def in_words(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is printed for people: without halves of the identities nothing is unknown, there is one part."""
    threshold = result.get("threshold")
    if not isinstance(threshold, Mapping) or threshold.get("chosen_on") is not None:
        return result
    told = {name: value for name, value in threshold.items() if name not in ("chosen_on", "reported_on")}
    return {**result, "threshold": {**told, "checked on": "the pairs it was chosen on"}}


def _check_many(options: argparse.Namespace, place: "Launch") -> None:
    """Refuse what many processes cannot do; where they were all started again, go on with what they had begun."""
    if options.run_dir is None:
        raise InputError("--run: is needed with torchrun, so that a start after a failure goes on with the same run")
    options.resume = options.resume or place.restarts > 0


def _joined(place: "Launch | None") -> "World | None":
    from core.training.world import JoinedWorld

    return None if place is None else JoinedWorld(place)


def _train_along(place: "Launch") -> int:
    """Train beside the first process, which speaks for all."""
    from core.training.training_along import train_along
    from core.training.world import JoinedWorld, is_lost

    def leave_it_to_the_first() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)

    try:
        train_along(JoinedWorld(place), leave_it_to_the_first)
    except InputError as error:
        raise InputError(f"process {place.rank} of {place.size}: {error}") from error
    except RuntimeError as error:
        if not is_lost(error):
            raise
        log.debug("another process has ended", exc_info=True)
        return 1
    return 0


def check_data(config: RunConfig) -> None:
    """Refuse a missing folder; to list one that is there would take its time, and training does it anyway."""
    from core.data.sources import open_dataset

    if not Path(config.data).expanduser().exists():
        open_dataset(config.data)


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """Settings from the file, then --set, then the options, each over the one before."""
    settings = read_config(options.config) if options.config else {}
    settings |= dict(parse_override(text) for text in options.set)
    named = ("data", "epochs", "image_size", "backbone", "seed", "split", "holdout", "allow_outside", "init")
    return settings | {name: getattr(options, name) for name in named if getattr(options, name) is not None}


def _follow(session: "TrainingSession", *, quiet: bool) -> Mapping[str, Any]:
    """Run a session to its end, telling what happens on stderr; Ctrl+C stops it, a second one gives it up."""
    from core.cli_text import event_lines, warning_lines
    from core.training.records import Failed, Finished

    lines_of = warning_lines if quiet else event_lines
    restore = _stop_on_signals(session)
    session.start()
    try:
        while True:
            ended = session.join(0.1)
            for event in session.take_events():
                for line in lines_of(event):
                    print(line, file=sys.stderr, flush=True)
                if isinstance(event, Failed):
                    log.debug("%s", event.details)
                    raise InputError(event.message)
                if isinstance(event, Finished):
                    session.join()
                    if not event.result:
                        raise InputError("stopped before the first step, so there is no run")
                    return event.result
            if ended:
                raise RuntimeError("training ended without a word")
    finally:
        restore()


def _stop_on_signals(session: "TrainingSession") -> Callable[[], None]:
    """Let Ctrl+C or a scheduler's SIGTERM end training after the present step; a second one skips the evaluation."""
    asked = False

    def stop(number: int, frame: object) -> None:
        nonlocal asked
        session.stop(evaluate=not asked)
        asked = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    return restore
