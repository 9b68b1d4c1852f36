"""`runs`: what was trained, and what came of it."""

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError

if TYPE_CHECKING:
    from core.run_list import ListedRun

_ROOT = Path("runs")
_HEADER = ("run", "date", "data", "backbone", "loss", "epochs", "steps", "AUC", "EER", "TPR@1%", "state", "note")
_LONGEST = 40
"""Characters of a name or a note."""
_RIGHT = frozenset({"epochs", "steps", "AUC", "EER", "TPR@1%"})


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=f"with runs in it ({_ROOT})")
    parser.add_argument("--archived", action="store_true", help="those that are archived too")


def run(options: argparse.Namespace) -> int:
    """Print a row for each run, the newest first."""
    from core.run_list import list_runs

    folder = (options.folder or _ROOT).expanduser()
    if options.folder is None and not folder.exists():
        raise InputError(f"{folder.absolute()}: no such folder, nothing was trained here yet; name another folder")
    found = [each for each in list_runs(folder) if options.archived or not each.archived]
    if options.json:
        print(json.dumps({"folder": str(folder), "runs": [_content(each) for each in found]}))
    elif found:
        problems = [f"{_printable(each.name)}: {_printable(each.problem, 400)}" for each in found if each.problem]
        print("\n".join([*_lines([_HEADER, *(_row(each, folder) for each in found)]), *problems]))
    else:
        print(f"{folder}: no runs")
    return 0


def _content(run: "ListedRun") -> dict[str, Any]:
    figures = run.figures
    return {
        "run": str(run.path),
        "state": run.state,
        "problem": run.problem or None,
        "created": run.created or None,
        "data": run.data or None,
        "settings": None if run.settings is None else {name: _plain(value) for name, value in run.settings.items()},
        "epoch": run.epoch,
        "step": run.step,
        "evaluated_step": None if figures is None else figures.step,
        "auc": None if figures is None else figures.auc,
        "eer": None if figures is None else figures.eer,
        "tpr_at_fpr_0.01": None if figures is None else figures.tpr,
        "note": run.note or None,
        "archived": run.archived,
    }


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _row(run: "ListedRun", folder: Path) -> tuple[str, ...]:
    figures, epochs = run.figures, run.setting("epochs")
    name = str(run.path.relative_to(folder)) if run.path != folder else run.name
    return (
        _printable(name),
        _printable(run.created[:10]),
        _printable(run.data),
        _printable(run.setting("backbone")),
        _printable(run.setting("loss")),
        _printable(f"{run.epoch}/{epochs}" if epochs else str(run.epoch)),
        str(run.step),
        "" if figures is None or figures.auc is None else f"{figures.auc:.4f}",
        "" if figures is None or figures.eer is None else f"{100 * figures.eer:.2f} %",
        "" if figures is None or figures.tpr is None else f"{100 * figures.tpr:.1f} %",
        f"{run.state}, archived" if run.archived else run.state,
        _printable(run.note),
    )


def _lines(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    sides = [">" if title in _RIGHT else "<" for title in _HEADER]
    return [
        "  ".join(f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)).rstrip()
        for row in rows
    ]


def _printable(text: str, longest: int = _LONGEST) -> str:
    """Text that moves no cursor and takes no more than its place."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
