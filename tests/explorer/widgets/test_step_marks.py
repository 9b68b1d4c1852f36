import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from explorer.widgets.plot import Plot
from explorer.widgets.step_marks import StepMarks


@pytest.fixture
def marks(qtbot: QtBot) -> StepMarks:
    plot = Plot("curves")
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    plot.set_axes("step", "loss")
    plot.set_home(x=(0.0, 1000.0), y=(0.0, 1.0))
    marks = StepMarks(plot.view, labelled=True)
    marks.set_theme(QColor("grey"), QColor("black"), QColor("white"), plot.font())
    plot.show()
    qtbot.waitExposed(plot)
    return marks


def shown(marks: StepMarks) -> list[str]:
    return [text for _, text in marks.labels()]


def test_marks_with_room_show_their_texts(marks: StepMarks) -> None:
    marks.add(100, "margin 0.2 → 0.3")
    marks.add(600, "α 1 → 2")
    assert shown(marks) == ["α 1 → 2", "margin 0.2 → 0.3"]


def test_two_changes_at_one_step_stand_together(marks: StepMarks) -> None:
    marks.add(100, "margin 0.2 → 0.3")
    marks.add(100, "α 1 → 2")
    assert shown(marks) == ["margin 0.2 → 0.3, α 1 → 2"]


def test_texts_never_cross_a_mark_or_one_another_or_the_edge(marks: StepMarks) -> None:
    for step in (5, 10, 400, 430, 470, 980, 1500):
        marks.add(step, "margin 0.2 → 0.3")
    lines = [marks._pixel(step) for step in (5, 10, 400, 430, 470, 980)]
    places = [place for place, _ in marks.labels()]
    assert places
    for place in places:
        assert marks.boundingRect().contains(place)
        assert not any(place.left() < line < place.right() for line in lines)
        assert not any(place.intersects(other) for other in places if other is not place)


def test_a_text_without_room_is_found_by_the_pointer(marks: StepMarks) -> None:
    marks.add(400, "first")
    marks.add(401, "second")
    assert marks.texts_at(400.5) == ["first", "second"]
    assert marks.texts_at(500) == []


def test_clear(marks: StepMarks) -> None:
    marks.add(100, "gone")
    marks.clear()
    assert marks.labels() == []


def test_the_pointer_may_be_told_more_than_the_mark_shows(marks: StepMarks) -> None:
    marks.add(100, "⚠", "⚠ the embeddings collapse")
    marks.add(100, "α 1 → 2")
    assert shown(marks) == ["⚠, α 1 → 2"]
    assert marks.texts_at(100) == ["⚠ the embeddings collapse, α 1 → 2"]
    marks.clear()
    assert marks.texts_at(100) == []
