import csv
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from core.evaluation.curve import VerificationCurve
from core.evaluation.pair_scan import PairScan
from core.evaluation.scanned import scanned_curve
from explorer.panels.distance_field import DistanceField
from explorer.panels.histogram_plot import HistogramPlot
from explorer.panels.roc import RocPanel
from explorer.panels.roc_plot import RocPlot
from explorer.panels.target_field import TargetField
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField
from explorer.widgets.plot import Plot
from explorer.widgets.threshold_slider import scale_end
from tests.explorer.mouse import centre, drag, move, pixel, wheel

pytestmark = pytest.mark.usefixtures("every_move")

SPACE = "\N{NARROW NO-BREAK SPACE}"
WHERE = "step 540 · held-out, 360 images · closed set"


def curve(impostors: int = 1000, shift: float = 0.0) -> VerificationCurve:
    """20 genuine pairs at 0.01 to 0.20, impostor pairs from 0.101 on, a thousandth apart."""
    return VerificationCurve(np.arange(1, 21) / 100 + shift, np.arange(101, 101 + impostors) / 1000 + shift)


@pytest.fixture
def empty(qtbot: QtBot) -> RocPanel:
    panel = RocPanel()
    qtbot.addWidget(panel)
    panel.resize(370, 480)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def panel(empty: RocPanel) -> RocPanel:
    show(empty, curve())
    return empty


def show(panel: RocPanel, curve: VerificationCurve) -> None:
    panel.show_curve(curve, WHERE)
    assert panel.redraw_if_due()
    settle()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def value(panel: RocPanel, name: str) -> str:
    return panel.findChild(QLabel, f"{name}_value").text()


def target(panel: RocPanel) -> TargetField:
    return panel.findChild(TargetField)


def said(panel: RocPanel) -> str:
    return panel.findChild(Message).sentence()


