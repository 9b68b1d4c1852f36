"""Adding a loss takes one file in `core/losses` and no edit elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a process finds whose `core` has the file `my_loss.py` beside the others."""
    folder = tmp_path_factory.mktemp("new loss")
    shutil.copytree(ROOT / "core", folder / "core")
    shutil.copy2(HERE / "my_loss.py", folder / "core" / "losses")
    places = os.pathsep.join([str(folder), str(ROOT)])
    environment = os.environ | {"PYTHONPATH": places, "PYTHONSAFEPATH": "1", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(HERE / "with_my_loss.py"), str(folder)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr + done.stdout
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_wrong_name_is_answered_with_the_new_one_too(found) -> None:
    assert found["refusal"].startswith("loss: must be one of ")
    assert {"my-loss", "triplet", "arcface"} < set(found["refusal"][len("loss: must be one of ") :].split(", "))
    assert found["refusal"].endswith(", found 'no-such-loss'")


def test_the_window_offers_it_in_its_place_without_torch(found) -> None:
    choices = found["choices"]
    assert choices[choices.index("My loss") - 1] < "My loss" < choices[choices.index("My loss") + 1]
    assert not found["torch_was_needed"]


def test_a_run_is_trained_with_it(found) -> None:
    assert found["exit_code"] == 0
    assert found["steps"]
    assert all(step["metric"] > 0 for step in found["steps"])


def test_the_properties_of_all_losses_are_tested_on_it(found) -> None:
    assert set(found["properties"]) == {"passed"}
    assert found["properties"]["passed"] > 10
