"""`export`: which of the three, what is printed, and what is refused."""

import json
from pathlib import Path

import pytest

from core import cli
from core.commands import export
from core.export import onnx_file, report
from core.export.onnx_file import OnnxFiles, Parity


@pytest.fixture
def asked(monkeypatch, trained):
    """Stands in for the slow work; notes what it is asked for."""
    calls = []

    def onnx(verifier, file, *, force, watch):
        calls.append((verifier.origin.path, file, force))
        watch(0.5)
        return OnnxFiles((file, file.with_suffix(".json")), Parity(images="2", largest_difference={"mask": 2e-7}))

    def told(run, file, *, force, watch):
        calls.append((run.path, file, force))
        watch("measuring", 0.25)

    monkeypatch.setattr(onnx_file, "write_onnx", onnx)
    monkeypatch.setattr(report, "write_report", told)
    return calls


def test_onnx(asked, trained, tmp_path, capsys) -> None:
    assert cli.main(["export", str(trained.path), str(tmp_path / "a.onnx"), "--force"]) == 0
    assert asked == [(trained.path, tmp_path / "a.onnx", True)]
    out, error = capsys.readouterr()
    assert out == f"wrote {tmp_path / 'a.onnx'}, {tmp_path / 'a.json'}\n  mask: within 2e-07 of torch\n"
    assert error == ""


def test_json_and_progress(asked, trained, tmp_path, capsys) -> None:
    assert cli.main(["export", str(trained.path), str(tmp_path / "a.onnx"), "--json", "--progress"]) == 0
    out, error = capsys.readouterr()
    assert json.loads(out) == {
        "files": [str(tmp_path / "a.onnx"), str(tmp_path / "a.json")],
        "parity": {"mask": 2e-7},
    }
    assert [json.loads(line) for line in error.splitlines()] == [
        {"stage": "loading the model", "share": 0.0},
        {"stage": "writing ONNX", "share": 0.5},
    ]


def test_a_report(asked, trained, tmp_path, capsys) -> None:
    assert cli.main(["export", str(trained.path), str(tmp_path / "a.HTML")]) == 0
    assert asked == [(trained.path, tmp_path / "a.HTML", False)]
    assert capsys.readouterr().out == f"wrote {tmp_path / 'a.HTML'}\n"


def test_a_bundle_and_what_is_made_of_it(asked, trained, shapes, tmp_path, capsys) -> None:
    folder = tmp_path / "taken.v1"
    assert cli.main(["export", str(trained.path), f"{folder}/"]) == 0
    assert capsys.readouterr().out == f"wrote {folder}\n"
    a, b = (str(shapes / "images" / "circle" / name) for name in ("00.png", "02.png"))
    said = []
    for place in (trained.path, folder):
        cli.main(["verify", str(place), a, b, "--json"])
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1]
    assert cli.main(["export", str(folder), str(tmp_path / "a.onnx")]) == 0
    assert cli.main(["export", str(folder), str(tmp_path / "a.html")]) == 2
    assert capsys.readouterr().err == f"{folder}: a report needs a run with its images, found a bundle\n"
    assert cli.main(["export", str(trained.path), str(folder)]) == 2  # a folder that is there needs no slash
    assert "holds a bundle already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("a.pt", "a.pt: must end in .onnx or .html, or for a bundle in '/', found '.pt'"),
        ("none/a.onnx", "needs an existing folder to be written to"),
        ("none/a.html", "needs an existing folder to be written to"),
        ("none/a/", "a bundle needs an existing folder around it"),
    ],
)
def test_targets_that_are_none(asked, trained, tmp_path, capsys, target, words) -> None:
    assert cli.main(["export", str(trained.path), f"{tmp_path}/{target}"]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert words in error
    assert asked == []


def test_a_run_that_is_none(asked, tmp_path, capsys) -> None:
    assert cli.main(["export", str(tmp_path), str(tmp_path / "a.onnx")]) == 2
    assert "not a run folder, it has no run.json" in capsys.readouterr().err


def test_a_folder_may_go_without_its_slash() -> None:
    assert export.writer("some/folder") is export.writer("some/folder.v2/")
    assert export.writer(str(Path("a.ONNX"))) is export.writer("b.onnx")
