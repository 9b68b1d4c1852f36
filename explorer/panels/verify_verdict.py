"""The first page of a verdict: where its distance lies, how probable it is, and whose threshold decides."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from superqt import QElidingLabel

from core.evaluation.figures import Densities
from explorer import formats, theme
from explorer.panels.verify_view import VerdictView, probability_words, rates_words, threshold_words
from explorer.translation import tr
from explorer.widgets.distance_scale import DistanceScale

if TYPE_CHECKING:
    from core.run_content import ThresholdChoice

_PROBABILITY_HELP = tr(
    "How often pairs of the held-out images at this distance show one class, both kinds of pairs being as frequent. "
    "Evaluation says how far it can be believed, and chooses between the two calibrations."
)
_RATES_HELP = tr(
    "Shares of the held-out genuine (TPR) and impostor pairs (FPR) that are accepted at this threshold; with 20 or "
    "more held-out identities, of those that the threshold was not chosen on."
)
_PROVENANCE_HELP = tr("Which weights made this verdict; while training goes on, newer ones come.")
_THRESHOLD_HELP = tr(
    "Who chose the threshold, on which of the held-out images, by which rule, and at which step. "
    "Move it in the ROC panel."
)


class VerdictPage(QWidget):
    """Distance among known pairs, probability, threshold and expected rates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = DistanceScale()
        self._probability = _line("probability")
        self._provenance = QLabel()
        self._provenance.setObjectName("provenance")
        self._origin = _line("threshold_origin")
        self._expected = _line("expected_rates")
        first = QHBoxLayout()
        first.setSpacing(theme.UNIT)
        first.addWidget(self._probability, 1)
        first.addWidget(self._provenance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 4)
        column.addWidget(self.scale, 1)
        column.addLayout(first)
        column.addWidget(self._origin)
        column.addWidget(self._expected)
        column.addStretch()

    def show_densities(self, densities: Densities | None) -> None:
        """Show how the distances of known pairs are spread; None: there is no curve."""
        self.scale.set_densities(densities)

    def show_verdict(self, view: VerdictView, threshold: float | None) -> None:
        """Show the figures of a pair."""
        self.scale.set_values(view.distance, threshold)
        _say(self._probability, probability_words(view), _PROBABILITY_HELP)
        _say(self._provenance, tr("weights: step {step}").format(step=formats.count(view.step)), _PROVENANCE_HELP)

    def show_threshold(
        self, choice: "ThresholdChoice | None", rates: tuple[float | None, float | None], others: int | None
    ) -> None:
        """Say whose the threshold is, its TPR and FPR, and on how many other identities; None: on all images."""
        _say(self._origin, threshold_words(choice), _THRESHOLD_HELP)
        _say(self._expected, rates_words(*rates, others), _RATES_HELP)


def _line(name: str) -> QElidingLabel:
    label = QElidingLabel()
    label.setObjectName(name)
    return label


def _say(label: QLabel, words: str, help_text: str) -> None:
    label.setText(words)
    label.setToolTip(f"{words}\n\n{help_text}" if words else help_text)
