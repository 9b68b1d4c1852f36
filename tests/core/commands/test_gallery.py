import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core.cli import main
from core.commands import identify
from core.evaluation.novelty import Novelty
from core.gallery.gallery import Gallery
from core.runs import Run
from core.verification import Verifier


@pytest.fixture(scope="module")
def run(trained: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with two names, to be left as it is."""
    folder = tmp_path_factory.mktemp("enrolled") / "run"
    shutil.copytree(trained.path, folder)
    return folder


@pytest.fixture(scope="module")
def images(shapes: Path) -> Any:
    return lambda name: sorted((shapes / "images" / name).glob("*.png"))


@pytest.fixture(scope="module")
def enrolled(run: Path, images: Any) -> Path:
    for name in ("circle", "square"):
        assert main(["enroll", str(run), name, *map(str, images(name)[:3])]) == 0
    return run


@pytest.fixture
def copied(enrolled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(enrolled, tmp_path / "run"))


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_enroll_says_what_it_did(copied: Path, images: Any, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(file) for file in images("circle")[2:5]]
    assert main(["enroll", str(copied), "circle", *files, "--json"]) == 0
    assert said(capsys) == {"name": "circle", "added": 2, "already": 1, "images": 5, "notes": []}
    assert main(["enroll", str(copied), "circle", files[0]]) == 0
    assert capsys.readouterr().out == "circle: 0 added, 1 left out as enrolled already, 5 in all\n"


def test_what_is_to_be_said_of_an_image_goes_to_stderr(
    copied: Path, images: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frames = [Image.open(file) for file in images("circle")[:3]]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    for arguments in (["enroll", str(copied), "gif"], ["identify", str(copied)]):
        assert main([*arguments, str(tmp_path / "a.gif"), "--json"]) == 0
        shown = capsys.readouterr()
        assert shown.err.endswith("a.gif: an animation: the first of its 3 frames is used\n")
        json.loads(shown.out)


def test_identify_agrees_with_python(enrolled: Path, images: Any, capsys: pytest.CaptureFixture[str]) -> None:
    image = images("circle")[0]
    assert main(["identify", str(enrolled), str(image), "--rule", "nearest", "--json"]) == 0
    found, run = said(capsys), Run.open(enrolled)
    expected = Gallery.open(run).identify(image, Verifier.load(run), rule="nearest")
    assert {name: found[name] for name in expected.to_json()} == json.loads(json.dumps(expected.to_json()))
    assert (found["known"], found["name"], found["matches"][0]["distance"]) == (True, "circle", 0)
    assert found["novelty"]["class"] in run.info.data.classes
    assert 0 <= found["novelty"]["percentile"] <= 100


def test_identify_says_unknown_by_its_exit_code(
    enrolled: Path, images: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    image = str(images("cross")[0])
    assert main(["identify", str(enrolled), image, "--threshold", "-1", "--top", "1"]) == 1
    first, match, novelty = capsys.readouterr().out.splitlines()
    assert first.startswith("unknown: distance ")
    assert first.endswith("> threshold -1.0000")
    assert match.endswith(" (3)")
    assert novelty.startswith("nearest training class: ")
    assert main(["identify", str(enrolled), image, "--threshold", "-1", "--json"]) == 1
    assert said(capsys)["name"] is None


def test_an_empty_gallery_knows_nobody(trained: Run, images: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["identify", str(trained.path), str(images("circle")[0])]) == 1
    assert capsys.readouterr().out.startswith("unknown: nobody is enrolled\n")
    assert main(["gallery", str(trained.path)]) == 0
    assert capsys.readouterr().out == "nobody is enrolled\n"
    assert not trained.gallery_path.exists()


def test_gallery_lists_renames_and_removes(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gallery", str(copied)]) == 0
    assert capsys.readouterr().out == "     3  circle\n     3  square\n"
    assert main(["gallery", str(copied), "rename", "circle", "Ball", "--json"]) == 0
    assert said(capsys) == {"name": "Ball"}
    assert main(["gallery", str(copied), "remove", "square"]) == 0
    assert capsys.readouterr().out == "removed: square, 3 images\n"
    assert main(["gallery", str(copied), "list", "--json"]) == 0
    assert said(capsys) == {"names": [{"name": "Ball", "images": ["00.png", "01.png", "02.png"]}], "images": 3}


def test_one_image_is_said_in_the_singular(copied: Path, images: Any, capsys: pytest.CaptureFixture[str]) -> None:
    main(["enroll", str(copied), "Anna", str(images("cross")[0])])
    capsys.readouterr()
    assert main(["gallery", str(copied), "remove", "Anna"]) == 0
    assert capsys.readouterr().out == "removed: Anna, 1 image\n"


def test_nearly_all_are_not_all() -> None:
    assert identify._novelty_lines(Novelty(0.5, 0, 99.7), ("cat",)) == [
        "nearest training class: cat at 0.5000, farther than 99 % of the training images are from theirs"
    ]


def test_refresh_embeds_again_what_other_weights_saw(
    copied: Path, images: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run.open(copied)
    run.checkpoint_path(run.newest_checkpoint()).rename(copied / "aside")
    assert main(["identify", str(copied), str(images("circle")[0])]) == 2
    assert "found 6 of 6 by others" in capsys.readouterr().err
    assert main(["gallery", str(copied), "refresh", "--json"]) == 0
    assert said(capsys) == {"images": 6, "step": run.checkpoint_steps()[-1]}
    assert main(["identify", str(copied), str(images("circle")[0]), "--threshold", "0.5", "--json"]) == 0
    assert said(capsys)["novelty"] is None  # the newest snapshot is of other weights


def test_rates_are_told_at_the_threshold_and_at_rates(enrolled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["rates", "--repeats", "4", "--far", "0.5", "--far", "0.01", "--threshold", "2"]
    assert main(["gallery", str(enrolled), *options, "--json"]) == 0
    found = said(capsys)
    assert {name: found[name] for name in ("shots", "rule", "repeats", "seed", "names", "strangers")} == {
        "shots": 1,
        "rule": "mean",
        "repeats": 4,
        "seed": 0,
        "names": 2,
        "strangers": 2,
    }
    assert found["at_threshold"]["far"] == 1
    assert found["at_far"]["0.01"] is None
    assert found["at_far"]["0.5"]["far"] <= 0.5
    assert set(found["at_far"]["0.5"]["dir"]) == {"1", "5"}
    assert main(["gallery", str(enrolled), *options]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0].startswith("2 names enrolled by 1 of their images, 2 strangers, ")
    assert shown.out.splitlines()[-1] == "at false alarms 1 %: unknown, too few images of strangers"
    assert "warning: closed set" in shown.err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["enroll", "RUN", " ", "IMAGE"], "name: must not be empty"),
        (["enroll", "RUN", "Anna", "nothing.png"], "nothing.png: an image file is needed, found no file"),
        (["identify", "RUN", "nothing.png"], "nothing.png: an image file is needed"),
        (["identify", "RUN", "IMAGE", "--top", "0"], "top: must be at least 1, found 0"),
        (["identify", "RUN", "IMAGE", "--threshold", "nan"], "threshold: must be a finite distance"),
        (["gallery", "RUN", "remove", "Nobody"], "nobody is enrolled as 'Nobody'"),
        (["gallery", "RUN", "rates", "--shots", "0"], "shots: must be at least 1, found 0"),
        (["gallery", "RUN", "rates", "--far", "2"], "--far: must be within 0..1, found 2"),
        (["gallery", "nowhere"], "nowhere: a run is a folder, found nothing there"),
    ],
)
def test_errors_are_one_sentence(
    enrolled: Path, images: Any, arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"RUN": str(enrolled), "IMAGE": str(images("circle")[0])}
    assert main([places.get(each, each) for each in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert problem in shown.err
    assert shown.err.count("\n") == 1
