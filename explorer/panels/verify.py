"""Are two images of the same class? Two slots, the distance, and the verdict at the shared threshold."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.evaluation.curve import OperatingPoint
from explorer import formats, theme
from explorer.icons import icon
from explorer.widgets.distance_scale import DistanceScale
from explorer.widgets.image_slot import ImageSlot
from explorer.widgets.mask_overlay import mask_overlay
from explorer.widgets.message import Message
from explorer.widgets.verdict_line import VerdictLine

SlotName = Literal["A", "B"]
SLOTS: tuple[SlotName, SlotName] = ("A", "B")
Source = Path | QImage | str
"""A file, a picture from the clipboard or another program, or the id of a sample of the data set."""

_EMPTY = "Drop two images above: the model says whether they show the same class."
_COMPARING = "comparing…"
_NOTHING = "There is no image yet."
_NO_MASKS = "No masks were predicted: the model was trained without, or there is no verdict yet."
_PROBABILITY_HELP = "How often pairs of the held-out images at this distance show one class."
_RATES_HELP = (
    "Shares of the held-out genuine (TPR) and impostor pairs (FPR) that are accepted at this threshold; with 20 or "
    "more held-out identities, of those that the threshold was not chosen on."
)
_PROVENANCE_HELP = "Which weights made this verdict; while training goes on, newer ones come."
_MASKS_HELP = "Lay the predicted masks over the images. Untick to see the images alone."


@dataclass(frozen=True, eq=False)
class VerdictView:
    """What the model says about a pair, as the panel shows it."""

    distance: float
    step: int
    """Training step of the weights that were used."""
    probability: float | None = None
    """That the pair is of one class."""
    expected_fpr: float | None = None
    """Of the held-out pairs, at the threshold in force when the verdict was made."""
    expected_tpr: float | None = None
    class_a: str | None = None
    confidence_a: float | None = None
    class_b: str | None = None
    confidence_b: float | None = None
    mask_a: NDArray[np.uint8] | None = None
    """Predicted mask [H, W] over the whole image, foreground from 128 on."""
    mask_b: NDArray[np.uint8] | None = None

    def swapped(self) -> "VerdictView":
        """The same verdict with A and B exchanged; a distance has no direction."""
        return replace(
            self,
            class_a=self.class_b,
            confidence_a=self.confidence_b,
            class_b=self.class_a,
            confidence_b=self.confidence_a,
            mask_a=self.mask_b,
            mask_b=self.mask_a,
        )


class VerifyPanel(QWidget):
    """Takes two images and shows the model's verdict on them.

    Whoever listens decodes what `image_chosen` names and answers with `show_image` or `show_problem`, then compares
    the pair of the newest `pair_changed` and answers with `show_verdict`. Moving the threshold needs no inference.
    """

    image_chosen = Signal(str, object)
    """Slot 'A' or 'B' and its new `Source`."""
    pair_changed = Signal(object, object)
    """`Source` or None of A and B, after every choice, swap and clear."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slots: dict[SlotName, ImageSlot] = {name: ImageSlot(name) for name in SLOTS}
        self._classes = {name: QLabel() for name in SLOTS}
        self._sources: dict[SlotName, Source | None] = dict.fromkeys(SLOTS)
        self._view: VerdictView | None = None
        self._threshold: float | None = None
        self._rates: tuple[float | None, float | None] = (None, None)
        self._model_missing: str | None = None
        self._failure: str | None = None
        self._swap, self._clear = QToolButton(), QToolButton()
        self._masks = QCheckBox("Masks")
        self._message = Message()
        self._verdict, self._scale = VerdictLine(), DistanceScale()
        self._probability, self._expected, self._provenance = QLabel(), QLabel(), QLabel()
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()
        self._update()

    def choose(self, chosen: dict[SlotName, Source]) -> None:
        """Put images into slots, as if they were dropped there."""
        self._sources |= chosen
        for name in chosen:
            self._slots[name].show_waiting()
        self._forget_verdict()
        for name, source in chosen.items():
            self.image_chosen.emit(name, source)
        self._emit_pair()

    def show_image(self, slot: SlotName, image: QImage, caption: str) -> None:
        """Show the preview of what was chosen."""
        self._slots[slot].show_image(image, caption)
        self._show_masks()
        self._update()

    def show_problem(self, slot: SlotName, sentence: str) -> None:
        """Say why what was chosen cannot be used."""
        source = self._sources[slot]
        if isinstance(source, Path):
            sentence = sentence.replace(str(source), source.name)  # the folder's name would fill the slot
        self._sources[slot] = None
        self._slots[slot].show_problem(sentence)
        self._forget_verdict()

    def show_verdict(self, view: VerdictView) -> None:
        """Show a verdict on the pair; one that comes after a slot was emptied is dropped."""
        if any(slot.content().is_empty or slot.content().problem for slot in self._slots.values()):
            return
        self._view, self._failure = view, None
        if view.expected_tpr is not None or view.expected_fpr is not None:
            self._rates = view.expected_tpr, view.expected_fpr
        self._show_masks()
        self._update()

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
            self._show_numbers(self._view)

    def set_model_available(self, reason: str | None) -> None:
        """Say what to do where there is no model, which ends the verdict of a former one; None where there is one."""
        self._model_missing = reason
        if reason is None:
            self._update()
        else:
            self._forget_verdict()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        layout.setSpacing(theme.UNIT // 2)
        layout.addLayout(self._slot_grid(), 1)
        layout.addLayout(self._button_row())
        layout.addWidget(self._stack)
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._verdict_page())
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _slot_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.UNIT)
        grid.setVerticalSpacing(theme.UNIT // 4)
        grid.setRowStretch(0, 1)
        for column, name in enumerate(SLOTS):
            label = self._classes[name]
            label.setObjectName(f"class_{name.lower()}")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(1)  # a long class name is cut rather than widening the panel
            label.setToolTip(f"The class the model takes image {name} for, with its confidence.")
            grid.addWidget(self._slots[name], 0, column)
            grid.addWidget(label, 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        for button, text, name in ((self._swap, "Swap", "swap"), (self._clear, "Clear", "clear")):
            button.setText(text)
            button.setIcon(icon(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setObjectName(f"{name}_pair")
            button.setAccessibleName(f"{name} the two images")
            row.addWidget(button)
        row.addStretch(1)
        self._masks.setObjectName("show_masks")
        self._masks.setAccessibleName("show the predicted masks")
        self._masks.setChecked(True)
        row.addWidget(self._masks)
        return row

    def _verdict_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 4)
        layout.addWidget(self._verdict)
        layout.addWidget(self._scale)
        for label, name, help_text in (
            (self._probability, "probability", _PROBABILITY_HELP),
            (self._expected, "expected_rates", _RATES_HELP),
            (self._provenance, "provenance", _PROVENANCE_HELP),
        ):
            label.setObjectName(name)
            label.setToolTip(help_text)
        line = QHBoxLayout()
        line.addWidget(self._probability)
        line.addStretch(1)
        line.addWidget(self._provenance)
        layout.addLayout(line)
        layout.addWidget(self._expected)
        return page

    def _connect(self) -> None:
        for name, slot in self._slots.items():
            slot.image_chosen.connect(lambda source, name=name: self.choose({name: source}))
            slot.sample_dropped.connect(lambda sample, name=name: self.choose({name: sample}))
            slot.several_chosen.connect(lambda paths, name=name: self._on_several(name, paths))
            slot.cleared.connect(lambda name=name: self._on_cleared(name))
            self._masks.toggled.connect(slot.set_overlay_visible)
        self._swap.clicked.connect(self._on_swap)
        self._clear.clicked.connect(self._on_clear)

    def _on_several(self, name: SlotName, paths: list[Path]) -> None:
        if len(paths) == len(SLOTS):
            self.choose(dict(zip(SLOTS, paths, strict=True)))
        else:
            self.show_problem(name, f"{len(paths)} files at once; drop one image, or two to fill both slots.")
            self._emit_pair()

    def _on_cleared(self, name: SlotName) -> None:
        self._sources[name] = None
        self._forget_verdict()
        self._emit_pair()

    def _on_swap(self) -> None:
        a, b = (self._slots[name] for name in SLOTS)
        content_a, content_b = a.content(), b.content()
        a.set_content(content_b)
        b.set_content(content_a)
        self._sources = {"A": self._sources["B"], "B": self._sources["A"]}
        self._view = self._view and self._view.swapped()
        self._update()
        self._emit_pair()

    def _on_clear(self) -> None:
        for name, slot in self._slots.items():
            slot.clear()
            self._sources[name] = None
        self._forget_verdict()
        self._emit_pair()

    def _emit_pair(self) -> None:
        self.pair_changed.emit(self._sources["A"], self._sources["B"])

    def _forget_verdict(self) -> None:
        self._view = self._failure = None
        self._show_masks()
        self._update()

    def _update(self) -> None:
        self._update_buttons()
        self._show_classes()
        self._stack.setCurrentIndex(0 if self._view is None else 1)
        if self._view is None:
            self._show_message()
        else:
            self._show_numbers(self._view)

    def _show_masks(self) -> None:
        masks = (None, None) if self._view is None else (self._view.mask_a, self._view.mask_b)
        for slot, mask in zip(self._slots.values(), masks, strict=True):
            slot.show_overlay(None if mask is None else mask_overlay(mask, theme.TASK_COLOURS["seg"]))

    def _show_classes(self) -> None:
        view = self._view
        self._classes["A"].setText("" if view is None else _class_text(view.class_a, view.confidence_a))
        self._classes["B"].setText("" if view is None else _class_text(view.class_b, view.confidence_b))

    def _update_buttons(self) -> None:
        empty = all(slot.content().is_empty for slot in self._slots.values())
        for button, help_text in ((self._swap, "Exchange A and B."), (self._clear, "Empty both slots.")):
            button.setEnabled(not empty)
            button.setToolTip(f"{_NOTHING}\n\n{help_text}" if empty else help_text)
        masks = self._view is not None and (self._view.mask_a is not None or self._view.mask_b is not None)
        self._masks.setEnabled(masks)
        self._masks.setToolTip(_MASKS_HELP if masks else f"{_NO_MASKS}\n\n{_MASKS_HELP}")

    def _show_message(self) -> None:
        contents = [slot.content() for slot in self._slots.values()]
        missing = [name for name, content in zip(SLOTS, contents, strict=True) if content.is_empty or content.problem]
        if self._failure is not None:
            self._message.complain(self._failure)
        elif self._model_missing is not None:
            self._message.tell(self._model_missing)
        elif len(missing) == len(SLOTS):
            self._message.tell(_EMPTY)
        else:
            self._message.tell(f"Now an image for {missing[0]}." if missing else _COMPARING)

    def _show_numbers(self, view: VerdictView) -> None:
        self._verdict.set_values(view.distance, self._threshold)
        self._scale.set_values(view.distance, self._threshold)
        tpr, fpr = self._rates
        self._probability.setText(f"same with probability {formats.rate(view.probability)}")
        self._expected.setText(f"expected at this threshold: TPR {formats.rate(tpr)} · FPR {formats.rate(fpr)}")
        self._provenance.setText(f"weights of step {formats.count(view.step)}")


def _class_text(name: str | None, confidence: float | None) -> str:
    return "" if name is None else f"{name}  {formats.rate(confidence)}"
