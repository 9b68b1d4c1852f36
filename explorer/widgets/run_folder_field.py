"""A field for the folder of a run: what is none is put back, with the reason."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.core_words import in_words
from explorer.translation import tr
from explorer.widgets.path_field import PathField


class RunFolderField(PathField):
    """Takes a run's folder or nothing.

    Parameters
    ----------
    name
        What the field is called in a reason, and asked for in its dialog.
    help_text
        What the run is for.
    check
        Called with a folder that is a run's, or with None; refuses it by a ValueError whose text is the whole reason.
    """

    problem_changed = Signal(str)
    """Why what the user entered was put back, in one sentence; empty when something good has been entered since."""

    def __init__(
        self, name: str, help_text: str, check: Callable[[Path | None], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, help_text, key="run_to_start_from", parent=parent)
        self._check = check
        self._chosen: Path | None = None
        self.setAccessibleName(name)

    def value(self) -> Path | None:
        """The run last set or entered."""
        return self._chosen

    def set_value(self, path: Path | None) -> None:
        """Show a run, or none, without a signal."""
        self._chosen = path
        self._show()

    def _on_edited(self) -> None:
        entered = self.path()
        if entered == self._chosen:
            return
        try:
            if entered is not None and not (entered / "run.json").is_file():
                raise ValueError(tr("{entered}: not a run folder, it has no run.json").format(entered=entered))
            self._check(entered)
        except ValueError as error:
            self._show()
            self.problem_changed.emit(in_words(str(error)))
            return
        self._chosen = entered
        self.problem_changed.emit("")
        self.edited.emit()

    def _show(self) -> None:
        self._line.setText("" if self._chosen is None else str(self._chosen))
