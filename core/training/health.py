"""Warnings about training that goes on but looks ill, from the records of its steps alone."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from core.config import TrainingDistance
from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_SPECS, LossName
from core.training.records import HealthWarning, StepRecord

STEPS = 20
"""In so many steps in a row a condition must hold before it is told."""
AT_MARGIN = 0.01
"""A loss within this share of the value it has at collapse sits at the margin."""
LINE = 1.2
"""Effective rank below which embeddings lie on a line."""
CLASSES_OFF_A_LINE = 4
"""Two or three classes may lie on a line and be apart; so many hardly do."""
CLOSE: dict[TrainingDistance, float] = {"cosine": 0.01, "squared-euclidean": 0.02, "euclidean": math.sqrt(0.02)}
"""Mean distance between classes, of unit vectors, below which all lie in one place: an angle of 8 degrees."""

_COLLAPSED: dict[LossName, Callable[[float], float]] = {
    "triplet": lambda margin: margin,
    "soft-triplet": lambda margin: math.log1p(math.exp(margin)),
    "quadruplet": lambda margin: 1.5 * margin,
    "contrastive": lambda margin: margin,
    "contrastive-squared": lambda margin: margin * margin,
}
"""The loss of embeddings that all lie in one place, by the margin."""


@dataclass(frozen=True)
class _Condition:
    """Something that looks ill while it holds."""

    holds: Callable[[StepRecord, Hyperparameters], bool]
    seen: Callable[[StepRecord, Hyperparameters], str]
    advice: str


class HealthMonitor:
    """Told of each step, it says what looks ill: once, until that has gone and come back.

    Parameters
    ----------
    loss
        The metric loss.
    distance
        Trained with.
    classes
        Number of training classes; 0 where tuples are listed in their place.
    """

    def __init__(self, loss: LossName, distance: TrainingDistance, classes: int) -> None:
        self._conditions = _conditions(loss, distance, classes)
        self._held = [0] * len(self._conditions)
        """For how many steps up to the last one each condition has held."""

    def observe(self, record: StepRecord, hyperparameters: Hyperparameters) -> list[HealthWarning]:
        """What is to be told after this step; a skipped step tells nothing."""
        if record.total is None or hyperparameters.gamma == 0:
            return []
        warnings = []
        for place, condition in enumerate(self._conditions):
            self._held[place] = self._held[place] + 1 if condition.holds(record, hyperparameters) else 0
            if self._held[place] == STEPS:
                seen = condition.seen(record, hyperparameters)
                warnings.append(HealthWarning(record.step, f"For {STEPS} steps {seen}.", condition.advice))
        return warnings


def _conditions(loss: LossName, distance: TrainingDistance, classes: int) -> list[_Condition]:
    """Those that can be told from this loss on so many classes."""
    mined = LOSS_SPECS[loss].mined and classes > 0  # of a list nothing is mined
    found = [_in_one_place(CLOSE[distance], mined)]
    if classes >= CLASSES_OFF_A_LINE:
        found.append(_on_a_line())
    if loss in _COLLAPSED:
        found.append(_at_the_margin(_COLLAPSED[loss], mined))
    if mined:
        found.append(_nothing_semi_hard())
    return found


def _at_the_margin(collapsed: Callable[[float], float], mined: bool) -> _Condition:
    def holds(record: StepRecord, live: Hyperparameters) -> bool:
        if record.metric is None or live.margin == 0:
            return False
        value = collapsed(live.margin)
        return abs(record.metric - value) <= AT_MARGIN * value

    return _Condition(
        holds,
        lambda record, live: (
            f"the metric loss has sat at {record.metric:.4f}, its value at margin {live.margin:g} "
            "when all images are embedded in one place"
        ),
        "Lower the learning rate or the margin"
        + (", choose semi-hard mining in place of hard or batch-hard" if mined else "")
        + ", or give classification more weight α.",
    )


def _nothing_semi_hard() -> _Condition:
    return _Condition(
        lambda record, live: live.mining == "semi-hard" and record.semi_hard == 0 and bool(record.hard),
        lambda record, live: (
            f"semi-hard mining has found no triplet, although {record.hard} of the last batch are hard"
        ),
        "Choose mining 'all' or 'hard' until semi-hard triplets come back, or raise the margin.",
    )


def _in_one_place(close: float, mined: bool) -> _Condition:
    return _Condition(
        lambda record, live: record.mean_d_an is not None and record.mean_d_an < close,
        lambda record, live: f"images of different classes have been {record.mean_d_an:.2g} apart on average, almost 0",
        "The embeddings have collapsed, unless they part again within an epoch: lower the learning rate"
        + (", choose mining 'all' or 'semi-hard'" if mined else "")
        + ", or give classification more weight α; where that does not part them, start again.",
    )


def _on_a_line() -> _Condition:
    return _Condition(
        lambda record, live: record.effective_rank is not None and record.effective_rank < LINE,
        lambda record, live: f"the embeddings have lain on a line (effective rank {record.effective_rank:.2f})",
        "Lower the learning rate, or give classification more weight α; batches of more classes help as well.",
    )
