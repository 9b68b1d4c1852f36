"""A long run in time: a thousand looks of 2,000 points, laid out in the real window and gone through.

    python -m tests.benchmarks.history [--looks 1000] [--points 2000] [--dim 32] [--method pca] [--selected 50]

The run is made here, on the disk of a temporary folder: four classes that part as the steps go by. The window opens
it and lays out every look, as 'Earlier looks' does; memory is this process's resident set, before that and after.
Then every look is shown once, in the order of a drag along the slider: until its frame is painted. Prints JSON lines.
The bar: memory grows by less than 500 MB; a step is shown within 33 ms (p99), so that it goes on smoothly.

With --method umap the projection process draws each look from the next later one, which takes about half a second.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.report import report

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
CLASSES = ("a", "b", "c", "d")
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Megabytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * PAGE / 2**20


def make_run(folder: Path, looks: int, points: int, dim: int) -> Path:
    """A run of digits that was never trained: its looks are classes that part."""
    from core.config import make_config
    from core.run_content import DataIdentity, RunInfo, now_text
    from core.runs import Run, Samples

    random = np.random.default_rng(0)
    labels = random.integers(0, len(CLASSES), points)
    held_out = np.arange(points) % 2 == 0
    config = make_config({"embedding_dim": dim})
    model = {"backbone_name": config.backbone, "classes": len(CLASSES), "embedding_dim": dim}
    data = DataIdentity(
        name="made",
        images=points,
        content_hash="",
        classes=CLASSES,
        training_classes=CLASSES,
        open_set=False,
    )
    info = RunInfo(
        schema_version=1,
        created=now_text(),
        config=config,
        seed=0,
        data=data,
        model=model,
        versions={},
        device="cpu",
    )
    ids = tuple(f"{CLASSES[label]}/{place:06}.png" for place, label in enumerate(labels))
    run = Run.create(folder / "long", info, Samples(ids, labels, held_out))
    centres, noise = random.normal(size=(len(CLASSES), dim)), random.normal(size=(points, dim))
    for look in range(1, looks + 1):
        x = centres[labels] * look / looks + noise + 0.05 * random.normal(size=noise.shape)
        run.save_snapshot(
            look,
            {
                "embeddings": (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32),
                "labels": labels,
                "sample_ids": np.arange(points),
                "held_out": held_out,
                "epoch": np.array(look),
                "held_out_total": np.array(int(held_out.sum())),
                "classification_accuracy": np.array(np.nan),
                "predicted": labels,
            },
        )
    return run.path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--looks", type=int, default=1_000)
    parser.add_argument("--points", type=int, default=2_000)
    parser.add_argument("--dim", type=int, default=32)
    parser.add_argument("--method", choices=("pca", "umap", "tsne"), default="pca")
    parser.add_argument("--selected", type=int, default=50, help="points whose ways are drawn")
    parser.add_argument("--patience", type=int, default=3_600, help="seconds that laying out may take")
    options = parser.parse_args()

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from explorer.main_window import MainWindow
    from explorer.settings import Settings
    from tests.benchmarks.waiting import live, wait_for

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        run = make_run(Path(folder), options.looks, options.points, options.dim)
        window = MainWindow(Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)), Path(folder))
        ready: list[bool] = []
        window.ready.connect(lambda: ready.append(True))
        window.show()
        window.build_next()
        wait_for(lambda: ready, 300)
        panel, timeline = window.panels.map, window.panels.map.timeline
        window.bridges.maps.set_method(options.method)
        window.run.open_run(run)
        wait_for(lambda: panel.view is not None and panel.view.method == options.method, 300)
        window.state.set_selection(tuple(range(options.selected)))
        live(2)
        more = {"looks": options.looks, "points": options.points, "dim": options.dim, "method": options.method}
        before, begun, laid_out = resident(), time.perf_counter(), []
        history = window.bridges.history
        history.laid_out.connect(lambda look: laid_out.append(look.step))
        timeline.load_requested.emit()
        wait_for(lambda: not history.busy, options.patience)
        took = time.perf_counter() - begun
        if len(laid_out) != options.looks - 1:
            raise RuntimeError(f"laid out {len(laid_out)} of {options.looks - 1} looks: {window.status.message}")
        live(1)
        report("laying out the looks", took, None, "s", **more)
        report("memory that the looks take", resident() - before, None, "MB", bar=500, **more)
        shown = []
        for step in range(1, options.looks + 1):
            moment = time.perf_counter()
            timeline.step_chosen.emit(step)
            panel.redraw_if_due()
            app.processEvents()
            shown.append(1_000 * (time.perf_counter() - moment))
        report("a step is shown, median", float(np.median(shown)), None, "ms", bar=33, **more)
        report("a step is shown, p99", float(np.percentile(shown, 99)), None, "ms", bar=33, **more)
        report("memory after all were shown", resident() - before, None, "MB", bar=500, **more)
        window.close()


if __name__ == "__main__":
    main()
