"""A step whose batch goes through the network in parts: micro-batches of one process, or the shares of many.

The losses are those of the whole batch all the same. Embeddings are gathered first, without a graph; the metric loss
of all of them gives each its gradient, which goes back through the network part by part. Classification and
segmentation are means over the whole batch's labelled images, so each part adds its own sum, divided by the count of
all. Why so: docs/adr/0027.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import NamedTuple

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.modules.batchnorm import _BatchNorm

from core.distances import widest_dtype
from core.losses.balance import FixedBalance, Terms
from core.losses.gradient_balance import Weighting, added, gradients_of, put_weighed
from core.losses.multi_task import TaskTerms, TaskWeights, rows_of, sum_of_terms
from core.losses.segmentation import segmentation_loss
from core.losses.value import LossValue, full_precision
from core.models.backbones import normalises_by_batch
from core.models.multi_task import ModelOutput, MultiTaskModel
from core.training.batches import Batch
from core.training.gradients import GradientMeter
from core.training.random_state import RandomState
from core.training.step_clock import StepClock
from core.training.timing import Stopwatch
from core.training.world import World


class Passed(NamedTuple):
    """What is known of a batch that went forth and back; the gradients are in place."""

    output: ModelOutput
    terms: TaskTerms
    total: Tensor
    norms: Sequence[Tensor | None]
    """Of each task's gradient on the backbone, where it was measured."""
    factors: Tensor | None
    """[3], by what each task's slider was multiplied; None where nothing but sliders weighs."""


