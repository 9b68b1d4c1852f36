"""A slider over the looks of a run, with a button that plays them."""

import math

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from explorer import formats
from explorer.icons import icon
from explorer.theme import UNIT, digits_font
from explorer.time_left import TimeLeft
from explorer.translation import tr
from explorer.widgets.jump_slider import JumpSlider

_EVERY_MS = 350
"""Between two looks while they are played: a little longer than the points take to move."""
_LONGEST_S = 30
_MOST_PLAYED = 1000 * _LONGEST_S // _EVERY_MS
_MORE = tr("Earlier looks")
_PLAY = tr(
    "Play how the map came about, from the look that is shown on; at the newest, from the first. A look "
    "is shown for {value:.2g} s. Of more than {MOST_PLAYED}, looks are skipped evenly, so that it takes "
    "{LONGEST_S} s at most; the slider goes to every one."
).format(value=_EVERY_MS / 1000, MOST_PLAYED=_MOST_PLAYED, LONGEST_S=_LONGEST_S)
_SLIDER = tr(
    "Earlier looks at the model; at the right end, the newest. The line in the curves can be dragged to the same end."
)
_ONE = tr("There is one look only so far.")
_LOAD = tr("'Earlier looks' lays out those that are kept with the run.")


class Timeline(QWidget):
    """The last position is the newest look, which the slider stays with until it is moved."""

    step_chosen = Signal(object)
    """The step of the look to show; None: the newest, whatever comes."""
    load_requested = Signal()
    """The looks that are kept with the run are to be laid out."""
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._steps: tuple[int, ...] = ()
        self._loading, self._left = False, TimeLeft()
        self._stride = 1
        """Looks that each step of playing goes on by."""
        self._play, self._slider, self._text = QToolButton(), JumpSlider(), QLabel()
        self._more = QPushButton(_MORE)
        self._playing = QTimer(self, interval=_EVERY_MS)
        self._set_up()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(self._play)
        line.addWidget(self._slider, 1)
        line.addWidget(self._text)
        line.addWidget(self._more)
        self._playing.timeout.connect(self._advance)
        self._play.clicked.connect(self._toggle)
        self._slider.valueChanged.connect(self._tell)
        self._more.clicked.connect(lambda: (self.cancel_requested if self._loading else self.load_requested).emit())
        self._show_text()

    def set_steps(self, steps: tuple[int, ...]) -> None:
        """Offer the looks of these steps, ascending. The one that is shown stays shown while it is among them."""
        before, self._steps = self.step, steps
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(0, len(steps) - 1))
            self._slider.setValue(steps.index(before) if before in steps else len(steps) - 1)
        self._tell_use()
        self._show_text()
        if before is not None and self.step is None:
            self.step_chosen.emit(None)

    @property
    def step(self) -> int | None:
        """Step of the look that is shown; None where it is the newest."""
        place = self._slider.value()
        return None if place >= len(self._steps) - 1 else self._steps[place]

    def show_nearest(self, step: float) -> None:
        """Go to the look nearest to a step, as if the user had moved the slider there."""
        if self._steps:
            self._slider.setValue(min(range(len(self._steps)), key=lambda place: abs(self._steps[place] - step)))

    def set_refusal(self, reason: str) -> None:
        """Say why earlier looks cannot be laid out now; empty where they can."""
        self._more.setEnabled(not reason)
        self._more.setToolTip(
            reason or tr("Lay out the looks that were kept with the run, each going on from the next later one.")
        )
        self._tell_use()

    def set_progress(self, done: int, total: int) -> None:
        """Say how many of the earlier looks are laid out, and how long the rest takes; the button ends it."""
        share = done / max(1, total)
        if not self._loading:
            self._left.begin(share)
        self._loading = True
        seconds = self._left.at(share)
        left = "" if seconds is None else f" · {formats.duration(seconds)}"
        self._more.setText(tr("Cancel ({done}/{total}{left})").format(done=done, total=total, left=left))

    def end_progress(self) -> None:
        """Nothing is being laid out any more."""
        self._loading = False
        self._more.setText(_MORE)

    def _set_up(self) -> None:
        self._play.setObjectName("play_looks")
        self._play.setAccessibleName(tr("Play the looks"))
        self._play.setIcon(icon("play"))
        self._play.setCheckable(True)
        self._slider.setObjectName("look_slider")
        self._slider.setAccessibleName(tr("Look at the model"))
        self._text.setFont(digits_font())
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._more.setObjectName("earlier_looks")
        self.set_refusal("")

    def _tell_use(self) -> None:
        several = len(self._steps) > 1
        alone = f"{_ONE} {_LOAD}" if self._more.isEnabled() else _ONE
        for control, help_text in ((self._play, _PLAY), (self._slider, _SLIDER)):
            control.setEnabled(several)
            control.setToolTip(help_text if several else alone)

    def _toggle(self) -> None:
        if self._play.isChecked():
            if self.step is None:
                self._slider.setValue(0)
            self._stride = math.ceil((self._slider.maximum() - self._slider.value()) / _MOST_PLAYED)
            self._playing.start()
        else:
            self._stop()

    def _advance(self) -> None:
        self._slider.setValue(self._slider.value() + self._stride)  # which ends with the newest
        if self._slider.value() >= self._slider.maximum():
            self._stop()

    def _stop(self) -> None:
        self._playing.stop()
        self._play.setChecked(False)

    def _tell(self) -> None:
        self._show_text()
        self.step_chosen.emit(self.step)

    def _show_text(self) -> None:
        count = len(self._steps)
        place = self._slider.value() + 1 if count else 0
        self._text.setText(tr("{place} of {count}").format(place=formats.count(place), count=formats.count(count)))
