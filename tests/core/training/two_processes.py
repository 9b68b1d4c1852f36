"""What two processes find in a few steps with one setting after another; started by torchrun in `test_world`."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from core.config import RunConfig, make_config
from core.evaluation.masks import mask_scorer
from core.hyperparameters import Hyperparameters
from core.models.inference import infer
from core.training import gradients
from core.training.agreement import WholeState, judged_weights, put, share_place, share_weights, whole_state
from core.training.checkpoint import Progress, load_checkpoint, save_checkpoint
from core.training.launch import launch
from core.training.looking_together import infer_together
from core.training.orders import BeginOrder
from core.training.preparation import PreparedData, build_trainer, prepare_data
from core.training.trainer import Trainer
from core.training.training_along import train_along
from core.training.world import JoinedWorld, World

CPU = torch.device("cpu")
LIVE = Hyperparameters(alpha=0.7, beta=1.3, gamma=2.0, learning_rate=0.01)
EXACT: dict[str, dict[str, Any]] = {
    "plain": {},
    "arcface, uncertainty, parts": {"loss": "arcface", "balance": "uncertainty", "micro_batch": 3},
    "memory, dwa": {"loss": "contrastive", "memory": 16, "balance": "dwa"},
    "pcgrad, averaged, parts": {"balance": "pcgrad", "ema": 0.9, "micro_batch": 2},
}
"""Settings that are to give the figures of one process, in float64."""
SHARDED: dict[str, dict[str, Any]] = {
    "fsdp": {},
    "fsdp, arcface, uncertainty, averaged, frozen, parts": {
        "loss": "arcface",
        "balance": "uncertainty",
        "ema": 0.9,
        "freeze": 1,
        "micro_batch": 2,
    },
}
"""The same, where two processes share out the weights."""
OTHERS = 4
"""Further runs in `found_by`."""


def records_of(trainer: Trainer, prepared: PreparedData, steps: int, live: Hyperparameters = LIVE) -> list[Any]:
    """Records of some steps, with an epoch's end after every fourth."""
    records = []
    for _ in range(steps):
        records.append(asdict(trainer.step(prepared.batches.batch(trainer.step_count), live)))
        if trainer.step_count % 4 == 0:
            trainer.end_epoch()
    return records


def weights_of(trainer: Trainer) -> dict[str, float]:
    """A figure of each tensor of the judged model and of the loss."""
    tensors = {**trainer.judged.state_dict(), **trainer.metric_loss.state_dict()}
    return {name: float(value.double().square().sum()) for name, value in tensors.items()}


def begin(config: RunConfig, world: World) -> tuple[Trainer, PreparedData]:
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False, share=world.share)
    if world.size > 1:
        world.tell(BeginOrder(prepared.config, prepared.edits))
    trainer = build_trainer(prepared.config, prepared, CPU, world=world)
    share_weights(trainer)
    share_place(trainer)
    return trainer, prepared


def found_by(settings: dict[str, Any], world: World, folder: Path) -> dict[str, Any]:
    """Everything that is compared, of each setting; checkpoints go to the folder."""
    found: dict[str, Any] = {}

    def note(name: str, own: dict[str, Any], act: Callable[[Trainer, PreparedData], Any]) -> None:
        with world.leading():
            trainer, prepared = begin(make_config({**settings, **own}), world)
            found[name] = act(trainer, prepared)

    for name, own in EXACT.items():
        note(
            name,
            {"precision": "64", **own},
            lambda t, p: [records_of(t, p, 20 if t.micro_batch == 0 else 4), weights_of(t)],
        )
    note("without masks", {"precision": "64"}, lambda t, p: records_of(t, p, 3, LIVE.model_copy(update={"beta": 0.0})))
    note("float32", {}, lambda t, p: records_of(t, p, 5))
    note("a look", {"ema": 0.9}, _look)
    note("gone back", {"precision": "64"}, _go_back)
    for number, (name, own) in enumerate(SHARDED.items()):
        own_folder = folder / str(number)
        note(name, {"precision": "64", "strategy": "fsdp", **own}, lambda t, p, at=own_folder: _shared_out(t, p, at))
    return found


def checkpoint_of(folder: Path) -> Path:
    """Where `_shared_out` keeps its fourth step."""
    return folder / "step-000004.safetensors"


def _shared_out(trainer: Trainer, prepared: PreparedData, folder: Path) -> Any:
    """Steps, then a checkpoint, a step that is gone back from, and the same steps again."""
    folder.mkdir()
    records, last_look = records_of(trainer, prepared, 4), mask_scorer(prepared.data, prepared.split.held_out)
    save_checkpoint(checkpoint_of(folder), trainer, Progress(4, 1.0, LIVE, ()))
    looks = [infer_together(trainer, prepared.data, prepared.probe, last_look, lambda: False).embeddings.tolist()]
    records += records_of(trainer, prepared, 1)
    gone_back = load_checkpoint(checkpoint_of(folder), trainer)
    share_place(trainer)
    asked: list[int] = []

    def ask() -> bool:
        asked.append(len(judged_weights(trainer)))
        return False

    looks.append(infer_together(trainer, prepared.data, prepared.probe, None, ask).embeddings.tolist())
    records += records_of(trainer, prepared, 4)
    weights = {name: float(value.square().sum()) for name, value in judged_weights(trainer).items()}
    return [records, weights, looks, gone_back.step, asked[0]]


def _look(trainer: Trainer, prepared: PreparedData) -> Any:
    """After steps, and after the first process's weights alone have changed: it is they that are looked at."""
    records_of(trainer, prepared, 2)
    with torch.no_grad():
        trainer.judged.embedding.bias += 0.5
    positions, masks = prepared.probe, mask_scorer(prepared.data, prepared.split.held_out)
    alone = mask_scorer(prepared.data, prepared.split.held_out)
    one = infer_together(trainer, prepared.data, positions, masks, lambda: False)
    other = infer(trainer.judged, prepared.data.images, indices=positions, masks=alone)
    assert masks is not None
    assert alone is not None
    return [
        bool((one.embeddings == other.embeddings).all()),
        bool((one.logits == other.logits).all()),
        masks.mean_iou() == alone.mean_iou(),
    ]


def _go_back(trainer: Trainer, prepared: PreparedData) -> Any:
    """The first process takes its weights back; the others have to hear of it before the next step."""
    kept = {name: value.clone() for name, value in whole_state(trainer).modules["model"].items()}
    records_of(trainer, prepared, 2)
    state = whole_state(trainer)
    put(trainer, WholeState({**state.modules, "model": kept}, state.moments))
    return records_of(trainer, prepared, 2)


def main() -> None:
    torch.set_num_threads(1)
    gradients.BUDGET, gradients.FIRST_AT = 1e9, 1
    place = launch()
    assert place is not None
    world = JoinedWorld(place)
    settings = json.loads(sys.argv[1])
    if world.leads:
        out = Path(sys.argv[2])
        out.write_text(json.dumps(found_by(settings, world, out.parent)))
        return
    for _ in range(len(EXACT) + OTHERS + len(SHARDED)):
        train_along(world, lambda: None)


if __name__ == "__main__":
    main()
