"""A data set small enough to draw and train on in a test: three classes of coloured squares with masks."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.config import RunConfig, make_config

COLOURS = {"blue": (40, 60, 220), "green": (30, 200, 60), "red": (220, 40, 40)}
PER_CLASS = 6


def draw_data(folder: Path) -> Path:
    """Images with masks, 16 x 16."""
    random = np.random.default_rng(0)
    for name, colour in COLOURS.items():
        for kind in ("images", "masks"):
            (folder / kind / name).mkdir(parents=True)
        for number in range(PER_CLASS):
            pixels = random.integers(0, 40, (16, 16, 3)).astype(np.uint8)
            pixels[4:12, 4:12] = np.array(colour) + random.integers(-20, 20, 3)
            mask = np.zeros((16, 16), np.uint8)
            mask[4:12, 4:12] = 255
            Image.fromarray(pixels).save(folder / "images" / name / f"{number}.png")
            Image.fromarray(mask).save(folder / "masks" / name / f"{number}.png")
    return folder


def tiny_config(data: Path, **changes: object) -> RunConfig:
    """Two epochs of two batches."""
    settings = {"image_size": 16, "epochs": 2, "classes_per_batch": 3, "samples_per_class": 2, "device": "cpu"}
    return make_config({"data": str(data), **settings, "holdout": 0.34, "embedding_dim": 8, **changes})


def stored_run(factory: pytest.TempPathFactory) -> Path:
    """A finished run on that data, which lies beside it as 'data'; trained once a session, so only read it."""
    home = factory.getbasetemp() / "tiny"
    if not (home / "run").is_dir():
        from core.training.session import train

        train(tiny_config(draw_data(home / "data")), home / "run")
    return home / "run"


def copied_run(factory: pytest.TempPathFactory, folder: Path) -> Path:
    """The same run, to be spoilt; without the pairs that other tests had Verify look at in it."""
    looked_at = shutil.ignore_patterns("looked-at.json")
    return Path(shutil.copytree(stored_run(factory), folder / "copied", ignore=looked_at))