def enter(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def handle(panel: RocPanel) -> pg.TargetItem:
    return next(item for item in panel.findChild(RocPlot).scene().items() if isinstance(item, pg.TargetItem))


def line(panel: RocPanel) -> float:
    plot = panel.findChild(HistogramPlot)
    return next(item for item in plot.scene().items() if isinstance(item, pg.InfiniteLine) and item.movable).value()


def assert_all_show(panel: RocPanel, threshold: float, shown: VerificationCurve) -> None:
    """Slider, field, line, circle and figures agree on one threshold."""
    point = shown.at_threshold(threshold)
    bar = panel.findChild(QSlider, "threshold_slider")
    end = scale_end(max(shown.genuine[-1], shown.impostor[-1]))
    assert bar.value() / bar.maximum() * end == pytest.approx(threshold, abs=1e-3)
    assert panel.findChild(NumberField, "threshold_field").text() == f"{threshold:.3f}"
    assert line(panel) == pytest.approx(threshold)
    assert 10 ** handle(panel).pos().x() == pytest.approx(max(point.fpr, 0.5 / shown.impostor_pairs))
    assert handle(panel).pos().y() == pytest.approx(point.tpr)
    assert value(panel, "true_positives") == str(round(20 * point.tpr))


def test_it_says_what_will_stand_here(empty: RocPanel) -> None:
    assert any("will stand here" in label.text() for label in empty.findChildren(QLabel) if label.isVisible())
    assert not empty.findChild(RocPlot).isVisible()
    show(empty, curve())
    assert empty.findChild(RocPlot).isVisible()
    empty.show_curve(None, "")
    assert not empty.findChild(RocPlot).isVisible()


def test_it_says_why_there_is_no_curve(panel: RocPanel) -> None:
    panel.show_curve(None, WHERE)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any(WHERE in text and "no genuine or no impostor pairs" in text for text in shown)
    panel.clear()
    assert any("Start a run" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_the_first_curve_sets_one_percent(empty: RocPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty.threshold_chosen) as chosen:
        empty.show_curve(curve(), WHERE)
    assert chosen.args == [pytest.approx(0.11)]
    assert target(empty).currentText() == "1 %"


def test_figures_worked_by_hand(panel: RocPanel) -> None:
    # 1 % of 1000 impostor pairs: those at 0.101 to 0.110; genuine pairs up to there: 0.01 to 0.11
    figures = {name: value(panel, name) for name in ("tpr", "fpr", "auc")}
    # A genuine pair at 0.10 + k/100 has 10·k - 1 impostor pairs nearer and one as near, for k from 1 to 10:
    # sum of (10k - 0.5) = 545 of 20 · 1000 comparisons lost.
    assert figures == {"tpr": "55.0 %", "fpr": "1.00 %", "auc": f"{1 - 545 / 20_000:.4f}"}
    assert value(panel, "true_positives") == "11"
    assert value(panel, "false_negatives") == "9"
    assert value(panel, "false_positives") == "10"
    assert value(panel, "true_negatives") == "990"
    assert value(panel, "genuine_pairs") == "20"
    assert value(panel, "impostor_pairs") == f"1{SPACE}000"
    assert said(panel) == (
        "FPR 1 % held, met exactly. FPR rests on 10 impostor pairs accepted; about 30 make it reliable."
    )
    assert any(label.text() == WHERE for label in panel.findChildren(QLabel))
    assert_all_show(panel, 0.11, curve())


def test_the_slider_moves_everything_and_holds_the_threshold(panel: RocPanel, qtbot: QtBot) -> None:
    bar = panel.findChild(QSlider, "threshold_slider")
    values: list[float] = []
    panel.threshold_chosen.connect(values.append)
    middle = bar.height() // 2
    drag(qtbot, bar, QPoint(bar.width() // 3, middle), QPoint(bar.width() // 5, middle))
    assert values == sorted(values, reverse=True)
    assert len(values) == len(set(values))
    assert_all_show(panel, values[-1], curve())
    assert target(panel).currentText() == ""
    assert said(panel).startswith("Threshold held.")


def test_the_number_field_moves_everything(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        enter(qtbot, panel.findChild(NumberField, "threshold_field"), "0.155")
    assert chosen.args == [0.155]
    assert_all_show(panel, 0.155, curve())
    assert value(panel, "false_positives") == "55"
    assert said(panel) == "Threshold held."


@pytest.mark.parametrize(
    ("text", "threshold", "shown"),
    [("5 %", 0.15, "5 %"), ("2.5", 0.125, "2.5 %"), ("2,5 %", 0.125, "2.5 %"), ("0.1 %", 0.101, "0.1 %")],
)
def test_a_typed_rate_moves_everything(panel: RocPanel, qtbot: QtBot, text: str, threshold: float, shown: str) -> None:
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        enter(qtbot, target(panel), text)
    assert chosen.args == [pytest.approx(threshold)]
    assert target(panel).currentText() == shown
    assert_all_show(panel, threshold, curve())
    assert said(panel).startswith(f"FPR {shown} held, met exactly.")


def test_a_rate_is_chosen_with_the_keys(panel: RocPanel, qtbot: QtBot) -> None:
    target(panel).setFocus()
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        qtbot.keyClick(target(panel), Qt.Key.Key_Down)
    assert chosen.args == [pytest.approx(0.15)]
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        qtbot.keyClick(target(panel), Qt.Key.Key_Down)
    assert target(panel).currentText() == "EER"
    assert chosen.args == [curve().eer_point.threshold]
    assert said(panel).startswith("EER held.")


def test_nonsense_is_put_back_with_a_reason(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        enter(qtbot, target(panel), "lots")
    assert target(panel).currentText() == "1 %"
    assert "found 'lots'" in said(panel)
    enter(qtbot, target(panel), "1")
    assert said(panel).startswith("FPR 1 % held")


def test_a_rate_that_needs_more_pairs_is_refused(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        enter(qtbot, target(panel), "0.01")
    assert said(panel) == f"Needs at least 10{SPACE}000 impostor pairs for 0.01 %, there are 1{SPACE}000."
    assert target(panel).currentText() == "1 %"
    assert_all_show(panel, 0.11, curve())


def test_the_line_in_the_histogram_is_dragged(panel: RocPanel, qtbot: QtBot) -> None:
    plot = panel.findChild(HistogramPlot)
    start, end = pixel(plot, 0.11, 3.0), pixel(plot, 0.3, 3.0)
    values: list[float] = []
    panel.threshold_chosen.connect(values.append)
    drag(qtbot, plot.viewport(), start, end)
    assert values[-1] == pytest.approx(0.3, abs=0.01)
    assert_all_show(panel, values[-1], curve())


def test_the_line_stays_on_the_axis(panel: RocPanel, qtbot: QtBot) -> None:
    plot = panel.findChild(HistogramPlot)
    start = pixel(plot, 0.11, 3.0)
    drag(qtbot, plot.viewport(), start, QPoint(1, start.y()))
    assert_all_show(panel, 0.0, curve())


def test_the_operating_point_is_dragged_along_the_curve(panel: RocPanel, qtbot: QtBot) -> None:
    plot = panel.findChild(RocPlot)
    values: list[float] = []
    panel.threshold_chosen.connect(values.append)
    drag(qtbot, plot.viewport(), pixel(plot, -2.0, 0.55), pixel(plot, math.log10(0.05), 0.75))
    assert values[-1] == pytest.approx(0.15, abs=0.005)
    assert_all_show(panel, values[-1], curve())


def test_a_click_on_the_curve_chooses_and_one_beside_it_does_not(panel: RocPanel, qtbot: QtBot) -> None:
    plot = panel.findChild(RocPlot)
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel(plot, math.log10(0.05), 0.75))
    assert chosen.args == [pytest.approx(0.15, abs=0.005)]
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel(plot, math.log10(0.05), 0.1))


def test_a_held_rate_follows_the_model(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        show(panel, curve(shift=0.1))
    assert chosen.args == [pytest.approx(0.21)]
    assert target(panel).currentText() == "1 %"
    assert value(panel, "fpr") == "1.00 %"


def test_a_held_threshold_stays(panel: RocPanel, qtbot: QtBot) -> None:
    enter(qtbot, panel.findChild(NumberField, "threshold_field"), "0.155")
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        show(panel, curve(shift=0.1))
    assert_all_show(panel, 0.155, curve(shift=0.1))
    assert value(panel, "false_positives") == "0"


def test_a_rate_that_a_new_curve_cannot_tell_stays_the_choice(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        show(panel, curve(50))
    assert said(panel) == "Needs at least 100 impostor pairs for 1 %, there are 50."
    assert target(panel).currentText() == "1 %"
    assert_all_show(panel, 0.11, curve(50))
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        show(panel, curve(200))
    assert chosen.args == [pytest.approx(0.102)]


def test_a_threshold_chosen_elsewhere_is_shown_and_held(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        panel.set_threshold(0.142)
    assert_all_show(panel, 0.142, curve())
    assert target(panel).currentText() == ""


def test_a_threshold_set_before_the_first_curve_is_kept(empty: RocPanel, qtbot: QtBot) -> None:
    empty.set_threshold(0.142)
    with qtbot.assertNotEmitted(empty.threshold_chosen):
        show(empty, curve())
    assert_all_show(empty, 0.142, curve())


def test_the_echo_of_a_choice_changes_nothing(panel: RocPanel, qtbot: QtBot) -> None:
    values: list[float] = []
    panel.threshold_chosen.connect(values.append)
    panel.threshold_chosen.connect(panel.set_threshold)
    enter(qtbot, target(panel), "5")
    assert values == [pytest.approx(0.15)]
    assert target(panel).currentText() == "5 %"


def test_what_is_held_can_be_asked(panel: RocPanel, qtbot: QtBot) -> None:
    assert (panel.held_fpr, panel.held_rule) == (0.01, "FPR 1 %")
    enter(qtbot, target(panel), "EER")
    assert (panel.held_fpr, panel.held_rule) == (None, "EER")
    panel.set_threshold(0.142)
    assert (panel.held_fpr, panel.held_rule) == (None, "set by hand")


def test_clear_forgets_the_choice(panel: RocPanel, qtbot: QtBot) -> None:
    enter(qtbot, target(panel), "5")
    panel.clear()
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        show(panel, curve())
    assert chosen.args == [pytest.approx(0.11)]


def test_one_pair_of_each_kind(empty: RocPanel) -> None:
    show(empty, VerificationCurve(np.array([0.2]), np.array([0.6])))
    assert target(empty).currentText() == "EER"
    assert value(empty, "auc") == "1.0000"
    assert value(empty, "tpr") == "100 %"
    assert value(empty, "fpr") == "0 %"
    assert said(empty).startswith("EER held. FPR rests on no impostor pairs")


def test_nothing_can_be_accepted(empty: RocPanel) -> None:
    show(empty, VerificationCurve(np.full(10, 0.5), np.full(200, 0.5)))
    assert value(empty, "tpr") == "0 %"
    assert value(empty, "false_positives") == "0"
    assert empty.findChild(NumberField, "threshold_field").text() == ""
    assert said(empty).startswith("FPR 1 % held, nearest attainable 0 %.")
    assert 10 ** handle(empty).pos().x() == pytest.approx(0.5 / 200)


def test_the_name_of_the_equal_error_rate_is_never_cut(panel: RocPanel) -> None:
    guessing = VerificationCurve(np.arange(20) / 20, np.arange(1000) / 1000)  # its EER is at the far right
    for shown in (curve(), guessing):
        show(panel, shown)
        plot = panel.findChild(RocPlot)
        assert plot is not None
        name, seen = plot._eer_text.sceneBoundingRect(), plot.view.sceneBoundingRect()
        assert seen.left() <= name.left()
        assert name.right() <= seen.right()


def test_linear_axis(panel: RocPanel) -> None:
    plot = panel.findChild(RocPlot)
    assert plot.view.viewRange()[0][0] == pytest.approx(math.log10(0.0005), abs=0.1)
    panel.findChild(QCheckBox, "log_fpr_field").click()
    assert plot.view.viewRange()[0] == pytest.approx([-0.05, 1.05])
    assert handle(panel).pos().x() == pytest.approx(0.01)


def test_hover_reads_the_curve_and_the_bins(panel: RocPanel) -> None:
    roc, histogram = panel.findChild(RocPlot), panel.findChild(HistogramPlot)
    move(roc.viewport(), pixel(roc, math.log10(0.0505), 0.5))
    text = roc.viewport().findChild(QLabel).text()
    # Accepted at 0.15: 15 of 20 genuine and 50 of 1000 impostor pairs.
    assert text.splitlines() == [
        "threshold 0.150",
        "TPR       75.0 %",
        "FPR       5.00 %",
        "FNR       25.0 %",
        "precision 23.1 %",
        "click the curve to see its pairs",
    ]
    move(histogram.viewport(), pixel(histogram, 0.5, 1.0))
    lines = histogram.viewport().findChild(QLabel).text().splitlines()
    assert lines[1].split() == ["genuine", "0", "pairs"]
    assert int(lines[2].split()[1]) == pytest.approx(1000 / 80 * 1.09, abs=2)
    move(histogram.viewport(), pixel(histogram, 1.0999, 1.0) + QPoint(3, 0))


@pytest.mark.parametrize(("spread", "makes_room"), [(0.1, True), (8.0, False)])
def test_the_legend_hides_no_histogram(panel: RocPanel, spread: float, makes_room: bool) -> None:
    """Impostor pairs in a high and narrow heap at the right, or in a low and long row."""
    histogram = panel.findChild(HistogramPlot)
    show(panel, VerificationCurve(np.linspace(0.0, 1.0, 2000), np.linspace(1.4, 1.4 + spread, 1000)))
    top = histogram._legend.mapToView(histogram._legend.boundingRect().bottomLeft()).y()
    peak = max(histogram._density("impostor"))
    assert top >= peak - 1e-9
    assert (histogram._headroom() is not None) == makes_room


def exported(plot: Plot, path: Path) -> list[list[str]]:
    plot.export(path)
    with path.open(newline="") as file:
        return list(csv.reader(file))


def test_the_exported_curve_has_its_thresholds(panel: RocPanel, tmp_path: Path) -> None:
    rows = exported(panel.findChild(RocPlot), tmp_path / "roc.csv")
    assert rows[:3] == [["threshold", "FPR", "TPR"], ["-inf", "0.0", "0.0"], ["0.01", "0.0", "0.05"]]
    assert ["0.15", "0.05", "0.75"] in rows
    assert rows[-1] == ["1.1", "1.0", "1.0"]


def test_the_exported_histogram_has_every_pair(panel: RocPanel, tmp_path: Path) -> None:
    rows = exported(panel.findChild(HistogramPlot), tmp_path / "histogram.csv")
    assert rows[0] == ["distance from", "distance to", "genuine pairs", "impostor pairs"]
    assert len(rows) == 1 + 80
    assert [left for left, *_ in rows[2:]] == [right for _, right, *_ in rows[1:-1]]
    assert (float(rows[1][0]), float(rows[-1][1])) == pytest.approx((0.01, 1.1))
    assert [sum(int(row[column]) for row in rows[1:]) for column in (2, 3)] == [20, 1000]


def test_an_export_before_the_first_curve_has_only_a_header(empty: RocPanel, tmp_path: Path) -> None:
    for kind in (RocPlot, HistogramPlot):
        assert len(exported(empty.findChild(kind), tmp_path / "nothing.csv")) == 1


def test_an_export_problem_is_passed_on(panel: RocPanel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.problem):
        panel.findChild(RocPlot).export(tmp_path / "missing" / "roc.png")


def test_the_axis_and_the_chooser_name_the_distance(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.distance_chosen):
        panel.set_distance("squared-euclidean")
    assert panel.findChild(HistogramPlot).bottom.labelText == "distance (squared Euclidean)"
    assert panel.findChild(DistanceField).currentText() == "squared Euclidean"


def test_a_choice_of_distance_is_told(panel: RocPanel, qtbot: QtBot) -> None:
    field = panel.findChild(DistanceField)
    field.setFocus()
    with qtbot.waitSignal(panel.distance_chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert chosen.args == ["euclidean"]
    assert panel.findChild(HistogramPlot).bottom.labelText == "distance (cosine)"


def test_a_held_rate_holds_by_another_distance(panel: RocPanel) -> None:
    panel.set_distance("euclidean")
    show(panel, curve(shift=0.5))
    assert_all_show(panel, 0.61, curve(shift=0.5))
    assert target(panel).currentText() == "1 %"


def test_a_held_threshold_keeps_its_fpr_by_another_distance(panel: RocPanel, qtbot: QtBot) -> None:
    """By hand: 0.15 accepts 50 of 1000 impostor pairs, as 0.65 does where all distances are larger by 0.5."""
    panel.set_threshold(0.15)
    panel.set_distance("euclidean")
    with qtbot.waitSignal(panel.threshold_chosen) as moved:
        show(panel, curve(shift=0.5))
    assert moved.args == [pytest.approx(0.65)]
    assert_all_show(panel, 0.65, curve(shift=0.5))
    assert said(panel).startswith("Threshold held.")
    show(panel, curve())
    assert_all_show(panel, 0.65, curve())


def test_a_rate_that_the_pairs_cannot_tell_is_kept_as_it_was(panel: RocPanel) -> None:
    show(panel, curve(impostors=50))
    panel.set_distance("euclidean")
    show(panel, curve(impostors=50, shift=0.5))
    assert_all_show(panel, 0.61, curve(impostors=50, shift=0.5))
    assert "Needs at least 100 impostor pairs" in said(panel)


def test_what_is_computed_stands_in_place_of_what_the_curve_is_of(panel: RocPanel) -> None:
    panel.set_progress("NCA is being fitted …")
    assert panel._header.provenance.toolTip() == "NCA is being fitted …"
    panel.set_provenance("step 550")
    assert panel._header.provenance.toolTip() == "NCA is being fitted …"
    panel.set_progress(None)
    assert panel._header.provenance.toolTip() == "step 550"


def test_a_distance_that_cannot_be_chosen_says_why(panel: RocPanel, qtbot: QtBot) -> None:
    field = panel.findChild(DistanceField)
    panel.set_distance_refusals({"euclidean": "Not now: a reason."})
    assert field.itemData(1, Qt.ItemDataRole.ToolTipRole).startswith("Not now: a reason.\n\n")
    field.setFocus()
    with qtbot.waitSignal(panel.distance_chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert chosen.args == ["squared-euclidean"]
    panel.set_distance_refusals({})
    assert not field.itemData(1, Qt.ItemDataRole.ToolTipRole).startswith("Not now")


def test_the_wheel_changes_nothing_without_focus(panel: RocPanel, qtbot: QtBot) -> None:
    bar = panel.findChild(QSlider, "threshold_slider")
    panel.setFocus()
    with qtbot.assertNotEmitted(panel.threshold_chosen):
        for control in (bar, target(panel), panel.findChild(NumberField, "threshold_field")):
            wheel(control, control.rect().center())
    bar.setFocus()
    with qtbot.waitSignal(panel.threshold_chosen):
        wheel(bar, bar.rect().center())


def test_nothing_moves_while_the_threshold_does(panel: RocPanel) -> None:
    def places() -> list[tuple[int, int, int, int]]:
        settle()
        return [
            widget.geometry().getRect()
            for widget in panel.findChildren(QWidget)
            if widget.isVisible() and not isinstance(widget, Message) and widget.window() is panel
        ]

    show(panel, curve(impostors=50_000))
    panel.set_threshold(0.1015)
    before = places()
    for threshold in (0.0, 0.05, 0.111, 0.2, 0.5, 2.0):
        panel.set_threshold(threshold)
        assert places() == before


@pytest.mark.parametrize("size", [(370, 420), (620, 300), (900, 700)])
def test_controls_fit_and_explain_themselves(panel: RocPanel, size: tuple[int, int]) -> None:
    for _ in range(2):  # the first one turns the layout, which then needs less height
        panel.resize(*size)
        settle()
    assert (panel.width(), panel.height()) == size
    controls = [
        panel.findChild(QSlider, "threshold_slider"),
        panel.findChild(NumberField, "threshold_field"),
        panel.findChild(QCheckBox, "log_fpr_field"),
        panel.findChild(DistanceField),
        target(panel),
        *(label for label in panel.findChildren(QLabel) if label.objectName().endswith("_value")),
    ]
    for control in controls:
        assert control.width() >= control.minimumSizeHint().width()
        assert panel.rect().contains(control.mapTo(panel, control.rect().bottomRight()))
        assert control.toolTip()


def test_a_panel_that_was_wide_can_become_narrow_again(panel: RocPanel) -> None:
    """A dock gives its panel the least width that it asks for, at least."""
    narrow = panel.minimumSizeHint().width()
    assert narrow <= 370
    panel.resize(900, 400)
    settle()
    assert panel.minimumSizeHint().width() > 500
    assert panel.minimumWidth() == narrow
    panel.resize(370, 420)
    settle()
    assert (panel.width(), panel.minimumWidth()) == (370, 0)


def test_it_follows_the_theme(panel: RocPanel, use_palette: Callable[[bool], QPalette]) -> None:
    plot = panel.findChild(RocPlot)
    for dark in (True, False):
        use_palette(dark)
        settle()
        at = plot.viewport().mapTo(panel, centre(plot))
        assert (panel.grab().toImage().pixelColor(at.x(), at.y() + 3).lightness() < 100) is dark


# --- more pairs than are measured one by one


def many_pairs() -> VerificationCurve:
    generator = np.random.default_rng(0)
    centres = np.repeat(generator.normal(size=(60, 8)), 5, axis=0)
    return scanned_curve(PairScan(centres + generator.normal(size=(300, 8)), np.repeat(np.arange(60), 5)), (0.01,))


def unknown_rate(curve: VerificationCurve) -> float:
    return next(rate for rate in np.arange(0.2, 0.8, 0.01).round(2) if not curve.is_rate_known(rate))


def test_a_rate_that_takes_a_pass_over_all_pairs_is_asked_for_and_followed_later(empty: RocPanel, qtbot: QtBot) -> None:
    shown = many_pairs()
    show(empty, shown)
    rate = unknown_rate(shown)
    with qtbot.waitSignal(empty.rate_requested) as asked:
        enter(qtbot, target(empty), f"{100 * rate:g} %")
    assert asked.args == [shown, pytest.approx(rate)]
    assert not shown.is_rate_known(rate), "the panel must not measure"
    assert empty.held_fpr == pytest.approx(rate)
    assert any("are being measured" in message.text() for message in empty.findChildren(Message))
    exact = shown.tpr_at_fpr(rate)  # as the thread behind the window does
    with qtbot.waitSignal(empty.threshold_chosen) as chosen:
        empty.take_rate(shown)
    assert chosen.args == [exact.threshold]
    assert not any("are being measured" in message.text() for message in empty.findChildren(Message))


def test_an_answer_for_a_curve_that_is_gone_moves_nothing(empty: RocPanel, qtbot: QtBot) -> None:
    former = many_pairs()
    show(empty, former)
    show(empty, curve())
    with qtbot.assertNotEmitted(empty.threshold_chosen):
        empty.take_rate(former)


def test_the_slider_stands_only_where_counts_are_known(empty: RocPanel) -> None:
    shown = many_pairs()
    show(empty, shown)
    told: list[float] = []
    empty.threshold_chosen.connect(told.append)
    for share in np.linspace(0.1, 0.9, 23):
        empty._choose_threshold(float(share * shown.impostor[-1]))
    assert len(told) == 23
    assert all(shown.is_known(threshold) for threshold in told)
