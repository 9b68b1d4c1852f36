"""Early stopping: which epoch is the best, and that a run ends with its weights, resumed or not."""

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file

from core.errors import InputError
from core.runs import Run
from core.training.checkpoint import BestEpoch, load_newest_model
from core.training.early_stopping import OPTIMISTIC, EarlyStopping
from core.training.observer import Observer
from core.training.records import Evaluated, Note
from tests.core.conftest import draw_folder
from tests.core.training.driving import assert_same_run, drive

pytestmark = pytest.mark.long

Figures = list[float | None]


def judged(patience: int, aucs: Figures, accuracies: Figures | None = None) -> tuple[EarlyStopping, int]:
    """Judge epochs of 10 steps until the run is to end; how many were."""
    early = EarlyStopping(patience, BestEpoch())
    for epoch, auc in enumerate(aucs, start=1):
        assert early.owes_a_look(10 * epoch)
        accuracy = None if accuracies is None else accuracies[epoch - 1]
        early.judge(10 * epoch, {"auc": auc, "classification_accuracy": accuracy})
        assert not early.owes_a_look(10 * epoch)
        if early.ended:
            return early, epoch
    return early, len(aucs)


def test_ends_after_so_many_epochs_without_a_better_one() -> None:
    early, epochs = judged(2, [0.6, 0.8, 0.8, 0.7, 0.9])
    assert (early.ended, epochs, early.best.step, early.best.value) == (True, 4, 20, 0.8)
    assert early.to_take_back(40) == 20
    assert early.in_words(10) == "the weights are those of epoch 2, whose held-out AUC of 0.8000 was the best"
    early.keep()
    assert early.to_take_back(40) is None


def test_a_run_that_gets_better_goes_on() -> None:
    early, epochs = judged(1, [0.5, 0.6, 0.7])
    assert (early.ended, epochs) == (False, 3)
    assert early.to_take_back(30) is None  # the last is the best


def test_accuracy_where_there_is_no_auc_and_never_both() -> None:
    early, _ = judged(1, [None, 0.9, None], [0.3, None, 0.2])
    assert (early.best.measure, early.best.value, early.best.step, early.ended) == (
        "classification_accuracy",
        0.3,
        10,
        True,
    )


def test_epochs_without_a_figure_are_passed_over() -> None:
    early, epochs = judged(1, [None, None, 0.5, None, 0.4])
    assert (early.ended, epochs, early.best.step) == (True, 5, 30)


