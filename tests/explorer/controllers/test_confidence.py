"""When intervals are measured, and what is done while they are not."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from core.evaluation.intervals import Confidence, Interval
from core.evaluation.listed import curve_of
from core.training.records import TrainingSnapshot
from explorer.bridge import confidence as module
from explorer.bridge.confidence import ConfidenceWish
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import finished, snapshot

FOUND = Confidence(40, auc=Interval(0.25, 0.75), eer=Interval(0.1, 0.2))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ConfidenceWish]:
    """What has been measured; it takes no time."""
    asked: list[ConfidenceWish] = []

    def measure(wish: ConfidenceWish, _watch: object) -> Confidence:
        asked.append(wish)
        return FOUND

    monkeypatch.setattr(module, "measure_confidence", measure)
    return asked


def look(step: int = 10) -> TrainingSnapshot:
    found = snapshot(step, count=40)
    return replace(found, curve=curve_of(found.evaluated()))


def shown(desk: Desk) -> str:
    label = desk.roc.findChild(QLabel, "auc_interval")
    assert label is not None
    return label.text()


def offered(desk: Desk) -> str:
    """What the button beside the curve offers."""
    button = desk.roc._header.button
    return button.accessibleName() if button.isVisibleTo(desk.roc) else ""


def test_every_new_curve_gets_its_intervals_and_figures(desk: Desk, asked: list[ConfidenceWish]) -> None:
    session = desk.train()
    session.look(look())
    desk.settle()
    desk.settle()
    assert shown(desk) == "(0.2500–0.7500)"
    assert desk.roc._whole is not None
    wish = asked[0]
    assert (wish.snapshot, wish.curve, wish.rule) == (desk.state.snapshot, desk.state.curve, "cosine")
    session.look(look(20))
    desk.training.tick()
    assert shown(desk) == "(…)"
    assert desk.roc._whole is None
    desk.settle()
    assert [each.snapshot.step for each in asked] == [10, 20]


def test_too_few_identities_are_told(desk: Desk) -> None:
    desk.train().look(look())
    desk.settle()
    desk.settle()
    tooltip = desk.roc.findChild(QLabel, "auc_value").toolTip()
    assert tooltip.endswith("an interval needs at least 20 identities, found 2.")
    assert offered(desk) == ""


def test_a_measurement_can_be_stopped_and_begun_again(desk: Desk, asked: list[ConfidenceWish]) -> None:
    desk.train().look(look())
    desk.training.tick()
    assert offered(desk) == "stop measuring intervals"
    desk.roc.intervals_cancelled.emit()
    assert offered(desk) == "measure intervals"
    desk.settle()
    assert shown(desk) == ""
    desk.roc.intervals_requested.emit()
    desk.settle()
    assert shown(desk) == "(0.2500–0.7500)"


def test_intervals_that_a_newer_curve_overtakes_wait_for_the_end(desk: Desk, asked: list[ConfidenceWish]) -> None:
    session = desk.train()
    for step in (10, 20):
        session.look(look(step))
        desk.training.tick()
    desk.settle()
    assert shown(desk) == ""
    assert offered(desk) == "measure intervals"
    assert [each.snapshot.step for each in asked] in ([], [10])
    session.look(look(30))
    desk.settle()
    assert 30 not in [each.snapshot.step for each in asked]
    session.end(finished(40))
    desk.settle()
    desk.settle()
    assert asked[-1].snapshot.step == 30
    assert shown(desk) == "(0.2500–0.7500)"


def test_intervals_that_are_known_are_not_measured_again(desk: Desk, asked: list[ConfidenceWish]) -> None:
    desk.train().look(look())
    desk.settle()
    desk.settle()
    desk.state.set_snapshot(desk.state.snapshot)
    desk.settle()
    assert len(asked) == 1
    assert shown(desk) == "(0.2500–0.7500)"


def test_a_failure_is_told_and_may_be_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_wish: ConfidenceWish, _watch: object) -> Confidence:
        raise MemoryError("no room")

    monkeypatch.setattr(module, "measure_confidence", fail)
    desk.train().look(look())
    desk.settle()
    desk.settle()
    assert desk.status.is_problem
    assert desk.said.startswith("Intervals: ")
    assert offered(desk) == "measure intervals"


def test_another_run_forgets_them(desk: Desk, asked: list[ConfidenceWish]) -> None:
    session = desk.train()
    session.look(look())
    session.end(finished(10))
    desk.settle()
    desk.train()
    desk.settle()
    assert desk.roc._confidence is None
    assert offered(desk) == ""


def test_without_a_curve_there_is_nothing_to_measure(desk: Desk, asked: list[ConfidenceWish]) -> None:
    alone = replace(snapshot(10), held_out=np.zeros(8, dtype=np.bool_))
    desk.train().look(alone)
    desk.settle()
    desk.roc.intervals_requested.emit()
    desk.settle()
    assert asked == []
