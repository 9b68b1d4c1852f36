"""A data set and its split in the words of the window."""

from pathlib import Path

import numpy as np

from core.data.dataset import Dataset, Problem
from core.data.split import MANY_CLASSES, is_held_out
from core.data.tuples import FITTING_LOSSES, TupleKind, TupleList
from core.loss_specs import LOSS_SPECS, LossName
from core.training.records import DataSummary
from explorer import formats
from explorer.core_words import in_words
from explorer.translation import tr

DEFAULT_SHARE = {"open": 0.5, "closed": 0.2}
"""Held-out share where none is given."""
Plural = tuple[str, str, str]
"""What is said of none, of one and of many."""
_IMAGES: Plural = (tr("no images"), tr("1 image"), tr("{count} images"))
_CLASSES: Plural = (tr("no classes"), tr("1 class"), tr("{count} classes"))
_IDENTITIES: Plural = (tr("no identities"), tr("1 identity"), tr("{count} identities"))
_MASKS: Plural = (tr("no masks"), tr("1 mask"), tr("{count} masks"))
_PROBLEMS: Plural = (tr("no problems"), tr("1 problem"), tr("{count} problems"))
_TUPLES: dict[TupleKind, Plural] = {
    "pairs": (tr("no pairs"), tr("1 pair"), tr("{count} pairs")),
    "triplets": (tr("no triplets"), tr("1 triplet"), tr("{count} triplets")),
    "quadruplets": (tr("no quadruplets"), tr("1 quadruplet"), tr("{count} quadruplets")),
}
_TUPLE_NAMES: dict[TupleKind, str] = {
    "pairs": tr("pairs"),
    "triplets": tr("triplets"),
    "quadruplets": tr("quadruplets"),
}
_SHOWN_PROBLEMS = 10
_SHOWN_FACTS = 8
_LONGEST = 48


def counts(dataset: Dataset) -> str:
    """'1 797 images · 10 classes · 1 797 masks', or of a list '40 images · 12 identities · 60 pairs'."""
    images = _counted(len(dataset.samples), _IMAGES)
    if dataset.tuples is not None:
        return f"{images} · {_counted(len(dataset.classes), _IDENTITIES)} · {_tuple_counts(dataset.tuples)}"
    return f"{images} · {_counted(len(dataset.classes), _CLASSES)} · {_counted(dataset.masks, _MASKS)}"


def facts(dataset: Dataset, index: int) -> str:
    """What the columns of a data set say of an image, a line each: 'age: 3'; empty where they say nothing."""
    known = [(column.name, column.text(index)) for column in dataset.columns]
    lines = [f"{short(name)}: {short(text)}" for name, text in known if text]
    rest = len(lines) - _SHOWN_FACTS
    return "\n".join([*lines[:_SHOWN_FACTS], _more(rest)] if rest > 0 else lines)


