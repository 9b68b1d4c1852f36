from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QTransform
from pytestqt.qtbot import QtBot

from explorer.widgets.place_names import PlaceNames
from explorer.widgets.plot import Plot


def test_earlier_names_come_first_where_room_is_short(qtbot: QtBot) -> None:
    plot = Plot("map")
    qtbot.addWidget(plot)
    names = PlaceNames()
    plot.view.addItem(names)
    names.set_names([("cat", QPointF(0, 0)), ("dog", QPointF(0.5, 0)), ("owl", QPointF(5, 0))])
    metrics = QFontMetricsF(plot.font())

    def written(scale: float) -> list[str]:
        return [name for name, _ in names._boxes(QTransform.fromScale(scale, scale), metrics)]

    assert written(40) == ["cat", "owl"]
    assert written(400) == ["cat", "dog", "owl"]
    assert written(1) == ["cat"]
