"""What the map is compared with, and how both are shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from explorer import formats
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.wheel import wheel_only_when_focused

_THIS = tr("this run")
_RUN = tr("Which run the other look is of: this one, another that was used of late, or one in a folder of yours.")
_STEP = tr("The step of the other look: those that are kept with its run.")
_NO_STEP = tr("No other look is kept with this run; choose another run.")
_VIEWS = {
    False: (
        tr("Side by side"),
        "side_by_side",
        tr("Both maps beside one another; they move, zoom and select together."),
    ),
    True: (
        tr("Overlaid"),
        "overlaid",
        tr(
            "One map over the other: faint where the images were, with lines to where they "
            "are; of the selected images, or of the most changed."
        ),
    ),
}


class CompareBar(QWidget):
    """A run, a look of it, and one of two views."""

    run_chosen = Signal(object)
    """Path of the run whose looks are to be offered; None: the run on the map."""
    folder_requested = Signal()
    """The user wants to choose a run folder."""
    step_chosen = Signal(int)
    """Compare with the look of this step."""
    overlay_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._steps = QPushButton(), QComboBox()
        self._menu = QMenu(self._run)
        self._views = QButtonGroup(self)
        self._set_up()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT // 2)
        for widget in (QLabel(tr("Compared with")), self._run, QLabel(tr("at step")), self._steps):
            line.addWidget(widget)
        line.addStretch(1)
        for button in self._views.buttons():
            line.addWidget(button)
        self.set_recent(())
        self.set_run(None)
        self.set_steps((), None)

    def set_recent(self, runs: Sequence[str]) -> None:
        """Offer run folders, the newest first."""
        self._menu.clear()
        self._menu.addAction(_THIS, lambda: self.run_chosen.emit(None))
        self._menu.addAction(tr("Choose a folder…"), self.folder_requested.emit)
        if runs:
            self._menu.addSeparator()
        for run in runs:
            action = QAction(Path(run).name.replace("&", "&&"), self._menu)
            action.setToolTip(run)
            action.triggered.connect(lambda _checked=False, run=run: self.run_chosen.emit(Path(run)))
            self._menu.addAction(action)

    def set_run(self, run: Path | None) -> None:
        """Show which run's looks are offered; None: those of the run on the map."""
        name = _THIS if run is None else run.name
        metrics = QFontMetrics(self._run.font())
        self._run.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, 20 * UNIT).replace("&", "&&"))
        self._run.setToolTip(_RUN if run is None else f"{run}\n\n{_RUN}")

    def set_steps(self, steps: Sequence[int], chosen: int | None) -> None:
        """Offer the looks of these steps, and show which is chosen; emits nothing."""
        self._steps.clear()
        for step in steps:
            self._steps.addItem(formats.count(step), step)
        self._steps.setCurrentIndex(-1 if chosen is None else self._steps.findData(chosen))
        self._steps.setEnabled(bool(steps))
        self._steps.setToolTip(_STEP if steps else _NO_STEP)

    def _set_up(self) -> None:
        self._run.setObjectName("compare_run")
        self._run.setAccessibleName(tr("Run to compare with"))
        self._menu.setToolTipsVisible(True)
        self._run.setMenu(self._menu)
        self._steps.setObjectName("compare_step")
        self._steps.setAccessibleName(tr("Step to compare with"))
        self._steps.setMaxVisibleItems(15)
        self._steps.setMinimumContentsLength(5)
        wheel_only_when_focused(self._steps)
        self._steps.activated.connect(lambda row: self.step_chosen.emit(self._steps.itemData(row)))
        for overlaid, (text, name, help_text) in _VIEWS.items():
            button = QToolButton()
            button.setText(text)
            button.setObjectName(name)
            button.setToolTip(help_text)
            button.setCheckable(True)
            button.setChecked(not overlaid)
            button.setAutoRaise(True)  # so that the checked one stands out in the dark theme too
            button.clicked.connect(lambda _checked=False, overlaid=overlaid: self.overlay_chosen.emit(overlaid))
            self._views.addButton(button)
