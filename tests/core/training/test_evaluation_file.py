"""What an evaluation's file holds, where there are identities enough to check the threshold on others."""

import json
import shutil

import numpy as np
import pytest

from core.evaluation.calibration import cllr, fit_isotonic, fit_platt, min_cllr
from core.evaluation.confidence import confidence
from core.evaluation.verification import verification_curve
from core.runs import Run
from tests.core.many_identities import snapshot_of_many, store_many


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


def halves():
    """Curves of the even and of the odd identities."""
    snapshot = snapshot_of_many()
    odd = snapshot.labels % 2 == 1
    return tuple(verification_curve(snapshot.embeddings[rows], snapshot.labels[rows]) for rows in (~odd, odd))


def test_the_threshold_is_chosen_on_one_half_and_reported_on_the_other(copied) -> None:
    printed = store_many(copied, last=False)["threshold"]
    choosing, reporting = halves()
    expected = choosing.tpr_at_fpr(0.01)
    choice = Run.open(copied.path).threshold()
    assert (choice.threshold, choice.rule, choice.fpr) == (expected.threshold, "FPR 1 %", 0.01)
    assert (choice.chosen_on.tpr, choice.chosen_on.fpr) == (expected.tpr, expected.fpr)
    there = reporting.at_threshold(expected.threshold)
    on = choice.reported_on
    assert (on.tpr, on.fpr) == (there.tpr, there.fpr)
    assert (on.identities, on.genuine_pairs, on.impostor_pairs) == (20, 20 * 15, 190 * 36)
    assert printed["value"] == choice.threshold
    assert printed["reported_on"] == {
        **{"identities": 20, "genuine_pairs": 300, "impostor_pairs": 6840},
        **{"tpr": there.tpr, "fpr": there.fpr},
    }


def test_figures_of_the_curve_are_over_all_identities(copied) -> None:
    snapshot, printed = snapshot_of_many(), store_many(copied, last=False)
    whole = verification_curve(snapshot.embeddings, snapshot.labels)
    assert (printed["auc"], printed["eer"]) == (whole.auc, whole.eer)
    assert printed["threshold_at_fpr"]["0.01"] == whole.tpr_at_fpr(0.01).threshold
    assert printed["genuine_pairs"] == whole.genuine_pairs == 40 * 15


def test_the_last_one_holds_intervals_and_what_the_calibration_costs(copied) -> None:
    store_many(copied)
    content = json.loads((copied.path / "evaluation" / "step-000008.json").read_text())
    snapshot, (choosing, reporting) = snapshot_of_many(), halves()
    intervals = confidence(snapshot.embeddings, snapshot.labels, curve=snapshot.curve).to_json()
    for name, interval in json.loads(json.dumps(intervals)).items():
        assert content[name] == interval, name
    low, high = content["auc_interval"]
    assert low < content["auc"] < high
    assert content["cllr"] == pytest.approx(cllr(fit_platt(choosing), reporting))
    assert content["min_cllr"] == pytest.approx(min_cllr(reporting))


def test_others_hold_no_intervals(copied) -> None:
    store_many(copied, last=False)
    content = json.loads((copied.path / "evaluation" / "step-000008.json").read_text())
    assert not {"auc_interval", "cllr", "min_cllr"} & content.keys()


def test_too_few_identities_are_one_sentence(trained) -> None:
    content = json.loads((trained.path / "evaluation" / "step-000008.json").read_text())
    sentence = "the threshold was not checked on other identities than it was chosen on: that takes at least 20"
    assert sum(warning.startswith(sentence) for warning in content["warnings"]) == 1
    assert content["auc_interval"] is None
    assert 0 <= content["min_cllr"] <= content["cllr"]
    assert trained.result()["threshold"] == {
        **{"value": trained.threshold().threshold, "rule": "EER"},
        **{"chosen_on": None, "reported_on": None},
    }


def test_the_calibration_is_fitted_on_the_half_that_chooses_by_the_method_of_the_run(copied) -> None:
    store_many(copied, last=False)
    assert Run.open(copied.path).evaluation().calibration == fit_platt(halves()[0])
    copied.choose_calibration("isotonic")
    store_many(copied, last=False)
    found, expected = Run.open(copied.path).evaluation().calibration, fit_isotonic(halves()[0])
    assert found == expected
    assert np.isfinite(found.ratios).all()


def test_a_damaged_choice_of_the_method_ends_no_training(copied, caplog) -> None:
    (copied.path / "evaluation" / "calibration.json").write_text("{}")
    store_many(copied, last=False)
    assert "damaged, method: field required; Platt's method takes its place" in caplog.text
    assert Run.open(copied.path).evaluation().calibration.method == "platt"
