"""What ends a run against its will: one sentence, and the last checkpoint stays."""

import resource
import shutil
from pathlib import Path

import pytest
import torch

from core.errors import InputError, describe
from core.losses.value import LossValue
from core.runs import Run
from core.training import running
from core.training import trainer as trainer_module
from core.training.checkpoint import load_newest_model
from core.training.preparation import build_trainer, prepare_data
from core.training.records import HealthWarning, Paused, Started
from tests.core.conftest import draw_folder
from tests.core.training.driving import checkpoint_tensors, drive, timeless

CPU = torch.device("cpu")


class Spoiler:
    """Makes the metric loss of chosen steps infinite, counted over all that one process computes."""

    def __init__(self, monkeypatch, *steps: int) -> None:
        self._real, self._steps, self._count = trainer_module.task_terms, steps, 0
        monkeypatch.setattr(trainer_module, "task_terms", self._terms)

    def resumed_after(self, step: int) -> None:
        self._count = step

    def _terms(self, *args, **kwargs):
        terms = self._real(*args, **kwargs)
        self._count += 1
        if self._count not in self._steps:
            return terms
        return terms._replace(metric=LossValue(terms.metric.value / 0, 0.0, 0))


def weights_of(run: Run, step: int) -> dict[str, torch.Tensor]:
    tensors = checkpoint_tensors(run, step)
    return {name: value for name, value in tensors.items() if name.split(".")[0] in ("model", "optimizer", "loss")}


def assert_same_weights(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> None:
    assert one.keys() == other.keys()
    assert not [name for name in one if not torch.equal(one[name], other[name])]


def test_one_step_that_is_not_finite_is_passed_over(tiny, tmp_path, monkeypatch) -> None:
    """Told once for all of a row; the run goes on and says what it was in its metrics and events."""
    Spoiler(monkeypatch, 2, 6, 7)
    driven = drive(tiny(), tmp_path / "run")
    assert [record.fault for record in driven.records if record.fault] == ["the metric loss is inf"] * 3
    assert [warning.step for warning in driven.of(HealthWarning)] == [2, 6]
    assert driven.of(HealthWarning)[0].seen.startswith("Step 2 was skipped")
    lines = driven.run.metrics()
    assert [line["step"] for line in lines] == list(range(1, 9))
    assert [line["step"] for line in lines if line["total"] is None] == [2, 6, 7]
    warnings = [line for line in driven.run.events() if line["event"] == "warning"]
    assert [line["seen"] for line in warnings] == [warning.seen for warning in driven.of(HealthWarning)]
    assert not driven.finished.stopped


def test_three_in_a_row_take_the_weights_back(tiny, tmp_path, monkeypatch) -> None:
    """To the end of the epoch before: stopped right then, the run holds what it held there."""
    Spoiler(monkeypatch, 6, 7, 8)
    driven = drive(tiny(epochs=3, loss="arcface"), tmp_path / "run", lambda controls: {8: controls.stop})
    assert_same_weights(weights_of(driven.run, 8), weights_of(driven.run, 4))
    (event,) = [line for line in driven.run.events() if line["event"] == "rolled back"]
    assert (event["step"], event["to"]) == (8, 4)
    assert driven.of(HealthWarning)[-1].seen == (
        "The metric loss is inf at step 8, and so for 3 steps in a row: gone back to the weights of step 4."
    )


def test_before_the_first_checkpoint_the_run_starts_over(tiny, tmp_path, monkeypatch) -> None:
    config = tiny(loss="soft-triple")
    Spoiler(monkeypatch, 2, 3, 4)
    driven = drive(config, tmp_path / "run", lambda controls: {4: lambda: controls.stop(evaluate=False)})
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False)
    fresh = build_trainer(config, prepared, CPU)
    stored = weights_of(driven.run, 4)
    expected = {f"model.{name}": value for name, value in fresh.model.state_dict().items()}
    expected["loss.vectors"] = fresh.metric_loss.vectors.detach()
    assert_same_weights(stored, expected)


@pytest.mark.parametrize("stops", [(), (2,)], ids=["at once", "stopped and resumed"])
def test_a_run_that_started_from_another_goes_back_to_it_when_that_is_gone(
    tiny, trained, tmp_path, monkeypatch, stops
) -> None:
    source = tmp_path / "source"
    shutil.copytree(trained.path, source)
    config, run = tiny(init=source, ema=0.9), tmp_path / "run"
    spoiler = Spoiler(monkeypatch, 2, 3, 4)
    start = run / "checkpoints" / "start.safetensors"
    for stop in stops:
        drive(config, run, lambda controls, at=stop: {at: lambda: controls.stop(evaluate=False)})
        spoiler.resumed_after(stop)

    def leave(controls):
        def ended() -> None:
            assert start.is_file()
            controls.stop(evaluate=False)

        return {3: lambda: shutil.rmtree(source), 4: ended}

    driven = drive(config, run, leave, resume=bool(stops))
    stored = {name: value for name, value in weights_of(driven.run, 4).items() if name.startswith("model.")}
    (_, began) = trained.checkpoint_steps()
    first = {name: value for name, value in weights_of(trained, began).items() if name.startswith("model.")}
    assert_same_weights(stored, first)
    assert not start.exists(), "the end of the first epoch is a good state"


