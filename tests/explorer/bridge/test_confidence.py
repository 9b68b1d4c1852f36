import threading
from dataclasses import replace

import numpy as np
import pytest

from core.errors import Cancelled, InputError
from core.evaluation.confidence import confidence_of
from core.evaluation.curve_figures import CurveFigures
from core.evaluation.intervals import Confidence
from core.evaluation.listed import curve_of
from core.training.records import TrainingSnapshot
from explorer.bridge import confidence as module
from explorer.bridge.confidence import ConfidenceBridge, ConfidenceWish, measure_confidence
from explorer.bridge.tasks import TaskThread
from explorer.bridge.watch import Watcher
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import curve, heard, names, snapshot

Said = list[tuple[object, ...]]


def look(identities: int = 20) -> TrainingSnapshot:
    found = snapshot(10, count=8 * identities)
    measured = replace(found, labels=np.arange(8 * identities) % identities)
    return replace(measured, curve=curve_of(measured.evaluated()))


def wish(step: int = 10) -> ConfidenceWish:
    return ConfidenceWish(snapshot(step, curve=curve()), curve(), "cosine")


class Far:
    """Measures when it is let, until it is stopped."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.begun: list[int] = []
        self.error: Exception | None = None
        self.ended: list[int] = []

    def __call__(self, wish: ConfidenceWish, watch: Watcher) -> Confidence:
        self.begun.append(wish.snapshot.step)
        watch(0.25)
        self.gate.wait(10)
        try:
            watch(0.5)
        except Cancelled:
            self.ended.append(wish.snapshot.step)
            raise
        if self.error is not None:
            raise self.error
        return Confidence(wish.snapshot.step)


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Far:
    far = Far()
    monkeypatch.setattr(module, "measure_confidence", far)
    return far


@pytest.fixture
def bridge(tasks: TaskThread) -> ConfidenceBridge:
    return ConfidenceBridge(tasks)


@pytest.fixture
def said(bridge: ConfidenceBridge) -> Said:
    return heard(("measured", bridge.measured), ("failed", bridge.failed), ("progress", bridge.progress))


def test_intervals_are_those_of_the_curve_and_its_images() -> None:
    found = look()
    assert found.curve is not None
    told: list[float] = []
    measured = measure_confidence(ConfidenceWish(found, found.curve, "cosine"), told.append)
    expected = confidence_of(found.evaluated(), "cosine", curve=found.curve)
    assert (measured.auc, measured.identities) == (expected.auc, 20)
    assert told == sorted(told)


def test_few_identities_have_a_reason() -> None:
    found = look(10)
    assert found.curve is not None
    measured = measure_confidence(ConfidenceWish(found, found.curve, "cosine"), lambda _share: None)
    assert measured.reason == "an interval needs at least 20 identities, found 10"


def test_it_tells_how_far_it_is_and_what_it_found(
    bridge: ConfidenceBridge, far: Far, said: Said, settle: Settle
) -> None:
    asked = wish()
    bridge.measure(asked)
    assert said == [("progress", 0.0)]
    assert bridge.is_measuring
    while not far.begun or bridge._watcher is None or bridge._watcher.share < 0.25:
        threading.Event().wait(0.001)
    bridge.tick()
    assert said[-1] == ("progress", 0.25)
    far.gate.set()
    settle()
    assert said[-2] == ("progress", None)
    assert said[-1][:2] == ("measured", asked.curve)
    assert not bridge.is_measuring
    bridge.tick()
    assert said[-1][0] == "measured"


def test_a_newer_curve_ends_the_measurement_of_an_older_one(
    bridge: ConfidenceBridge, far: Far, said: Said, settle: Settle
) -> None:
    bridge.measure(wish(10))
    while not far.begun:
        threading.Event().wait(0.001)
    newer = wish(20)
    bridge.measure(newer)
    far.gate.set()
    settle()
    assert far.ended == [10]
    assert [each[1] for each in said if each[0] == "measured"] == [newer.curve]


def test_stopped_nothing_follows(bridge: ConfidenceBridge, far: Far, said: Said, settle: Settle) -> None:
    bridge.stop()
    assert said == []
    bridge.measure(wish())
    bridge.stop()
    far.gate.set()
    settle()
    assert said == [("progress", 0.0), ("progress", None)]


def test_a_failure_is_one_sentence(bridge: ConfidenceBridge, far: Far, said: Said, settle: Settle) -> None:
    far.error = InputError("no room")
    far.gate.set()
    bridge.measure(wish())
    settle()
    assert names(said) == ["progress", "progress", "failed"]
    assert said[-1][1] == "Intervals: no room"


def test_figures_are_measured_beside(bridge: ConfidenceBridge, settle: Settle) -> None:
    described = heard(("described", bridge.described))
    shown = curve()
    bridge.describe(curve())
    bridge.describe(shown)
    settle()
    assert [each[1] for each in described] == [shown]
    assert isinstance(described[0][2], CurveFigures)
    bridge.describe(shown)
    bridge.forget()
    settle()
    assert len(described) == 1
