"""Each task's share of the gradient on the shared backbone."""

import time
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.losses.gradient_balance import Backward, gradients_of
from core.training.timing import Allowance, Stopwatch

BUDGET = 0.03
"""Share of the training time that measuring may take."""
FIRST_AT = 3
"""The first steps of a process are slow: they would make measuring look dear."""


def gradient_norm(parameters: Sequence[nn.Parameter]) -> Tensor:
    """L2 norm of all gradients that are in place."""
    found = [parameter.grad for parameter in parameters if parameter.grad is not None]
    return torch.nn.utils.get_total_norm(found)


class GradientMeter:
    """Measures how strongly each task pulls on the shared parameters, as often as the time it takes allows.

    A measurement goes back through the backbone once for each task. It changes no gradient and draws no random number,
    so training is the same with and without it; the stopwatch of training stands still meanwhile.
    """

    def __init__(self, shared: Sequence[nn.Parameter], backward: Backward, device: torch.device) -> None:
        self._shared, self._backward, self._device = shared, backward, device
        self._allowance: Allowance | None = None
        self._asked = 0

    def measure_if_due(self, terms: Sequence[Tensor | None], stopwatch: Stopwatch) -> list[Tensor | None]:
        """Norm of each weighted term's gradient on the shared parameters; all None where it is not yet time.

        To be called before the backward pass of a step, which uses up what this needs.
        """
        self._asked += 1
        if self._allowance is None:  # only now: a resumed run has trained before
            self._allowance = Allowance(BUDGET, since=stopwatch.seconds)
        if self._asked < FIRST_AT or not self._allowance.covers_another(stopwatch.seconds):
            return [None] * len(terms)
        with stopwatch.held():
            begun = self._now()
            norms = [None if term is None else self._norm(term) for term in terms]
            self._allowance.spend(self._now() - begun)
        return norms

    def _norm(self, term: Tensor) -> Tensor:
        found = gradients_of(term, self._shared, self._backward)
        present = [gradient for gradient in found if gradient is not None]
        return torch.nn.utils.get_total_norm(present).to(term)

    def _now(self) -> float:
        """Seconds on the clock once the device has done what it was given."""
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        return time.perf_counter()
