"""Training in the test's own thread, with hands on the controls at chosen steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from core.config import RunConfig
from core.hyperparameters import Hyperparameters
from core.runs import Run
from core.training.controls import Controls
from core.training.mailbox import Log
from core.training.observer import Channels
from core.training.records import Event, Finished, StepRecord
from core.training.running import run_training

Plan = Mapping[int, Callable[[], object]]


class ScriptedLog(Log[StepRecord]):
    """Does what is planned for a step as soon as the step is done, before the next one begins."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan

    def append(self, item: StepRecord) -> None:
        super().append(item)
        if item.step in self._plan:
            self._plan[item.step]()


@dataclass
class Driven:
    """What a run left behind."""

    run: Run
    finished: Finished
    events: list[Event]
    records: list[StepRecord]
    channels: Channels

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


def drive(
    config: RunConfig,
    path: Path,
    plan: Callable[[Controls], Plan] = lambda controls: {},
    *,
    resume: bool = False,
    on_event: Callable[[Event, Controls], None] = lambda event, controls: None,
) -> Driven:
    """Train a run; `plan` says what happens after which step."""
    controls, events = Controls(), []

    def report(event: Event) -> None:
        events.append(event)
        on_event(event, controls)

    log = ScriptedLog(plan(controls))
    channels = Channels(report=report, records=log)
    finished = run_training(config, path, resume=resume, controls=controls, channels=channels)
    return Driven(Run.open(path), finished, events, log.since(0)[0], channels)


def checkpoint_tensors(run: Run, step: int | None = None) -> dict[str, Tensor]:
    """All tensors of a run's newest (or another) checkpoint."""
    return load_file(run.checkpoint_path(run.newest_checkpoint() if step is None else step))


TIMED = {"time", "seconds", "cls_gradient", "seg_gradient", "metric_gradient"}
"""What depends on the clock: when a step was made, and whether there was time to measure its gradients."""


def timeless(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines of metrics.jsonl without the keys that another run of the same steps may have otherwise."""
    return [{key: value for key, value in line.items() if key not in TIMED} for line in lines]


CHANGED = Hyperparameters(margin=0.5, beta=0.3, learning_rate=0.002, mining="random")
AGAIN = Hyperparameters(margin=0.1, alpha=0.0, learning_rate=0.004, mining="batch-hard")


def changing(controls: Controls) -> Plan:
    """Live changes after two of the steps."""
    return {3: lambda: controls.apply(CHANGED), 8: lambda: controls.apply(AGAIN)}


def changes(run: Run) -> list[tuple[Any, ...]]:
    """The live changes that a run's events tell of."""
    return [(line["step"], line["old"], line["new"]) for line in run.events() if line["event"] == "hyperparameters"]


def assert_same_run(one: Run, other: Run) -> None:
    """To the last bit: weights, moments, random state, metrics, changes, evaluation."""
    a, b = checkpoint_tensors(one), checkpoint_tensors(other)
    assert a.keys() == b.keys()
    differing = [name for name in a if not torch.equal(a[name], b[name])]
    assert not differing
    assert timeless(one.metrics()) == timeless(other.metrics())
    assert changes(one) == changes(other)
    assert one.evaluation() == other.evaluation()
    assert one.snapshot_steps()[-1] == other.snapshot_steps()[-1]
