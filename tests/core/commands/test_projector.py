"""`projector`: a run as a folder for TensorBoard."""

import shutil

import numpy as np
import pytest
from PIL import Image

from core.projector import export_run
from core.runs import Run
from core.training.outcome import load_embeddings
from tests.core.conftest import draw_folder
from tests.core.projection.test_embedding_projector import read_config, read_metadata, read_tensor
from tests.core.test_cli import Command, command

__all__ = ["command"]


def test_the_newest_look_at_a_run(command: Command, trained, tmp_path) -> None:
    out = tmp_path / "log"
    said = command("projector", trained.path, "--out", out, "--method", "pca")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"48 points; open them by: tensorboard --logdir {out}\n"
    look = load_embeddings(trained, trained.snapshot_steps()[-1])
    assert np.array_equal(read_tensor(out / "embeddings.tsv"), look.embeddings)
    assert read_tensor(out / "map_pca.tsv").shape == (48, 2)
    rows, samples = read_metadata(out / "metadata.tsv"), trained.samples()
    assert [row["image"] for row in rows] == [samples.ids[place] for place in look.sample_ids]
    assert all(row["image"].startswith(f"{row['class']}/") for row in rows)
    assert sum(row["part"] == "held-out" for row in rows) == look.held_out.sum()
    assert {row["predicted"] for row in rows} <= set(trained.info.data.classes)
    assert list(read_config(out).embeddings[1].sprite.single_image_dim) == [64, 64]
    first = np.asarray(Image.open(out / "sprite.png"))[:64, :64].astype(int)
    with Image.open(f"{trained.config.data}/images/{rows[0]['image']}") as image:
        assert np.abs(first - np.asarray(image.resize((64, 64), Image.Resampling.BICUBIC))).mean() < 2


def test_other_data(command: Command, trained, tmp_path) -> None:
    data = draw_folder(tmp_path / "other", classes=2, per_class=2, masks=False)
    (data / "images" / "circle" / "broken.png").write_bytes(b"broken")
    said = command("projector", trained.path, "--out", tmp_path / "log", "--data", data, "--json")
    assert said.code == 0, said.err
    assert said.json == {"folder": str(tmp_path / "log"), "points": 4, "thumbnail_size": 64}
    assert said.err == "note: left out, since they cannot be used: 1\n"
    assert list(read_metadata(tmp_path / "log" / "metadata.tsv")[0]) == ["class", "image", "predicted"]
    lengths = np.linalg.norm(read_tensor(tmp_path / "log" / "embeddings.tsv"), axis=1)
    assert lengths == pytest.approx(np.ones(4), abs=1e-5)


def test_images_that_are_gone(command: Command, trained, tmp_path) -> None:
    """The run's data cannot be found any more: tensors and metadata are written all the same."""
    shutil.copytree(trained.path, tmp_path / "run")
    file = tmp_path / "run" / "run.json"
    file.write_text(file.read_text().replace(str(trained.config.data), str(tmp_path / "nowhere")))
    said = command("projector", tmp_path / "run", "--out", tmp_path / "log", "--method", "pca")
    assert said.code == 0, said.err
    assert said.err.startswith("note: no thumbnails: ")
    assert not (tmp_path / "log" / "sprite.png").exists()


@pytest.mark.parametrize("broken", ["no snapshot", "folder in use", "no run"])
def test_what_cannot_be_done_is_one_sentence(command: Command, trained, tmp_path, broken: str) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    out = tmp_path / "log"
    if broken == "no snapshot":
        shutil.rmtree(tmp_path / "run" / "snapshots")
    elif broken == "folder in use":
        out = tmp_path
    else:
        (tmp_path / "run" / "run.json").unlink()
    said = command("projector", tmp_path / "run", "--out", out)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_it_says_how_far_it_is(trained, tmp_path) -> None:
    stages: list[str] = []
    export_run(Run.open(trained.path), tmp_path / "log", method="pca", watch=lambda stage, share: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["laying out the points", "drawing thumbnails"]
