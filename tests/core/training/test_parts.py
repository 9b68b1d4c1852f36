"""Micro-batches: the same training as with whole batches, but for rounding."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
import torch
from torch import Tensor

from core.config import BALANCE_NAMES
from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.training import gradients
from core.training.parts import statistics_notes
from core.training.preparation import PreparedData, build_trainer, prepare_data
from core.training.records import StepRecord
from core.training.trainer import Trainer
from core.training.world import World
from tests.core.conftest import draw_folder
from tests.core.listing import list_shapes
from tests.core.training.driving import TIMED, assert_same_run, drive

pytestmark = pytest.mark.long

CPU = torch.device("cpu")
LIVE = Hyperparameters(alpha=0.7, beta=1.3, gamma=2.0, learning_rate=0.01)


@pytest.fixture(scope="module")
def partly_masked(tmp_path_factory) -> str:
    """The usual shapes, two thirds of them without a mask."""
    folder = draw_folder(tmp_path_factory.mktemp("data") / "shapes")
    for number, mask in enumerate(sorted((folder / "masks").rglob("*.png"))):
        if number % 3:
            mask.unlink()
    return str(folder)


@pytest.fixture(scope="module")
def exact(tiny, partly_masked) -> Callable[..., Any]:
    return lambda **settings: tiny(data=partly_masked, precision="64", **settings)


def prepare(config: Any) -> PreparedData:
    return prepare_data(config, CPU, lambda event: None, lambda: False)


def trained(config: Any, micro_batch: int, live: Hyperparameters = LIVE, steps: int = 3) -> tuple[Trainer, list]:
    prepared = prepare(config)
    trainer = build_trainer(config.model_copy(update={"micro_batch": micro_batch}), prepared, CPU)
    return trainer, [trainer.step(prepared.batches.batch(step), live) for step in range(steps)]


def assert_close(one: StepRecord, other: StepRecord) -> None:
    expected, found = ({k: v for k, v in asdict(record).items() if k not in TIMED} for record in (one, other))
    for name, value in expected.items():
        assert found[name] == (value if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)), name


def weights(trainer: Trainer) -> dict[str, Tensor]:
    modules = {"model": trainer.model, "loss": trainer.metric_loss, "balance": trainer.balance}
    return {f"{kind}.{n}": v for kind, module in modules.items() for n, v in module.state_dict().items()}


def assert_same_training(config: Any, micro_batch: int, live: Hyperparameters = LIVE) -> None:
    (whole, records), (parted, others) = trained(config, 0, live), trained(config, micro_batch, live)
    for one, other in zip(records, others, strict=True):
        assert_close(one, other)
    torch.testing.assert_close(weights(parted), weights(whole), rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("balance", BALANCE_NAMES)
def test_every_balance(exact, balance) -> None:
    """8 images in parts of 3: the last part is smaller, and one may have no mask."""
    assert_same_training(exact(balance=balance), 3)


@pytest.mark.parametrize("settings", [{"loss": "arcface"}, {"loss": "contrastive", "memory": 16}, {"mining": "random"}])
def test_losses_with_a_state_of_their_own(exact, settings) -> None:
    mining = settings.pop("mining", "semi-hard")
    scale = 30.0 if settings.get("loss") == "arcface" else LIVE.scale
    assert_same_training(exact(**settings), 2, LIVE.model_copy(update={"mining": mining, "scale": scale}))


@pytest.mark.parametrize(
    "left_out", [("alpha",), ("beta",), ("gamma",), ("alpha", "gamma"), ("alpha", "beta", "gamma")]
)
def test_tasks_left_out(exact, left_out) -> None:
    """Their heads stay as they were, and are not even decayed."""
    assert_same_training(exact(weight_decay=0.5), 5, LIVE.model_copy(update=dict.fromkeys(left_out, 0.0)))


def test_parts_of_one_image(exact) -> None:
    assert_same_training(exact(), 1)


@pytest.mark.parametrize("kind", ["pairs", "triplets"])
def test_listed_tuples(tiny, tmp_path, kind) -> None:
    """Parts of 3 images cut through tuples."""
    names = list_shapes(draw_folder(tmp_path / "shapes", masks=False), kind)
    config = tiny(data=str(names), split="auto", holdout=None, precision="64", classes_per_batch=8)
    assert_same_training(prepare(config).config, 3)


def test_random_layers_draw_the_same_in_both_passes(tiny) -> None:
    """ConvNeXt leaves layers out at random."""
    config = tiny(backbone="convnext_tiny", image_size=32, classes_per_batch=2, micro_batch=2)
    prepared = prepare(config)
    trainer = build_trainer(config, prepared, CPU)
    seen: list[Tensor] = []
    trainer.model.embedding.register_forward_hook(lambda module, given, found: seen.append(found.detach().clone()))
    trainer.step(prepared.batches.batch(0), LIVE)
    assert len(seen) == 4
    assert torch.equal(seen[0], seen[2])
    assert torch.equal(seen[1], seen[3])


def test_the_shares_of_the_gradient(exact, monkeypatch) -> None:
    monkeypatch.setattr(gradients, "BUDGET", 1e9)
    monkeypatch.setattr(gradients, "FIRST_AT", 1)
    (_, records), (_, others) = trained(exact(), 0), trained(exact(), 3)
    for one, other in zip(records, others, strict=True):
        for name in ("cls_gradient", "seg_gradient", "metric_gradient"):
            norm = getattr(one, name)
            assert getattr(other, name) == (norm if norm is None else pytest.approx(norm, rel=1e-9))
    assert others[0].metric_gradient is not None


def test_running_statistics_count_each_image_once(tiny) -> None:
    config = tiny(backbone="resnet18", micro_batch=4)
    prepared = prepare(config)
    trainer = build_trainer(config, prepared, CPU)
    norm = trainer.model.backbone.stages[0][1]
    means: list[Tensor] = []
    trainer.model.backbone.stages[0][0].register_forward_hook(
        lambda module, given, found: means.append(found.detach().mean(dim=(0, 2, 3)))
    )
    trainer.step(prepared.batches.batch(0), LIVE)
    expected = 0.9 * (0.1 * means[2]) + 0.1 * means[3]  # from zeros, with torch's momentum of 0.1
    torch.testing.assert_close(norm.running_mean, expected)
    assert norm.momentum == 0.1
    (note,) = trainer.take_notes()
    assert note.startswith("micro_batch: this backbone's batch norms see 4 images at once")
    assert trainer.take_notes() == []


def test_no_note_without_batch_norm(exact) -> None:
    model = trained(exact(), 3, steps=0)[0].model
    assert statistics_notes(model, 3, World(), CPU) == []


def test_a_whole_batch_is_no_part(tiny) -> None:
    """Neither a second pass nor a note, where the batch of 8 is no larger than what passes at once."""
    config = tiny(backbone="resnet18")
    prepared = prepare(config)
    for micro_batch in (8, 1000):
        trainer = build_trainer(config.model_copy(update={"micro_batch": micro_batch}), prepared, CPU)
        assert trainer.micro_batch == 0
        assert trainer.take_notes() == []


def test_batch_norms_need_two_images(tiny) -> None:
    config = tiny(backbone="resnet18", micro_batch=1)
    with pytest.raises(InputError, match=r"must leave none of 8 images by itself with resnet18, .*, found 1"):
        build_trainer(config, prepare(config), CPU)


def test_a_run_that_is_stopped_goes_on_bit_for_bit(tiny, tmp_path) -> None:
    config = tiny(micro_batch=3, loss="arcface", mining="random")
    whole = drive(config, tmp_path / "whole")
    drive(config, tmp_path / "stopped", lambda controls: {5: lambda: controls.stop(evaluate=False)})
    again = drive(config, tmp_path / "stopped", resume=True)
    assert_same_run(again.run, whole.run)
