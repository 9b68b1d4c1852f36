"""Adding a panel takes one file in `explorer/docked` and no edit elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

from explorer.panel_list import PANELS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What a process finds whose `explorer` has the file `my_panel.py` beside the others."""
    folder = tmp_path_factory.mktemp("new panel")
    shutil.copytree(ROOT / "explorer", folder / "explorer")
    shutil.copy2(HERE / "my_panel.py", folder / "explorer" / "docked")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "PYTHONSAFEPATH": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, str(HERE / "with_my_panel.py"), str(folder)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr + done.stdout
    told: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert told["explorer"] == str(folder / "explorer")
    return told


def test_it_is_the_last_tab_of_its_place(found) -> None:
    titles = [PANELS[name].title for name in ("data", "runs", "pairs", "evaluation", "verdicts")]
    assert found["tabs"] == ["MAP", *titles, "Class sizes"]
    names = list(PANELS)
    behind = names.index("verdicts") + 1
    assert found["names"] == [*names[:behind], "my_panel", *names[behind:]]


def test_it_joins_the_tabs_of_an_arrangement_that_does_not_know_it(found) -> None:
    after = found["tabs_after_an_older_version"]
    assert sorted(title.casefold() for title in after) == sorted(title.casefold() for title in found["tabs"])
    assert [title for title in after if title.isupper()] == ["DATA"]


def test_what_it_can_do_has_names_and_keys(found) -> None:
    assert found["keys"] == {
        "show_panel_my_panel": "Ctrl+Shift+K, Q",
        "go_to_my_panel": "Ctrl+Shift+K, K",
        "my_panel_count_images": "Ctrl+Shift+K, C",
        "choice_my_panel_which_class_0": "",
        "choice_my_panel_which_class_1": "",
    }


def test_its_keys_and_f1_open_its_page_of_the_guide(found) -> None:
    assert found["page"] == "data"


def test_the_palette_does_it_in_a_thread_of_its_own(found) -> None:
    """Digits: 183 images of the class three, 174 of the eight."""
    assert found["sizes"] == ["183 images", "174 images"]


def test_the_tests_of_all_panels_pass_with_it(found) -> None:
    assert set(found["tests"].values()) == {"passed"}
    assert len(found["tests"]) == 8
