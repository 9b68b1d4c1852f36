"""All actions of one window, whoever has made them; the command palette and the list of shortcuts read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence


def plain(text: str) -> str:
    """The text of a menu's entry without the marks of its key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def why_disabled(action: QAction) -> str:
    """What the tooltip of a disabled action says; empty where it is enabled."""
    return "" if action.isEnabled() else action.toolTip()


def status_tip(action: QAction) -> str:
    """What an action does, in its own words."""
    return action.statusTip()


def is_checked(action: QAction) -> bool:
    """Whether an action is ticked."""
    return action.isChecked()


@dataclass(frozen=True)
class Entry:
    """One action, and where it belongs."""

    group: str
    """Title of its menu or panel."""
    action: QAction
    refusal: Callable[[QAction], str] = why_disabled
    """Says why it cannot be done at the moment; empty where it can."""
    meaning: Callable[[QAction], str] = status_tip
    """Says what it does."""
    state: Callable[[QAction], bool] = is_checked
    """Says whether what it switches on, or chooses, is so already."""

    @property
    def name(self) -> str:
        """What the action is remembered by."""
        return self.action.objectName()

    @property
    def title(self) -> str:
        """What the action is called."""
        return plain(self.action.text())

    @property
    def keys(self) -> str:
        """Its shortcut as the system writes it; the first one where it has several."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def help(self) -> str:
        """What it does."""
        return self.meaning(self.action)

    @property
    def is_on(self) -> bool:
        """Whether what it switches on, or chooses, is so already."""
        return self.state(self.action)

    @property
    def refused(self) -> str:
        """Why it cannot be done at the moment, in one sentence; empty where it can."""
        return self.refusal(self.action)


class Entries:
    """Collects actions; those that come and go, such as recent runs, are asked for each time."""

    def __init__(self) -> None:
        self._kept: dict[str, Entry] = {}
        self._sources: list[Callable[[], Iterable[Entry]]] = []

    def add(self, group: str, actions: Mapping[str, QAction]) -> None:
        """Take actions of one group, by their names.

        Raises
        ------
        ValueError
            There is an action of that name.
        """
        for name, action in actions.items():
            if name in self._kept:
                raise ValueError(f"action {name!r}: each has a name of its own, found it twice")
            action.setObjectName(name)
            self._kept[name] = Entry(group, action)

    def add_entry(self, entry: Entry) -> None:
        """Take one action that knows by itself why it cannot be done."""
        if entry.name in self._kept:
            raise ValueError(f"action {entry.name!r}: each has a name of its own, found it twice")
        self._kept[entry.name] = entry

    def add_source(self, source: Callable[[], Iterable[Entry]]) -> None:
        """Take actions that are there only for a time."""
        self._sources.append(source)

    def kept(self) -> list[Entry]:
        """Actions that are always there, in the order in which they came."""
        return list(self._kept.values())

    def all(self) -> list[Entry]:
        """Every action there is now."""
        return [*self._kept.values(), *(entry for source in self._sources for entry in source())]
