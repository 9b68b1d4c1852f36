"""How long the window's event loop stands still while training and UMAP both run.

    python -m tests.benchmarks.responsiveness [--seconds 60] [--backbone small]
    python -m tests.benchmarks.responsiveness --points 50000 [--cancel-after 15]

A 5 ms timer in the window notes the gaps between its calls; everything is imported and the projection process is warm
before it starts. The bar: p99 <= 20 ms, longest <= 100 ms on two cores. The window's own work is the time that its
thread had the processor within one gap: what is left of the gap it waited, for training or for another program.

With --points the map is not of the run's images but of so many made ones, 128 numbers each: PCA shows them, UMAP draws
them in its process and is cancelled again and again, which ends that process and starts another, while training goes
on.
"""

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.report import report

if TYPE_CHECKING:
    from core.training.records import TrainingSnapshot
    from explorer.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
CLASSES = 10
AFTER_CANCEL_S = 3.0
"""What follows a cancel within so many seconds is told on its own."""


class Moments:
    """When the event loop came round, every 5 ms where nothing holds it up."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._seen: list[tuple[float, float]] = []
        """Time, and what this thread has had of the processor until then."""
        self._timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._seen.append((time.perf_counter(), time.thread_time())))

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def report(self, name: str, since: list[float] | None = None, **more: object) -> None:
        """Tell of all gaps, or of those that began within `AFTER_CANCEL_S` of one of these moments."""
        seen, had = np.array(self._seen).T
        gaps, work = 1_000 * np.diff(seen), 1_000 * np.diff(had)
        if since is not None:
            begun = np.array(since)[:, None]
            soon = ((seen[:-1] >= begun - 0.01) & (seen[:-1] <= begun + AFTER_CANCEL_S)).any(axis=0)
            gaps, work = gaps[soon], work[soon]
        more = {"samples": len(gaps), **more}
        report(f"{name}, p50", float(np.percentile(gaps, 50)), None, "ms", bar=None, **more)
        report(f"{name}, p99", float(np.percentile(gaps, 99)), None, "ms", bar=20, **more)
        report(f"{name}, longest", float(gaps.max()), None, "ms", bar=100, **more)
        report(f"{name}, most work of the window's own", float(work.max()), None, "ms", bar=None, **more)


def warm_window(folder: Path) -> "MainWindow":
    """The real window, everything imported, its projection process warm."""
    from PySide6.QtCore import QSettings

    from core.projection.messages import WorkerReady
    from explorer.main_window import MainWindow
    from explorer.settings import Settings
    from tests.benchmarks.waiting import wait_for

    window = MainWindow(Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)), folder)
    ready: list[str] = []
    window.ready.connect(lambda: ready.append("torch"))
    warm: list[bool] = []

    def watch() -> None:
        maps = window.bridges.maps
        take = maps._take

        def seen(message: object) -> None:
            warm.extend([True] if isinstance(message, WorkerReady) else [])
            take(message)  # type: ignore[arg-type]

        maps._take = seen  # type: ignore[method-assign]
        window.bridges.expect_run(lambda failure: warm.append(False))

    window.built.connect(watch)
    window.show()
    window.build_next()
    wait_for(lambda: ready and warm, 300)
    return window


def made_look(points: int) -> "TrainingSnapshot":
    """A look at so many images that nobody has, in overlapping classes."""
    from core.training.records import TrainingSnapshot

    random = np.random.default_rng(0)
    labels = random.integers(0, CLASSES, points)
    x = random.normal(size=(CLASSES, 128))[labels] + 1.2 * random.normal(size=(points, 128))
    return TrainingSnapshot(
        step=1,
        epoch=1,
        embeddings=(x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32),
        labels=labels,
        sample_ids=np.arange(points),
        held_out=np.arange(points) % 2 == 0,
        curve=None,
        classification_accuracy=None,
        held_out_total=points // 2,
        open_set=False,
    )


def draw_and_cancel(window: "MainWindow", points: int, seconds: float, cancel_after: float) -> tuple[list[float], int]:
    """Moments of the cancels, and how many of them ended a UMAP that was under way."""
    from tests.benchmarks.waiting import live

    maps, look = window.bridges.maps, made_look(points)
    show = maps.show
    maps.show = lambda *_of_the_run: None  # type: ignore[assignment,method-assign] # the run's own looks
    cancels, under_way = [], 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        show(replace(look, embeddings=look.embeddings.copy()))  # or it would be taken for the one that is shown
        live(cancel_after)
        under_way += maps._under_way is not None
        cancels.append(time.perf_counter())
        window.panels.map.cancel_requested.emit()
        live(AFTER_CANCEL_S)
    maps.show = show  # type: ignore[method-assign]
    return cancels, under_way


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--backbone", default="small")
    parser.add_argument("--points", type=int, help="of the map, in place of the run's images")
    parser.add_argument("--cancel-after", type=float, default=15.0, help="seconds that UMAP of --points is left to run")
    options = parser.parse_args()

    from PySide6.QtWidgets import QApplication

    from core.config import make_config
    from tests.benchmarks.waiting import live, wait_for

    QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        window = warm_window(Path(folder))
        layouts: list[object] = []
        window.bridges.maps.layout_ready.connect(lambda _layout: layouts.append(None))
        steps: list[bool] = []
        window.bridges.training.stepped.connect(lambda done: steps.extend([True] * len(done)))
        window.panels.setup.set_settings(make_config({"backbone": options.backbone, "epochs": 1000}))
        window.run.start()
        wait_for(lambda: bool(steps), 120)
        live(3)  # the first step imports the optimizer's own helpers

        moments = Moments()
        moments.start()
        cancels: list[float] = []
        more: dict[str, object] = {}
        if options.points:
            cancels, under_way = draw_and_cancel(window, options.points, options.seconds, options.cancel_after)
            more = {"points": options.points, "cancels": len(cancels), "of a UMAP under way": under_way}
        else:
            live(options.seconds)
        moments.stop()
        more |= {"steps": len(steps), "layouts": len(layouts), "backbone": options.backbone}
        moments.report("event loop gap", **more)
        if cancels:
            moments.report("event loop gap after a cancel", cancels, **more)
        window.bridges.training.stop(evaluate=False)
        wait_for(lambda: not window.bridges.training.alive, 60)
        window.close()


if __name__ == "__main__":
    main()
