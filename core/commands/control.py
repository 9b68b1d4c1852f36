"""`control`: pause, stop or adjust a run that another process trains."""

import argparse
import json
from pathlib import Path

from core.errors import InputError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    commands = parser.add_mutually_exclusive_group()
    commands.add_argument("--pause", dest="command", action="store_const", const="pause", help="wait after the step")
    commands.add_argument("--resume", dest="command", action="store_const", const="resume", help="go on after a pause")
    commands.add_argument("--stop", dest="command", action="store_const", const="stop", help="end after the step")
    parser.add_argument(
        "--no-evaluation", action="store_true", help="with --stop: end without a last look at the model"
    )
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help="a live setting, such as margin=0.3"
    )


def run(options: argparse.Namespace) -> int:
    """Leave the request in the run's folder, and say so."""
    from core.following.writer import is_written
    from core.runs import Run
    from core.training.control_file import ask, changed

    settings = dict(_setting(text) for text in options.set)
    if options.command is None and not settings:
        raise InputError("control: needs --pause, --resume, --stop or --set KEY=VALUE, found none")
    if options.no_evaluation and options.command != "stop":
        raise InputError("--no-evaluation: goes with --stop")
    found = Run.open(options.run_dir)
    if not is_written(found, found.events()):
        raise InputError(f"{found.path}: nobody trains this run now; train --run DIR --resume goes on with it")
    wanted = changed(found.hyperparameters(), settings)
    exact = {name: getattr(wanted, name) for name in settings}
    ask(found, options.command, exact, evaluate=not options.no_evaluation)
    asked = [*filter(None, [options.command]), *(f"{name} {value}" for name, value in exact.items())]
    if options.json:
        print(json.dumps({"run": str(found.path), "command": options.command, "settings": exact}))
    else:
        print(f"asked for: {', '.join(asked)}; it acts after the present step, and stands in events.jsonl then")
    return 0


def _setting(text: str) -> tuple[str, str]:
    """Name and value of a live setting.

    Raises
    ------
    InputError
        where the text is none.
    """
    from core.hyperparameters import Hyperparameters

    key, separator, value = text.partition("=")
    key = key.strip()
    if not separator or key not in Hyperparameters.model_fields:
        raise InputError(
            f"--set: takes KEY=VALUE of a live setting ({', '.join(Hyperparameters.model_fields)}), found {text!r}"
        )
    return key, value.strip()
