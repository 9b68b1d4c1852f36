"""One training step: forward, losses, backward, update. Plain code without threads."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from core.config import RunConfig
from core.hyperparameters import Hyperparameters
from core.losses.balance import Terms, build_balance
from core.losses.build import apply_settings, build_metric_loss
from core.losses.gradient_balance import gradient_weighting, weigh_gradients
from core.losses.multi_task import TaskTerms, TaskWeights, rows_of, sum_of_terms, task_terms
from core.losses.value import LossValue
from core.models.multi_task import ModelOutput, MultiTaskModel
from core.training.averaging import AveragedWeights
from core.training.batches import Batch
from core.training.compiling import CompileCost, compiled, compiling
from core.training.diagnostics import FigureReading, embedding_figures, first_not_finite
from core.training.gradients import GradientMeter, gradient_norm
from core.training.listed_figures import listed_figures
from core.training.orders import EpochOrder, StepOrder
from core.training.parts import PartedStep, Passed, statistics_notes
from core.training.records import StepRecord
from core.training.schedule import schedule_factor
from core.training.sharding import own_part
from core.training.step_clock import StepClock, StepTimes
from core.training.timing import Stopwatch
from core.training.world import World

TASKS = ("cls", "seg", "metric")
COUNTS = ("easy", "semi_hard", "hard")


@dataclass(frozen=True)
class _Step:
    """What a step holds until its figures are read."""

    number: int
    epoch: int
    learning_rate: float
    passed: Passed
    gradients: Mapping[int, Tensor | None]
    """By the id of their parameter: the next step makes new ones."""
    reading: FigureReading
    clock: StepClock


class Trainer:
    """Model, metric loss, balance and optimizer, and the step that joins them.

    On a GPU the figures of a step are read while the next one is under way, so that the GPU need not wait for the CPU
    in between: `advance` gives each record one step late, and `flush` the last one. `deferred` says so for any device.
    """

    def __init__(
        self,
        model: MultiTaskModel,
        fabric: Fabric,
        config: RunConfig,
        *,
        total_steps: int,
        listed: bool = False,
        world: World | None = None,
        deferred: bool | None = None,
    ) -> None:
        self.model = model
        self.device = fabric.device
        self.world = world or World()
        self.mining_generator = torch.Generator(device=fabric.device).manual_seed(config.seed)
        # In float32 even where the model computes in bf16: Fabric hands out its embeddings so.
        dtype = torch.float64 if config.precision == "64" else torch.float32
        metric_loss = build_metric_loss(config, model.classes, self.mining_generator, listed=listed)
        self.metric_loss = metric_loss.to(fabric.device, dtype)
        self.balance = build_balance(config.balance, fabric.device)
        if config.balance == "uncertainty":
            self.balance.to(dtype)
        self.sharded = config.strategy == "fsdp" and self.world.size > 1
        """Whether each process has a share of the weights only."""
        self.looked_at: MultiTaskModel | None = None
        """The judged model in one piece, while processes that share it out look at images with it."""
        self._forward = fabric.setup_module(compiled(model) if config.compile else model)
        # Sharding has made other parameters.
        groups = [*parameter_groups(model, config.weight_decay), *_own_groups(self.metric_loss, self.balance)]
        self.optimizer = torch.optim.AdamW(groups, lr=1e-3, fused=True)
        self._optimizer: torch.optim.Optimizer = fabric.setup_optimizers(self.optimizer)  # type: ignore[assignment]
        self.step_count, self.micro_batch = 0, config.micro_batch
        self.stopwatch, self.times = Stopwatch(), StepTimes()
        self._config, self._fabric, self._total_steps = config, fabric, total_steps
        deferrable = fabric.device.type == "cuda" and not self.sharded  # sharded weights take no `found_inf`
        self._deferred = deferrable if deferred is None else deferred
        self._pending: _Step | None = None
        self._compile_cost = CompileCost() if config.compile else None
        self._notes = statistics_notes(model, config.micro_batch, self.world, fabric.device)
        self.average = AveragedWeights(model, config.ema) if config.ema else None
        self._parameters = [parameter for group in self.optimizer.param_groups for parameter in group["params"]]
        self._shared = [parameter for parameter in model.backbone.parameters() if parameter.requires_grad]
        shared = {id(parameter) for parameter in self._shared}
        self._others = [parameter for parameter in self._parameters if id(parameter) not in shared]
        self._weighting = gradient_weighting(config.balance)
        self._meter = GradientMeter(self._shared, fabric.backward, fabric.device, self.world.average)
        self._parted = PartedStep(
            model=model,
            forward=self._forward,
            fabric=fabric,
            world=self.world,
            metric_loss=self.metric_loss,
            metric=self._metric,
            balance=self.balance,
            weighting=self._weighting,
            meter=self._meter,
            shared=self._shared,
            heads=[p for p in model.parameters() if p.requires_grad and id(p) not in shared],
            sharded=self.sharded,
        )

    @property
    def judged(self) -> MultiTaskModel:
        """The model that is looked at and given away: the averaged one where there is one."""
        return self.model if self.average is None else self.average.model

    def step(self, batch: Batch, hyperparameters: Hyperparameters) -> StepRecord:
        """Train on one batch with exactly these settings, and wait for its record.

        Where a loss, or the gradient, is not finite, the weights stay as they were and the record says what it was.
        """
        return (*self.advance(batch, hyperparameters), *self.flush())[-1]

    def advance(self, batch: Batch, hyperparameters: Hyperparameters) -> tuple[StepRecord, ...]:
        """As `step`, but with the records that are ready: of the step before, where reading is deferred."""
        self.world.tell(StepOrder(hyperparameters))
        before, self._pending = self._pending, self._begin(batch, hyperparameters)
        if not self._deferred:
            return self.flush()
        return () if before is None else (self._end(before),)

    def flush(self) -> tuple[StepRecord, ...]:
        """The records that `advance` has not given yet."""
        pending, self._pending = self._pending, None
        return () if pending is None else (self._end(pending),)

    def end_epoch(self) -> None:
        """Tell the balance that an epoch is over; all its records must have been given."""
        self.world.tell(EpochOrder())
        self.balance.end_epoch()

    def take_notes(self) -> list[str]:
        """What a user should know that has come up since the last call."""
        notes, self._notes = self._notes, []
        return notes

    def _begin(self, batch: Batch, hyperparameters: Hyperparameters) -> _Step:
        """All of a step that waits for no figure: everything, where reading is deferred."""
        self._forward.train()
        learning_rate = self._set_rates(hyperparameters)
        apply_settings(self.metric_loss, self._config.loss, hyperparameters)
        self._optimizer.zero_grad(set_to_none=True)
        clock = StepClock(self.device)
        with compiling(self._config.compile):
            passed = self._pass(batch, hyperparameters, clock)
        figures = self._figures(batch, passed, hyperparameters)
        gradients = {id(parameter): parameter.grad for parameter in self._parameters}
        reading = FigureReading(figures)
        clock.lap("loss")
        self.step_count += 1
        step = _Step(self.step_count, batch.epoch, learning_rate, passed, gradients, reading, clock)
        if self._deferred:
            norm = figures["gradient_norm"]
            self._update(step, ~(passed.total if norm is None else passed.total + norm).isfinite())
        return step

    def _end(self, step: _Step) -> StepRecord:
        """Read the figures of a step, and make the update that waited for them."""
        values = step.reading.values()
        fault = self._fault(step, values)
        if not self._deferred:
            self._update(step, fault is not None)
        if fault is None:
            self.balance.observe([values[task] for task in TASKS])
        spent = step.clock.seconds()
        self.times.add(spent)
        if self._compile_cost is not None:
            self._notes += self._compile_cost.observe(sum(spent.values()))
        seconds = self.stopwatch.seconds
        return _record(
            values,
            step=step.number,
            epoch=step.epoch,
            time=seconds,
            learning_rate=step.learning_rate,
            fault=fault,
            seconds=self.times.tell(seconds),
        )

    def _update(self, step: _Step, faulty: Tensor | bool) -> None:
        """Make the optimizer's step, unless there is a fault: the device may be the only one that knows yet."""
        if isinstance(faulty, Tensor):
            self.optimizer.found_inf = faulty.float()  # type: ignore[attr-defined]  # what fused AdamW looks at
            self._optimizer.step()
        elif not faulty:
            self._optimizer.step()
        if self.average is not None:
            self.average.follow(step.number)
        step.clock.lap("optimizer")

    def _set_rates(self, hyperparameters: Hyperparameters) -> float:
        """Give each group of parameters its rate at this step, and return that of the network."""
        config = self._config
        factor = schedule_factor(self.step_count, self._total_steps, config.schedule, config.warm_up)
        for group in self.optimizer.param_groups:
            group["lr"] = factor * getattr(hyperparameters, group["setting"])
        return factor * hyperparameters.learning_rate

    def _pass(self, batch: Batch, hyperparameters: Hyperparameters, clock: StepClock) -> Passed:
        """Forward and backward pass; nothing of it is read off the device yet."""
        weights = _weights(hyperparameters)
        if self.world.size > 1 or len(batch.parts(self.micro_batch)) > 1:
            return self._parted.run(batch, self.micro_batch, weights, self.stopwatch, clock)
        images, masks = batch.load(batch.own, clock)
        output = self._forward(images, with_masks=masks is not None)
        clock.lap("forward")
        terms = self._terms(batch, output, masks)
        weighted = self.balance(terms.values, weights)
        total = sum_of_terms(weighted, output)
        clock.lap("loss")
        norms, factors = self._backward(total, weighted, clock)
        clock.lap("backward")
        return Passed(output, terms, total, norms, factors)

    def _terms(self, batch: Batch, output: ModelOutput, masks: Tensor | None) -> TaskTerms:
        """Raw losses of a whole batch: the one place that knows what a batch says about its images."""
        terms = task_terms(
            output,
            labels=batch.labels,
            masks=masks,
            has_mask=batch.has_mask,
            metric_loss=self.metric_loss,
            known=batch.known_in(batch.own),
        )
        if batch.tuples is None:
            return terms
        return terms._replace(metric=self._metric(output.embedding, batch)[0])

    def _metric(self, embeddings: Tensor, batch: Batch) -> tuple[LossValue | None, tuple[Tensor, Tensor] | None]:
        """Metric loss of all embeddings of a batch, and those whose class is known, with their labels."""
        if batch.tuples is not None:
            return self.metric_loss(embeddings, batch.tuples), None
        if not batch.labelled.any():
            return None, None
        rows = batch.known_in(slice(0, len(batch.rows))).labels
        labelled = rows_of(embeddings, rows), rows_of(batch.labels, rows)
        return self.metric_loss(*labelled), labelled

    def _figures(self, batch: Batch, passed: Passed, hyperparameters: Hyperparameters) -> dict[str, Tensor | None]:
        """Scalars on the device under the names of `StepRecord`."""
        terms = passed.terms
        factors = [None] * len(TASKS) if passed.factors is None else passed.factors.unbind()
        weights = _weights(hyperparameters)
        return {
            "total": passed.total,
            **_by_task("", terms.values),
            "active_fraction": None if terms.metric is None else terms.metric.active_share,
            **self._look_at(batch, passed.output, terms, hyperparameters.margin),
            "gradient_norm": gradient_norm(self._parameters),
            **_by_task("_gradient", passed.norms),
            **_by_task("_weight", [None if f is None else f * w for f, w in zip(factors, weights, strict=True)]),
        }

    def _look_at(self, batch: Batch, output: ModelOutput, terms: TaskTerms, margin: float) -> Mapping[str, Tensor]:
        """What the embeddings of a batch look like, as far as is known which are alike."""
        if batch.tuples is not None:
            return listed_figures(output.embedding, batch.tuples, self._config.distance, margin)
        return {} if terms.labelled is None else embedding_figures(*terms.labelled, self._config.distance, margin)

    def _backward(
        self, total: Tensor, weighted: Terms, clock: StepClock
    ) -> tuple[Sequence[Tensor | None], Tensor | None]:
        """Put the gradients in place; norms of the tasks' own and factors on the sliders, as in `Passed`."""
        present = [place for place, term in enumerate(weighted) if term is not None]
        if self._weighting is None or len(present) < 2:
            factors = self.balance.factors(self.device)
            norms = self._meter.measure_if_due(weighted, self.stopwatch)
            clock.lap(None)
            self._fabric.backward(total)
            return norms, factors
        losses = [term for term in weighted if term is not None]
        weighed = weigh_gradients(losses, self._shared, self._others, self._weighting, self._fabric.backward)
        norms = [None] * len(TASKS)
        factors = torch.zeros(len(TASKS), device=self.device)
        for place, norm, factor in zip(present, weighed.norms, weighed.weights, strict=True):
            norms[place], factors[place] = norm, factor
        return norms, factors

    def _fault(self, step: _Step, values: Mapping[str, float | None]) -> str | None:
        """What of a step is not finite; None where nothing is."""
        if all(math.isfinite(values[name] or 0.0) for name in ("total", "gradient_norm")):
            return None
        found = first_not_finite((name, None if t is None else own_part(t)) for name, t in self._suspects(step))
        return found or f"the norm of the gradient is {values['gradient_norm']}"

    def _suspects(self, step: _Step) -> Iterator[tuple[str, Tensor | None]]:
        """All that a step is made of, causes before effects."""
        modules = {"model": self.model, "loss": self.metric_loss, "balance": self.balance}
        named = [(f"{kind}.{name}", p) for kind, module in modules.items() for name, p in module.named_parameters()]
        made = step.passed
        yield from ((f"the weight {name}", parameter) for name, parameter in named)
        yield from ((f"the model's output {name}", value) for name, value in made.output._asdict().items())
        yield from ((f"the {task} loss", value) for task, value in zip(TASKS, made.terms.values, strict=True))
        yield "the total loss", made.total
        yield from ((f"the gradient of {name}", step.gradients.get(id(parameter))) for name, parameter in named)


