"""A data set and its split in the words of the window."""

from pathlib import Path

from core.data.dataset import Dataset, Problem
from core.data.split import MANY_CLASSES, is_held_out
from explorer import formats

DEFAULT_SHARE = {"open": 0.5, "closed": 0.2}
"""Held-out share where none is given."""
_SHOWN_PROBLEMS = 10


def counts(dataset: Dataset) -> str:
    """'1 797 images · 10 classes · 1 797 masks'."""
    images = _counted(len(dataset.samples), "image", "images")
    classes = _counted(len(dataset.classes), "class", "classes")
    return f"{images} · {classes} · {_counted(dataset.masks, 'mask', 'masks')}"


def split_sentence(split: str, holdout: float | Path | None, classes: int) -> str:
    """What will be held out: 'closed set: 20 % of each class held out'.

    Parameters
    ----------
    split
        'auto', 'open' or 'closed'.
    holdout
        Share, file of class names, or None for the default.
    classes
        How many the data set has.
    """
    if isinstance(holdout, Path):
        return f"open set: the classes named in {holdout.name} held out, never trained on"
    kind = _kind(split, classes)
    percent = f"{100 * (holdout or DEFAULT_SHARE[kind]):.3g} %"
    if kind == "closed":
        return f"closed set: {percent} of each class held out"
    return f"open set: {percent} of the {formats.count(classes)} classes held out, never trained on"


def few_classes_caution(split: str, holdout: float | Path | None, classes: int) -> str:
    """Why an open set of few classes disappoints, empty where there are enough; parameters as in `split_sentence`."""
    if isinstance(holdout, Path) or _kind(split, classes) == "closed":
        return ""
    trained = classes - int(is_held_out(classes, holdout or DEFAULT_SHARE["open"]).sum())
    if trained >= MANY_CLASSES:
        return ""
    return (
        f"Only {trained} classes are left to train on: so few do not generalise to unseen classes. "
        "Add classes, or choose a closed set to judge known ones."
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{formats.count(number) if number else 'no'} {one if number == 1 else many}"


def _kind(split: str, classes: int) -> str:
    automatic = "open" if classes >= MANY_CLASSES else "closed"
    return automatic if split == "auto" else split


def problem_count(problems: tuple[Problem, ...]) -> str:
    """How many problems there are, empty for none."""
    return f"{_counted(len(problems), 'problem', 'problems')} (point here, or see Data)" if problems else ""


def problem_list(problems: tuple[Problem, ...]) -> str:
    """The first problems, a line each."""
    lines = [f"{problem.where}: {problem.reason}" for problem in problems[:_SHOWN_PROBLEMS]]
    rest = len(problems) - _SHOWN_PROBLEMS
    return "\n".join([*lines, f"and {formats.count(rest)} more"] if rest > 0 else lines)
