import re
from dataclasses import replace

import pytest

from core.evaluation.intervals import Confidence
from core.evaluation.measured import CurveFigures, Measured
from core.evaluation_text import figure_text
from tests.core.evaluation.measuring import measured_images


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measured_images()


def line(text: str, name: str) -> str:
    """The line of a figure, without its place."""
    found = re.search(rf"^  {re.escape(name)} +(.+)$", text, re.MULTILINE)
    assert found, f"{name} is not in\n{text}"
    return re.sub(" +", " ", found[1])


def titles(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(" ")]


def test_figures_stand_in_groups(measured: Measured) -> None:
    text = figure_text(measured)
    assert titles(text) == [
        "Verification, 144 held-out images by cosine distance, with 95 % intervals",
        "Threshold at FPR 1 %",
        "Retrieval",
        "Clustering",
        "Classification",
        "Segmentation",
    ]
    assert all(len(line) <= 100 and line == line.rstrip() for line in text.splitlines())


def test_figures_have_their_intervals(measured: Measured) -> None:
    text, sure, report = figure_text(measured), measured.confidence, measured.report
    assert (line(text, "genuine pairs"), line(text, "impostor pairs")) == ("360", "9,936")
    assert line(text, "AUC") == f"{report.auc:.4f} {sure.auc.low:.4f} to {sure.auc.high:.4f}"
    assert line(text, "EER") == f"{100 * report.eer:.2f} % {100 * sure.eer.low:.2f} to {100 * sure.eer.high:.2f} %"
    threshold = report.threshold_at_fpr["0.01"]
    assert line(text, "TPR at FPR 1 %").endswith(f" %, threshold {threshold:.4f}")
    assert " to " in line(text, "minDCF, prior 1 %")


def test_the_threshold_stands_on_both_halves(measured: Measured) -> None:
    text, chosen = figure_text(measured), measured.threshold
    assert line(text, "accept up to") == f"{chosen.point.threshold:.4f}"
    rates = chosen.reported_on
    assert line(text, "reported on others") == f"12 identities TPR {100 * rates.tpr:.2f} %, FPR {100 * rates.fpr:.2f} %"
    alone = figure_text(replace(measured, threshold=chosen._replace(chosen_on=None, reported_on=None)))
    assert line(alone, "on the same pairs") == f"TPR {100 * chosen.point.tpr:.2f} %, FPR {100 * chosen.point.fpr:.2f} %"


def test_what_is_unknown_is_said_or_left_out(measured: Measured) -> None:
    bare = replace(
        measured,
        report=replace(measured.report, classification_accuracy=None, precision_at_1=None, tpr_at_fpr={"0.001": None}),
        confidence=Confidence(3, "too few"),
        figures=CurveFigures(),
        retrieval=None,
        knn_accuracy=None,
        clustering=None,
        segmentation=None,
        part="all",
    )
    text = figure_text(bare)
    assert titles(text) == [
        "Verification, 144 images by cosine distance",
        "Threshold at FPR 1 %",
        "Retrieval",
    ]
    assert line(text, "precision@1") == line(text, "Cllr") == "unknown"
    assert line(text, "TPR at FPR 0.1 %").startswith("unknown")


def test_clusters(measured: Measured) -> None:
    scores = measured.clustering["dbscan"]
    some = replace(measured, clustering={"dbscan": replace(scores, noise=0.125, clusters=1234, images=100)})
    expected = (
        f"NMI {scores.nmi:.3f} ARI {scores.ari:.3f}, 1,234 clusters, 12.50 % of the images in none, of 100 images"
    )
    assert line(figure_text(some), "DBSCAN") == expected
    whole = replace(measured, clustering={"dbscan": replace(scores, noise=0.0)})
    assert line(figure_text(whole), "DBSCAN").endswith(f"ARI {scores.ari:.3f}, {scores.clusters} clusters")


def test_details_are_of_classes(measured: Measured) -> None:
    text = figure_text(measured, details=True)
    assert titles(text)[-2:] == ["Classes", "Taken for another"]
    row = measured.per_class[0]
    assert line(text, "c00").startswith(f"6 images recall {100 * row.recall:.2f} %, precision")
    assert "recall" not in line(text, "c01")
    table = measured.confusion
    wrong = table.counts.sum() - table.counts.trace()
    shown = re.findall(r"^  c\d\d for c\d\d +(\d+) of 6$", text, re.MULTILINE)
    assert sum(map(int, shown)) == wrong
    assert shown == sorted(shown, reverse=True)


def test_details_of_a_model_without_classes(measured: Measured) -> None:
    text = figure_text(replace(measured, confusion=None, segmentation=None), details=True)
    assert titles(text)[-1] == "Classification"
