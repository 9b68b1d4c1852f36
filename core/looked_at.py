"""The pairs that somebody looked at one by one, with what was found and noted; kept with the run."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from core.csv_text import csv_text
from core.files import read_json, write_whole
from core.run_content import checked

KEPT = 1000
"""Pairs; beyond them the ones that were looked at longest ago go, those without a note first."""
NOTE_LENGTH = 2000
"""Characters of a note."""


class LookedAtImage(BaseModel):
    """One image of a pair."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["file", "sample", "picture"]
    """A file, an image of the run's data, or a picture that came from a clipboard and is in no file."""
    name: str
    """Path, id of the sample, or a name that tells the picture from others."""


class LookedAt(BaseModel):
    """A pair and the last look at it."""

    model_config = ConfigDict(frozen=True)

    at: str
    """When, in UTC."""
    a: LookedAtImage
    b: LookedAtImage
    distance: FiniteFloat
    measure: str
    """Name of the distance."""
    threshold: FiniteFloat | None
    """In force at the time; None where there was none."""
    probability: FiniteFloat | None
    """Calibrated, of 'same'."""
    step: int
    """Of the weights that looked."""
    note: str = Field(default="", max_length=NOTE_LENGTH)

    @property
    def same(self) -> bool | None:
        """The verdict; None without a threshold."""
        return None if self.threshold is None else self.distance <= self.threshold

    @property
    def pair(self) -> frozenset[LookedAtImage]:
        """Which images, whichever was A."""
        return frozenset((self.a, self.b))


class LookedAtContent(BaseModel):
    """Content of evaluation/looked-at.json."""

    model_config = ConfigDict(frozen=True)

    looks: tuple[LookedAt, ...]
    """The newest first."""


def load_looks(run_dir: Path) -> tuple[LookedAt, ...]:
    """The pairs that were looked at in a run, the newest first; none where there are none.

    Raises
    ------
    InputError
        where the file is damaged.
    """
    file = _file(run_dir)
    return checked(LookedAtContent, read_json(file), file).looks if file.is_file() else ()


def save_looks(run_dir: Path, looks: Sequence[LookedAt]) -> None:
    """Keep these with a run and no others, in one atomic step."""
    file = _file(run_dir)
    file.parent.mkdir(exist_ok=True)
    write_whole(file, LookedAtContent(looks=tuple(looks)).model_dump_json(indent=1))


def with_look(looks: Sequence[LookedAt], look: LookedAt) -> tuple[LookedAt, ...]:
    """The pairs with one more look; a pair that was looked at before stands once, with its note."""
    earlier = next((each for each in looks if each.pair == look.pair), None)
    if earlier is not None and not look.note:
        look = look.model_copy(update={"note": earlier.note})
    return bounded((look, *(each for each in looks if each.pair != look.pair)))


def bounded(looks: Sequence[LookedAt]) -> tuple[LookedAt, ...]:
    """The newest `KEPT`; of the others, those with a note take the places of older ones without."""
    surplus = len(looks) - KEPT
    if surplus <= 0:
        return tuple(looks)
    oldest_first = sorted(range(len(looks)), key=lambda place: (bool(looks[place].note), -place))
    gone = set(oldest_first[:surplus])
    return tuple(look for place, look in enumerate(looks) if place not in gone)


def looks_csv(looks: Iterable[LookedAt]) -> str:
    """A line for each pair, for a spreadsheet."""
    header = ("at", "image_a", "image_b", "distance", "measure", "threshold", "verdict", "probability", "step", "note")
    verdicts = {True: "same", False: "different", None: None}
    return csv_text(
        header,
        (
            (
                look.at,
                look.a.name,
                look.b.name,
                look.distance,
                look.measure,
                look.threshold,
                verdicts[look.same],
                look.probability,
                look.step,
                look.note,
            )
            for look in looks
        ),
    )


def _file(run_dir: Path) -> Path:
    return run_dir / "evaluation" / "looked-at.json"
