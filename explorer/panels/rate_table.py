"""TPR and FPR on all pairs and on both parts, AUC and EER, each with its interval."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.evaluation.curve import ConfusionCounts, VerificationCurve
from core.evaluation.intervals import Confidence, Interval
from core.evaluation.parts import ThresholdParts
from explorer import formats, theme
from explorer.core_words import in_words
from explorer.panels.figure_label import SIZE, FigureLabel
from explorer.panels.operating_choice import counts_near
from explorer.translation import tr
from explorer.widgets.message import QuietLabel

_MARKS = {"tpr": "TPR", "fpr": "FPR", "auc": "AUC", "eer": "EER"}
_MEANINGS = {
    "tpr": tr("True positive rate: the accepted share of genuine pairs."),
    "fpr": tr("False positive rate: the accepted share of impostor pairs."),
    "auc": tr("Probability that a genuine pair is nearer than an impostor pair, whatever the threshold."),
    "eer": tr("Equal error rate: as many impostor pairs accepted as genuine ones rejected, in shares."),
}
_WIDEST = {"tpr": "88.8 %", "fpr": "0.0888 %", "auc": "0.8888", "eer": "88.8 %"}
"""Usual texts of each figure."""
_WIDEST_INTERVAL = {"tpr": "(88.8–88.8)", "fpr": "(0.888–0.888)", "auc": "(0.8888–0.8888)", "eer": "(88.8–88.8)"}
_INTERVAL_HELP = tr("95 % interval: where the figure would lie in 95 of 100 other samples of as many identities.")
_MEASURING = "(…)"
_PARTS = {
    "chosen": (
        tr("chosen on {}"),
        tr("at this threshold, on the identities that a target FPR picks its threshold on."),
    ),
    "reported": (
        tr("on {} others"),
        tr("at this threshold, on the other half of the identities: what to expect of others."),
    ),
}
"""Title with the number of identities, and meaning, of each part."""
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


_UNCHECKED = tr("Not checked on other identities.")
"""In place of the whole sentence, where that finds no room."""


class RateTable(QWidget):
    """Figures that move with the threshold, and those of the whole curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: ThresholdParts | None = None
        self._why_no_parts = ""
        self._confidence: Confidence | None = None
        self._threshold: float | None = None
        self._values = {name: self._make_value(name) for name in _MARKS}
        self._intervals = {name: self._make_interval(name) for name in _MARKS}
        self._of_parts = {(part, name): self._make_part(part, name) for part in _PARTS for name in ("tpr", "fpr")}
        self._titles = {name: QLabel() for name in ("all", *_PARTS)}
        self._note = QuietLabel()
        self._arrange()

    def show_curve(self, curve: VerificationCurve, parts: ThresholdParts | None, why_no_parts: str) -> None:
        """Show the figures of another curve, and make room for its smallest rate; intervals follow."""
        self._parts, self._why_no_parts = parts, _sentence(why_no_parts)
        smallest = max(_WIDEST["fpr"], formats.rate(1 / curve.impostor_pairs), key=len)
        for label in (self._values["fpr"], *(self._of_parts[part, "fpr"] for part in _PARTS)):
            label.reserve(smallest)
        self._values["auc"].setText(f"{curve.auc:.4f}")
        self._values["eer"].setText(formats.rate(curve.eer))
        for widget in (*self._titles.values(), *self._of_parts.values()):
            widget.setVisible(parts is not None)
        self._note.setVisible(parts is None)
        self._note.setToolTip(self._why_no_parts)
        if parts is not None:
            for part, identities in (("chosen", parts.choosing_identities), ("reported", parts.reporting_identities)):
                self._titles[part].setText(_PARTS[part][0].format(formats.count(identities)))
        self.show_confidence(None)

    def show_confidence(self, confidence: Confidence | None, *, measuring: bool = False) -> None:
        """Show intervals beside the figures; where there are none, the figures' tooltips say why."""
        self._confidence = confidence
        reason = None if confidence is None else confidence.reason
        for name, label in self._intervals.items():
            label.setVisible(reason is None)
            label.setText(_MEASURING if measuring else "")
            why = "" if reason is None else "\n" + tr("No interval, since {reason}.").format(reason=in_words(reason))
            self._values[name].setToolTip(_MEANINGS[name] + why)
        self._note.setText(_UNCHECKED if self._why_no_parts and reason is None else self._why_no_parts)
        if confidence is not None:
            self._intervals["auc"].setText(_auc_text(confidence.auc))
            self._intervals["eer"].setText(_rate_text(confidence.eer))
        self._show_rate_intervals()

    def show_threshold(self, threshold: float, counts: ConfusionCounts) -> None:
        """Show the rates at a threshold, on all pairs and on both parts."""
        self._threshold = threshold
        self._values["tpr"].setText(formats.rate(counts.tpr))
        self._values["fpr"].setText(formats.rate(counts.fpr))
        if self._parts is not None:
            for part, curve in (("chosen", self._parts.choosing), ("reported", self._parts.reporting)):
                found = counts_near(curve, threshold)
                self._of_parts[part, "tpr"].setText(formats.rate(found.tpr))
                self._of_parts[part, "fpr"].setText(formats.rate(found.fpr))
        self._show_rate_intervals()

    def _show_rate_intervals(self) -> None:
        if self._confidence is not None and self._threshold is not None:
            found = self._confidence.at_threshold(self._threshold)
            self._intervals["tpr"].setText(_rate_text(None if found is None else found.tpr))
            self._intervals["fpr"].setText(_rate_text(None if found is None else found.fpr))

    # --- parts

    def _make_value(self, name: str) -> FigureLabel:
        label = FigureLabel(_MARKS[name], _MEANINGS[name], _WIDEST[name], _LEFT)
        label.setObjectName(f"{name}_value")
        return label

    def _make_interval(self, name: str) -> FigureLabel:
        label = FigureLabel(
            tr("{MARKS} interval").format(MARKS=_MARKS[name]), _INTERVAL_HELP, _WIDEST_INTERVAL[name], _LEFT
        )
        label.setObjectName(f"{name}_interval")
        label.setText("")
        return label

    def _make_part(self, part: str, name: str) -> FigureLabel:
        meaning = f"{_MARKS[name]} {_PARTS[part][1]}"
        label = FigureLabel(meaning, meaning, _WIDEST[name], _RIGHT)
        label.setObjectName(f"{part}_{name}")
        label.hide()
        return label

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_grid())
        whole = QHBoxLayout()
        whole.setSpacing(theme.UNIT // 2)
        for name in ("auc", "eer"):
            for label in (self._mark(name), self._values[name], self._intervals[name]):
                whole.addWidget(label)
            whole.addSpacing(theme.UNIT // 2)
        whole.addStretch()
        layout.addLayout(whole)

    def _make_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.UNIT // 2)
        grid.setVerticalSpacing(0)
        self._titles["all"].setText(tr("all pairs"))
        grid.addWidget(self._titles["all"], 0, 1, 1, 2)
        for row, name in enumerate(("tpr", "fpr"), start=1):
            grid.addWidget(self._mark(name), row, 0)
            grid.addWidget(self._values[name], row, 1)
            grid.addWidget(self._intervals[name], row, 2)
        for column, part in enumerate(_PARTS, start=3):
            self._titles[part].setToolTip(_sentence(_PARTS[part][1]))
            self._titles[part].setObjectName(f"{part}_title")
            for row, label in enumerate((self._titles[part], *(self._of_parts[part, name] for name in ("tpr", "fpr")))):
                grid.addWidget(label, row, column, _RIGHT)
            self._titles[part].setContentsMargins(theme.UNIT // 2, 0, 0, 0)
        for label in (*self._titles.values(), self._note):
            small = label.font()
            small.setPointSizeF(small.pointSizeF() * SIZE)
            label.setFont(small)
            label.hide()
        self._note.setObjectName("parts_note")
        grid.addWidget(self._note, 0, 5, 3, 1)
        grid.setColumnStretch(5, 1)
        return grid

    def _mark(self, name: str) -> QLabel:
        label = QLabel(_MARKS[name])
        label.setToolTip(_MEANINGS[name])
        return label


def _rate_text(found: Interval | None) -> str:
    return "" if found is None else formats.rate_interval(*found)


def _auc_text(found: Interval | None) -> str:
    return "" if found is None else formats.interval(*found, 4)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""
