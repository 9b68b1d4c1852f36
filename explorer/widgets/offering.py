"""A control that cannot be used says why in its tooltip, before what it does."""

from PySide6.QtWidgets import QWidget


def offer(control: QWidget, help_text: str, why_not: str = "") -> None:
    """Enable a control that does what `help_text` says; a reason `why_not` disables it."""
    control.setEnabled(not why_not)
    control.setToolTip(f"{why_not}\n\n{help_text}" if why_not else help_text)
