"""Selections that a person keeps with a run under a name: which images, by their ids, so that they outlive a split."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from core.errors import InputError
from core.files import read_json, write_whole
from core.run_content import checked

LONGEST_NAME = 80
"""Characters of a selection's name."""


def _checked_name(name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME or name != name.strip():
        raise ValueError(
            f"a selection's name must have 1 to {LONGEST_NAME} characters and no space at its ends, found {len(name)}"
        )
    if not name.isprintable():
        raise ValueError(f"a selection's name must have printable characters only, found {name!r}")
    return name


class SavedSelection(BaseModel):
    """Images under a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, AfterValidator(_checked_name)]
    samples: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids, each once; some may be of images that the run does not have."""

    @field_validator("samples")
    @classmethod
    def _check_samples(cls, samples: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(samples)) < len(samples):
            raise ValueError("a selection must name each of its images once")
        return samples


class SelectionsContent(BaseModel):
    """Content of selections.json."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    selections: tuple[SavedSelection, ...]

    @field_validator("selections")
    @classmethod
    def _check_names(cls, selections: tuple[SavedSelection, ...]) -> tuple[SavedSelection, ...]:
        seen: set[str] = set()
        for name in (each.name for each in selections):
            if name in seen:
                raise ValueError(f"each selection must have a name of its own, found {name!r} twice")
            seen.add(name)
        return selections


def name_for(written: str, taken: Collection[str]) -> str:
    """The name that somebody wrote, without spaces at its ends.

    Raises
    ------
    InputError
        where it is empty, too long, has control characters, or is taken; names differ by case.
    """
    try:
        name = _checked_name(written.strip())
    except ValueError as error:
        raise InputError(str(error)) from error
    if name in taken:
        raise InputError(f"a selection needs a name of its own, found one called {name!r} already")
    return name


def read_selections(run_dir: Path) -> tuple[SavedSelection, ...]:
    """Read the selections that are kept with a run, in the order in which they were saved; none where there are none.

    Raises
    ------
    InputError
        where the file is damaged or was written by a newer version.
    """
    file = _file(run_dir)
    return checked(SelectionsContent, read_json(file), file).selections if file.exists() else ()


def write_selections(run_dir: Path, selections: Sequence[SavedSelection]) -> Path | None:
    """Keep these selections with a run, and no others.

    Returns
    -------
    Where a file that could not be read was set aside, None where there was none.

    Raises
    ------
    InputError
        where two have one name.
    OSError
        where the file cannot be written.
    """
    file = _file(run_dir)
    names = [each.name for each in selections]
    if len(set(names)) < len(names):
        raise InputError(f"{file}: each selection must have a name of its own")
    try:
        read_selections(run_dir)
        aside = None
    except InputError:
        aside = _set_aside(file)
    write_whole(file, SelectionsContent(selections=tuple(selections)).model_dump_json(indent=1))
    return aside


def _file(run_dir: Path) -> Path:
    return run_dir / "selections.json"


def _set_aside(file: Path) -> Path:
    """Rename a file that cannot be read, so that what it holds can still be saved by hand."""
    number = 1
    while (aside := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    file.replace(aside)
    return aside
