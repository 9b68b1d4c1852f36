"""The tasks' shares of the gradient: what is measured, at what cost, and that training does not notice."""

import time

import pytest
import torch
from torch import nn

from core.hyperparameters import Hyperparameters
from core.training import gradients as module
from core.training.gradients import FIRST_AT, GradientMeter
from core.training.preparation import build_trainer, prepare_data
from core.training.timing import Stopwatch
from tests.core.training.driving import checkpoint_tensors, drive, timeless

CPU = torch.device("cpu")
GRADIENTS = ("cls_gradient", "seg_gradient", "metric_gradient")


@pytest.fixture
def always(monkeypatch) -> None:
    monkeypatch.setattr(module, "BUDGET", 1e9)
    monkeypatch.setattr(module, "FIRST_AT", 1)


@pytest.fixture(scope="module")
def prepared(tiny):
    return prepare_data(tiny(), CPU, lambda event: None, lambda: False)


@pytest.mark.parametrize("precision", ["32", "bf16"])
def test_norms_are_those_of_each_weighted_loss_alone(tiny, prepared, always, precision) -> None:
    """Against a step in which the other tasks weigh nothing."""
    config = tiny(precision=precision)
    weights = {"alpha": 0.5, "beta": 2.0, "gamma": 3.0}
    batch = prepared.batches.batch(0)
    measured = build_trainer(config, prepared, CPU).step(batch, Hyperparameters(**weights))
    for name, norm in zip(weights, (getattr(measured, field) for field in GRADIENTS), strict=True):
        alone = dict.fromkeys(weights, 0.0) | {name: weights[name]}
        trainer = build_trainer(config, prepared, CPU)
        trainer.step(batch, Hyperparameters(**alone))
        found = [p.grad.square().sum() for p in trainer.model.backbone.parameters() if p.grad is not None]
        assert norm == pytest.approx(float(sum(found)) ** 0.5, rel=2e-2 if precision == "bf16" else 1e-4)


def test_a_task_without_weight_or_labels_has_no_gradient(tiny, prepared, always) -> None:
    record = build_trainer(tiny(), prepared, CPU).step(prepared.batches.batch(0), Hyperparameters(beta=0.0))
    assert record.seg_gradient is None
    assert record.cls_gradient > 0


def test_training_is_the_same_with_and_without(tiny, tmp_path, monkeypatch) -> None:
    """To the last bit, with a network that draws at random and mining that does."""
    config = tiny(mining="random", image_size=32, backbone="small")
    monkeypatch.setattr(module, "FIRST_AT", 10**9)
    without = drive(config, tmp_path / "without")
    assert all(record.cls_gradient is None for record in without.records)
    monkeypatch.setattr(module, "BUDGET", 1e9)
    monkeypatch.setattr(module, "FIRST_AT", 1)
    measured = drive(config, tmp_path / "with")
    assert all(getattr(record, name) is not None for record in measured.records for name in GRADIENTS)
    one, other = checkpoint_tensors(without.run), checkpoint_tensors(measured.run)
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert timeless(without.run.metrics()) == timeless(measured.run.metrics())


def test_measuring_stays_within_its_share(monkeypatch) -> None:
    """Steps of a second, measurements of two, 5 % of the time: the first soon, the next where they are paid for."""
    monkeypatch.setattr(module, "BUDGET", 0.05)
    now = 0.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    weight = nn.Parameter(torch.ones(2))

    def backward(loss, **options) -> None:
        nonlocal now
        now += 1.0
        loss.backward(**options)

    watch = Stopwatch()
    watch.run()
    meter = GradientMeter([weight], backward, CPU)
    measured = []
    for step in range(1, 131):
        now += 1.0
        terms = [weight.sum(), None, 2 * weight.sum()]
        norms = meter.measure_if_due(terms, watch)
        if norms[0] is not None:
            measured.append(step)
            assert [norms[0].item(), norms[1], norms[2].item()] == pytest.approx([2**0.5, None, 8**0.5])
    assert measured[0] == FIRST_AT
    assert measured[1:] == [FIRST_AT + 1, 121]  # the second tells the price; with the third they take 6 of 120 s
    assert watch.seconds == 130.0
    assert weight.grad is None


def test_a_loss_without_a_gradient_pulls_on_nothing(always) -> None:
    weight = nn.Parameter(torch.ones(2))
    meter = GradientMeter([weight], torch.Tensor.backward, CPU)
    (norm,) = meter.measure_if_due([torch.tensor(1.0)], Stopwatch())
    assert norm.item() == 0.0
