"""Run folders that may not be written to, or are gone while they are written to."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import main
from core.errors import InputError
from core.runs import Run
from core.training.outcome import load_snapshot
from core.training.records import Failed
from core.training.session import TrainingSession
from tests.core.training.driving import Driven, changing, drive
from tests.faults.conftest import lock, unlock


def at_event(config, path: Path, name: str, action: Callable[[], object], *, resume: bool = False) -> Driven:
    """Train, and do something at the first event of a name."""
    done = False

    def on_event(event, controls) -> None:
        nonlocal done
        if not done and name in (type(event).__name__, getattr(event, "what", None)):
            done = True
            action()

    return drive(config, path, changing, resume=resume, on_event=on_event)


INSTANTS = [
    pytest.param("Started", marks=pytest.mark.slow),
    "CheckpointSaved",
    pytest.param("Evaluated", marks=pytest.mark.slow),
    pytest.param("evaluating on the held-out part", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("instant", INSTANTS)
def test_the_folder_is_deleted_while_it_trains(tiny, tmp_path, instant) -> None:
    run = tmp_path / "run"
    with pytest.raises(InputError) as error:
        at_event(tiny(epochs=2), run, instant, lambda: shutil.rmtree(run))
    assert str(error.value) == f"{run}: the run folder can no longer be written to (No such file or directory)"
    assert not run.exists()


@pytest.mark.parametrize("instant", INSTANTS)
def test_the_disk_becomes_read_only_while_it_trains(tiny, folder, instant) -> None:
    """As systems do with a disk that fails: the last checkpoint stays, and the run goes on when it may be written."""
    run = folder / "run"
    with pytest.raises(InputError) as error:
        at_event(tiny(epochs=2), run, instant, lambda: lock(folder))
    assert str(error.value).endswith("(Read-only file system)")
    unlock(folder)
    assert Run.open(run).checkpoint_steps() == {"Started": [], "CheckpointSaved": [4], "Evaluated": [4]}.get(
        instant, [4, 8]
    )
    drive(tiny(epochs=2), run, changing, resume=True)


def test_a_run_cannot_begin_in_a_read_only_folder(tiny, folder) -> None:
    lock(folder)
    session = TrainingSession(tiny(), folder / "run")
    session.start()
    assert session.join(60)
    failed = session.take_events()[-1]
    assert isinstance(failed, Failed)
    assert failed.message == f"{folder / 'run'}: read-only file system"


def test_a_run_in_a_read_only_folder_is_read(trained, shapes, folder, capsys) -> None:
    """Evaluated, verified and identified; what would change it is refused in one sentence."""
    shutil.copytree(trained.path, folder / "run")
    run, image = str(folder / "run"), str(shapes / "images" / "circle" / "02.png")
    assert main(["enroll", run, "round", image]) == 0
    lock(folder)
    capsys.readouterr()
    assert load_snapshot(Run.open(run), 8).curve is not None
    for command in (
        ["evaluate", run, "--json"],
        ["verify", run, image, image, "--json"],
        ["identify", run, image, "--json"],
        ["evaluate", run, "--distance", "mahalanobis", "--json"],
        ["train", "--run", run, "--resume", "--json"],
    ):
        assert main(command) == 0, capsys.readouterr().err
        json.loads(capsys.readouterr().out)
    assert main(["enroll", run, "round", image]) == 2
    sentence = capsys.readouterr().err.strip()
    assert "\n" not in sentence
    assert sentence.endswith("the gallery cannot be changed, its file or folder must be writable")
