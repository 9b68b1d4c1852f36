"""A run folder is written whole, read with distrust, and whatever is wrong with it is one sentence."""

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.evaluation.parts import PartRates
from core.hyperparameters import Hyperparameters
from core.run_content import library_versions, located
from core.runs import Exclusion, Run, ThresholdChoice


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    """A finished run to damage."""
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


def edit(file: Path, **changes: object) -> None:
    """Change a JSON file; `a__b=1` changes b within a, and None removes a key."""
    content = json.loads(file.read_text())
    for place, value in changes.items():
        *outer, last = place.split("__")
        inner = content
        for key in outer:
            inner = inner[key]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    file.write_text(json.dumps(content))


def refused(path: Path, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        Run.open(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


# --- opening


def test_a_run_is_opened_by_path_or_text(trained) -> None:
    for path in (trained.path, str(trained.path)):
        run = Run.open(path)
        assert run.info == trained.info
        assert run.config == trained.config


def test_home_is_understood(trained, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(trained.path.parent))
    assert Run.open("~/trained").info == trained.info


def test_what_is_no_run(tmp_path) -> None:
    refused(tmp_path / "nowhere", "a run is a folder, found nothing there")
    (tmp_path / "file").write_text("")
    refused(tmp_path / "file", "a run is a folder, found a file")
    refused(tmp_path, "not a run folder, it has no run.json")


def test_a_newer_schema_is_refused_and_an_older_one_read(copied) -> None:
    edit(copied.path / "run.json", schema_version=2)
    refused(copied.path, r"written by a newer version \(schema 2\); this one reads up to schema 1")
    edit(copied.path / "run.json", schema_version=0)
    assert Run.open(copied.path).config == copied.config


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"schema_version": "one"}, "schema_version must be a whole number, found 'one'"),
        ({"schema_version": None}, "schema_version must be a whole number, found None"),
        ({"config": None}, "damaged, config: field required"),
        ({"config__epochs": "many"}, r"damaged, config\.epochs: input should be a valid integer"),
        ({"config__colour": "red"}, r"damaged, config\.colour: extra inputs are not permitted"),
        ({"config__hyperparameters__margin": 99}, r"damaged, config\.hyperparameters\.margin"),
        ({"data__classes": "ab"}, r"damaged, data\.classes"),
        ({"model__classes": 10**12}, "damaged, the model's classes must be 4, found 1000000000000"),
        ({"model__backbone_name": "resnet50"}, "damaged, the model's backbone_name must be 'small', found 'resnet50'"),
        ({"model__embedding_dim": None}, "damaged, the model's embedding_dim must be 8, found None"),
    ],
)
def test_damaged_run_json(copied, changes, words) -> None:
    edit(copied.path / "run.json", **changes)
    refused(copied.path, words)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"null", b"\x00\xff"])
def test_run_json_that_is_something_else(copied, content) -> None:
    (copied.path / "run.json").write_bytes(content)
    refused(copied.path, r"run\.json: damaged")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), cut=st.booleans(), byte=st.integers(0, 255))
def test_any_damage_to_run_json_is_an_input_error(copied, place, cut, byte) -> None:
    file = copied.path / "run.json"
    whole = file.read_bytes()
    at = int(place * len(whole))
    try:
        file.write_bytes(whole[:at] if cut else whole[:at] + bytes([byte]) + whole[at + 1 :])
        try:
            Run.open(copied.path)
        except InputError as error:
            assert str(file) in str(error)  # noqa: PT017 - some bytes are no damage
    finally:
        file.write_bytes(whole)


# --- samples


