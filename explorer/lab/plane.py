"""A plane of embeddings that have two values each."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsItem, QWidget

from explorer import theme
from explorer.lab.handles import Handle, HandlePlot
from explorer.translation import tr
from explorer.widgets.plot_note import PlotNote

_AXES = (tr("1st value of the embedding"), tr("2nd value of the embedding"))

Item = TypeVar("Item", bound=QGraphicsItem)


class Plane(HandlePlot):
    """A plane in which a circle is a circle: both axes have the same scale.

    Parameters
    ----------
    name, handles
        See `HandlePlot`.
    half
        The plane goes from minus this to this, in both values.
    axes
        What the values are.
    fixed
        See `HandlePlot`.
    """

    def __init__(
        self,
        name: str,
        handles: Sequence[Handle],
        half: float,
        axes: tuple[str, str] = _AXES,
        *,
        fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._half = half
        super().__init__(name, handles, (-half, half), (-half, half), fixed=fixed, parent=parent)
        self.note = PlotNote(self.view, [Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft])
        self.recoloured.connect(self._colour_note)
        self._colour_note()
        self.set_axes(*axes)
        self.view.setAspectLocked(True)
        self.setMinimumSize(28 * theme.UNIT, 28 * theme.UNIT)
        self.fit()

    def add(self, item: Item) -> Item:
        """Draw an item of `explorer.lab.drawn` too."""
        self.view.addItem(item, ignoreBounds=True)
        return item

    def fit(self) -> None:
        """Show the whole plane."""
        self.view.setRange(xRange=(-self._half, self._half), yRange=(-self._half, self._half), padding=0)

    def set_half(self, half: float) -> None:
        """Let the plane go farther or less far, and show all of it."""
        if half != self._half:
            self._half = half
            self.fit()

    def _colour_note(self) -> None:
        self.note.set_theme(self.ink(0.75), self.ink(0.0), self.font())
