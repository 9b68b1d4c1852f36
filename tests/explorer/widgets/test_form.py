from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.widgets.form import align


def test_labels_of_several_forms_are_as_wide_as_the_widest(qtbot: QtBot) -> None:
    labels = [QLabel("data"), QLabel("a word of another language"), QLabel("seed")]
    labels[0].setMinimumWidth(72)
    for label in labels:
        qtbot.addWidget(label)
    widest = labels[1].sizeHint().width()
    align(labels)
    assert [label.minimumWidth() for label in labels] == [widest] * 3


def test_labels_stay_as_wide_as_they_must_be(qtbot: QtBot) -> None:
    label = QLabel("k")
    qtbot.addWidget(label)
    label.setMinimumWidth(72)
    align([label])
    assert label.minimumWidth() == 72
