"""The steps of a run as numbers to draw, without any widget."""

from collections.abc import Sequence

import numpy as np

from core.hyperparameters import Hyperparameters
from core.training.records import StepRecord
from explorer.panels.curve_lines import Line
from explorer.panels.loss_series import Column, Floats, LossSeries


class CurveData:
    """All steps of one run; a line's numbers are taken out of them when it is first looked at, and then as they come.

    What nobody looks at costs nothing, so that a run of 100,000 steps opens without a halt.
    """

    def __init__(self) -> None:
        self._records: list[StepRecord] = []
        self._steps, self._skipped = Column(), Column()
        self._series: dict[str, LossSeries] = {}
        self._balance: dict[str, Column] = {}
        """Weights that a balance of the tasks made, for the values of each series; NaN where there is none."""
        self._taken: dict[str, int] = {}
        self._weights: list[tuple[int, Hyperparameters]] = []

    def add(self, records: Sequence[StepRecord]) -> None:
        """Append steps, in their order."""
        self._records.extend(records)
        self._steps.extend(np.array([record.step for record in records], dtype=np.float64))
        self._skipped.extend(np.array([record.step for record in records if record.total is None], dtype=np.float64))

    @property
    def steps(self) -> Floats:
        """All steps [n], ascending."""
        return self._steps.values

    @property
    def skipped(self) -> Floats:
        """Steps whose update was left out because something in them was not finite."""
        return self._skipped.values

    def nearest(self, x: float) -> StepRecord | None:
        """The step nearest to a place on the axis; None where there is no step."""
        if not self._records:
            return None
        return self._records[int(np.abs(self._steps.values - x).argmin())]

    def set_weights(self, hyperparameters: Hyperparameters, after_step: int, lines: Sequence[Line]) -> None:
        """Learn the weights in force from the step after `after_step` on; earlier steps keep theirs."""
        kept = [change for change in self._weights if change[0] < after_step]
        self._weights = [*kept, (after_step, hyperparameters)]
        for line in lines:
            if (series := self._series.get(line.key)) is not None:
                series.set_weights(self._weights_at(series.steps, self._balance[line.key].values, line))

    def series(self, line: Line) -> LossSeries:
        """Steps and values of a line, as far as they were measured."""
        series = self._series.setdefault(line.key, LossSeries())
        balance = self._balance.setdefault(line.key, Column())
        taken = self._taken.get(line.key, 0)
        new = self._records[taken:]
        if new:
            values = line.read(new)
            present = ~np.isnan(values)
            steps = self._steps.values[taken:][present]
            balanced = line.balance(new)[present] if line.balance else np.full(len(steps), np.nan)
            balance.extend(balanced)
            series.extend(steps, values[present], self._weights_at(steps, balanced, line))
            self._taken[line.key] = len(self._records)
        return series

    def _weights_at(self, steps: Floats, balanced: Floats, line: Line) -> Floats:
        if line.weight is None:
            return np.ones(len(steps))
        return np.where(np.isnan(balanced), self._settings_at(steps, line.weight), balanced)

    def _settings_at(self, steps: Floats, weight: str) -> Floats:
        if not self._weights:
            return np.ones(len(steps))
        weights = np.array([getattr(hyperparameters, weight) for _, hyperparameters in self._weights])
        changed = np.array([after_step for after_step, _ in self._weights])
        return np.asarray(weights[np.maximum(np.searchsorted(changed, steps, side="left") - 1, 0)])
