"""Runs on lists of pairs, triplets and quadruplets instead of labelled images."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score

from core.data.tuples import FITTING_LOSSES, TupleKind
from core.errors import InputError
from core.evaluate import evaluate_run
from core.losses.given_tuples import GivenTuplesLoss
from core.runs import Run
from core.training.outcome import load_records, load_snapshot
from core.training.preparation import build_trainer, prepare_data
from core.training.records import Started
from core.verification import Verifier
from tests.core.conftest import draw_folder
from tests.core.listing import groups_of_shapes, list_shapes
from tests.core.training.driving import Driven, drive
from tests.core.training.test_resume import assert_same_run

pytestmark = pytest.mark.long

KINDS = tuple(FITTING_LOSSES)
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48 images of four shapes, and a list of each kind beside them."""
    root = draw_folder(tmp_path_factory.mktemp("listed") / "shapes", masks=False)
    for kind in KINDS:
        list_shapes(root, kind)
    return root


@pytest.fixture(scope="module")
def listed(tiny: Callable[..., Any], root: Path) -> Callable[..., Any]:
    """Configuration of a tiny run on a list: `listed("pairs", epochs=3)`."""

    def make(kind: TupleKind, **settings: Any) -> Any:
        settings = {"split": "auto", "holdout": None, "classes_per_batch": 8, **settings}
        return tiny(data=str(root / f"{kind}.csv"), **settings)

    return make


