"""Every figure of an evaluation, in groups, with its interval and what it means."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer import formats
from explorer.widgets.figure_table import FigureGroup, FigureRow

if TYPE_CHECKING:
    from core.evaluation.intervals import Interval
    from core.evaluation.measured import Measured

_LISTED = "only the listed pairs are known to be of one identity or of two"
_OPEN_SET = "the model cannot name classes that it was not trained on"
_NO_MASKS = "the images have no masks, or the model predicts none"
_TOO_FEW = "the pairs are too few"
_CURVE_FIGURES = (
    (
        "partial_auc",
        "partial AUC, FPR to 1 %",
        "The area under the curve up to FPR 1 %, scaled so that 1 is perfect and 0.5 is guessing: what counts where "
        "false accepts are dear.",
    ),
    (
        "average_precision",
        "average precision",
        "Mean precision at the distance of each genuine pair: the area below precision over recall. Depends on how "
        "many pairs there are of each kind.",
    ),
    (
        "min_dcf",
        "minDCF",
        "What wrong decisions cost at the best threshold where 1 in 100 pairs is genuine; 1 is the cost of deciding "
        "without looking.",
    ),
    (
        "d_prime",
        "d-prime",
        "How far the mean distances of genuine and impostor pairs lie apart, in standard deviations.",
    ),
    (
        "cllr",
        "Cllr",
        "Cost of the log-likelihood ratios, in bits: 0 is perfect, 1 says nothing. It measures order and calibration.",
    ),
)
_CLUSTERING = {
    "k-means": ("k-means", "as many clusters as there are identities"),
    "dbscan": ("DBSCAN", "neighbours within a distance that is chosen from the data"),
    "hdbscan": ("HDBSCAN", "clusters of varying density; nothing has to be chosen"),
}


def figure_groups(measured: "Measured") -> tuple[FigureGroup, ...]:
    """All figures, as the table shows them."""
    notes = tuple(FigureRow(_sentence(note), help=_sentence(note)) for note in measured.warnings)
    groups = (
        FigureGroup("Verification", tuple(_verification(measured)), "Are two images of one identity?"),
        FigureGroup("Suggested threshold", tuple(_threshold(measured)), "What a threshold for these images would do."),
        FigureGroup("Retrieval", tuple(_retrieval(measured)), "Is what lies nearest of the same identity?"),
        FigureGroup(
            "Clustering", tuple(_clustering(measured)), "Do the embeddings fall into identities by themselves?"
        ),
        FigureGroup("Classification", tuple(_classification(measured)), "Is the class named rightly?"),
        FigureGroup("Segmentation", tuple(_segmentation(measured)), "Does the predicted mask cover the object?"),
        FigureGroup("Notes", notes, "What to know before relying on the figures."),
    )
    return tuple(group for group in groups if group.rows)


def _verification(measured: "Measured") -> Iterator[FigureRow]:
    report, sure = measured.report, measured.confidence
    why = "" if sure.reason is None else sure.reason
    yield FigureRow(
        "AUC",
        f"{report.auc:.4f}",
        _limits(sure.auc),
        why,
        "Probability that a genuine pair is nearer than an impostor pair, whatever the threshold.",
    )
    yield FigureRow(
        "EER",
        formats.rate(report.eer),
        _rate_limits(sure.eer),
        why,
        "Equal error rate: the threshold where as large a share of impostor pairs is accepted as of genuine ones "
        "rejected.",
    )
    for fpr, tpr in report.tpr_at_fpr.items():
        at = f"FPR {100 * float(fpr):g} %"
        yield FigureRow(
            f"TPR at {at}",
            formats.rate(tpr),
            _rate_limits((sure.tpr_at_fpr or {}).get(fpr)),
            _warning_of(measured, at) or why,
            f"Accepted share of genuine pairs at the largest threshold that accepts {100 * float(fpr):g} % of impostor "
            "pairs at most.",
        )
    for name, title, meaning in _CURVE_FIGURES:
        value: float | None = getattr(measured.figures, name)
        limits = "" if value is None else _limits(sure.figures.get(name), digits=3)
        yield FigureRow(title, _plain(value, 3), limits, _TOO_FEW if value is None else "", meaning)
    yield _count("genuine pairs", report.genuine_pairs, "Pairs of two images of one identity.")
    yield _count("impostor pairs", report.impostor_pairs, "Pairs of images of two identities.")
    yield _count("identities", report.classes, "Identities (classes) among the images.")


def _threshold(measured: "Measured") -> Iterator[FigureRow]:
    chosen = measured.threshold
    yield FigureRow(
        f"threshold at {chosen.rule}",
        formats.distance(chosen.point.threshold),
        help="The largest distance that is accepted. The run may hold another one that a person has chosen: see ROC.",
    )
    halves = (
        ("choosing", chosen.chosen_on, "the identities that the threshold was chosen on"),
        ("other", chosen.reported_on, "identities that the threshold was not chosen on: believe these"),
    )
    for half, rates, whom in halves:
        if rates is not None:
            note = f"{formats.count(rates.identities)} identities"
            for name, value, kind in (("TPR", rates.tpr, "genuine"), ("FPR", rates.fpr, "impostor")):
                yield FigureRow(
                    f"{name}, {half} half",
                    formats.rate(value),
                    note=note,
                    help=f"Accepted share of {kind} pairs of {whom}.",
                )


def _retrieval(measured: "Measured") -> Iterator[FigureRow]:
    report, found = measured.report, measured.retrieval
    why = _LISTED if report.precision_at_1 is None else ""
    yield _share("precision@1", report.precision_at_1, "Images whose nearest other image is of their identity.", why)
    r_precision = None if found is None else found.r_precision
    yield _share(
        "R-precision",
        r_precision,
        "With R other images of an identity: the share of it among the R nearest.",
        why,
    )
    yield _share("MAP@R", report.map_at_r, "As R-precision, but what is nearer counts more.", why)
    for k, value in ({} if found is None else found.recall_at).items():
        yield _share(f"recall@{k}", value, f"Images with at least one of their identity among the {k} nearest.", "")
    for k, value in (measured.knn_accuracy or {}).items():
        yield _share(f"k-NN accuracy, k = {k}", value, f"Images that a vote of their {k} nearest names rightly.", "")


def _clustering(measured: "Measured") -> Iterator[FigureRow]:
    if measured.clustering is None:
        yield FigureRow("NMI, ARI", formats.UNKNOWN, note=_LISTED if measured.images.pairs is not None else "")
        return
    for method, found in measured.clustering.items():
        name, how = _CLUSTERING[method]
        noise = f", {formats.rate(found.noise)} of the images in none" if found.noise else ""
        note = f"{formats.count(found.clusters)} clusters of {formats.count(found.images)} images{noise}"
        yield FigureRow(
            f"NMI, {name}",
            f"{found.nmi:.3f}",
            note=note,
            help=f"Normalised mutual information of clusters and identities, 0 to 1; {name}: {how}.",
        )
        yield FigureRow(
            f"ARI, {name}",
            f"{found.ari:.3f}",
            note=note,
            help=f"Adjusted Rand index: 1 where clusters are the identities, about 0 by chance; {name}: {how}.",
        )


def _classification(measured: "Measured") -> Iterator[FigureRow]:
    value = measured.report.classification_accuracy
    yield _share(
        "accuracy",
        value,
        "Images whose most probable class is their own.",
        _OPEN_SET if value is None else "",
    )


def _segmentation(measured: "Measured") -> Iterator[FigureRow]:
    found = measured.segmentation
    why = _NO_MASKS if found is None else ""
    iou, dice = (None, None) if found is None else (found.iou, found.dice)
    yield _share("IoU", iou, "Mean over images of the shared area of predicted and true mask in the area of both.", why)
    yield _share("Dice", dice, "Mean over images of twice the shared area in the sum of both areas.", why)


def _warning_of(measured: "Measured", at: str) -> str:
    """What is to be known of the figure at an FPR."""
    found = (warning for warning in measured.report.warnings if warning.startswith(f"{at}:"))
    return next((warning.removeprefix(f"{at}: ") for warning in found), "")


def _share(name: str, value: float | None, meaning: str, why: str) -> FigureRow:
    return FigureRow(name, formats.rate(value), note=why, help=meaning)


def _count(name: str, value: int, meaning: str) -> FigureRow:
    return FigureRow(name, formats.count(value), help=meaning)


def _plain(value: float | None, digits: int) -> str:
    return formats.UNKNOWN if value is None else f"{value:.{digits}f}"


def _limits(found: "Interval | None", digits: int = 4) -> str:
    return "" if found is None else formats.interval(found.low, found.high, digits)


def _rate_limits(found: "Interval | None") -> str:
    return "" if found is None else formats.rate_interval(found.low, found.high)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