def test_none_is_judged_without_patience() -> None:
    early = EarlyStopping(0, BestEpoch())
    assert not early.owes_a_look(10)
    assert not early.ended


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(1, 5))
def test_the_best_is_the_first_of_the_highest_seen(aucs: list[float], patience: int) -> None:
    early, epochs = judged(patience, list(aucs))
    seen = aucs[:epochs]
    assert early.best.value == max(seen)
    assert early.best.step == 10 * (1 + seen.index(max(seen)))
    assert early.ended == (epochs - early.best.step // 10 >= patience)


# --- in a run

AUCS = {4: 0.5, 8: 0.9, 12: 0.8, 16: 0.85, 20: 0.7, 24: 0.95}


@pytest.fixture
def scripted(monkeypatch) -> list[int]:
    """Held-out AUC by step, as if it had been measured; the steps that were judged."""
    real, looks = Observer.glance, []

    def glance(self, epoch, interrupted, **how) -> dict[str, Any] | None:
        figures = real(self, epoch, interrupted, **how)
        if figures is None:
            return None
        looks.append(self._trainer.step_count)
        return figures | {"auc": AUCS[self._trainer.step_count]}

    monkeypatch.setattr(Observer, "glance", glance)
    return looks


def test_a_run_ends_with_the_weights_of_its_best_epoch(tiny, tmp_path, scripted) -> None:
    """The best is the second of four; the fourth and last step of training has its weights."""
    kept = {}

    def plan(controls):
        return {9: lambda: kept.update(load_file(tmp_path / "run/checkpoints/step-000008.safetensors"))}

    driven = drive(tiny(epochs=6, patience=2), tmp_path / "run", plan)
    assert scripted == [4, 8, 12, 16]
    assert (driven.finished.step, driven.finished.stopped) == (16, False)
    assert (driven.finished.result["epochs"], driven.finished.result["best_epoch"]) == (4, 2)
    assert driven.run.newest_checkpoint() == 16
    stored = load_file(driven.run.checkpoint_path(16))
    assert all(torch.equal(value, stored[name]) for name, value in kept.items() if name.startswith("model."))
    model, _ = load_newest_model(driven.run)
    assert torch.equal(model.embedding.weight, kept["model.embedding.weight"])
    assert driven.run.evaluation().step == driven.run.snapshot_steps()[-1] == 16
    notes = [note.message for note in driven.of(Note)]
    assert notes[0] == OPTIMISTIC
    assert "the weights are those of epoch 2, whose held-out AUC of 0.9000 was the best" in notes
    assert len(driven.of(Evaluated)) == 5  # and one at the end


@pytest.mark.parametrize("stops", [(4,), (8, 10), (16,)], ids=str)
def test_resumed_it_ends_in_the_same_place(tiny, tmp_path, scripted, stops) -> None:
    """Stopped at the end of an epoch, which then is still to be judged, and within one."""
    config = tiny(epochs=6, patience=2)
    whole = drive(config, tmp_path / "whole").run
    for stop in stops:
        plan = {stop: "stop"}
        drive(
            config,
            tmp_path / "run",
            lambda controls, plan=plan: {step: lambda: controls.stop(evaluate=False) for step in plan},
            resume=stop != stops[0],
        )
    resumed = drive(config, tmp_path / "run", resume=True)
    assert not resumed.finished.stopped
    assert_same_run(whole, resumed.run)


def test_stopped_at_its_last_step_it_is_judged_all_the_same(tiny, tmp_path, scripted) -> None:
    """It does not go on, so nothing else would take it back to its best epoch."""
    config = tiny(epochs=3, patience=5)
    whole = drive(config, tmp_path / "whole").run
    stopped = drive(config, tmp_path / "run", lambda controls: {12: controls.stop})
    assert scripted[-1] == 12
    assert not stopped.finished.stopped
    assert stopped.finished.result["best_epoch"] == 2
    assert_same_run(whole, stopped.run)


def test_cancelled_in_its_last_evaluation_it_keeps_the_best_once(tiny, tmp_path, scripted) -> None:
    config = tiny(epochs=6, patience=2)
    whole = drive(config, tmp_path / "whole").run

    def abandon(event, controls) -> None:
        if isinstance(event, Note) and "was the best" in event.message:
            controls.stop(evaluate=False)

    halted = drive(config, tmp_path / "run", on_event=abandon)
    assert halted.finished.stopped
    looks = len(scripted)
    resumed = drive(config, tmp_path / "run", resume=True)
    assert len(scripted) == looks
    assert not [note for note in resumed.of(Note) if "was the best" in note.message]
    assert_same_run(whole, resumed.run)


def test_a_run_that_ends_by_itself_also_has_its_best_epoch(tiny, tmp_path, scripted) -> None:
    driven = drive(tiny(epochs=3, patience=5), tmp_path / "run")
    assert (driven.finished.step, driven.finished.result["best_epoch"]) == (12, 2)
    assert scripted == [4, 8, 12]


def test_a_stopped_run_keeps_its_newest_weights(tiny, tmp_path, scripted) -> None:
    """It may go on; the best epoch's checkpoint waits, however many came after it."""
    driven = drive(tiny(epochs=6, patience=4), tmp_path / "run", lambda controls: {18: controls.stop})
    assert driven.finished.stopped
    assert driven.run.checkpoint_steps() == [8, 16, 18]
    assert not [note for note in driven.of(Note) if "was the best" in note.message]


def test_a_best_checkpoint_that_is_damaged_costs_only_itself(tiny, tmp_path, scripted) -> None:
    def plan(controls):
        return {15: lambda: (tmp_path / "run/checkpoints/step-000008.safetensors").write_bytes(b"")}

    driven = drive(tiny(epochs=6, patience=2), tmp_path / "run", plan)
    assert not driven.finished.stopped
    assert any("the run keeps its last weights" in note.message for note in driven.of(Note))


def test_every_epoch_is_looked_at_whatever_it_takes(tiny, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("core.training.observer.BUDGET", 0.0)
    driven = drive(tiny(epochs=3, patience=3), tmp_path / "run")
    assert [event.step for event in driven.of(Evaluated)][:3] == [4, 8, 12]


def test_data_that_tells_no_figure_is_refused_before_training(tiny, tmp_path) -> None:
    """One held-out class: no impostor pairs, and a model that cannot name it."""
    folder = draw_folder(tmp_path / "shapes", classes=3)
    names = tmp_path / "names.txt"
    names.write_text("circle\n")
    config = tiny(data=str(folder), split="open", holdout=str(names), classes_per_batch=2, patience=1)
    with pytest.raises(InputError, match="patience: needs genuine and impostor pairs among the held-out images"):
        drive(config, tmp_path / "run")
    assert not Run.exists(tmp_path / "run")