@pytest.fixture(scope="module")
def runs(listed: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> dict[TupleKind, Driven]:
    torch.set_num_threads(1)
    return {kind: drive(listed(kind), tmp_path_factory.mktemp(kind) / "run") for kind in KINDS}


every_kind = pytest.mark.parametrize("kind", KINDS)


# --- a run of each kind


@every_kind
def test_it_trains_with_the_loss_that_fits(runs: dict[TupleKind, Driven], kind: TupleKind) -> None:
    """The list is all there is: no classes to name, no masks, but a metric loss whose tuples are counted."""
    driven = runs[kind]
    assert driven.run.config.loss == FITTING_LOSSES[kind][0]
    for record in load_records(driven.run):
        assert record.cls is record.seg is record.fault is None
        assert record.metric is not None
        assert record.total == pytest.approx(record.metric)
        assert record.mean_d_ap is not None
        assert record.mean_d_an is not None
        assert (record.easy is None) == (kind == "pairs")
    assert driven.run.info.data.training_classes == ()
    assert not any("classification" in name for name in driven.run.info.model)


@every_kind
def test_what_is_said_at_the_start(runs: dict[TupleKind, Driven], kind: TupleKind) -> None:
    """By hand: 8 of 16 identities, of 3 images each, on each side.

    Pairs: 8 · 2 genuine and 6 · 4 impostors. Triplets: 2 for each of 8 · 6 pairs of identities that are not of one
    shape. Quadruplets: 2 for each of those with each of 2 further identities.
    """
    [started] = runs[kind].of(Started)
    data = started.data
    assert (data.listed, data.open_set, data.training_classes, data.held_out_classes) == (kind, True, 0, 8)
    assert (data.training_images, data.held_out_images, data.masks) == (24, 24, 0)
    count = {"pairs": 16 + 24, "triplets": 96, "quadruplets": 192}[kind]
    assert (data.training_tuples, data.held_out_tuples) == (count, count)
    assert any("have images both of held-out identities and of others" in note for note in data.notes)
    width = {"pairs": 2, "triplets": 3, "quadruplets": 4}[kind]
    assert started.batch_size == 16 // width * width
    assert started.steps_per_epoch == data.training_tuples // (16 // width)


@every_kind
def test_figures_are_over_the_listed_pairs_alone(runs: dict[TupleKind, Driven], root: Path, kind: TupleKind) -> None:
    run, result = runs[kind].run, runs[kind].finished.result
    pairs = held_out_pairs(root, kind)
    assert result["genuine_pairs"] == sum(pairs.values())
    assert result["impostor_pairs"] == len(pairs) - sum(pairs.values())
    assert (result["precision_at_1"], result["map_at_r"]) == (None, None)
    assert (result["classification_accuracy"], result["segmentation_iou"], result["classes"]) == (None, None, 8)
    verifier = Verifier.load(run)
    distances = [verifier.verify(root / a, root / b).distance for a, b in pairs]
    assert result["auc"] == pytest.approx(roc_auc_score(list(pairs.values()), -np.array(distances)), abs=1e-6)


def held_out_pairs(root: Path, kind: TupleKind) -> dict[tuple[str, str], bool]:
    """The pairs that the list says of the held-out identities, which are every second one, and whether they match."""
    groups = groups_of_shapes()
    held_out = {path for number, group in enumerate(groups) if number % 2 for path in group}
    found: dict[tuple[str, str], bool] = {}
    for line in (root / f"{kind}.csv").read_text().splitlines()[1:]:
        *paths, last = line.split(",")
        said = {("a", "b"): last == "1"} if kind == "pairs" else {}
        images = paths if kind == "pairs" else [*paths, last]
        if not held_out.issuperset(images):
            continue
        if kind == "pairs":
            named = [(*images, said["a", "b"])]
        else:
            anchor, positive, *negatives = images
            named = [(anchor, positive, True), *((anchor, negative, False) for negative in negatives)]
            named += [(*negatives, False)] if len(negatives) == 2 else []
        found |= {tuple(sorted((a, b))): same for a, b, same in named}
    return found


@every_kind
def test_evaluated_again(runs: dict[TupleKind, Driven], kind: TupleKind) -> None:
    run, result = runs[kind].run, runs[kind].finished.result
    again = evaluate_run(run).report.to_json()
    for name, value in again.items():
        assert value == pytest.approx(result[name], abs=1e-6), name
    everything = evaluate_run(run, part="all").report
    assert everything.classes == 16
    assert everything.genuine_pairs > result["genuine_pairs"]
    if kind == "pairs":
        assert (everything.genuine_pairs, everything.impostor_pairs) == (32, 96)


@every_kind
def test_read_back_from_the_disk(runs: dict[TupleKind, Driven], kind: TupleKind) -> None:
    run, driven = runs[kind].run, runs[kind]
    taken = driven.channels.snapshots.take()
    assert taken is not None
    read = load_snapshot(run, run.snapshot_steps()[-1])
    for snapshot in (taken, read):
        assert snapshot.pairs is not None
        assert snapshot.held_out[np.concatenate([snapshot.pairs.genuine, snapshot.pairs.impostor])].all()
        assert snapshot.curve is not None
        assert snapshot.curve.auc == driven.finished.result["auc"]
    assert np.array_equal(taken.curve.impostor, read.curve.impostor)
    evaluation = run.evaluation()
    assert evaluation is not None
    assert evaluation.model_extra["genuine_pairs"] == driven.finished.result["genuine_pairs"]
    assert evaluation.model_extra["precision_at_1"] is None
    assert json.loads(json.dumps(driven.finished.result)) == driven.finished.result


@pytest.mark.parametrize(
    "damage",
    [
        {"genuine": np.array([[0, 99]])},
        {"impostor": np.array([[-1, 0]])},
        {"impostor": np.array([0, 1])},
        {"genuine": None},
    ],
    ids=["too large", "negative", "no pairs", "missing"],
)
def test_a_damaged_snapshot(runs: dict[TupleKind, Driven], tmp_path: Path, damage: dict[str, Any]) -> None:
    shutil.copytree(runs["pairs"].run.path, tmp_path / "run")
    run = Run.open(tmp_path / "run")
    step = run.snapshot_steps()[-1]
    arrays = {**run.load_snapshot(step), **damage}
    run.save_snapshot(step, {name: array for name, array in arrays.items() if array is not None})
    with pytest.raises(InputError, match="the snapshot is damaged"):
        load_snapshot(run, step)


def test_verified(runs: dict[TupleKind, Driven], root: Path) -> None:
    """There is a threshold and a calibration; no class is named, since none is known."""
    verifier = Verifier.load(runs["pairs"].run)
    verdict = verifier.verify(root / "images/circle/00.png", root / "images/circle/01.png")
    assert verdict.expected_tpr is not None
    assert 0 <= verdict.probability <= 1
    reading = verifier.read(root / "images/circle/00.png")
    assert (reading.class_name, reading.confidence, reading.mask) == (None, None, None)
    assert np.allclose(reading.embedding, verifier.embed([root / "images/circle/00.png"])[0])


def test_a_list_and_a_folder_may_judge_one_another(runs: dict[TupleKind, Driven], trained: Run, root: Path) -> None:
    """Labelled images are judged by all pairs whatever the run learned from, and a list by its own."""
    report = evaluate_run(runs["pairs"].run, data=str(root)).report
    assert (report.genuine_pairs, report.classes) == (4 * 66, 4)
    assert report.precision_at_1 is not None
    report = evaluate_run(trained, data=str(root / "pairs.csv")).report
    assert (report.genuine_pairs, report.impostor_pairs, report.precision_at_1) == (32, 96, None)
    assert report.classification_accuracy is None


# --- resuming


@every_kind
def test_stopped_and_resumed_is_bit_identical(
    runs: dict[TupleKind, Driven], listed: Callable[..., Any], tmp_path: Path, kind: TupleKind
) -> None:
    path = tmp_path / "run"
    drive(listed(kind), path, lambda controls: {3: lambda: controls.stop(evaluate=False)})
    resumed = drive(listed(kind), path, resume=True)
    assert resumed.records[0].step == 4
    assert_same_run(resumed.run, runs[kind].run)


def test_another_list_is_other_data(listed: Callable[..., Any], tiny: Callable[..., Any], tmp_path: Path) -> None:
    root = draw_folder(tmp_path / "shapes", masks=False)
    path = list_shapes(root, "pairs")
    config = tiny(data=str(path), split="auto", holdout=None)
    drive(config, tmp_path / "run", lambda controls: {3: lambda: controls.stop(evaluate=False)})
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1].removesuffix("0") + "1"]))
    with pytest.raises(InputError, match="have changed since the run began"):
        drive(config, tmp_path / "run", resume=True)
    path.write_text("\n".join(lines))
    drive(config, tmp_path / "run", resume=True)


