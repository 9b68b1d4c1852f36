"""A line that narrows what is shown below it."""

from PySide6.QtWidgets import QLineEdit

from explorer.icons import icon


class SearchField(QLineEdit):
    """Looks alike wherever something is searched.

    Parameters
    ----------
    name
        Object name.
    accessible
        What is searched, for screen readers.
    placeholder
        What stands in it while it is empty.
    help_text
        What it finds.
    """

    def __init__(self, name: str, accessible: str, placeholder: str, help_text: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setPlaceholderText(placeholder)
        self.setToolTip(help_text)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
