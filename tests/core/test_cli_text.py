from pathlib import Path

from core.cli_text import event_lines, left_out_lines, table, warning_lines
from core.data.dataset import Problem
from core.hyperparameters import Hyperparameters
from core.training import records

DATA = records.DataSummary(
    name="pets",
    classes=("cat", "dog", "fox", "owl"),
    sample_names=(),
    images=40,
    masks=0,
    training_images=20,
    held_out_images=20,
    training_classes=2,
    held_out_classes=2,
    open_set=True,
    problems=(Problem("cat/1.jpg", "an empty file (0 bytes)"),),
    notes=("Only 2 classes are trained on.",),
)
STARTED = records.Started(Path("runs/a"), 30, 100, 10, 64, "cpu", "resnet18", DATA, Hyperparameters())


def test_a_resumed_open_set_run() -> None:
    assert event_lines(STARTED) == [
        "pets: 40 images, 4 classes, 0 masks",
        "open set: trains on 20 images of 2 classes, 20 images of 2 classes held out",
        "resnet18 on cpu: 100 steps of 64 images, from 30, into runs/a",
        "note: Only 2 classes are trained on.",
        "left out: 1",
        "  cat/1.jpg: an empty file (0 bytes)",
    ]


def test_a_script_hears_warnings_only() -> None:
    assert warning_lines(STARTED) == event_lines(STARTED)[3:]
    assert warning_lines(records.Note("look")) == event_lines(records.Note("look")) == ["note: look"]
    ill = records.HealthWarning(7, "Something was seen.", "Try this.")
    assert warning_lines(ill) == event_lines(ill) == ["warning: Something was seen. Try this."]
    for event in (records.Preparing("listing images", 0, 0), records.Finished(3, True, {})):
        assert warning_lines(event) == []
        assert len(event_lines(event)) == 1


def test_progress_in_numbers_is_no_line() -> None:
    assert event_lines(records.Preparing("decoding images", 3, 10)) == []
    assert event_lines(records.CheckpointSaved(3, Path("x"))) == []


def test_a_change_names_what_changed() -> None:
    event = records.HyperparametersApplied(7, Hyperparameters(), Hyperparameters(margin=0.5, mining="hard"))
    assert event_lines(event) == ["after step 7: margin 0.5, mining hard"]


def test_a_look() -> None:
    assert event_lines(records.Evaluated(40, 4, 120, 0.98765, 0.0512, None)) == [
        "epoch 4 · step 40 · 120 held-out images · AUC 0.9877 · EER 5.12 %"
    ]
    assert event_lines(records.Evaluated(40, 4, 4, None, None, 0.75)) == [
        "epoch 4 · step 40 · 4 held-out images · no genuine or no impostor pairs · accuracy 75.0 %"
    ]


def test_long_lists_are_cut() -> None:
    lines = left_out_lines([Problem(str(number), "bad") for number in range(12)])
    assert lines[0] == "left out: 12"
    assert lines[-1] == "  and 2 more"
    assert len(lines) == 12
    assert left_out_lines([]) == []


def test_table() -> None:
    assert table({"auc": 0.98765, "tpr": {"0.01": None, "0.05": 0.5}, "classes": 4}).splitlines() == [
        "auc       0.9877",
        "tpr 0.01  unknown",
        "tpr 0.05  0.5000",
        "classes   4",
    ]
