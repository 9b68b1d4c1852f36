"""The control file: how another process pauses, stops or adjusts a run, through the run's folder.

Who wants something writes `control.json`; training takes it away, reads it and does it. So none is seen twice, and one
that is still there has not been seen. What comes of it is echoed in events.jsonl, as are all live changes.
"""

import errno
import json
import os
import stat
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import InputError
from core.files import write_whole
from core.hyperparameters import Hyperparameters
from core.run_content import now_text
from core.runs import Run
from core.training.controls import Controls

FILE = "control.json"
IGNORED = "control.ignored.json"
"""What the last file is called that was not done."""
POLL_SECONDS = 0.5
"""Training looks at most so often."""
Command = Literal["pause", "resume", "stop"]

_TAKEN = ".control.json.taken"
_LARGEST = 64 * 1024
"""Bytes."""


class Request(BaseModel):
    """Content of control.json; all may be left out, so that it can be written by hand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str | None = None
    """`created` of the run it is for; of any run where it is left out."""
    at: str | None = None
    """When it was written, in UTC."""
    command: Command | None = None
    evaluate: bool = True
    """Whether a stop looks at the model before it ends."""
    settings: Annotated[dict[str, Any], Field(max_length=len(Hyperparameters.model_fields))] = {}
    """Live settings to change, by name; the others stay."""


class ControlFile:
    """A run's control file as training reads it; in one thread.

    Parameters
    ----------
    run
        In whose folder it is looked for.
    """

    def __init__(self, run: Run) -> None:
        self._run, self._file = run, run.path / FILE
        self._due = 0.0
        self._has_looked = False
        self._stays = ""
        """Why what lies there now cannot be taken, which is said once."""

    def poll(self, controls: Controls, in_force: Hyperparameters) -> str | None:
        """Hand what is asked to `controls`; a sentence on what was ignored, None where nothing was.

        Looks every `POLL_SECONDS` at most. What lies there at the first look is older than the run, or than its going
        on, and is ignored.
        """
        now = time.monotonic()
        if now < self._due:
            return None
        self._due = now + POLL_SECONDS
        is_first, self._has_looked = not self._has_looked, True
        taken = self._run.path / _TAKEN
        try:
            _refuse_folder(self._file)
            os.replace(self._file, taken)
        except FileNotFoundError:
            self._stays = ""
            return None
        except OSError as error:
            before, self._stays = self._stays, f"{self._file}: ignored, it cannot be taken ({error.strerror})"
            return None if self._stays == before else self._stays
        self._stays = ""
        try:
            if is_first:
                raise InputError("it was there before training began")
            self._obey(_read(taken), controls, in_force)
        except InputError as error:
            return f"{self._file}: ignored, {error}; {self._put_aside(taken)}"
        taken.unlink(missing_ok=True)
        return None

    def _put_aside(self, taken: Path) -> str:
        """Keep what was not done for people to read; says where."""
        try:
            os.replace(taken, self._run.path / IGNORED)
        except OSError as error:
            return f"it cannot be kept as {IGNORED} ({error.strerror})"
        return f"it is kept as {IGNORED}"

    def _obey(self, request: Request, controls: Controls, in_force: Hyperparameters) -> None:
        created = self._run.info.created
        if request.run not in (None, created):
            raise InputError(f"run must be that of this run, {created}, found {request.run}")
        if request.command is None and not request.settings:
            raise InputError("it must have a command or settings, found neither")
        if request.settings:
            controls.apply(changed(in_force, request.settings))
        match request.command:
            case "pause":
                controls.pause()
            case "resume":
                controls.resume()
            case "stop":
                controls.stop(evaluate=request.evaluate)


def ask(
    run: Run, command: Command | None = None, settings: Mapping[str, Any] | None = None, *, evaluate: bool = True
) -> None:
    """Leave a request in a run's control file; one that still waits there is added to, a newer wish comes first.

    Raises
    ------
    InputError
        where the file cannot be written.
    """
    wish = Request(
        run=run.info.created, at=now_text(), command=command, evaluate=evaluate, settings={**(settings or {})}
    )
    waiting = Request()
    file, mine = run.path / FILE, run.path / f".{FILE}.{os.getpid()}-{threading.get_ident()}.tmp"
    try:
        while True:  # until nobody else has asked between the taking and the leaving
            waiting = _added(waiting, _withdrawn(run, mine))
            write_whole(mine, _added(waiting, wish).model_dump_json(indent=1))
            with suppress(FileExistsError):
                _leave(mine, file)
                return
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror})") from error
    finally:
        mine.unlink(missing_ok=True)


def changed(in_force: Hyperparameters, settings: Mapping[str, Any]) -> Hyperparameters:
    """Live settings of which some are changed.

    Raises
    ------
    InputError
        naming the setting, the rule and what was found.
    """
    try:
        return Hyperparameters.model_validate({**in_force.model_dump(), **settings})
    except ValidationError as error:
        raise _as_input_error(error) from error


def _withdrawn(run: Run, mine: Path) -> Request:
    """What is asked and not taken yet, taken away so that nobody does it twice; empty where it could not be done."""
    file = run.path / FILE
    try:
        _refuse_folder(file)
        os.replace(file, mine)
        request = _read(mine)
    except (InputError, FileNotFoundError):
        return Request()
    return request if request.run in (None, run.info.created) else Request()


def _added(waiting: Request, wish: Request) -> Request:
    """Both wishes in one, of which the newer comes first."""
    kept = {} if wish.command is not None else {"command": waiting.command, "evaluate": waiting.evaluate}
    return wish.model_copy(update={**kept, "settings": {**waiting.settings, **wish.settings}})


def _leave(mine: Path, file: Path) -> None:
    """Give a file its name, unless that is taken.

    Raises
    ------
    FileExistsError
        where it is.
    """
    try:
        os.link(mine, file)
    except FileExistsError:
        raise
    except OSError:  # a drive without links
        os.replace(mine, file)


def _refuse_folder(file: Path) -> None:
    """Raise IsADirectoryError: a folder could be renamed like a file, and would then be in the way of the next one."""
    if stat.S_ISDIR(os.lstat(file).st_mode):
        raise IsADirectoryError(errno.EISDIR, "it must be a file, found a folder")


def _read(file: Path) -> Request:
    found = os.lstat(file)
    if not stat.S_ISREG(found.st_mode):  # to open a pipe would wait for ever
        raise InputError("it must be a file")
    if found.st_size > _LARGEST:
        raise InputError(f"it must have at most {_LARGEST:,} bytes, found {found.st_size:,}")
    try:
        return Request.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise _as_input_error(error) from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"it is damaged, not valid JSON ({error})") from error


def _as_input_error(error: ValidationError) -> InputError:
    problem = error.errors()[0]
    place = ".".join(map(str, problem["loc"]))
    rule = f"{problem['msg'][0].lower()}{problem['msg'][1:]}"
    return InputError(f"{place + ': ' if place else ''}{rule}, found {problem['input']!r:.80}")
