from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from core.hyperparameters import Hyperparameters
from core.training.records import HealthWarning, StepRecord
from explorer.panels.curve_lines import VIEWS
from explorer.panels.losses import CurvesPanel
from explorer.widgets.notice import Notice
from explorer.widgets.plot import Plot
from tests.explorer.mouse import centre, move, pixel, wheel

pytestmark = pytest.mark.usefixtures("every_move")


def record(step: int, *, seg: float | None = 0.25, metric: float | None = 0.125) -> StepRecord:
    return StepRecord(
        step=step,
        epoch=(step - 1) // 10 + 1,
        time=0.1 * step,
        total=1.0 / step,
        cls=0.5 / step,
        seg=seg,
        metric=metric,
        learning_rate=1e-3,
        active_fraction=0.4,
    )


@pytest.fixture
def panel(qtbot: QtBot) -> CurvesPanel:
    panel = CurvesPanel()
    qtbot.addWidget(panel)
    panel.resize(620, 300)
    panel.show()
    qtbot.waitExposed(panel)
    smoothing(panel).setValue(0)
    return panel


def feed(panel: CurvesPanel, records: Sequence[StepRecord]) -> None:
    panel.add_records(records)
    assert panel.redraw_if_due()
    QApplication.processEvents()


def plots(panel: CurvesPanel) -> tuple[Plot, Plot]:
    losses, active = panel.findChildren(Plot)
    return losses, active


def curves(panel: CurvesPanel) -> dict[str, tuple[list[float], list[float]]]:
    found: dict[str, tuple[list[float], list[float]]] = {}
    for name, step, value in (row for plot in plots(panel) for row in plot.table().rows):
        steps, values = found.setdefault(name, ([], []))
        steps.append(step)
        values.append(value)
    return found


def smoothing(panel: CurvesPanel) -> QSlider:
    return panel.findChild(QSlider, "smoothing_slider")


def tick(panel: CurvesPanel, name: str) -> None:
    panel.findChild(QCheckBox, name).click()


def readouts(panel: CurvesPanel) -> list[str]:
    labels = (plot.viewport().findChild(QLabel) for plot in plots(panel))
    return [label.text() for label in labels if label.isVisible()]


