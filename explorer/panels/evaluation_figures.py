"""Every figure of an evaluation, in groups, with its interval and what it means."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer import formats
from explorer.core_words import in_words
from explorer.translation import tr
from explorer.widgets.figure_table import FigureGroup, FigureRow

if TYPE_CHECKING:
    from core.evaluation.intervals import Interval
    from core.evaluation.measured import Measured

_LISTED = tr("only the listed pairs are known to be of one identity or of two")
_OPEN_SET = tr("the model cannot name classes that it was not trained on")
_NO_MASKS = tr("the images have no masks, or the model predicts none")
_TOO_FEW = tr("the pairs are too few")
_CURVE_FIGURES = (
    (
        "partial_auc",
        tr("partial AUC, FPR to 1 %"),
        tr(
            "The area under the curve up to FPR 1 %, scaled so that 1 is perfect and 0.5 "
            "is guessing: what counts where false accepts are dear."
        ),
    ),
    (
        "average_precision",
        tr("average precision"),
        tr(
            "Mean precision at the distance of each genuine pair: the area below precision over recall. Depends on how "
            "many pairs there are of each kind."
        ),
    ),
    (
        "min_dcf",
        "minDCF",
        tr(
            "What wrong decisions cost at the best threshold where 1 in 100 pairs is "
            "genuine; 1 is the cost of deciding without looking."
        ),
    ),
    (
        "d_prime",
        "d-prime",
        tr("How far the mean distances of genuine and impostor pairs lie apart, in standard deviations."),
    ),
    (
        "cllr",
        "Cllr",
        tr(
            "Cost of the log-likelihood ratios, in bits: 0 is perfect, 1 says nothing. It "
            "measures order and calibration."
        ),
    ),
)
_CLUSTERING = {
    "k-means": ("k-means", tr("as many clusters as there are identities")),
    "dbscan": ("DBSCAN", tr("neighbours within a distance that is chosen from the data")),
    "hdbscan": ("HDBSCAN", tr("clusters of varying density; nothing has to be chosen")),
}


def figure_groups(measured: "Measured") -> tuple[FigureGroup, ...]:
    """All figures, as the table shows them."""
    notes = tuple(FigureRow(_sentence(note), help=_sentence(note)) for note in map(in_words, measured.warnings))
    groups = (
        FigureGroup(tr("Verification"), tuple(_verification(measured)), tr("Are two images of one identity?")),
        FigureGroup(
            tr("Suggested threshold"), tuple(_threshold(measured)), tr("What a threshold for these images would do.")
        ),
        FigureGroup(tr("Retrieval"), tuple(_retrieval(measured)), tr("Is what lies nearest of the same identity?")),
        FigureGroup(
            tr("Clustering"), tuple(_clustering(measured)), tr("Do the embeddings fall into identities by themselves?")
        ),
        FigureGroup(tr("Classification"), tuple(_classification(measured)), tr("Is the class named rightly?")),
        FigureGroup(
            tr("Segmentation"), tuple(_segmentation(measured)), tr("Does the predicted mask cover the object?")
        ),
        FigureGroup(tr("Notes"), notes, tr("What to know before relying on the figures.")),
    )
    return tuple(group for group in groups if group.rows)


def _verification(measured: "Measured") -> Iterator[FigureRow]:
    report, sure = measured.report, measured.confidence
    why = "" if sure.reason is None else in_words(sure.reason)
    yield FigureRow(
        tr("AUC"),
        f"{report.auc:.4f}",
        _limits(sure.auc),
        why,
        tr("Probability that a genuine pair is nearer than an impostor pair, whatever the threshold."),
    )
    yield FigureRow(
        tr("EER"),
        formats.rate(report.eer),
        _rate_limits(sure.eer),
        why,
        tr(
            "Equal error rate: the threshold where as large a share of impostor pairs is accepted as of genuine ones "
            "rejected."
        ),
    )
    for fpr, tpr in report.tpr_at_fpr.items():
        at = tr("FPR {value:g} %").format(value=100 * float(fpr))
        yield FigureRow(
            tr("TPR at {at}").format(at=at),
            formats.rate(tpr),
            _rate_limits((sure.tpr_at_fpr or {}).get(fpr)),
            _warning_of(measured, at) or why,
            tr(
                "Accepted share of genuine pairs at the largest threshold that accepts {value:g} % of impostor pairs "
                "at most."
            ).format(value=100 * float(fpr)),
        )
    for name, title, meaning in _CURVE_FIGURES:
        value: float | None = getattr(measured.figures, name)
        limits = "" if value is None else _limits(sure.figures.get(name), digits=3)
        yield FigureRow(title, _plain(value, 3), limits, _TOO_FEW if value is None else "", meaning)
    yield _count(tr("genuine pairs"), report.genuine_pairs, tr("Pairs of two images of one identity."))
    yield _count(tr("impostor pairs"), report.impostor_pairs, tr("Pairs of images of two identities."))
    yield _count(tr("identities"), report.classes, tr("Identities (classes) among the images."))


def _threshold(measured: "Measured") -> Iterator[FigureRow]:
    chosen = measured.threshold
    yield FigureRow(
        tr("threshold at {rule}").format(rule=chosen.rule),
        formats.distance(chosen.point.threshold),
        help=tr(
            "The largest distance that is accepted. The run may hold another one that a person has chosen: see ROC."
        ),
    )
    halves = (
        (
            tr("{name}, choosing half"),
            chosen.chosen_on,
            tr("Accepted share of genuine pairs of the identities that the threshold was chosen on."),
            tr("Accepted share of impostor pairs of the identities that the threshold was chosen on."),
        ),
        (
            tr("{name}, other half"),
            chosen.reported_on,
            tr("Accepted share of genuine pairs of identities that the threshold was not chosen on: believe these."),
            tr("Accepted share of impostor pairs of identities that the threshold was not chosen on: believe these."),
        ),
    )
    for half, rates, of_genuine, of_impostor in halves:
        if rates is not None:
            note = tr("{identities} identities").format(identities=formats.count(rates.identities))
            for name, value, meaning in (("TPR", rates.tpr, of_genuine), ("FPR", rates.fpr, of_impostor)):
                yield FigureRow(half.format(name=name), formats.rate(value), note=note, help=meaning)


def _retrieval(measured: "Measured") -> Iterator[FigureRow]:
    report, found = measured.report, measured.retrieval
    why = _LISTED if report.precision_at_1 is None else ""
    yield _share(
        "precision@1", report.precision_at_1, tr("Images whose nearest other image is of their identity."), why
    )
    r_precision = None if found is None else found.r_precision
    yield _share(
        "R-precision",
        r_precision,
        tr("With R other images of an identity: the share of it among the R nearest."),
        why,
    )
    yield _share("MAP@R", report.map_at_r, tr("As R-precision, but what is nearer counts more."), why)
    for k, value in ({} if found is None else found.recall_at).items():
        meaning = tr("Images with at least one of their identity among the {k} nearest.").format(k=k)
        yield _share(f"recall@{k}", value, meaning, "")
    for k, value in (measured.knn_accuracy or {}).items():
        meaning = tr("Images that a vote of their {k} nearest names rightly.").format(k=k)
        yield _share(tr("k-NN accuracy, k = {k}").format(k=k), value, meaning, "")


def _clustering(measured: "Measured") -> Iterator[FigureRow]:
    if measured.clustering is None:
        yield FigureRow(tr("NMI, ARI"), formats.UNKNOWN, note=_LISTED if measured.images.pairs is not None else "")
        return
    for method, found in measured.clustering.items():
        name, how = _CLUSTERING[method]
        noise = tr(", {noise} of the images in none").format(noise=formats.rate(found.noise)) if found.noise else ""
        note = tr("{clusters} clusters of {images} images{noise}").format(
            clusters=formats.count(found.clusters), images=formats.count(found.images), noise=noise
        )
        yield FigureRow(
            tr("NMI, {name}").format(name=name),
            f"{found.nmi:.3f}",
            note=note,
            help=tr("Normalised mutual information of clusters and identities, 0 to 1; {name}: {how}.").format(
                name=name, how=how
            ),
        )
        yield FigureRow(
            tr("ARI, {name}").format(name=name),
            f"{found.ari:.3f}",
            note=note,
            help=tr(
                "Adjusted Rand index: 1 where clusters are the identities, about 0 by chance; {name}: {how}."
            ).format(name=name, how=how),
        )


def _classification(measured: "Measured") -> Iterator[FigureRow]:
    value = measured.report.classification_accuracy
    yield _share(
        tr("accuracy"),
        value,
        tr("Images whose most probable class is their own."),
        _OPEN_SET if value is None else "",
    )


def _segmentation(measured: "Measured") -> Iterator[FigureRow]:
    found = measured.segmentation
    why = _NO_MASKS if found is None else ""
    iou, dice = (None, None) if found is None else (found.iou, found.dice)
    meaning = tr("Mean over images of the shared area of predicted and true mask in the area of both.")
    yield _share("IoU", iou, meaning, why)
    yield _share("Dice", dice, tr("Mean over images of twice the shared area in the sum of both areas."), why)


def _warning_of(measured: "Measured", at: str) -> str:
    """What is to be known of the figure at an FPR."""
    found = (warning for warning in measured.report.warnings if warning.startswith(f"{at}:"))
    return next((in_words(warning).removeprefix(f"{at}: ") for warning in found), "")


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
