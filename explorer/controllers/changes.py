"""A change that can be taken back, for the window's one history of them."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


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
    """

    def __init__(
        self, text: str, do: Callable[[], None], take_back: Callable[[], None], *, is_done: bool = False
    ) -> None:
        super().__init__(text)
        self._do, self._take_back, self._is_done = do, take_back, is_done

    def redo(self) -> None:
        """Do it, unless it is done; Qt calls this when the change is pushed."""
        if not self._is_done:
            self._is_done = True
            self._do()

    def undo(self) -> None:
        """Take it back."""
        self._is_done = False
        self._take_back()
