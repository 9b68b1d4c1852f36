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

from core.config import BACKBONE_NAMES, RunConfig, make_config, parse_override, read_config
from core.errors import InputError, describe

if TYPE_CHECKING:
    from core.training.records import Event, Started
    from core.training.session import TrainingSession

log = logging.getLogger(__name__)

COMMANDS = ("train", "evaluate", "verify", "doctor")
OK, DIFFERENT, ERROR = 0, 1, 2
PROBLEMS_SHOWN = 10


class _Parser(argparse.ArgumentParser):
    """Reports misuse as one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(ERROR)


def main(arguments: Sequence[str], program: str = "metric-explorer") -> int:
    """Run one command and return its exit code; errors go to stderr in one sentence."""
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
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--debug", action="store_true", help="show tracebacks and the log")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print one JSON object on stdout and nothing else there")
    _add_train(commands.add_parser("train", parents=[shared, as_json], help="train a run without a window"))
    _add_evaluate(commands.add_parser("evaluate", parents=[shared, as_json], help="measure a run on held-out images"))
    _add_verify(commands.add_parser("verify", parents=[shared, as_json], help="decide whether two images are the same"))
    doctor = commands.add_parser("doctor", parents=[shared, as_json], help="versions, device, display, disk, data")
    doctor.set_defaults(run=_doctor)
    return parser


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", nargs="?", type=Path, metavar="CONFIG.toml", help="settings; options override them")
    parser.add_argument("--data", metavar="PATH|NAME", help="image folder or built-in data set (digits)")
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
    parser.add_argument("--distance", choices=("cosine", "euclidean"), help="in place of the run's distance")
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
    from core.runs import Run, new_run_path
    from core.training.session import TrainingSession

    settings = _settings(options)
    if options.resume:
        if options.run_dir is None:
            raise InputError("--resume: needs the run to go on with, give it by --run DIR")
        if Run.exists(options.run_dir):
            _check_same(options.run_dir, Run.open(options.run_dir).config, settings)
    config = make_config(settings)
    run_dir = options.run_dir or new_run_path(Path("runs"), config.data)
    session = TrainingSession(config, run_dir, resume=options.resume)
    result = _follow(session, quiet=options.json)
    if options.json:
        print(json.dumps(result))
    return OK


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Settings from the file, then --set, then the options, each over the one before."""
    settings = read_config(options.config) if options.config else {}
    settings |= dict(parse_override(text) for text in options.set)
    named = ("data", "epochs", "image_size", "backbone", "seed", "split", "holdout")
    return settings | {name: getattr(options, name) for name in named if getattr(options, name) is not None}


def _check_same(run_dir: Path, stored: RunConfig, settings: Mapping[str, Any]) -> None:
    """Refuse settings that contradict the run to go on with."""
    asked = make_config({**stored.model_dump(), **settings})
    for name in type(stored).model_fields:
        if getattr(asked, name) != getattr(stored, name):
            raise InputError(
                f"{name}: a run goes on with its own settings; {run_dir} has {getattr(stored, name)!r}, "
                f"found {getattr(asked, name)!r}"
            )


def _follow(session: "TrainingSession", *, quiet: bool) -> Mapping[str, Any]:
    """Run a session to its end, telling what happens on stderr; Ctrl+C stops it, a second one gives it up."""
    from core.training.records import Failed, Finished

    restore = _stop_on_signals(session)
    session.start()
    try:
        while True:
            ended = session.join(0.1)
            for event in session.take_events():
                if isinstance(event, Failed):
                    log.debug("%s", event.details)
                    raise InputError(event.message)
                if not quiet and (line := _line(event)):
                    print(line, file=sys.stderr, flush=True)
                if isinstance(event, Finished):
                    session.join()
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


def _line(event: "Event") -> str | None:
    """What a person reads on the terminal about an event, None where it is not worth a line."""
    from core.training import records

    match event:
        case records.Started():
            return _started_lines(event)
        case records.Evaluated():
            accuracy = event.classification_accuracy
            parts = [f"epoch {event.epoch}", f"step {event.step}", f"{event.images} held-out images"]
            parts += [f"AUC {event.auc:.4f}"] if event.auc is not None else ["no genuine or no impostor pairs"]
            parts += [f"EER {100 * event.eer:.2f} %"] if event.eer is not None else []
            parts += [f"accuracy {100 * accuracy:.1f} %"] if accuracy is not None else []
            return " · ".join(parts)
        case records.Note():
            return f"note: {event.message}"
        case records.Preparing(total=0):
            return event.what
        case records.Finished():
            how = "stopped" if event.stopped else "finished"
            speed = event.result.get("images_per_second")
            return f"{how} at step {event.step}" + (f" · {speed:.0f} images/s · {event.result['run']}" if speed else "")
        case _:
            return None


def _started_lines(event: "Started") -> str:
    data = event.data
    kind = "open set" if data.open_set else "closed set"
    held = f"{data.held_out_images} images" + (f" of {data.held_out_classes} classes" if data.open_set else "")
    lines = [
        f"{data.name}: {data.images} images, {len(data.classes)} classes, {data.masks} masks",
        f"{kind}: trains on {data.training_images} images of {data.training_classes} classes, {held} held out",
        f"{event.backbone} on {event.device}: {event.total_steps} steps of {event.batch_size} images, from {event.step}",
        *(f"note: {note}" for note in data.notes),
    ]
    if data.problems:
        lines.append(f"left out: {len(data.problems)}")
        lines += [f"  {problem.where}: {problem.reason}" for problem in data.problems[:PROBLEMS_SHOWN]]
        if len(data.problems) > PROBLEMS_SHOWN:
            lines.append(f"  and {len(data.problems) - PROBLEMS_SHOWN} more")
    return "\n".join(lines)


# --- evaluate, verify, doctor


def _evaluate(options: argparse.Namespace) -> int:
    from core.evaluate import evaluate_run
    from core.runs import Run

    if options.data and options.part == "held-out":
        raise InputError("--part: other data than the run's has no held-out part; leave --part out or say 'all'")
    part = "all" if options.data else options.part or "held-out"
    report = evaluate_run(Run.open(options.run_dir), data=options.data, part=part, distance=options.distance)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(json.dumps(report.to_json()) if options.json else _table(report.to_json()))
    return OK


def _table(figures: Mapping[str, Any]) -> str:
    flat: dict[str, Any] = {}
    for name, value in figures.items():
        flat |= {f"{name} {key}": item for key, item in value.items()} if isinstance(value, dict) else {name: value}
    width = max(map(len, flat))
    return "\n".join(f"{name:<{width}}  {_figure(value)}" for name, value in flat.items())


def _figure(value: Any) -> str:
    return "unknown" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def _verify(options: argparse.Namespace) -> int:
    from core.verification import Verifier

    verifier = Verifier.load(options.run_dir)
    verdict = verifier.verify(options.image_a, options.image_b, threshold=options.threshold, fpr=options.fpr)
    if options.json:
        print(json.dumps(asdict(verdict)))
    else:
        word, sign = ("same", "<=") if verdict.same else ("different", ">")
        print(f"{word}: distance {verdict.distance:.3f} {sign} threshold {verdict.threshold:.3f}")
    return OK if verdict.same else DIFFERENT


def _doctor(options: argparse.Namespace) -> int:
    from core.doctor import examine

    findings = examine()
    print(json.dumps(findings) if options.json else _table(findings))
    return OK
