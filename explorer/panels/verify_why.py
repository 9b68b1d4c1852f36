"""The third page of a verdict: why the two images are alike, and what is left of it without the background."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from superqt import QElidingLabel

from explorer import formats, theme
from explorer.core_words import in_words
from explorer.translation import tr
from explorer.widgets.heat_overlay import HeatLegend
from explorer.widgets.message import Message

if TYPE_CHECKING:
    from core.explanation import Explanation, HiddenBackground

_LOOKING = tr("looking which regions made them alike …")
_METHOD_HELP = tr(
    "The similarity of the two images is, exactly, the mean over the regions of one of them of each region's own "
    "similarity to the other, since the embedding is a linear map of the network's last feature map. No gradients are "
    "involved. The maps tell where features were found; a region's features may have looked around it. After "
    "Stylianou, Souvenir and Pless, Visualizing Deep Similarity Networks, 2019."
)
_HIDE_HELP = tr(
    "Show what the model saw in the second comparison: everything outside the predicted masks painted over. If the "
    "verdict changes without the background, it was the background that decided."
)


class WhyPage(QWidget):
    """What the heat maps over the images mean, and the pair compared once more with its background hidden."""

    hide_toggled = Signal(bool)
    """The user wants to see the images without their background, or the heat maps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._legend, self._method = HeatLegend(), QElidingLabel()
        self._hide, self._without, self._probability = (
            QCheckBox(tr("Hide background")),
            QElidingLabel(),
            QElidingLabel(),
        )
        self._message = Message()
        self._method.setObjectName("explanation_method")
        self._without.setObjectName("without_background")
        self._probability.setObjectName("probability_without_background")
        self._hide.setObjectName("hide_background")
        self._hide.setAccessibleName(tr("hide the background outside the predicted masks"))
        self._hide.setToolTip(_HIDE_HELP)
        self._hide.toggled.connect(self.hide_toggled)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._message)
        self._pages.addWidget(self._content())
        self.await_explanation()

    @property
    def hides_background(self) -> bool:
        """Whether images are to be shown without their background."""
        return self._hide.isChecked() and self._hide.isEnabled()

    def await_explanation(self) -> None:
        """Say that it is being looked for."""
        self._message.tell(_LOOKING)
        self._pages.setCurrentIndex(0)

    def complain(self, sentence: str) -> None:
        """Say why there is none."""
        self._message.complain(sentence)
        self._pages.setCurrentIndex(0)

    def show_explanation(self, explanation: "Explanation", probability: float | None, threshold: float | None) -> None:
        """Show what was found for a pair of this probability, and judge the pair without background too."""
        regions = tr("{regions} × {regions} regions").format(regions=explanation.regions)
        method = tr("{method}, {regions}, mean {similarity:.3f}").format(
            method=in_words(explanation.method), regions=regions, similarity=explanation.similarity
        )
        self._method.setText(method)
        self._method.setToolTip(f"{method}\n\n{_METHOD_HELP}")
        hidden = explanation.hidden_background
        self._hide.setEnabled(hidden is not None)
        self._hide.setToolTip(f"{explanation.why_not_hidden}\n\n{_HIDE_HELP}" if hidden is None else _HIDE_HELP)
        words = without_background_words(explanation, threshold)
        self._without.setText(words)
        self._without.setToolTip(words)
        self._probability.setText(probability_words(hidden, probability))
        self._pages.setCurrentIndex(1)

    def _content(self) -> QWidget:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        row.addWidget(self._hide)
        row.addWidget(self._without, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._legend)
        column.addWidget(self._method)
        column.addLayout(row)
        column.addWidget(self._probability)
        column.addStretch(1)
        return content


def without_background_words(explanation: "Explanation", threshold: float | None) -> str:
    """What hiding the background does to the verdict: '0.310 → 0.402, SAME → DIFFERENT'."""
    hidden = explanation.hidden_background
    if hidden is None:
        return explanation.why_not_hidden
    distances = explanation.distance, hidden.distance
    words = " → ".join(formats.distance(distance) for distance in distances)
    if threshold is None:
        return words
    before, after = (tr("SAME") if distance <= threshold else tr("DIFFERENT") for distance in distances)
    return (
        tr("{words}, still {before}").format(words=words, before=before)
        if before == after
        else f"{words}, {before} → {after}"
    )


def probability_words(hidden: "HiddenBackground | None", before: float | None) -> str:
    """What it does to the probability: 'probability 93.1 % → 61.0 %'."""
    if hidden is None or hidden.probability is None:
        return ""
    return tr("same with probability {before} → {probability}").format(
        before=formats.rate(before), probability=formats.rate(hidden.probability)
    )