@dataclass(frozen=True)
class PartedStep:
    """Forward and backward pass of a batch in parts."""

    model: MultiTaskModel
    forward: Callable[..., ModelOutput]
    """The model as Fabric has set it up."""
    fabric: Fabric
    world: World
    metric_loss: nn.Module
    metric: Callable[[Tensor, Batch], tuple[LossValue | None, tuple[Tensor, Tensor] | None]]
    """Takes the embeddings of a whole batch; also gives those with a label, and their labels."""
    balance: FixedBalance
    weighting: Weighting | None
    meter: GradientMeter
    shared: Sequence[nn.Parameter]
    """Parameters of the backbone."""
    heads: Sequence[nn.Parameter]
    sharded: bool
    """Whether the backward pass of each part brings the gradients together, and leaves a share of them here."""

    def run(self, batch: Batch, size: int, weights: TaskWeights, stopwatch: Stopwatch, clock: StepClock) -> Passed:
        """Put the gradients of a batch in place, `size` images at once; 0 for all that this process loads.

        All gradients must be None before.
        """
        factors = self._factors(batch, weights)
        measurable = self.weighting is None and not self.sharded
        measured = measurable and self.world.decide(self.meter.due(stopwatch))
        # Only then every parameter gets one gradient on every process, which is what they wait for one another for.
        plain = self.weighting is None and not measured and self._all_count(factors)
        passes = _Passes(self, batch, batch.parts(size), clock, plain)
        embeddings = self.world.gather(passes.embeddings()).requires_grad_()
        metric, labelled = self.metric(embeddings, batch)
        pull = self._pull(embeddings, metric, factors)
        summed, found = self._back(passes, batch, factors, pull, stopwatch if measured else None)
        cls, seg = (
            value if present else None for value, present in zip(summed, _present(batch, self.model)[:2], strict=True)
        )
        terms = TaskTerms(cls, seg, metric, labelled)
        weighted = self.balance(_without_graph(terms.values), weights)
        output = passes.last._replace(embedding=embeddings)
        total = sum_of_terms(weighted, output)
        if any(parameter.requires_grad for parameter in self.balance.parameters()):
            total.backward()  # type: ignore[no-untyped-call]
        own = [p.grad for p in (*self.metric_loss.parameters(), *self.balance.parameters()) if p.grad is not None]
        self.world.average(own)
        return self._known(output, terms, total.detach(), factors, weighted, found, plain)

    def _known(
        self,
        output: ModelOutput,
        terms: TaskTerms,
        total: Tensor,
        factors: Terms,
        weighted: Terms,
        found: list[list[Tensor | None]],
        plain: bool,
    ) -> Passed:
        norms: list[Tensor | None] = self.meter.norms(weighted)
        present = [place for place, factor in enumerate(factors) if factor is not None]
        if self.weighting is None or len(present) < 2:
            if not (plain or self.sharded):
                self.world.average([p.grad for p in self.model.parameters() if p.grad is not None])
            return Passed(output, terms, total, norms, self.balance.factors(total.device))
        for gradients in found:
            self.world.average([gradient for gradient in gradients if gradient is not None])
        weighed = put_weighed(found, self.shared, self.heads, self.weighting)
        weights = torch.zeros(len(factors), device=total.device)
        for place, norm, weight in zip(present, weighed.norms, weighed.weights, strict=True):
            norms[place], weights[place] = norm, weight
        return Passed(output, terms, total, norms, weights)

    def _factors(self, batch: Batch, weights: TaskWeights) -> Terms:
        """By what each task's loss is multiplied in the total, None where it is left out: all balances are linear."""
        device = batch.labels.device
        ones = [
            torch.ones((), dtype=widest_dtype(device), device=device, requires_grad=True) if present else None
            for present in _present(batch, self.model)
        ]
        weighted = self.balance(tuple(ones), weights)
        counted = [place for place, term in enumerate(weighted) if term is not None]
        found: list[Tensor | None] = [None] * len(ones)
        if counted:
            summed = torch.stack([term for term in weighted if term is not None]).sum()
            slopes = torch.autograd.grad(summed, [one for place in counted if (one := ones[place]) is not None])
            for place, slope in zip(counted, slopes, strict=True):
                found[place] = slope
        cls, seg, metric = found
        return cls, seg, metric

    def _all_count(self, factors: Terms) -> bool:
        heads = (self.model.classification, self.model.decoder, self.model.embedding)
        return all(head is None or factor is not None for head, factor in zip(heads, factors, strict=True))

    def _pull(self, embeddings: Tensor, metric: LossValue | None, factors: Terms) -> Tensor | None:
        """Gradient of the weighted metric loss on all embeddings [B, D]; that of its own vectors is put in place."""
        if metric is not None and factors[2] is not None:
            (factors[2].to(metric.value) * metric.value).backward()  # type: ignore[no-untyped-call]
            return embeddings.grad
        nothing_counts = all(factor is None for factor in factors)
        return torch.zeros_like(embeddings) if nothing_counts else None

    def _back(
        self, passes: "_Passes", batch: Batch, factors: Terms, pull: Tensor | None, stopwatch: Stopwatch | None
    ) -> tuple[Tensor, list[list[Tensor | None]]]:
        """Bring each part's gradients to the parameters, or to a list by task for a gradient method.

        Also returns the values of classification and segmentation [2]. With a stopwatch the tasks' gradients are
        measured.
        """
        values = torch.zeros(2, dtype=widest_dtype(batch.labels.device), device=batch.labels.device)
        found: list[list[Tensor | None]] = []
        for place, part in enumerate(passes.parts):
            with passes.quiet(place):
                output, masks = passes.replay(place)
                shares = self._shares(batch, part, output, masks, pull)
                values += _summands(shares[:2], values)
                weighted = self._weighted(shares, factors)
                passes.clock.lap("loss")
                if stopwatch is not None:
                    self.meter.collect(weighted, stopwatch)
                    passes.clock.lap(None)
                found = self._accumulate(weighted, found)
            passes.clock.lap("backward")
        return self.world.sum(values), found

    def _accumulate(
        self, weighted: Sequence[Tensor | None], found: list[list[Tensor | None]]
    ) -> list[list[Tensor | None]]:
        present = [loss for loss in weighted if loss is not None]
        if self.weighting is None or len(present) < 2:
            self.fabric.backward(torch.stack(present).sum())
            return found
        gradients = [gradients_of(loss, (*self.shared, *self.heads), self.fabric.backward) for loss in present]
        return [added(*pair) for pair in zip(found, gradients, strict=True)] if found else gradients

    def _weighted(self, shares: Sequence[Tensor | None], factors: Terms) -> list[Tensor | None]:
        """Each task's share in the total; processes average what each of them adds to a sum, hence their number."""
        scaled = [None if share is None else self.world.size * share for share in shares]
        cls, seg = (
            None if share is None or factor is None else factor.to(share) * share
            for share, factor in zip(scaled[:2], factors[:2], strict=True)
        )
        return [cls, seg, scaled[2]]

    def _shares(
        self, batch: Batch, part: slice, output: ModelOutput, masks: Tensor | None, pull: Tensor | None
    ) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
        """What a part adds to each loss of the whole batch; has a gradient, of 0 where the part has no labels."""
        cls = seg = None
        present, known = _present(batch, self.model), batch.known_in(part)
        if present[0]:
            logits, labels = rows_of(output.logits, known.labels), rows_of(batch.labels[part], known.labels)
            cls = cross_entropy(full_precision(logits), labels, reduction="sum") / int(batch.labelled.sum())
        if present[1] and masks is not None and output.mask_logits is not None:
            logits, targets = rows_of(output.mask_logits, known.masks), rows_of(masks, known.masks)
            share = len(logits) / int(batch.masked.sum())
            seg = share * segmentation_loss(logits, targets) if share else 0.0 * logits.sum()
        surrogate = None if pull is None else (pull[part] * output.embedding).sum()
        return cls, seg, surrogate


