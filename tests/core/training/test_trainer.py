"""One step: what it computes, what each live setting does to the very next one, and what it refuses."""

import time
from dataclasses import replace

import pytest
import torch
from torch import nn

from core.hyperparameters import Hyperparameters
from core.training import trainer as module
from core.training.preparation import build_trainer, prepare_data
from core.training.schedule import schedule_factor
from core.training.trainer import Stopwatch, parameter_groups

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def prepared(tiny):
    return prepare_data(tiny(), CPU, lambda event: None, lambda: False)


@pytest.fixture
def trainer(tiny, prepared):
    return build_trainer(tiny(), prepared, CPU)


def test_a_record_says_what_was_done(trainer, prepared) -> None:
    live = Hyperparameters(alpha=0.5, beta=2.0, gamma=3.0, learning_rate=0.01)
    trainer.stopwatch.run()
    for number in (1, 2):
        record = trainer.step(prepared.batches.batch(number - 1), live)
        assert (record.step, record.epoch, trainer.step_count) == (number, 1, number)
        assert record.total == pytest.approx(0.5 * record.cls + 2.0 * record.seg + 3.0 * record.metric, rel=1e-5)
        assert record.learning_rate == pytest.approx(0.01 * schedule_factor(number - 1, 8))
        assert 0 <= record.active_fraction <= 1
    assert 0 < record.time <= trainer.stopwatch.seconds


def test_the_first_step_is_adamw(tiny, prepared) -> None:
    """Against the definition of Loshchilov and Hutter 2019: a first step of size lr, plus the decay of the weights."""
    trainer = build_trainer(tiny(weight_decay=0.5), prepared, CPU)
    before = [parameter.detach().clone() for parameter in trainer.model.parameters()]
    trainer.step(prepared.batches.batch(0), Hyperparameters(learning_rate=0.01))
    for old, new in zip(before, trainer.model.parameters(), strict=True):
        decay = 0.5 if new.ndim > 1 else 0.0
        grad = new.grad
        expected = old * (1 - 0.01 * decay) - 0.01 * grad / (grad.abs() + 1e-8)
        torch.testing.assert_close(new.detach(), expected, atol=1e-5, rtol=1e-4)


def first_record(tiny, prepared, **live):
    return build_trainer(tiny(), prepared, CPU).step(prepared.batches.batch(0), Hyperparameters(**live))


def test_each_live_setting_acts_on_the_step_it_is_given_to(tiny, prepared) -> None:
    usual = first_record(tiny, prepared)
    for name in ("margin", "mining"):
        other = first_record(tiny, prepared, **{name: {"margin": 0.9, "mining": "all"}[name]})
        assert other.metric != usual.metric
        assert (other.cls, other.seg) == (usual.cls, usual.seg)
    for name, part in (("alpha", "cls"), ("beta", "seg"), ("gamma", "metric")):
        other = first_record(tiny, prepared, **{name: 3.0})
        assert other.total == pytest.approx(usual.total + 2 * getattr(usual, part), rel=1e-5)
    assert first_record(tiny, prepared, learning_rate=0.05).learning_rate == pytest.approx(0.05)


def test_a_weight_of_0_still_reports_the_raw_loss(tiny, prepared) -> None:
    record = first_record(tiny, prepared, alpha=0.0, beta=0.0, gamma=0.0)
    assert record.total == 0.0
    assert record.cls > 0
    assert record.seg > 0


def test_without_masks_there_is_no_segmentation_loss(tiny, shapes) -> None:
    config = tiny(data=str(shapes / "images"))
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False)
    record = build_trainer(config, prepared, CPU).step(prepared.batches.batch(0), Hyperparameters())
    assert record.seg is None
    assert record.total == pytest.approx(record.cls + record.metric, rel=1e-5)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_loss_that_is_not_finite_changes_nothing(trainer, prepared, monkeypatch, value) -> None:
    real = module.multi_task_loss
    trainer.step(prepared.batches.batch(0), Hyperparameters())

    def spoilt(*args, **kwargs):
        losses = real(*args, **kwargs)
        return replace(losses, total=losses.total * value)

    monkeypatch.setattr(module, "multi_task_loss", spoilt)
    before = [parameter.detach().clone() for parameter in trainer.model.parameters()]
    with pytest.raises(FloatingPointError, match=rf"the loss is {value} at step 2; lower the learning rate"):
        trainer.step(prepared.batches.batch(1), Hyperparameters())
    assert trainer.step_count == 1
    assert all(torch.equal(a, b) for a, b in zip(before, trainer.model.parameters(), strict=True))


def test_the_figures_of_a_step_are_read_at_once(trainer, prepared, monkeypatch) -> None:
    """On a GPU each reading waits for all its work: one for the losses, one in the losses for what labels there are."""
    readings = []
    real = torch.Tensor.tolist
    monkeypatch.setattr(torch.Tensor, "tolist", lambda self: readings.append(self.shape) or real(self))
    for name in ("item", "__float__", "__bool__"):
        monkeypatch.setattr(torch.Tensor, name, lambda self: pytest.fail("reads a single figure"))
    module._values(module.TaskLosses(torch.tensor(1.5), torch.tensor(0.5), None, torch.tensor(1.0), torch.tensor(0.25)))
    assert len(readings) == 1


def test_only_matrices_decay() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.GroupNorm(2, 4), nn.Linear(4, 2))
    model[2].weight.requires_grad_(False)
    decaying, other = parameter_groups(model, 0.1)
    assert (decaying["weight_decay"], other["weight_decay"]) == (0.1, 0.0)
    assert [p.shape for p in decaying["params"]] == [model[0].weight.shape]
    assert len(other["params"]) == 4


def test_stopwatch(monkeypatch) -> None:
    now = 10.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    watch = Stopwatch(100.0)
    assert watch.seconds == 100.0
    watch.run()
    watch.run()
    now = 12.0
    assert watch.seconds == 102.0
    watch.hold()
    watch.hold()
    now = 50.0
    assert watch.seconds == 102.0
    watch.run()
    now = 51.0
    assert watch.seconds == 103.0
