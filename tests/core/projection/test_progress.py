"""What is told of a drawing: stages, shares, and how seldom."""

import numpy as np
import pytest

from core.projection import project
from core.projection.progress import Overheard, Throttled

POINTS = np.random.default_rng(0).normal(size=(80, 8)).astype(np.float32)


def heard(method, **options):
    told = []
    layout = project(POINTS, method, seed=0, report=lambda stage, share: told.append((stage, share)), **options)
    return layout, told


def shares(told, stage):
    return [share for each, share in told if each == stage and share is not None]


def stages(told):
    return list(dict.fromkeys(stage for stage, _ in told))


@pytest.mark.parametrize("again", [False, True], ids=["fresh", "refresh"])
def test_umap_tells_its_stages_and_epochs(again, capsys):
    layout, told = heard("umap", initial=POINTS[:, :2] if again else None)
    assert stages(told) == ["finding neighbours", "weighing neighbours", "placing the points"]
    epochs = shares(told, "placing the points")
    assert epochs == sorted(epochs)
    assert (epochs[0], epochs[-1]) == (0.0, 1.0)
    assert len(set(epochs)) > 40
    assert "".join(capsys.readouterr()) == ""
    assert np.array_equal(layout, project(POINTS, "umap", seed=0, initial=POINTS[:, :2] if again else None))


def test_tsne_tells_its_iterations_and_prints_nothing(capsys):
    layout, told = heard("tsne")
    assert stages(told) == ["finding neighbours", "placing the points"]
    done = shares(told, "placing the points")
    assert done == sorted(done)
    assert done[0] == pytest.approx(0.05)  # the 50th of 1,000
    assert done[-1] <= 1.0
    assert "".join(capsys.readouterr()) == ""
    assert np.array_equal(layout, project(POINTS, "tsne", seed=0))


def test_pca_has_nothing_to_tell():
    assert heard("pca")[1] == []


def test_within_a_stage_little_is_passed_on():
    told, times = [], iter([0.0, 0.1, 0.15, 0.2, 0.25, 0.41])
    throttled = Throttled(lambda stage, share: told.append((stage, share)), clock=lambda: next(times))
    for stage, share in (("a", 0.0), ("a", 0.1), ("b", None), ("b", 0.2), ("b", 0.3), ("b", 0.4)):
        throttled(stage, share)
    assert told == [("a", 0.0), ("b", None), ("b", 0.4)]


def test_only_lines_of_progress_are_heard():
    told = []
    file = Overheard(r"Iteration (\d+):", "s", lambda *each: told.append(each), total=200)
    for line in ("[t-SNE] Computed 12 neighbors", "[t-SNE] Iteration 50: error = 1.5", "\n"):
        assert file.write(line) == len(line)
    assert told == [("s", 0.25)]
