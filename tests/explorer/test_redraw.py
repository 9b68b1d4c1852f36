import pytest
from pytestqt.qtbot import QtBot

from explorer.panels.panel import LivePanel
from explorer.redraw import INTERVAL, RedrawScheduler
from tests.explorer.standins import Clock


class Counter(LivePanel):
    drawn = 0

    def redraw(self) -> None:
        self.drawn += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panels(qtbot: QtBot) -> list[Counter]:
    made = [Counter() for _ in range(3)]
    for panel in made:
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
    return made


@pytest.fixture
def scheduler(clock: Clock, panels: list[Counter]) -> RedrawScheduler:
    made = RedrawScheduler(clock)
    made.add(panels)
    return made


def drawn(panels: list[Counter]) -> list[int]:
    return [panel.drawn for panel in panels]


def test_one_panel_a_tick_in_turn(scheduler: RedrawScheduler, panels: list[Counter], clock: Clock) -> None:
    for panel in panels:
        panel.mark_stale()
    seen = []
    for _ in range(4):
        clock.now += 0.03
        scheduler.tick()
        seen.append(drawn(panels))
    assert seen == [[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 1, 1]]


def test_a_panel_redraws_four_times_a_second_at_most(
    scheduler: RedrawScheduler, panels: list[Counter], clock: Clock
) -> None:
    for _ in range(100):  # 3 s of ticks, with news at each
        clock.now += 0.03
        panels[0].mark_stale()
        scheduler.tick()
    assert panels[0].drawn == pytest.approx(3 / INTERVAL, abs=1.5)


def test_a_busy_panel_does_not_keep_others_waiting(
    scheduler: RedrawScheduler, panels: list[Counter], clock: Clock
) -> None:
    for _ in range(40):
        clock.now += INTERVAL  # so slow that every panel is due at every tick
        for panel in panels:
            panel.mark_stale()
        scheduler.tick()
    assert max(drawn(panels)) - min(drawn(panels)) <= 1


def test_a_panel_that_nobody_sees_waits_until_it_is_seen(
    scheduler: RedrawScheduler, panels: list[Counter], clock: Clock
) -> None:
    panels[0].hide()
    panels[0].mark_stale()
    panels[1].mark_stale()
    scheduler.tick()
    assert drawn(panels) == [0, 1, 0]
    panels[0].show()
    clock.now += 0.03
    scheduler.tick()
    assert drawn(panels) == [1, 1, 0]


def test_nothing_new_nothing_drawn(scheduler: RedrawScheduler, panels: list[Counter]) -> None:
    scheduler.tick()
    assert drawn(panels) == [0, 0, 0]


def test_a_panel_asks_for_a_round_when_somebody_sees_it(panels: list[Counter], qtbot: QtBot) -> None:
    """Nothing is polled while nothing is under way."""
    panel, asked = panels[0], []
    panel.due.connect(lambda: asked.append("due"))
    panel.mark_stale()
    assert asked == ["due"]
    panel.hide()
    panel.mark_stale()
    assert asked == ["due"]
    panel.show()
    assert asked == ["due", "due"]
    panel.redraw_if_due()
    panel.hide()
    panel.show()
    assert asked == ["due", "due"]
