from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.widgets.offering import offer


def test_a_control_says_what_it_does_and_first_why_it_cannot(qtbot: QtBot) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    offer(button, "Keep it.", "There is nothing.")
    assert (button.isEnabled(), button.toolTip()) == (False, "There is nothing.\n\nKeep it.")
    offer(button, "Keep it.")
    assert (button.isEnabled(), button.toolTip()) == (True, "Keep it.")
