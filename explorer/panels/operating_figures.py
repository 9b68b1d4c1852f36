"""The figures of an operating point: rates with their intervals, and the pairs by truth and verdict."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.evaluation.curve import ConfusionCounts, VerificationCurve
from core.evaluation.intervals import Confidence
from core.evaluation.parts import ThresholdParts
from explorer import formats, theme
from explorer.panels.figure_label import FigureLabel
from explorer.panels.rate_table import RateTable
from explorer.translation import tr

_COUNTS = (
    ("true_positives", tr("true positives"), tr("TP"), tr("Genuine pairs accepted.")),
    ("false_negatives", tr("false negatives"), tr("FN"), tr("Genuine pairs rejected.")),
    ("genuine_pairs", tr("genuine pairs"), tr("of"), tr("All genuine pairs: two images of one identity.")),
    ("false_positives", tr("false positives"), tr("FP"), tr("Impostor pairs accepted.")),
    ("true_negatives", tr("true negatives"), tr("TN"), tr("Impostor pairs rejected.")),
    ("impostor_pairs", tr("impostor pairs"), tr("of"), tr("All impostor pairs: images of two identities.")),
)
"""Key, name, mark and meaning of each count, in two rows of three."""


class OperatingFigures(QWidget):
    """Rates and counts in digits that keep their places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rates = RateTable()
        self._counts = {key: _make_count(key, name, meaning) for key, name, _, meaning in _COUNTS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 4)
        layout.addWidget(self._rates)
        layout.addLayout(self._arrange_counts())
        layout.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_curve(self, curve: VerificationCurve, parts: ThresholdParts | None, why_no_parts: str) -> None:
        """Show what does not depend on the threshold, and make room for the largest count."""
        self._rates.show_curve(curve, parts, why_no_parts)
        widest = formats.count(max(curve.genuine_pairs, curve.impostor_pairs))
        for label in self._counts.values():
            label.reserve(widest)
        self._counts["genuine_pairs"].setText(formats.count(curve.genuine_pairs))
        self._counts["impostor_pairs"].setText(formats.count(curve.impostor_pairs))

    def show_confidence(self, confidence: Confidence | None, *, measuring: bool = False) -> None:
        """Show intervals beside the figures; where there are none, the figures' tooltips say why."""
        self._rates.show_confidence(confidence, measuring=measuring)

    def show_threshold(self, threshold: float, counts: ConfusionCounts) -> None:
        """Show what a threshold accepts and rejects."""
        self._rates.show_threshold(threshold, counts)
        for name in ("true_positives", "false_negatives", "false_positives", "true_negatives"):
            self._counts[name].setText(formats.count(getattr(counts, name)))

    def _arrange_counts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.UNIT // 2)
        grid.setVerticalSpacing(0)
        for row, kind in enumerate((tr("genuine"), tr("impostor"))):
            grid.addWidget(QLabel(kind), row, 0)
        for place, (key, _, mark, meaning) in enumerate(_COUNTS):
            row, column = place // 3, 1 + 2 * (place % 3)
            label = QLabel(mark)
            label.setContentsMargins(theme.UNIT // 2, 0, 0, 0)
            label.setToolTip(meaning)
            grid.addWidget(label, row, column)
            grid.addWidget(self._counts[key], row, column + 1)
        grid.setColumnStretch(7, 1)
        return grid


def _make_count(key: str, name: str, meaning: str) -> FigureLabel:
    label = FigureLabel(name, meaning, formats.UNKNOWN, Qt.AlignmentFlag.AlignRight)
    label.setObjectName(f"{key}_value")
    return label
