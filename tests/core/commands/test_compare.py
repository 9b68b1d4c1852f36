"""`compare`: what it reads and prints."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.commands.compare import _figure, lines, parse_run
from core.errors import InputError
from core.evaluation.comparison import Candidate, compare
from tests.core.evaluation.populations import Population
from tests.core.test_cli import Command, command

__all__ = ["command"]


def test_two_distances_of_a_run(command: Command, trained) -> None:
    said = command("compare", trained.path, f"{trained.path}:euclidean", "--json")
    assert said.code == 0, said.err
    content = said.json
    assert [one["name"] for one in content["candidates"]] == ["trained:cosine", "trained:euclidean"]
    assert {one["figure"] for one in content["differences"]} >= {"auc", "eer"}
    assert content["differences"][0]["interval"] is None
    assert said.err == "note: an interval needs at least 20 identities, found 4\n"


def test_two_runs_as_a_table(command: Command, trained, tmp_path) -> None:
    shutil.copytree(trained.path, tmp_path / "copy")
    said = command("compare", trained.path, tmp_path / "copy")
    assert said.code == 0, said.err
    table = [line.split() for line in said.out.splitlines()]
    assert table[1][0] == "trained:cosine"
    assert table[2][0] == "copy:cosine"
    assert table[4][:4] == ["trained:cosine", "minus", "copy:cosine", "auc"]


def test_the_table_says_what_is_told_apart() -> None:
    (good, alike), labels = Population().samples(np.random.default_rng(0), 40, 2)
    worse = good + np.random.default_rng(1).normal(size=good.shape)
    rows = (Candidate("good", good, "euclidean"), Candidate("alike", alike, "euclidean"), Candidate("worse", worse))
    found = compare(rows, labels, replicates=100)
    table = lines(found)
    low, high = found.confidences[0].auc
    assert table[0].split() == ["AUC", "EER", *"TPR at FPR 5 % TPR at FPR 1 % TPR at FPR 0.1 %".split()]
    assert table[1].startswith(f"good   {found.curves[0].auc:.4f} [{low:.4f}, {high:.4f}]")
    verdicts = {tuple(line.split()[:4]): line for line in table[5:]}
    assert verdicts["good", "minus", "alike", "auc"].endswith("not told apart")
    assert verdicts["good", "minus", "worse", "auc"].endswith("differ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("runs/one", ("runs/one", None)),
        ("runs/one:cosine", ("runs/one", "cosine")),
        ("runs/12:30:nca", ("runs/12:30", "nca")),
        ("runs/12:30", ("runs/12:30", None)),
        (":cosine", (":cosine", None)),
    ],
)
def test_run_and_distance(text: str, expected: tuple[str, str | None]) -> None:
    path, distance = parse_run(text)
    assert (path, distance) == (Path(expected[0]), expected[1])


def test_a_folder_may_be_called_like_a_distance(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("run:cosine").mkdir()
    assert parse_run("run:cosine") == (Path("run:cosine"), None)


def test_misuse_is_one_sentence(command: Command, trained) -> None:
    said = command("compare", trained.path)
    assert (said.code, said.out) == (2, "")
    assert said.err == "compare: needs at least 2 runs or distances of a run, found 1\n"
    said = command("compare", trained.path, f"{trained.path}:manhattan")
    assert said.code == 2
    assert "the distance must be one of" in said.err
    assert "found 'manhattan'" in said.err
    said = command("compare", trained.path, "nowhere")
    assert (said.code, said.err) == (2, "nowhere: a run is a folder, found nothing there\n")


def test_a_distance_needs_a_run() -> None:
    with pytest.raises(InputError, match=r"\.:manhattan: the distance must be one of"):
        parse_run(".:manhattan")


def test_no_difference_has_no_sign() -> None:
    assert _figure(-1e-9, (-1e-8, 1e-8)) == "0.0000 [0.0000, 0.0000]"
