import json
import shutil
from dataclasses import fields, replace

import numpy as np
import pytest

from core.errors import InputError
from core.evaluation.report import EvaluationReport
from core.evaluation.verification import verification_curve
from core.runs import Run
from core.training.outcome import load_embeddings, load_records, load_snapshot, no_figures, store_snapshot
from core.training.records import TrainingSnapshot


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


def test_what_is_stored_agrees_with_itself(trained) -> None:
    """The evaluation's file, the result and the default threshold, against the snapshot's own embeddings."""
    snapshot = load_snapshot(trained, 8)
    held_out = snapshot.held_out
    curve = verification_curve(snapshot.embeddings[held_out], snapshot.labels[held_out], "cosine")
    stored = trained.evaluation()
    figures = stored.model_extra
    assert stored.step == 8
    assert figures["auc"] == trained.result()["auc"] == curve.auc == snapshot.curve.auc
    assert figures["genuine_pairs"] == curve.genuine_pairs == 24
    assert (figures["part"], figures["images"], figures["images_in_part"]) == ("held-out", 16, 16)
    choice = trained.threshold()
    assert choice == stored.threshold
    assert (choice.chosen_by, choice.rule, choice.fpr) == ("default", "EER", None)  # 96 impostor pairs show no 1 %
    assert choice.threshold == curve.eer_point.threshold
    points = figures["curve"]
    for threshold, fpr, tpr in zip(points["thresholds"], points["fpr"], points["tpr"], strict=True):
        point = curve.at_threshold(threshold)
        assert (point.fpr, point.tpr) == (fpr, tpr)


def test_with_enough_pairs_the_default_threshold_is_that_of_fpr_1_percent(copied) -> None:
    """2 x 20 random embeddings: 400 impostor pairs, of which 4 may be accepted."""
    random = np.random.default_rng(0)
    embeddings = random.normal(size=(40, 8)).astype(np.float32)
    labels = np.repeat([0, 1], 20)
    curve = verification_curve(embeddings, labels, "cosine")
    snapshot = TrainingSnapshot(
        step=12,
        epoch=3,
        embeddings=embeddings,
        labels=labels,
        sample_ids=np.arange(40),
        held_out=np.ones(40, dtype=np.bool_),
        curve=curve,
        classification_accuracy=0.5,
        held_out_total=40,
        open_set=False,
    )
    figures = store_snapshot(copied, snapshot, segmentation_iou=0.25)
    choice = copied.threshold()
    assert (choice.rule, choice.fpr, choice.step) == ("FPR 1 %", 0.01, 12)
    accepted = np.sort(curve.impostor)[:4]
    assert np.searchsorted(curve.impostor, choice.threshold, side="right") == 4
    assert choice.threshold >= accepted[-1]
    assert choice.threshold == figures["threshold_at_fpr"]["0.01"]
    assert (figures["classification_accuracy"], figures["segmentation_iou"]) == (0.5, 0.25)


def test_the_stored_evaluation_is_strict_json(trained) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    for path in (trained.path / "evaluation").iterdir():
        json.loads(path.read_text(), parse_constant=refuse)


def test_no_figures_has_every_name() -> None:
    names = [field.name for field in fields(EvaluationReport) if field.name != "warnings"]
    assert list(no_figures()) == [*names, "threshold"]
    assert no_figures()["threshold_at_fpr"] == {"0.05": None, "0.01": None, "0.001": None}


def test_a_snapshot_is_read_back(trained) -> None:
    snapshot = load_snapshot(trained, 4)
    assert (snapshot.step, snapshot.epoch, snapshot.held_out_total) == (4, 1, 16)
    assert snapshot.embeddings.shape == (48, 8)
    np.testing.assert_allclose(np.linalg.norm(snapshot.embeddings, axis=1), 1, atol=1e-5)
    assert not snapshot.embeddings.flags.writeable


def test_groups_are_read_back(copied) -> None:
    snapshot = load_snapshot(copied, 8)
    assert snapshot.groups is None  # as in every run from before groups
    groups = np.arange(len(snapshot.labels)) // 2
    store_snapshot(copied, replace(snapshot, groups=groups, step=12))
    again = load_snapshot(copied, 12)
    assert np.array_equal(again.groups, groups)
    assert not again.groups.flags.writeable
    assert again.curve.genuine_pairs < snapshot.curve.genuine_pairs
    assert again.curve.genuine_pairs + again.curve.impostor_pairs == 16 * 15 // 2 - 8


def rewrite(run: Run, **changes: object) -> None:
    arrays = dict(run.load_snapshot(8))
    for name, value in changes.items():
        if value is None:
            del arrays[name]
        else:
            arrays[name] = value(arrays[name] if name in arrays else np.zeros(len(arrays["labels"]), dtype=np.int64))
    run.save_snapshot(8, arrays)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"labels": None}, "labels"),
        ({"embeddings": lambda a: a[:, 0]}, "embeddings has"),
        ({"embeddings": lambda a: a.astype(np.float64)}, "embeddings has float64"),
        ({"embeddings": lambda a: a * np.nan}, "embeddings must be finite"),
        ({"labels": lambda a: a[:-1]}, "labels has int64"),
        ({"groups": lambda a: a[:-1]}, "groups has int64"),
        ({"classification_losses": lambda a: a.astype(np.float64)}, "classification_losses has float64"),
        ({"labels": lambda a: a + 9}, "labels must be below 4"),
        ({"sample_ids": lambda a: -a - 1}, "sample_ids must be below 48"),
        ({"held_out": lambda a: a.astype(np.int64)}, "held_out has int64"),
        ({"epoch": lambda a: np.zeros(3)}, "the snapshot is damaged"),
    ],
)
def test_damaged_arrays(copied, changes, words) -> None:
    rewrite(copied, **changes)
    with pytest.raises(InputError, match=words) as error:
        load_snapshot(copied, 8)
    assert str(error.value).startswith(str(copied.snapshot_path(8)))
    assert "\n" not in str(error.value)


def test_records_with_more_keys_and_with_fewer(copied) -> None:
    file = copied.path / "metrics.jsonl"
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    file.write_text("".join(json.dumps({**line, "grad_norm": 1.0}) + "\n" for line in lines))
    assert [record.step for record in load_records(copied)] == list(range(1, 9))
    del lines[2]["total"]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(InputError, match=r"metrics\.jsonl: damaged, a line has no 'total'"):
        load_records(copied)
    lines[2]["total"] = "1.0"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(InputError, match=r"metrics\.jsonl: damaged, in a line total cannot be '1.0'"):
        load_records(copied)


def test_what_each_image_is_taken_for_is_kept(copied) -> None:
    step = copied.snapshot_steps()[-1]
    arrays = copied.load_snapshot(step)
    found = load_embeddings(copied, step).predicted
    assert found.tolist() == arrays["predicted"].tolist()
    assert (found == arrays["labels"]).mean() > 0.3, "of four classes"
    copied.save_snapshot(step, {name: array for name, array in arrays.items() if name != "predicted"})
    assert load_embeddings(copied, step).predicted is None, "a run from before this was kept"
    assert load_embeddings(copied, step).classification_losses.tolist() == arrays["classification_losses"].tolist()
    assert arrays["classification_losses"].dtype == np.float32
    copied.save_snapshot(step, {name: array for name, array in arrays.items() if name != "classification_losses"})
    assert load_embeddings(copied, step).classification_losses is None
    copied.save_snapshot(step, {**arrays, "predicted": np.full_like(arrays["labels"], 4)})
    with pytest.raises(InputError, match="predicted must be below 4, found 4 to 4"):
        load_embeddings(copied, step)
