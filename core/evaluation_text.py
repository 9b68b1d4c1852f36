"""What `evaluate` says to people: figures in groups, with their intervals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.errors import printable
from core.evaluation.measured import Measured

if TYPE_CHECKING:
    from core.evaluation.classification import ConfusionMatrix
    from core.evaluation.intervals import Interval
    from core.evaluation.parts import PartRates

CONFUSIONS_SHOWN = 20
UNKNOWN = "unknown"
_FIGURES = {
    "partial_auc": "partial AUC, FPR to 1 %",
    "average_precision": "average precision",
    "min_dcf": "minDCF, prior 1 %",
    "d_prime": "d-prime",
    "cllr": "Cllr",
}
_METHODS = {"k-means": "k-means", "dbscan": "DBSCAN", "hdbscan": "HDBSCAN"}


class _Row(NamedTuple):
    name: str
    value: str
    note: str = ""


def figure_text(measured: Measured, *, details: bool = False) -> str:
    """All figures, a line each; with details also what is known of each class."""
    groups: dict[str, list[_Row]] = {
        f"Verification, {_subject(measured)}": list(_verification(measured)),
        f"Threshold at {measured.threshold.rule}": list(_threshold(measured)),
        "Retrieval": list(_retrieval(measured)),
        "Clustering": list(_clustering(measured)),
        "Classification": list(_classification(measured)),
        "Segmentation": list(_segmentation(measured)),
    }
    if details:
        groups |= {"Classes": list(_classes(measured)), "Taken for another": list(_confusions(measured.confusion))}
    shown = {title: rows for title, rows in groups.items() if rows}
    width = max(len(row.name) for rows in shown.values() for row in rows)
    values = max(len(row.value) for rows in shown.values() for row in rows)
    return "\n".join(
        line
        for title, rows in shown.items()
        for line in (title, *(f"  {row.name:<{width}}  {row.value:<{values}}  {row.note}".rstrip() for row in rows))
    )


def _subject(measured: Measured) -> str:
    part = "held-out images" if measured.part == "held-out" else "images"
    sure = "" if measured.confidence.auc is None else ", with 95 % intervals"
    return f"{len(measured.images):,} {part} by {measured.distance.name} distance{sure}"


def _verification(measured: Measured) -> Iterator[_Row]:
    report, sure = measured.report, measured.confidence
    yield _Row("genuine pairs", f"{report.genuine_pairs:,}")
    yield _Row("impostor pairs", f"{report.impostor_pairs:,}")
    yield _Row("identities", f"{report.classes:,}")
    yield _Row("AUC", _plain(report.auc), _between(sure.auc))
    yield _Row("EER", _rate(report.eer), _between(sure.eer, percent=True))
    for fpr, tpr in report.tpr_at_fpr.items():
        threshold = report.threshold_at_fpr[fpr]
        notes = [_between((sure.tpr_at_fpr or {}).get(fpr), percent=True)]
        notes += [] if threshold is None else [f"threshold {threshold:.4f}"]
        yield _Row(f"TPR at FPR {100 * float(fpr):g} %", _rate(tpr), ", ".join(filter(None, notes)))
    for name, title in _FIGURES.items():
        value: float | None = getattr(measured.figures, name)
        yield _Row(title, _plain(value), "" if value is None else _between(sure.figures.get(name)))


def _threshold(measured: Measured) -> Iterator[_Row]:
    chosen = measured.threshold
    yield _Row("accept up to", f"{chosen.point.threshold:.4f}")
    if chosen.chosen_on is None or chosen.reported_on is None:
        yield _Row("on the same pairs", _rates(chosen.point.tpr, chosen.point.fpr))
    else:
        yield _part("chosen on", chosen.chosen_on)
        yield _part("reported on others", chosen.reported_on)


def _part(name: str, rates: "PartRates") -> _Row:
    return _Row(name, f"{rates.identities:,} identities", _rates(rates.tpr, rates.fpr))


def _retrieval(measured: Measured) -> Iterator[_Row]:
    report, found = measured.report, measured.retrieval
    yield _Row("precision@1", _rate(report.precision_at_1))
    if found is None:
        return
    yield _Row("R-precision", _rate(found.r_precision))
    yield _Row("MAP@R", _rate(found.map_at_r))
    yield from _by_k("recall@{}", found.recall_at)
    yield from _by_k("{}-NN accuracy", measured.knn_accuracy or {})


def _by_k(name: str, shares: Mapping[int, float]) -> Iterator[_Row]:
    for k, share in shares.items():
        yield _Row(name.format(k), _rate(share))


def _clustering(measured: Measured) -> Iterator[_Row]:
    for method, found in (measured.clustering or {}).items():
        notes = [f"ARI {found.ari:.3f}", f"{found.clusters:,} cluster{'' if found.clusters == 1 else 's'}"]
        notes += [f"{_rate(found.noise)} of the images in none"] if found.noise else []
        notes += [f"of {found.images:,} images"] if found.images < len(measured.images) else []
        yield _Row(_METHODS[method], f"NMI {found.nmi:.3f}", ", ".join(notes))


def _classification(measured: Measured) -> Iterator[_Row]:
    if measured.report.classification_accuracy is not None:
        yield _Row("accuracy", _rate(measured.report.classification_accuracy))


def _segmentation(measured: Measured) -> Iterator[_Row]:
    if measured.segmentation is not None:
        yield _Row("IoU", _rate(measured.segmentation.iou))
        yield _Row("Dice", _rate(measured.segmentation.dice))


def _classes(measured: Measured) -> Iterator[_Row]:
    for row in measured.per_class:
        known = {"recall": row.recall, "precision": row.precision, "IoU": row.iou, "Dice": row.dice}
        notes = (f"{name} {_rate(value)}" for name, value in known.items() if value is not None)
        yield _Row(printable(row.name), f"{row.images:,} images", ", ".join(notes))


def _confusions(table: "ConfusionMatrix | None") -> Iterator[_Row]:
    """The most frequent ones."""
    if table is None:
        return
    wrong = table.counts.copy()
    np.fill_diagonal(wrong, 0)
    for place in np.argsort(-wrong, axis=None, kind="stable")[:CONFUSIONS_SHOWN]:
        true, predicted = np.unravel_index(place, wrong.shape)
        if wrong[true, predicted]:
            images = f"{wrong[true, predicted]:,} of {table.counts[true].sum():,}"
            yield _Row(printable(f"{table.classes[true]} for {table.classes[predicted]}"), images)


def _rates(tpr: float, fpr: float) -> str:
    return f"TPR {_rate(tpr)}, FPR {_rate(fpr)}"


def _plain(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.4f}"


def _rate(value: float | None) -> str:
    return UNKNOWN if value is None else f"{100 * value:.2f} %"


def _between(limits: "Interval | Sequence[float] | None", *, percent: bool = False) -> str:
    """An interval of 95 %; empty where there is none."""
    if limits is None:
        return ""
    low, high = limits
    return f"{100 * low:.2f} to {100 * high:.2f} %" if percent else f"{low:.4f} to {high:.4f}"
