"""The sections of a model report, in the order of the page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from core.evaluation.calibration import cllr, min_cllr
from core.evaluation.measured import Measured
from core.evaluation.parts import ThresholdParts, why_no_parts
from core.evaluation.report import REPORTED_FPRS, operating_point
from core.export.report.content import ReportContent
from core.export.report.figures import (
    activity_figure,
    density_figure,
    det_figure,
    loss_figure,
    reliability_figure,
    roc_figure,
)
from core.export.report.html import Element, definitions, element, items, joined, table
from core.run_content import library_versions

MOST_ROWS = 20
"""Of tables that grow with the data."""
UNKNOWN = "–"
_FIGURES = {
    "partial_auc": "Partial AUC, FPR to 1 %",
    "average_precision": "Average precision",
    "min_dcf": "minDCF, prior 1 %",
    "d_prime": "d-prime",
    "cllr": "Cllr, bits",
}
Limits = Sequence[float] | None


def sections(content: ReportContent) -> Element:
    """All sections that have something to tell."""
    parts = (
        ("What it is of", _subject(content)),
        ("What to know before relying on it", _reservations(content)),
        ("Figures", _figures(content)),
        ("Operating points", _operating_points(content)),
        ("Curves and calibration", _curves(content)),
        ("Identities with errors, worst first", _identities(content)),
        ("Who is taken for whom", _confusions(content)),
        ("Classes, worst first", _classes(content)),
        ("Training", _training(content)),
        ("Settings", _settings(content)),
        ("Images left out", _exclusions(content)),
    )
    return joined(element("section", element("h2", title), body) for title, body in parts if body)


def headline(content: ReportContent) -> Element:
    """Four figures that say the most."""
    measured, point = content.measured, content.measured.curve.at_threshold(content.threshold)
    tiles = (
        ("AUC", f"{measured.report.auc:.4f}", _plain_limits(measured.confidence.auc)),
        ("EER", _rate(measured.report.eer), _rate_limits(measured.confidence.eer)),
        ("Threshold", f"{content.threshold:.4f}", f"{measured.distance.name} distance, {_rule(content)}"),
        ("TPR there", _rate(point.tpr), f"at an FPR of {_rate(point.fpr)}, over all held-out pairs"),
    )
    boxes = (
        element("div", element("dt", name), element("dd", element("b", value), element("small", note)))
        for name, value, note in tiles
    )
    return element("dl", boxes, class_="tiles")


# --- the sections


def _subject(content: ReportContent) -> Element:
    run, config, measured = content.run, content.run.config, content.measured
    data, info = run.info.data, run.info
    kind = "open set: held-out identities were never trained on" if data.open_set else "closed set: classes are known"
    known = len(data.training_classes)
    trained_on = f"of which {known:,} are trained on" if known else "none of them known to the model"
    images = f"{data.images:,}: {content.training_images:,} for training, {content.held_out_images:,} held out"
    rows = [
        ("Run", run.path.resolve().name),
        ("Trained", f"{info.created}, seed {info.seed}"),
        ("Weights of", f"step {measured.step:,}"),
        ("Reported", content.written),
        ("Data", data.name),
        ("Images", images),
        ("Classes", f"{len(data.classes):,}, {trained_on}"),
        ("Split", kind),
        ("Content hash", data.content_hash),
        (
            "Model",
            f"{config.backbone}, {config.embedding_dim} dimensions, {config.image_size} x {config.image_size} pixels",
        ),
        ("Judged on", f"{len(measured.images):,} held-out images of {measured.report.classes:,} identities"),
        ("Pairs", f"{measured.curve.genuine_pairs:,} genuine, {measured.curve.impostor_pairs:,} impostor"),
        ("Device", info.device),
        ("Trained with", _versions(info.versions)),
        ("Reported with", _versions(library_versions())),
    ]
    return definitions(rows)


def _reservations(content: ReportContent) -> Element | None:
    measured, choice = content.measured, content.choice
    found = list(dict.fromkeys(measured.warnings))
    if choice is None:
        found.append("the run holds no threshold yet; what follows takes the one that these images suggest")
    elif choice.step != measured.step:
        found.append(f"the threshold was chosen at step {choice.step}, the weights are of step {measured.step}")
    return items(text[0].upper() + text[1:] for text in found) if found else None


def _figures(content: ReportContent) -> Element:
    measured = content.measured
    rows = [
        ("AUC", f"{measured.report.auc:.4f}", _plain_limits(measured.confidence.auc)),
        ("EER", _rate(measured.report.eer), _rate_limits(measured.confidence.eer)),
        *_further_figures(measured),
    ]
    sure = measured.confidence.reason or f"by drawing {measured.confidence.identities:,} identities with replacement"
    return joined(
        table("Figures over all held-out pairs and images", ("Figure", "Value", "95 % interval"), rows),
        element("p", f"Intervals: {sure}.", class_="remark"),
    )


def _further_figures(measured: Measured) -> Iterator[tuple[str, str, str]]:
    for name, title in _FIGURES.items():
        value = getattr(measured.figures, name)
        if value is not None:
            yield title, f"{value:.4f}", _plain_limits(measured.confidence.figures.get(name))
    report, found = measured.report, measured.retrieval
    rates = {
        "Precision@1": report.precision_at_1,
        "R-precision": None if found is None else found.r_precision,
        "MAP@R": report.map_at_r,
        "Classification accuracy": report.classification_accuracy,
        "Segmentation IoU": report.segmentation_iou,
        "Dice": None if measured.segmentation is None else measured.segmentation.dice,
    }
    for title, rate in rates.items():
        if rate is not None:
            yield title, _rate(rate), ""


def _operating_points(content: ReportContent) -> Element:
    measured, curve = content.measured, content.measured.curve
    found = [(f"FPR {100 * fpr:g} %", operating_point(curve, fpr)) for fpr in REPORTED_FPRS]
    places = [(name, None if point is None else point.threshold) for name, point in found]
    places += [("EER", curve.eer_point.threshold), (f"In force: {_rule(content)}", content.threshold)]
    heads = ("Point", "Threshold", "FPR", "95 % interval", "TPR", "95 % interval")
    rows = [_operating_row(name, threshold, measured) for name, threshold in places]
    whole = table("Thresholds and what they accept of all held-out pairs", heads, rows, marked=len(rows) - 1)
    if measured.parts is None:
        reason = why_no_parts(measured.images)
        return joined(whole, element("p", f"{reason[0].upper()}{reason[1:]}.", class_="remark"))
    return joined(whole, _halves(places, measured.parts))


def _operating_row(name: str, threshold: float | None, measured: Measured) -> list[str]:
    if threshold is None:
        return [name, "too few pairs", *[UNKNOWN] * 4]
    point = measured.curve.at_threshold(threshold)
    sure = measured.confidence.at_threshold(threshold) if np.isfinite(threshold) else None
    fpr, tpr = (None, None) if sure is None else (sure.fpr, sure.tpr)
    return [name, f"{threshold:.4f}", _rate(point.fpr), _rate_limits(fpr), _rate(point.tpr), _rate_limits(tpr)]


def _halves(places: Sequence[tuple[str, float | None]], parts: ThresholdParts) -> Element:
    """The same thresholds on the identities that they are chosen on, and on the others."""
    heads = ("Point", "Choosing half: FPR", "Choosing half: TPR", "Reporting half: FPR", "Reporting half: TPR")
    rows = []
    for name, threshold in places:
        rates = [] if threshold is None else [parts.chosen_on(threshold), parts.reported_on(threshold)]
        cells = [_rate(value) for each in rates for value in (each.fpr, each.tpr)]
        rows.append([name, *(cells or [UNKNOWN] * 4)])
    remark = (
        f"Thresholds are chosen on {parts.choosing_identities:,} identities; the rates on the "
        f"{parts.reporting_identities:,} others are what to expect of people nobody has seen."
    )
    caption = "The same thresholds on both halves of the identities"
    return joined(table(caption, heads, rows, marked=len(rows) - 1), element("p", remark, class_="remark"))


def _curves(content: ReportContent) -> Element:
    made = (roc_figure(content), det_figure(content), density_figure(content), reliability_figure(content))
    pictures = element("div", (picture for picture in made if picture is not None), class_="figures")
    return joined(pictures, _calibration(content) or "")


def _calibration(content: ReportContent) -> Element | None:
    calibration, judged = content.calibration, content.judged
    if calibration is None:
        return None
    parts = content.measured.parts
    on = "on other identities than it was fitted on" if parts is not None else "on the pairs it was fitted on: too kind"
    method = {"platt": "Platt's logistic regression", "isotonic": "isotonic regression"}[calibration.method]
    return definitions(
        [
            ("Calibration", f"{method}; 'same' and 'different' are taken as equally likely before"),
            ("Cllr", f"{cllr(calibration, judged):.4f} bits, {on}; {min_cllr(judged):.4f} at the least"),
        ]
    )


def _identities(content: ReportContent) -> Element | None:
    found = content.identities()
    if not found:
        return None
    heads = ("Identity", "Images", "Genuine pairs rejected", "Share", "Impostor pairs accepted")
    rows = [
        (
            one.name,
            f"{one.images:,}",
            f"{one.rejected:,} of {one.genuine_pairs:,}" if one.rejected else "0",
            _rate(one.rejected_share),
            f"{one.accepted:,}",
        )
        for one in found[:MOST_ROWS]
    ]
    return joined(table("Errors at the threshold in force, by identity", heads, rows), _shown(len(rows), len(found)))


def _confusions(content: ReportContent) -> Element | None:
    found = [one for one in content.confusions if one.first != one.second]
    if not found:
        return None
    names = content.measured.class_names
    rows = [
        (names[one.first], names[one.second], f"{one.errors:,}", f"{one.pairs:,}", _rate(one.errors / one.pairs))
        for one in found[:MOST_ROWS]
    ]
    heads = ("Identity", "And", "Pairs accepted", "Of", "Share")
    return joined(
        table("Impostor pairs accepted at the threshold in force", heads, rows), _shown(len(rows), len(found))
    )


def _classes(content: ReportContent) -> Element | None:
    found = content.measured.per_class
    if not found:
        return None
    order = sorted(found, key=lambda one: (one.recall if one.recall is not None else 2.0, one.iou or 0.0, one.name))
    columns = {"Recall": "recall", "Precision": "precision", "IoU": "iou", "Dice": "dice"}
    known = {head: name for head, name in columns.items() if any(getattr(one, name) is not None for one in found)}
    rows = [
        (one.name, f"{one.images:,}", *(_rate(getattr(one, name)) for name in known.values()))
        for one in order[:MOST_ROWS]
    ]
    shown = table("Classification and masks, by class", ("Class", "Images", *known), rows)
    return joined(shown, _shown(len(rows), len(found)))


def _training(content: ReportContent) -> Element | None:
    pictures = [picture for picture in (loss_figure(content), activity_figure(content)) if picture is not None]
    if not pictures:
        return None
    last = content.records[-1]
    text = f"{last.step:,} steps in {last.epoch:,} epochs, {last.time:,.0f} seconds of training."
    return joined(element("p", text, class_="remark"), element("div", pictures, class_="figures"))


def _settings(content: ReportContent) -> Element:
    config = content.run.config.model_dump(mode="json")
    live = config.pop("hyperparameters")
    config["data"] = content.run.info.data.name  # where it stands on this machine is nobody else's business
    if isinstance(content.run.config.holdout, Path):
        config["holdout"] = content.run.config.holdout.name
    shown = [(name, _value(value)) for name, value in config.items()]
    parts = [
        table("Settings of the run", ("Setting", "Value"), shown),
        table(
            "Live settings it began with", ("Setting", "Value"), [(name, _value(value)) for name, value in live.items()]
        ),
    ]
    rows = [(change.name, f"{change.step:,}", change.at, change.old, change.new) for change in content.changes]
    if not rows:
        return joined(element("div", parts, class_="side"), element("p", "Nothing was changed while it was trained."))
    heads = ("Setting", "After step", "At", "From", "To")
    return joined(element("div", parts, class_="side"), table("What was changed while it was trained", heads, rows))


def _exclusions(content: ReportContent) -> Element | None:
    parts = []
    if content.exclusions:
        rows = [(one.sample, one.reason, one.at) for one in content.exclusions]
        parts.append(table("Excluded from every evaluation by a person", ("Image", "Reason", "At"), rows))
    problems = content.measured.problems
    if problems:
        rows = [(one.where, one.reason, "") for one in problems[:MOST_ROWS]]
        parts += [table("Could not be used", ("Where", "Why", ""), rows), _shown(len(rows), len(problems))]
    return joined(parts) if parts else None


# --- words


def _rule(content: ReportContent) -> str:
    choice = content.choice
    if choice is None:
        return f"suggested at {content.measured.threshold.rule}"
    return f"{choice.rule}, {'by default' if choice.chosen_by == 'default' else 'chosen by a person'}"


def _versions(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in versions.items())


def _value(value: object) -> str:
    return UNKNOWN if value is None else str(value)


def _shown(rows: int, total: int) -> Element:
    return element("p", f"{rows:,} of {total:,} shown.", class_="remark") if rows < total else Element("")


def _rate(value: float | None) -> str:
    """A percentage; more digits for rates that are small, as those of impostor pairs are."""
    if value is None:
        return UNKNOWN
    digits = f"{100 * value:.2f}" if value >= 0.0015 or value == 0 else f"{100 * value:.3f}"
    return f"{digits if float(digits) or not value else f'{100 * value:.1g}'}\N{NO-BREAK SPACE}%"


def _rate_limits(limits: Limits) -> str:
    return UNKNOWN if limits is None else _unbroken(f"{100 * limits[0]:.2f} to {100 * limits[1]:.2f} %")


def _plain_limits(limits: Limits) -> str:
    return UNKNOWN if limits is None else _unbroken(f"{limits[0]:.4f} to {limits[1]:.4f}")


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")
