import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.timeline import Timeline


@pytest.fixture
def line(qtbot: QtBot) -> Timeline:
    line = Timeline()
    qtbot.addWidget(line)
    line.set_steps((10, 20, 30))
    return line


@pytest.fixture
def chosen(line: Timeline) -> list[int | None]:
    chosen: list[int | None] = []
    line.step_chosen.connect(chosen.append)
    return chosen


def slider(line: Timeline) -> QSlider:
    return line.findChild(QSlider, "look_slider")


def button(line: Timeline) -> QPushButton:
    return line.findChild(QPushButton, "earlier_looks")


def text(line: Timeline) -> str:
    return line.findChild(QLabel).text()


def test_stays_with_the_newest_until_it_is_moved(line: Timeline, chosen: list[int | None]) -> None:
    assert (line.step, text(line)) == (None, "3 of 3")
    line.set_steps((10, 20, 30, 40))
    assert (line.step, text(line)) == (None, "4 of 4")
    slider(line).setValue(1)
    line.set_steps((5, 10, 20, 30, 40))
    assert (line.step, text(line)) == (20, "3 of 5")
    slider(line).setValue(4)
    assert chosen == [20, None]


def test_a_look_that_is_gone_gives_way_to_the_newest(line: Timeline, chosen: list[int | None]) -> None:
    slider(line).setValue(0)
    line.set_steps((50, 60))
    assert line.step is None
    assert chosen == [10, None]
    line.set_steps(())
    assert (line.step, text(line)) == (None, "0 of 0")


def test_one_look_is_nothing_to_play(line: Timeline) -> None:
    play = line.findChild(QToolButton, "play_looks")
    assert play.isEnabled()
    line.set_steps((10,))
    assert not play.isEnabled()
    assert not slider(line).isEnabled()
    assert "one look only" in play.toolTip()
    assert "one look only" in slider(line).toolTip()
    assert "'Earlier looks'" in play.toolTip()
    line.set_refusal("All are there.")
    assert play.toolTip() == "There is one look only so far."


def test_plays_to_the_end(line: Timeline, chosen: list[int | None], qtbot: QtBot) -> None:
    line._playing.setInterval(1)
    play = line.findChild(QToolButton, "play_looks")
    play.click()
    qtbot.waitUntil(lambda: not play.isChecked())
    assert chosen == [10, 20, None]
    slider(line).setValue(1)
    play.click()
    play.click()
    assert chosen[-1] == 20, "a second press stops it"


def test_at_the_end_it_plays_from_the_first(line: Timeline, chosen: list[int | None], qtbot: QtBot) -> None:
    line._playing.setInterval(1)
    play = line.findChild(QToolButton, "play_looks")
    for _ in range(2):
        play.click()
        qtbot.waitUntil(lambda: not play.isChecked())
    assert chosen == [10, 20, None] * 2


@pytest.mark.parametrize(
    ("count", "start", "shown"),
    [(86, 0, 86), (87, 0, 44), (1000, 0, 85), (1000, 950, 50)],  # 11 * 85 = 935 < 999 <= 12 * 84
)
def test_many_looks_are_played_in_half_a_minute(
    line: Timeline, chosen: list[int | None], qtbot: QtBot, count: int, start: int, shown: int
) -> None:
    line.set_steps(tuple(range(count)))
    slider(line).setValue(start)
    line._playing.setInterval(0)
    play = line.findChild(QToolButton, "play_looks")
    play.click()
    qtbot.waitUntil(lambda: not play.isChecked())
    assert (len(chosen), chosen[0], chosen[-1]) == (shown, start, None)
    strides = set(np.diff([count - 1 if step is None else step for step in chosen])[:-1].tolist())
    assert len(strides) == 1, "evenly, but for the last"
    assert (shown - 1) * 0.35 <= 30


def test_the_button_loads_and_then_cancels(line: Timeline) -> None:
    said: list[str] = []
    line.load_requested.connect(lambda: said.append("load"))
    line.cancel_requested.connect(lambda: said.append("cancel"))
    button(line).click()
    line.set_progress(2, 7)
    assert button(line).text() == "Cancel (2/7)"
    button(line).click()
    line.end_progress()
    assert button(line).text() == "Earlier looks"
    assert said == ["load", "cancel"]
    line.set_refusal("It trains.")
    assert (button(line).isEnabled(), button(line).toolTip()) == (False, "It trains.")
    line.set_refusal("")
    assert button(line).isEnabled()
