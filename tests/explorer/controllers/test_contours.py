from PySide6.QtGui import QAction, QImage

from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


def shot(desk: Desk) -> QImage:
    return desk.map._plot.viewport().grab().toImage()


def test_lines_come_when_they_are_switched_on_and_with_every_look(desk: Desk) -> None:
    desk.map.resize(608, 460)
    desk.train()
    desk.maps.set_method("pca")
    desk.session.look(snapshot(10, count=60))
    desk.settle()
    desk.map.redraw()
    before = shot(desk)
    traced: list[object] = []
    desk.bridges.contours.ready.connect(traced.append)
    action = desk.map.findChild(QAction, "show_contours")
    assert action is not None
    action.trigger()
    desk.settle()
    assert shot(desk) != before
    assert len(traced) == 1
    desk.session.look(snapshot(20, count=60))
    desk.settle()
    desk.map.redraw()
    desk.settle()
    assert len(traced) == 2
