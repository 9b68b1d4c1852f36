"""The figures of an operating point: rates, and the pairs by truth and verdict."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.evaluation.curve import ConfusionCounts, VerificationCurve
from explorer import formats, theme

_SIZE = 0.9
"""Size of the digits, of the fixed font."""
_FPR_TEXT = "0.0888 %"
_RATES = (
    ("tpr", "TPR", "88.8 %", "True positive rate: the accepted share of genuine pairs."),
    ("fpr", "FPR", _FPR_TEXT, "False positive rate: the accepted share of impostor pairs."),
    (
        "auc",
        "AUC",
        "0.8888",
        "Probability that a genuine pair is nearer than an impostor pair, whatever the threshold.",
    ),
    ("eer", "EER", "88.8 %", "Equal error rate: as many impostor pairs accepted as genuine ones rejected, in shares."),
)
"""Name, mark, widest usual text and meaning of each rate."""
_COUNTS = (
    ("true_positives", "TP", "Genuine pairs accepted."),
    ("false_negatives", "FN", "Genuine pairs rejected."),
    ("genuine_pairs", "", "All genuine pairs: two images of one identity."),
    ("false_positives", "FP", "Impostor pairs accepted."),
    ("true_negatives", "TN", "Impostor pairs rejected."),
    ("impostor_pairs", "", "All impostor pairs: images of two identities."),
)
"""Name, mark and meaning of each count, in two rows of three."""


class OperatingFigures(QWidget):
    """Rates and counts in digits that keep their places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addLayout(self._make_rates())
        layout.addLayout(self._make_counts())
        layout.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_curve(self, curve: VerificationCurve) -> None:
        """Show what does not depend on the threshold, and make room for the largest count and the smallest rate."""
        self._reserve("fpr", max(_FPR_TEXT, formats.rate(1 / curve.impostor_pairs), key=len))
        widest = formats.count(max(curve.genuine_pairs, curve.impostor_pairs))
        for name, *_ in _COUNTS:
            self._reserve(name, widest)
        self._values["genuine_pairs"].setText(formats.count(curve.genuine_pairs))
        self._values["impostor_pairs"].setText(formats.count(curve.impostor_pairs))
        self._values["auc"].setText(f"{curve.auc:.4f}")
        self._values["eer"].setText(formats.rate(curve.eer))

    def show_counts(self, counts: ConfusionCounts) -> None:
        """Show the pairs accepted and rejected at the threshold."""
        self._values["tpr"].setText(formats.rate(counts.tpr))
        self._values["fpr"].setText(formats.rate(counts.fpr))
        for name in ("true_positives", "false_negatives", "false_positives", "true_negatives"):
            self._values[name].setText(formats.count(getattr(counts, name)))

    def _make_rates(self) -> QGridLayout:
        grid = _grid()
        for place, (name, mark, widest, meaning) in enumerate(_RATES):
            self._add(grid, 0, 2 * place, name, mark, meaning)
            self._reserve(name, widest)
            self._values[name].setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(2 * len(_RATES), 1)
        return grid

    def _make_counts(self) -> QGridLayout:
        grid = _grid()
        for column, text in ((1, "accepted"), (3, "rejected"), (5, "pairs")):
            grid.addWidget(QLabel(text), 0, column, 1, 2, Qt.AlignmentFlag.AlignRight)
        for row, text in ((1, "genuine"), (2, "impostor")):
            grid.addWidget(QLabel(text), row, 0)
        for place, (name, mark, meaning) in enumerate(_COUNTS):
            self._add(grid, 1 + place // 3, 1 + 2 * (place % 3), name, mark, meaning)
        grid.setColumnStretch(7, 1)
        return grid

    def _add(self, grid: QGridLayout, row: int, column: int, name: str, mark: str, meaning: str) -> None:
        label, value = QLabel(mark), QLabel(formats.UNKNOWN)
        label.setContentsMargins(theme.UNIT if column else 0, 0, 0, 0)
        font = theme.digits_font()
        font.setPointSizeF(font.pointSizeF() * _SIZE)
        value.setFont(font)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setObjectName(f"{name}_value")
        value.setAccessibleName(name.replace("_", " "))
        label.setToolTip(meaning)
        value.setToolTip(meaning)
        grid.addWidget(label, row, column)
        grid.addWidget(value, row, column + 1)
        self._values[name] = value

    def _reserve(self, name: str, widest: str) -> None:
        value = self._values[name]
        shown = value.text()
        value.setText(widest)
        value.setMinimumWidth(value.sizeHint().width())  # of a text as wide, which font metrics miss by a pixel
        value.setText(shown)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.UNIT // 2)
    grid.setVerticalSpacing(0)
    return grid
