"""What a person chose as threshold, as steps that can be taken back: a drag is one."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from explorer.panels.operating_choice import Held

if TYPE_CHECKING:
    from core.runs import ThresholdChoice

REST_S = 0.6
"""A hand that rests for so long has ended its drag; what it does next is another step."""
_ID = 1
"""Tells Qt which steps may be one."""


@dataclass(frozen=True)
class Chosen:
    """The threshold, and whose it is."""

    held: Held
    by_person: bool
    kept: "ThresholdChoice | None"
    """What came with an opened run, while nobody has chosen otherwise."""


class ThresholdSteps:
    """Puts every choice of a person on the stack."""

    def __init__(
        self, undo: QUndoStack, restore: Callable[[Chosen], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._undo, self._restore, self._clock = undo, restore, clock
        self._present: Chosen | None = None
        self._drag_until = clock()

    def note(self, chosen: Chosen | None) -> None:
        """Take what holds now, that nobody has chosen: what the next choice starts from."""
        self._present = chosen

    def take(self, chosen: Chosen | None) -> None:
        """Take what a person has chosen just now."""
        before, self._present = self._present, chosen
        if before is None or chosen is None or before == chosen:
            return
        now, by_hand = self._clock(), chosen.held.target is None
        self._undo.push(_Step(before, chosen, self._come_back, goes_on=by_hand and now < self._drag_until))
        self._drag_until = now + REST_S if by_hand else now

    def _come_back(self, chosen: Chosen) -> None:
        self._drag_until = self._clock()
        self._restore(chosen)


class _Step(QUndoCommand):
    """From one choice to another, which is in force already when it is pushed."""

    def __init__(self, before: Chosen, after: Chosen, restore: Callable[[Chosen], None], *, goes_on: bool) -> None:
        super().__init__(_words(before, after))
        self._before, self._after, self._restore = before, after, restore
        self._goes_on = goes_on
        """Whether it belongs to the drag that the step before it began."""
        self._is_done = True

    def id(self) -> int:
        """The same for all steps of the threshold."""
        return _ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a further piece of a drag into this step."""
        if not isinstance(other, _Step) or not other._goes_on:
            return False
        self._after = other._after
        self.setText(_words(self._before, self._after))
        self.setObsolete(self._before == self._after)
        return True

    def redo(self) -> None:
        """Choose it again; not when it is pushed."""
        if not self._is_done:
            self._is_done = True
            self._restore(self._after)

    def undo(self) -> None:
        """Come back to what was chosen before."""
        self._is_done = False
        self._restore(self._before)


def _words(before: Chosen, after: Chosen) -> str:
    """Such as 'threshold 0.420 → 0.380'."""
    first, second = before.held.words, after.held.words
    return f"threshold {first} → {second}" if first != second else f"threshold {second}"
