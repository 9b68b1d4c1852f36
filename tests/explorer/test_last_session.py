import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.last_session import SessionMark, take_crash

_OPENED = """
import sys
from pathlib import Path
from explorer.last_session import SessionMark
mark = SessionMark(Path(sys.argv[1]))
mark.begin()
mark.note_run(Path(sys.argv[2]))
print("open", flush=True)
if sys.argv[3] == "fault":
    import faulthandler
    faulthandler._sigsegv()
sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "runs" / "digits-1").mkdir(parents=True)
    return tmp_path / "runs" / "digits-1"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


@pytest.fixture
def other(home: Path, run: Path) -> Iterator[subprocess.Popen[str]]:
    """A window in another process that will not close as it should."""
    with subprocess.Popen(
        [sys.executable, "-c", _OPENED, str(home), str(run), "wait"],
        stdin=subprocess.PIPE,  # which it reads as long as the test is there
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_what_was_closed_as_it_should_be_leaves_nothing(home: Path, run: Path) -> None:
    assert take_crash(home) is None
    mark = SessionMark(home)
    mark.begin()
    mark.note_run(run)
    assert len(list(home.iterdir())) == 1
    mark.end()
    mark.end()
    assert list(home.iterdir()) == []
    assert take_crash(home) is None


def test_a_killed_window_is_told_once_with_its_run(home: Path, run: Path, other: subprocess.Popen[str]) -> None:
    assert take_crash(home) is None, "it is still open"
    other.send_signal(signal.SIGKILL)
    other.wait()
    crash = take_crash(home)
    assert crash is not None
    assert (crash.run, crash.faults) == (run, "")
    assert crash.sentence.startswith("The window that was opened on ")
    assert crash.sentence.endswith(" ended unexpectedly, with the run digits-1")
    assert take_crash(home) is None
    assert list(home.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_a_fault_of_the_interpreter_says_where_it_was(home: Path, run: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", _OPENED, str(home), str(run), "fault"], check=False)
    assert ended.returncode == -signal.SIGSEGV
    crash = take_crash(home)
    assert crash is not None
    assert crash.faults.startswith("Fatal Python error: Segmentation fault")


@pytest.mark.parametrize("note", [b"", b"runs", b"/no/such/run", b"/tmp\0x", b"\xff\xfe"])
def test_a_note_that_tells_no_run_there_is_offers_none(home: Path, note: bytes) -> None:
    left = home / "20261122-161533-99999999"
    left.mkdir(parents=True)
    (left / "run.txt").write_bytes(note)
    crash = take_crash(home)
    assert crash is not None
    assert crash.run is None
    assert crash.sentence == "The window that was opened on 22 Nov at 16:15 ended unexpectedly"


def test_of_several_the_newest_is_told_and_all_are_taken_away(home: Path) -> None:
    for name in ("20261122-161533-1", "20261123-101533-2", "no mark"):
        (home / name).mkdir(parents=True)
    crash = take_crash(home)
    assert crash is not None
    assert crash.began.day == 23
    assert [each.name for each in home.iterdir()] == []


def test_where_no_mark_can_be_set_the_log_says_so(home: Path, run: Path, caplog: pytest.LogCaptureFixture) -> None:
    home.write_text("a file")
    mark = SessionMark(home)
    mark.begin()
    mark.note_run(run)
    mark.end()
    [record] = caplog.records
    assert "a crash would not be noticed" in record.getMessage()
    assert take_crash(home) is None
