"""What all processes but the first do: what it tells them (docs/adr/0027)."""

from collections.abc import Callable

from core.device import resolve_device
from core.process import keeping_freed_memory
from core.training.agreement import WholeState, judged_weights, put, take_place, whole_state
from core.training.launch import launch
from core.training.looking_together import look_along
from core.training.orders import (
    BeginOrder,
    EpochOrder,
    GatherOrder,
    LookOrder,
    PlaceOrder,
    PutOrder,
    StepOrder,
)
from core.training.preparation import PreparedData, build_trainer, prepare_data
from core.training.trainer import Trainer
from core.training.world import World, own_device


def train_along(world: World, on_begin: Callable[[], None]) -> None:
    """Train beside the first process until it says that it is over; calls `on_begin` when the first step follows.

    Raises
    ------
    InputError
        where this process cannot read the data that the first one reads.
    RuntimeError
        where another process has ended (`core.training.world.is_lost`).
    """
    begin = world.decide(None)
    if not isinstance(begin, BeginOrder):
        return
    config = begin.config
    device = own_device(resolve_device(config.device), launch())
    prepared = prepare_data(config, device, lambda event: None, lambda: False, begin.edits, share=world.share)
    trainer = build_trainer(config, prepared, device, from_scratch=False, world=world)
    with keeping_freed_memory():
        _follow_orders(world, trainer, prepared, on_begin)


def _follow_orders(world: World, trainer: Trainer, prepared: PreparedData, on_begin: Callable[[], None]) -> None:
    going_on = True
    while going_on:
        match world.decide(None):
            case PutOrder(modules, moments):
                put(trainer, WholeState(modules, moments))
            case PlaceOrder() as place:
                take_place(trainer, place)
                on_begin()
            case StepOrder(hyperparameters):
                trainer.advance(prepared.batches.batch(trainer.step_count), hyperparameters)
            case EpochOrder():
                trainer.flush()
                trainer.end_epoch()
            case GatherOrder(judged_only=True):
                judged_weights(trainer)
            case GatherOrder():
                whole_state(trainer)
            case LookOrder() as order:
                look_along(trainer, prepared.data, order)
            case _:
                going_on = False
