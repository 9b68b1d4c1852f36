"""What ends a run against its will: one sentence, and the last checkpoint stays."""

import resource
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import InputError, describe
from core.runs import Run
from core.training import trainer as trainer_module
from core.training.checkpoint import load_newest_model
from core.training.records import Started
from tests.core.conftest import draw_folder
from tests.core.training.driving import drive, timeless


def test_a_loss_that_is_not_finite(tiny, tmp_path, monkeypatch) -> None:
    """The run stays as it was at the last checkpoint, says so in its events, and can go on from there."""
    plain = drive(tiny(), tmp_path / "plain").run
    real = trainer_module.multi_task_loss
    steps = iter(range(1, 100))

    def spoilt(*args, **kwargs):
        losses = real(*args, **kwargs)
        return replace(losses, total=losses.total / 0) if next(steps) == 6 else losses

    monkeypatch.setattr(trainer_module, "multi_task_loss", spoilt)
    with pytest.raises(FloatingPointError, match="the loss is inf at step 6; lower the learning rate"):
        drive(tiny(), tmp_path / "run")
    run = Run.open(tmp_path / "run")
    assert run.newest_checkpoint() == 4
    load_newest_model(run)
    assert [line["step"] for line in run.metrics()] == [1, 2, 3, 4, 5]
    assert run.events()[-1]["event"] == "failed"
    assert run.events()[-1]["step"] == 5
    assert "the loss is inf" in run.events()[-1]["message"]
    monkeypatch.undo()
    assert timeless(drive(tiny(), tmp_path / "run", resume=True).run.metrics()) == timeless(plain.metrics())


def test_the_run_folder_is_deleted(tiny, tmp_path) -> None:
    run = tmp_path / "run"
    with pytest.raises((InputError, OSError)) as error:
        drive(tiny(), run, lambda controls: {2: lambda: shutil.rmtree(run)})
    assert_one_sentence(error.value, run)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_the_disk_is_full_for_a_line(tiny, tmp_path) -> None:
    run = tmp_path / "run"

    def fill_up(event, controls) -> None:
        if isinstance(event, Started):
            (run / "metrics.jsonl").unlink()
            (run / "metrics.jsonl").symlink_to("/dev/full")

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