class _Passes:
    """The forward passes of a batch: one where it is whole, two where it comes in parts."""

    def __init__(self, step: PartedStep, batch: Batch, parts: Sequence[slice], clock: StepClock, plain: bool) -> None:
        self.parts = parts
        self.clock = clock
        self._step, self._batch, self._plain = step, batch, plain
        self._states: list[RandomState] = []
        self._kept: tuple[ModelOutput, Tensor | None] | None = None

    @property
    def last(self) -> ModelOutput:
        """What the network said of the last part."""
        if self._kept is None:
            raise ValueError("no part has been replayed")
        return self._kept[0]

    def quiet(self, place: int) -> AbstractContextManager[None]:
        """In which the processes do not wait for one another's gradients: in all parts but the last."""
        step = self._step
        if step.world.size == 1 or step.sharded or (self._plain and place == len(self.parts) - 1):
            return nullcontext()
        quiet: AbstractContextManager[None] = step.fabric.no_backward_sync(step.forward)  # type: ignore[arg-type]
        return quiet

    def embeddings(self) -> Tensor:
        """Embeddings of all its parts [N, D], without a graph."""
        if len(self.parts) == 1:
            with self.quiet(0):
                self._kept = self._pass(0, with_masks=True)
            return self._kept[0].embedding.detach()
        found = []
        with torch.no_grad(), _statistics_kept(self._step.model):
            for place in range(len(self.parts)):
                self._states.append(RandomState.now(self._batch.labels.device))
                found.append(self._pass(place, with_masks=False)[0].embedding)
        return torch.cat(found)

    def replay(self, place: int) -> tuple[ModelOutput, Tensor | None]:
        """What the network says of a part, with a graph, and the part's masks."""
        if len(self.parts) > 1:
            self._states[place].restore()
            self._kept = self._pass(place, with_masks=True)
        if self._kept is None:
            raise ValueError("the first pass comes first")
        return self._kept

    def _pass(self, place: int, *, with_masks: bool) -> tuple[ModelOutput, Tensor | None]:
        images, masks = self._batch.load(self.parts[place], self.clock)
        output = self._step.forward(images, with_masks=with_masks and masks is not None)
        self.clock.lap("forward")
        return output, masks


def statistics_notes(model: nn.Module, micro_batch: int, world: World, device: torch.device) -> list[str]:
    """Where a model normalises by the batch, and parts are no whole: one sentence for each that changes its training.

    On CUDA the statistics of many processes are those of all (`torch.nn.SyncBatchNorm`).
    """
    if not normalises_by_batch(model):
        return []
    told = "training differs from that with whole batches, though losses and gradients are still those of a whole one"
    notes = []
    if micro_batch:
        notes.append(f"micro_batch: this backbone's batch norms see {micro_batch} images at once, so {told}.")
    if world.size > 1 and device.type != "cuda":
        notes.append(f"On the CPU batch norms see only the images of their own process, 1 of {world.size}, so {told}.")
    return notes


@contextmanager
def _statistics_kept(model: nn.Module) -> Iterator[None]:
    """Let batch norms leave their running statistics as they are: the second pass counts."""
    norms = [module for module in model.modules() if isinstance(module, _BatchNorm)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 0.0
    try:
        yield
    finally:
        for norm, momentum in zip(norms, momenta, strict=True):
            norm.momentum = momentum


def _present(batch: Batch, model: MultiTaskModel) -> tuple[bool, bool, bool]:
    """Which tasks the whole batch has labels for."""
    labelled = bool(batch.labelled.any())
    masked = batch.with_masks and model.decoder is not None and bool(batch.masked.any())
    return labelled, masked, labelled or batch.tuples is not None


def _summands(shares: Sequence[Tensor | None], like: Tensor) -> Tensor:
    return torch.stack([like.new_zeros(()) if share is None else share.detach().to(like) for share in shares])


def _without_graph(values: Terms) -> Terms:
    cls, seg, metric = (None if value is None else value.detach() for value in values)
    return cls, seg, metric
