"""Reading one step late, as on a GPU: the same weights bit for bit, the same records, each one step later."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import torch

from core.hyperparameters import Hyperparameters
from core.losses.value import LossValue
from core.runs import Run
from core.training import preparation
from core.training import trainer as module
from core.training.batches import BatchSource
from core.training.compiling import FIRST_STEPS, CompileCost
from core.training.controls import Controls
from core.training.preparation import PreparedData, build_trainer, prepare_data
from core.training.records import PHASES, StepRecord
from core.training.step_clock import TELL_EVERY, StepClock, StepTimes
from core.training.trainer import Trainer
from tests.core.training.driving import Plan, assert_same_run, drive

pytestmark = pytest.mark.long

CPU = torch.device("cpu")
LIVE = Hyperparameters(learning_rate=0.01)
STEPS = 6


@pytest.fixture(scope="module")
def prepared(tiny) -> PreparedData:
    return prepare_data(tiny(), CPU, lambda event: None, lambda: False)


def make(config: Any, prepared: PreparedData, *, deferred: bool) -> Trainer:
    trainer = build_trainer(config, prepared, CPU)
    trainer._deferred = deferred  # no setting of a user: the device decides
    return trainer


def untimed(record: StepRecord) -> StepRecord:
    return replace(record, time=0.0, seconds=None, cls_gradient=None, seg_gradient=None, metric_gradient=None)


def assert_same_state(one: Trainer, other: Trainer) -> None:
    for a, b in zip(one.model.state_dict().values(), other.model.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    for a, b in zip(one.balance.state_dict().values(), other.balance.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    for p, q in zip(one.optimizer.state.values(), other.optimizer.state.values(), strict=True):
        assert all(torch.equal(p[name], q[name]) for name in p)


def spoil(monkeypatch: pytest.MonkeyPatch, steps: set[int]) -> None:
    """The metric loss of some steps of each trainer is infinite."""
    real, count = module.task_terms, iter(range(1, 1000))

    def spoilt(*args: Any, **kwargs: Any) -> Any:
        terms = real(*args, **kwargs)
        return terms._replace(metric=LossValue(terms.metric.value / 0, 0.0, 0)) if next(count) in steps else terms

    monkeypatch.setattr(module, "task_terms", spoilt)


@pytest.mark.parametrize(
    "settings", [{}, {"balance": "dwa"}, {"balance": "uncertainty"}, {"ema": 0.9}, {"micro_batch": 3}]
)
def test_records_come_late_and_are_the_same(tiny, prepared, settings) -> None:
    immediate, late = (make(tiny(**settings), prepared, deferred=deferred) for deferred in (False, True))
    expected = [immediate.step(prepared.batches.batch(step), LIVE) for step in range(STEPS)]
    found: list[StepRecord] = []
    for step in range(STEPS):
        ready = late.advance(prepared.batches.batch(step), LIVE)
        assert [record.step for record in ready] == ([step] if step else [])
        assert late.step_count == step + 1
        found += ready
    found += late.flush()
    assert late.flush() == ()
    assert list(map(untimed, found)) == list(map(untimed, expected))
    assert_same_state(late, immediate)


def test_a_fault_is_seen_late_and_changes_nothing(tiny, prepared, monkeypatch) -> None:
    """Also in the first step, whose moments do not exist yet."""
    for bad in ({1}, {3, 4}):
        states = []
        for deferred in (False, True):
            with monkeypatch.context() as patch:
                spoil(patch, bad)
                trainer = make(tiny(), prepared, deferred=deferred)
                records: list[StepRecord] = []
                for step in range(STEPS):
                    records += trainer.advance(prepared.batches.batch(step), LIVE)
                records += trainer.flush()
            assert {record.step for record in records if record.fault == "the metric loss is inf"} == bad
            assert {record.step for record in records if record.fault} == bad
            states.append(trainer)
        assert_same_state(*states)


def test_a_gradient_that_is_not_finite_is_named_though_the_next_step_made_others(tiny, prepared) -> None:
    trainer = make(tiny(), prepared, deferred=True)
    handle = trainer.model.embedding.bias.register_hook(lambda gradient: gradient / 0)
    trainer.advance(prepared.batches.batch(0), LIVE)
    handle.remove()
    (record,) = trainer.advance(prepared.batches.batch(1), LIVE)
    assert record.fault == "the gradient of model.embedding.bias is inf"
    (record,) = trainer.flush()
    assert record.fault is None


# --- batches gathered ahead


def test_batches_gathered_ahead_are_the_same(prepared) -> None:
    usual = prepared.batches
    ahead = BatchSource(prepared.data, prepared.split, usual._sampler, usual._augmentation, CPU, ahead=True)
    for step in (0, 1, 2, 3, 4, 7, 2):  # over the end of an epoch, and back as after a resumption
        one, other = usual.batch(step), ahead.batch(step)
        assert torch.equal(one.images, other.images)
        assert torch.equal(one.labels, other.labels)
    part = slice(2, 5)
    images, _ = ahead.batch(5).load(part, StepClock(CPU))
    assert torch.equal(images, usual.batch(5).images[part])


def test_shares_of_a_batch_make_up_the_whole(prepared) -> None:
    usual = prepared.batches
    shares = [
        BatchSource(prepared.data, prepared.split, usual._sampler, usual._augmentation, CPU, share=(rank, 4)).batch(3)
        for rank in range(4)
    ]
    assert torch.equal(torch.cat([share.images for share in shares]), usual.batch(3).images)
    assert all(torch.equal(share.labels, usual.batch(3).labels) for share in shares)


# --- where the time goes


def test_the_phases_of_a_step_add_up(tiny, prepared) -> None:
    trainer = make(tiny(), prepared, deferred=False)
    trainer.stopwatch.run()
    spent = 0.0
    for step in range(STEPS):
        before = trainer.stopwatch.seconds
        batch = prepared.batches.batch(step)
        trainer.step(batch, LIVE)
        spent += trainer.stopwatch.seconds - before
    told = trainer.times.tell(trainer.times._told_at + TELL_EVERY)
    assert told is not None
    phases = [getattr(told, name) for name in PHASES]
    assert all(seconds > 0 for seconds in phases[:-1])
    assert told.probe == 0.0
    assert 0.5 * spent < STEPS * sum(phases) <= spent


def test_times_are_told_now_and_then() -> None:
    times = StepTimes()
    times.add({"forward": 0.3, "backward": 0.1})
    assert times.tell(0.4) is None
    times.add({"forward": 0.1})
    times.add({"probe": 1.0}, steps=0)
    told = times.tell(0.6)
    assert told is not None
    assert (told.forward, told.backward, told.probe) == pytest.approx((0.2, 0.05, 0.5))
    assert times.tell(9.0) is None


# --- a compiled forward pass


def test_a_compiled_model_trains_the_same_under_the_same_names(tiny, prepared, monkeypatch) -> None:
    """By a backend that only traces: to generate code takes half a minute."""
    real = torch.compile
    monkeypatch.setattr(torch, "compile", lambda model, **options: real(model, backend="eager"))
    plain, traced = (make(tiny(compile=wanted), prepared, deferred=False) for wanted in (False, True))
    for step in range(2):
        one, other = (trainer.step(prepared.batches.batch(step), LIVE) for trainer in (plain, traced))
        assert untimed(one) == untimed(other)
    assert list(plain.model.state_dict()) == list(traced.model.state_dict())
    assert_same_state(plain, traced)


def test_the_cost_of_compiling_is_told_once() -> None:
    cost = CompileCost()
    notes = [note for seconds in (30.0, 10.0, *[0.5] * 20) for note in cost.observe(seconds)]
    assert notes == ["compile: the first steps took 39.0 s longer; a step takes 500 ms now."]
    assert FIRST_STEPS > 2


def test_a_run_is_the_same(tiny, tmp_path, monkeypatch) -> None:
    """With a pause, a live change and a stop in the middle of an epoch, after which it goes on."""

    def plan(controls: Controls) -> Plan:
        return {3: lambda: (controls.apply(LIVE), controls.pause(), controls.resume())}

    config = tiny(balance="dwa")
    immediate = drive(config, tmp_path / "immediate", plan)
    monkeypatch.setattr(preparation, "Trainer", partial(Trainer, deferred=True))
    late = drive(config, tmp_path / "late", lambda controls: {2: lambda: controls.apply(LIVE)})
    assert_same_run(immediate.run, late.run)
    drive(config, tmp_path / "stopped", lambda controls: {2: lambda: controls.apply(LIVE), 5: controls.stop})
    drive(config, tmp_path / "stopped", resume=True)
    assert_same_run(immediate.run, Run.open(tmp_path / "stopped"))
