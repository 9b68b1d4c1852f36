"""What a person chose as threshold, as steps that can be taken back: a drag is one."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtGui import QUndoCommand, QUndoStack

from explorer.panels.operating_choice import Held
from explorer.translation import tr

if TYPE_CHECKING:
    from core.runs import ThresholdChoice

REST_S = 0.6
"""A hand that rests for so long has ended its drag; what it does next is another step."""


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
        self._newest: _Step | None = None
        self._drag_until = clock()

    def note(self, chosen: Chosen | None) -> None:
        """Take what holds now, that nobody has chosen: what the next choice starts from."""
        self._present = chosen

    def forget(self) -> None:
        """Begin anew: another run has a threshold of its own."""
        self._present = self._newest = None

    def take(self, chosen: Chosen | None) -> None:
        """Take what a person has chosen just now."""
        before, self._present = self._present, chosen
        if before is None or chosen is None or before == chosen:
            return
        now, by_hand = self._clock(), chosen.held.target is None
        if by_hand and now < self._drag_until and self._is_on_top(self._newest):
            self._go_on(self._newest, chosen)
        else:
            self._newest = _Step(before, chosen, self._come_back)
            self._undo.push(self._newest)
        self._drag_until = now + REST_S if by_hand else now

    def _is_on_top(self, step: "_Step | None") -> TypeGuard["_Step"]:
        place = self._undo.index() - 1
        return step is not None and place >= 0 and self._undo.command(place) is step

    def _go_on(self, step: "_Step", chosen: Chosen) -> None:
        """Take a further piece of a drag into its step. By `mergeWith`, PySide would keep every piece for ever."""
        step.go_on(chosen)
        if step.isObsolete():
            self._newest = None
            self._undo.undo()  # which removes it
        else:
            self._undo.undoTextChanged.emit(step.text())

    def _come_back(self, chosen: Chosen) -> None:
        self._drag_until = self._clock()
        self._restore(chosen)


class _Step(QUndoCommand):
    """From one choice to another, which is in force already when it is pushed."""

    def __init__(self, before: Chosen, after: Chosen, restore: Callable[[Chosen], None]) -> None:
        super().__init__(_words(before, after))
        self._before, self._after, self._restore = before, after, restore
        self._is_done = True

    def go_on(self, after: Chosen) -> None:
        """End elsewhere; where that is the beginning, there is nothing to take back."""
        self._after = after
        self.setText(_words(self._before, after))
        self.setObsolete(self._before == after)

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
    return (
        tr("threshold {first} → {second}").format(first=first, second=second)
        if first != second
        else tr("threshold {second}").format(second=second)
    )
