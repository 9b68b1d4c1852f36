import numpy as np

from core.projection.density import CLASS_SHARES, SHARES
from explorer.bridge.contours import ContourBridge
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import heard, names

LABELS = np.arange(300) % 3
XY = (3 * LABELS[:, None] + np.random.default_rng(0).normal(size=(300, 2))).astype(np.float32)


def test_lines_around_all_and_around_a_class(tasks: TaskThread, settle: Settle) -> None:
    bridge = ContourBridge(tasks)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.trace(XY, LABELS, (None, 1))
    settle()
    assert names(said) == ["ready"]
    found = said[0][1]
    assert isinstance(found, dict)
    assert [contour.share for contour in found[None]] == list(SHARES)
    assert [contour.share for contour in found[1]] == list(CLASS_SHARES)
    (loop, *_) = found[1][0].loops
    assert np.abs(loop.mean(axis=0) - 3).max() < 0.5, "around the class alone"


def test_a_newer_wish_makes_an_older_one_stale(tasks: TaskThread, settle: Settle) -> None:
    bridge = ContourBridge(tasks)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.trace(XY, LABELS, (None,))
    bridge.trace(XY, LABELS, (2,))
    settle()
    assert [list(found) for _, found in said] == [[2]]  # type: ignore[call-overload]
    bridge.trace(XY, LABELS, (None,))
    bridge.trace(XY, LABELS, ())
    settle()
    assert len(said) == 1, "no line is wanted any more"


def test_what_cannot_be_traced_is_one_sentence(tasks: TaskThread, settle: Settle) -> None:
    bridge = ContourBridge(tasks)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.trace(XY[:, :1], LABELS, (None,))
    settle()
    assert names(said) == ["failed"]
    assert str(said[0][1]).startswith("Contours of the map: ")
