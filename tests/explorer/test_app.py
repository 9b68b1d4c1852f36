import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.cli import COMMANDS
from explorer import app
from explorer.app import run_window

HEAVY = ("pyqtgraph", "superqt", "pydantic", "torch", "numpy", "numba", "sklearn", "umap")


def parse_error(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one sentence that these arguments are answered with."""
    with pytest.raises(SystemExit) as ended:
        run_window(arguments)
    assert ended.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    return line


def in_a_process(folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_picture_needs_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--screenshot goes with --demo" in parse_error(capsys, "--screenshot", "x.png")


def test_demo_and_stored_run_exclude_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    assert "give one of them" in parse_error(capsys, "--demo", "--open", "runs/a")


@pytest.mark.parametrize("name", ["x.jpg", "x", "x.png.txt"])
def test_a_picture_is_a_png(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    line = parse_error(capsys, "--demo", "--screenshot", str(tmp_path / name))
    assert f"must end in .png, found {name!r}" in line


def test_a_place_that_cannot_be_written_is_refused_before_the_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "gone" / "x.png", tmp_path / "folder.png", tmp_path / "file" / "x.png"):
        assert f"{path} cannot be written" in parse_error(capsys, "--demo", "--screenshot", str(path))


def test_trying_a_place_leaves_nothing_there_and_no_file_changed(tmp_path: Path) -> None:
    (tmp_path / "old.png").write_bytes(b"picture")
    assert app._picture_problem(tmp_path / "old.png") is None
    assert app._picture_problem(tmp_path / "new.png") is None
    assert [path.name for path in tmp_path.iterdir()] == ["old.png"]
    assert (tmp_path / "old.png").read_bytes() == b"picture"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run_window(["--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert f"Commands: {', '.join(COMMANDS)}." in told


def test_an_unknown_option_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--colour" in parse_error(capsys, "--colour")


def test_without_a_display_it_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "display_problem", lambda: "no display: nothing answers at DISPLAY=:9")
    assert run_window([]) == 2
    assert capsys.readouterr().err == "no display: nothing answers at DISPLAY=:9\n"


_FRAME = f"""
import json, sys
from explorer import main_window

def first_part(self):
    print(json.dumps([name for name in {HEAVY} if name in sys.modules]), self._is_painted)
    self.close()

main_window.MainWindow.build_next = first_part
from explorer.__main__ import main
sys.argv = ["metric-explorer"]
sys.exit(main())
"""


def test_the_frame_is_on_the_screen_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    ended = in_a_process(tmp_path, _FRAME)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    modules, painted = ended.stdout.rsplit(maxsplit=1)
    assert json.loads(modules) == []
    assert painted == "True"


_BROKEN = """
import sys
from dataclasses import replace
from explorer.docked import curves

def broken():
    raise ImportError("pyqtgraph is not installed")

curves.PANEL = replace(curves.PANEL, make=broken)
from explorer.app import run_window
sys.exit(run_window(sys.argv[1:]))
"""


def test_a_window_that_cannot_be_built_ends_the_demo_with_exit_code_2(tmp_path: Path) -> None:
    ended = in_a_process(tmp_path, _BROKEN, "--demo", "--screenshot", "x.png")
    assert ended.returncode == 2
    assert ended.stderr == "metric-explorer: unexpected ImportError: pyqtgraph is not installed\n"
    assert not (tmp_path / "x.png").exists()
    [log] = Path(os.environ["XDG_DATA_HOME"]).rglob("metric-explorer.log")
    assert "Traceback" in log.read_text()


_ENDED = """
import os, signal, sys
signal.signal(getattr(signal, sys.argv[1]), signal.SIG_DFL)  # those who run the tests may ignore it
from explorer import main_window

def all_parts(self):
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))

main_window.MainWindow.build_next = all_parts
from explorer.app import run_window
sys.exit(run_window([]))
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_to_end_closes_the_window(tmp_path: Path, name: str) -> None:
    ended = in_a_process(tmp_path, _ENDED, name)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_version_needs_no_display(tmp_path: Path) -> None:
    code = "import sys; from explorer.__main__ import main; sys.argv = ['metric-explorer', '--version']; main()"
    ended = in_a_process(tmp_path, code)
    assert ended.returncode == 0
    assert ended.stdout.startswith("metric-explorer ")


_KILLED = """
import os, signal
from explorer import main_window

def killed(self):
    os.kill(os.getpid(), signal.SIGKILL)

main_window.MainWindow.build_next = killed
from explorer.app import run_window
run_window([])
"""
_NEXT = """
import sys
from PySide6.QtCore import QTimer
from explorer.bridge import hub
from explorer.bridge.projection import MapBridge
from explorer.main_window import MainWindow

hub._import_heavy = lambda: 0
MapBridge.start = lambda self: None
begin = MainWindow._begin

def look(self):
    print([entry.message for entry in self.status.journal.entries if entry.is_problem])
    self.close()

def begun(self):
    begin(self)
    QTimer.singleShot(0, self, lambda: look(self))

MainWindow._begin = begun
from explorer.app import run_window
sys.exit(run_window([]))
"""


def test_the_start_after_a_kill_offers_the_log_once(tmp_path: Path) -> None:
    assert in_a_process(tmp_path, _KILLED).returncode == -signal.SIGKILL
    told = [in_a_process(tmp_path, _NEXT) for _ in range(2)]
    assert [ended.returncode for ended in told] == [0, 0], told[0].stderr
    assert "ended unexpectedly" in told[0].stdout
    assert told[1].stdout == "[]\n"
