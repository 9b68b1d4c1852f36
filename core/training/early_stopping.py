"""Early stopping: a run ends where its held-out figure no longer rises, with the weights of its best epoch."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.data.split import Split
from core.errors import InputError
from core.training.checkpoint import BestEpoch, Measure

OPTIMISTIC = (
    "the epoch to keep is chosen by the held-out part, so figures on the same part are optimistic; "
    "for figures to publish, evaluate on images that neither trained nor chose"
)
_MEASURES: tuple[Measure, ...] = ("auc", "classification_accuracy")
"""Figures of a look to judge an epoch by; the first one that there is holds for the whole run."""


class EarlyStopping:
    """Judges epochs by their look; what it knows goes into the checkpoint.

    Parameters
    ----------
    patience
        Epochs without a better figure after which the run ends; 0 to judge none.
    best
        What was known when the run was left.
    """

    def __init__(self, patience: int, best: BestEpoch) -> None:
        self._patience = patience
        self.best = best

    @property
    def ended(self) -> bool:
        """Whether the run is to end, because its figure has not risen for too long."""
        return self.best.since >= self._patience > 0

    def owes_a_look(self, step: int) -> bool:
        """Whether the epoch that ends with `step` is still to be judged."""
        return self._patience > 0 and self.best.judged < step

    def judge(self, step: int, figures: Mapping[str, Any]) -> None:
        """Take the figures of the epoch that ended with `step`; one without a figure is passed over."""
        best = self.best
        measure = best.measure or next((name for name in _MEASURES if figures[name] is not None), None)
        value = None if measure is None else figures[measure]
        changed: dict[str, Any] = {"judged": step, "measure": measure}
        if value is not None and (best.value is None or value > best.value):
            changed |= {"value": value, "step": step, "since": 0}
        elif value is not None:
            changed["since"] = best.since + 1
        self.best = best.model_copy(update=changed)

    def to_take_back(self, step: int) -> int | None:
        """Step of the best epoch, where the run is at a worse one and has not gone back yet."""
        worse = not self.best.kept and self.best.judged == step and self.best.step not in (0, step)
        return self.best.step if worse else None

    def keep(self) -> None:
        """Take note that the run has the weights of its best epoch."""
        self.best = self.best.model_copy(update={"kept": True})

    def in_words(self, steps_per_epoch: int) -> str:
        """What the best epoch was, in one sentence."""
        name = "AUC" if self.best.measure == "auc" else "classification accuracy"
        epoch = self.best.step // steps_per_epoch
        return f"the weights are those of epoch {epoch}, whose held-out {name} of {self.best.value:.4f} was the best"


def check_judgeable(split: Split, labels: NDArray[np.int64]) -> None:
    """Refuse early stopping where the held-out part tells no figure to judge an epoch by.

    Parameters
    ----------
    split
        Of the data.
    labels
        int64 [N], of the held-out images that each look is at.

    Raises
    ------
    InputError
        where classes are unknown to the model, and no two images are of one class, or all are.
    """
    if not split.open_set and len(labels):
        return
    tuples = split.held_out_tuples
    if tuples is not None:
        pairs = tuples.pairs()
        judgeable = bool(len(pairs.genuine) and len(pairs.impostor))
    else:
        _, counts = np.unique(labels, return_counts=True)
        judgeable = len(counts) > 1 and bool(counts.max() > 1)
    if not judgeable:
        raise InputError("patience: needs genuine and impostor pairs among the held-out images to judge an epoch by")
