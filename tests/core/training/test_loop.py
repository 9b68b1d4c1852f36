"""What a whole run does at which step, and what it leaves on the disk."""

import json
import threading
from itertools import pairwise

import numpy as np
import pytest
import torch
from safetensors import safe_open

from core.errors import Cancelled, InputError
from core.hyperparameters import Hyperparameters
from core.runs import Run
from core.training.controls import Controls
from core.training.observer import Channels
from core.training.outcome import load_records, load_snapshot
from core.training.records import (
    CheckpointSaved,
    Evaluated,
    Finished,
    HyperparametersApplied,
    ModelSnapshot,
    Paused,
    Preparing,
    Resumed,
    Started,
)
from core.training.running import run_training
from core.training.schedule import schedule_factor
from core.training.session import train
from tests.core.training.driving import checkpoint_tensors, drive

METRIC_KEYS = ["step", "epoch", "time", "total", "cls", "seg", "metric", "learning_rate", "active_fraction"]
"""Those of api.md; further figures follow them."""
EVALUATION_KEYS = [
    "auc",
    "eer",
    "tpr_at_fpr",
    "threshold_at_fpr",
    "genuine_pairs",
    "impostor_pairs",
    "precision_at_1",
    "map_at_r",
    "classification_accuracy",
    "segmentation_iou",
    "classes",
]
RESULT_KEYS = ["run", "epochs", "steps", "seconds", "images_per_second", "device", *EVALUATION_KEYS, "threshold"]


# --- a run from end to end


def test_events_in_order(tiny, tmp_path) -> None:
    driven = drive(tiny(), tmp_path / "run")
    kinds = [type(event).__name__ for event in driven.events if not isinstance(event, Preparing)]
    assert kinds == ["Started", "CheckpointSaved", "Evaluated", "CheckpointSaved", "Evaluated", "Finished"]
    work = [event.what for event in driven.of(Preparing)]
    assert work[0] == "listing images"
    assert work[-2:] == ["building the model", "evaluating on the held-out part"]
    (started,) = driven.of(Started)
    assert (started.step, started.total_steps, started.steps_per_epoch, started.batch_size) == (0, 8, 4, 8)
    assert (started.data.images, started.data.masks, started.data.held_out_images) == (48, 48, 16)
    assert len(started.data.sample_names) == 48
    assert not started.data.open_set
    assert [event.step for event in driven.of(CheckpointSaved)] == [4, 8]
    assert [(event.step, event.epoch, event.images) for event in driven.of(Evaluated)] == [(4, 1, 16), (8, 2, 16)]
    assert driven.channels.snapshots.take().step == 8


def test_the_run_folder(trained) -> None:
    files = sorted(str(path.relative_to(trained.path)) for path in trained.path.rglob("*") if path.is_file())
    assert files == [
        "checkpoints/step-000004.safetensors",
        "checkpoints/step-000008.safetensors",
        "evaluation/step-000004.json",
        "evaluation/step-000008.json",
        "events.jsonl",
        "metrics.jsonl",
        "run.json",
        "samples.json",
        "snapshots/step-000004.npz",
        "snapshots/step-000008.npz",
    ]


def test_run_json(trained, shapes) -> None:
    content = json.loads((trained.path / "run.json").read_text())
    assert {"schema_version", "config", "seed", "data", "versions", "device", "world_size"} <= content.keys()
    assert content["schema_version"] == 1
    assert content["config"]["data"] == str(shapes)
    assert content["config"]["hyperparameters"]["learning_rate"] == 0.003
    assert (content["seed"], content["device"], content["world_size"]) == (0, "cpu", 1)
    assert content["data"]["name"] == "shapes"
    assert content["data"]["images"] == 48
    assert len(content["data"]["content_hash"]) == 64
    assert torch.__version__.startswith(content["versions"]["torch"])


