"""`embed`, `evaluate --embeddings` and `search`, as somebody types them."""

import json
import shutil
from pathlib import Path

import pytest

from core.cli import main
from core.commands.progress import time_left
from core.embedded.embedding_set import FILE
from core.runs import Run


@pytest.fixture(scope="module")
def embedded(trained: Run, shapes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shapes as the trained run embeds them; do not change it."""
    out = tmp_path_factory.mktemp("embedded") / "set"
    assert main(["embed", str(trained.path), str(shapes), "--out", str(out), "--shard", "20"]) == 0
    return out


def test_embed_says_what_it_wrote(
    trained: Run, shapes: Path, embedded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["embed", str(trained.path), str(shapes), "--out", str(embedded), "--shard", "20"]) == 0
    assert capsys.readouterr().out == f"{embedded}: 48 embeddings of 8 dimensions, 4 classes, 3 shards\n"
    assert main(["embed", str(trained.path), str(shapes), "--out", str(embedded), "--shard", "20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["images"], found["left_out"], found["shards"], found["dimensions"]) == (48, 0, 3, 8)


def test_what_was_left_out_is_told(
    trained: Run, shapes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = shutil.copytree(shapes, tmp_path / "data")
    (data / "images" / "cross" / "00.png").write_bytes(b"none")
    assert main(["embed", str(trained.path), str(data), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert told.err == f"left out: 1 images, see {tmp_path / 'out' / 'problems.csv'}\n"
    assert "47 embeddings" in told.out


def test_evaluate_takes_embeddings_in_place_of_images(
    trained: Run, shapes: Path, embedded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(trained.path), "--embeddings", str(embedded), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert main(["evaluate", str(trained.path), "--data", str(shapes), "--json"]) == 0
    peer = json.loads(capsys.readouterr().out)
    assert ours["sampled"] is None
    for name in ("auc", "eer", "precision_at_1", "map_at_r", "average_precision"):
        assert ours[name] == pytest.approx(peer[name], abs=1e-6)
    for name in ("genuine_pairs", "impostor_pairs", "classes"):
        assert ours[name] == peer[name]


def test_evaluate_says_what_it_drew(trained: Run, embedded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(trained.path), "--embeddings", str(embedded), "--images", "20"]) == 0
    told = capsys.readouterr()
    assert "sampled: verification is of 20 of 48 images, a share of the images of 4 of 4 identities" in told.err
    assert "Verification, 20 images" in told.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--embeddings", "SET", "--data", "digits"], "--embeddings: says which images are measured"),
        (["--embeddings", "SET", "--part", "all"], "--embeddings: says which images are measured"),
        (["--images", "5"], "--images: only embeddings are drawn from"),
        (["--embeddings", "SET", "--images", "1"], "images: at least 2 must be drawn for a pair, found 1"),
        (["--embeddings", "nowhere"], "a folder of embeddings is needed"),
    ],
)
def test_evaluate_refuses_what_does_not_fit(
    trained: Run, embedded: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written = [str(embedded) if option == "SET" else option for option in options]
    assert main(["evaluate", str(trained.path), *written]) == 2
    assert said in capsys.readouterr().err


def test_a_set_of_another_model_is_refused(
    trained: Run, embedded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = shutil.copytree(trained.path, tmp_path / "earlier")
    Run.open(earlier).checkpoint_path(trained.checkpoint_steps()[-1]).unlink()
    for command in (
        ["evaluate", str(earlier), "--embeddings", str(embedded)],
        ["search", str(embedded), str(earlier), str(next((trained.path).glob("*.json")))],
    ):
        assert main(command) == 2
        assert f"was embedded by step {trained.newest_checkpoint()} of trained" in capsys.readouterr().err


def test_search_finds_an_image_of_the_set_first(
    trained: Run, shapes: Path, embedded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image = shapes / "images" / "square" / "03.png"
    assert main(["search", str(embedded), str(trained.path), str(image), "--k", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["searched"], found["recall"], len(found["images"])) == (48, None, 3)
    first = found["images"][0]
    assert (first["id"], first["class"]) == ("square/03.png", "square")
    assert first["distance"] == pytest.approx(0, abs=1e-6)
    assert main(["search", str(embedded), str(trained.path), str(image), "--k", "2"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == f"nearest of 48 images by {trained.config.distance} distance, exact"
    assert lines[0].endswith("square/03.png  (square)")
    assert len(lines) == 2


def test_search_by_an_index(
    trained: Run, shapes: Path, embedded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("faiss", reason="the extra 'search' is not installed")
    copy = shutil.copytree(embedded, tmp_path / "set")
    image = shapes / "images" / "square" / "03.png"
    assert main(["search", str(copy), str(trained.path), str(image), "--fast", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["images"][0]["id"] == "square/03.png"
    assert found["recall"] >= 0.95


def test_whoever_interrupts_hears_that_it_goes_on(
    trained: Run, shapes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.embedded import writing

    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing, "infer", interrupted)
        assert main(["embed", str(trained.path), str(shapes), "--out", str(tmp_path / "out")]) == 2
    assert "whole shards are kept; the same command goes on after them\ninterrupted" in capsys.readouterr().err
    assert main(["embed", str(trained.path), str(shapes), "--out", str(tmp_path / "out")]) == 0
    assert json.loads((tmp_path / "out" / FILE).read_text())["done"]


@pytest.mark.parametrize(
    ("things", "rate", "said"),
    [
        (100, 0.0, ""),
        (100, 50.0, ", 2 s left"),
        (1, 50.0, ", 1 s left"),
        (0, 50.0, ", 0 s left"),
        (100, 1.0, ", 1 min 40 s left"),
        (10_000_000, 800.0, ", 3 h 28 min left"),
        (10_000_000, 80.0, ", 1 d 10 h left"),
        (10_000_000, 115.74, ", 1 d 0 h left"),
    ],
)
def test_the_time_that_is_left(things: int, rate: float, said: str) -> None:
    assert time_left(things, rate) == said
