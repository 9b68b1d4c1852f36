"""The pictures of a model report."""

import numpy as np
from numpy.typing import NDArray

from core.evaluation.calibration import reliability
from core.evaluation.figures import densities, det_points
from core.export.report.chart import Axis, Chart, deviates, figure, linear, logarithmic
from core.export.report.content import ReportContent
from core.export.report.html import Element
from core.training.records import StepRecord

Floats = NDArray[np.float64]

CURVE_POINTS = 600
TRAINING_POINTS = 240
"""Of each line over the steps; of more, neighbouring steps are averaged."""
_TASKS = {"total": "total", "metric": "metric loss", "cls": "classification", "seg": "segmentation"}
_OPERATING = ("operating", "threshold in force")


def roc_figure(content: ReportContent) -> Element:
    """TPR over FPR, the latter logarithmic, with the band of the curve."""
    curve, band = content.measured.curve, content.measured.confidence.band
    point = curve.at_threshold(content.threshold)
    rates, least = curve.roc(CURVE_POINTS), 1 / curve.impostor_pairs
    chart = Chart(
        "ROC curve",
        f"accepted share of genuine pairs over that of impostor pairs; AUC {curve.auc:.4f}",
        logarithmic("FPR, accepted share of impostor pairs", least),
        linear("TPR, accepted share of genuine pairs", 0.0, 1.0, percent=True),
    )
    if band is not None:
        shown = band.fpr >= least
        chart.band(band.fpr[shown], band.low[shown], band.high[shown], "curve")
    chart.line(rates.fpr, rates.tpr, "curve")  # what lies at an FPR of 0 is drawn at the left end
    chart.dot(point.fpr, point.tpr, "operating")
    keys = [("curve", "all held-out pairs" + ("" if band is None else " and 95 % band")), _OPERATING]
    return figure(chart, "ROC, FPR logarithmic", keys)


def det_figure(content: ReportContent) -> Element:
    """FNR over FPR, both on axes of normal deviates."""
    curve = content.measured.curve
    point, rates = curve.at_threshold(content.threshold), det_points(curve, CURVE_POINTS)
    x = deviates("FPR, accepted share of impostor pairs", 1 / curve.impostor_pairs)
    y = deviates("FNR, rejected share of genuine pairs", 1 / curve.genuine_pairs)
    chart = Chart("DET curve", f"both errors at each threshold; equal at {100 * curve.eer:.2f} %", x, y)
    shown = (rates.fpr >= x.low) & (rates.fpr <= x.high) & (rates.fnr >= y.low) & (rates.fnr <= y.high)
    chart.line(rates.fpr[shown], rates.fnr[shown], "curve")
    if _within(point.fpr, x) and _within(1 - point.tpr, y):
        chart.dot(point.fpr, 1 - point.tpr, "operating")
    return figure(chart, "DET, axes of normal deviates", [("curve", "all held-out pairs"), _OPERATING])


def density_figure(content: ReportContent) -> Element:
    """How genuine and impostor pairs lie along the distance, with the threshold."""
    found = densities(content.measured.curve)
    highest = float(max(found.genuine.max(), found.impostor.max()))
    chart = Chart(
        "Densities of the distances",
        "of genuine and of impostor pairs, each with an area of 1; pairs left of the threshold are accepted",
        linear(f"{content.measured.distance.name} distance", float(found.distances[0]), float(found.distances[-1])),
        linear("pairs per unit of distance", 0.0, highest * 1.05),
    )
    for kind in ("genuine", "impostor"):
        values = getattr(found, kind)
        chart.band(found.distances, np.zeros_like(values), values, kind)
        chart.line(found.distances, values, kind)
    chart.upright(content.threshold, "operating")
    keys = [("genuine", "genuine pairs"), ("impostor", "impostor pairs"), _OPERATING]
    return figure(chart, "Distances of pairs", keys)


def reliability_figure(content: ReportContent) -> Element | None:
    """What probabilities promise and what they keep; None without a calibration."""
    if content.calibration is None:
        return None
    found = reliability(content.calibration, content.judged)
    axes = (linear(text, 0.0, 1.0, percent=True) for text in ("predicted probability of 'same'", "share that is"))
    chart = Chart("Reliability", "predicted probability of 'same' against the share of pairs that are", *axes)
    chart.line([0.0, 1.0], [0.0, 1.0], "ideal")
    chart.line(found.predicted, found.observed, "curve")
    for predicted, observed in zip(found.predicted, found.observed, strict=True):
        chart.dot(float(predicted), float(observed), "curve")
    keys = [("curve", f"{content.calibration.method} calibration"), ("ideal", "as promised")]
    return figure(chart, "Calibration", keys)


def loss_figure(content: ReportContent) -> Element | None:
    """Losses over the steps; None before the first one."""
    known = [name for name in _TASKS if any(getattr(record, name) is not None for record in content.records)]
    if not known:
        return None
    lines = {name: _over_steps(content.records, name) for name in known}
    highest = max(float(np.nanmax(values)) for _, values in lines.values())
    chart = Chart(
        "Losses while training",
        ", ".join(f"{_TASKS[name]} ends at {_last(values):.4g}" for name, (_, values) in lines.items()),
        linear("step", 0.0, float(content.records[-1].step)),
        linear("loss", 0.0, highest * 1.05),
    )
    _mark_changes(chart, content)
    for name, (steps, values) in lines.items():
        chart.line(steps, values, name)
    return figure(chart, "Losses", [*((name, _TASKS[name]) for name in known), *_change_key(content)])


def activity_figure(content: ReportContent) -> Element | None:
    """Share of tuples that taught something, over the steps; None where nobody counted."""
    steps, values = _over_steps(content.records, "active_fraction")
    if not np.isfinite(values).any():
        return None
    chart = Chart(
        "Active share while training",
        f"share of a batch's tuples with positive metric loss; ends at {100 * _last(values):.3g} %",
        linear("step", 0.0, float(content.records[-1].step)),
        linear("active share of the tuples", 0.0, 1.0, percent=True),
    )
    _mark_changes(chart, content)
    chart.line(steps, values, "active")
    return figure(chart, "Tuples that teach", [("active", "with positive loss"), *_change_key(content)])


def _mark_changes(chart: Chart, content: ReportContent) -> None:
    for step in sorted({change.step for change in content.changes}):
        chart.upright(step, "change")


def _change_key(content: ReportContent) -> list[tuple[str, str]]:
    return [("change", "settings changed")] if content.changes else []


def _over_steps(records: tuple[StepRecord, ...], name: str) -> tuple[Floats, Floats]:
    """Steps and means of a figure in equal stretches of them; NaN where there is none."""
    values = np.array([np.nan if getattr(record, name) is None else getattr(record, name) for record in records])
    steps = np.array([record.step for record in records], dtype=np.float64)
    if not len(values):
        return steps, values
    places = np.arange(len(values)) * min(TRAINING_POINTS, len(values)) // len(values)
    known = np.isfinite(values)
    sums, counts = (
        np.bincount(places[known], values[known], places[-1] + 1),
        np.bincount(places[known], minlength=places[-1] + 1),
    )
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return np.bincount(places, steps) / np.bincount(places), means


def _last(values: Floats) -> float:
    return float(values[np.isfinite(values)][-1])


def _within(value: float, axis: Axis) -> bool:
    return axis.low <= value <= axis.high
