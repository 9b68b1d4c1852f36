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
    masks = f"{formats.count(dataset.masks)} masks" if dataset.masks else "no masks"
    return f"{formats.count(len(dataset.samples))} images · {formats.count(len(dataset.classes))} classes · {masks}"


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
    automatic = "open" if classes >= MANY_CLASSES else "closed"
    kind = automatic if split == "auto" else split
    share = DEFAULT_SHARE[kind] if holdout is None else holdout
    percent = f"{100 * share:.3g} %"
    if kind == "closed":
        return f"closed set: {percent} of each class held out"
    sentence = f"open set: {percent} of the {formats.count(classes)} classes held out, never trained on"
    trained = classes - int(is_held_out(classes, share).sum())
    return f"{sentence}; the {trained} others are few to generalise from" if trained < MANY_CLASSES else sentence


def problem_count(problems: tuple[Problem, ...]) -> str:
    """How many problems there are, empty for none."""
    number = len(problems)
    return f"{formats.count(number)} problem{'s' if number > 1 else ''} (point here for the list)" if number else ""


def problem_list(problems: tuple[Problem, ...]) -> str:
    """The first problems, a line each."""
    lines = [f"{problem.where}: {problem.reason}" for problem in problems[:_SHOWN_PROBLEMS]]
    rest = len(problems) - _SHOWN_PROBLEMS
    return "\n".join([*lines, f"and {formats.count(rest)} more"] if rest > 0 else lines)
