"""A process that exports: what it says is heard, and it is gone when nobody wants it any more."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.errors import Cancelled, InputError
from explorer.bridge import exporting
from explorer.bridge.exporting import Written, export, told
from explorer.bridge.long_work import StageWatcher
from tests.explorer.tiny import stored_run

if TYPE_CHECKING:
    import subprocess

SLOW = "import time; time.sleep(600)"


class Watching(StageWatcher):
    """Notes what it is told, and stops at a stage."""

    def __init__(self, stop_at: str = "") -> None:
        super().__init__()
        self.stages: list[tuple[str, float]] = []
        self._stop_at = stop_at

    def staged(self, stage: str, share: float = 0.0) -> None:
        if stage == self._stop_at:
            self.stop()
        super().staged(stage, share)
        if self.stages[-1:] != [(stage, share)]:
            self.stages.append((stage, share))


def saying(*lines: str, code: int = 0, out: object = None, then: str = "") -> list[str]:
    """A command that writes these lines on stderr, and an object on stdout."""
    said = "".join(line + "\n" for line in lines)
    begin = f"import sys; sys.stderr.write({said!r}); sys.stderr.flush(); {then or 'pass'}"
    return [sys.executable, "-S", "-c", f"{begin}; sys.stdout.write({json.dumps(out)!r}); sys.exit({code})"]


def progress(stage: str, share: float) -> str:
    return json.dumps({"stage": stage, "share": share})


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Every process that is started."""
    found: list[subprocess.Popen[bytes]] = []
    start = exporting._start

    def noted(*arguments: object) -> "subprocess.Popen[bytes]":
        found.append(start(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(exporting, "_start", noted)
    return found


def test_what_was_written_and_how_far_it_is() -> None:
    watcher = Watching()
    command = saying(progress("loading", 0.0), progress("writing", 0.75), out={"files": ["/a/m.onnx", "/a/m.json"]})
    assert told(command, watcher) == Written((Path("/a/m.onnx"), Path("/a/m.json")))
    assert watcher.stages[0] == ("starting", 0.0)
    assert watcher.stages[-1] == ("writing", 0.75)


def test_a_failure_is_the_sentence_it_ends_with() -> None:
    with pytest.raises(InputError, match=r"^x: exists already$"):
        told(saying(progress("loading", 0.0), "a warning", "x: exists already", code=2), Watching())
    with pytest.raises(InputError, match="the process that exports ended with code 3"):
        told(saying(code=3), Watching())


def test_it_is_ended_when_nobody_wants_it(processes) -> None:
    with pytest.raises(Cancelled):
        told(saying(progress("converting", 0.5), then=SLOW), Watching(stop_at="converting"))
    assert [process.poll() is not None for process in processes] == [True]


def test_one_that_does_not_end_is_killed(processes, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "ENDS_WITHIN_S", 0.2)
    line = progress("deaf", 0.1)
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print({line!r}, file=sys.stderr, flush=True)"
    with pytest.raises(Cancelled):
        told(saying(then=f"{deaf}; {SLOW}"), Watching(stop_at="deaf"))
    assert [process.poll() is not None for process in processes] == [True]


def test_a_bundle_by_the_real_command(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch) -> None:
    """From a folder whose own 'core' is none of its business."""
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "__init__.py").write_text("raise SystemExit('the wrong core')")
    monkeypatch.chdir(tmp_path)
    watcher = Watching()
    run = stored_run(tmp_path_factory)
    found = export(run, f"{tmp_path / 'bundle'}/", force=False)(watcher)
    assert found == Written((tmp_path / "bundle",))
    assert {file.name for file in (tmp_path / "bundle").iterdir()} == {
        "config.json",
        "model.safetensors",
        "verification.safetensors",
    }
    assert watcher.stages[-1][0] == "writing the bundle"