def test_metrics_jsonl(trained) -> None:
    text = (trained.path / "metrics.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert text.endswith("\n")
    assert [list(line)[: len(METRIC_KEYS)] for line in lines] == [METRIC_KEYS] * 8
    assert all(line["easy"] + line["semi_hard"] + line["hard"] == 48 for line in lines)
    assert [line["step"] for line in lines] == list(range(1, 9))
    assert [line["epoch"] for line in lines] == [1] * 4 + [2] * 4
    assert all(before["time"] < after["time"] for before, after in pairwise(lines))
    for line in lines:
        assert line["total"] == pytest.approx(line["cls"] + line["seg"] + line["metric"], rel=1e-5)
        assert line["learning_rate"] == pytest.approx(0.003 * schedule_factor(line["step"] - 1, 8))
    assert [record.step for record in load_records(trained)] == list(range(1, 9))


def test_each_line_of_metrics_is_there_when_its_step_is_done(tiny, tmp_path) -> None:
    counts = []

    def plan(controls):
        read = lambda: counts.append((tmp_path / "run" / "metrics.jsonl").read_text().count("\n"))  # noqa: E731
        return dict.fromkeys(range(1, 9), read)

    drive(tiny(), tmp_path / "run", plan)
    assert counts == list(range(1, 9))


def test_a_checkpoint_is_one_file_of_tensors_and_text(trained) -> None:
    with safe_open(trained.checkpoint_path(8), framework="pt") as file:
        metadata = file.metadata()
        kinds = {name.split(".")[0] for name in file.keys()}
    assert kinds == {"model", "optimizer", "random"}
    assert metadata["step"] == "8"
    assert json.loads(metadata["hyperparameters"])["margin"] == 0.2
    assert json.loads(metadata["history"]) == []


def test_no_pickle_anywhere(trained) -> None:
    for path in trained.path.rglob("*.npz"):
        with np.load(path, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays.files)
    assert {path.suffix for path in trained.path.rglob("*") if path.is_file()} == {
        ".json",
        ".jsonl",
        ".npz",
        ".safetensors",
    }


def test_the_result(trained) -> None:
    result = trained.result()
    assert list(result) == RESULT_KEYS
    assert (result["run"], result["epochs"], result["steps"], result["device"]) == (str(trained.path), 2, 8, "cpu")
    assert result["images_per_second"] == pytest.approx(8 * 8 / result["seconds"], rel=0.01)
    assert result["classes"] == 4
    assert (result["genuine_pairs"], result["impostor_pairs"]) == (4 * 6, 6 * 16)
    assert 0.5 < result["auc"] <= 1
    assert result["segmentation_iou"] > 0


def test_the_snapshot_is_what_the_checkpoint_says(trained, shapes) -> None:
    """Embeddings of the last look against the stored weights, run over the same files by hand."""
    from core.data.images import load_image, resize_image
    from core.training.checkpoint import load_newest_model

    snapshot = load_snapshot(trained, 8)
    model, _ = load_newest_model(trained)
    samples = trained.samples()
    rows = np.flatnonzero(snapshot.held_out)[:5]
    for row in rows:
        pixels = resize_image(load_image(shapes / "images" / samples.ids[snapshot.sample_ids[row]]), 16)
        with torch.no_grad():
            embedding = model.eval().embed(torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255)[0]
        np.testing.assert_allclose(snapshot.embeddings[row], embedding.numpy(), atol=1e-5)
        assert samples.ids[snapshot.sample_ids[row]].startswith(trained.info.data.classes[snapshot.labels[row]])


def test_training_learns(tiny, tmp_path) -> None:
    result = train(tiny(epochs=12, learning_rate=0.01, augment=False), tmp_path / "run").result()
    assert result["classification_accuracy"] > 0.9
    assert result["auc"] > 0.95


def test_a_seed_decides_everything(tiny, tmp_path) -> None:
    runs = [train(tiny(epochs=1, seed=seed), tmp_path / name) for seed, name in ((1, "a"), (1, "b"), (2, "c"))]
    a, b, c = (checkpoint_tensors(run) for run in runs)
    assert all(torch.equal(a[name], b[name]) for name in a)
    assert not torch.equal(a["model.embedding.weight"], c["model.embedding.weight"])


def test_only_the_newest_checkpoints_stay(tiny, tmp_path) -> None:
    assert train(tiny(epochs=4), tmp_path / "run").checkpoint_steps() == [12, 16]


def test_an_open_set_has_no_accuracy(tiny, tmp_path) -> None:
    driven = drive(tiny(split="open", holdout=0.5), tmp_path / "run")
    data = driven.of(Started)[0].data
    assert (data.open_set, data.training_classes, data.held_out_classes) == (True, 2, 2)
    assert any("Only 2 classes are trained on" in note for note in data.notes)
    result = driven.run.result()
    assert result["classification_accuracy"] is None
    assert result["classes"] == 2
    assert driven.run.info.data.training_classes == ("circle", "square")


def test_without_genuine_pairs_the_figures_are_null(tiny, tmp_path) -> None:
    """One held-out image a class: nothing to verify, but the model can be told right from wrong."""
    driven = drive(tiny(epochs=1, holdout=0.1), tmp_path / "run")
    result = driven.run.result()
    assert list(result) == RESULT_KEYS
    assert result["auc"] is None
    assert result["tpr_at_fpr"] == {"0.05": None, "0.01": None, "0.001": None}
    assert result["classification_accuracy"] is not None
    assert result["segmentation_iou"] is not None
    assert driven.of(Evaluated)[-1].auc is None
    assert driven.run.threshold() is None


# --- live settings


@pytest.mark.parametrize("step", [1, 2, 4, 7])
def test_settings_act_on_the_very_next_step(tiny, tmp_path, step) -> None:
    """Asked for while step `step` is done, at an epoch's end too: the record of the step after it shows them."""
    new = Hyperparameters(margin=0.4, alpha=0.5, beta=0.0, gamma=2.0, learning_rate=0.01, mining="hard")
    driven = drive(tiny(), tmp_path / "run", lambda controls: {step: lambda: controls.apply(new)})
    old = tiny().hyperparameters
    assert driven.of(HyperparametersApplied) == [HyperparametersApplied(step, old, new)]
    for record in driven.records:
        live = new if record.step > step else old
        weighted = live.alpha * record.cls + live.beta * record.seg + live.gamma * record.metric
        assert record.total == pytest.approx(weighted, rel=1e-5)
        assert record.learning_rate == pytest.approx(live.learning_rate * schedule_factor(record.step - 1, 8))
    (line,) = [line for line in driven.run.events() if line["event"] == "hyperparameters"]
    assert (line["step"], line["old"], line["new"]) == (step, old.model_dump(), new.model_dump())
    assert driven.run.hyperparameters() == new


@pytest.mark.parametrize(("name", "value"), [("margin", 1.5), ("mining", "all")])
def test_margin_and_mining_act_on_the_very_next_step(tiny, tmp_path, name, value) -> None:
    """Up to the change two runs are one; at the next step the same weights give another metric loss."""
    plain = drive(tiny(), tmp_path / "plain").records
    new = tiny().hyperparameters.model_copy(update={name: value})
    changed = drive(tiny(), tmp_path / "changed", lambda controls: {3: lambda: controls.apply(new)}).records
    assert [record.total for record in plain[:3]] == [record.total for record in changed[:3]]
    assert plain[3].cls == changed[3].cls
    assert plain[3].metric != changed[3].metric


def test_settings_asked_for_before_the_first_step(tiny, tmp_path) -> None:
    new = Hyperparameters(learning_rate=0.02)

    def on_event(event, controls) -> None:
        if isinstance(event, Preparing) and event.what == "listing images":
            controls.apply(new)

    driven = drive(tiny(), tmp_path / "run", on_event=on_event)
    assert driven.of(HyperparametersApplied)[0].step == 0
    assert driven.records[0].learning_rate == pytest.approx(0.02 * schedule_factor(0, 8))


def test_the_same_settings_are_no_change(tiny, tmp_path) -> None:
    driven = drive(tiny(), tmp_path / "run", lambda controls: {2: lambda: controls.apply(tiny().hyperparameters)})
    assert not driven.of(HyperparametersApplied)


# --- pause, stop, weights


@pytest.mark.parametrize("step", [3, 4])
def test_pause_acts_within_the_step(tiny, tmp_path, step) -> None:
    """At an epoch's end it acts before the look at the model; settings changed meanwhile act at the next step."""
    new = Hyperparameters(learning_rate=0.02)

    def on_event(event, controls) -> None:
        if isinstance(event, Paused):
            controls.apply(new)
            controls.resume()

    driven = drive(tiny(), tmp_path / "run", lambda controls: {step: controls.pause}, on_event=on_event)
    kinds = [type(event).__name__ for event in driven.events]
    at = kinds.index("Paused")
    assert kinds[at : at + 3] == ["Paused", "HyperparametersApplied", "Resumed"]
    assert driven.of(Paused) == [Paused(step)]
    assert driven.of(Resumed) == [Resumed(step)]
    if step == 4:
        assert at < kinds.index("Evaluated")
    assert driven.records[step].learning_rate == pytest.approx(0.02 * schedule_factor(step, 8))
    names = [line["event"] for line in driven.run.events()]
    assert names.index("paused") < names.index("hyperparameters") < names.index("resumed")


@pytest.mark.parametrize("step", [1, 4, 7])
def test_stop_acts_within_the_step_and_keeps_the_model(tiny, tmp_path, step) -> None:
    driven = drive(tiny(), tmp_path / "run", lambda controls: {step: controls.stop})
    assert driven.finished.stopped
    assert len(driven.records) == driven.finished.step == step
    assert driven.run.newest_checkpoint() == step
    assert driven.finished.result["auc"] is not None
    # At an epoch's end the last look takes the place of the epoch's.
    assert [event.step for event in driven.of(Evaluated)] == ([4, 7] if step == 7 else [step])
    assert driven.run.events()[-1]["stopped"] is True


def test_stop_without_evaluation(tiny, tmp_path) -> None:
    driven = drive(tiny(), tmp_path / "run", lambda controls: {5: lambda: controls.stop(evaluate=False)})
    assert list(driven.finished.result) == RESULT_KEYS
    assert driven.finished.result["auc"] is None
    assert driven.run.newest_checkpoint() == 5


def test_stop_at_the_start_of_training_keeps_no_untrained_model(tiny, tmp_path) -> None:
    driven = drive(
        tiny(), tmp_path / "run", on_event=lambda event, controls: isinstance(event, Started) and controls.stop()
    )
    assert driven.finished.step == 0
    assert driven.run.checkpoint_steps() == []


@pytest.mark.parametrize("what", ["decoding images", "building the model"])
def test_stop_while_preparing_leaves_no_folder(tiny, tmp_path, what) -> None:
    controls = Controls()

    def report(event) -> None:
        if isinstance(event, Preparing) and event.what == what:
            controls.stop()

    with pytest.raises(Cancelled):
        run_training(tiny(), tmp_path / "run", resume=False, controls=controls, channels=Channels(report=report))
    assert not (tmp_path / "run").exists()


def test_weights_on_request(tiny, tmp_path) -> None:
    driven = drive(tiny(), tmp_path / "run", lambda controls: {4: controls.request_weights})
    snapshot = driven.channels.weights.take()
    assert isinstance(snapshot, ModelSnapshot)
    assert snapshot.step == 4
    stored = checkpoint_tensors(driven.run, 4)
    for name, value in snapshot.state_dict.items():
        assert torch.equal(value, stored[f"model.{name}"]), name  # a copy: training went on after it


def test_weights_while_paused(tiny, tmp_path) -> None:
    def on_event(event, controls) -> None:
        if isinstance(event, Paused):
            controls.request_weights()
            controls.apply(Hyperparameters(margin=0.3))
        elif isinstance(event, HyperparametersApplied):
            threading.Timer(0.2, controls.resume).start()

    driven = drive(tiny(), tmp_path / "run", lambda controls: {3: controls.pause}, on_event=on_event)
    assert driven.channels.weights.take().step == 3


def test_channels_hold_read_only_arrays(tiny, tmp_path) -> None:
    snapshot = drive(tiny(epochs=1), tmp_path / "run").channels.snapshots.take()
    assert snapshot.embeddings.dtype == np.float32
    for array in (snapshot.embeddings, snapshot.labels, snapshot.sample_ids, snapshot.held_out):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


# --- the Python way in


def test_train_returns_the_run(tiny, tmp_path) -> None:
    events = []
    run = train(tiny(epochs=1), str(tmp_path / "run"), events.append)
    assert isinstance(run, Run)
    assert isinstance(events[-1], Finished)
    assert run.result() == events[-1].result


def test_train_raises_what_is_wrong(tiny, tmp_path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        train(tiny(data=str(tmp_path / "nowhere")), tmp_path / "run")
    assert not (tmp_path / "run").exists()
