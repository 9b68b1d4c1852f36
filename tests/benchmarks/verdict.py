"""How long after two image files are dropped their verdict is on the screen.

    python -m tests.benchmarks.verdict [--drops 30] [--backbone resnet18] [--image-size 128]

The real window on a run of two steps, whose weights are as good as untrained; JPEG files of 640 x 480, other ones with
each drop. The time is from the drop event to the first paint of the verdict, so with reading, decoding, both forward
passes with masks, and waiting for the event loop. The peer is two bare forward passes of the model, one image each.
The bar: 150 ms on two cores.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.report import report

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def photographs(folder: Path, count: int) -> list[Path]:
    """JPEG files, each with shapes and noise of its own."""
    from PIL import Image

    random = np.random.default_rng(0)
    paths = [folder / f"{number}.jpg" for number in range(count)]
    for path in paths:
        coarse = random.integers(0, 256, (6, 8, 3), dtype=np.uint8)
        smooth = np.array(Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC), dtype=np.int16)
        noisy = np.clip(smooth + random.integers(-12, 13, smooth.shape), 0, 255).astype(np.uint8)
        Image.fromarray(noisy).save(path, quality=90)
    return paths


def make_run(folder: Path, backbone: str, image_size: int) -> Path:
    """A run of two steps on three classes of coloured squares with masks."""
    from core.training.session import train
    from tests.explorer.tiny import draw_data, tiny_config

    config = tiny_config(draw_data(folder / "data"), backbone=backbone, image_size=image_size, epochs=1)
    train(config, folder / "run")
    return folder / "run"


def bare(run: Path, image_size: int, repeats: int) -> list[float]:
    """Milliseconds of two forward passes, one image each."""
    import torch

    from core.verification import Verifier

    model = Verifier.load(run).model.eval()
    images = torch.rand(2, 3, image_size, image_size)
    found = []
    with torch.inference_mode():
        for _ in range(repeats):
            begun = time.perf_counter()
            model(images[:1])
            model(images[1:])
            found.append(1_000 * (time.perf_counter() - begun))
    return found


def drops(run: Path, folder: Path, files: list[Path]) -> list[float]:
    """Milliseconds from each drop of two files to the paint of their verdict."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings
    from PySide6.QtWidgets import QApplication, QWidget

    from explorer.main_window import MainWindow
    from explorer.settings import Settings
    from explorer.widgets.verdict_line import VerdictLine
    from tests.benchmarks.waiting import live, wait_for
    from tests.explorer.dropping import drop
    from tests.explorer.dropping import files as dropped

    application = QApplication([])
    window = MainWindow(Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)), folder)
    ready: list[bool] = []
    window.ready.connect(lambda: ready.append(True))
    window.show()
    window.build_soon()
    wait_for(lambda: ready, 300)
    models: list[int] = []
    window.bridges.inference.model_ready.connect(models.append)
    window.run.open_run(run)
    wait_for(lambda: models, 60)
    live(30)  # the map of the run is drawn, and UMAP compiled behind the window

    class Eye(QObject):
        """Ends the loop when the verdict of a drop is painted."""

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and window.panels.verify._view is not None:
                loop.quit()
            return False

    loop, eye, found = QEventLoop(), Eye(), []
    window.panels.verify.findChild(VerdictLine).installEventFilter(eye)
    slot = window.panels.verify.findChild(QWidget, "slot_a")
    for number in range(0, len(files), 2):
        live(0.3)
        begun = time.perf_counter()
        drop(slot, dropped(*files[number : number + 2]))
        loop.exec()
        found.append(1_000 * (time.perf_counter() - begun))
    window.close()
    application.quit()
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--drops", type=int, default=30)
    parser.add_argument("--backbone", default="resnet18")
    parser.add_argument("--image-size", type=int, default=128)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = make_run(folder, options.backbone, options.image_size)
        ours = drops(run, folder, photographs(folder, 2 * options.drops + 2))[1:]  # the first one warms up
        peer = bare(run, options.image_size, options.drops + 1)[1:]
    what = f"{options.backbone} at {options.image_size} px"
    more = {"drops": len(ours), "longest": round(max(ours), 1)}
    report(
        f"from drop to verdict, median, {what}", statistics.median(ours), statistics.median(peer), "ms", bar=150, **more
    )
    p90 = (float(np.percentile(times, 90)) for times in (ours, peer))
    report(f"from drop to verdict, p90, {what}", *p90, "ms", bar=150, **more)


if __name__ == "__main__":
    main()
