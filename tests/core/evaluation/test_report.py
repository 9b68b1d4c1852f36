import json

import numpy as np
import pytest

from core.errors import InputError
from core.evaluation import RetrievalScores, report_from, retrieval_scores, verification_curve
from core.evaluation.curve import VerificationCurve
from core.evaluation.parts import PartRates, ThresholdParts
from core.evaluation.report import default_threshold, fpr_warning, operating_point

KEYS = [
    *("auc", "eer", "tpr_at_fpr", "threshold_at_fpr", "genuine_pairs", "impostor_pairs", "precision_at_1", "map_at_r"),
    *("classification_accuracy", "segmentation_iou", "classes"),
]


def curve_with(impostor_pairs):
    generator = np.random.default_rng(0)
    return VerificationCurve(generator.normal(0.4, 0.1, 50), generator.normal(0.9, 0.2, impostor_pairs))


@pytest.fixture
def embedded():
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 4, 40)
    return generator.normal(size=(4, 5))[labels] + 0.7 * generator.normal(size=(40, 5)), labels


def test_holds_what_is_measured_elsewhere(embedded):
    report = report_from(*embedded, classification_accuracy=0.9, segmentation_iou=0.8)
    curve, retrieval = verification_curve(*embedded), retrieval_scores(*embedded)
    assert (report.auc, report.eer) == (curve.auc, curve.eer)
    assert (report.genuine_pairs, report.impostor_pairs) == (curve.genuine_pairs, curve.impostor_pairs)
    assert (report.precision_at_1, report.map_at_r) == (retrieval.precision_at_1, retrieval.map_at_r)
    assert (report.classification_accuracy, report.segmentation_iou, report.classes) == (0.9, 0.8, 4)
    point = curve.tpr_at_fpr(0.05)
    assert (report.tpr_at_fpr["0.05"], report.threshold_at_fpr["0.05"]) == (point.tpr, point.threshold)


def test_json_has_exactly_the_documented_keys(embedded):
    found = json.loads(json.dumps(report_from(*embedded).to_json(), allow_nan=False))
    assert list(found) == KEYS
    assert list(found["tpr_at_fpr"]) == list(found["threshold_at_fpr"]) == ["0.05", "0.01", "0.001"]
    assert found["classification_accuracy"] is None
    assert found["segmentation_iou"] is None


def test_a_curve_that_is_known_is_not_measured_again(embedded):
    other = curve_with(400)
    assert report_from(*embedded, curve=other).auc == other.auc


def test_too_few_pairs_give_null_and_a_warning(embedded):
    report = report_from(*embedded)
    assert report.impostor_pairs < 1000
    assert report.tpr_at_fpr["0.001"] is report.threshold_at_fpr["0.001"] is None
    expected = f"FPR 0.1 %: no figure, since {report.impostor_pairs} impostor pairs cannot show a rate that low"
    assert expected in report.warnings


def test_distance_is_handed_on(embedded):
    cosine, euclidean = (report_from(*embedded, distance=name) for name in ("cosine", "euclidean"))
    assert cosine.auc != euclidean.auc
    assert cosine.map_at_r != euclidean.map_at_r


def test_retrieval_that_is_known_is_not_measured_again(embedded):
    known = RetrievalScores(0.25, 0.5, 0.125)
    report = report_from(*embedded, retrieval=known)
    assert (report.precision_at_1, report.map_at_r) == (0.25, 0.125)
    for none in (False, None):
        assert report_from(*embedded, retrieval=none).precision_at_1 is None


def test_groups_are_handed_on(embedded):
    groups = np.arange(40) // 2
    report = report_from(*embedded, groups=groups)
    assert report.auc == verification_curve(*embedded, groups=groups).auc
    assert report.precision_at_1 == retrieval_scores(*embedded, groups=groups).precision_at_1


def test_no_genuine_pairs_no_report():
    with pytest.raises(InputError, match="genuine pairs need an identity with 2 images"):
        report_from(np.eye(3), np.arange(3))


@pytest.mark.parametrize(
    ("impostor_pairs", "exists", "words"),
    [
        (99, False, "cannot show a rate that low"),
        (100, True, "rests on at most 1 accepted of 100 impostor pairs; a sound figure needs 30"),
        (2999, True, "rests on at most 29"),
        (3000, True, None),
    ],
)
def test_limits_of_a_figure_at_1_per_cent(impostor_pairs, exists, words):
    curve = curve_with(impostor_pairs)
    warning = fpr_warning(curve, 0.01)
    assert (operating_point(curve, 0.01) is not None) == exists
    assert warning is None if words is None else words in warning


def test_ties_at_the_smallest_distance_leave_no_figure():
    curve = VerificationCurve(np.zeros(5), np.zeros(100))
    assert operating_point(curve, 0.05) is None
    assert "share the smallest distance" in fpr_warning(curve, 0.05)


def test_default_threshold_is_at_fpr_1_per_cent():
    curve = curve_with(3000)
    assert default_threshold(curve) == (curve.tpr_at_fpr(0.01), "FPR 1 %", 0.01, None, None)


def test_default_threshold_is_at_the_eer_where_pairs_are_too_few():
    curve = curve_with(99)
    assert default_threshold(curve) == (curve.eer_point, "EER", None, None, None)


@pytest.mark.parametrize(("impostor_pairs", "rule", "fpr"), [(400, "FPR 1 %", 0.01), (99, "EER", None)])
def test_default_threshold_is_chosen_on_one_half_and_reported_on_the_other(impostor_pairs, rule, fpr):
    generator = np.random.default_rng(1)
    choosing = curve_with(impostor_pairs)
    reporting = VerificationCurve(generator.normal(0.5, 0.2, 60), generator.normal(0.8, 0.2, 500))
    found = default_threshold(curve_with(3000), ThresholdParts(choosing, reporting, 11, 10))
    expected = choosing.eer_point if fpr is None else choosing.tpr_at_fpr(0.01)
    assert (found.point, found.rule, found.fpr) == (expected, rule, fpr)
    there = reporting.at_threshold(expected.threshold)
    assert found.chosen_on == PartRates(11, 50, impostor_pairs, expected.tpr, expected.fpr)
    assert found.reported_on == PartRates(10, 60, 500, there.tpr, there.fpr)
    printed = json.loads(json.dumps(found.to_json()))
    assert list(printed) == ["value", "rule", "chosen_on", "reported_on"]
    assert list(printed["reported_on"]) == ["identities", "genuine_pairs", "impostor_pairs", "tpr", "fpr"]
    assert (printed["value"], printed["reported_on"]["fpr"]) == (expected.threshold, there.fpr)


def test_default_threshold_without_halves_prints_none():
    assert default_threshold(curve_with(99)).to_json()["chosen_on"] is None
