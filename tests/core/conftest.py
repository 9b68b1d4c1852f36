"""Tiny image folders, and one run that was really trained on them."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

SHAPES = ("circle", "cross", "square", "triangle")
TINY = {
    "image_size": 16,
    "embedding_dim": 8,
    "epochs": 2,
    "classes_per_batch": 4,
    "samples_per_class": 2,
    "split": "closed",
    "holdout": 0.34,
    "learning_rate": 0.003,
}
"""Settings of a run that takes a second or two; 4 steps an epoch on the folder of `draw_folder`."""


def draw_shape(name: str, seed: int, size: int = 24) -> tuple[Image.Image, Image.Image]:
    """A shape in a colour near its class's own, somewhere on a grey ground, and its mask."""
    random = np.random.default_rng((SHAPES.index(name), seed))
    x, y = random.integers(7, size - 7, 2)
    r = int(random.integers(4, 7))
    ground = int(random.integers(100, 160))
    colour = np.clip(np.eye(4, 3)[SHAPES.index(name)] * 200 + random.integers(0, 50, 3), 0, 255)
    image, mask = Image.new("RGB", (size, size), (ground,) * 3), Image.new("L", (size, size))
    for picture, fill in ((image, tuple(int(c) for c in colour)), (mask, 255)):
        draw = ImageDraw.Draw(picture)
        if name == "circle":
            draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)
        elif name == "square":
            draw.rectangle((x - r, y - r, x + r, y + r), fill=fill)
        elif name == "triangle":
            draw.polygon([(x, y - r), (x - r, y + r), (x + r, y + r)], fill=fill)
        else:
            draw.line((x - r, y, x + r, y), fill=fill, width=3)
            draw.line((x, y - r, x, y + r), fill=fill, width=3)
    return image, mask


def draw_folder(root: Path, classes: int = 4, per_class: int = 12, masks: bool = True, size: int = 24) -> Path:
    """Draw `images/<class>/<file>` with masks beside them."""
    for name in SHAPES[:classes]:
        for folder in ("images", "masks") if masks else ("images",):
            (root / folder / name).mkdir(parents=True, exist_ok=True)
        for number in range(per_class):
            image, mask = draw_shape(name, number, size)
            image.save(root / "images" / name / f"{number:02}.png")
            if masks:
                mask.save(root / "masks" / name / f"{number:02}.png")
    return root


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of 4 classes with 12 images each, all with masks; do not change it."""
    return draw_folder(tmp_path_factory.mktemp("data") / "shapes")


@pytest.fixture(scope="session")
def tiny(shapes: Path) -> Callable[..., Any]:
    """Configuration of a tiny run: `tiny(epochs=3)`."""
    from core.config import make_config

    return lambda **settings: make_config({**TINY, "data": str(shapes), **settings})


@pytest.fixture(scope="session")
def trained(tiny: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A finished run; do not change it, copy it."""
    import torch

    from core.training.session import train

    torch.set_num_threads(1)  # see `_one_torch_thread` of tests/conftest, which comes later
    return train(tiny(), tmp_path_factory.mktemp("runs") / "trained")


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A thread that outlives its test fails it, by name; tqdm keeps its monitor for the life of the process."""
    before = set(threading.enumerate())
    yield
    left = []
    for thread in threading.enumerate():
        if thread in before or thread.name == "tqdm_monitor" or isinstance(thread, threading._DummyThread):
            continue
        thread.join(2.0)
        left += [thread.name] if thread.is_alive() else []
    assert not left, f"threads left behind: {left}"