def test_samples(trained) -> None:
    samples = trained.samples()
    assert len(samples.ids) == 48
    assert samples.ids[0] == "circle/00.png"
    assert samples.labels.tolist() == [label for label in range(4) for _ in range(12)]
    # floor((i + 1) 0.34) > floor(0.34 i) for i = 2, 5, 8, 11 of each class's sorted files
    assert np.flatnonzero(samples.held_out[:12]).tolist() == [2, 5, 8, 11]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ids": None}, "damaged, ids: field required"),
        ({"ids": ["a"]}, "damaged, it must name the run's 48 images, found 1"),
        ({"labels": [0] * 47}, "each of the 48 ids must have the number of a class"),
        ({"labels": [9] * 48}, "each of the 48 ids must have the number of a class"),
        ({"labels": ["x"] * 48}, r"damaged, labels\.0"),
        ({"held_out": [48]}, "held_out must hold positions below 48"),
        ({"held_out": [-1]}, "held_out must hold positions below 48"),
    ],
)
def test_damaged_samples(copied, changes, words) -> None:
    edit(copied.path / "samples.json", **changes)
    with pytest.raises(InputError, match=words) as error:
        copied.samples()
    assert "samples.json" in str(error.value)


# --- metrics and events


def test_a_line_reaches_the_file_as_it_is_written(copied) -> None:
    with copied.metrics_writer() as writer:
        writer.write('{"step": 9}')
        assert copied.metrics()[-1] == {"step": 9}


def test_events_say_what_when_and_at_which_step(copied) -> None:
    copied.append_event("note", 9, text="größer")
    event = copied.events()[-1]
    assert (event["event"], event["step"], event["text"]) == ("note", 9, "größer")
    assert datetime.fromisoformat(event["at"]).utcoffset().total_seconds() == 0
    assert [line["event"] for line in copied.events()] == ["started", "checkpoint", "checkpoint", "finished", "note"]


def test_missing_files_are_empty(copied) -> None:
    (copied.path / "metrics.jsonl").unlink()
    (copied.path / "events.jsonl").unlink()
    assert copied.metrics() == copied.events() == []
    assert copied.result() is None
    assert copied.hyperparameters() == copied.config.hyperparameters


def test_only_a_whole_run_has_a_result(copied) -> None:
    assert copied.result()["steps"] == 8
    (copied.path / "events.jsonl").write_text("")
    copied.append_event("finished", 5, stopped=True, result={"steps": 5})
    assert copied.result() is None


def test_live_settings_after_the_last_change(copied) -> None:
    first, second = Hyperparameters(margin=0.4), Hyperparameters(margin=0.6)
    for new in (first, second):
        copied.append_event("hyperparameters", 5, old={}, new=new.model_dump())
    assert copied.hyperparameters() == second
    copied.append_event("hyperparameters", 6, old={}, new={"margin": 99})
    with pytest.raises(InputError, match=r"events\.jsonl: damaged, margin: input should be less"):
        copied.hyperparameters()


def test_rewind(copied) -> None:
    """Back to step 4 with one known change: what came later goes, half-written files too, a person's choice stays."""
    for step in (3, 7):
        copied.append_event("hyperparameters", step, old={}, new=Hyperparameters().model_dump())
    copied.choose_threshold(a_choice(0.3))
    half = copied.path / "snapshots" / ".step-000008.npz.1-2.tmp"
    half.write_text("")
    copied.rewind(4, changes=1)
    assert [line["step"] for line in copied.metrics()] == [1, 2, 3, 4]
    assert [line["step"] for line in copied.events() if line["event"] == "hyperparameters"] == [3]
    assert copied.snapshot_steps() == [4]
    assert copied.evaluation().step == 4
    assert copied.threshold().threshold == 0.3
    assert not half.exists()


# --- numbered files


def test_steps_are_found_and_other_files_passed_over(copied) -> None:
    for name in ("step-12.safetensors", "step-00000x.safetensors", "step-000012.safetensors.damaged", "notes.txt"):
        (copied.path / "checkpoints" / name).write_text("")
    copied.checkpoint_path(1_234_567).write_text("")
    assert copied.checkpoint_steps() == [4, 8, 1_234_567]
    copied.prune_checkpoints(2)
    assert copied.checkpoint_steps() == [8, 1_234_567]


def test_without_a_checkpoint_there_is_no_model(copied) -> None:
    shutil.rmtree(copied.path / "checkpoints")
    assert copied.checkpoint_steps() == []
    with pytest.raises(InputError, match="has no checkpoint yet, so there is no model to load"):
        copied.newest_checkpoint()


