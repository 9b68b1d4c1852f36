"""Learning-rate finder: train a moment while the rate rises, and see where the loss falls fastest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.config import RunConfig
from core.device import resolve_device
from core.hyperparameters import SETTING_SPECS
from core.training.batches import Batch
from core.training.preparation import build_trainer, prepare_data
from core.training.records import Event, Preparing
from core.training.trainer import Trainer
from core.watch import StageWatch

STEPS = 100
SMOOTHING = 0.5
"""Decades of the rate on either side that a point of the smoothed loss is made of."""
DIVERGED = 4.0
"""Times the loss of the first tenth; past that nothing is to be learned."""
_SCATTERS = 3.0
"""A loss falls where it does so by this many standard deviations of the steps up to its lowest point."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RateSearch:
    """What a range test (Smith 2017) has found."""

    rates: Floats
    """[n], rising by a constant factor from step to step"""
    losses: Floats
    """[n], the weighted total before each step"""
    smoothed: Floats
    """[n], the losses as lines through their neighbourhood say"""
    suggestion: float | None
    """The rate at which the smoothed loss falls fastest, to two digits; None where it never clearly falls."""


def find_rate(config: RunConfig, watch: StageWatch = lambda stage, share: None, *, steps: int = STEPS) -> RateSearch:
    """Train a model of its own for some steps, over the whole range of rates, and throw it away.

    No run is written, and torch's random numbers go on as if nothing had been; but they are drawn meanwhile, so
    nothing else may train in this process.

    Parameters
    ----------
    config
        Of the run that a rate is wanted for. The class vectors' rate rises in proportion.
    watch
        Told how far it is.
    steps
        Over the range; fewer where the loss diverges.

    Raises
    ------
    InputError
        where data or settings cannot be used.
    Cancelled
        where `watch` said so.
    """

    def tell(event: Event) -> None:
        if isinstance(event, Preparing):
            watch(event.what, event.done / event.total if event.total else 0.0)

    device = resolve_device(config.device)
    prepared = prepare_data(config, device, tell, lambda: False)
    # The rate is the finder's alone, and no look is made.
    config = prepared.config.model_copy(update={"schedule": "constant", "warm_up": 0.0, "ema": 0.0, "compile": False})
    with torch.random.fork_rng([device] if device.type == "cuda" else []):
        trainer = build_trainer(config, prepared, device)
        rates, losses = _ramp(config, trainer, prepared.batches.batch, steps, watch)
    return judged(rates, losses)


def _ramp(
    config: RunConfig, trainer: Trainer, batch: Callable[[int], Batch], steps: int, watch: StageWatch
) -> tuple[Floats, Floats]:
    """Rates of the steps made, and the loss before each."""
    live = config.hyperparameters
    rates, losses = rates_tried(steps), np.empty(steps)
    for step, rate in enumerate(rates):
        watch("trying rates", step / steps)
        changed = {"learning_rate": rate, "class_learning_rate": rate * live.class_learning_rate / live.learning_rate}
        record = trainer.step(batch(step), live.model_copy(update=changed))
        if record.total is None or has_diverged(losses[:step], record.total):
            return rates[:step], losses[:step]
        losses[step] = record.total
    return rates, losses


def rates_tried(steps: int) -> Floats:
    """Rates [steps] over the range of the slider, each a constant factor above the one before it."""
    spec = next(spec for spec in SETTING_SPECS if spec.name == "learning_rate")
    return np.geomspace(spec.minimum, spec.maximum, steps)


def has_diverged(before: Floats, loss: float) -> bool:
    """Whether a loss has left those that came before it for good."""
    first = before[: max(1, len(before) // 10)]
    return len(before) >= 10 and loss > DIVERGED * float(np.abs(first).mean())


def judged(rates: Floats, losses: Floats) -> RateSearch:
    """Smooth the losses of a ramp, and suggest a rate where they fall.

    The smoothed loss and its slope are those of the line of least squares through the losses at `SMOOTHING` decades on
    either side (Cleveland 1979, without weights), so that nothing lags behind the ramp.
    """
    places = np.log10(rates)
    lines = [_line(places, losses, place) for place in places]
    smoothed, slopes = np.array([line[0] for line in lines]), np.array([line[1] for line in lines])
    suggestion = None
    if len(rates) >= 3:
        lowest = int(smoothed.argmin())
        before = slice(lowest + 1)  # past it the loss may explode, which says nothing about a fall
        fall, scatter = smoothed[before].max() - smoothed[lowest], (losses - smoothed)[before].std()
        falling = places <= places[lowest] - SMOOTHING  # nearer to the lowest point, lines reach past it
        if fall > _SCATTERS * scatter and falling.any():
            suggestion = float(f"{rates[slopes[falling].argmin()]:.2g}")
    return RateSearch(rates, losses, smoothed, suggestion)


def _line(places: Floats, losses: Floats, at: float) -> tuple[float, float]:
    """Height at a place, and slope, of the line through what is near it."""
    near = np.abs(places - at) <= SMOOTHING
    x, y = places[near] - at, losses[near]
    spread = ((x - x.mean()) ** 2).sum()
    slope = ((x - x.mean()) * y).sum() / spread if spread else 0.0
    return float(y.mean() - slope * x.mean()), float(slope)
