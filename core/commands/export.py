"""`export`: take a model away, as ONNX, as a bundle, or as the report on it."""

import argparse
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.watch import StageWatch

_ONNX, _REPORT = ".onnx", ".html"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN", help="a run, or a bundle (not for a report)")
    parser.add_argument(
        "target",
        metavar="FILE.onnx|FILE.html|DIR/",
        help="FILE.onnx: for onnxruntime, with a JSON and an example beside it; FILE.html: the model report; "
        "DIR/: a bundle that verify and core.Verifier.load read",
    )
    parser.add_argument("--force", action="store_true", help="overwrite what is there")
    parser.add_argument("--progress", action="store_true", help="write progress as lines of JSON on stderr")


def run(options: argparse.Namespace) -> int:
    """Write, and print where to."""
    from core.commands.progress import stages_shown, stages_told

    written = writer(options.target)
    with stages_told() if options.progress else stages_shown() as watch:
        found = written(options, watch)
    if options.json:
        print(json.dumps(found))
    else:
        print(f"wrote {', '.join(found['files'])}")
        for name, difference in (found.get("parity") or {}).items():
            print(f"  {name}: within {difference:.1g} of torch")
    return 0


def writer(target: str) -> "Callable[[argparse.Namespace, StageWatch], dict[str, Any]]":
    """What makes a target of that name.

    Raises
    ------
    InputError
        where the name does not say what is wanted.
    """
    suffix = Path(target).suffix.lower()
    if target.endswith(("/", "\\")) or not suffix or Path(target).is_dir():
        return _bundle
    if suffix == _ONNX:
        return _onnx
    if suffix == _REPORT:
        return _report
    raise InputError(f"{target}: must end in .onnx or .html, or for a bundle in '/', found {suffix!r}")


def _onnx(options: argparse.Namespace, tell: "StageWatch") -> dict[str, Any]:
    from core.export.onnx_file import check_packages, write_onnx
    from core.verification import Verifier

    check_packages()
    file = _file(options.target)
    tell("loading the model", 0.0)
    verifier = Verifier.load(options.run_dir, device="cpu")
    made = write_onnx(verifier, file, force=options.force, watch=partial(tell, "writing ONNX"))
    return {"files": [str(each) for each in made.files], "parity": made.parity.largest_difference}


def _bundle(options: argparse.Namespace, tell: "StageWatch") -> dict[str, Any]:
    from core.export.bundle import write_bundle
    from core.verification import Verifier

    folder = Path(options.target).expanduser()
    tell("loading the model", 0.0)
    verifier = Verifier.load(options.run_dir, device="cpu")
    write_bundle(verifier, folder, force=options.force, watch=partial(tell, "writing the bundle"))
    return {"files": [str(folder)]}


def _report(options: argparse.Namespace, tell: "StageWatch") -> dict[str, Any]:
    from core.bundle import is_bundle
    from core.export.report import write_report
    from core.runs import Run

    file = _file(options.target)
    if is_bundle(options.run_dir):
        raise InputError(f"{options.run_dir}: a report needs a run with its images, found a bundle")
    write_report(Run.open(options.run_dir), file, force=options.force, watch=tell)
    return {"files": [str(file)]}


def _file(target: str) -> Path:
    """Where there is a folder for it.

    Raises
    ------
    InputError
        where there is none.
    """
    file = Path(target).expanduser()
    if not file.parent.is_dir():
        raise InputError(f"{file}: needs an existing folder to be written to, {file.parent} is none")
    return file
