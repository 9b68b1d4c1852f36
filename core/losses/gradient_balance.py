"""Gradient methods: the tasks' gradients on the shared backbone are weighed, not their losses.

Each method finds its weights from the inner products of the gradients alone, by TorchJD, an optional dependency.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from core.config import BalanceName
from core.errors import InputError
from core.losses.dual_cone import project_on_dual_cone

Weighting = Callable[[Tensor], Tensor]
"""Takes the Gramian [K, K] of K gradients, float64 on the CPU, to their weights [K]."""
Backward = Callable[..., None]
"""Takes a loss and the keyword arguments of `torch.Tensor.backward`."""


class WeighedGradients(NamedTuple):
    """What became of the gradients of K tasks."""

    norms: Tensor
    """[K], L2 norm of each task's gradient on the shared parameters, before it was weighed"""
    weights: Tensor
    """[K], by which it was multiplied"""


def gradient_weighting(name: BalanceName) -> Weighting | None:
    """The weighting of a gradient method; None for balances that weigh losses.

    upgrad: Quinton and Rey, Jacobian Descent for Multi-Objective Optimization, 2024; mgda: Désidéri, 2012, solved as in
    Sener and Koltun, NeurIPS 2018; pcgrad: Yu et al., Gradient Surgery, NeurIPS 2020, which draws an order of the tasks
    from torch's default generator; aligned-mtl: Senushkin et al., CVPR 2023. MGDA leans to the task with the smallest
    gradient, so there a larger slider makes a task count less.

    Raises
    ------
    InputError
        where TorchJD is not installed.
    """
    if name in ("fixed", "uncertainty", "dwa"):
        return None
    try:
        from torchjd import aggregation

        projector: Any = project_on_dual_cone  # typed as a class of TorchJD's own, and only ever called
        weightings: dict[str, Callable[[], Weighting]] = {
            "upgrad": lambda: aggregation.UPGradWeighting(projector=projector),
            "mgda": aggregation.MGDAWeighting,
            "pcgrad": aggregation.PCGradWeighting,
            "aligned-mtl": aggregation.AlignedMTLWeighting,
        }
        return weightings[name]()
    except ImportError as error:
        raise InputError(
            f"balance: {name!r} needs TorchJD, which is not installed; add it by "
            "pip install 'metric-explorer[balance]', or choose 'fixed', 'uncertainty' or 'dwa'"
        ) from error


def gradients_of(loss: Tensor, parameters: Sequence[nn.Parameter], backward: Backward) -> list[Tensor | None]:
    """Gradient of a loss on each parameter, None where it has none; the graph stays, and so does each `grad`."""
    if not loss.requires_grad:
        return [None] * len(parameters)
    before = [parameter.grad for parameter in parameters]
    for parameter in parameters:
        parameter.grad = None
    backward(loss, inputs=list(parameters), retain_graph=True)
    found = [parameter.grad for parameter in parameters]
    for parameter, gradient in zip(parameters, before, strict=True):
        parameter.grad = gradient
    return found


def weigh_gradients(
    losses: Sequence[Tensor],
    shared: Sequence[nn.Parameter],
    others: Sequence[nn.Parameter],
    weighting: Weighting,
    backward: Backward,
) -> WeighedGradients:
    """Put gradients in place as `backward` would: weighed sums on `shared` parameters, plain sums on `others`.

    Parameters
    ----------
    losses
        K scalars.
    shared
        Parameters on which the tasks compete.
    others
        Parameters of the heads, losses and balances.
    weighting
        Of a gradient method.
    backward
        As `torch.Tensor.backward`, with the loss as first argument.
    """
    return put_weighed([gradients_of(loss, (*shared, *others), backward) for loss in losses], shared, others, weighting)


def put_weighed(
    found: Sequence[Sequence[Tensor | None]],
    shared: Sequence[nn.Parameter],
    others: Sequence[nn.Parameter],
    weighting: Weighting,
) -> WeighedGradients:
    """As `weigh_gradients`, from the gradients of K losses on all the shared and all the other parameters."""
    jacobian = torch.stack([_flattened(gradients[: len(shared)], shared) for gradients in found])
    products = jacobian @ jacobian.T
    gramian = products.cpu().double()
    with torch.no_grad():
        # Gradients that are not finite are left to whoever looks at the sum.
        weights = weighting(gramian) if gramian.isfinite().all() else torch.ones(len(found))
    weights = weights.to(jacobian)
    summed = torch.split(weights @ jacobian, [parameter.numel() for parameter in shared])
    for parameter, gradient in zip(shared, summed, strict=True):
        parameter.grad = gradient.view_as(parameter)
    own = zip(*(gradients[len(shared) :] for gradients in found), strict=True)
    for parameter, gradients in zip(others, own, strict=True):
        present = [gradient for gradient in gradients if gradient is not None]
        # None, as after an ordinary backward pass, where no task has a part in it: the optimizer leaves it alone.
        parameter.grad = torch.stack(present).sum(dim=0) if present else None
    return WeighedGradients(products.diagonal().sqrt(), weights)


def added(sums: Sequence[Tensor | None], found: Sequence[Tensor | None]) -> list[Tensor | None]:
    """Sums with further gradients; None stands for no gradient."""
    pairs = zip(sums, found, strict=True)
    return [one if other is None else other if one is None else one + other for one, other in pairs]


def _flattened(gradients: Sequence[Tensor | None], parameters: Sequence[nn.Parameter]) -> Tensor:
    """One vector of all gradients, 0 where a parameter has none."""
    pairs = zip(gradients, parameters, strict=True)
    return torch.cat([torch.zeros_like(p).flatten() if found is None else found.flatten() for found, p in pairs])
