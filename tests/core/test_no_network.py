"""Nothing leaves the machine: no connection is opened by anything but a download that was asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_WATCHED = """
import json, sys

seen = []

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        seen.append([event, repr(arguments)])
    elif event in ("socket.connect", "socket.bind") and isinstance(arguments[1], tuple):
        seen.append([event, repr(arguments[1])])

sys.addaudithook(watch)
from core.cli import main

codes = [main(arguments) for arguments in json.loads(sys.argv[1])]
print(json.dumps({"codes": codes, "seen": seen}), file=sys.stderr)
"""


def watched(*commands: list[str], cwd: Path) -> dict[str, list[object]]:
    """Exit codes of commands, and the connections that they tried to open."""
    ended = subprocess.run(
        [sys.executable, "-c", _WATCHED, json.dumps(commands)],
        cwd=cwd,
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[object]] = json.loads(ended.stderr.splitlines()[-1])
    return found


@pytest.mark.long
def test_from_training_to_taking_away(shapes: Path, tmp_path: Path) -> None:
    a, b = (str(shapes / "images" / "circle" / name) for name in ("02.png", "03.png"))
    train = ["train", "--data", str(shapes), "--run", "run", "--epochs", "1", "--image-size", "16", "--json"]
    found = watched(
        train,
        ["evaluate", "run", "--json"],
        ["verify", "run", a, b, "--threshold", "2"],
        ["verify-pairs", "run", str(shapes / "images" / "circle"), "--threshold", "1", "--json"],
        ["enroll", "run", "round", a],
        ["identify", "run", b, "--json"],
        ["export", "run", "model/"],
        ["verify", "model", a, b, "--threshold", "2"],
        ["doctor", "--json"],
        cwd=tmp_path,
    )
    assert found["seen"] == []
    assert set(found["codes"]) <= {0, 1}


def test_a_download_is_what_opens_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the watch above would be blind."""
    monkeypatch.setenv("METRIC_EXPLORER_DATA", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    found = watched(["download"], ["download", "omniglot"], cwd=tmp_path)
    assert found["codes"] == [0, 2]
    assert any("socket.connect" in str(event) for event in found["seen"])
