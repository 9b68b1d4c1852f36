"""ROC, DET and precision-recall: one place in three views, and what a click asks for."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QTabBar
from pytestqt.qtbot import QtBot

from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import curve_figures
from core.evaluation.intervals import Band, Confidence, Interval, ThresholdBand
from explorer.panels.curve_views import CurveViews
from explorer.panels.det_plot import DetPlot
from explorer.panels.histogram_plot import HistogramPlot
from explorer.panels.operating_plot import OperatingPlot
from explorer.panels.pairs_wish import PairsWish
from explorer.panels.precision_recall_plot import PrecisionRecallPlot
from explorer.panels.roc import RocPanel
from explorer.panels.roc_plot import RocPlot
from tests.explorer.mouse import centre, drag, move, pixel

pytestmark = pytest.mark.usefixtures("every_move")

VIEWS: tuple[type[OperatingPlot], ...] = (RocPlot, DetPlot, PrecisionRecallPlot)
deviate = NormalDist().inv_cdf


def curve() -> VerificationCurve:
    """20 genuine pairs at 0.01 to 0.20, 1000 impostor pairs from 0.101 on, a thousandth apart.

    At 0.15: 15 of 20 genuine and 50 of 1000 impostor pairs are accepted, of all accepted 15 / 65 are genuine.
    """
    return VerificationCurve(np.arange(1, 21) / 100, np.arange(101, 1101) / 1000)


def confidence() -> Confidence:
    thresholds = np.array([0.0, 0.2, 1.1])
    limits = np.array([[0.0, 0.1, 0.0, 0.1], [0.8, 1.0, 0.05, 0.15], [1.0, 1.0, 1.0, 1.0]])
    return Confidence(
        identities=40,
        auc=Interval(0.95, 0.99),
        eer=Interval(0.05, 0.12),
        band=Band(np.array([0.0, 0.01, 0.1, 1.0]), np.array([0.1, 0.3, 0.6, 1.0]), np.array([0.5, 0.7, 1.0, 1.0])),
        figures={
            "partial_auc": Interval(0.7, 0.8),
            "average_precision": Interval(0.5, 0.6),
            "min_dcf": Interval(0.4, 0.6),
            "d_prime": Interval(2.25, 2.75),
        },
        rates=ThresholdBand(thresholds, limits),
    )


@pytest.fixture
def panel(qtbot: QtBot) -> RocPanel:
    panel = RocPanel()
    qtbot.addWidget(panel)
    panel.resize(620, 700)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_curve(curve(), "step 10")
    panel.redraw_if_due()
    settle()
    return panel


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def bring(panel: RocPanel, kind: type[OperatingPlot]) -> OperatingPlot:
    panel.findChild(QTabBar, "curve_view_tabs").setCurrentIndex(VIEWS.index(kind))
    settle()
    plot = panel.findChild(kind)
    assert plot.isVisible()
    return plot


def circle(plot: OperatingPlot) -> tuple[float, float]:
    handle = next(item for item in plot.scene().items() if isinstance(item, pg.TargetItem))
    return handle.pos().x(), handle.pos().y()


def at(fpr: float, tpr: float, precision: float) -> dict[type[OperatingPlot], tuple[float, float]]:
    """Axis coordinates of one place in each view."""
    return {
        RocPlot: (math.log10(fpr), tpr),
        DetPlot: (deviate(fpr), deviate(1 - tpr)),
        PrecisionRecallPlot: (tpr, precision),
    }


@pytest.mark.parametrize("kind", VIEWS)
def test_the_same_place_in_every_view(panel: RocPanel, kind: type[OperatingPlot]) -> None:
    panel.set_threshold(0.15)
    plot = bring(panel, kind)
    assert circle(plot) == pytest.approx(at(0.05, 0.75, 15 / 65)[kind])
    panel.set_threshold(0.12)  # 12 of 20, 20 of 1000
    assert circle(plot) == pytest.approx(at(0.02, 0.6, 12 / 32)[kind])


@pytest.mark.parametrize("kind", VIEWS)
def test_the_circle_is_dragged_in_every_view(panel: RocPanel, qtbot: QtBot, kind: type[OperatingPlot]) -> None:
    panel.set_threshold(0.11)
    plot = bring(panel, kind)
    values: list[float] = []
    panel.threshold_chosen.connect(values.append)
    start, end = at(0.01, 0.55, 11 / 21)[kind], at(0.05, 0.75, 15 / 65)[kind]
    with qtbot.assertNotEmitted(panel.pairs_requested):
        drag(qtbot, plot.viewport(), pixel(plot, *start), pixel(plot, *end))
    assert values[-1] == pytest.approx(0.15, abs=0.005)
    assert circle(plot) == pytest.approx(end, abs=0.1)


@pytest.mark.parametrize("kind", VIEWS)
def test_a_click_on_the_curve_moves_the_threshold_and_asks_for_its_errors(
    panel: RocPanel, qtbot: QtBot, kind: type[OperatingPlot]
) -> None:
    plot = bring(panel, kind)
    place = pixel(plot, *at(0.05, 0.75, 15 / 65)[kind])
    move(plot.viewport(), place)
    assert plot.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    told: list[object] = []
    panel.threshold_chosen.connect(told.append)
    panel.pairs_requested.connect(told.append)
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    chosen, wish = told
    assert isinstance(chosen, float)
    assert chosen == pytest.approx(0.15, abs=0.005)
    title = f"False accepts and false rejects nearest {chosen:.3f}"
    assert wish == PairsWish(None, -math.inf, math.inf, chosen, title, errors_only=True)


def test_a_click_beside_the_curve_asks_for_nothing(panel: RocPanel, qtbot: QtBot) -> None:
    plot = bring(panel, RocPlot)
    place = pixel(plot, math.log10(0.05), 0.1)
    move(plot.viewport(), place)
    assert plot.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    with qtbot.assertNotEmitted(panel.pairs_requested):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("kind", [DetPlot, PrecisionRecallPlot])
def test_hover_tells_all_rates(panel: RocPanel, kind: type[OperatingPlot]) -> None:
    plot = bring(panel, kind)
    x, y = at(0.0504, 0.75, 15 / 65)[kind]
    move(plot.viewport(), pixel(plot, x - (1e-3 if kind is PrecisionRecallPlot else 0), y))
    lines = plot.viewport().findChild(QLabel).text().splitlines()
    rates = {name: text for name, _, text in (line.partition(" ") for line in lines)}
    assert rates["TPR"].strip() == "75.0 %"
    assert rates["FNR"].strip() == "25.0 %"
    assert set(rates) >= {"threshold", "FPR", "precision"}


def test_only_the_roc_curve_has_a_log_axis(panel: RocPanel) -> None:
    log = panel.findChild(QCheckBox, "log_fpr_field")
    bring(panel, DetPlot)
    assert not log.isEnabled()
    assert log.toolTip().startswith("Not here")
    bring(panel, RocPlot)
    assert log.isEnabled()


# --- figures and intervals


def test_each_view_tells_its_own_figure_with_its_interval(panel: RocPanel) -> None:
    found = curve_figures(curve())
    assert bring(panel, RocPlot).note.lines() == ()
    panel.show_figures(found)
    panel.redraw_if_due()
    told = {kind: bring(panel, kind).note.lines()[1] for kind in VIEWS}
    assert told == {
        RocPlot: f"{found.partial_auc:.3f}",
        DetPlot: f"{found.min_dcf:.3f}",
        PrecisionRecallPlot: f"{found.average_precision:.3f}",
    }
    panel.show_confidence(confidence())
    panel.redraw_if_due()
    told = {kind: bring(panel, kind).note.lines()[1].partition(" ")[2] for kind in VIEWS}
    assert told == {RocPlot: "(0.700–0.800)", DetPlot: "(0.400–0.600)", PrecisionRecallPlot: "(0.500–0.600)"}
    label = panel.findChild(HistogramPlot).bottom.labelText
    assert label == f"distance (cosine) · d′ {found.d_prime:.2f} (2.25–2.75)"


def test_the_name_of_the_axis_is_never_cut(qtbot: QtBot) -> None:
    plot = HistogramPlot()
    qtbot.addWidget(plot)
    plot.show_curve(curve(), 1.1)
    plot.show_figures(curve_figures(curve()), confidence())
    seen = set()
    plot.show()
    for width in (165, 220, 260, 400):
        plot.resize(width, 120)
        settle()
        label = plot.bottom.label
        assert label.mapRectToScene(label.boundingRect()).left() >= 0
        assert label.mapRectToScene(label.boundingRect()).right() <= plot.viewport().width()
        seen.add(plot.bottom.labelText.count(" "))
    assert len(seen) == 3


@pytest.mark.parametrize("kind", VIEWS)
def test_the_band_is_where_its_limits_are(panel: RocPanel, kind: type[OperatingPlot]) -> None:
    plot = bring(panel, kind)
    assert plot._band.path().isEmpty()
    panel.show_confidence(confidence())
    panel.redraw_if_due()
    path = plot._band.path()
    for tpr, inside in ((0.25, False), (0.35, True), (0.65, True), (0.75, False)):
        accepted = 20 * tpr + 10
        assert path.contains(pg.Point(*at(0.01, tpr, 20 * tpr / accepted)[kind])) == inside
    panel.show_curve(curve(), "step 20")
    panel.redraw_if_due()
    assert plot._band.path().isEmpty()


def test_the_words_make_way_for_the_curve(qtbot: QtBot) -> None:
    """Far right and low, or far left and high: the words stand in the other corner."""
    for genuine, bottom in ((np.full(50, 0.01), True), (np.full(50, 0.99), False)):
        views = CurveViews()
        qtbot.addWidget(views)
        views.resize(400, 200)
        views.show()
        shown = VerificationCurve(genuine, np.linspace(0.02, 1.0, 1000))
        views.show_curve(shown)
        views.show_figures(curve_figures(shown), None)
        settle()
        assert (views.roc.note.boundingRect().top() > 60) is bottom


# --- bars


def bar_at(panel: RocPanel, distance: float, density: float) -> QPoint:
    return pixel(panel.findChild(HistogramPlot), distance, density)


def test_a_click_on_a_bar_asks_for_the_pairs_in_it(panel: RocPanel, qtbot: QtBot) -> None:
    plot = panel.findChild(HistogramPlot)
    edges = curve().histogram(80).edges
    for bar, genuine in ((3, True), (40, False), (9, None)):
        place = bar_at(panel, float(edges[bar] + edges[bar + 1]) / 2, 0.5)
        move(plot.viewport(), place)
        assert plot.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
        with qtbot.waitSignal(panel.pairs_requested) as asked:
            qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
        wish = asked.args[0]
        assert wish.genuine is genuine
        assert wish.low < edges[bar] < wish.high < edges[bar + 1]
        assert (wish.low, wish.high) == pytest.approx((edges[bar], edges[bar + 1]), abs=1e-12)
        assert wish.low <= wish.nearest <= edges[bar + 1]
        who = {True: "Genuine pairs", False: "Impostor pairs", None: "Pairs"}[genuine]
        assert wish.title == f"{who} from {edges[bar]:.3f} to {edges[bar + 1]:.3f}"


def test_the_last_bar_holds_its_right_edge(panel: RocPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.pairs_requested) as asked:
        plot = panel.findChild(HistogramPlot)
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=bar_at(panel, 1.098, 0.4))
    assert asked.args[0].high == 1.1


def test_above_the_bars_nothing_is_asked_for(panel: RocPanel, qtbot: QtBot) -> None:
    plot = panel.findChild(HistogramPlot)
    move(plot.viewport(), bar_at(panel, 0.5, 4.0))
    assert plot.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    with qtbot.assertNotEmitted(panel.pairs_requested):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=bar_at(panel, 0.5, 4.0))


# --- files


def test_every_view_is_exported_with_its_limits(panel: RocPanel, tmp_path: Path) -> None:
    for kind, names in (
        (RocPlot, ["FPR", "TPR"]),
        (DetPlot, ["FPR", "FNR"]),
        (PrecisionRecallPlot, ["recall", "precision"]),
    ):
        plot = bring(panel, kind)
        plot.export(tmp_path / "curve.json")
        found = json.loads((tmp_path / "curve.json").read_text())
        assert list(found["columns"]) == ["threshold", *names]
    panel.show_confidence(confidence())
    panel.redraw_if_due()
    panel.findChild(PrecisionRecallPlot).export(tmp_path / "curve.json")
    columns = json.loads((tmp_path / "curve.json").read_text())["columns"]
    row = columns["threshold"].index(0.2)
    assert [columns[name][row] for name in ("TPR from", "TPR to", "FPR from", "FPR to")] == [0.8, 1.0, 0.05, 0.15]
    assert columns["precision"][row] == pytest.approx(20 / 120)


@pytest.mark.parametrize("kind", VIEWS)
@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_every_view_is_exported_as_a_picture(
    panel: RocPanel, tmp_path: Path, kind: type[OperatingPlot], suffix: str
) -> None:
    bring(panel, kind).export(tmp_path / f"curve.{suffix}")
    assert (tmp_path / f"curve.{suffix}").stat().st_size > 2_000


@pytest.mark.parametrize("kind", VIEWS)
def test_every_view_follows_the_theme(
    panel: RocPanel, use_palette: Callable[[bool], QPalette], kind: type[OperatingPlot]
) -> None:
    plot = bring(panel, kind)
    for dark in (True, False):
        use_palette(dark)
        settle()
        shown = plot.mapTo(panel, centre(plot))
        ground = panel.grab().toImage().pixelColor(shown.x(), plot.mapTo(panel, QPoint(0, 3)).y())
        assert (ground.lightness() < 100) is dark
        assert (plot._line.opts["pen"].color().lightness() > 150) is dark
