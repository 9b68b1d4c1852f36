"""What every picture of the lab is made of."""

import pkgutil
from abc import abstractmethod
from collections.abc import Callable
from importlib import import_module
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.hyperparameters import SettingSpec
from explorer import theme
from explorer.lab import pictures
from explorer.widgets.plot import Plot
from explorer.widgets.value_slider import ValueSlider


class Picture(QWidget):
    """A live picture: plots side by side, figures and sliders below; a subclass computes and draws.

    A module of `explorer.lab.pictures` with a subclass is all that a new picture takes.
    """

    place: ClassVar[int]
    """In the list: ascending."""
    title: ClassVar[str]
    """In the list."""
    sentence: ClassVar[str]
    """What to try, in one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sliders: dict[str, ValueSlider] = {}
        self._specs: dict[str, SettingSpec] = {}
        words = QLabel(self.sentence)
        words.setObjectName("sentence")
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.plots: QBoxLayout = QHBoxLayout()
        self.plots.setSpacing(theme.UNIT)
        self.controls = QVBoxLayout()
        self.controls.setSpacing(theme.UNIT // 2)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(words)
        layout.addLayout(self.plots, 1)
        layout.addLayout(self.controls)

    @abstractmethod
    def refresh(self) -> None:
        """Compute and draw everything anew, in less than 5 ms; called for every change."""

    def add_plot(self, plot: Plot, *below: QWidget) -> None:
        """Put a plot to the right of the others, with what belongs to it below; it follows the theme."""
        column = QVBoxLayout()
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(plot, 1)
        for widget in below:
            column.addWidget(widget)
        self.plots.addLayout(column, 1)
        plot.recoloured.connect(self.refresh)

    def add_sliders(self, *settings: "Setting") -> None:
        """Put sliders below one another, aligned; each move refreshes."""
        made = [ValueSlider(spec) for spec, _ in settings]
        width = max(slider.label.sizeHint().width() for slider in made)
        for slider, (spec, value) in zip(made, settings, strict=True):
            slider.label.setFixedWidth(width)
            slider.confirm(value)
            slider.moved.connect(self._on_moved)
            self.controls.addWidget(slider)
            self._sliders[spec.name], self._specs[spec.name] = slider, spec

    def setting(self, name: str) -> float:
        """Value of a slider."""
        return self._sliders[name].value()

    def set_setting(self, name: str, value: float) -> None:
        """Move a slider, as far as it goes, after a handle that means the same; refreshes."""
        spec = self._specs[name]
        self._sliders[name].confirm(round(min(max(value, spec.minimum), spec.maximum), spec.decimals))

    def stop(self) -> None:
        """End what moves by itself; called when the picture is out of sight."""

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.stop()

    def _on_moved(self, _value: float) -> None:
        self.refresh()


class Setting(NamedTuple):
    """A slider and its first value."""

    spec: SettingSpec
    start: float


def setting(
    name: str, label: str, limits: tuple[float, float], start: float, help_text: str, decimals: int = 2
) -> Setting:
    """A slider between limits, and what it does and when to move it."""
    return Setting(SettingSpec(name, label, *limits, "linear", decimals, help_text), start)


def button(name: str, text: str, help_text: str, clicked: Callable[[], object]) -> QPushButton:
    """A button that says what it does, and does it."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setToolTip(help_text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


def row(first: QWidget, *others: QWidget) -> QWidget:
    """Controls side by side, of which the first one takes the space that is left."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.UNIT)
    layout.addWidget(first, 1)
    for other in others:
        layout.addWidget(other)
    return made


def find_pictures() -> list[type[Picture]]:
    """The picture of each module of `explorer.lab.pictures`, in the order of the list."""
    modules = [import_module(f"{pictures.__name__}.{found.name}") for found in pkgutil.iter_modules(pictures.__path__)]
    kinds = [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Picture) and kind.__module__ == module.__name__
    ]
    return sorted(kinds, key=lambda kind: kind.place)
