"""The commands on a list of pairs."""

from pathlib import Path

import pytest

from tests.core.conftest import draw_folder
from tests.core.listing import list_shapes, write_list
from tests.core.test_cli import Command, command

__all__ = ["command"]

OPTIONS = ("--image-size", 16, "--epochs", 2, "--set", "embedding_dim=8", "--set", "classes_per_batch=8")


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return list_shapes(draw_folder(tmp_path / "shapes", masks=False), "pairs")


def test_train_evaluate_and_verify(command: Command, pairs: Path) -> None:
    """`--set loss=contrastive` is what would be taken anyway."""
    trained = command("train", "--data", pairs, *OPTIONS, "--set", "loss=contrastive", "--run", "run", "--json")
    assert trained.code == 0, trained.err
    figures = trained.json
    assert (figures["genuine_pairs"], figures["impostor_pairs"], figures["classes"]) == (16, 24, 8)
    assert figures["precision_at_1"] is figures["map_at_r"] is figures["classification_accuracy"] is None
    assert "note: Of 128 pairs, 48 have images both of held-out identities and of others" in trained.err
    evaluated = command("evaluate", "run", "--json").json
    assert evaluated["auc"] == pytest.approx(figures["auc"], abs=1e-6)
    for name in ("r_precision", "recall_at_k", "knn_accuracy", "clustering", "auc_interval", "per_class", "confusion"):
        assert evaluated[name] is None
    images = pairs.parent / "images" / "circle"
    same = command("verify", "run", images / "00.png", images / "01.png", "--json")
    assert same.code == int(not same.json["same"])


def test_what_it_says_without_json(command: Command, pairs: Path) -> None:
    said = command("train", "--data", pairs, *OPTIONS, "--run", "run")
    lines = said.err.splitlines()
    assert "pairs.csv: 48 images, 16 identities" in lines
    assert "open set: trains on 40 pairs of 24 images, 40 pairs of 24 images of 8 identities held out" in lines
    assert ["precision_at_1", "unknown"] in [line.split() for line in said.out.splitlines()]


def test_the_default_loss_is_the_one_that_fits(command: Command, pairs: Path) -> None:
    assert command("train", "--data", pairs, *OPTIONS, "--run", "run", "--json").code == 0
    assert command("train", "--run", "run", "--resume", "--json").code == 0
    settings = ("--data", pairs, "--set", "loss=triplet", "--run", "run")
    refused = command("train", *settings, "--resume", "--json")
    assert refused.err.startswith("loss: a run goes on with its own settings")


@pytest.mark.parametrize(
    ("rows", "options", "sentence"),
    [
        ([("a.png", "b.png", 2)], (), "list.csv, line 2: same must be 0 or 1, found '2'"),
        (
            [("a.png", "b.png", 1)],
            (),
            "found no genuine pair (3 left out, first a.png: no such file, first named in line 2)",
        ),
    ],
)
def test_bad_lists(command: Command, tmp_path: Path, rows, options, sentence: str) -> None:
    path = write_list(tmp_path / "list.csv", "pairs", rows)
    said = command("train", "--data", path, *options, "--run", "run", "--json")
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "run").exists()


def test_bad_settings(command: Command, pairs: Path) -> None:
    said = command("train", "--data", pairs, "--set", "loss=triplet", "--run", "run", "--json")
    assert said.code == 2
    assert said.err == "loss: must be contrastive or contrastive-squared for a list of pairs, found 'triplet'\n"
    said = command("train", "--data", "none.csv", "--run", "run", "--json")
    assert (said.code, said.err) == (2, "none.csv: no such file\n")
