"""Which of several windows may write to a run."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import InputError
from core.files import held_alone, is_held
from explorer.bridge.hold import RunHold

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "run" / "evaluation").mkdir(parents=True)
    return tmp_path / "run"


def kept(hold: RunHold, run: Path) -> str:
    """'kept', or why nothing is."""
    try:
        return hold.guarded(run, lambda: "kept")()
    except InputError as error:
        return str(error)


def test_the_first_window_writes(run: Path) -> None:
    first, second = RunHold(), RunHold()
    first.take(run)
    second.take(run)
    assert kept(first, run) == "kept"
    assert kept(second, run) == second.refusal(run)
    assert second.refusal(run).startswith(f"{run}: not kept, since another window had this run first;")


def test_the_next_one_writes_once_it_has_opened_the_run_again(run: Path) -> None:
    """Not before: it would write over what the first one has chosen meanwhile."""
    first, second = RunHold(), RunHold()
    first.take(run)
    second.take(run)
    first.release()
    assert kept(second, run) != "kept"
    second.take(run)
    assert kept(second, run) == "kept"
    first.take(run)
    assert kept(first, run) != "kept"


def test_a_window_holds_what_it_shows(run: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "evaluation").mkdir(parents=True)
    first, second = RunHold(), RunHold()
    first.take(run)
    first.take(run)
    assert kept(first, run) == "kept"
    second.take(run)
    second.take(other)
    assert kept(second, other) == "kept"
    assert kept(second, run) != "kept", "what is still to be stored of the run before is refused, too"
    first.take(None)
    second.take(run)
    assert kept(second, run) == "kept"


def test_a_renamed_run_stays_held(run: Path, tmp_path: Path) -> None:
    first, second = RunHold(), RunHold()
    first.take(run)
    moved = run.rename(tmp_path / "moved")
    second.take(moved)
    assert kept(second, moved) != "kept"
    first.take(moved)
    assert kept(first, moved) == "kept"


def test_training_and_windows_do_not_keep_one_another_out(run: Path) -> None:
    hold = RunHold()
    hold.take(run)
    assert not is_held(run)
    with held_alone(run):
        hold.take(run)
        assert kept(hold, run) == "kept"


def test_a_folder_that_cannot_be_locked_keeps_nobody_out(tmp_path: Path) -> None:
    hold = RunHold()
    hold.take(tmp_path / "gone")
    assert kept(hold, tmp_path / "gone") == "kept"


def test_a_window_that_was_killed_holds_nothing(run: Path) -> None:
    lines = ["import sys", "from core.files import held_alone", "from pathlib import Path"]
    lines += ["with held_alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"]
    command = [sys.executable, "-c", "\n".join(lines), str(run / "evaluation")]
    hold = RunHold()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        hold.take(run)
        assert kept(hold, run) != "kept"
        other.kill()
    hold.take(run)
    assert kept(hold, run) == "kept"
