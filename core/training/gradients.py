"""Each task's share of the gradient on the shared backbone."""

import time
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from core.losses.gradient_balance import Backward, added, gradients_of
from core.training.sharding import whole
from core.training.timing import Allowance, Stopwatch

BUDGET = 0.03
"""Share of the training time that measuring may take."""
FIRST_AT = 3
"""The first steps of a process are slow: they would make measuring look dear."""


def gradient_norm(parameters: Sequence[nn.Parameter]) -> Tensor:
    """L2 norm of all gradients that are in place, of sharded ones that of the whole."""
    found = [parameter.grad for parameter in parameters if parameter.grad is not None]
    parts = [[gradient for gradient in found if isinstance(gradient, DTensor) is shared] for shared in (False, True)]
    norms = [whole(torch.nn.utils.get_total_norm(part)) for part in parts if part]
    return norms[0] if len(norms) == 1 else torch.nn.utils.get_total_norm(norms)


class GradientMeter:
    """Measures how strongly each task pulls on the shared parameters, as often as the time it takes allows.

    A measurement goes back through the backbone once for each task. It changes no gradient and draws no random number,
    so training is the same with and without it; the stopwatch of training stands still meanwhile.
    """

    def __init__(
        self,
        shared: Sequence[nn.Parameter],
        backward: Backward,
        device: torch.device,
        average: Callable[[Sequence[Tensor]], None] = lambda gradients: None,
    ) -> None:
        self._shared, self._backward, self._device, self._average = shared, backward, device, average
        self._allowance: Allowance | None = None
        self._asked = 0
        self._found: dict[int, list[Tensor | None]] = {}
        self._spent = 0.0

    def measure_if_due(self, terms: Sequence[Tensor | None], stopwatch: Stopwatch) -> list[Tensor | None]:
        """Norm of each weighted term's gradient on the shared parameters; all None where it is not yet time.

        To be called before the backward pass of a step, which uses up what this needs.
        """
        if self.due(stopwatch):
            self.collect(terms, stopwatch)
        return self.norms(terms)

    def due(self, stopwatch: Stopwatch) -> bool:
        """Whether this step is to be measured; asked once a step."""
        self._asked += 1
        if self._allowance is None:  # only now: a resumed run has trained before
            self._allowance = Allowance(BUDGET, since=stopwatch.seconds)
        return self._asked >= FIRST_AT and self._allowance.covers_another(stopwatch.seconds)

    def collect(self, terms: Sequence[Tensor | None], stopwatch: Stopwatch) -> None:
        """Add the gradients of each term, or of a part's share in it."""
        with stopwatch.held():
            begun = self._now()
            for place, term in enumerate(terms):
                if term is not None:
                    found = gradients_of(term, self._shared, self._backward)
                    self._found[place] = added(self._found[place], found) if place in self._found else found
            self._spent += self._now() - begun

    def norms(self, terms: Sequence[Tensor | None]) -> list[Tensor | None]:
        """Norms of what was collected in this step, None where nothing was, in the precision of the terms."""
        collected, self._found = self._found, {}
        if self._spent and self._allowance is not None:
            self._allowance.spend(self._spent)
            self._spent = 0.0
        return [
            None if term is None or place not in collected else self._norm(collected[place]).to(term)
            for place, term in enumerate(terms)
        ]

    def _norm(self, found: Sequence[Tensor | None]) -> Tensor:
        present = [gradient for gradient in found if gradient is not None]
        self._average(present)
        return torch.nn.utils.get_total_norm(present)

    def _now(self) -> float:
        """Seconds on the clock once the device has done what it was given."""
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        return time.perf_counter()
