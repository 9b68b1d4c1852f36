"""A change that can be taken back, for the window's one history of them."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand, QUndoStack


class Change(QUndoCommand):
    """Something that is done when it is pushed, or was done already.

    Parameters
    ----------
    text
        What it does, for the menu.
    do
        Does it, and does it again after it was taken back.
    take_back
        Takes it back.
    is_done
        Whether it has happened before it is pushed.
    outlives_run
        Whether it is of something else than the run that is shown, and can be taken back when another one is.
    """

    def __init__(
        self,
        text: str,
        do: Callable[[], None],
        take_back: Callable[[], None],
        *,
        is_done: bool = False,
        outlives_run: bool = False,
    ) -> None:
        super().__init__(text)
        self._do, self._take_back, self._is_done = do, take_back, is_done
        self.outlives_run = outlives_run

    def redo(self) -> None:
        """Do it, unless it is done; Qt calls this when the change is pushed."""
        if not self._is_done:
            self._is_done = True
            self._do()

    def undo(self) -> None:
        """Take it back."""
        self._is_done = False
        self._take_back()

    def again(self) -> "Change":
        """The same for another stack, which deletes what it holds."""
        return Change(self.text(), self._do, self._take_back, is_done=self._is_done, outlives_run=self.outlives_run)


def forget_run(undo: QUndoStack) -> None:
    """Leave what outlives a run, in its order; what was taken back of it cannot be done again then."""
    done = [undo.command(place) for place in range(undo.index())]
    kept = [change.again() for change in done if isinstance(change, Change) and change.outlives_run]
    undo.clear()
    for change in kept:
        undo.push(change)
