import threading
from dataclasses import replace

import numpy as np
import pytest

import core.evaluation.margins
from core.data.tuples import ListedPairs
from core.evaluation.margins import active_share
from explorer.bridge.margins import MARGINS, ActiveShares, MarginBridge
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import heard, names, snapshot

Said = list[tuple[object, ...]]


@pytest.fixture
def bridge(tasks: TaskThread) -> MarginBridge:
    return MarginBridge(tasks)


@pytest.fixture
def said(bridge: MarginBridge) -> Said:
    return heard(("ready", bridge.ready), ("failed", bridge.failed))


def found(said: Said) -> ActiveShares:
    assert names(said) == ["ready"]
    shares = said[0][1]
    assert isinstance(shares, ActiveShares)
    return shares


def test_margins_go_up_from_0_to_2() -> None:
    assert (MARGINS[0], MARGINS[-1]) == (0.0, 2.0)
    assert (np.diff(MARGINS) > 0).all()


def test_the_training_images_are_measured_behind_the_window(
    bridge: MarginBridge, said: Said, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def noted(*arguments: object) -> object:
        threads.append(threading.current_thread().name)
        return active_share(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(core.evaluation.margins, "active_share", noted)
    seen = snapshot(10, count=40)
    bridge.look(seen, "euclidean")
    settle()
    shares = found(said)
    assert shares.snapshot is seen
    training = ~seen.held_out
    expected = active_share(seen.embeddings[training], seen.labels[training], MARGINS, "euclidean")
    assert shares.shares.tolist() == expected.tolist()
    assert threads == ["test_0"]


def test_a_newer_look_makes_an_older_one_stale(bridge: MarginBridge, said: Said, settle: Settle) -> None:
    newest = snapshot(20, count=40)
    bridge.look(snapshot(10, count=40), "cosine")
    bridge.look(newest, "cosine")
    settle()
    assert found(said).snapshot is newest


def test_what_is_not_wanted_any_more_is_dropped(bridge: MarginBridge, said: Said, settle: Settle) -> None:
    bridge.look(snapshot(10), "cosine")
    bridge.forget()
    settle()
    assert said == []


def test_without_training_images_there_is_no_share(bridge: MarginBridge, said: Said, settle: Settle) -> None:
    bridge.look(snapshot(10, count=1), "cosine")
    settle()
    assert np.isnan(found(said).shares).all()


def test_of_a_list_no_share_is_made_up(bridge: MarginBridge, said: Said, settle: Settle) -> None:
    """Identities that no row tells apart may be one: their triplets are nobody's."""
    nothing = np.empty((0, 2), np.int64)
    bridge.look(replace(snapshot(10), pairs=ListedPairs(nothing, nothing)), "cosine")
    settle()
    assert np.isnan(found(said).shares).all()


def test_what_goes_wrong_is_told(
    bridge: MarginBridge, said: Said, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> object:
        raise ValueError("embeddings must be finite, found NaN or infinity in row 3")

    monkeypatch.setattr(core.evaluation.margins, "active_share", fail)
    bridge.look(snapshot(10, count=40), "cosine")
    settle()
    assert names(said) == ["failed"]
    assert "embeddings must be finite" in str(said[0][1])
