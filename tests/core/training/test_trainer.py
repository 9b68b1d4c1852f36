"""One step: what it computes, what each live setting does to the very next one, and what it refuses."""

import pytest
import torch
from torch import nn

from core.hyperparameters import Hyperparameters
from core.losses.value import LossValue
from core.training import trainer as module
from core.training.preparation import build_trainer, prepare_data
from core.training.schedule import schedule_factor
from core.training.trainer import parameter_groups

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


# --- what is not finite


def spoil(monkeypatch, value: float, name: str = "metric") -> None:
    """From now on one loss of every step is multiplied by `value`."""
    real = module.task_terms

    def spoilt(*args, **kwargs):
        terms = real(*args, **kwargs)
        if name == "metric":
            return terms._replace(metric=LossValue(terms.metric.value * value, 0.0, 0))
        return terms._replace(**{name: getattr(terms, name) * value})

    monkeypatch.setattr(module, "task_terms", spoilt)


def state_of(trainer) -> list[torch.Tensor]:
    moments = [value for state in trainer.optimizer.state.values() for value in state.values()]
    return [value.detach().clone() for value in (*trainer.model.state_dict().values(), *moments)]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["cls", "seg", "metric"])
def test_a_step_with_a_loss_that_is_not_finite_is_skipped(trainer, prepared, monkeypatch, name, value) -> None:
    trainer.step(prepared.batches.batch(0), Hyperparameters())
    before = state_of(trainer)
    with monkeypatch.context() as patch:
        spoil(patch, value, name)
        record = trainer.step(prepared.batches.batch(1), Hyperparameters())
    assert record.fault == f"the {name} loss is {value}"
    assert (record.step, record.total, getattr(record, name)) == (2, None, None)
    assert all(torch.equal(old, new) for old, new in zip(before, state_of(trainer), strict=True))
    after = trainer.step(prepared.batches.batch(2), Hyperparameters())
    assert (after.step, after.fault) == (3, None)
    assert after.total is not None


def test_a_gradient_that_is_not_finite_is_named(trainer, prepared) -> None:
    """A root at 0 has a finite value and no finite slope."""
    trainer.model.embedding.bias.register_hook(lambda gradient: gradient / 0)
    before = state_of(trainer)
    record = trainer.step(prepared.batches.batch(0), Hyperparameters())
    assert record.fault == "the gradient of model.embedding.bias is inf"
    assert record.total is None
    assert record.metric is not None
    assert all(torch.equal(old, new) for old, new in zip(before, state_of(trainer), strict=True))


def test_a_weight_comes_before_what_it_spoils(trainer, prepared) -> None:
    with torch.no_grad():
        trainer.model.embedding.weight[0, 0] = torch.nan
    assert trainer.step(prepared.batches.batch(0), Hyperparameters()).fault == (
        "the weight model.embedding.weight is nan"
    )


def test_an_output_comes_before_the_losses(trainer, prepared) -> None:
    trainer.model.classification.register_forward_hook(lambda module, given, found: found * torch.inf)
    fault = trainer.step(prepared.batches.batch(0), Hyperparameters()).fault
    assert fault in ("the model's output logits is inf", "the model's output logits is nan")


# --- diagnostics


def test_the_figures_of_a_step_are_read_at_once(trainer, prepared, monkeypatch) -> None:
    """On a GPU each reading waits for all its work; what labels there are is known on the CPU."""
    batch = prepared.batches.batch(0)
    trainer.step(batch, Hyperparameters())
    readings = []
    real = torch.Tensor.tolist
    monkeypatch.setattr(torch.Tensor, "tolist", lambda self: readings.append(self.shape) or real(self))
    for name in ("item", "__float__", "__bool__"):
        monkeypatch.setattr(torch.Tensor, name, lambda self: pytest.fail("reads a single figure"))
    trainer.step(batch, Hyperparameters())
    assert len(readings) == 1


def test_a_record_tells_of_triplets_spread_and_gradient(trainer, prepared) -> None:
    """8 images, 4 classes of 2: 8 anchor-positive pairs with 6 negatives each."""
    record = trainer.step(prepared.batches.batch(0), Hyperparameters())
    assert record.easy + record.semi_hard + record.hard == 48
    assert isinstance(record.easy, int)
    assert 0 < record.mean_d_ap < 2
    assert 0 < record.mean_d_an < 2
    assert 1 <= record.effective_rank <= 7
    squares = sum(float(p.grad.square().sum()) for p in trainer.model.parameters() if p.grad is not None)
    assert record.gradient_norm == pytest.approx(squares**0.5, rel=1e-4)
    assert (record.cls_weight, record.seg_weight, record.metric_weight) == (None, None, None)


def test_bf16_losses_are_computed_in_full_precision(tiny, prepared, monkeypatch) -> None:
    trainer = build_trainer(tiny(precision="bf16", loss="arcface"), prepared, CPU)
    seen = []
    real = trainer.metric_loss.forward
    monkeypatch.setattr(trainer.metric_loss, "forward", lambda x, y: seen.append((x.dtype, real(x, y))) or seen[-1][1])
    assert trainer.step(prepared.batches.batch(0), Hyperparameters(scale=30.0)).total is not None
    assert seen[0][0] == seen[0][1].value.dtype == torch.float32
    assert not torch.is_autocast_enabled("cpu")


# --- the loss's own vectors


def test_class_vectors_have_a_rate_of_their_own(tiny, prepared) -> None:
    """AdamW's first step is of the size of the rate, and no decay is taken off."""
    trainer = build_trainer(tiny(loss="arcface", weight_decay=0.5), prepared, CPU)
    vectors, embedding = trainer.metric_loss.vectors, trainer.model.embedding.bias
    before = vectors.detach().clone(), embedding.detach().clone()
    live = Hyperparameters(learning_rate=0.001, class_learning_rate=0.1, scale=30.0)
    record = trainer.step(prepared.batches.batch(0), live)
    assert record.learning_rate == pytest.approx(0.001)
    assert (vectors - before[0]).abs().max().item() == pytest.approx(0.1, rel=1e-2)
    assert (embedding - before[1]).abs().max().item() == pytest.approx(0.001, rel=1e-2)


def test_weights_of_a_learned_balance_move(tiny, prepared) -> None:
    trainer = build_trainer(tiny(balance="uncertainty"), prepared, CPU)
    first, second = (trainer.step(prepared.batches.batch(i), Hyperparameters(alpha=2.0)) for i in range(2))
    assert (first.cls_weight, first.seg_weight, first.metric_weight) == (2.0, 1.0, 1.0)
    assert second.cls_weight != 2.0
    assert second.total is not None


def test_a_loss_with_tuples_only_leaves_the_optimizer_as_it_was(trainer) -> None:
    assert len(trainer.optimizer.param_groups) == 2


def test_only_matrices_decay() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.GroupNorm(2, 4), nn.Linear(4, 2))
    model[2].weight.requires_grad_(False)
    decaying, other = parameter_groups(model, 0.1)
    assert (decaying["weight_decay"], other["weight_decay"]) == (0.1, 0.0)
    assert [p.shape for p in decaying["params"]] == [model[0].weight.shape]
    assert len(other["params"]) == 4
