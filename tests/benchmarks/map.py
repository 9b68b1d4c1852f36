"""The map: drawing, picking and enclosing many points, and laying them out; pyqtgraph, umap and scikit-learn as peers.

    python -m tests.benchmarks.map [--points 1000000] [--only drawing|layouts]

Prints JSON lines. Drawing is a repaint of a plot of 900 x 700 after a move of the view, without a GPU; the peer is
pyqtgraph's ScatterPlotItem with the same coordinates and one colour a point. Layouts run in this process, warm, ours
and plain umap-learn in turn; trustworthiness is scikit-learn's with 15 neighbours.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.report import report, report_pairs

if TYPE_CHECKING:
    from explorer.widgets.enclosing import Enclosure
    from explorer.widgets.plot import Plot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
CLASSES = 10


def milliseconds(act: Callable[[int], object], repeats: int) -> float:
    """Median of several runs; each is told its number."""
    times = []
    for run in range(repeats):
        begun = time.perf_counter()
        act(run)
        times.append(1_000 * (time.perf_counter() - begun))
    return statistics.median(times)


def scattered(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points float32 [N, 2] in ten clusters within -1..1, and their classes."""
    generator = np.random.default_rng(0)
    classes = generator.integers(0, CLASSES, count)
    centres = generator.uniform(-0.7, 0.7, (CLASSES, 2))
    return (centres[classes] + 0.1 * generator.normal(size=(count, 2))).astype(np.float32), classes


def plot_of(item: object) -> "Plot":
    """A plot of 900 x 700 with an item in it, on the screen."""
    from PySide6.QtWidgets import QApplication

    from explorer.widgets.plot import Plot

    plot = Plot("map")
    plot.left.hide()
    plot.bottom.hide()
    plot.resize(900, 700)
    plot.view.addItem(item)
    plot.set_home((-1, 1), (-1, 1))
    plot.show()
    QApplication.processEvents()
    return plot


def frame(plot: "Plot", repeats: int) -> float:
    """Milliseconds to repaint the plot after a move of its view."""

    def move(run: int) -> None:
        plot.view.translateBy(x=0.001 * (-1) ** run)
        plot.viewport().repaint()

    move(0)
    return milliseconds(move, repeats)


def lasso_around(centre: float, radius: float) -> "Enclosure":
    """A freehand circle of 200 corners."""
    from PySide6.QtCore import QPointF

    from explorer.widgets.enclosing import Enclosure, Tool

    angles = np.linspace(0, 2 * np.pi, 200)
    corners = [QPointF(centre + radius * np.sin(angle), centre - radius * np.cos(angle)) for angle in angles]
    lasso = Enclosure(Tool.LASSO, corners[0])
    for corner in corners:
        lasso.extend(corner)
    return lasso


def drawing(count: int) -> None:
    """Frames, setting, picking, enclosing, contours."""
    from PySide6.QtCore import QPointF

    from core.projection.density import contours
    from explorer.widgets.contour_lines import ContourLine, ContourLines
    from explorer.widgets.point_cloud import PointCloud
    from explorer.widgets.raster import points_within

    xy, classes = scattered(count)
    ids, hollow = np.arange(count), np.zeros(count, np.bool_)
    cloud, name = PointCloud(), f"{count:,} points"
    plot = plot_of(cloud)
    setting = milliseconds(lambda _: cloud.set_points(xy, classes, ids, hollow), 5)
    report(f"a frame of {name}", frame(plot, 11), peer_frame(xy, classes), "ms")
    report(f"setting {name}", setting, None, "ms")
    report(f"picking of {name}", milliseconds(lambda run: cloud.pick(QPointF(0.01 * run, 0.0)), 11), None, "ms")
    lasso, size = lasso_around(350, 300), plot.viewport().size()
    affine = (450.0, 0.0, 0.0, -350.0, 450.0, 350.0)
    enclosing = milliseconds(lambda _: points_within(xy, affine, lasso.mask(size)), 11)
    report(f"enclosing of {name}", enclosing, None, "ms")
    selecting = milliseconds(lambda run: cloud.set_selection(classes == run % CLASSES), 5)
    report(f"showing a selection of {name}", selecting, None, "ms")
    cloud.set_selection(None)
    report(f"tracing the contours of {name}", milliseconds(lambda _: contours(xy, classes), 5), None, "ms")
    lines = ContourLines()
    plot.view.addItem(lines, ignoreBounds=True)
    lines.set_lines([ContourLine(contour.loops, 2.0) for contour in contours(xy, classes)])
    report(f"a frame of {name} with contours", frame(plot, 11), None, "ms")
    plot.close()


def peer_frame(xy: np.ndarray, classes: np.ndarray) -> float:
    """Milliseconds of a frame of pyqtgraph's scatter plot."""
    import pyqtgraph as pg

    from explorer.theme import class_style

    brushes = [pg.mkBrush(class_style(index).colour) for index in range(CLASSES)]
    scatter = pg.ScatterPlotItem(size=3, pen=None, pxMode=True)
    scatter.setData(xy[:, 0], xy[:, 1], brush=[brushes[index] for index in classes])
    plot = plot_of(scatter)
    took = frame(plot, 3)
    plot.close()
    return took


def blobs(count: int, dim: int = 128) -> np.ndarray:
    """Unit vectors float32 of 20 overlapping classes."""
    generator = np.random.default_rng(0)
    x = generator.normal(size=(20, dim))[np.arange(count) % 20] + 1.2 * generator.normal(size=(count, dim))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def layouts(pairs: int) -> None:
    """UMAP fresh and refreshed against plain UMAP, and PCA."""
    from sklearn.manifold import trustworthiness
    from umap import UMAP

    from core.projection import project

    def plain(x: np.ndarray) -> np.ndarray:
        return np.asarray(UMAP().fit_transform(x))

    warm = blobs(2_000)
    plain(warm)
    project(warm, "umap", initial=project(warm, "umap"))
    for count in (2_000, 10_000):
        x = blobs(count)
        times: dict[str, list[tuple[float, float]]] = {"fresh": [], "refreshed": []}
        for _ in range(pairs):
            begun = time.perf_counter()
            ours = project(x, "umap")
            fresh = time.perf_counter() - begun
            begun = time.perf_counter()
            again = project(x, "umap", initial=ours)
            refreshed = time.perf_counter() - begun
            begun = time.perf_counter()
            peer = plain(x)
            seconds = time.perf_counter() - begun
            times["fresh"].append((fresh, seconds))
            times["refreshed"].append((refreshed, seconds))
        for name, found in times.items():
            report_pairs(f"umap of {count:,} x 128, {name}", found, "s")
        reference = trustworthiness(x, peer, n_neighbors=15)
        for name, found in (("fresh", ours), ("refreshed", again)):
            report(
                f"trustworthiness of {count:,}, {name}", trustworthiness(x, found, n_neighbors=15), reference, "share"
            )
    x = blobs(100_000)
    report("pca of 100,000 x 128", milliseconds(lambda _: project(x, "pca"), 5) / 1_000, None, "s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, nargs="+", default=[2_000, 100_000, 1_000_000])
    parser.add_argument("--only", choices=("drawing", "layouts"))
    parser.add_argument("--pairs", type=int, default=3)
    options = parser.parse_args()
    if options.only != "layouts":
        from PySide6.QtWidgets import QApplication

        _app = QApplication([])
        for count in options.points:
            drawing(count)
    if options.only != "drawing":
        layouts(options.pairs)


if __name__ == "__main__":
    main()
