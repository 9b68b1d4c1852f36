"""Where the time of a step goes: laps between moments, which on a GPU are told late so that nobody waits for it."""

import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import torch

from core.training.records import PHASES, StepSeconds

TELL_EVERY = 0.5
"""Seconds of training between two records that say where the time went, at least."""


class _OnClock:
    """A moment of the CPU, with what is used of a CUDA event's interface."""

    def __init__(self) -> None:
        self._at = time.perf_counter()

    def elapsed_time(self, later: "_OnClock") -> float:
        """Milliseconds to a later moment."""
        return 1e3 * (later._at - self._at)


class StepClock:
    """Notes when each phase of one step ends; on CUDA by events, which cost the device next to nothing."""

    def __init__(self, device: torch.device) -> None:
        self._cuda = device.type == "cuda"
        self._moments: list[tuple[str | None, Any]] = [(None, self._now())]

    def lap(self, phase: str | None) -> None:
        """All since the last lap belonged to `phase`, one of `PHASES`; None for what is no part of training."""
        self._moments.append((phase, self._now()))

    def seconds(self) -> dict[str, float]:
        """Seconds by phase; waits until the device has done the step."""
        if self._cuda:
            self._moments[-1][1].synchronize()
        spent: defaultdict[str, float] = defaultdict(float)
        for (_, before), (phase, after) in zip(self._moments, self._moments[1:], strict=False):
            if phase is not None:
                spent[phase] += before.elapsed_time(after) / 1e3
        return spent

    def _now(self) -> Any:
        if not self._cuda:
            return _OnClock()
        event = torch.cuda.Event(enable_timing=True)  # type: ignore[no-untyped-call]
        event.record()
        return event


class StepTimes:
    """Gathers the seconds of steps, and tells their mean now and then."""

    def __init__(self) -> None:
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._steps = 0
        self._told_at = 0.0

    def add(self, phases: Mapping[str, float], steps: int = 1) -> None:
        """Add seconds by phase, of so many steps."""
        for phase, seconds in phases.items():
            self._spent[phase] += seconds
        self._steps += steps

    def tell(self, training_seconds: float) -> StepSeconds | None:
        """The mean of the steps since it was last told, where that is long enough ago by the clock of training."""
        if not self._steps or training_seconds - self._told_at < TELL_EVERY:
            return None
        told = StepSeconds(**{phase: self._spent[phase] / self._steps for phase in PHASES})
        self._spent.clear()
        self._steps, self._told_at = 0, training_seconds
        return told
