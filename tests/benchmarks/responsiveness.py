"""How long the window's event loop stands still while training and UMAP both run.

    python -m tests.benchmarks.responsiveness [--seconds 60] [--backbone small]

A 5 ms timer in the window notes the gaps between its calls; everything is imported and the projection process is warm
before it starts. The bar: p99 <= 20 ms, longest <= 100 ms on two cores.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.report import report

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--backbone", default="small")
    options = parser.parse_args()

    from PySide6.QtCore import QSettings, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from core.config import make_config
    from core.projection.messages import WorkerReady
    from explorer.main_window import MainWindow
    from explorer.settings import Settings
    from tests.benchmarks.waiting import live, wait_for

    QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        store = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        window = MainWindow(Settings(store), Path(folder))
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

        window.built.connect(watch)
        window.show()
        window.build_next()
        wait_for(lambda: ready and warm, 300)
        maps = window.bridges.maps
        layouts: list[object] = []
        maps.layout_ready.connect(layouts.append)
        first: list[bool] = []
        window.bridges.training.stepped.connect(lambda steps: first.extend([True] * len(steps)))
        window.panels.setup.set_settings(make_config({"backbone": options.backbone, "epochs": 1000}))
        window.run.start()
        wait_for(lambda: bool(first), 120)
        live(3)  # the first step imports the optimizer's own helpers

        moments: list[float] = []
        timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: moments.append(time.perf_counter()))
        timer.start()
        live(options.seconds)
        timer.stop()
        gaps = 1_000 * np.diff(moments)
        more = {"samples": len(gaps), "steps": len(first), "layouts": len(layouts), "backbone": options.backbone}
        report("event loop gap, p50", float(np.percentile(gaps, 50)), None, "ms", bar=None, **more)
        report("event loop gap, p99", float(np.percentile(gaps, 99)), None, "ms", bar=20, **more)
        report("event loop gap, longest", float(gaps.max()), None, "ms", bar=100, **more)
        window.bridges.training.stop(evaluate=False)
        wait_for(lambda: not window.bridges.training.alive, 60)
        window.close()


if __name__ == "__main__":
    main()
