"""The commands train, evaluate, verify and doctor."""

import argparse
import json
import logging
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from core.config import BACKBONE_NAMES, DISTANCE_NAMES, RunConfig, make_config, parse_override, read_config
from core.errors import InputError, describe

if TYPE_CHECKING:
    from core.hyperparameters import Hyperparameters
    from core.runs import Run
    from core.training.session import TrainingSession

log = logging.getLogger(__name__)

COMMANDS = ("train", "evaluate", "verify", "doctor")
OK, DIFFERENT, ERROR = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Reports misuse as one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(ERROR)


def main(arguments: Sequence[str], program: str = "metric-explorer") -> int:
    """Run one command and return its exit code; errors go to stderr in one sentence.

    Raises
    ------
    SystemExit
        where the arguments are wrong, or help was asked for.
    """
    options = build_parser(program).parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.debug else logging.ERROR, stream=sys.stderr)
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return ERROR
    except Exception as error:  # noqa: BLE001 - the border of the program; exit code 1 would read as 'different'
        if options.debug:
            traceback.print_exc()
        print(describe(error), file=sys.stderr)
        return ERROR
    return code


def build_parser(program: str) -> argparse.ArgumentParser:
    """Parser of all commands; only `main` runs what it finds."""
    parser = _Parser(prog=program, description="Train image embeddings, choose a threshold, verify pairs of images.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    shared = _Parser(add_help=False)
    shared.add_argument("--debug", action="store_true", help="show tracebacks and the log")
    shared.add_argument("--json", action="store_true", help="print one JSON object on stdout and nothing else there")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[shared], help=text, description=text, allow_abbrev=False)

    _add_train(add("train", "train a run without a window"))
    _add_evaluate(add("evaluate", "measure a run on held-out images"))
    _add_verify(add("verify", "decide whether two images show the same: exit code 0 same, 1 different, 2 error"))
    add("doctor", "versions, device, display, free disk, data folders").set_defaults(run=_doctor)
    return parser


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", nargs="?", type=Path, metavar="CONFIG.toml", help="settings; options override them")
    parser.add_argument("--data", metavar="PATH|NAME", help="image folder, CSV list of pairs, or built-in set (digits)")
    parser.add_argument("--run", type=Path, metavar="DIR", dest="run_dir", help="run folder (runs/<time>-<data>)")
    parser.add_argument("--epochs", metavar="N")
    parser.add_argument("--image-size", metavar="N", help="side of the input in pixels")
    parser.add_argument("--backbone", metavar="NAME", help=", ".join(BACKBONE_NAMES))
    parser.add_argument("--seed", metavar="N")
    parser.add_argument("--split", metavar="open|closed", help="hold out classes, or images of each class")
    parser.add_argument("--holdout", metavar="FRACTION|FILE", help="held-out share, or a file of class names")
    parser.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="any other setting")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint of --run")
    parser.set_defaults(run=_train)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("--data", metavar="PATH|NAME", help="other data than the run's; implies --part all")
    parser.add_argument("--part", choices=("held-out", "all"), help="which images (held-out)")
    parser.add_argument("--distance", choices=DISTANCE_NAMES, help="in place of the run's distance")
    parser.set_defaults(run=_evaluate)


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    parser.add_argument("image_a", type=Path, metavar="IMAGE_A")
    parser.add_argument("image_b", type=Path, metavar="IMAGE_B")
    threshold = parser.add_mutually_exclusive_group()
    threshold.add_argument("--threshold", type=float, metavar="T", help="in place of the run's threshold")
    threshold.add_argument("--fpr", type=float, metavar="P", help="the threshold of this FPR on the held-out pairs")
    parser.set_defaults(run=_verify)


# --- train


def _train(options: argparse.Namespace) -> int:
    from core.runs import Run, check_run_folder, new_run_path

    settings = _settings(options)
    stored = None
    if options.resume:
        if options.run_dir is None:
            raise InputError("--resume: needs the run to go on with, give it by --run DIR")
        stored = Run.open(options.run_dir) if Run.exists(options.run_dir) else None
    config = make_config(settings) if stored is None else stored.config
    changed = None if stored is None else _changed_settings(stored, settings)
    run_dir = options.run_dir or new_run_path(Path("runs"), config.data)
    check_run_folder(run_dir, options.resume)
    _check_data(config)
    # All that can be wrong at once has been said; torch takes seconds to load.
    from core.cli_text import table
    from core.training.session import TrainingSession

    session = TrainingSession(config, run_dir, resume=options.resume)
    if changed is not None:
        session.apply(changed)
    result = _follow(session, quiet=options.json)
    print(json.dumps(result) if options.json else table(result))
    return OK


def _check_data(config: RunConfig) -> None:
    """Refuse a missing folder; to list one that is there would take its time, and training does it anyway."""
    from core.data.sources import open_dataset

    if not Path(config.data).expanduser().exists():
        open_dataset(config.data)


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Settings from the file, then --set, then the options, each over the one before."""
    settings = read_config(options.config) if options.config else {}
    settings |= dict(parse_override(text) for text in options.set)
    named = ("data", "epochs", "image_size", "backbone", "seed", "split", "holdout")
    return settings | {name: getattr(options, name) for name in named if getattr(options, name) is not None}


def _changed_settings(run: "Run", settings: Mapping[str, Any]) -> "Hyperparameters | None":
    """Live settings to go on with, where others are asked for than the run began with.

    Raises
    ------
    InputError
        where a structural setting contradicts the run's.
    """
    from core.run_content import located

    began = run.config
    asked = located(make_config({**began.model_dump(), **settings}))
    for name in type(began).model_fields:
        if name != "hyperparameters" and getattr(asked, name) != getattr(began, name):
            raise InputError(
                f"{name}: a run goes on with its own settings; {run.path} has {getattr(began, name)!r}, "
                f"found {getattr(asked, name)!r}"
            )
    before, wanted = began.hyperparameters.model_dump(), asked.hyperparameters.model_dump()
    different = {name: value for name, value in wanted.items() if value != before[name]}
    return run.hyperparameters().model_copy(update=different) if different else None


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


# --- evaluate, verify, doctor


def _evaluate(options: argparse.Namespace) -> int:
    from core.cli_text import left_out_lines, table
    from core.evaluate import evaluate_run
    from core.runs import Run

    if options.data and options.part == "held-out":
        raise InputError("--part: other data than the run's has no held-out part; leave --part out or say 'all'")
    measured = evaluate_run(
        Run.open(options.run_dir), data=options.data, part=options.part or "held-out", distance=options.distance
    )
    warnings = (f"warning: {warning}" for warning in measured.warnings)
    for line in (*left_out_lines(measured.problems), *warnings):
        print(line, file=sys.stderr)
    print(json.dumps(measured.to_json()) if options.json else table(measured.to_json()))
    return OK


def _verify(options: argparse.Namespace) -> int:
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    verdict = verifier.verify(options.image_a, options.image_b, threshold=options.threshold, fpr=options.fpr)
    if options.json:
        print(json.dumps(asdict(verdict)))
    else:
        word, sign = ("same", "<=") if verdict.same else ("different", ">")
        print(f"{word}: distance {verdict.distance:.4f} {sign} threshold {verdict.threshold:.4f}")
    return OK if verdict.same else DIFFERENT


def _doctor(options: argparse.Namespace) -> int:
    from core.cli_text import table
    from core.doctor import examine

    findings = examine()
    print(json.dumps(findings) if options.json else table(findings))
    return OK
