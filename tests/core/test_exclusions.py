"""Images that a person has excluded: no evaluation of the held-out part counts them, and nothing else changes."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import DecodedDataset
from core.data.split import Split, split_dataset
from core.data.tuples import ListedPairs
from core.evaluate import evaluate_run
from core.evaluation.verification import verification_curve
from core.models.inference import Inference
from core.runs import Exclusion, Run
from core.training.outcome import load_snapshot
from core.training.probe import make_snapshot, measured
from core.training.records import Note, TrainingSnapshot
from core.verification import Verifier
from tests.core.training.driving import drive


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


def exclude(run: Run, *samples: str) -> None:
    run.save_exclusions(
        [Exclusion(sample=sample, reason="wrong label", at="2026-11-22T14:05:09") for sample in samples]
    )


def held_out_names(run: Run) -> list[str]:
    samples = run.samples()
    return [samples.ids[position] for position in np.flatnonzero(samples.held_out)]


# --- a snapshot


def eight_images() -> tuple[DecodedDataset, Split]:
    data = DecodedDataset(
        name="eight",
        classes=("a", "b"),
        ids=tuple("abcdefgh"),
        labels=np.repeat([0, 1], 4),
        images=np.zeros((8, 3, 1, 1), dtype=np.uint8),
        masks=None,
        has_mask=np.zeros(8, dtype=np.bool_),
        problems=(),
        content_hash="",
        directional=False,
    )
    return data, split_dataset(data, "closed", 0.5)


def test_a_snapshot_by_hand() -> None:
    """Images 1, 3 of a class and 5, 7 of another are held out; 7 lies where the other class lies, and is excluded."""
    data, split = eight_images()
    x, y = [1.0, 0.0], [0.0, 1.0]
    found = Inference(
        embeddings=np.array([x, x, y, x, y], dtype=np.float32),
        logits=np.array([[2, 1], [2, 1], [1, 2], [2, 1], [0, 9]], dtype=np.float32),
    )
    positions = np.array([1, 3, 5, 7, 0])
    snapshot = make_snapshot(found, positions, data, split, step=9, epoch=3, distance="cosine", excluded={7, 0})
    assert snapshot.curve.genuine.tolist() == pytest.approx([0.0])
    assert snapshot.curve.impostor.tolist() == pytest.approx([1.0, 1.0])
    assert snapshot.classification_accuracy == 1.0
    assert (snapshot.excluded, snapshot.excluded_images) == ({7, 0}, 1)  # 0 is a training image
    assert snapshot.sample_ids.tolist() == positions.tolist()
    assert snapshot.evaluated().sample_ids.tolist() == [1, 3, 5]


def test_without_its_last_genuine_pair_there_is_no_curve() -> None:
    data, split = eight_images()
    found = Inference(np.eye(4, dtype=np.float32), np.zeros((4, 2), dtype=np.float32))
    snapshot = make_snapshot(found, split.held_out, data, split, step=1, epoch=1, distance="cosine", excluded={1, 7})
    assert snapshot.curve is None


def some_snapshot(pairs: ListedPairs | None = None) -> TrainingSnapshot:
    random = np.random.default_rng(3)
    return TrainingSnapshot(
        step=1,
        epoch=1,
        embeddings=random.normal(size=(14, 4)).astype(np.float32),
        labels=np.tile([0, 1, 2], 5)[:14],
        sample_ids=np.arange(100, 114),
        held_out=np.arange(14) < 12,
        curve=None,
        classification_accuracy=None,
        held_out_total=12,
        open_set=True,
        pairs=pairs,
    )


@settings(max_examples=25, deadline=None)
@given(excluded=st.sets(st.integers(100, 113), max_size=6))
def test_the_curve_is_that_of_the_other_images(excluded: set[int]) -> None:
    snapshot = some_snapshot()
    left = [row for row in range(12) if 100 + row not in excluded]
    expected = verification_curve(snapshot.embeddings[left], snapshot.labels[left], "euclidean")
    found = measured(snapshot, "euclidean", excluded)
    assert found.curve.genuine.tolist() == expected.genuine.tolist()
    assert found.curve.impostor.tolist() == expected.impostor.tolist()
    assert found.excluded_images == 12 - len(left)


def test_measured_again_it_keeps_what_is_excluded_unless_told() -> None:
    without = measured(some_snapshot(), "cosine", {101, 102})
    again = measured(without, "euclidean")
    assert again.excluded == {101, 102}
    assert again.curve.genuine_pairs == without.curve.genuine_pairs
    whole = measured(without, "cosine", ())
    assert whole.excluded == frozenset()
    assert whole.curve.genuine_pairs == 3 * 6


def test_listed_pairs_with_an_excluded_image_do_not_count() -> None:
    listed = ListedPairs(np.array([[0, 3], [1, 4]]), np.array([[0, 1], [4, 5], [7, 8]]))
    found = measured(some_snapshot(listed), "cosine", {104})
    assert (found.curve.genuine_pairs, found.curve.impostor_pairs) == (1, 2)


# --- a stored run


def test_a_stored_snapshot_is_measured_without_them_and_what_was_stored_stays(copied) -> None:
    before, evaluation, threshold = load_snapshot(copied, 8), copied.evaluation(), copied.threshold()
    name = held_out_names(copied)[5]
    exclude(copied, name)
    found = load_snapshot(copied, 8)
    position = copied.samples().ids.index(name)
    left = before.held_out & (before.sample_ids != position)
    expected = verification_curve(before.embeddings[left], before.labels[left], "cosine")
    assert found.excluded == {position}
    assert found.curve.genuine.tolist() == expected.genuine.tolist()
    assert found.curve.genuine_pairs == before.curve.genuine_pairs - 3
    assert copied.evaluation() == evaluation
    assert copied.threshold() == threshold
    assert evaluation.model_extra["excluded_images"] == 0


def test_expected_rates_and_the_evaluation_leave_them_out(copied) -> None:
    whole = evaluate_run(copied).report
    exclude(copied, *held_out_names(copied)[:2])
    snapshot = load_snapshot(copied, 8)
    for threshold in (0.05, 0.3):
        assert Verifier.load(copied).expected(threshold) == snapshot.curve.at_threshold(threshold)
    found = evaluate_run(copied).report
    assert (whole.genuine_pairs, found.genuine_pairs) == (24, 24 - 3 - 2)
    assert found.genuine_pairs == snapshot.curve.genuine_pairs
    assert found.auc == pytest.approx(snapshot.curve.auc, abs=0.02)


# --- a run that trains


def stored(run: Run, step: int) -> dict[str, object]:
    return json.loads((run.path / "evaluation" / f"step-{step:06}.json").read_text())


def test_training_takes_them_at_its_next_look(tiny, tmp_path) -> None:
    """Excluded after the first step, taken back after the first look."""
    path = tmp_path / "run"

    def plan(controls):
        return {
            1: lambda: exclude(Run.open(path), held_out_names(Run.open(path))[0]),
            5: lambda: exclude(Run.open(path)),
        }

    driven = drive(tiny(), path, plan)
    first, last = stored(driven.run, 4), stored(driven.run, 8)
    assert (first["genuine_pairs"], first["excluded_images"]) == (21, 1)
    assert (last["genuine_pairs"], last["excluded_images"]) == (24, 0)


def test_a_damaged_list_ends_no_training(tiny, tmp_path) -> None:
    """It is told, and what was excluded before stays so."""
    path = tmp_path / "run"

    def plan(controls):
        return {
            1: lambda: exclude(Run.open(path), held_out_names(Run.open(path))[0]),
            5: lambda: (path / "evaluation" / "exclusions.json").write_text("{"),
        }

    driven = drive(tiny(), path, plan)
    assert stored(driven.run, 8)["excluded_images"] == 1
    notes = [note.message for note in driven.of(Note)]
    assert any("images excluded stay as they were" in note and "exclusions.json: damaged" in note for note in notes)
