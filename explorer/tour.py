"""The first three minutes: start the built-in run, watch it learn, try it on two images."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtWidgets import QWidget

from explorer import theme
from explorer.state import genuine_pair
from explorer.translation import tr
from explorer.widgets.callout import Callout, Rings
from explorer.widgets.run_bar import RunStage

if TYPE_CHECKING:
    from explorer.main_window import MainWindow

_INSET = 2 * theme.UNIT
"""Between the box and the edge of what it lies over."""


@dataclass(frozen=True)
class _Step:
    """What is said, which parts it is about, and the dock that the box lies over."""

    title: str
    text: str
    way_on: str
    way_on_help: str
    parts: tuple[str, ...]
    over: str


_STEPS = (
    _Step(
        tr("Train a first model"),
        tr(
            "Start trains with the settings at the left. The built-in digits are chosen: a small network learns in "
            "about a minute to put images of one digit close together."
        ),
        tr("Start"),
        tr("Start the run, as the button in the bar does."),
        ("start",),
        "map",
    ),
    _Step(
        tr("Watch it learn"),
        tr(
            "On the map every image is a point; those of one class draw together. ROC says how well pairs of held-out "
            "images are told apart, and where to draw the line. The run goes on by itself; the tour follows its end."
        ),
        tr("Next"),
        tr("Go on without waiting for the end of the run."),
        ("map", "roc"),
        "setup",
    ),
    _Step(
        tr("Try it on two images"),
        tr(
            "Drop two images on A and B, your own or points of the map, and the model says whether they show the same. "
            "The threshold of ROC decides, here and everywhere."
        ),
        tr("Try a pair"),
        tr("Put two held-out images of one class into the slots."),
        ("verify",),
        "map",
    ),
)


class Tour(QObject):
    """Three steps over the window, which stays usable; an end of training leads to the last."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._box, self._rings = Callout(window), Rings(window)
        self._place = -1
        self._has_pair = False
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._follow)
        self._box.next_pressed.connect(self._go_on)
        self._box.skipped.connect(self.end)
        training = window.bridges.training
        window.bar.headline_changed.connect(lambda words: self._reach(1) if words else None)
        training.finished.connect(lambda event: self._reach(2) if event.step else self._reach(0, back=True))
        training.failed.connect(lambda _message, _details: self._reach(0, back=True))
        self.end()

    @property
    def is_on(self) -> bool:
        """Whether a step is shown."""
        return self._place >= 0

    def begin(self) -> None:
        """Begin at the first step; at the second while a run trains."""
        self._window.installEventFilter(self)
        for dock in self._window.docks.all():
            dock.installEventFilter(self)
        self._show(0 if self._window.bar.stage is RunStage.IDLE else 1)
        self._box.take_keyboard()

    def end(self) -> None:
        """Take it away."""
        self._place = -1
        self._window.removeEventFilter(self)
        for dock in self._window.docks.all():
            dock.removeEventFilter(self)
        self._box.hide()
        self._rings.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the parts when they move."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._settle.start()
        return super().eventFilter(watched, event)

    # --- the steps

    def _go_on(self) -> None:
        if self._place == 0:
            self._window.run.start()
        elif self._place == 1:
            self._show(2)
        elif self._has_pair:
            self.end()
        else:
            self._try_a_pair()

    def _try_a_pair(self) -> None:
        pair = genuine_pair(self._window.state)
        if pair is not None:
            self._window.panels.verify.choose({"A": pair[0], "B": pair[1]})
        self._has_pair = True
        self._box.set_way_on(tr("Done"), tr("End the tour. Help > Tour begins it again."))

    def _reach(self, place: int, *, back: bool = False) -> None:
        """Go on to a step that the run has led to; a run that came to nothing leads back."""
        if self.is_on and (back or place > self._place):
            self._show(place)

    def _show(self, place: int) -> None:
        step = _STEPS[place]
        self._place, self._has_pair = place, False
        number = tr("{place} of {count}").format(place=place + 1, count=len(_STEPS))
        for name in step.parts:
            if name in self._docks():
                self._window.docks.bring(name)
        self._rings.show()
        self._box.show_step(number, step.title, step.text, step.way_on, step.way_on_help)
        self._follow()
        self._settle.start()  # docks that were brought are laid out first

    def _follow(self) -> None:
        """Put the box and the rings where the parts are now."""
        if not self.is_on:
            return
        step = _STEPS[self._place]
        areas = [area for name in step.parts if (area := self._area(self._part(name))) is not None]
        box = self._box_area(self._area(self._part(step.over)), areas[0] if areas else None)
        self._box.setGeometry(box)
        self._rings.show_round(areas, box)
        self._box.raise_()

    def _box_area(self, over: QRect | None, part: QRect | None) -> QRect:
        """As near to a part as what it lies over allows; in the middle of the window where that is not in it."""
        width = self._box.width()
        size = QSize(width, max(self._box.heightForWidth(width), self._box.sizeHint().height()))
        bounds = (over or self._window.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        wanted = (part if over is not None and part is not None else bounds).center()
        area = QRect(wanted - QPoint(size.width() // 2, size.height() // 2), size)
        area.moveLeft(max(bounds.left(), min(area.left(), bounds.right() - size.width())))
        area.moveTop(max(bounds.top(), min(area.top(), bounds.bottom() - size.height())))
        return area

    def _docks(self) -> dict[str, QWidget]:
        return dict(self._window.docks.named())

    def _part(self, name: str) -> QWidget | None:
        return self._window.bar.widgetForAction(self._window.bar.start) if name == "start" else self._docks()[name]

    def _area(self, part: QWidget | None) -> QRect | None:
        """Where a part is in the window; None where it is not to be seen there."""
        if part is None or part.window() is not self._window or part.visibleRegion().isEmpty():
            return None
        return QRect(part.mapTo(self._window, QPoint(0, 0)), part.size())
