"""Fields with a few choices: a combo box and a tick box that answer for one setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from explorer.translation import tr
from explorer.widgets.wheel import wheel_only_when_focused

_ITEM_FLAGS = Qt.ItemDataRole.UserRole - 1
"""Role under which a combo box keeps what may be done with an entry; 0 disables it."""


@dataclass(frozen=True)
class Choice:
    """One entry of a combo box."""

    value: object
    label: str
    help: str = ""
    unavailable: str = ""
    """Why it cannot be chosen here; empty where it can."""


class ChoiceField(QComboBox):
    """A combo box over typed values that reports only what the user chose."""

    edited = Signal()
    """The user has chosen another value."""

    def __init__(
        self, name: str, choices: Sequence[Choice], help_text: str = "", *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._help = help_text
        self._chosen = 0
        self.setAccessibleName(name)
        self.setObjectName(f"{key}_field")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        wheel_only_when_focused(self)
        for row, choice in enumerate(choices):
            self.addItem(choice.label)
            help_of_row = "\n\n".join(part for part in (choice.unavailable, choice.help) if part)
            self.setItemData(row, help_of_row, Qt.ItemDataRole.ToolTipRole)
            if choice.unavailable:
                self.setItemData(row, 0, _ITEM_FLAGS)
        self.activated.connect(self._on_activated)
        self._explain()

    def offer(self, choice: Choice) -> None:
        """Add a choice, unless there is one of its value."""
        if all(choice.value != other.value for other in self._choices):
            self._choices = (*self._choices, choice)
            self.addItem(choice.label)
            self.setItemData(self.count() - 1, choice.help, Qt.ItemDataRole.ToolTipRole)

    def value(self) -> Any:
        """The value chosen."""
        return self._choices[self._chosen].value

    def set_value(self, value: object) -> None:
        """Choose a value without a signal.

        Raises
        ------
        ValueError
            where it is none of the choices.
        """
        values = [choice.value for choice in self._choices]
        if value not in values:
            raise ValueError(
                tr("{accessibleName} takes one of {values}, found {value!r}").format(
                    accessibleName=self.accessibleName(), values=values, value=value
                )
            )
        self._chosen = values.index(value)
        self.setCurrentIndex(self._chosen)
        self._explain()

    def help(self) -> str:
        """What the setting does, and what the present choice means."""
        choice = self._choices[self._chosen]
        return "\n\n".join(part for part in (self._help, choice.help and f"{choice.label}: {choice.help}") if part)

    def _on_activated(self, row: int) -> None:
        if row != self._chosen:
            self._chosen = row
            self._explain()
            self.edited.emit()

    def _explain(self) -> None:
        self.setToolTip(self.help())


class TickField(QCheckBox):
    """A tick box that reports only what the user did."""

    edited = Signal()
    """The user has ticked or unticked it."""

    def __init__(self, name: str, text: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setObjectName(f"{key}_field")
        self.clicked.connect(lambda: self.edited.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Tick or untick without a signal."""
        self.setChecked(value)
