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
from core.losses.multi_task import TaskTerms, TaskWeights, sum_of_terms, task_terms
from core.models.multi_task import ModelOutput, MultiTaskModel
from core.training.averaging import AveragedWeights
from core.training.batches import Batch
from core.training.diagnostics import embedding_figures, first_not_finite, read_figures
from core.training.gradients import GradientMeter, gradient_norm
from core.training.listed_figures import listed_figures
from core.training.records import StepRecord
from core.training.schedule import schedule_factor
from core.training.timing import Stopwatch

TASKS = ("cls", "seg", "metric")
COUNTS = ("easy", "semi_hard", "hard")


@dataclass(frozen=True)
class _Step:
    """What a step holds until its figures are read."""

    output: ModelOutput
    terms: TaskTerms
    total: Tensor
    figures: dict[str, Tensor | None]
    """Scalars under the names of `StepRecord`."""


class Trainer:
    """Model, metric loss, balance and optimizer, and the step that joins them."""

    def __init__(
        self, model: MultiTaskModel, fabric: Fabric, config: RunConfig, *, total_steps: int, listed: bool = False
    ) -> None:
        self.model = model
        self.device = fabric.device
        self.mining_generator = torch.Generator(device=fabric.device).manual_seed(config.seed)
        # In float32 whatever the precision of the model: Fabric hands out its embeddings so.
        metric_loss = build_metric_loss(config, model.classes, self.mining_generator, listed=listed)
        self.metric_loss = metric_loss.to(fabric.device)
        self.balance = build_balance(config.balance, fabric.device)
        self.optimizer = torch.optim.AdamW(
            [*parameter_groups(model, config.weight_decay), *_own_groups(self.metric_loss, self.balance)],
            lr=1e-3,
            fused=True,
        )
        self.step_count = 0
        self.stopwatch = Stopwatch()
        self._config, self._fabric, self._total_steps = config, fabric, total_steps
        self._forward, self._optimizer = fabric.setup(model, self.optimizer)
        self.average = AveragedWeights(model, config.ema) if config.ema else None
        self._parameters = [parameter for group in self.optimizer.param_groups for parameter in group["params"]]
        self._shared = [parameter for parameter in model.backbone.parameters() if parameter.requires_grad]
        shared = {id(parameter) for parameter in self._shared}
        self._others = [parameter for parameter in self._parameters if id(parameter) not in shared]
        self._weighting = gradient_weighting(config.balance)
        self._meter = GradientMeter(self._shared, fabric.backward, fabric.device)

    @property
    def judged(self) -> MultiTaskModel:
        """The model that is looked at and given away: the averaged one where there is one."""
        return self.model if self.average is None else self.average.model

    def step(self, batch: Batch, hyperparameters: Hyperparameters) -> StepRecord:
        """Train on one batch with exactly these settings.

        Where a loss, or the gradient, is not finite, the weights stay as they were and the record says what it was.
        """
        self._forward.train()
        learning_rate = self._set_rates(hyperparameters)
        apply_settings(self.metric_loss, self._config.loss, hyperparameters)
        made = self._make(batch, hyperparameters)
        values = read_figures(made.figures)  # only now: reading waits for the device, which has had all its work
        fault = self._fault(made, values)
        if fault is None:
            self._optimizer.step()
            self.balance.observe([values[task] for task in TASKS])
        self.step_count += 1
        if self.average is not None:
            self.average.follow(self.step_count)
        return _record(
            values,
            step=self.step_count,
            epoch=batch.epoch,
            time=self.stopwatch.seconds,
            learning_rate=learning_rate,
            fault=fault,
        )

    def end_epoch(self) -> None:
        """Tell the balance that an epoch is over."""
        self.balance.end_epoch()

    def _set_rates(self, hyperparameters: Hyperparameters) -> float:
        """Give each group of parameters its rate at this step, and return that of the network."""
        config = self._config
        factor = schedule_factor(self.step_count, self._total_steps, config.schedule, config.warm_up)
        for group in self.optimizer.param_groups:
            group["lr"] = factor * getattr(hyperparameters, group["setting"])
        return factor * hyperparameters.learning_rate

    def _make(self, batch: Batch, hyperparameters: Hyperparameters) -> _Step:
        """Forward and backward pass; nothing of it is read off the device yet."""
        output = self._forward(batch.images, with_masks=batch.masks is not None)
        terms = self._terms(batch, output)
        weights = TaskWeights(hyperparameters.alpha, hyperparameters.beta, hyperparameters.gamma)
        weighted = self.balance(terms.values, weights)
        total = sum_of_terms(weighted, output)
        self._optimizer.zero_grad(set_to_none=True)
        pulls = self._backward(total, weighted, weights)
        figures = {
            "total": total,
            **_by_task("", terms.values),
            "active_fraction": None if terms.metric is None else terms.metric.active_share,
            **self._look_at(batch, output, terms, hyperparameters.margin),
            "gradient_norm": gradient_norm(self._parameters),
            **pulls,
        }
        return _Step(output, terms, total, figures)

    def _terms(self, batch: Batch, output: ModelOutput) -> TaskTerms:
        """Raw losses of a batch: the one place that knows what a batch says about its images."""
        terms = task_terms(
            output,
            labels=batch.labels,
            masks=batch.masks,
            has_mask=batch.has_mask,
            metric_loss=self.metric_loss,
        )
        if batch.tuples is None:
            return terms
        return terms._replace(metric=self.metric_loss(output.embedding, batch.tuples))

    def _look_at(self, batch: Batch, output: ModelOutput, terms: TaskTerms, margin: float) -> Mapping[str, Tensor]:
        """What the embeddings of a batch look like, as far as is known which are alike."""
        if batch.tuples is not None:
            return listed_figures(output.embedding, batch.tuples, self._config.distance, margin)
        return {} if terms.labelled is None else embedding_figures(*terms.labelled, self._config.distance, margin)

    def _backward(self, total: Tensor, weighted: Terms, weights: TaskWeights) -> dict[str, Tensor | None]:
        """Put the gradients in place; what is known of each task's part in them, as scalars on the device."""
        present = [place for place, term in enumerate(weighted) if term is not None]
        factors = self.balance.factors(self.device)
        if self._weighting is None or len(present) < 2:
            norms = self._meter.measure_if_due(weighted, self.stopwatch)
            self._fabric.backward(total)
        else:
            losses = [term for term in weighted if term is not None]
            weighed = weigh_gradients(losses, self._shared, self._others, self._weighting, self._fabric.backward)
            norms = [None] * len(TASKS)
            factors = torch.zeros(len(TASKS), device=self.device)
            for place, norm, factor in zip(present, weighed.norms, weighed.weights, strict=True):
                norms[place], factors[place] = norm, factor
        known = [None] * len(TASKS) if factors is None else (factors * factors.new_tensor(weights)).unbind()
        return {**_by_task("_gradient", norms), **_by_task("_weight", known)}

    def _fault(self, made: _Step, values: Mapping[str, float | None]) -> str | None:
        """What of a step is not finite; None where nothing is."""
        if all(math.isfinite(values[name] or 0.0) for name in ("total", "gradient_norm")):
            return None
        return first_not_finite(self._suspects(made)) or "the norm of the gradient is inf"

    def _suspects(self, made: _Step) -> Iterator[tuple[str, Tensor | None]]:
        """All that a step is made of, causes before effects."""
        modules = {"model": self.model, "loss": self.metric_loss, "balance": self.balance}
        named = [(f"{kind}.{name}", p) for kind, module in modules.items() for name, p in module.named_parameters()]
        yield from ((f"the weight {name}", parameter) for name, parameter in named)
        yield from ((f"the model's output {name}", value) for name, value in made.output._asdict().items())
        yield from ((f"the {task} loss", value) for task, value in zip(TASKS, made.terms.values, strict=True))
        yield "the total loss", made.total
        yield from ((f"the gradient of {name}", parameter.grad) for name, parameter in named)


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