def test_snapshots_hold_arrays(copied) -> None:
    arrays = {"embeddings": np.eye(3, dtype=np.float32), "epoch": np.array(2)}
    copied.save_snapshot(9, arrays)
    found = copied.load_snapshot(9)
    assert found.keys() == arrays.keys()
    assert found["embeddings"].dtype == np.float32
    np.testing.assert_array_equal(found["embeddings"], arrays["embeddings"])


def with_one_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def with_pickle(path: Path) -> None:
    np.savez(path, embeddings=np.array([{"a": 1}], dtype=object))


def with_shape_of_terabytes(path: Path) -> None:
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000, 8), }"
    header += b" " * (118 - len(header) - 1) + b"\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("embeddings.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.write_bytes(path.read_bytes()[:-50]),
        lambda path: path.write_bytes(path.read_bytes()[:200] + bytes(300) + path.read_bytes()[500:]),
        with_one_array,
        with_pickle,
        with_shape_of_terabytes,
    ],
)
def test_damaged_snapshots(copied, damage) -> None:
    path = copied.snapshot_path(8)
    damage(path)
    with pytest.raises(InputError, match="the snapshot cannot be read") as error:
        copied.load_snapshot(8)
    assert str(error.value).startswith(str(path))


# --- evaluation and threshold


def a_choice(threshold: float, **changes: object) -> ThresholdChoice:
    choice = ThresholdChoice(
        threshold=threshold, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=8
    )
    return choice.model_copy(update=changes)


def test_the_default_stands_until_a_person_chooses(copied) -> None:
    default = copied.threshold()
    assert default == copied.evaluation().threshold
    assert default.chosen_by == "default"
    copied.choose_threshold(a_choice(0.25))
    assert Run.open(copied.path).threshold() == a_choice(0.25)


def test_a_default_never_takes_the_place_of_a_persons_choice(copied) -> None:
    """However late it comes: the two stand in different files."""
    copied.choose_threshold(a_choice(0.25))
    later = json.loads((copied.path / "evaluation" / "step-000008.json").read_text())
    later["step"] = later["threshold"]["step"] = 12
    copied.save_evaluation(12, later)
    assert copied.evaluation().step == 12
    assert copied.threshold() == a_choice(0.25)


def test_before_the_first_evaluation_there_is_none(copied) -> None:
    shutil.rmtree(copied.path / "evaluation")
    assert copied.evaluation() is None
    assert copied.threshold() is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": "near"}, "damaged, threshold: input should be a valid number"),
        ({"threshold": float("nan")}, "damaged, threshold: input should be a finite number"),
        ({"chosen_by": "nobody"}, "damaged, chosen_by"),
        ({"distance": None}, "damaged, distance: field required"),
    ],
)
def test_a_damaged_choice(copied, changes, words) -> None:
    copied.choose_threshold(a_choice(0.25))
    edit(copied.path / "evaluation" / "threshold.json", **changes)
    with pytest.raises(InputError, match=words) as error:
        copied.threshold()
    assert "threshold.json" in str(error.value)


def test_a_choice_tells_what_it_does_on_both_halves(copied) -> None:
    on = PartRates(12, 66, 880, 0.75, 0.01)
    choice = a_choice(0.25, chosen_on=on, reported_on=replace(on, fpr=0.02))
    copied.choose_threshold(choice)
    assert copied.threshold() == choice
    edit(copied.path / "evaluation" / "threshold.json", chosen_on={"tpr": 0.75})
    with pytest.raises(InputError, match=r"threshold\.json: damaged, chosen_on\.identities: field required"):
        copied.threshold()


def test_a_choice_of_an_older_run_tells_no_halves(copied) -> None:
    copied.choose_threshold(a_choice(0.25))
    edit(copied.path / "evaluation" / "threshold.json", chosen_on=None, reported_on=None)
    assert "reported_on" not in json.loads((copied.path / "evaluation" / "threshold.json").read_text())
    assert copied.threshold() == a_choice(0.25)


# --- calibration


def test_the_method_is_platts_until_a_person_chooses(copied) -> None:
    assert copied.calibration_method() == "platt"
    copied.choose_calibration("isotonic")
    assert Run.open(copied.path).calibration_method() == "isotonic"
    copied.choose_calibration("platt")
    assert copied.calibration_method() == "platt"