def test_weights_that_are_not_finite_at_an_end_of_an_epoch_take_it_back(tiny, tmp_path) -> None:
    """The last update of the epoch overflows: what is stored is the last good state, and it is told."""
    trainers = []

    def overflow() -> None:
        with torch.no_grad():
            trainers[0].model.embedding.bias[0] = torch.inf

    with pytest.MonkeyPatch.context() as patch:
        real = running.build_trainer
        patch.setattr(running, "build_trainer", lambda *a, **k: trainers.append(real(*a, **k)) or trainers[-1])
        driven = drive(tiny(epochs=3), tmp_path / "run", lambda controls: {8: lambda: (overflow(), controls.stop())})
    assert_same_weights(weights_of(driven.run, 8), weights_of(driven.run, 4))
    assert "embedding.bias is not finite after step 8" in driven.of(HealthWarning)[0].seen
    assert driven.finished.result["auc"] is not None


@pytest.mark.parametrize("stops", [(8,), (5, 6, 7)], ids=str)
def test_a_run_in_trouble_resumes_bit_identically(tiny, tmp_path, monkeypatch, stops) -> None:
    """Stopped within a row of skipped steps, and after a good step behind the last epoch's end."""
    config = tiny(epochs=3, balance="dwa")
    with monkeypatch.context() as patch:
        Spoiler(patch, 6, 7, 8)
        whole = drive(config, tmp_path / "whole").run
    spoiler = Spoiler(monkeypatch, 6, 7, 8)
    before = 0
    for stop in stops:
        spoiler.resumed_after(before)
        drive(config, tmp_path / "run", lambda controls, at=stop: {at: controls.stop}, resume=before > 0)
        before = stop
    spoiler.resumed_after(before)
    run = drive(config, tmp_path / "run", resume=True).run
    one, other = checkpoint_tensors(whole), checkpoint_tensors(run)
    assert_same_weights(one, other)
    assert timeless(whole.metrics()) == timeless(run.metrics())


def test_trouble_without_end_ends_the_run(tiny, tmp_path, monkeypatch) -> None:
    """It stays as it was at the last checkpoint, says so in its events, and can go on from there."""
    plain = drive(tiny(epochs=5), tmp_path / "plain").run
    with monkeypatch.context() as patch:
        Spoiler(patch, *range(6, 100))
        with pytest.raises(FloatingPointError, match=r"^the metric loss is inf at step 17, .*lower the learning rate"):
            drive(tiny(epochs=5), tmp_path / "run")
    run = Run.open(tmp_path / "run")
    assert [line["event"] for line in run.events()].count("rolled back") == 3
    assert run.events()[-1]["event"] == "failed"
    assert run.events()[-1]["message"].startswith("the metric loss is inf at step 17")
    assert run.newest_checkpoint() == 16
    load_newest_model(run)
    assert not drive(tiny(epochs=5), run.path, resume=True).finished.stopped
    assert len(run.metrics()) == len(plain.metrics()) == 20


def test_the_run_folder_is_deleted(tiny, tmp_path) -> None:
    run = tmp_path / "run"
    with pytest.raises((InputError, OSError)) as error:
        drive(tiny(), run, lambda controls: {2: lambda: shutil.rmtree(run)})
    assert_one_sentence(error.value, run)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_the_disk_is_full_for_a_line(tiny, tmp_path) -> None:
    """It waits for room; told to stop meanwhile, it ends."""
    run = tmp_path / "run"

    def fill_up(event, controls) -> None:
        if isinstance(event, Started):
            (run / "metrics.jsonl").unlink()
            (run / "metrics.jsonl").symlink_to("/dev/full")
        elif isinstance(event, Paused):
            controls.stop()

    with pytest.raises(InputError, match="the run folder can no longer be written to") as error:
        drive(tiny(), run, on_event=fill_up)
    assert_one_sentence(error.value, run)


def test_the_disk_is_full_for_a_checkpoint(tiny, tmp_path) -> None:
    """The system refuses files above 50,000 bytes from step 5 on: the checkpoint of step 4 stays."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(InputError, match=r"step-000008\.safetensors: the checkpoint cannot be written") as error:
            drive(
                tiny(),
                tmp_path / "run",
                lambda controls: {5: lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))},
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert_one_sentence(error.value, tmp_path / "run")
    run = Run.open(tmp_path / "run")
    assert run.checkpoint_steps() == [4]
    assert run.events()[-1]["event"] == "failed"
    assert not list((run.path / "checkpoints").glob(".*"))
    assert not drive(tiny(), run.path, resume=True).finished.stopped


def test_the_data_folder_may_vanish_while_training(tiny, tmp_path) -> None:
    """Everything is decoded by then; only going on later needs the images again."""
    data = draw_folder(tmp_path / "shapes", per_class=6)
    config = tiny(data=str(data))
    driven = drive(config, tmp_path / "run", lambda controls: {1: lambda: shutil.rmtree(data), 3: controls.stop})
    assert driven.finished.result["auc"] is not None
    with pytest.raises(InputError, match="no such folder"):
        drive(config, tmp_path / "run", resume=True)


def assert_one_sentence(error: BaseException, run: Path) -> None:
    assert describe(error).startswith(str(run))
    assert "\n" not in describe(error)
