"""Going on with a run: its own settings stay, live ones may change until it has ended, and nothing is passed over."""

from pathlib import Path

import pytest

from core.config import RunConfig
from core.errors import InputError
from core.training.going_on import changed_settings, own_config
from core.training.records import HyperparametersApplied, Note
from core.training.session import train
from tests.core.training.driving import assert_same_run, changes, drive


@pytest.fixture
def stopped(tiny, tmp_path) -> Path:
    """A run that was stopped after 5 of 8 steps, its margin changed after 2."""
    drive(
        tiny(),
        tmp_path / "run",
        lambda controls: {2: lambda: controls.apply(tiny(margin=0.6).hyperparameters), 5: controls.stop},
    )
    return tmp_path / "run"


@pytest.mark.parametrize("ended", [False, True])
def test_nothing_asked_for_is_no_change(tiny, trained, stopped, monkeypatch, ended) -> None:
    from core.runs import Run

    run = trained if ended else Run.open(stopped)
    assert changed_settings(run, RunConfig()) is None
    assert changed_settings(run, tiny()) is None
    monkeypatch.chdir(Path(run.config.data).parent)
    assert changed_settings(run, tiny(data=Path(run.config.data).name)) is None
    assert changed_settings(run, tiny(strategy="ddp")) is None


def test_live_settings_are_changed_and_that_is_said(tiny, stopped) -> None:
    """What the run began with is not asked for, so what was changed since stays."""
    driven = drive(tiny(learning_rate=0.001), stopped, resume=True)
    wanted = tiny(margin=0.6, learning_rate=0.001).hyperparameters
    [applied] = driven.of(HyperparametersApplied)
    assert (applied.step, applied.new) == (5, wanted)
    assert [step for step, _, _ in changes(driven.run)] == [2, 5]
    assert driven.run.hyperparameters() == wanted
    assert not driven.of(Note)


def test_what_is_left_out_is_the_run_s_own(tiny, trained, tmp_path) -> None:
    drive(tiny(), tmp_path / "run", lambda controls: {5: controls.stop})
    assert_same_run(train(RunConfig(), tmp_path / "run", resume=True), trained)


def test_what_processes_share_out_is_the_run_s_own_until_it_is_said(tiny, tmp_path) -> None:
    run = drive(tiny(strategy="fsdp"), tmp_path / "run", lambda controls: {1: controls.stop}).run
    assert own_config(run, RunConfig()) == run.config
    assert own_config(run, RunConfig(strategy="ddp")) == run.config.model_copy(update={"strategy": "ddp"})


def test_what_processes_share_out_must_go_with_the_run_s_other_settings(tiny, tmp_path) -> None:
    drive(tiny(balance="pcgrad"), tmp_path / "run", lambda controls: {1: controls.stop})
    with pytest.raises(InputError, match="strategy: must be ddp with the balance pcgrad"):
        train(RunConfig(strategy="fsdp"), tmp_path / "run", resume=True)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"epochs": 3}, "epochs: a run goes on with its own settings; .* has 2, found 3 .--init starts a new run"),
        ({"seed": 7}, "seed: a run goes on with its own settings"),
        ({"init": "elsewhere"}, "init: a run goes on with its own settings; .* has None, found '.*/elsewhere'"),
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_structural_settings_are_refused(tiny, trained, stopped, other, words, ended) -> None:
    with pytest.raises(InputError, match=words):
        train(tiny(**other), trained.path if ended else stopped, resume=True)


def test_a_run_that_has_ended_takes_no_live_setting(tiny, trained) -> None:
    with pytest.raises(InputError, match=r"margin: .* has ended and trains no further with 0\.7; start a new run"):
        train(tiny(margin=0.7), trained.path, resume=True)


def test_what_an_ended_run_was_changed_to_may_be_asked_for_again(tiny, stopped) -> None:
    """As a job does that is queued again with the same command."""
    config = tiny(margin=0.25)
    run = drive(config, stopped, resume=True).run
    assert run.hyperparameters() == config.hyperparameters
    assert drive(config, stopped, resume=True).finished.result == run.result()
