"""Runs compared on the images that all of them hold out."""

import shutil

import numpy as np
import pytest

from core.compare import compare_runs
from core.errors import Cancelled, InputError
from core.evaluate import evaluate_run
from core.run_content import Exclusion
from core.runs import Run
from core.training.session import train
from tests.core.conftest import draw_folder
from tests.core.listing import list_shapes


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "copied")
    return Run.open(tmp_path / "copied")


@pytest.fixture(scope="module")
def other(tiny, tmp_path_factory) -> Run:
    """A run on the same images that holds out half of each class, where `trained` holds out a third."""
    return train(tiny(seed=1, holdout=0.5), tmp_path_factory.mktemp("runs") / "other")


def test_distances_of_one_run_on_its_held_out_images(trained) -> None:
    found = compare_runs([(trained, None), (trained, "euclidean")])
    assert found.names == ("trained:cosine", "trained:euclidean")
    assert found.notes == ()
    assert found.images == np.count_nonzero(trained.samples().held_out)
    for curve, distance in zip(found.curves, ("cosine", "euclidean"), strict=True):
        report = evaluate_run(trained, distance=distance).report
        assert (curve.auc, curve.eer) == pytest.approx((report.auc, report.eer), abs=1e-6)
        assert curve.impostor_pairs == report.impostor_pairs
    assert found.reason == "an interval needs at least 20 identities, found 4"
    assert all(difference.interval is None for difference in found.differences)


def test_images_that_not_every_run_holds_out_are_left_out(trained, other) -> None:
    found = compare_runs([(trained, None), (other, None)])
    mine, theirs = (
        {name for name, held_out in zip(run.samples().ids, run.samples().held_out, strict=True) if held_out}
        for run in (trained, other)
    )
    assert found.images == len(mine & theirs) < len(theirs)
    left_out = (
        f"{other.path}: {len(theirs - mine)} of {len(theirs)} images left out, since not every run holds them out"
    )
    assert left_out in found.notes


def test_what_one_of_the_runs_excludes_is_left_out_of_all(trained, copied) -> None:
    samples = copied.samples()
    name = samples.ids[int(np.flatnonzero(samples.held_out)[0])]
    copied.save_exclusions([Exclusion(sample=name, reason="wrong label", at="now")])
    found = compare_runs([(trained, None), (copied, None)])
    assert found.images == np.count_nonzero(samples.held_out) - 1
    assert found.curves[0].auc == pytest.approx(found.curves[1].auc)
    assert [note.split(": ")[0] for note in found.notes] == [str(trained.path)]


def test_other_data_is_compared_as_a_whole(trained, copied, tmp_path) -> None:
    data = draw_folder(tmp_path / "more", per_class=3, masks=False)
    found = compare_runs([(trained, None), (copied, "euclidean")], data=str(data))
    assert (found.images, found.notes) == (12, ())
    assert found.names == ("trained:cosine", "copied:euclidean")


def test_lists_of_pairs_are_compared_by_their_pairs(tiny, tmp_path) -> None:
    data = list_shapes(draw_folder(tmp_path / "shapes", masks=False), "pairs")
    config = tiny(data=str(data), split="open", holdout=0.5, loss="contrastive", epochs=1, classes_per_batch=8)
    run = train(config, tmp_path / "listed")
    found = compare_runs([(run, "cosine"), (run, "euclidean")])
    report = evaluate_run(run).report
    assert (found.curves[0].genuine_pairs, found.curves[0].impostor_pairs) == (
        report.genuine_pairs,
        report.impostor_pairs,
    )
    assert found.reason == "no interval, since identities cannot be drawn where only pairs are listed"


def test_a_distance_that_is_not_fitted_is_refused(trained) -> None:
    with pytest.raises(InputError, match="has no nca distance of step 8; fit it by evaluate --distance nca"):
        compare_runs([(trained, None), (trained, "nca")])


def test_a_run_is_not_compared_with_itself(trained) -> None:
    with pytest.raises(InputError, match="trained:cosine: must be compared with something else, found it 2 times"):
        compare_runs([(trained, None), (trained, "cosine")])


def test_folders_of_one_name_are_told_apart_by_their_paths(trained, tmp_path) -> None:
    shutil.copytree(trained.path, tmp_path / "trained")
    second = Run.open(tmp_path / "trained")
    found = compare_runs([(trained, None), (second, None)])
    assert found.names == (f"{trained.path}:cosine", f"{second.path}:cosine")


def test_runs_without_an_image_in_common_are_refused(trained, tiny, tmp_path) -> None:
    folder = draw_folder(tmp_path / "apart")
    for path in sorted(folder.glob("images/*/*.png")):
        path.rename(path.with_name(f"x{path.name}"))
    for path in sorted(folder.glob("masks/*/*.png")):
        path.rename(path.with_name(f"x{path.name}"))
    second = train(tiny(data=str(folder), epochs=1), tmp_path / "second")
    with pytest.raises(InputError, match="needs images that all runs hold out, found none in common with"):
        compare_runs([(trained, None), (second, None)])


def test_it_tells_how_far_it_is_and_can_be_cancelled(trained, copied) -> None:
    shares: list[float] = []
    compare_runs([(trained, None), (copied, None)], watch=shares.append)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.5 <= shares[-1] <= 1
    for end in (0.1, 0.6):

        def stop(share: float, end: float = end) -> None:
            if share >= end:
                raise Cancelled

        with pytest.raises(Cancelled):
            compare_runs([(trained, None), (copied, None)], watch=stop)
