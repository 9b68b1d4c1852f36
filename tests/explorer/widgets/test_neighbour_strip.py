import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QImage
from pytestqt.qtbot import QtBot

from explorer.theme import GENUINE, IMPOSTOR
from explorer.widgets.neighbour_strip import NeighbourItem, NeighbourStrip
from explorer.widgets.sample_drag import SAMPLE_FORMAT, SampleImage
from tests.explorer.pointing import click, drag

ITEMS = tuple(
    NeighbourItem(10 + i, f"image {i}", "cat" if i % 2 == 0 else "dog", 0.1 * i, i % 2 == 0) for i in range(10)
)


@pytest.fixture
def strip(qtbot: QtBot) -> NeighbourStrip:
    strip = NeighbourStrip()
    qtbot.addWidget(strip)
    strip.resize(300, strip.sizeHint().height())
    strip.show_items(ITEMS)
    strip.show()
    return strip


def centre(strip: NeighbourStrip, place: int) -> QPoint:
    return strip._cell(place).center()


def test_without_neighbours_there_is_no_strip(strip: NeighbourStrip) -> None:
    assert strip.isVisible()
    strip.show_items(())
    assert not strip.isVisible()


def test_another_class_stands_out_by_colour_and_line(strip: NeighbourStrip) -> None:
    image = strip.grab().toImage()
    edges = [
        {image.pixelColor(x, strip._cell(place).top() - 1).name() for x in range(a.left(), a.right())}
        for place in (0, 1)
        for a in [strip._cell(place)]
    ]
    assert edges[0] == {GENUINE.name()}
    assert IMPOSTOR.name() in edges[1]
    assert len(edges[1]) > 1, "dashed"


def test_pictures_follow(strip: NeighbourStrip) -> None:
    red = QImage(20, 10, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    strip.set_image(11, red)
    strip.set_image(99, red)
    image = strip.grab().toImage()
    assert image.pixelColor(centre(strip, 1)).name() == "#ff0000"
    assert image.pixelColor(centre(strip, 0)).name() != "#ff0000"


def test_a_click_or_return_goes_to_an_image(strip: NeighbourStrip, qtbot: QtBot) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    click(strip, centre(strip, 2))
    click(strip, strip._cell(0).topRight() + QPoint(4, 4))
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert chosen == [12, 11]
    assert strip.accessibleName() == "Neighbours: image 1, class dog, another class, distance 0.100"


def test_what_has_no_room_is_not_clicked(strip: NeighbourStrip) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    for x in range(0, 300, 10):
        click(strip, QPoint(x, 20))
    assert set(chosen) == {10, 11, 12, 13, 14}


def test_an_image_can_be_dragged_out_and_that_is_no_click(
    strip: NeighbourStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried, chosen = [], []
    monkeypatch.setattr(
        QDrag, "exec", lambda drag, _action: carried.append(bytes(drag.mimeData().data(SAMPLE_FORMAT).data()))
    )
    strip.chosen.connect(chosen.append)
    strip.set_image_provider(
        lambda sample_id: SampleImage(f"cat/{sample_id}", QImage(2, 2, QImage.Format.Format_RGB32))
    )
    drag(strip, centre(strip, 2), centre(strip, 3))
    assert (carried, chosen) == ([b"cat/12"], [])
    strip.set_image_provider(lambda _sample_id: None)
    drag(strip, centre(strip, 2), centre(strip, 3))
    assert (carried, chosen) == ([b"cat/12"], [])
    drag(strip, QPoint(299, 2), centre(strip, 3))
    assert chosen == [], "it was not pressed there"


def test_pictures_that_are_still_shown_stay(strip: NeighbourStrip) -> None:
    for sample_id in (10, 11, 99):
        strip.set_image(sample_id, QImage(2, 2, QImage.Format.Format_RGB32))
    strip.show_items(ITEMS[1:])
    assert set(strip._images) == {11}


def test_classes_have_a_line_of_their_own(qtbot: QtBot) -> None:
    plain, named = NeighbourStrip(side=40), NeighbourStrip(side=40, with_classes=True)
    for strip in (plain, named):
        qtbot.addWidget(strip)
        strip.show_items(ITEMS)
        strip.resize(176, strip.sizeHint().height())
    assert named.height() > plain.height()
    cells = [named._cell(place) for place in range(3)]
    assert cells[0].left() >= 8, "the distance is wider than the picture"
    assert cells[2].right() < 176
    assert not named.grab().isNull()
