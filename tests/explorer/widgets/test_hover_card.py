import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.hover_card import HoverCard


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(400, 300)
    room.show()
    qtbot.waitExposed(room)
    return room


@pytest.mark.parametrize("place", [(0, 0), (200, 150), (399, 0), (0, 299), (399, 299)])
def test_stands_beside_the_mouse_and_within_the_room(room: QWidget, place: tuple[int, int]) -> None:
    card = HoverCard(room)
    card.show_text("class cat\nimage 7\nheld-out", QPoint(*place))
    assert card.isVisible()
    assert room.rect().contains(card.geometry())
    assert not card.geometry().contains(QPoint(*place))


def test_the_image_follows_the_text_and_stays_within_the_room(room: QWidget) -> None:
    card = HoverCard(room)
    card.show_text("class cat", QPoint(399, 299))
    assert card.pixmap().isNull()
    image = QImage(300, 150, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    card.show_image(image, "class cat\na longer text\nof four\nlines")
    assert card.text().endswith("lines")
    assert card.pixmap().width() == 2 * card.pixmap().height()
    assert room.rect().contains(card.geometry())
    card.show_text("class dog", QPoint(0, 0))
    assert card.pixmap().isNull()


def test_says_when_the_image_cannot_be_read(room: QWidget) -> None:
    card = HoverCard(room)
    card.show_text("class cat", QPoint(0, 0))
    waiting = card.grab().toImage()
    card.show_image(QImage(), "class cat")
    assert card.pixmap().isNull()
    assert card.grab().toImage() != waiting


def test_never_takes_the_mouse(room: QWidget) -> None:
    card = HoverCard(room)
    card.show_text("class cat", QPoint(0, 0))
    assert room.childAt(card.geometry().center()) is None
