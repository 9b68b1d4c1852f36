"""`control`: requests to a run that another process trains."""

import json
import os
import shutil
from pathlib import Path

import pytest

from core.files import held_alone
from core.runs import Run
from core.training.control_file import FILE
from tests.core.test_cli import Command, command

__all__ = ["command"]


@pytest.fixture
def begun(trained: Run, tmp_path: Path) -> Path:
    """A run that somebody goes on with."""
    path = Path(shutil.copytree(trained.path, tmp_path / "run"))
    Run.open(path).append_event("started", 8)
    return path


def asked(path: Path) -> dict[str, object]:
    content = json.loads((path / FILE).read_text())
    return {name: content[name] for name in ("command", "evaluate", "settings")}


def test_wishes_are_left_in_the_folder(command: Command, begun: Path) -> None:
    with held_alone(begun):
        said = command("control", begun, "--pause", "--set", "margin=0.3", "--set", "mining=hard")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("asked for: pause, margin 0.3, mining hard; it acts after the present step")
    assert asked(begun) == {"command": "pause", "evaluate": True, "settings": {"margin": 0.3, "mining": "hard"}}


def test_a_stop_may_leave_out_the_last_look(command: Command, begun: Path) -> None:
    with held_alone(begun):
        said = command("control", begun, "--stop", "--no-evaluation", "--json")
    assert json.loads(said.out) == {"run": str(begun), "command": "stop", "settings": {}}
    assert asked(begun) == {"command": "stop", "evaluate": False, "settings": {}}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "needs --pause, --resume, --stop or --set KEY=VALUE, found none"),
        (("--set", "margin"), "takes KEY=VALUE of a live setting"),
        (("--set", "epochs=3"), "takes KEY=VALUE of a live setting"),
        (("--set", "margin=9"), "margin: input should be less than or equal to 2, found '9'"),
        (("--pause", "--no-evaluation"), "--no-evaluation: goes with --stop"),
    ],
)
def test_what_cannot_be_asked_for(command: Command, begun: Path, words: tuple[str, ...], sentence: str) -> None:
    with held_alone(begun):
        said = command("control", begun, *words)
    assert said.code == 2
    assert sentence in said.err
    assert not (begun / FILE).exists()


def test_a_run_that_nobody_trains_is_not_asked(command: Command, begun: Path, tmp_path: Path) -> None:
    said = command("control", begun, "--pause")
    assert said.code == 2
    assert "nobody trains this run now; train --run DIR --resume goes on with it" in said.err
    assert "nothing there" in command("control", tmp_path / "nowhere", "--pause").err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_of_somebody_else(command: Command, begun: Path) -> None:
    begun.chmod(0o500)
    with held_alone(begun):
        said = command("control", begun, "--pause")
    begun.chmod(0o700)
    assert "control.json: cannot be written" in said.err
