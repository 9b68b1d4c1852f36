import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from core.evaluation.calibration import cllr, fit_platt
from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import min_dcf, partial_auc
from core.evaluation.intervals import Confidence
from core.evaluation.measured import ClassFigures, CurveFigures, Measured
from tests.core.evaluation.measuring import measured_images

REPORT_KEYS = [
    *("auc", "eer", "tpr_at_fpr", "threshold_at_fpr", "genuine_pairs", "impostor_pairs", "precision_at_1", "map_at_r"),
    *("classification_accuracy", "segmentation_iou", "classes"),
]


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measured_images()


def as_read(measured):
    return json.loads(json.dumps(measured.to_json(), allow_nan=False))


def test_figures_of_a_curve(measured):
    figures, curve, parts = measured.figures, measured.curve, measured.parts
    truth = np.concatenate([np.ones(len(curve.genuine)), np.zeros(len(curve.impostor))])
    scores = -np.concatenate([curve.genuine, curve.impostor])
    assert figures.average_precision == pytest.approx(average_precision_score(truth, scores))
    assert figures.partial_auc == partial_auc(curve, 0.01)
    assert figures.min_dcf == min_dcf(curve).cost
    # Fitted on one half, judged on the other.
    assert figures.cllr == cllr(fit_platt(parts.choosing), parts.reporting)
    assert CurveFigures.of(curve, None).cllr == cllr(fit_platt(curve), curve)


def test_too_few_pairs_give_no_figure_at_a_low_fpr():
    figures = CurveFigures.of(VerificationCurve(np.array([0.1]), np.linspace(0.2, 1, 99)), None)
    assert figures.partial_auc is figures.min_dcf is figures.d_prime is None
    assert figures.average_precision == 1.0
    more = CurveFigures.of(VerificationCurve(np.array([0.1]), np.linspace(0.2, 1, 100)), None)
    assert (more.partial_auc, more.min_dcf) == (pytest.approx(1.0), 0.0)


def test_what_is_known_of_each_class(measured):
    rows = measured.per_class
    assert [row.name for row in rows] == list(measured.class_names)
    table, masks = measured.confusion, measured.segmentation
    for label, row in enumerate(rows):
        assert row.images == 6
        assert (row.iou, row.dice) == (masks.classes[label].iou, masks.classes[label].dice)
        if label % 2:  # the model does not know it
            assert row.recall is row.precision is None
        else:
            place = table.classes.index(row.name)
            assert row.recall == pytest.approx(table.counts[place, place] / 6)
            assert row.precision == pytest.approx(table.counts[place, place] / table.counts[:, place].sum())


def test_classes_that_are_neither_named_nor_segmented(measured):
    assert replace(measured, confusion=None, segmentation=None).per_class == ()
    only_masks = replace(measured, confusion=None).per_class[0]
    assert only_masks == ClassFigures("c00", 6, None, None, only_masks.iou, only_masks.dice)


def test_json_begins_with_the_report(measured):
    found = as_read(measured)
    assert list(found)[: len(REPORT_KEYS)] == REPORT_KEYS
    assert found["recall_at_k"]["1"] == found["precision_at_1"]
    assert list(found["recall_at_k"]) == ["1", "5", "10", "20", "50"]
    assert list(found["knn_accuracy"]) == ["1", "5"]
    assert list(found["clustering"]) == ["k-means", "dbscan", "hdbscan"]
    assert {"nmi", "ari", "clusters", "noise"} <= found["clustering"]["dbscan"].keys()
    assert found["dice"] == measured.segmentation.dice
    assert found["per_class"][1] == {
        "name": "c01",
        "images": 6,
        "recall": None,
        "precision": None,
        "iou": measured.per_class[1].iou,
        "dice": measured.per_class[1].dice,
    }
    assert sum(map(sum, found["confusion"]["counts"])) == 72
    for name in ("auc", "eer", "partial_auc", "average_precision", "min_dcf", "d_prime"):
        low, high = found[f"{name}_interval"]
        assert low <= high


def test_the_threshold_is_told_on_both_halves(measured):
    found = as_read(measured)["threshold"]
    assert found["value"] == measured.threshold.point.threshold
    assert found["rule"] == "FPR 1 %"
    assert (found["chosen_on"]["identities"], found["reported_on"]["identities"]) == (12, 12)
    assert found["chosen_on"]["fpr"] <= 0.01
    point = measured.parts.reporting.at_threshold(found["value"])
    assert (found["reported_on"]["tpr"], found["reported_on"]["fpr"]) == (point.tpr, point.fpr)


def test_what_is_unknown_is_null():
    few = measured_images(identities=3, per_identity=2)
    bare = replace(few, retrieval=None, knn_accuracy=None, clustering=None, confusion=None, segmentation=None)
    found = as_read(bare)
    for name in ("r_precision", "recall_at_k", "knn_accuracy", "clustering", "dice", "per_class", "confusion"):
        assert found[name] is None
    for name in ("partial_auc", "min_dcf", "partial_auc_interval", "d_prime_interval"):
        assert found[name] is None
    assert found["threshold"]["reported_on"] is None


def test_a_figure_that_is_unknown_has_no_interval(measured):
    found = replace(measured, figures=CurveFigures()).to_json()
    assert found["min_dcf"] is found["min_dcf_interval"] is None


def test_warnings_say_why_things_are_missing(measured):
    assert measured.warnings == measured.report.warnings
    few = replace(measured, confidence=Confidence(3, "too few for an interval"), notes=("no halves",))
    assert few.warnings[-2:] == ("too few for an interval", "no halves")