def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Weights that decay, and those that should not: biases and the scales of norms."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    setting = "learning_rate"
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay, "setting": setting},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0, "setting": setting},
    ]


def _own_groups(metric_loss: nn.Module, balance: nn.Module) -> list[dict[str, Any]]:
    """What the loss and the balance learn themselves, with the live setting that is its learning rate."""
    groups = [
        {"params": list(metric_loss.parameters()), "weight_decay": 0.0, "setting": "class_learning_rate"},
        {"params": list(balance.parameters()), "weight_decay": 0.0, "setting": "learning_rate"},
    ]
    return [group for group in groups if group["params"]]


def _weights(hyperparameters: Hyperparameters) -> TaskWeights:
    return TaskWeights(hyperparameters.alpha, hyperparameters.beta, hyperparameters.gamma)


def _by_task(suffix: str, values: Sequence[Tensor | None]) -> dict[str, Tensor | None]:
    return {task + suffix: value for task, value in zip(TASKS, values, strict=True)}


def _record(values: Mapping[str, float | None], *, fault: str | None, **others: Any) -> StepRecord:
    """The record of a step; what is not finite is unknown."""
    known: dict[str, Any] = {
        name: value if value is not None and math.isfinite(value) else None for name, value in values.items()
    }
    known |= {name: int(known[name]) for name in COUNTS if known.get(name) is not None}
    known |= {"total": None} if fault else {}
    return StepRecord(**known, fault=fault, **others)
