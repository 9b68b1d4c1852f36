from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from core.training.records import PHASES, StepRecord, StepSeconds
from explorer.panels.losses import CurvesPanel
from explorer.panels.step_bar import StepBar

SECONDS = StepSeconds(
    data=0.0, copy=0.001, augmentation=0.002, forward=0.03, loss=0.007, backward=0.05, optimizer=0.01, probe=0.0
)


def record(step: int, seconds: StepSeconds | None = None) -> StepRecord:
    return StepRecord(step, 1, 0.1 * step, 1.0, 0.5, None, 0.5, 1e-3, 0.4, seconds=seconds)


def widths(bar: StepBar) -> dict[str, int]:
    """Pixels of each colour in the middle of the bar's top row, by phase; all phases have colours of their own."""
    image = bar.grab().toImage()
    row = [image.pixelColor(x, 2).name() for x in range(image.width())]
    order = [colour for place, colour in enumerate(row) if place == 0 or row[place - 1] != colour]
    return {colour: row.count(colour) for colour in order}


def test_phases_are_as_wide_as_they_are_long(qtbot: QtBot) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_seconds(SECONDS)
    bar.resize(640, 16)
    found = widths(bar)
    background = bar.palette().color(QPalette.ColorRole.Window).name()
    spans = [width for colour, width in found.items() if colour != background][:6]
    whole = sum(spans)
    present = [getattr(SECONDS, name) for name in PHASES if getattr(SECONDS, name)]
    assert len(present) == 6
    for width, seconds in zip(spans, present, strict=True):
        assert abs(width - whole * seconds / 0.1) <= 1.5


def test_all_is_told_in_words_too(qtbot: QtBot) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_seconds(SECONDS)
    assert "backward 50.00 ms · 50.0 %" in bar.accessibleDescription()
    assert all(name in bar.explanation() for name in PHASES)
    assert "7.00 ms" in bar.explanation()


def test_the_panel_shows_the_newest_and_forgets_it_with_the_run(qtbot: QtBot) -> None:
    panel = CurvesPanel()
    qtbot.addWidget(panel)
    bar = panel.findChild(StepBar)
    assert bar is not None
    panel.add_records([record(1)])
    assert bar.isHidden()
    panel.add_records([record(2, StepSeconds(forward=0.5)), record(3, SECONDS), record(4)])
    assert not bar.isHidden()
    assert "forward 30.00 ms" in bar.accessibleDescription()
    panel.clear()
    assert bar.isHidden()
