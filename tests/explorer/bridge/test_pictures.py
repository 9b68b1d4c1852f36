import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

import core.data.images
from explorer.bridge.pictures import SIDE, PictureBridge
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle

Shown = list[tuple[int, QImage]]
DOT = np.zeros((4, 4, 3), np.uint8)


@pytest.fixture
def pictures(tasks: TaskThread) -> PictureBridge:
    return PictureBridge(tasks, "grid")


@pytest.fixture
def shown(pictures: PictureBridge) -> Shown:
    found: Shown = []
    pictures.ready.connect(lambda number, picture: found.append((number, picture)))
    return found


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Nothing is read before it is set."""
    event, load = threading.Event(), core.data.images.load_image
    monkeypatch.setattr(core.data.images, "load_image", lambda source: (event.wait(10), load(source))[1])
    return event


def test_pictures_come_small_and_an_unreadable_one_comes_empty(
    pictures: PictureBridge, shown: Shown, settle: Settle, tmp_path: Path
) -> None:
    Image.fromarray(np.zeros((300, 600, 3), np.uint8)).save(tmp_path / "wide.png")
    (tmp_path / "empty.png").touch()
    pictures.want([(5, tmp_path / "wide.png"), (6, tmp_path / "empty.png"), (7, DOT)])
    settle()
    assert [(number, picture.width(), picture.height()) for number, picture in shown] == [
        (5, SIDE, SIDE // 2),
        (6, 0, 0),
        (7, 4, 4),
    ]


def test_newer_wishes_come_before_older_ones_that_have_not_begun(
    pictures: PictureBridge, shown: Shown, settle: Settle, gate: threading.Event
) -> None:
    pictures.want([(number, DOT) for number in range(30)])
    pictures.want([(100, DOT), (101, DOT)])
    gate.set()
    settle()
    assert [number for number, _ in shown] == [*range(8), 100, 101]


def test_forgotten_wishes_bring_no_picture_and_new_ones_do(
    pictures: PictureBridge, shown: Shown, settle: Settle, gate: threading.Event
) -> None:
    pictures.want([(number, DOT) for number in range(30)])
    pictures.forget()
    pictures.want([(100, DOT)])
    gate.set()
    settle()
    assert [number for number, _ in shown] == [100]


def test_two_owners_do_not_disturb_one_another(tasks: TaskThread, settle: Settle) -> None:
    grid, hover = PictureBridge(tasks, "grid"), PictureBridge(tasks, "hover")
    found: list[str] = []
    grid.ready.connect(lambda number, picture: found.append(f"grid {number}"))
    hover.ready.connect(lambda number, picture: found.append(f"hover {number}"))
    grid.want([(1, DOT)])
    hover.want([(1, DOT)])
    grid.want([(2, DOT)])
    hover.forget()
    settle()
    assert found == ["grid 1", "grid 2"]


def test_an_unexpected_error_leaves_the_places_empty_and_is_logged(
    pictures: PictureBridge,
    shown: Shown,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(source: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(core.data.images, "load_image", fail)
    pictures.want([(1, DOT)])
    settle()
    assert [(number, picture.isNull()) for number, picture in shown] == [(1, True)]
    assert "pictures grid failed" in caplog.text
