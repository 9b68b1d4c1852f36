"""The threshold in the window: what a move of it takes until every figure is told, and until it is painted.

    python -m tests.benchmarks.threshold

Prints JSON lines. The curve holds counts of 50 million pairs in 65,536 bins, and so do both parts of the identities;
intervals are there. Told are medians over 200 moves of the docked panel, without a GPU.
"""

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import curve_figures
from core.evaluation.distance_counts import DistanceCounts
from core.evaluation.intervals import Band, Confidence, Interval, ThresholdBand
from core.evaluation.parts import ThresholdParts
from explorer.panels.roc import RocPanel
from tests.benchmarks.report import report

GENUINE, IMPOSTOR = 500_000, 49_500_000
EDGES = np.linspace(0.0, 2.0, (1 << 16) + 1)
VIEWS = ("ROC", "DET", "precision-recall")
MOVES = 200


def counted(pairs: int, middle: float, width: float) -> DistanceCounts:
    """So many pairs, spread as a logistic distribution has it."""
    below = np.round(pairs / (1 + np.exp(-(EDGES - middle) / width))).astype(np.int64)
    return DistanceCounts.of_levels(EDGES[1:], EDGES[1:], np.diff(below))


def curve(share: float) -> VerificationCurve:
    return VerificationCurve(counted(round(share * GENUINE), 0.3, 0.06), counted(round(share * IMPOSTOR), 0.72, 0.09))


def confidence() -> Confidence:
    fpr = np.geomspace(1e-7, 1.0, 300)
    thresholds = EDGES[1::128]
    limits = np.tile([0.9, 0.95, 0.001, 0.002], (len(thresholds), 1))
    band = Band(fpr, np.linspace(0.2, 0.9, 300), np.linspace(0.3, 1.0, 300))
    rates = ThresholdBand(thresholds, limits)
    return Confidence(1_000, auc=Interval(0.98, 0.99), eer=Interval(0.02, 0.03), band=band, rates=rates)


def main() -> None:
    app = QApplication([])
    panel = RocPanel()
    panel.resize(372, 430)
    panel.show()
    whole = curve(1.0)
    panel.show_curve(whole, "a benchmark", ThresholdParts(curve(0.25), curve(0.25), 500, 500))
    panel.show_confidence(confidence())
    panel.show_figures(curve_figures(whole))
    for place, view in enumerate(VIEWS):
        panel._views.tabs.setCurrentIndex(place)
        panel.mark_stale()
        panel.redraw_if_due()
        app.processEvents()
        told, painted = [], []
        for threshold in np.linspace(0.2, 0.8, MOVES):
            begun = time.perf_counter()
            panel._choose_threshold(float(threshold))
            shown = time.perf_counter()
            app.processEvents()
            told.append(1_000 * (shown - begun))
            painted.append(1_000 * (time.perf_counter() - shown))
        report(f"a move of the threshold, {view}", statistics.median(told), None, "ms", bar=2)
        report(f"repaint after it, {view}", statistics.median(painted), None, "ms", bar=16)
    panel.close()


if __name__ == "__main__":
    main()
