"""`protocol` called in this process, on a run that was really trained."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.runs import Run
from core.verification import Verifier
from tests.core.test_cli import Command, assert_error, command

__all__ = ["command"]

EPISODES = ("episodes", "--ways", 3, "--shots", 1, "--count", 12, "--queries", 3)


@pytest.fixture
def faces(shapes: Path, tmp_path: Path) -> Path:
    """Images of the shapes under the names of LFW's files, and a list of two folds beside them."""
    for shape in ("circle", "cross", "square", "triangle"):
        (tmp_path / "lfw" / shape).mkdir(parents=True)
        for number in (1, 2):
            image = (shapes / "images" / shape / f"{number:02}.png").read_bytes()
            (tmp_path / "lfw" / shape / f"{shape}_{number:04}.png").write_bytes(image)
    rows = ("circle\t1\t2", "circle\t1\tcross\t1", "square\t1\t2", "square\t1\ttriangle\t1")
    (tmp_path / "pairs.txt").write_text("\n".join(["2\t1", *rows]) + "\n")
    return tmp_path / "lfw"


@pytest.fixture
def own_list(shapes: Path) -> Iterator[Path]:
    """A list of pairs beside the images of the shapes; without folds."""
    path = shapes / "judged.csv"
    path.write_text(
        "a,b,same,remark\nimages/circle/00.png,images/circle/01.png,1,x\n"
        "images/circle/00.png,images/cross/01.png,0,\nimages/circle/00.png,images/none.png,1,\n"
    )
    yield path
    path.unlink()


def test_lfw_as_json(command: Command, trained: Run, faces: Path) -> None:
    said = command("protocol", trained.path, "lfw", "pairs.txt", "--images", faces, "--json")
    assert said.code == 0, said.err
    content = said.json
    assert list(content) == [
        *("protocol", "figure", "mean", "standard_error", "interval", "chance"),
        *("auc", "eer", "genuine_pairs", "impostor_pairs", "settings", "parts", "warnings"),
    ]
    assert (content["protocol"], content["figure"]) == ("lfw", "accuracy")
    assert (content["genuine_pairs"], content["impostor_pairs"], content["chance"]) == (2, 2, 0.5)
    assert content["settings"] == {"distance": trained.config.distance, "step": 8, "images": 6}
    verifier = Verifier.load(trained)
    far = [
        verifier.verify(*(faces / name.split("_")[0] / name for name in names)).distance
        for names in (
            ("circle_0001.png", "circle_0002.png"),
            ("circle_0001.png", "cross_0001.png"),
            ("square_0001.png", "square_0002.png"),
            ("square_0001.png", "triangle_0001.png"),
        )
    ]
    # Of one genuine and one impostor pair the genuine one's distance is best, whichever of the two is nearer.
    assert [part["threshold"] for part in content["parts"]] == pytest.approx([far[2], far[0]], abs=1e-6)


def test_lfw_as_a_table(command: Command, trained: Run, faces: Path) -> None:
    said = command("protocol", trained.path, "lfw", "pairs.txt", "--images", faces)
    rows = dict(re.split(r"  +", line) for line in said.out.splitlines())
    assert (rows["protocol"], rows["distance"]) == ("lfw", trained.config.distance)
    assert re.fullmatch(r"\d\.\d{4} ± \d\.\d{4}", rows["accuracy"])
    for fold in ("fold 1", "fold 2"):
        assert re.fullmatch(r"\d\.\d{4} of 2 at threshold \d\.\d{4}", rows[fold])
    assert said.err == ""


def test_own_pairs(command: Command, trained: Run, own_list: Path) -> None:
    said = command("protocol", trained.path, "pairs", own_list)
    assert said.code == 0, said.err
    assert said.err.splitlines() == [
        "warning: judged.csv: images and rows left out: 2, the first images/none.png: no such file, first named in "
        "line 4",
        "warning: judged.csv: the columns 'remark' are passed over.",
    ]
    assert {"accuracy", "auc", "threshold", "tpr", "fpr"} <= {line.split()[0] for line in said.out.splitlines()}


def test_one_shot(command: Command, trained: Run, shapes: Path, tmp_path: Path) -> None:
    lines = []
    for shape in ("circle", "square"):
        for kind, number in (("test", 1), ("training", 2)):
            file = tmp_path / "runs/run01" / kind / f"{shape}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((shapes / "images" / shape / f"{number:02}.png").read_bytes())
        lines.append(f"run01/test/{shape}.png run01/training/{shape}.png")
    (tmp_path / "runs/run01/class_labels.txt").write_text("\n".join(lines))
    said = command("protocol", trained.path, "one-shot", "runs", "--json")
    assert said.code == 0, said.err
    assert said.json["error"] == 1 - said.json["mean"]
    assert (said.json["chance"], said.json["standard_error"]) == (0.5, None)
    assert said.err == "warning: Omniglot has 20 runs, found 1\n"


def test_episodes_with_json_before_or_after(command: Command, trained: Run) -> None:
    after = command("protocol", trained.path, *EPISODES, "--json")
    before = command("protocol", "--json", trained.path, *EPISODES)
    assert after.code == 0, after.err
    assert after.json == before.json
    assert after.json["chance"] == pytest.approx(1 / 3)
    low, high = after.json["interval"]
    assert low < after.json["mean"] < high
    assert len(after.json["parts"]) == after.json["settings"]["count"] == 12


def test_many_episodes_are_not_listed_one_by_one(command: Command, trained: Run) -> None:
    few, many = (command("protocol", trained.path, *EPISODES, "--count", count) for count in (30, 31))
    assert sum(line.startswith("episode ") for line in few.out.splitlines()) == 30
    assert "episode 1" not in many.out


def test_what_is_refused(command: Command, trained: Run, faces: Path) -> None:
    lie = faces.parent / "lie.txt"
    lie.write_text((faces.parent / "pairs.txt").read_text() + "cross\t1\t2\n")
    told = command("protocol", trained.path, "lfw", lie, "--images", faces)
    assert_error(told, "line 1: the header promises 2 folds of 1 genuine and 1 impostor pairs")
    assert_error(
        command("protocol", trained.path, "lfw", "pairs.txt", "--images", "."), "found 6 missing, the first circle/"
    )
    assert_error(command("protocol", trained.path, "one-shot", "."), "a folder with runs is needed")
    assert_error(
        command("protocol", trained.path, "episodes", "--ways", 5, "--shots", 5), "5 classes with 5 + 15 images"
    )
    assert_error(command("protocol", "none", *EPISODES), "none")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "the following arguments are required: PROTOCOL"),
        (("lfw", "pairs.txt"), "the following arguments are required: --images"),
        (("episodes", "--ways", "many", "--shots", "1"), "argument --ways: invalid int value: 'many'"),
        (("view3",), "argument PROTOCOL: invalid choice: 'view3'"),
    ],
)
def test_misuse(command: Command, trained: Run, arguments: tuple[str, ...], words: str) -> None:
    said = command("protocol", trained.path, *arguments)
    assert_error(said, words)


def test_ctrl_c_is_no_traceback(command: Command, trained: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.protocols.few_shot", interrupt)
    said = command("protocol", trained.path, *EPISODES)
    assert (said.code, said.out, said.err) == (2, "", "interrupted\n")
