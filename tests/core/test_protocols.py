"""Protocols on a run: what is embedded, by which threshold and distance, and on whose images."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.distances import as_distance
from core.errors import Cancelled, InputError
from core.evaluation.protocols.episodes import EpisodeSettings, few_shot
from core.protocols import episodes, lfw_protocol, one_shot_protocol, pairs_protocol
from core.run_content import DataIdentity, Exclusion
from core.runs import Run
from core.training.outcome import load_snapshot
from core.verification import Verifier


class OnALine:
    """Stands in for a verifier: an image's embedding is the number that its file holds."""

    def __init__(self, threshold: float | None = 1.5, threshold_for: str = "euclidean") -> None:
        choice = None if threshold is None else SimpleNamespace(distance=threshold_for)
        self.origin = SimpleNamespace(path=Path("run"), threshold=lambda: choice)
        self.distance_in_use = as_distance("euclidean")
        self.step = 7
        self.embedded: list[str] = []
        self._threshold = threshold

    def stored_threshold(self) -> float | None:
        return self._threshold

    def embed_many(self, images: Sequence[Path], watch: object) -> NDArray[np.float32]:
        self.embedded += [image.name for image in images]
        return np.array([[float(image.read_text())] for image in images], dtype=np.float32)


def draw(folder: Path, **numbers: float) -> Path:
    """Images that are a number each."""
    for name, number in numbers.items():
        file = folder / name.rsplit("_", 1)[0] / f"{name}.jpg" if "_" in name else folder / f"{name}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(number))
    return folder


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    return draw(tmp_path / "faces", A_0001=0, A_0002=1, B_0001=3, B_0002=7, C_0001=20, C_0002=21, D_0001=22, D_0002=29)


