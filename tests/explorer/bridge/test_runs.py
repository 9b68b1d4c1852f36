"""Reading and removing runs behind the window."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from PySide6.QtCore import QFile

from core.errors import InputError
from core.files import held_alone
from core.run_keeping import bring_back
from core.run_list import read_run
from explorer.bridge import runs
from explorer.bridge.long_work import StageWatcher
from explorer.bridge.runs import Removed, read_details, remove, scalars_csv, scalars_events
from tests.core.stored_runs import write_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "runs" / "one")


def test_the_curves_of_a_run(run: Path) -> None:
    found = read_details(read_run(run))
    assert found.problem == ""
    assert found.scalars is not None
    assert_array_equal(found.scalars.step, [1, 2, 3, 4])
    assert found.roc is not None
    assert_array_equal(found.roc.thresholds, [-np.inf, 0.0, 1.0, 2.0])
    assert_array_equal(found.roc.fpr, [0.0, 0.0, 0.5, 1.0])


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        (None, "it has no points of a curve"),
        ([1], "it has no points of a curve"),
        ({"fpr": [0, 1], "tpr": [0, 1]}, "it has no points of a curve"),
        ({"thresholds": [0, 1], "fpr": [0, 1], "tpr": ["a", "b"]}, "it has no points of a curve"),
        ({"thresholds": [0, 1], "fpr": [0, 1], "tpr": [0]}, "must be as many"),
        ({"thresholds": [0, 1], "fpr": [[0], [1]], "tpr": [0, 1]}, "must be as many"),
        ({"thresholds": [0, 1], "fpr": [0, 7], "tpr": [0, 1]}, "must ascend from 0 to 1"),
        ({"thresholds": [0, 1], "fpr": [1, 0], "tpr": [0, 1]}, "must ascend from 0 to 1"),
        ({"thresholds": [0, 1], "fpr": [0, float("nan")], "tpr": [0, 1]}, "must ascend from 0 to 1"),
    ],
)
def test_damaged_curves_are_left_out(run: Path, curve: object, said: str) -> None:
    file = run / "evaluation" / "step-000004.json"
    content = json.loads(file.read_text())
    content["curve"] = curve
    file.write_text(json.dumps(content))
    found = read_details(read_run(run))
    assert found.roc is None
    assert said in found.problem
    assert found.scalars is not None


def test_damaged_metrics_are_left_out(run: Path) -> None:
    (run / "metrics.jsonl").write_text("oops\n")
    found = read_details(read_run(run))
    assert (found.scalars, found.roc is None) == (None, False)
    assert "line 1 is not valid JSON" in found.problem


# --- the trash; the home of a test is its own, and so is its trash


def test_into_the_system_s_trash_and_back(run: Path, tmp_path: Path) -> None:
    import os

    home = Path(os.environ["XDG_DATA_HOME"])
    if home.stat().st_dev != run.stat().st_dev:
        pytest.skip("the temporary folders lie on two volumes")
    found = remove(run)
    assert not run.exists()
    assert found == Removed(home / "Trash" / "files" / "one", beside=False)
    assert found.place is not None
    assert read_run(found.place).state == "finished"
    bring_back(found.place, run)
    assert read_run(run).state == "finished"
    assert list((home / "Trash" / "info").iterdir()) == []


def test_where_there_is_no_trash_it_goes_beside_the_runs(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoTrash(QFile):
        def moveToTrash(self) -> bool:
            return False

    monkeypatch.setattr(runs, "QFile", NoTrash)
    assert remove(run) == Removed(run.parent / ".trash" / "one", beside=True)


def test_a_run_that_trains_is_not_removed(run: Path) -> None:
    with held_alone(run), pytest.raises(InputError, match="one: is being trained; stop it first"):
        remove(run)
    assert read_run(run).state == "finished"
    with pytest.raises(InputError, match="the run is gone"):
        remove(run.parent / "gone")


# --- scalars


def test_scalars_of_several_runs_in_a_folder_each(run: Path, tmp_path: Path) -> None:
    other = write_run(tmp_path / "runs" / "two")
    said = scalars_events([run, other], tmp_path / "log")(StageWatcher())
    assert said == f"Wrote 2 runs; look at them by: tensorboard --logdir {tmp_path / 'log'}"
    assert sorted(each.name for each in (tmp_path / "log").iterdir()) == ["one", "two"]
    assert scalars_csv(run, tmp_path / "x.csv")(StageWatcher()) == f"Wrote 4 steps to {tmp_path / 'x.csv'}"
