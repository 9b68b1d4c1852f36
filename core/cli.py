"""The command line: finds the command, and turns what goes wrong into one sentence and an exit code."""

import argparse
import logging
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from core.commands import (
    compare,
    control,
    doctor,
    download,
    embed,
    enroll,
    evaluate,
    export,
    find_rate,
    gallery,
    identify,
    inspect,
    projector,
    protocol,
    runs,
    scalars,
    search,
    train,
    verify,
    verify_pairs,
)
from core.errors import describe
from core.process import keeping_freed_memory, settle

ERROR = 2
"""Exit code of whatever went wrong; 0 is for done or 'same', 1 for 'different'."""
_COMMANDS = {
    "train": (train, "train a run without a window"),
    "control": (control, "pause, stop or adjust a run that another process trains"),
    "find-rate": (find_rate, "try learning rates for a moment, and say at which the loss falls fastest"),
    "evaluate": (evaluate, "measure a run on held-out images"),
    "compare": (compare, "tell runs or distances apart on the same held-out pairs"),
    "verify": (verify, "decide whether two images show the same: exit code 0 same, 1 different, 2 error"),
    "verify-pairs": (verify_pairs, "judge many pairs: those of a CSV file, of a folder, or between two folders"),
    "embed": (embed, "embed very many images into a folder of shards; goes on where it was stopped"),
    "search": (search, "the images of an embedded set that are most like one image"),
    "enroll": (enroll, "add images of somebody to the gallery of a run"),
    "identify": (identify, "say who is on an image: exit code 0 known, 1 unknown, 2 error"),
    "gallery": (gallery, "who is enrolled in a run; rename, remove, embed again, measure open-set rates"),
    "protocol": (protocol, "measure a run by LFW pairs, an own list of pairs, one-shot runs or few-shot episodes"),
    "export": (export, "take a model away: as ONNX with an example, as a bundle, or as the report on it"),
    "projector": (projector, "write a run for TensorBoard's Embedding Projector"),
    "runs": (runs, "list the runs of a folder with data, settings, figures and notes"),
    "scalars": (scalars, "write the losses and figures of every step for TensorBoard, or as a table (CSV)"),
    "download": (download, "fetch a data set of the catalog, or list them: nothing else opens a connection"),
    "inspect": (inspect, "look through a data set: unreadable and doubled images, tiny classes, masks, leaks"),
    "doctor": (doctor, "versions, device, display, free disk, data folders"),
}
"""Module and what it does, by name."""
COMMANDS = tuple(_COMMANDS)


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
    settle()
    options = build_parser(program).parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.debug else logging.ERROR, stream=sys.stderr)
    try:
        with keeping_freed_memory():
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

    for name, (command, text) in _COMMANDS.items():
        part = commands.add_parser(name, parents=[shared], help=text, description=text, allow_abbrev=False)
        command.add_options(part)
        part.set_defaults(run=command.run)
    return parser
