"""What a person changed of a data set, in a file beside it: which images are excluded, and which have another class."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from core.errors import InputError
from core.files import read_json, write_whole

SUFFIX = ".edits.json"
RUN_FILE = "edits.json"
"""In a run folder: the edits of its data when it began."""
LONGEST_CLASS = 200
"""Characters of a class's name."""
_LARGEST = 100_000_000
"""Bytes; a file of a million edits is smaller."""


def class_name(written: str) -> str:
    """The name of a class that somebody wrote.

    Raises
    ------
    ValueError
        where it is empty, too long, has spaces at its ends or characters that cannot be printed.
    """
    if not written.strip() or written != written.strip() or len(written) > LONGEST_CLASS:
        raise ValueError(f"a class's name must have 1 to {LONGEST_CLASS} characters and no space at its ends")
    if not written.isprintable():
        raise ValueError(f"a class's name must have printable characters only, found {written!r}")
    return written


class Edit(BaseModel):
    """What was done to one image."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sample: Annotated[str, Field(min_length=1)]
    """Its id."""
    label: Annotated[str, AfterValidator(class_name)] | None = None
    """Name of the class it belongs to; None where it is excluded."""
    at: str = ""
    """When, in UTC."""


Edits = tuple[Edit, ...]
"""Of one data set, an image once, in the order in which they were made."""


class EditsContent(BaseModel):
    """Content of such a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    edits: Edits

    @field_validator("edits")
    @classmethod
    def _check_once(cls, edits: Edits) -> Edits:
        seen: set[str] = set()
        for name in (edit.sample for edit in edits):
            if name in seen:
                raise ValueError(f"each image must stand once, found {name!r} twice")
            seen.add(name)
        return edits


def read_edits(file: Path) -> Edits:
    """Read the edits in a file; none where there is no file.

    Raises
    ------
    InputError
        where it cannot be read, is damaged, or was written by a newer version.
    """
    if not file.exists():
        return ()
    cure = "mend the file, or move it away to use the data as it is"
    if file.is_file() and file.stat().st_size > _LARGEST:
        raise InputError(f"{file}: must be smaller than {_LARGEST // 10**6} MB; {cure}")
    try:
        return EditsContent.model_validate(read_json(file)).edits
    except ValidationError as error:
        raise InputError(f"{file}: damaged, {_first_problem(error)}; {cure}") from error
    except InputError as error:
        raise InputError(f"{error}; {cure}") from error


def write_edits(file: Path, edits: Edits) -> None:
    """Keep these edits and no others; no file is left where there are none.

    Raises
    ------
    InputError
        where the file cannot be written.
    """
    try:
        if edits:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, EditsContent(edits=edits).model_dump_json(indent=1))
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({(error.strerror or str(error)).lower()})") from error


def change_edits(file: Path, before: Edits, after: Edits) -> None:
    """Keep the edits `after` in place of `before`.

    Raises
    ------
    InputError
        where other edits than `before` are in the file by now, which would be lost; or as `read_edits`, `write_edits`.
    """
    if read_edits(file) != before:
        raise InputError(f"{file}: was changed by another window since; choose the data set again to see how")
    write_edits(file, after)


def edited_now() -> str:
    """The present time in UTC, as `Edit.at` holds it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _first_problem(error: ValidationError) -> str:
    problem: Any = error.errors()[0]
    place = ".".join(map(str, problem["loc"]))
    rule = problem["msg"].removeprefix("Value error, ")
    return f"{place + ': ' if place else ''}{rule[0].lower()}{rule[1:]}"
