"""What is looked for in a data set behind the window."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from explorer.core_words import in_words

if TYPE_CHECKING:
    from core.config import RunConfig
    from core.data.dataset import Dataset
    from core.data.edit_file import Edits
    from core.data.findings import Finding, Parts
    from core.data.inspection import Inspection
    from explorer.bridge.long_work import StageWatcher, Work


@dataclass(frozen=True, eq=False)
class Sorted:
    """The images of a data set by part and by what was found."""

    parts: "Parts | None"
    """None where the data cannot be split as the settings say."""
    findings: "tuple[Finding, ...]"
    why_no_parts: str
    """One sentence; empty where there are parts."""


def inspection(dataset: "Dataset") -> "Work":
    """Look at all images; gives an Inspection."""

    def work(watcher: "StageWatcher") -> "Inspection":
        from core.data.inspection import inspect

        return inspect(dataset, watcher.staged)

    return work


def sorting(dataset: "Dataset", edits: "Edits", seen: "Inspection | None", config: "RunConfig") -> "Work":
    """Split the images as a run with this configuration would, and tell what is to be looked at; gives a Sorted."""

    def work(_watcher: "StageWatcher") -> Sorted:
        from core.data.edits import edited_labels
        from core.data.findings import findings

        edited = edited_labels(dataset, edits)
        parts, why = _parts(dataset, edits, seen, config)
        found = () if seen is None else findings(
            seen, edited.labels, parts, needed=config.samples_per_class, counted=~edited.excluded
        )  # fmt: skip
        return Sorted(parts, found, why)

    return work


def _parts(
    dataset: "Dataset", edits: "Edits", seen: "Inspection | None", config: "RunConfig"
) -> "tuple[Parts | None, str]":
    """Part of each listed image; those that are excluded are of none."""
    from core.data.edits import edited_labels, with_edits
    from core.data.findings import UNUSED, parts_of

    kept = np.flatnonzero(~edited_labels(dataset, edits).excluded)
    try:
        left = with_edits(dataset, edits, dataset.name)
        found = parts_of(left, config.split, config.holdout, None if seen is None else seen.readable[kept])
    except InputError as error:
        return None, in_words(str(error))
    parts = np.full(len(dataset.samples), UNUSED, np.int8)
    parts[kept] = found
    return parts, ""
