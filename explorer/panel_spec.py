"""What a panel declares of itself, so that window, menus, palette and guide know it before it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from explorer.controllers.assembly import Controllers

Panel = TypeVar("Panel", bound=QWidget)


class Place(IntEnum):
    """Where docks stand at first, in reading order: three columns of two places, with tabs where several share one."""

    LEFT_TOP = auto()
    LEFT_BOTTOM = auto()
    CENTRE_TOP = auto()
    CENTRE_BOTTOM = auto()
    RIGHT_TOP = auto()
    RIGHT_BOTTOM = auto()


@dataclass(frozen=True)
class ControlSpec:
    """An action that does what a control of the panel does."""

    control: str
    """Object name of a button, field, slot, tab bar or menu entry in it."""
    text: str
    keys: str
    """What follows the panel's keys."""
    picture: str = ""
    """Name of its icon."""
    choice: str | int | None = None
    """What is chosen of a field, by its data or its text, or of tabs, by their place; None: the control itself."""
    tab: tuple[str, int] | None = None
    """Object name of the tabs that the control stands behind, and the place of its tab."""

    @property
    def name(self) -> str:
        """The action's own, among those of its panel."""
        return self.control if self.choice is None else f"{self.control}_{self.choice}"


@dataclass(frozen=True)
class FieldSpec:
    """A field of which the palette offers every choice."""

    control: str
    text: str
    """What its choices are called, such as 'Colour by {}'."""


@dataclass(frozen=True)
class PanelSpec(Generic[Panel]):
    """A panel and its dock. Both are called by the name of the module that declares it."""

    title: str
    letter: str
    """Its keys begin with Ctrl+Shift and this one; the letter again brings it to the front, and Q shows or hides it."""
    page: str
    """Of the guide, opened by F1 where the panel has the keyboard."""
    place: Place
    make: Callable[[], Panel]
    """Makes the panel; imports what that takes inside, since the window's first picture waits for this module."""
    rank: int = 99
    """Among the tabs of its place: ascending, then by name. The lowest is in front."""
    controls: tuple[ControlSpec, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    connect: Callable[[Panel, "Controllers"], object] | None = None
    """Joins the panel with state, bridges and other panels once all are there; the window keeps what it returns."""

    @property
    def keys(self) -> str:
        """What all its keys begin with."""
        return f"Ctrl+Shift+{self.letter}"

    @property
    def bring_keys(self) -> str:
        """Bring it to the front."""
        return f"{self.keys}, {self.letter}"

    @property
    def toggle_keys(self) -> str:
        """Show or hide it."""
        return f"{self.keys}, Q"

    def keys_of(self, control: ControlSpec) -> str:
        """Do what a control of it does."""
        return f"{self.keys}, {control.keys}"
