from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.config import make_config
from core.training.records import Finished
from explorer import demo as demo_module
from explorer.bridge.inference import Comparison
from explorer.bridge.projection import Layout
from explorer.demo import Demo
from explorer.state import ExplorerState, RunView
from tests.explorer.standins import NAMES, finished, snapshot


class Bridge(QObject):
    finished = Signal(object)
    failed = Signal(str, str)
    layout_ready = Signal(object)
    compared = Signal(object)


class Bridges:
    def __init__(self) -> None:
        self.training, self.maps, self.inference = Bridge(), Bridge(), Bridge()


class Window(QWidget):
    """As much of a window as the demo needs; it is its own run controller and Verify panel."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.bridges = ExplorerState(), Bridges()
        self.run = self.panels = self.verify = self
        self.chosen: list[dict[str, str]] = []
        self.starts = self.closed = 0

    def start(self) -> None:
        self.starts += 1

    def choose(self, slots: dict[str, str]) -> None:
        self.chosen.append(slots)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed += 1


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr(demo_module, "SETTLE_MS", 10)
    monkeypatch.setattr(demo_module, "PATIENCE_MS", 60_000)
    window = Window()
    qtbot.addWidget(window)
    window.resize(64, 48)
    window.show()
    window.state.set_run(RunView(Path("run"), make_config({}), ("a", "b"), NAMES, has_masks=False))
    yield window
    window.closed = 0


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return tmp_path / "window.png"


@pytest.fixture
def demo(window: Window, picture: Path) -> Demo:
    demo = Demo(window, picture)  # type: ignore[arg-type]
    demo.begin()
    return demo


def draw(window: Window, step: int, method: str = "umap") -> None:
    window.bridges.maps.layout_ready.emit(Layout(snapshot(step), method, np.zeros((8, 2), np.float32)))  # type: ignore[arg-type]


def compare(window: Window, step: int) -> None:
    window.bridges.inference.compared.emit(Comparison(0.1, 0.9, None, None, step))  # type: ignore[arg-type]


def test_it_presses_start_and_fills_the_slots_once_with_a_held_out_pair_of_one_class(
    window: Window, demo: Demo
) -> None:
    assert window.starts == 1
    for step in (10, 20):
        window.state.set_snapshot(snapshot(step))
    assert window.chosen == [{"A": NAMES[0], "B": NAMES[2]}]  # of the held-out half: classes a, b, a, b


@pytest.mark.parametrize("last", ["map", "verdict", "end"])
def test_the_picture_is_taken_when_run_map_and_verdict_are_complete(
    qtbot: QtBot, window: Window, demo: Demo, picture: Path, last: str
) -> None:
    draw(window, 20)
    compare(window, 20)
    steps = {
        "map": lambda: draw(window, 40),
        "verdict": lambda: compare(window, 40),
        "end": lambda: window.bridges.training.finished.emit(finished(40)),
    }
    for name, happens in steps.items():
        if name != last:
            happens()
    assert not demo._settling.isActive()
    steps[last]()
    qtbot.waitUntil(lambda: window.closed == 1)
    assert demo.exit_code == 0
    assert QImage(str(picture)).width() == 64


def test_a_map_that_never_comes_is_not_waited_for_without_end(
    qtbot: QtBot, window: Window, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_module, "PATIENCE_MS", 30)
    demo = Demo(window, picture)  # type: ignore[arg-type]
    demo.begin()
    draw(window, 40, "pca")
    window.bridges.training.finished.emit(finished(40))
    qtbot.waitUntil(lambda: window.closed == 1)
    assert demo.exit_code == 0
    assert picture.is_file()


def test_a_map_that_fails_at_the_end_is_not_waited_for(qtbot: QtBot, window: Window, demo: Demo) -> None:
    window.bridges.maps.failed.emit("the projection process ended", "")  # in the middle: the next one may do
    window.bridges.training.finished.emit(finished(40))
    compare(window, 40)
    assert not demo._settling.isActive()
    window.bridges.maps.failed.emit("the projection process ended", "")
    qtbot.waitUntil(lambda: window.closed == 1)
    assert demo.exit_code == 0


def test_training_that_fails_ends_it_without_a_picture(
    qtbot: QtBot, window: Window, demo: Demo, picture: Path, error_log: list[object]
) -> None:
    window.bridges.training.failed.emit("the loss is not finite after step 3", "Traceback")
    assert window.closed == 1
    assert demo.exit_code == 2
    assert not picture.exists()
    assert "the loss is not finite" in error_log.pop().getMessage()  # type: ignore[attr-defined]


def test_a_run_that_was_stopped_before_its_first_step_ends_it_without_a_picture(window: Window, demo: Demo) -> None:
    window.bridges.training.finished.emit(Finished(step=0, stopped=True, result={}))
    assert window.closed == 1
    assert demo.exit_code == 2


def test_a_picture_that_cannot_be_written_is_exit_code_2(
    qtbot: QtBot, window: Window, tmp_path: Path, error_log: list[object]
) -> None:
    demo = Demo(window, tmp_path / "gone" / "window.png")  # type: ignore[arg-type]
    demo.begin()
    window.bridges.training.finished.emit(finished(40))
    draw(window, 40)
    compare(window, 40)
    qtbot.waitUntil(lambda: window.closed == 1)
    assert demo.exit_code == 2
    assert "could not be written" in error_log.pop().getMessage()  # type: ignore[attr-defined]


def test_without_a_picture_the_window_stays(qtbot: QtBot, window: Window) -> None:
    demo = Demo(window, None)  # type: ignore[arg-type]
    demo.begin()
    window.bridges.training.failed.emit("the loss is not finite", "")
    window.bridges.training.finished.emit(finished(40))
    assert window.closed == 0
    assert demo.exit_code == 0


def test_a_window_that_cannot_be_built_ends_it(window: Window, picture: Path) -> None:
    demo = Demo(window, picture)  # type: ignore[arg-type]
    demo.give_up("a bug")
    assert window.closed == 1
    assert demo.exit_code == 2


def test_an_unexpected_error_later_does_not(window: Window, demo: Demo) -> None:
    demo.give_up("a bug")
    assert window.closed == 0


def test_a_run_without_held_out_images_leaves_the_slots_empty(window: Window, demo: Demo) -> None:
    window.state.set_snapshot(replace(snapshot(10), held_out=np.zeros(8, np.bool_)))
    assert window.chosen == []
