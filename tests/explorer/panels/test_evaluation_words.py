import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.evaluation.comparison import Comparison, Difference
from core.evaluation.intervals import Interval
from explorer.panels.comparison_words import difference_rows, figure_name, sentences
from explorer.panels.evaluation_classes import class_rows
from explorer.panels.evaluation_export import csv_table, json_bytes, report_content
from explorer.panels.evaluation_figures import figure_groups
from explorer.widgets.figure_table import FigureRow
from explorer.widgets.plot_export import csv_bytes
from tests.explorer import evaluated


def rows(groups: object, title: str) -> dict[str, FigureRow]:
    return {row.name: row for group in groups if group.title == title for row in group.rows}  # type: ignore[attr-defined]


# --- figures


def test_every_group_of_figures_is_there() -> None:
    titles = [group.title for group in figure_groups(evaluated.measured())]
    expected = ["Verification", "Suggested threshold", "Retrieval", "Clustering", "Classification", "Segmentation"]
    assert titles[:6] == expected


def test_figures_stand_with_their_intervals() -> None:
    measured = evaluated.measured()
    found = rows(figure_groups(measured), "Verification")
    low, high = measured.confidence.auc or (0, 0)
    assert found["AUC"].value == f"{measured.report.auc:.4f}"
    assert found["AUC"].interval == f"({low:.4f}–{high:.4f})"
    assert found["EER"].interval.startswith("(")
    assert found["EER"].value.endswith(" %")


def test_a_figure_of_too_few_pairs_is_a_dash_with_its_reason_and_no_interval() -> None:
    found = rows(figure_groups(evaluated.measured()), "Verification")
    assert (found["minDCF"].value, found["minDCF"].interval) == ("–", "")
    assert "too few" in found["minDCF"].note


def test_a_rate_that_rests_on_few_errors_says_so() -> None:
    found = rows(figure_groups(evaluated.measured()), "Verification")
    assert "a sound figure needs 30" in found["TPR at FPR 0.1 %"].note


def test_few_identities_have_no_intervals_and_the_reason() -> None:
    groups = figure_groups(evaluated.measured(8))
    found = rows(groups, "Verification")["AUC"]
    assert found.interval == ""
    assert "at least 20 identities, found 8" in found.note
    assert any("20 identities" in name for name in rows(groups, "Notes"))


def test_the_threshold_is_told_on_both_halves_of_the_identities() -> None:
    measured = evaluated.measured()
    found = rows(figure_groups(measured), "Suggested threshold")
    assert found["TPR, choosing half"].note == "12 identities"
    assert measured.threshold.reported_on is not None
    assert found["FPR, other half"].value != "–"


def test_an_open_set_without_masks_says_why_figures_are_missing() -> None:
    groups = figure_groups(evaluated.open_set(evaluated.measured()))
    assert rows(groups, "Classification")["accuracy"].value == "–"
    assert "not trained on" in rows(groups, "Classification")["accuracy"].note
    assert "masks" in rows(groups, "Segmentation")["IoU"].note


def test_every_figure_says_what_it_means() -> None:
    for group in figure_groups(evaluated.measured()):
        for row in group.rows:
            assert row.help, row.name


# --- classes


def test_classes_have_what_is_known_of_them() -> None:
    found = {row[0]: row for row in class_rows(evaluated.measured())}
    _name, images, recall, precision, iou, dice = found["identity 1"]
    assert (images, recall, precision) == (6, 5 / 6, 1.0)
    assert (iou, dice) == (0.51, 0.7)
    assert found["identity 0"][3] == 6 / 7


def test_nothing_is_said_by_class_of_an_open_set_without_masks() -> None:
    assert list(class_rows(evaluated.open_set(evaluated.measured()))) == []


# --- comparison


def comparison(*differences: Difference, reason: str | None = None) -> Comparison:
    known = evaluated.comparison()
    return replace(known, names=("a", "b"), differences=differences, reason=reason)


TOLD = Difference("a", "b", "auc", 0.1234, Interval(0.1, 0.15))
UNTOLD = Difference("a", "b", "tpr_at_fpr 0.01", -0.02, Interval(-0.05, 0.01))


