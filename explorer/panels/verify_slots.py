"""The two images of a pair: their slots, and the classes the model takes them for."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer import theme
from explorer.panels.verify_view import SLOTS, SlotName, Source
from explorer.translation import tr
from explorer.widgets.image_slot import ImageSlot
from explorer.widgets.message import WARNING_SIGN

_TOO_MANY = tr("{} files at once; drop one image, or two to fill both slots. Verdicts takes many.")


class PairSlots(QWidget):
    """Two slots side by side; what is chosen in one leaves the other as it is.

    Whoever listens decodes what `image_chosen` names and answers with `show_image` or `show_problem`.
    """

    image_chosen = Signal(str, object)
    """Slot 'A' or 'B' and its new `Source`."""
    pair_changed = Signal(object, object)
    """`Source` or None of A and B, after every choice and clear."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slots: dict[SlotName, ImageSlot] = {name: ImageSlot(name) for name in SLOTS}
        self.sources: dict[SlotName, Source | None] = dict.fromkeys(SLOTS)
        self._classes = {name: QLabel() for name in SLOTS}
        self._arrange()
        for name, slot in self.slots.items():
            slot.image_chosen.connect(lambda source, name=name: self.choose({name: source}))
            slot.sample_dropped.connect(lambda sample, name=name: self.choose({name: sample}))
            slot.several_chosen.connect(lambda paths, name=name: self._choose_several(name, paths))
            slot.refused.connect(lambda _sentence, name=name: self._empty(name))
            slot.cleared.connect(lambda name=name: self._empty(name))

    @property
    def missing(self) -> list[SlotName]:
        """Names of the slots without an image, be it one that is being read."""
        contents = {name: slot.content() for name, slot in self.slots.items()}
        return [name for name, content in contents.items() if content.is_empty or content.problem]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to swap or to clear."""
        return all(slot.content().is_empty for slot in self.slots.values())

    def choose(self, chosen: dict[SlotName, Source]) -> None:
        """Put images into slots, as if they were dropped there."""
        self.sources = {**self.sources, **chosen}
        for name in chosen:
            self.slots[name].show_waiting()
        for name, source in chosen.items():
            self.image_chosen.emit(name, source)
        self._tell()

    def show_image(self, slot: SlotName, image: QImage, caption: str) -> None:
        """Show the preview of what was chosen."""
        self.slots[slot].show_image(image, caption)

    def show_problem(self, slot: SlotName, sentence: str) -> None:
        """Say why what was chosen cannot be used."""
        source = self.sources[slot]
        if isinstance(source, Path):
            sentence = sentence.replace(str(source), source.name)  # the folder's name would fill the slot
        self.sources = self.sources | {slot: None}
        self.slots[slot].show_problem(sentence)

    def show_overlays(self, overlays: Sequence[QImage | None]) -> None:
        """Lay pictures over A and B."""
        for slot, overlay in zip(self.slots.values(), overlays, strict=True):
            slot.show_overlay(overlay)

    def show_classes(self, classes: Sequence[str], warnings: Sequence[str]) -> None:
        """Say what A and B are taken for; a sentence of warning puts a sign before it."""
        for name, words, warning in zip(SLOTS, classes, warnings, strict=True):
            label = self._classes[name]
            label.setText(f"{WARNING_SIGN} {words}" if warning else words)
            help_text = tr("The class the model takes image {name} for, with its confidence.").format(name=name)
            label.setToolTip(f"{WARNING_SIGN} {warning}.\n\n{help_text}" if warning else help_text)

    def paste(self) -> None:
        """Paste into the first slot without an image, else into A."""
        self.slots[(self.missing or list(SLOTS))[0]].paste()

    def swap(self) -> None:
        """Exchange A and B, without a signal."""
        a, b = (self.slots[name] for name in SLOTS)
        content_a, content_b = a.content(), b.content()
        a.set_content(content_b)
        b.set_content(content_a)
        self.sources = {"A": self.sources["B"], "B": self.sources["A"]}

    def clear(self) -> None:
        """Empty both slots."""
        for slot in self.slots.values():
            slot.clear()
        self.sources = dict.fromkeys(SLOTS)
        self._tell()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.UNIT)
        grid.setVerticalSpacing(theme.UNIT // 4)
        grid.setRowStretch(0, 1)
        for column, name in enumerate(SLOTS):
            label = self._classes[name]
            label.setObjectName(f"class_{name.lower()}")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(1)  # a long class name is cut rather than widening the panel
            grid.addWidget(self.slots[name], 0, column)
            grid.addWidget(label, 1, column)
            grid.setColumnStretch(column, 1)
        self.show_classes(("", ""), ("", ""))

    def _choose_several(self, name: SlotName, paths: list[Path]) -> None:
        if len(paths) == len(SLOTS):
            self.choose(dict(zip(SLOTS, paths, strict=True)))
        else:
            self.show_problem(name, _TOO_MANY.format(len(paths)))
            self._tell()

    def _empty(self, name: SlotName) -> None:
        self.sources = self.sources | {name: None}
        self._tell()

    def _tell(self) -> None:
        self.pair_changed.emit(self.sources["A"], self.sources["B"])
