"""One-shot runs in Omniglot's layout, with embeddings made by hand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from core.data.images import load_image
from core.errors import InputError
from core.evaluation.protocols.nearest import nearest_is_right
from core.evaluation.protocols.one_shot import OneShotRun, one_shot_result, read_one_shot_runs
from tests.core.data.test_real_data import folder

LINES = (
    "run01/test/item01.png run01/training/class02.png",
    "run01/test/item02.png run01/training/class01.png",
    "run01/test/item03.png run01/training/class02.png",
)


def lay_out(root: Path, lines: tuple[str, ...] = LINES, run: str = "run01") -> Path:
    for name in [*(f"test/item{n:02}.png" for n in (1, 2, 3)), *(f"training/class{n:02}.png" for n in (1, 2))]:
        file = root / run / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"an image, which is not decoded here")
    (root / run / "class_labels.txt").write_text("\n".join(lines) + "\n")
    return root


def run_of(name: str, classes: int, answers: list[int]) -> OneShotRun:
    files = tuple(Path(str(number)) for number in range(classes + len(answers)))
    return OneShotRun(name, files[:classes], files[classes:], np.array(answers))


# --- reading


def test_runs_by_hand(tmp_path: Path) -> None:
    lay_out(tmp_path)
    lay_out(tmp_path, (*(line.replace("run01", "run02") for line in LINES[:2]), "", ""), "run02")
    (tmp_path / "notes").mkdir()
    first, second = read_one_shot_runs(tmp_path)
    assert (first.name, second.name) == ("run01", "run02")
    assert [file.name for file in first.files] == [
        "class01.png",
        "class02.png",
        "item01.png",
        "item02.png",
        "item03.png",
    ]
    assert first.answers.tolist() == [1, 0, 1]
    assert second.answers.tolist() == [1, 0]
    assert second.files[-1] == tmp_path / "run02/test/item02.png"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((LINES[0], "run01/test/item02.png"), "line 2: two paths are needed, test and training image, found 1"),
        ((LINES[0] + " x",), "line 1: two paths are needed, test and training image, found 3"),
        ((*LINES, LINES[0]), "line 4: a test image must stand once, found run01/test/item01.png again"),
        (
            ("../secret.png run01/training/class01.png",),
            "line 1: an image must lie in the folder of the runs, found '../secret.png'",
        ),
    ],
)
def test_lines_that_cannot_be_understood(tmp_path: Path, lines: tuple[str, ...], sentence: str) -> None:
    lay_out(tmp_path, lines)
    with pytest.raises(InputError) as caught:
        read_one_shot_runs(tmp_path)
    assert str(caught.value) == f"{tmp_path}/run01/class_labels.txt, {sentence}"


@pytest.mark.parametrize(("lines", "found"), [((), 0), ((LINES[0], LINES[2]), 1)])
def test_a_run_of_too_few_classes(tmp_path: Path, lines: tuple[str, ...], found: int) -> None:
    lay_out(tmp_path, lines)
    with pytest.raises(InputError, match=f"at least 2 classes are needed, found {found}"):
        read_one_shot_runs(tmp_path)


def test_an_image_for_test_and_training(tmp_path: Path) -> None:
    lay_out(tmp_path, (*LINES, "run01/training/class02.png run01/training/class01.png"))
    with pytest.raises(
        InputError, match=r"no image may be for test and training both, found run01/training/class02\.png"
    ):
        read_one_shot_runs(tmp_path)


def test_missing_images_are_counted(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "run01/test/item03.png").unlink()
    (tmp_path / "run01/training/class01.png").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        read_one_shot_runs(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: all images of the runs must be there, found 2 missing, the first run01/training/class01.png "
        "(an empty file (0 bytes))"
    )


def test_folders_without_runs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a folder with runs is needed, found no <run>/class_labels\.txt in it"):
        read_one_shot_runs(tmp_path)
    with pytest.raises(InputError, match="a folder with runs is needed, found no folder"):
        read_one_shot_runs(tmp_path / "none")


# --- measuring


def test_two_runs_by_hand() -> None:
    """Classes at 0 and 10: of the first run's queries 1, 4 and 6, the last is nearer to 10, and 4 belongs there too.

    The second run has classes at 0, 10 and 20, and one query at 5, as near to its own class as to another.
    """
    runs = (run_of("one", 2, [0, 1, 1]), run_of("two", 3, [1]))
    embeddings = np.array([0, 10, 1, 4, 6, 0, 10, 20, 5], dtype=np.float32)[:, None]
    found = one_shot_result(runs, embeddings, "euclidean")
    assert [(part.name, part.value, part.trials) for part in found.parts] == [
        ("one", pytest.approx(2 / 3), 3),
        ("two", 0.5, 1),
    ]
    assert found.mean == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert found.figures["error"] == pytest.approx(1 - found.mean)
    assert found.standard_error == pytest.approx((2 / 3 - 1 / 2) / 2)
    assert found.chance == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found.warnings == ("Omniglot has 20 runs, found 2",)


def test_embeddings_that_are_all_alike_score_as_chance() -> None:
    runs = [run_of(f"run{number:02}", 20, list(range(20))) for number in range(20)]
    found = one_shot_result(runs, np.ones((800, 4), np.float32), "cosine")
    assert (found.mean, found.chance, found.warnings) == (pytest.approx(0.05), 0.05, ())
    assert found.standard_error == pytest.approx(0, abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=5),
    st.lists(st.integers(0, 4), min_size=1, max_size=5),
    st.data(),
)
def test_the_nearest_by_counting(queries: list[int], references: list[int], data: st.DataObject) -> None:
    answers = [data.draw(st.integers(0, len(references) - 1)) for _ in queries]
    columns = [np.array(values, dtype=np.float64)[:, None] for values in (queries, references)]
    found = nearest_is_right(*columns, np.array(answers), "euclidean")
    for query, answer, share in zip(queries, answers, found, strict=True):
        nearest = min(abs(query - reference) for reference in references)
        tied = [place for place, reference in enumerate(references) if abs(query - reference) == nearest]
        assert share == pytest.approx((answer in tied) / len(tied))


def test_embeddings_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="embeddings: must be those of 5 files, found 4"):
        one_shot_result([run_of("one", 2, [0, 1, 1])], np.ones((4, 2)), "cosine")
    with pytest.raises(ValueError, match="embeddings must be finite"):
        one_shot_result([run_of("one", 2, [0])], np.array([[0.0], [1.0], [np.nan]]), "euclidean")


# --- Omniglot's own


def test_the_runs_of_omniglot() -> None:
    runs = read_one_shot_runs(folder("omniglot") / "oneshot_runs")
    assert [run.name for run in runs] == [f"run{number:02}" for number in range(1, 21)]
    assert {(len(run.training), len(run.test)) for run in runs} == {(20, 20)}
    assert all(sorted(run.answers.tolist()) == list(range(20)) for run in runs)
    assert runs[0].answers[:5].tolist() == [7, 8, 1, 18, 9]
    assert runs[0].training[7].name == "class08.png"


@pytest.mark.slow
def test_the_published_error_of_the_runs() -> None:
    """Omniglot's authors give 38.8 % errors for the modified Hausdorff distance of the inked pixels, centred."""
    errors = []
    for run in read_one_shot_runs(folder("omniglot") / "oneshot_runs"):
        ink = [np.argwhere(load_image(file)[:, :, 0] == 0).astype(float) for file in run.files]
        trees = [cKDTree(points - points.mean(axis=0)) for points in ink]
        training, test = trees[: len(run.training)], trees[len(run.training) :]
        nearest = [int(np.argmin([modified_hausdorff(one, other) for other in training])) for one in test]
        errors.append(np.mean(np.array(nearest) != run.answers))
    assert np.mean(errors) == pytest.approx(0.388, abs=0.0006)


def modified_hausdorff(one: cKDTree, other: cKDTree) -> float:
    """Dubuisson and Jain, A modified Hausdorff distance for object matching, 1994."""
    return max(other.query(one.data)[0].mean(), one.query(other.data)[0].mean())
