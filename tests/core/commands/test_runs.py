"""`runs` and `scalars`."""

import csv
from pathlib import Path

import pytest

from core.run_keeping import set_archived, write_note
from tests.core.stored_runs import write_run
from tests.core.test_cli import Command, command
from tests.core.test_tensorboard import read_events

__all__ = ["command"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_run(tmp_path / "runs" / "one", loss="arcface", epochs=2)
    old = write_run(tmp_path / "runs" / "old", created="2026-11-20T00:00:00+00:00")
    set_archived(old, True)
    write_note(tmp_path / "runs" / "one", "good")
    return tmp_path / "runs"


def test_a_table(command: Command, root: Path) -> None:
    said = command("runs", root)
    assert (said.code, said.err) == (0, "")
    header, row = said.out.splitlines()
    names = "run date data backbone loss epochs steps AUC EER TPR@1% state note"
    assert header.split() == names.split()
    assert row.split() == "one 2026-11-22 digits small arcface 2/2 4 0.9000 10.00 % 60.0 % finished good".split()
    assert len(command("runs", root, "--archived").out.splitlines()) == 3


def test_an_object(command: Command, root: Path) -> None:
    said = command("runs", root, "--json", "--archived").json
    assert said["folder"] == str(root)
    one, old = said["runs"]
    assert (one["run"], one["state"], one["problem"], one["auc"]) == (str(root / "one"), "finished", None, 0.9)
    assert (one["settings"]["loss"], one["settings"]["margin"], one["note"]) == ("arcface", 0.5, "good")
    assert (old["run"], old["archived"]) == (str(root / "old"), True)


def test_hostile_runs_move_no_cursor(command: Command, root: Path) -> None:
    write_run(root / "a\x1b[2Jb", name="x\ny" + 100 * "z", created="2026-11-24T00:00:00+00:00")
    (root / "one" / "run.json").write_text('{"\x1b[2J')
    said = command("runs", root)
    assert said.code == 0
    assert "\x1b" not in said.out
    _header, hostile, damaged, problem = said.out.splitlines()
    assert hostile.startswith("a\N{REPLACEMENT CHARACTER}[2Jb  ")
    assert len(hostile) < 200
    assert "damaged" in damaged
    assert problem.startswith("one: ")


def test_no_runs(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = command("runs")
    assert said.code == 2
    assert said.err == f"{tmp_path / 'runs'}: no such folder, nothing was trained here yet; name another folder\n"
    assert command("runs", tmp_path).out == f"{tmp_path}: no runs\n"
    assert command("runs", tmp_path / "gone").code == 2


def test_scalars(command: Command, trained, tmp_path: Path) -> None:
    said = command("scalars", trained.path, "--tensorboard", tmp_path / "log")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(f"; look at it by: tensorboard --logdir {tmp_path / 'log'}\n")
    (file,) = (tmp_path / "log").iterdir()
    assert len(read_events(file)) == 1 + len(trained.metrics())
    said = command("scalars", trained.path, "--csv", tmp_path / "x.csv", "--json")
    assert said.json == {"file": str(tmp_path / "x.csv")}
    rows = list(csv.reader((tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 1 + len(trained.metrics())


def test_scalars_of_what_is_no_run(command: Command, tmp_path: Path) -> None:
    said = command("scalars", tmp_path, "--csv", tmp_path / "x.csv")
    assert (said.code, said.err) == (2, f"{tmp_path}: not a run folder, it has no run.json\n")
    said = command("scalars", tmp_path)
    assert said.code == 2
    assert "one of the arguments --tensorboard --csv is required" in said.err
