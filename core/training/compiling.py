"""Training with a compiled forward pass: what compiling cost, and what is said where it cannot be done."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import torch
from torch import nn

from core.errors import InputError

FIRST_STEPS = 5
"""Compiling happens in the first two or three: once without and once with changing sizes, and for the way back."""


def compiled(model: nn.Module) -> nn.Module:
    """The model with a forward pass that is compiled when it is first used; shares all weights, under their names."""
    wrapped: nn.Module = torch.compile(model)  # type: ignore[assignment]
    return wrapped


@contextmanager
def compiling(wanted: bool) -> Iterator[None]:
    """Say in one sentence why compiling failed.

    Raises
    ------
    InputError
        where this machine has no compiler, or the model cannot be compiled.
    """
    if not wanted:
        yield
        return
    from torch._dynamo.exc import TorchDynamoException
    from torch._functorch import config as functorch
    from torch._inductor.exc import CppCompileError, InvalidCxxCompiler

    try:
        # The tasks' shares of the gradient are measured on a graph that is kept; donated buffers would not be.
        with functorch.patch(donated_buffer=False):
            yield
    except (TorchDynamoException, CppCompileError, InvalidCxxCompiler) as error:
        text = str(error)
        missing = any(word in text for word in ("No working C++ compiler", "InvalidCxxCompiler", "Triton", "triton"))
        reason = "this machine has no C++ compiler that works" if missing else text.strip().partition("\n")[0]
        raise InputError(f"compile: the model cannot be compiled here, {reason}; switch 'compile' off") from error


class CompileCost:
    """Finds out from the seconds of the first steps what compiling took."""

    def __init__(self) -> None:
        self._steps: list[float] = []

    def observe(self, seconds: float) -> list[str]:
        """Take note of a step; says once, when it is known, what compiling took."""
        if len(self._steps) == 2 * FIRST_STEPS:
            return []
        self._steps.append(seconds)
        if len(self._steps) < 2 * FIRST_STEPS:
            return []
        later = median(self._steps[FIRST_STEPS:])
        cost = sum(self._steps[:FIRST_STEPS]) - FIRST_STEPS * later
        return [f"compile: the first steps took {max(0.0, cost):.1f} s longer; a step takes {1e3 * later:.0f} ms now."]