@pytest.mark.parametrize(("text", "words"), [("{}", "method: field required"), ('{"method": "x"}', "method: input")])
def test_a_damaged_method(copied, text, words) -> None:
    (copied.path / "evaluation" / "calibration.json").write_text(text)
    with pytest.raises(InputError, match=rf"calibration\.json: damaged, {words}"):
        copied.calibration_method()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"method": "platt", "slope": -1.0}, r"calibration\.platt\.intercept: field required"),
        ({"method": "platt", "slope": 1.0, "intercept": 0.0}, r"calibration\.platt: slope and intercept must be"),
        ({"method": "isotonic", "distances": [1.0], "ratios": []}, r"calibration\.isotonic: knots must be as many"),
        ({"method": "spline"}, "calibration: input tag 'spline'"),
    ],
)
def test_a_damaged_calibration(copied, content, words) -> None:
    edit(copied.path / "evaluation" / "step-000008.json", calibration=content)
    with pytest.raises(InputError, match=rf"step-000008\.json: damaged, {words}"):
        copied.evaluation()


@pytest.mark.parametrize("name", ["calibration", "threshold", "step"])
def test_a_damaged_evaluation(copied, name) -> None:
    edit(copied.path / "evaluation" / "step-000008.json", **{name: None})
    with pytest.raises(InputError, match=rf"step-000008\.json: damaged, {name}: field required"):
        copied.evaluation()


# --- settings and versions


def test_located(tiny, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = located(tiny(data="shapes", split="open", holdout="names.txt"))
    assert config.data == str(tmp_path / "shapes")
    assert config.holdout == tmp_path / "names.txt"
    assert located(config) == config
    assert located(tiny(data="digits", holdout=0.2)).data == "digits"
    assert located(tiny(holdout=0.2)).holdout == 0.2
    assert located(tiny(init="runs/first")).init == tmp_path / "runs" / "first"


def test_versions() -> None:
    versions = library_versions()
    assert {"python", "metric-explorer", "torch", "numpy"} <= versions.keys()
    assert versions["numpy"] == np.__version__


# --- images that no evaluation counts


def an_exclusion(sample: str) -> Exclusion:
    return Exclusion(sample=sample, reason="wrong label", at="2026-11-22T14:05:09+00:00")


def test_exclusions_are_kept_in_order_and_taken_back(copied) -> None:
    assert copied.exclusions() == ()
    assert copied.excluded() == frozenset()
    kept = (an_exclusion("square/02.png"), an_exclusion("circle/05.png"))
    copied.save_exclusions(kept)
    again = Run.open(copied.path)
    assert again.exclusions() == kept
    assert again.excluded() == {12 * 2 + 2, 5}
    copied.save_exclusions(kept[:1])
    assert again.excluded() == {26}
    copied.save_exclusions(())
    assert again.exclusions() == ()


def test_a_run_that_starts_over_excludes_nothing(copied) -> None:
    copied.save_exclusions([an_exclusion("circle/05.png")])
    Run.create(copied.path, copied.info, copied.samples())
    assert copied.exclusions() == ()


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (["circle/99.png"], "must name images of this run, each once, found 'circle/99.png'; delete the file"),
        (["circle/05.png", "circle/05.png"], "each once, found 'circle/05.png' twice; delete the file"),
    ],
)
def test_only_images_of_the_run_can_be_excluded(copied, samples, words) -> None:
    """Neither when they are stored nor from a file that somebody has edited."""
    wrong = [an_exclusion(sample) for sample in samples]
    with pytest.raises(InputError, match=words):
        copied.save_exclusions(wrong)
    assert copied.exclusions() == ()
    file = copied.path / "evaluation" / "exclusions.json"
    file.write_text(json.dumps({"exclusions": [each.model_dump() for each in wrong]}))
    with pytest.raises(InputError, match=words) as error:
        copied.exclusions()
    assert str(error.value).startswith(str(file))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"exclusions": [{"sample": 3}]}', '{"exclusions": 1}'])
def test_a_damaged_list_of_exclusions(copied, content) -> None:
    (copied.path / "evaluation" / "exclusions.json").write_text(content)
    with pytest.raises(InputError, match=r"exclusions\.json: damaged"):
        copied.excluded()
