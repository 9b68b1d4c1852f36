"""`inspect` as a person at a terminal and a script see it."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli import main
from core.data.edit_file import Edit, write_edits
from core.data.sources import edit_file_of
from tests.core.data.test_looks import photograph


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """Two classes of five; one image of each class is the same, one dog cannot be read, one has an evil name."""
    for label, name in enumerate(("cat", "dog")):
        for number in range(5):
            file = tmp_path / "pets" / name / f"{number}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(photograph(0 if number == 0 else 10 * label + number)).save(file)
    (tmp_path / "pets" / "dog" / "4.png").write_bytes(b"nothing")
    (tmp_path / "pets" / "dog" / "5\x1b[2J.png").write_bytes(b"nothing")
    return tmp_path / "pets"


def run(*arguments: object) -> int:
    return main(["inspect", *map(str, arguments)])


def test_what_is_printed(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(pets) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == "pets: 11 images, 2 classes"
    assert lines[1] == "96 to 96 pixels wide, 64 to 64 high"
    assert "duplicates: 2 in 1 groups (images that are there more than once, byte for byte)" in lines
    assert (
        "several classes: 2 in 1 groups (the same image, or one that looks the same, in more than one class)" in lines
    )
    assert any(line.startswith("  dog/4.png: no image that can be read") for line in lines)
    assert "\x1b" not in said.out
    assert r"  dog/5\x1b[2J.png: " in said.out
    assert said.err == ""


def test_json_holds_everything(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_edits(edit_file_of(str(pets)), (Edit(sample="dog/0.png"),))
    assert run(pets, "--json", "--needed", 5) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["name"], said["images"], said["classes"]) == ("pets", 10, {"cat": 5, "dog": 5})
    assert said["left_out"] == [{"where": "dog/0.png", "reason": "excluded by a person"}]
    assert set(said["findings"]) == {"unreadable", "tiny classes"}
    assert said["findings"]["tiny classes"] == {"groups": 1, "images": ["dog/1.png", "dog/2.png", "dog/3.png"]}
    assert said["duplicates"] == []
    assert said["leaks_unknown"] is None


def test_leaks_that_cannot_be_looked_for_are_said_so(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(pets, "--split", "open", "--json") == 0
    said = capsys.readouterr()
    assert said.err.startswith("note: leaks were not looked for: pets: training needs at least two classes")
    assert json.loads(said.out)["leaks_unknown"].startswith("pets: training needs")


def test_nothing_to_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(0)
    for number in range(10):
        file = tmp_path / "clean" / "ab"[number % 2] / f"{number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(random.integers(0, 256, (32, 32, 3), np.uint8)).save(file)
    assert run(tmp_path / "clean") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing to mend"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["nowhere"], "nowhere: no such folder"),
        (["digits", "--needed", "many"], "samples_per_class: "),
        (["digits", "--split", "ajar"], "split: "),
        (["digits", "--holdout", "2"], "holdout: must be a share between 0 and 1"),
    ],
)
def test_misuse_is_one_sentence(options: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*options) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(says)
    assert said.err.count("\n") == 1


def test_a_damaged_file_of_edits_is_one_sentence(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit_file_of(str(pets)).write_text("[]")
    assert run(pets) == 2
    assert capsys.readouterr().err.startswith(f"{pets}.edits.json: damaged, ")


def test_images_elsewhere_are_looked_at_where_that_is_allowed(
    pets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "list" / "list.csv"
    manifest.parent.mkdir()
    rows = [f"../pets/{name}/{number}.png,{name}" for name in ("cat", "dog") for number in range(4)]
    manifest.write_text("\n".join(["image,label", *rows]) + "\n")
    assert run(manifest) == 2
    assert "to read it all the same, set allow_outside=true" in capsys.readouterr().err
    assert run(manifest, "--allow-outside") == 0
    assert capsys.readouterr().out.startswith("list.csv: 8 images, 2 classes")
