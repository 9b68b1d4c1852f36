"""Exit codes and JSON of the command as it is installed."""

import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("metric-explorer")

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not installed beside this Python")


@pytest.fixture(scope="module")
def run(trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run that may be written to."""
    return Path(shutil.copytree(trained.path, tmp_path_factory.mktemp("installed") / "run"))


@pytest.mark.long
def test_verify_in_a_process_of_its_own(run: Path, shapes: Path) -> None:
    a = shapes / "images" / "circle" / "02.png"
    ended = subprocess.run(
        [str(PROGRAM), "verify", str(run), str(a), str(a), "--threshold", "0", "--json"],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)
    assert set(found) == {"distance", "threshold", "same", "probability", "expected_fpr", "expected_tpr"}
    assert (found["distance"], found["same"]) == (0.0, True)


@pytest.mark.skipif(os.name == "nt", reason="the program is no script there")
def test_verify_enroll_and_identify(
    run: Path, shapes: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The script itself, without loading torch anew for each command."""

    def ask(*arguments: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", [str(PROGRAM), *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(PROGRAM), run_name="__main__")
        out, err = capfd.readouterr()
        return ended.value.code, out, err

    a, b = (shapes / "images" / "circle" / name for name in ("02.png", "03.png"))
    code, out, err = ask("verify", run, a, shapes / "images" / "square" / "05.png", "--threshold", 0)
    assert (code, out.startswith("different: "), err) == (1, True, "")
    code, out, err = ask("verify", run, a, "none.png", "--json")
    assert (code, out) == (2, "")
    assert err == "none.png: an image file is needed, found no file\n"

    code, out, err = ask("enroll", run, "round", a, b)
    assert (code, err) == (0, "")
    code, out, err = ask("identify", run, a, "--threshold", 2, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["known"], found["name"], found["matches"][0]["name"]) == (True, "round", "round")
    code, out, err = ask("identify", run, shapes / "images" / "square" / "05.png", "--threshold", 0)
    assert (code, "unknown" in out, err) == (1, True, "")
    code, out, err = ask("identify", run, shapes / "images")
    assert (code, out, err.count("\n")) == (2, "", 1)
