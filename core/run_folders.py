"""Folders that runs are written to: a free one for a new run, and whether one may be written to."""

import re
from datetime import datetime
from pathlib import Path

from core.errors import InputError
from core.runs import Run

TRAIN_LOG = "train.log"
"""What a process said that trains a run and was started by another one; it may be there before the run."""


def check_run_folder(path: Path, resume: bool) -> None:
    """Refuse a folder that a run may not be written to.

    Raises
    ------
    InputError
        where it holds a run and that is not to go on, or other files.
    """
    if Run.exists(path):
        if not resume:
            raise InputError(f"{path}: holds a run already; choose another folder, or go on with it by --resume")
    elif path.exists() and (not path.is_dir() or any(map(_is_foreign, path.iterdir()))):
        raise InputError(f"{path}: a run needs a new or an empty folder, found other files there")


def new_run_path(root: Path, data: str, now: datetime | None = None) -> Path:
    """Folder for a new run below `root`: <time>-<data>, made unique where the second is taken."""
    stamp = (now or datetime.now()).strftime("%Y-%m-%dT%H-%M-%S")
    name = re.sub(r"[^\w.-]+", "-", Path(data).expanduser().resolve().name).strip("-.") or "data"
    path = root / f"{stamp}-{name}"
    attempt = 2
    while path.exists():
        path = root / f"{stamp}-{name}-{attempt}"
        attempt += 1
    return path


def _is_foreign(entry: Path) -> bool:
    return not entry.name.startswith(".") and entry.name != TRAIN_LOG
