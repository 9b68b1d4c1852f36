"""A fitted distance comes back from the run as it was, or not at all."""

import shutil

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.distances import EUCLIDEAN, LinearDistance
from core.errors import InputError
from core.runs import Run
from core.stored_distances import distance_of_run, load_distance, save_distance

W = np.random.default_rng(0).normal(size=(5, 8))


@pytest.fixture
def run(trained, tmp_path) -> Run:
    """Its embeddings have 8 dimensions."""
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


def kept(run: Run) -> set[str]:
    return {str(path.relative_to(run.path)) for path in run.path.glob("distances/*/*")}


def test_there_and_back(run) -> None:
    save_distance(run, LinearDistance("nca", W), step=8)
    found = load_distance(run, "nca", 8)
    assert found.name == "nca"
    np.testing.assert_array_equal(found.W, W)
    np.testing.assert_array_equal(distance_of_run(run, "nca", 8).W, W)
    assert distance_of_run(run, "euclidean", 8) is EUCLIDEAN


def test_only_the_newest_of_each_name_is_kept(run) -> None:
    for name, step in (("nca", 4), ("mahalanobis", 4), ("nca", 8)):
        save_distance(run, LinearDistance(name, W), step)
    assert kept(run) == {"distances/nca/step-000008.safetensors", "distances/mahalanobis/step-000004.safetensors"}


def test_none_of_this_step(run) -> None:
    save_distance(run, LinearDistance("nca", W), step=4)
    words = "has no nca distance of step 8; fit it by evaluate --distance nca"
    with pytest.raises(InputError, match=words):
        load_distance(run, "nca", 8)


def test_a_run_that_goes_back_forgets_what_came_later(run) -> None:
    save_distance(run, LinearDistance("nca", W), step=8)
    save_distance(run, LinearDistance("mahalanobis", W), step=4)
    run.rewind(4, changes=0)
    assert kept(run) == {"distances/mahalanobis/step-000004.safetensors"}


def test_a_run_that_starts_over_has_none(run) -> None:
    save_distance(run, LinearDistance("nca", W), step=8)
    Run.create(run.path, run.info, run.samples())
    assert kept(run) == set()


@pytest.mark.parametrize(
    ("content", "metadata", "words"),
    [
        (W[:, :4], {}, r"W must be float64 \[E, 8\], found float64 \[5, 4\]"),
        (W[:0], {}, r"found float64 \[0, 8\]"),
        (W[0], {}, r"found float64 \[8\]"),
        (W.astype(np.float32), {}, r"found float32 \[5, 8\]"),
        (np.where(W > 1, np.inf, W), {}, "W holds values that are not finite"),
        (W, {"step": "4"}, "its step must be '8', found '4'"),
        (W, {"distance": "mahalanobis"}, "its distance must be 'nca', found 'mahalanobis'"),
        (W, {"format": "other"}, "its format must be 'metric-explorer distance 1', found 'other'"),
    ],
)
def test_a_damaged_file_is_one_sentence(run, content, metadata, words) -> None:
    path = run.distance_path("nca", 8)
    path.parent.mkdir(parents=True)
    good = {"format": "metric-explorer distance 1", "distance": "nca", "step": "8"}
    save_file({"W": np.ascontiguousarray(content)}, path, good | metadata)
    with pytest.raises(InputError, match=rf"step-000008\.safetensors: damaged, .*{words}"):
        load_distance(run, "nca", 8)


def test_a_file_without_w(run) -> None:
    path = run.distance_path("nca", 8)
    path.parent.mkdir(parents=True)
    save_file({"V": W}, path, {"format": "metric-explorer distance 1", "distance": "nca", "step": "8"})
    with pytest.raises(InputError, match=r"W must be float64 \[E, 8\]"):
        load_distance(run, "nca", 8)


@pytest.mark.parametrize("content", [b"", b"not a tensor", b"\xff" * 64])
def test_what_is_no_tensor_file(run, content) -> None:
    path = run.distance_path("nca", 8)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"step-000008\.safetensors: the distance cannot be read"):
        load_distance(run, "nca", 8)
