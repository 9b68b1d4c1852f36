"""How long inspecting photographs and moving through 100,000 images takes: `python -m tests.benchmarks.data_panel`."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication

from core.data.dataset import Dataset, Sample
from core.data.edits import edited_labels
from core.data.inspection import inspect
from core.data.looks import near_pairs, perceptual_hash, small_picture
from explorer.panels.data import DataPanel

IMAGES = 100_000
STEPS = 60


def photographs(folder: Path, count: int, size: tuple[int, int]) -> Dataset:
    """JPEG files with smooth colours and a little noise."""
    random = np.random.default_rng(0)
    samples = []
    for number in range(count):
        coarse = Image.fromarray(random.integers(0, 256, (12, 16, 3), np.uint8))
        smooth = np.asarray(coarse.resize(size, Image.Resampling.BICUBIC)).astype(np.int16)
        noisy = np.clip(smooth + random.integers(-12, 12, (size[1], size[0], 1)), 0, 255).astype(np.uint8)
        file = folder / f"{size[0]}-{number}.jpg"
        Image.fromarray(noisy).save(file, quality=88)
        samples.append(Sample(file.name, number % 2, file))
    return Dataset("photographs", ("a", "b"), tuple(samples))


def looks(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Hashes and small pictures of clouds, as large in every frequency as photographs are."""
    random = np.random.default_rng(0)
    radius = np.hypot(*np.meshgrid(np.fft.fftfreq(32), np.fft.rfftfreq(32), indexing="ij"))
    radius[0, 0] = 1
    hashes, pictures = np.empty(count, np.uint64), np.empty((count, 256), np.uint8)
    for number in range(count):
        noise = random.normal(size=radius.shape) + 1j * random.normal(size=radius.shape)
        cloud = np.fft.irfft2(noise / radius**1.5, s=(32, 32))
        grey = ((cloud - cloud.min()) / np.ptp(cloud) * 255).astype(np.uint8)
        hashes[number], pictures[number] = perceptual_hash(grey), small_picture(grey)
    return hashes, pictures


def timed(what: str, work: Callable[[], object]) -> None:
    """Print how long something takes until the window has drawn it."""
    start = time.perf_counter()
    work()
    QApplication.processEvents()
    print(f"{what:<44} {1000 * (time.perf_counter() - start):8.0f} ms")


def scrolled(what: str, view: QAbstractItemView) -> None:
    """Print how long a jump to another place and drawing it takes."""
    bar, spent = view.verticalScrollBar(), []
    for value in np.linspace(0, bar.maximum(), STEPS).astype(int).tolist():
        start = time.perf_counter()
        bar.setValue(value)
        view.viewport().grab()
        spent.append(1000 * (time.perf_counter() - start))
    print(f"{what:<44} {np.median(spent):8.1f} ms, longest {max(spent):.0f}")


def main() -> None:
    """Measure, and print."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        for count, size in ((400, (500, 375)), (24, (4000, 3000))):
            dataset = photographs(Path(folder), count, size)
            start = time.perf_counter()
            inspect(dataset)
            each = 1000 * (time.perf_counter() - start) / count
            print(f"{f'inspect a photograph of {size[0]} x {size[1]}':<44} {each:8.1f} ms")
    hashes, pictures = looks(IMAGES)
    timed("images that look the same among 100,000", lambda: list(near_pairs(hashes, pictures)))
    pixels = np.zeros((1, 1, 3), np.uint8)
    samples = tuple(Sample(f"{number % 1000}/{number:06d}.jpg", number % 1000, pixels) for number in range(IMAGES))
    dataset = Dataset("many", tuple(map(str, range(1000))), samples)
    panel = DataPanel()
    panel.resize(608, 460)
    panel.show()
    app.processEvents()
    timed("show 100,000 images", lambda: panel.show_dataset(dataset))
    panel.show_edits(edited_labels(dataset, ()), "many.edits.json")
    scrolled("scroll the grid", panel._grid)
    timed("change to the table", panel._ways.button(1).click)
    header = panel._table.horizontalHeader()
    timed("sort by name", lambda: header.setSortIndicator(0, Qt.SortOrder.DescendingOrder))
    timed("search", lambda: panel._search.setText("9999"))
    timed("search for nothing", panel._search.clear)
    scrolled("scroll the table", panel._table)
    panel.close()


if __name__ == "__main__":
    main()