def test_a_difference_is_written_with_its_sign_and_its_verdict() -> None:
    assert list(difference_rows(comparison(TOLD, UNTOLD))) == [
        ("AUC", "1 – 2", "+0.1234", "+0.1000 to +0.1500", "differs"),
        ("TPR at FPR 1 %", "1 – 2", "-2.00 pp", "-5.00 to +1.00", "none can be seen"),
    ]


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ((TOLD,), "1 and 2 differ in every figure."),
        ((UNTOLD,), "1 and 2: no difference can be seen."),
        ((TOLD, UNTOLD), "1 and 2 differ in AUC; in TPR at FPR 1 % no difference can be seen."),
        (
            (TOLD, TOLD._replace(figure="eer"), UNTOLD),
            "1 and 2 differ in AUC and EER; in TPR at FPR 1 % no difference can be seen.",
        ),
    ],
)
def test_a_plain_sentence_says_whether_they_differ(differences: tuple[Difference, ...], expected: str) -> None:
    assert sentences(comparison(*differences)) == [expected]


def test_without_intervals_nothing_is_claimed() -> None:
    found = comparison(TOLD._replace(interval=None), reason="an interval needs at least 20 identities, found 8")
    assert next(iter(difference_rows(found)))[3:] == ("", "–")
    assert sentences(found) == [
        "Whether they differ cannot be told: an interval needs at least 20 identities, found 8."
    ]


def test_figures_are_named_as_elsewhere() -> None:
    assert [figure_name(key) for key in ("auc", "eer", "tpr_at_fpr 0.001")] == ["AUC", "EER", "TPR at FPR 0.1 %"]


# --- export


def test_json_holds_what_the_command_line_prints_and_all_besides() -> None:
    report = evaluated.report()
    content = json.loads(json_bytes(report_content(report, [evaluated.protocol()], evaluated.comparison())))
    assert content["auc"] == report.measured.report.auc
    assert content["step"] == 540
    assert content["distance"] == "cosine"
    assert content["calibration"]["platt"]["cllr"] == 0.31
    assert content["protocols"][0]["protocol"] == "lfw"
    assert content["comparison"]["differences"]


def test_what_is_not_finite_becomes_null() -> None:
    assert json.loads(json_bytes({"a": float("nan"), "b": [float("inf")]})) == {"a": None, "b": [None]}


def test_csv_has_a_row_for_each_figure_with_its_interval() -> None:
    report = evaluated.report()
    text = csv_bytes(csv_table(report_content(report))).decode()
    found = {row["figure"]: row for row in csv.DictReader(io.StringIO(text))}
    interval = report.measured.confidence.auc
    assert interval is not None
    assert float(found["auc"]["value"]) == report.measured.report.auc
    assert (float(found["auc"]["low"]), float(found["auc"]["high"])) == tuple(interval)
    rate = (report.measured.confidence.tpr_at_fpr or {})["0.01"]
    assert rate is not None
    assert float(found["tpr_at_fpr 0.01"]["low"]) == rate.low
    assert found["min_dcf"]["value"] == ""
    assert not any("_interval" in name for name in found)


def test_csv_and_json_hold_the_same_figures() -> None:
    content = report_content(evaluated.report(), [evaluated.protocol()])
    names = [str(row[0]) for row in csv_table(content).rows]
    assert len(names) == len(set(names))
    assert "protocols 1 mean" in names
    assert "protocols 1 parts fold 3 value" in names
    assert "per_class identity 1 recall" in names
    assert "confusion identity 1 taken for identity 0" in names
    assert "confusion identity 0 taken for identity 1" not in names
    assert "calibration isotonic cllr" in names


def test_arrays_are_written_as_numbers() -> None:
    fit = evaluated.fits()[0]
    assert isinstance(fit.reliability.pairs, np.ndarray)
    content = report_content(evaluated.report(run_dir=Path("r")))
    assert content["calibration"]["platt"]["pairs"] == fit.reliability.pairs.tolist()
