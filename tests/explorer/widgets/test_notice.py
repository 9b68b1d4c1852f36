import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.notice import Notice


@pytest.fixture
def notice(qtbot: QtBot) -> Notice:
    notice = Notice()
    qtbot.addWidget(notice)
    return notice


def test_nothing_is_shown_at_first(notice: Notice) -> None:
    assert notice.isHidden()
    assert notice.sentence() == ""


def test_a_warning_stays_until_it_is_dismissed(qtbot: QtBot, notice: Notice) -> None:
    notice.warn("first")
    notice.warn("the embeddings collapse")
    assert notice.isVisible()
    assert notice.sentence() == notice.toolTip() == "the embeddings collapse"
    with qtbot.waitSignal(notice.dismissed):
        qtbot.mouseClick(notice.findChild(QToolButton, "dismiss_notice"), Qt.MouseButton.LeftButton)
    assert notice.isHidden()
    assert notice.sentence() == ""