@pytest.fixture
def copied(trained: Run, tmp_path: Path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


# --- LFW


def test_lfw_by_hand(faces: Path) -> None:
    """Fold 1: genuine 1, 4, impostor 3, 6; fold 2: genuine 1, 7, impostor 2, 8.

    Of fold 2, 1 (and 7) are best, the smaller judges fold 1: 1 is accepted, 3 of 4 are right. As in fold 1 for fold 2.
    """
    pairs = faces.parent / "pairs.txt"
    rows = ("2\t2", "A\t1\t2", "B\t1\t2", "A\t1\tB\t1", "A\t2\tB\t2", "C\t1\t2", "D\t1\t2")
    pairs.write_text("\n".join([*rows, "C\t1\tD\t1", "C\t2\tD\t2"]))
    verifier = OnALine(threshold=None)
    found = lfw_protocol(verifier, pairs, faces)
    assert sorted(verifier.embedded) == sorted(file.name for file in faces.glob("*/*.jpg"))
    assert [(part.name, part.value, part.threshold) for part in found.parts] == [
        ("fold 1", 0.75, 1.0),
        ("fold 2", 0.75, 1.0),
    ]
    assert (found.name, found.mean, found.standard_error, found.chance) == ("lfw", 0.75, 0.0, 0.5)
    # Genuine 1, 1, 4, 7 against impostor 2, 3, 6, 8: 4, 4, 2 and 1 of 4 are farther.
    assert found.curve.auc == 11 / 16
    assert found.settings == {"distance": "euclidean", "step": 7, "images": 8}
    assert found.warnings == ()


def test_one_set_is_judged_by_the_runs_threshold(faces: Path) -> None:
    """At 1.5 genuine 1 is accepted and 4 is not, impostor 3 and 6 are not."""
    pairs = faces.parent / "pairsDevTest.txt"
    pairs.write_text("2\nA\t1\t2\nB\t1\t2\nA\t1\tB\t1\nA\t2\tB\t2\n")
    found = lfw_protocol(OnALine(), pairs, faces)
    assert (found.mean, found.standard_error, found.figures) == (0.75, None, {"threshold": 1.5, "tpr": 0.5, "fpr": 0.0})
    assert found.warnings == (
        "pairsDevTest.txt is one set without folds, so its accuracy is that of the run's threshold",
    )


def test_nothing_is_embedded_before_all_images_are_there(faces: Path) -> None:
    pairs = faces.parent / "pairs.txt"
    pairs.write_text("1\nA\t1\t3\nA\t1\tE\t1\n")
    verifier = OnALine()
    with pytest.raises(InputError, match=r"found 2 missing, the first A/A_0003\.jpg"):
        lfw_protocol(verifier, pairs, faces)
    assert verifier.embedded == []


# --- own lists


def write_list(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_own_pairs_at_the_runs_threshold(tmp_path: Path) -> None:
    """Distances 1 and 3 are genuine, 2 and 1 impostor."""
    draw(tmp_path, a=0, b=1, c=3, d=2)
    rows = ("a.jpg,b.jpg,1", "c.jpg,a.jpg,1", "b.jpg,c.jpg,0", "b.jpg,d.jpg,0")
    verifier = OnALine()
    found = pairs_protocol(verifier, write_list(tmp_path, "a,b,same", *rows))
    assert verifier.embedded == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    assert (found.name, found.mean, found.figures) == ("pairs", 0.5, {"threshold": 1.5, "tpr": 0.5, "fpr": 0.5})


def test_own_pairs_in_folds_need_no_threshold(tmp_path: Path) -> None:
    draw(tmp_path, a=0, b=1, c=3, d=10, e=12, f=15)
    rows = ("a.jpg,b.jpg,1,x", "a.jpg,c.jpg,0,x", "d.jpg,e.jpg,1,y", "d.jpg,f.jpg,0,y")
    found = pairs_protocol(OnALine(threshold=None), write_list(tmp_path, "image_a,image_b,same,fold", *rows))
    assert [(part.name, part.value, part.threshold) for part in found.parts] == [
        ("fold x", 1.0, 2.0),
        ("fold y", 0.5, 1.0),
    ]


@pytest.mark.parametrize(
    ("verifier", "sentence"),
    [
        (OnALine(threshold=None), "run: has no threshold yet, and the list has no folds to find one by"),
        (
            OnALine(threshold_for="cosine"),
            "run: the threshold must be for the euclidean distance that pairs are compared by, found one for cosine",
        ),
    ],
)
def test_no_threshold_for_a_list_without_folds(tmp_path: Path, verifier: OnALine, sentence: str) -> None:
    draw(tmp_path, a=0, b=1, c=3)
    with pytest.raises(InputError, match=sentence):
        pairs_protocol(verifier, write_list(tmp_path, "a,b,same", "a.jpg,b.jpg,1", "a.jpg,c.jpg,0"))
    assert verifier.embedded == []


def test_own_pairs_as_the_verifier_judges_each(trained: Run, shapes: Path, tmp_path: Path) -> None:
    names = [f"images/{shape}/{number:02}.png" for shape in ("circle", "cross", "square") for number in range(3)]
    shutil.copytree(shapes / "images", tmp_path / "images")
    listed = [(a, b, int(a.split("/")[1] == b.split("/")[1])) for a in names for b in names if a < b]
    path = write_list(tmp_path, "image_a,image_b,same", *(f"{a},{b},{same}" for a, b, same in listed))
    verifier = Verifier.load(trained)
    found = pairs_protocol(verifier, path)
    judged = [verifier.verify(tmp_path / a, tmp_path / b).same == bool(same) for a, b, same in listed]
    assert found.mean == pytest.approx(sum(judged) / len(judged))
    assert found.figures["threshold"] == verifier.stored_threshold()
    assert found.settings == {"distance": trained.config.distance, "step": 8, "images": 9}


# --- one-shot runs


def test_one_shot_by_hand(tmp_path: Path) -> None:
    for number in (1, 2):
        for name, value in (("test/1", 1), ("test/2", 6), ("training/1", 0), ("training/2", 10 * number)):
            file = tmp_path / f"run{number:02}" / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(str(value))
        lines = [f"run{number:02}/test/{item}.png run{number:02}/training/{item}.png" for item in (1, 2)]
        (tmp_path / f"run{number:02}/class_labels.txt").write_text("\n".join(lines))
    found = one_shot_protocol(OnALine(), tmp_path)
    assert [(part.name, part.value) for part in found.parts] == [("run01", 1.0), ("run02", 0.5)]
    assert (found.mean, found.figures["error"], found.chance) == (0.75, 0.25, 0.5)
    assert found.settings == {"distance": "euclidean", "step": 7, "runs": 2}


# --- episodes

FEW = {"ways": 3, "shots": 1, "count": 12, "queries": 3}


def test_episodes_are_over_the_held_out_images(trained: Run) -> None:
    snapshot = load_snapshot(trained, 8)
    embeddings, labels = snapshot.embeddings[snapshot.held_out], snapshot.labels[snapshot.held_out]
    expected = few_shot(embeddings, labels, EpisodeSettings(**FEW, seed=5), trained.config.distance)
    found = episodes(Verifier.load(trained), **FEW, seed=5)
    assert [part.value for part in found.parts] == [part.value for part in expected.parts]
    assert found.settings["classes"] == 4
    assert found.warnings == ("the classes are those of training (closed set), so the episodes are not of new classes",)


def test_episodes_leave_excluded_images_out(copied: Run) -> None:
    """Of four held-out images a class, an episode takes all four: without one the class is not drawn."""
    samples = copied.samples()
    first = int(np.flatnonzero(samples.held_out)[0])
    copied.save_exclusions([Exclusion(sample=samples.ids[first], reason="wrong label", at="2026-11-22T10:00:00+00:00")])
    assert episodes(Verifier.load(copied), **FEW).settings["classes"] == 3


def test_episodes_say_what_they_are_of(copied: Run) -> None:
    arrays = copied.load_snapshot(8)
    copied.save_snapshot(9, {**arrays, "held_out_total": np.array(400)})
    open_set = Run(copied.path, copied.info.model_copy(update={"data": as_open_set(copied)}))
    found = episodes(Verifier.load(open_set), **FEW)
    assert found.warnings == (
        "the newest snapshot has 16 of 400 held-out images",
        "the embeddings are those of step 9, the newest weights of step 8",
    )


def as_open_set(run: Run) -> DataIdentity:
    return run.info.data.model_copy(update={"open_set": True})


def test_a_run_without_classes_has_no_episodes(copied: Run) -> None:
    arrays = copied.load_snapshot(8)
    held_out = np.flatnonzero(arrays["held_out"])
    pairs = {"genuine": held_out[None, :2], "impostor": held_out[None, [0, -1]]}
    copied.save_snapshot(8, {**arrays, **pairs})
    with pytest.raises(InputError, match="episodes need classes, found a run that was trained on a list"):
        episodes(Verifier.load(copied), **FEW)
    for step in copied.snapshot_steps():
        copied.snapshot_path(step).unlink()
    with pytest.raises(InputError, match="has no snapshot yet"):
        episodes(Verifier.load(copied), **FEW)


def test_episodes_can_be_ended(trained: Run) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        episodes(Verifier.load(trained), **FEW, watch=stop)


def test_too_few_images_for_the_default(trained: Run) -> None:
    with pytest.raises(InputError, match=r"5 classes with 1 \+ 15 images are needed, found 0 among 4 classes"):
        episodes(Verifier.load(trained), ways=5, shots=1, count=10)
