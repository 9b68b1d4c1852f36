"""Exit codes and JSON of the command as it is installed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("metric-explorer")


@pytest.fixture(scope="module")
def run(trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run that may be written to."""
    return Path(shutil.copytree(trained.path, tmp_path_factory.mktemp("installed") / "run"))


def ask(*arguments: object) -> tuple[int, str, str]:
    ended = subprocess.run(
        [str(PROGRAM), *map(str, arguments)],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not installed beside this Python")
def test_verify_enroll_and_identify(run: Path, shapes: Path) -> None:
    a, b = (shapes / "images" / "circle" / name for name in ("02.png", "03.png"))
    code, out, err = ask("verify", run, a, a, "--threshold", 0, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert set(found) == {"distance", "threshold", "same", "probability", "expected_fpr", "expected_tpr"}
    assert (found["distance"], found["same"]) == (0.0, True)
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