# --- settings


@pytest.mark.parametrize(
    ("kind", "loss", "sentence"),
    [
        ("pairs", "triplet", "must be contrastive or contrastive-squared for a list of pairs, found 'triplet'"),
        ("triplets", "arcface", "must be triplet or soft-triplet for a list of triplets, found 'arcface'"),
        ("quadruplets", "triplet", "must be quadruplet for a list of quadruplets, found 'triplet'"),
    ],
)
def test_a_loss_that_does_not_fit(
    listed: Callable[..., Any], tmp_path: Path, kind: TupleKind, loss: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=f"^loss: {sentence}$"):
        drive(listed(kind, loss=loss), tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"memory": 64}, "memory: must be 0 for a list of pairs, found 64"),
        ({"split": "closed"}, "split: a list of pairs needs an open split, by identities, found closed"),
        ({"holdout": 0.97}, "found no .* pair to train on; hold out less"),
    ],
)
def test_settings_that_do_not_fit(
    listed: Callable[..., Any], tmp_path: Path, settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        drive(listed("pairs", **settings), tmp_path / "run")


def test_the_other_losses(listed: Callable[..., Any], tmp_path: Path) -> None:
    for kind, loss in (("pairs", "contrastive-squared"), ("triplets", "soft-triplet")):
        driven = drive(listed(kind, loss=loss, epochs=1), tmp_path / loss)
        assert driven.run.config.loss == loss
        assert all(np.isfinite(record.metric) for record in driven.records)


def test_live_settings_of_the_loss_taken_by_itself(listed: Callable[..., Any]) -> None:
    """Those that the user did not set suit the loss that was taken; the others stay."""
    taken = prepare(listed("pairs")).config
    assert (taken.loss, taken.hyperparameters.margin, taken.hyperparameters.learning_rate) == (
        "contrastive",
        1.0,
        0.003,
    )
    assert prepare(listed("pairs", margin=0.7)).config.hyperparameters.margin == 0.7
    assert prepare(listed("quadruplets")).config.hyperparameters.margin == 0.2


def test_the_margin_is_live(listed: Callable[..., Any]) -> None:
    prepared = prepare(listed("pairs"))
    values = []
    for margin in (0.0, 2.0):
        trainer = build_trainer(prepared.config, prepared, CPU)
        assert isinstance(trainer.metric_loss, GivenTuplesLoss)
        live = prepared.config.hyperparameters.model_copy(update={"margin": margin})
        values.append(trainer.step(prepared.batches.batch(0), live).metric)
    assert values[0] + 0.5 < values[1]


def prepare(config: Any) -> Any:
    return prepare_data(config, CPU, lambda event: None, lambda: False)


# --- batches


@every_kind
def test_a_batch_holds_the_images_of_its_tuples(listed: Callable[..., Any], kind: TupleKind) -> None:
    prepared = prepare(listed(kind, augment=False))
    tuples, seen = prepared.split.training_tuples, set()
    images = torch.tensor(np.asarray(prepared.data.images)).float() / 255
    for step in range(prepared.batches.batches_per_epoch):
        batch = prepared.batches.batch(step)
        assert (batch.labels == -1).all()
        assert batch.images.shape[0] == batch.tuples.rows.numel() == prepared.batches.batch_size
        for row, members in enumerate(batch.images[batch.tuples.rows]):
            places = [int((images == member).flatten(1).all(dim=1).nonzero()[0, 0]) for member in members]
            same = None if tuples.same is None else bool(batch.tuples.same[row])
            seen.add((*places, same))
    expected = {
        (*map(int, members), None if tuples.same is None else bool(tuples.same[row]))
        for row, members in enumerate(tuples.images)
    }
    assert seen <= expected
    assert len(seen) == prepared.batches.batches_per_epoch * (prepared.batches.batch_size // tuples.width)
