"""Classes and images whose names mean harm, through the commands: they come out as text and stay where they belong."""

import csv
import io
import unicodedata
from pathlib import Path

import pytest

from core.cli import main
from tests.core.conftest import draw_folder

LABELS = {
    "circle": "../../escaped",
    "cross": "=cmd|' /C calc'!A0",
    "square": "\x1b]0;title\x07\x1b[31m<script>alert(1)</script>",
    "triangle": "\u202egnp.exe",
}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory) -> Path:
    """A list of images with such names of classes, and one image with such a name of its own."""
    root = draw_folder(tmp_path_factory.mktemp("names") / "inner", per_class=9, masks=False) / "images"
    (root / "circle" / "00.png").rename(root / "circle" / "=1+1\x1b[31m.png")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("image", "label"))
    for file in sorted(root.rglob("*.png")):
        writer.writerow((file.relative_to(root).as_posix(), LABELS[file.parent.name]))
    path = root / "list.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def test_names_come_out_as_text(manifest, tmp_path, capsys) -> None:
    """Nothing is written but below the folder that was named, no cell is a formula, and no terminal is steered."""
    out = tmp_path / "deep" / "inside" / "out"
    out.mkdir(parents=True)
    run = str(out / "run")
    images = sorted(manifest.parent.rglob("*.png"))
    small = ["--epochs", "1", "--image-size", "16", "--set", "classes_per_batch=4", "--set", "samples_per_class=2"]
    before = sorted(manifest.parents[1].rglob("*"))
    for command in (
        ["inspect", str(manifest)],
        ["train", "--data", str(manifest), "--run", run, "--split", "closed", "--holdout", "0.4", *small],
        ["evaluate", run, "--details"],
        ["verify", run, str(images[0]), str(images[-1]), "--threshold", "1"],
        ["enroll", run, "nobody", str(images[0])],
        ["identify", run, str(images[0])],
        ["verify-pairs", run, str(manifest.parent / "circle"), "--threshold", "1"],
        ["projector", run, "--out", str(out / "projector"), "--method", "pca"],
        ["export", run, str(out / "bundle/")],
        ["export", run, str(out / "report.html")],
        ["runs", str(out)],
    ):
        assert main(command) in (0, 1), (command, capsys.readouterr().err)
        said = capsys.readouterr()
        for line in (said.out + said.err).splitlines():
            steering = [sign for sign in line if unicodedata.category(sign) in ("Cc", "Cf")]
            assert not steering, (command, line)
    assert [entry.name for entry in tmp_path.rglob("*escaped*")] == []
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["deep"]
    assert "<script>alert" not in (out / "report.html").read_text(encoding="utf-8")
    assert sorted(manifest.parents[1].rglob("*")) == before
    rows = (out / "projector" / "metadata.tsv").read_text(encoding="utf-8").splitlines()
    assert len({row.count("\t") for row in rows}) == 1