def test_it_says_what_will_stand_here_and_shows_curves_once_there_are_any(panel: CurvesPanel) -> None:
    losses, _ = plots(panel)
    assert not losses.isVisible()
    assert any("Start a run" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    feed(panel, [record(1)])
    assert losses.isVisible()
    panel.clear()
    assert not losses.isVisible()
    assert curves(panel) == {}


def test_nothing_new_is_nothing_to_draw(panel: CurvesPanel) -> None:
    panel.add_records([])
    assert not panel.redraw_if_due()


def test_curves_hold_every_step(panel: CurvesPanel) -> None:
    feed(panel, [record(1), record(2)])
    feed(panel, [record(3)])
    drawn = curves(panel)
    assert drawn["total"] == ([1.0, 2.0, 3.0], [1.0, 0.5, pytest.approx(1 / 3)])
    assert drawn["active"] == ([1.0, 2.0, 3.0], [0.4, 0.4, 0.4])


def test_absent_terms_are_left_out(panel: CurvesPanel) -> None:
    feed(panel, [record(1, seg=None, metric=None), record(2, seg=None), record(3, seg=None)])
    drawn = curves(panel)
    assert "seg" not in drawn
    assert drawn["metric"][0] == [2.0, 3.0]


def test_the_button_of_an_absent_term_says_why_it_is_disabled(panel: CurvesPanel) -> None:
    feed(panel, [record(1, seg=None)])
    seg, cls = (panel.findChild(QToolButton, f"{field}_toggle") for field in ("seg", "cls"))
    assert (seg.isEnabled(), cls.isEnabled()) == (False, True)
    assert seg.toolTip().startswith("This run has no such loss")
    assert "no such loss" not in cls.toolTip()
    panel.clear()
    feed(panel, [record(1)])
    assert seg.isEnabled()
    assert "no such loss" not in seg.toolTip()


def test_a_weighted_loss_uses_the_weight_in_force_at_its_step(panel: CurvesPanel) -> None:
    panel.set_weights(Hyperparameters(beta=2.0, gamma=1.0))
    panel.set_weights(Hyperparameters(beta=4.0, gamma=1.0), after_step=2)
    feed(panel, [record(1), record(2), record(3)])
    tick(panel, "weighted_field")
    assert curves(panel)["seg"][1] == [0.5, 0.5, 1.0]
    assert curves(panel)["total"][1] == [1.0, 0.5, pytest.approx(1 / 3)]
    tick(panel, "weighted_field")
    assert curves(panel)["seg"][1] == [0.25, 0.25, 0.25]


def test_a_weight_learned_late_corrects_what_is_drawn(panel: CurvesPanel) -> None:
    tick(panel, "weighted_field")
    feed(panel, [record(step) for step in range(1, 6)])
    panel.set_weights(Hyperparameters())
    panel.set_weights(Hyperparameters(gamma=3.0), after_step=4)
    assert panel.redraw_if_due()
    assert curves(panel)["metric"][1] == [0.125, 0.125, 0.125, 0.125, 0.375]


def test_smoothing_worked_by_hand(panel: CurvesPanel) -> None:
    feed(panel, [record(1), record(2)])
    smoothing(panel).setValue(50)
    # 1, then (0.5·0.5·1 + 0.5·0.5) / 0.75 = 2/3
    assert curves(panel)["total"][1] == pytest.approx([1.0, 2.0 / 3.0])


def test_a_toggle_hides_its_curve(panel: CurvesPanel, qtbot: QtBot) -> None:
    feed(panel, [record(1)])
    toggle = panel.findChild(QToolButton, "cls_toggle")
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert set(curves(panel)) == {"total", "seg", "metric", "active"}
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert "cls" in curves(panel)


def test_a_hidden_curve_catches_up_when_shown(panel: CurvesPanel) -> None:
    toggle = panel.findChild(QToolButton, "cls_toggle")
    toggle.click()
    feed(panel, [record(1), record(2)])
    toggle.click()
    assert curves(panel)["cls"][0] == [1.0, 2.0]


def test_log_axis(panel: CurvesPanel) -> None:
    feed(panel, [record(step, metric=0.0) for step in range(1, 101)])
    tick(panel, "log_field")
    QApplication.processEvents()
    losses, _ = plots(panel)
    low, high = losses.view.viewRange()[1]
    assert -3.0 < low < np.log10(0.005)
    assert 0.0 < high < 0.5


def test_both_plots_show_the_same_steps(panel: CurvesPanel) -> None:
    feed(panel, [record(step) for step in range(1, 101)])
    losses, active = plots(panel)
    wheel(losses.viewport(), centre(losses), 3)
    assert active.view.viewRange()[0] == pytest.approx(losses.view.viewRange()[0])
    assert active.view.sceneBoundingRect().left() == losses.view.sceneBoundingRect().left()


def test_following_ends_with_a_zoom_and_comes_back_with_fit(panel: CurvesPanel) -> None:
    feed(panel, [record(step) for step in range(1, 101)])
    losses, active = plots(panel)
    wheel(losses.viewport(), centre(losses), 3)
    zoomed = losses.view.viewRange()[0]
    feed(panel, [record(step) for step in range(101, 1001)])
    assert losses.view.viewRange()[0] == zoomed
    active.fit()
    QApplication.processEvents()
    assert losses.view.viewRange()[0][1] > 1000.0


def test_hover_reads_the_nearest_step_in_both_plots(panel: CurvesPanel) -> None:
    feed(panel, [record(step, seg=None) for step in range(1, 21)])
    panel.mark_change(12, "margin 0.2 → 0.3")
    losses, active = plots(panel)
    for plot in (losses, active):
        move(plot.viewport(), pixel(plot, 12.1, 0.5 if plot is active else 0.2))
        (text,) = readouts(panel)
        assert text.splitlines() == [
            "step 12 · epoch 2",
            "total    0.083",
            "cls      0.042",
            "seg          –",
            "metric   0.125",
            "active  40.0 %",
            "margin 0.2 → 0.3",
        ]
        move(plot.viewport(), QPoint(2, plot.height() - 2))
        assert readouts(panel) == []


def test_the_readout_follows_new_steps_below_a_resting_pointer(panel: CurvesPanel) -> None:
    feed(panel, [record(step) for step in range(1, 101)])
    losses, _ = plots(panel)
    move(losses.viewport(), centre(losses))
    (before,) = readouts(panel)
    feed(panel, [record(step) for step in range(101, 1001)])
    (after,) = readouts(panel)
    assert int(before.split()[1]) == pytest.approx(50, abs=3)
    assert int(after.split()[1]) == pytest.approx(500, abs=30)


def test_smoothing_takes_keys_and_the_wheel_only_when_focused(panel: CurvesPanel, qtbot: QtBot) -> None:
    feed(panel, [record(1)])
    slider = smoothing(panel)
    panel.setFocus()
    wheel(slider, slider.rect().center())
    assert slider.value() == 0
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 1
    assert any(label.text() == "0.01" for label in panel.findChildren(QLabel))


def test_one_hundred_thousand_steps_draw_a_few_thousand_points(panel: CurvesPanel) -> None:
    feed(panel, [record(step) for step in range(1, 100_001)])
    losses, _ = plots(panel)
    drawn = [len(item.getData()[0]) for item in losses.view.addedItems if hasattr(item, "set_series")]
    assert max(drawn) <= 4 * losses.view.width()
    assert len(curves(panel)["total"][0]) == 100_000


def test_it_follows_the_theme(panel: CurvesPanel, use_palette: Callable[[bool], QPalette]) -> None:
    feed(panel, [record(1), record(2)])
    panel.mark_change(1, "margin 0.2 → 0.3")
    for dark in (True, False):
        use_palette(dark)
        QApplication.processEvents()
        corner = panel.grab().toImage().pixelColor(panel.width() - 20, panel.height() // 2)
        assert (corner.lightness() < 100) is dark


@pytest.mark.parametrize("size", [(370, 420), (620, 300)])
def test_controls_fit(panel: CurvesPanel, size: tuple[int, int]) -> None:
    feed(panel, [record(1)])
    panel.resize(*size)
    QApplication.processEvents()
    assert (panel.width(), panel.height()) == size
    for control in (*panel.findChildren(QToolButton), *panel.findChildren(QCheckBox)):
        if not control.isVisible():
            continue
        assert control.width() >= control.sizeHint().width()
        assert panel.rect().contains(control.mapTo(panel, control.rect().bottomRight()))
        assert control.toolTip()


# --- the metric loss and what stands below


def measured(step: int) -> StepRecord:
    """A step with every diagnostic, the gradients of the tasks at every tenth only."""
    tenth = step % 10 == 0
    return replace(
        record(step),
        easy=6,
        semi_hard=3,
        hard=1,
        mean_d_ap=0.25,
        mean_d_an=0.75,
        effective_rank=12.5,
        gradient_norm=2.0,
        cls_gradient=3.0 if tenth else None,
        seg_gradient=0.0 if tenth else None,
        metric_gradient=1.0 if tenth else None,
    )


def choose_view(panel: CurvesPanel, qtbot: QtBot, key: str) -> None:
    combo = panel.findChild(QComboBox, "lower_plot_field")
    row = [view.key for view in VIEWS].index(key)
    while combo.currentIndex() != row:
        qtbot.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < row else Qt.Key.Key_Up)
    QApplication.processEvents()


def visible_toggles(panel: CurvesPanel) -> list[str]:
    return [each.text() for each in panel.findChildren(QToolButton) if each.isVisible() and each.isCheckable()]


def test_the_metric_loss_has_its_own_name(panel: CurvesPanel) -> None:
    panel.set_run("arcface", "cosine")
    feed(panel, [record(12)])
    assert "ArcFace" in curves(panel)
    assert panel.findChild(QToolButton, "metric_toggle").text() == "ArcFace"
    losses, _ = plots(panel)
    move(losses.viewport(), centre(losses))
    assert "ArcFace   0.125" in readouts(panel)[0]


@pytest.mark.parametrize(
    ("key", "axis", "expected"),
    [
        ("active", "active", {"active": [0.4, 0.4]}),
        ("kinds", "share", {"easy": [0.6, 0.6], "semi-hard": [0.3, 0.3], "hard": [0.1, 0.1]}),
        ("distances", "mean d", {"d_ap": [0.25, 0.25], "d_an": [0.75, 0.75]}),
        ("rank", "rank", {"rank": [12.5, 12.5]}),
        ("gradient", "norm", {"gradient": [2.0, 2.0]}),
        ("tasks", "share", {"cls": [0.75], "seg": [0.0], "metric": [0.25]}),
    ],
)
def test_what_the_lower_plot_shows_can_be_chosen(
    panel: CurvesPanel, qtbot: QtBot, key: str, axis: str, expected: dict[str, list[float]]
) -> None:
    feed(panel, [measured(9), measured(10)])
    choose_view(panel, qtbot, key)
    _, lower = plots(panel)
    rows: dict[str, list[float]] = {}
    for name, _, value in lower.table().rows:
        rows.setdefault(name, []).append(value)
    assert rows == {name: pytest.approx(values) for name, values in expected.items()}
    assert lower.left.labelText == axis
    named = [] if len(expected) == 1 else list(expected)
    assert visible_toggles(panel) == ["total", "cls", "seg", "metric", *named]
    view = next(view for view in VIEWS if view.key == key)
    assert view.help in lower.toolTip()
    QApplication.processEvents()
    low, high = lower.view.viewRange()[1]
    values = [value for each in expected.values() for value in each]
    assert low < min(values)
    assert max(values) < high


def test_another_view_leaves_the_steps_that_are_seen(panel: CurvesPanel, qtbot: QtBot) -> None:
    feed(panel, [measured(step) for step in range(1, 101)])
    losses, lower = plots(panel)
    wheel(losses.viewport(), centre(losses), 3)
    zoomed = lower.view.viewRange()[0]
    choose_view(panel, qtbot, "rank")
    assert lower.view.viewRange()[0] == pytest.approx(zoomed)


def test_a_diagnostic_that_was_not_measured_says_so(panel: CurvesPanel, qtbot: QtBot) -> None:
    feed(panel, [record(1)])
    choose_view(panel, qtbot, "rank")
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "not measured in this run" in labels
    choose_view(panel, qtbot, "active")
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "not measured in this run" not in labels


def test_what_is_measured_now_and_then_is_read_as_it_was_last(panel: CurvesPanel, qtbot: QtBot) -> None:
    feed(panel, [measured(step) for step in range(1, 21)])
    choose_view(panel, qtbot, "tasks")
    losses, _ = plots(panel)
    move(losses.viewport(), pixel(losses, 14.0, 0.2))
    lines = readouts(panel)[0].splitlines()
    assert lines[0] == "step 14 · epoch 2"
    assert lines[-1] == "metric  25.0 % (step 10)"
    move(losses.viewport(), pixel(losses, 20.0, 0.2))
    assert readouts(panel)[0].splitlines()[-1] == "metric  25.0 %"
    move(losses.viewport(), pixel(losses, 3.0, 0.2))
    assert readouts(panel)[0].splitlines()[-1] == "metric       –"


def test_distances_say_which_they_are(panel: CurvesPanel, qtbot: QtBot) -> None:
    panel.set_run("triplet", "squared-euclidean")
    choose_view(panel, qtbot, "distances")
    assert "Distance: squared-euclidean." in plots(panel)[1].toolTip()


# --- what goes wrong


def skipped(step: int, fault: str | None = "the gradient of head.weight is nan") -> StepRecord:
    return replace(record(step), total=None, cls=None, seg=None, metric=None, active_fraction=None, fault=fault)


def test_skipped_steps_are_marked_and_break_nothing(panel: CurvesPanel) -> None:
    tick(panel, "weighted_field")
    tick(panel, "log_field")
    feed(panel, [record(1), skipped(2), skipped(3), record(4)])
    assert curves(panel)["total"][0] == [1.0, 4.0]
    assert len(panel._crosses.places()) in (1, 2)
    losses, _ = plots(panel)
    move(losses.viewport(), pixel(losses, 2.0, -0.5))
    lines = readouts(panel)[0].splitlines()
    assert lines[1] == "skipped: the gradient of head.weight is nan"
    assert lines[2] == "total        –"
    panel.clear()
    assert panel._crosses.places() == []


def test_a_run_of_skipped_steps_alone(panel: CurvesPanel) -> None:
    feed(panel, [skipped(1, None), skipped(2, None)])
    assert curves(panel) == {}
    assert not panel.grab().isNull()


WARNING = HealthWarning(
    12, "For 20 steps the metric loss has sat at the margin.", "Choose mining 'all', or lower the learning rate."
)


def test_a_warning_stands_over_the_curves_until_it_is_dismissed(panel: CurvesPanel, qtbot: QtBot) -> None:
    feed(panel, [record(step) for step in range(1, 21)])
    panel.show_warning(WARNING)
    notice = panel.findChild(Notice)
    assert notice.isVisible()
    assert notice.sentence() == f"{WARNING.seen} {WARNING.advice} (step 12)"
    qtbot.mouseClick(notice.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    losses, _ = plots(panel)
    move(losses.viewport(), pixel(losses, 12.0, 0.2))
    assert "sat at the margin" in " ".join(readouts(panel)[0].split()), "its mark stays"
    assert max(map(len, readouts(panel)[0].splitlines())) <= 48


def test_a_warning_goes_with_its_run(panel: CurvesPanel) -> None:
    feed(panel, [record(1)])
    panel.show_warning(WARNING)
    panel.clear()
    feed(panel, [record(1)])
    assert not panel.findChild(Notice).isVisible()
    assert panel._marks[0].texts_at(12) == []


@pytest.mark.parametrize("size", [(370, 420), (603, 289)])
def test_all_of_it_fits(panel: CurvesPanel, qtbot: QtBot, size: tuple[int, int]) -> None:
    panel.resize(*size)
    feed(panel, [measured(step) for step in range(1, 21)])
    choose_view(panel, qtbot, "kinds")
    panel.show_warning(WARNING)
    QApplication.processEvents()
    assert (panel.width(), panel.height()) == size
    for control in (*panel.findChildren(QToolButton), *panel.findChildren(QCheckBox), *panel.findChildren(QComboBox)):
        if control.isVisible():
            assert panel.rect().contains(control.mapTo(panel, control.rect().bottomRight()))
    losses, lower = plots(panel)
    assert losses.mapTo(panel, losses.rect().bottomLeft()).y() < lower.mapTo(panel, QPoint()).y()
