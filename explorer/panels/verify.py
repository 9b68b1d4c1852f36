"""Are two images of the same class? Two slots, the distance, and the verdict at the shared threshold."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from core.evaluation.curve import OperatingPoint
from core.evaluation.figures import Densities
from explorer import theme
from explorer.icons import icon
from explorer.panels.verify_neighbours import NeighboursPage
from explorer.panels.verify_slots import PairSlots
from explorer.panels.verify_verdict import VerdictPage
from explorer.panels.verify_view import NearestView, SlotName, Source, VerdictView, class_words, novelty_words
from explorer.panels.verify_why import WhyPage
from explorer.translation import tr
from explorer.widgets.heat_overlay import heat_overlay
from explorer.widgets.mask_overlay import background_cover, mask_overlay
from explorer.widgets.message import Message
from explorer.widgets.sample_drag import ImageProvider
from explorer.widgets.verdict_line import VerdictLine

if TYPE_CHECKING:
    from core.explanation import Explanation
    from core.run_content import ThresholdChoice

_EMPTY = tr("Drop two images above: the model says whether they show the same class.")
_COMPARING = tr("comparing…")
_NOTHING = tr("There is no image yet.")
_NO_MASKS = tr("No masks were predicted: the model was trained without, or there is no verdict yet.")
_MASKS_HELP = tr("Lay the predicted masks over the images. Untick to see the images alone.")
_TABS = (
    (tr("Verdict"), tr("Where the distance lies among known pairs, how probable it is, and whose threshold decides.")),
    (tr("Neighbours"), tr("The training images nearest to each of the two.")),
    (tr("Why"), tr("Which regions made the two alike, and what the verdict is without the background.")),
)
_WHY = 2
"""Place of the last of these."""
_PAINTED_OVER = QColor(124, 116, 104)
"""The mean colour, which the model gets to see in place of a hidden background."""


class VerifyPanel(QWidget):
    """Takes two images and shows the model's verdict on them.

    Whoever listens decodes what `image_chosen` names and answers with `show_image` or `show_problem`, then compares
    the pair of the newest `pair_changed` and answers with `show_verdict`. Moving the threshold needs no inference.
    """

    image_chosen = Signal(str, object)
    """Slot 'A' or 'B' and its new `Source`."""
    pair_changed = Signal(object, object)
    """`Source` or None of A and B, after every choice, swap and clear."""
    explanation_wanted = Signal()
    """The user wants to know why; `show_explanation` or `show_explanation_problem` follows."""
    neighbour_chosen = Signal(int)
    """The user wants to see this training image on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair = PairSlots()
        self._view: VerdictView | None = None
        self._nearest: tuple[NearestView | None, NearestView | None] = (None, None)
        self._explanation: Explanation | None = None
        self._asked_why = False
        self._threshold: float | None = None
        self._choice: ThresholdChoice | None = None
        self._others: int | None = None
        self._rates: tuple[float | None, float | None] = (None, None)
        self._model_missing: str | None = None
        self._failure: str | None = None
        self._swap, self._clear = QToolButton(), QToolButton()
        self._tabs, self._masks = QTabBar(), QCheckBox(tr("Masks"))
        self._message, self._verdict = Message(), VerdictLine()
        self._figures, self._neighbours, self._why = VerdictPage(), NeighboursPage(), WhyPage()
        self._stack, self._pages = QStackedWidget(), QStackedWidget()
        self._arrange()
        self._connect()
        self._update()

    def choose(self, chosen: dict[SlotName, Source]) -> None:
        """Put images into slots, as if they were dropped there."""
        self._pair.choose(chosen)

    def show_image(self, slot: SlotName, image: QImage, caption: str) -> None:
        """Show the preview of what was chosen."""
        self._pair.show_image(slot, image, caption)
        self._update()

    def show_problem(self, slot: SlotName, sentence: str) -> None:
        """Say why what was chosen cannot be used."""
        self._pair.show_problem(slot, sentence)
        self._forget_verdict()

    def show_verdict(self, view: VerdictView) -> None:
        """Show a verdict on the pair; one that comes after a slot was emptied is dropped."""
        if self._pair.missing:
            return
        self._forget_explanation()
        self._view, self._failure = view, None
        if view.expected_tpr is not None or view.expected_fpr is not None:
            self._rates = view.expected_tpr, view.expected_fpr
        self._update()
        self._ask_why()

    def show_densities(self, densities: Densities | None) -> None:
        """Show how the distances of known pairs are spread; None where there is no curve."""
        self._figures.show_densities(densities)

    def show_nearest(self, a: NearestView, b: NearestView) -> None:
        """Show the training images nearest to both; their pictures follow by `set_picture`."""
        if self._view is not None:
            self._nearest = a, b
            self._show_nearest()

    def set_picture(self, sample_id: int, image: QImage) -> None:
        """Give a training image its picture, a null one where it cannot be read."""
        self._neighbours.set_image(sample_id, image)

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the neighbours come from that are dragged out."""
        self._neighbours.set_image_provider(provider)

    def show_explanation(self, explanation: "Explanation") -> None:
        """Show why the pair is alike or not."""
        if self._view is not None:
            self._explanation = explanation
            self._update()

    def show_explanation_problem(self, sentence: str) -> None:
        """Say why nothing is known of that."""
        self._why.complain(sentence)

    def await_verdict(self) -> None:
        """Forget the verdict: the pair is compared anew."""
        self._forget_verdict()

    def show_failure(self, sentence: str) -> None:
        """Say why the pair could not be compared."""
        self._forget_verdict()
        self._failure = sentence
        self._show_message()

    def set_threshold(self, threshold: float | None, point: OperatingPoint | None = None) -> None:
        """Judge by another threshold, None where there is none; `point` carries the rates expected there."""
        if point is not None:
            self._rates = point.tpr, point.fpr
        elif threshold != self._threshold:
            self._rates = None, None
        self._threshold = threshold
        if self._view is not None:
            self._show_figures(self._view)

    def set_threshold_origin(self, choice: "ThresholdChoice | None", others: int | None) -> None:
        """Say whose the threshold is; its rates are of so many other identities, None: of all held-out images."""
        self._choice, self._others = choice, others
        self._figures.show_threshold(choice, self._rates, others)

    def set_model_available(self, reason: str | None) -> None:
        """Say what to do where there is no model, which ends the verdict of a former one; None where there is one."""
        self._model_missing = reason
        if reason is None:
            self._update()
        else:
            self._forget_verdict()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes into the first slot without an image, wherever the focus is in the panel."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._pair.paste()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        layout.setSpacing(theme.UNIT // 2)
        layout.addWidget(self._pair, 1)
        layout.addLayout(self._tool_row())
        layout.addWidget(self._stack, 1)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        verdict = QWidget()
        column = QVBoxLayout(verdict)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 4)
        column.addWidget(self._verdict)
        column.addWidget(self._pages, 1)
        for page in (self._message, verdict):
            self._stack.addWidget(page)
        for page in (self._figures, self._neighbours, self._why):
            self._pages.addWidget(page)

    def _tool_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT // 2)
        for button, name in ((self._swap, "swap"), (self._clear, "clear")):
            button.setIcon(icon(name))
            button.setObjectName(f"{name}_pair")
            button.setAccessibleName(tr("{name} the two images").format(name=name))
            button.setAutoRaise(True)
            row.addWidget(button)
        for name, meaning in _TABS:
            self._tabs.setTabToolTip(self._tabs.addTab(name), meaning)
        self._tabs.setObjectName("verify_tabs")
        self._tabs.setAccessibleName(tr("what is said of the pair"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        row.addWidget(self._tabs)
        row.addStretch(1)
        self._masks.setObjectName("show_masks")
        self._masks.setAccessibleName(tr("show the predicted masks"))
        self._masks.setChecked(True)
        row.addWidget(self._masks)
        return row

    def _connect(self) -> None:
        self._pair.image_chosen.connect(self.image_chosen)
        self._pair.pair_changed.connect(self._take_pair)
        self._masks.toggled.connect(self._show_overlays)
        self._why.hide_toggled.connect(self._show_overlays)
        self._neighbours.chosen.connect(self.neighbour_chosen)
        self._tabs.currentChanged.connect(self._turn_to)
        self._swap.clicked.connect(self._on_swap)
        self._clear.clicked.connect(self._pair.clear)

    def _take_pair(self, a: object, b: object) -> None:
        self._forget_verdict()
        self.pair_changed.emit(a, b)

    def _on_swap(self) -> None:
        self._pair.swap()
        self._view = self._view and self._view.swapped()
        self._nearest = self._nearest[::-1]
        if (found := self._explanation) is not None:
            self._explanation = replace(found, heat_a=found.heat_b, heat_b=found.heat_a)
        self._update()
        self.pair_changed.emit(self._pair.sources["A"], self._pair.sources["B"])

    def _turn_to(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        self._show_overlays()
        self._ask_why()

    def _ask_why(self) -> None:
        """Ask once a verdict, and only while somebody looks."""
        if self._view is not None and not self._asked_why and self._tabs.currentIndex() == _WHY:
            self._asked_why = True
            self._why.await_explanation()
            self.explanation_wanted.emit()

    def _forget_verdict(self) -> None:
        self._view = self._failure = None
        self._nearest = (None, None)
        self._forget_explanation()
        self._update()

    def _forget_explanation(self) -> None:
        self._explanation, self._asked_why = None, False

    def _update(self) -> None:
        self._update_buttons()
        self._show_nearest()
        self._stack.setCurrentIndex(0 if self._view is None else 1)
        if self._view is None:
            self._show_message()
        else:
            self._show_figures(self._view)
        self._show_overlays()

    def _show_nearest(self) -> None:
        """Say what the two are taken for, and what lies near them."""
        view = self._view
        classes = ("", "")
        if view is not None:
            classes = class_words(view.class_a, view.confidence_a), class_words(view.class_b, view.confidence_b)
        self._pair.show_classes(classes, [novelty_words(nearest) for nearest in self._nearest])
        self._neighbours.show_nearest(self._nearest, None if view is None else view.step)

    def _show_figures(self, view: VerdictView) -> None:
        self._verdict.set_values(view.distance, self._threshold)
        self._figures.show_verdict(view, self._threshold)
        self._figures.show_threshold(self._choice, self._rates, self._others)
        if self._explanation is not None:
            self._why.show_explanation(self._explanation, view.probability, self._threshold)

    def _show_overlays(self) -> None:
        self._pair.show_overlays(self._overlays())

    def _overlays(self) -> tuple[QImage | None, QImage | None]:
        """What lies over A and B: why they are alike, what is hidden, or where the masks are."""
        view, found = self._view, self._explanation
        if view is None:
            return None, None
        if found is not None and self._tabs.currentIndex() == _WHY:
            if self._why.hides_background:
                return _each(lambda mask: background_cover(mask, _PAINTED_OVER), view.masks)
            largest = float(max(abs(found.heat_a).max(), abs(found.heat_b).max()))
            return heat_overlay(found.heat_a, largest), heat_overlay(found.heat_b, largest)
        if not self._masks.isChecked():
            return None, None
        return _each(lambda mask: mask_overlay(mask, theme.TASK_COLOURS["seg"]), view.masks)

    def _update_buttons(self) -> None:
        empty = self._pair.is_empty
        for button, help_text in ((self._swap, tr("Exchange A and B.")), (self._clear, tr("Empty both slots."))):
            button.setEnabled(not empty)
            button.setToolTip(f"{_NOTHING}\n\n{help_text}" if empty else help_text)
        masks = self._view is not None and self._view.has_masks
        self._masks.setEnabled(masks)
        self._masks.setToolTip(_MASKS_HELP if masks else f"{_NO_MASKS}\n\n{_MASKS_HELP}")

    def _show_message(self) -> None:
        missing = self._pair.missing
        if self._failure is not None:
            self._message.complain(self._failure)
        elif self._model_missing is not None:
            self._message.tell(self._model_missing)
        elif len(missing) == 2:
            self._message.tell(_EMPTY)
        else:
            self._message.tell(tr("Now an image for {missing}.").format(missing=missing[0]) if missing else _COMPARING)


def _each(
    draw: Callable[[NDArray[np.uint8]], QImage], masks: tuple[NDArray[np.uint8] | None, NDArray[np.uint8] | None]
) -> tuple[QImage | None, QImage | None]:
    a, b = (None if mask is None else draw(mask) for mask in masks)
    return a, b
