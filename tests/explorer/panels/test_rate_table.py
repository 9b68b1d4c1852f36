"""Rates on all pairs and on both parts, with their intervals."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from core.evaluation.curve import VerificationCurve
from core.evaluation.intervals import Confidence
from core.evaluation.parts import ThresholdParts
from explorer.panels.roc import RocPanel
from tests.explorer.panels.test_curve_views import confidence, curve, settle

WHY = "the threshold was not checked on other identities than it was chosen on: found 10"


def part(shift: float) -> VerificationCurve:
    """100 genuine pairs at 0.01 to 1.00 and 200 impostor pairs at 0.505 to 1.5, moved."""
    return VerificationCurve(np.arange(1, 101) / 100 + shift, np.arange(101, 301) / 200 + shift)


@pytest.fixture
def panel(qtbot: QtBot) -> RocPanel:
    panel = RocPanel()
    qtbot.addWidget(panel)
    panel.resize(372, 430)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def label(panel: RocPanel, name: str) -> QLabel:
    return panel.findChild(QLabel, name)


def texts(panel: RocPanel, *names: str) -> list[str]:
    return [label(panel, name).text() for name in names]


def button(panel: RocPanel) -> QToolButton:
    return panel.findChild(QToolButton, "interval_button")


# --- two parts of the identities


def test_a_rate_is_chosen_on_one_part_and_reported_on_both(panel: RocPanel, qtbot: QtBot) -> None:
    """By hand: 1 % of the 200 impostor pairs of the choosing part are 2, at 0.505 and 0.51; 51 genuine pairs up to it.

    In the other part everything is nearer by 0.1: genuine pairs up to 0.51 are those that lay up to 0.61, 61 of them,
    impostor pairs up to 0.51 those that lay up to 0.61, 22 of 200.
    """
    whole = VerificationCurve(
        np.concatenate([part(0.0).genuine, part(-0.1).genuine]),
        np.concatenate([part(0.0).impostor, part(-0.1).impostor]),
    )
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        panel.show_curve(whole, "step 10", ThresholdParts(part(0.0), part(-0.1), 20, 21), "")
    assert chosen.args == [pytest.approx(0.51)]
    assert panel.held_rule == "FPR 1 %"
    assert texts(panel, "chosen_title", "reported_title") == ["chosen on 20", "on 21 others"]
    assert texts(panel, "chosen_tpr", "chosen_fpr") == ["51.0 %", "1.00 %"]
    assert texts(panel, "reported_tpr", "reported_fpr") == ["61.0 %", "11.0 %"]
    # 51 + 61 of 200 genuine and 2 + 22 of 400 impostor pairs
    assert texts(panel, "tpr_value", "fpr_value") == ["56.0 %", "6.00 %"]
    panel.set_threshold(0.61)
    assert texts(panel, "chosen_tpr", "chosen_fpr", "reported_fpr") == ["61.0 %", "11.0 %", "21.0 %"]


def test_a_typed_rate_and_a_refusal_go_by_the_choosing_part(panel: RocPanel, qtbot: QtBot) -> None:
    panel.show_curve(curve(), "step 10", ThresholdParts(part(0.0), part(0.0), 20, 20), "")
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        panel._choose_target(0.05)
    assert chosen.args == [pytest.approx(0.55)]
    panel._choose_target(0.001)  # 1000 pairs in all would do, 200 do not
    assert "there are 200" in panel._status.sentence()


def test_without_parts_one_sentence_says_why(panel: RocPanel) -> None:
    panel.show_curve(curve(), "step 10", None, WHY)
    panel.show_confidence(Confidence(10, "an interval needs at least 20 identities, found 10"))
    settle()
    note = label(panel, "parts_note")
    assert note.text() == WHY[0].upper() + WHY[1:] + "."
    assert note.heightForWidth(note.width()) <= note.height()
    assert not label(panel, "chosen_title").isVisible()
    assert not label(panel, "chosen_tpr").isVisible()


# --- intervals


def test_every_figure_has_its_interval_which_moves_with_the_threshold(panel: RocPanel) -> None:
    panel.show_curve(curve(), "step 10", None, WHY)
    panel.show_confidence(confidence())
    assert texts(panel, "auc_interval", "eer_interval") == ["(0.9500–0.9900)", "(5.00–12.0)"]
    panel.set_threshold(0.2)
    assert texts(panel, "tpr_value", "tpr_interval", "fpr_interval") == ["100 %", "(80.0–100)", "(5.00–15.0)"]
    panel.set_threshold(0.1)  # halfway between 0 and 0.2
    assert texts(panel, "tpr_interval", "fpr_interval") == ["(40.0–55.0)", "(2.50–12.5)"]
    assert label(panel, "parts_note").text() == "Not checked on other identities."
    assert label(panel, "parts_note").toolTip().startswith("The threshold was not checked")


def test_where_there_is_none_the_tooltip_says_why(panel: RocPanel) -> None:
    panel.show_curve(curve(), "step 10", None, WHY)
    panel.show_confidence(Confidence(10, "an interval needs at least 20 identities, found 10"))
    for name in ("tpr", "fpr", "auc", "eer"):
        assert (
            label(panel, f"{name}_value")
            .toolTip()
            .endswith("No interval, since an interval needs at least 20 identities, found 10.")
        )
        assert not label(panel, f"{name}_interval").isVisible()
    panel.show_confidence(confidence())
    assert "No interval" not in label(panel, "auc_value").toolTip()
    assert label(panel, "auc_interval").isVisible()


def test_the_intervals_of_another_curve_are_not_shown(panel: RocPanel) -> None:
    panel.show_curve(curve(), "step 10", None, WHY)
    panel.show_confidence(confidence())
    panel.show_curve(curve(), "step 20", None, WHY)
    panel.set_threshold(0.2)
    assert texts(panel, "auc_interval", "eer_interval", "tpr_interval", "fpr_interval") == [""] * 4


def test_a_measurement_is_seen_and_stopped(panel: RocPanel, qtbot: QtBot) -> None:
    panel.show_curve(curve(), "step 10", None, WHY)
    line = panel.findChild(QProgressBar, "interval_progress")
    assert not line.isVisible()
    assert not button(panel).isVisible()
    panel.set_measuring(0.0)
    panel.set_measuring(0.43)
    assert (line.value(), line.maximum(), line.isVisible()) == (430, 1000, True)
    assert "43 %" in line.toolTip()
    assert texts(panel, "tpr_interval", "auc_interval") == ["(…)", "(…)"]
    with qtbot.waitSignal(panel.intervals_cancelled):
        button(panel).click()
    panel.set_measuring(None)
    panel.show_confidence(None)
    assert not line.isVisible()
    assert texts(panel, "tpr_interval", "auc_interval") == ["", ""]
    with qtbot.waitSignal(panel.intervals_requested):
        button(panel).click()


def test_the_line_takes_no_place_of_its_own(panel: RocPanel) -> None:
    panel.show_curve(curve(), "step 10", None, WHY)
    settle()
    before = panel._views.geometry()
    panel.set_measuring(0.5)
    settle()
    assert panel._views.geometry() == before


@pytest.mark.parametrize("has_parts", [True, False])
def test_nothing_moves_while_the_threshold_does(panel: RocPanel, has_parts: bool) -> None:
    parts = ThresholdParts(part(0.0), part(-0.1), 20, 20) if has_parts else None
    panel.show_curve(curve(), "step 10", parts, "" if has_parts else WHY)
    panel.show_confidence(confidence())
    names = [f"{name}_{what}" for name in ("tpr", "fpr", "auc", "eer") for what in ("value", "interval")]
    found = set()
    for threshold in (0.0, 0.05, 0.111, 0.2, 0.5, 2.0):
        panel.set_threshold(threshold)
        settle()
        found.add(tuple(label(panel, name).geometry().getRect() for name in names))
    assert len(found) == 1


def test_everything_fits_at_the_docked_size(panel: RocPanel) -> None:
    panel.resize(372, 410)
    panel.show_curve(curve(), "step 10", ThresholdParts(part(0.0), part(-0.1), 120, 120), "")
    panel.show_confidence(confidence())
    settle()
    assert (panel.width(), panel.height()) == (372, 410)
    for found in panel.findChildren(QLabel):
        if found.isVisible() and found.objectName() and found.text():
            assert found.width() >= found.minimumSizeHint().width(), found.objectName()
            assert panel.rect().contains(found.mapTo(panel, found.rect().bottomRight())), found.objectName()