def short(text: str) -> str:
    """A text that somebody wrote, on one line and not too long for a legend."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _tuple_counts(tuples: TupleList) -> str:
    listed = tuple_count(tuples.kind, len(tuples))
    if tuples.same is None:
        return listed
    genuine = int(tuples.same.sum())
    return tr("{listed} ({genuine} genuine, {count} impostor)").format(
        listed=listed, genuine=formats.count(genuine), count=formats.count(len(tuples) - genuine)
    )


def tuple_count(kind: TupleKind, number: int) -> str:
    """'60 pairs', '1 triplet'."""
    return _counted(number, _TUPLES[kind])


def split_sentence(split: str, holdout: float | Path | None, classes: int, listed: TupleKind | None = None) -> str:
    """What will be held out: 'closed set: 20 % of each class held out'.

    Parameters
    ----------
    split
        'auto', 'open' or 'closed'.
    holdout
        Share, file of class names, or None for the default.
    classes
        How many the data set has.
    listed
        What it lists in their place.
    """
    if listed is not None:
        return _listed_split(holdout, classes)
    if isinstance(holdout, Path):
        return tr("open set: the classes named in {name} held out, never trained on").format(name=holdout.name)
    kind = _kind(split, classes)
    percent = f"{100 * (holdout or DEFAULT_SHARE[kind]):.3g} %"
    if kind == "closed":
        return tr("closed set: {percent} of each class held out").format(percent=percent)
    return tr("open set: {percent} of the {classes} classes held out, never trained on").format(
        percent=percent, classes=formats.count(classes)
    )


def given_split_sentence(dataset: Dataset) -> str:
    """What a data set says itself is held out, empty where it does not: 'closed set: 40 images held out, as ... says'.

    The settings split and holdout do nothing then.
    """
    held_out = dataset.given_held_out
    if held_out is None:
        return ""
    unseen = np.setdiff1d(dataset.labels[held_out], dataset.labels[~held_out])
    kind = (
        tr("open set: {unseen} never trained on").format(unseen=_counted(len(unseen), _CLASSES))
        if len(unseen)
        else tr("closed set")
    )
    return tr("{kind}, {sum} held out, as {name} says").format(
        kind=kind, sum=_counted(int(held_out.sum()), _IMAGES), name=dataset.name
    )


def _listed_split(holdout: float | Path | None, identities: int) -> str:
    if isinstance(holdout, Path):
        held_out = tr("the identities named in {name}").format(name=holdout.name)
    else:
        held_out = tr("{value:.3g} % of the {identities} identities").format(
            value=100 * (holdout or DEFAULT_SHARE["open"]), identities=formats.count(identities)
        )
    return tr("open set: {held_out} held out, never trained on; judged by the listed pairs alone").format(
        held_out=held_out
    )


def split_result(summary: DataSummary) -> str:
    """What was held out: 'closed set · 8 images to train on, 4 held out'."""
    training, held_out = formats.count(summary.training_images), formats.count(summary.held_out_images)
    if summary.listed is not None:
        things = _counted(summary.held_out_classes, _IDENTITIES)
        training = tr("{listed} of {training}").format(
            listed=tuple_count(summary.listed, summary.training_tuples), training=training
        )
        held_out = tr("{listed} of {held_out}").format(
            listed=tuple_count(summary.listed, summary.held_out_tuples), held_out=held_out
        )
    else:
        things = _counted(summary.held_out_classes, _CLASSES)
    kind = tr("closed set")
    known = summary.training_classes + summary.held_out_classes - len(summary.classes)
    if summary.open_set and summary.listed is None and known > 0:
        kind = tr("open set: {things} held out, {known} of them trained on as well").format(
            things=things, known=formats.count(known)
        )
    elif summary.open_set:
        kind = tr("open set: {things} held out, never trained on").format(things=things)
    return tr("{kind} · {training} images to train on, {held_out} held out").format(
        kind=kind, training=training, held_out=held_out
    )


def split_caution(split: str, holdout: float | Path | None, classes: int, listed: TupleKind | None = None) -> str:
    """What speaks against a split, empty where nothing does; parameters as in `split_sentence`."""
    if listed is None:
        return few_classes_caution(split, holdout, classes)
    return (
        tr("A list of {listed} has no closed split: choose auto or open.").format(listed=_TUPLE_NAMES[listed])
        if split == "closed"
        else ""
    )


def loss_caution(loss: LossName, listed: TupleKind | None) -> str:
    """Which metric losses can be trained with a list, where this one cannot; else empty."""
    if listed is None or loss in FITTING_LOSSES[listed]:
        return ""
    fitting = tr(" or ").join(tr(LOSS_SPECS[name].label) for name in FITTING_LOSSES[listed])
    return tr("A list of {listed} is trained with the metric loss {fitting}: choose it.").format(
        listed=_TUPLE_NAMES[listed], fitting=fitting
    )


def few_classes_caution(split: str, holdout: float | Path | None, classes: int) -> str:
    """Why an open set of few classes disappoints, empty where there are enough; parameters as in `split_sentence`."""
    if isinstance(holdout, Path) or _kind(split, classes) == "closed":
        return ""
    trained = classes - int(is_held_out(classes, holdout or DEFAULT_SHARE["open"]).sum())
    if trained >= MANY_CLASSES:
        return ""
    return tr(
        "Only {trained} classes are left to train on: so few do not generalise to unseen classes. Add "
        "classes, or choose a closed set to judge known ones."
    ).format(trained=trained)


def _counted(number: int, words: Plural) -> str:
    none, one, many = words
    return many.format(count=formats.count(number)) if number > 1 else one if number else none


def _more(number: int) -> str:
    return tr("and {count} more").format(count=formats.count(number))


def _kind(split: str, classes: int) -> str:
    automatic = "open" if classes >= MANY_CLASSES else "closed"
    return automatic if split == "auto" else split


def problem_count(problems: tuple[Problem, ...]) -> str:
    """How many problems there are, empty for none."""
    return (
        tr("{problems} (point here, or see Data)").format(problems=_counted(len(problems), _PROBLEMS))
        if problems
        else ""
    )


def problem_list(problems: tuple[Problem, ...]) -> str:
    """The first problems, a line each."""
    lines = [f"{problem.where}: {in_words(problem.reason)}" for problem in problems[:_SHOWN_PROBLEMS]]
    rest = len(problems) - _SHOWN_PROBLEMS
    return "\n".join([*lines, _more(rest)] if rest > 0 else lines)
