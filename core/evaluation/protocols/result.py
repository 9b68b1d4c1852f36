"""What a protocol reports."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from core.evaluation.curve import VerificationCurve


@dataclass(frozen=True)
class ProtocolPart:
    """One fold, run or episode."""

    name: str
    value: float
    """Of the figure that the protocol reports."""
    threshold: float | None
    """The largest distance that is accepted, -inf where nothing is; None where none is needed."""
    trials: int
    """Decisions that the value is the mean of."""

    def to_json(self) -> dict[str, Any]:
        """The object that stands in `parts` of `protocol --json`; a threshold of -inf is null."""
        shown = self.threshold is not None and math.isfinite(self.threshold)
        return asdict(self) | {"threshold": self.threshold if shown else None}


@dataclass(frozen=True, eq=False)
class ProtocolResult:
    """The mean of a figure over the parts of a protocol, each of which counts alike."""

    name: str
    """'lfw', 'pairs', 'one-shot' or 'episodes'"""
    figure: str
    """What `mean` is: 'accuracy', the share of decisions that are right."""
    mean: float
    standard_error: float | None
    """s / sqrt(n) over the parts, with s their sample standard deviation; None where there is but one."""
    chance: float | None
    """What guessing would give; None where that depends on the pairs."""
    parts: tuple[ProtocolPart, ...]
    curve: VerificationCurve | None = None
    """Over all pairs of the protocol; None where it is not about pairs."""
    interval: tuple[float, float] | None = None
    """mean ± 1.96 standard errors, where the parts are independent draws; None elsewhere."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Further figures by name, such as 'tpr', 'fpr', 'error'."""
    settings: Mapping[str, int | float | str] = field(default_factory=dict)
    """What it was run with, such as the distance and the seed."""
    warnings: tuple[str, ...] = ()
    """What to know before relying on the figures, a sentence each."""

    def to_json(self) -> dict[str, Any]:
        """The object that `protocol --json` prints."""
        return {
            "protocol": self.name,
            "figure": self.figure,
            "mean": self.mean,
            "standard_error": self.standard_error,
            "interval": self.interval,
            "chance": self.chance,
            **self._curve_figures(),
            **self.figures,
            "settings": dict(self.settings),
            "parts": [part.to_json() for part in self.parts],
            "warnings": list(self.warnings),
        }

    def _curve_figures(self) -> dict[str, float | int]:
        if self.curve is None:
            return {}
        return {
            "auc": self.curve.auc,
            "eer": self.curve.eer,
            "genuine_pairs": self.curve.genuine_pairs,
            "impostor_pairs": self.curve.impostor_pairs,
        }


def mean_and_error(values: Sequence[float]) -> tuple[float, float | None]:
    """Mean of the parts' values, and its standard error: sample standard deviation / sqrt(n), None for one part.

    Raises
    ------
    ValueError
        where there is no value.
    """
    if not values:
        raise ValueError("values: must hold at least one, found none")
    count = len(values)
    mean = math.fsum(values) / count
    if count == 1:
        return mean, None
    variance = math.fsum((value - mean) ** 2 for value in values) / (count - 1)
    return mean, math.sqrt(variance / count)
