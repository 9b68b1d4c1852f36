from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.projection.settings import ProjectionSettings
from core.runs import Run
from core.training.outcome import load_embeddings
from explorer.bridge.history import HistoryBridge, HistoryWish, PastLook
from explorer.bridge.tasks import TaskThread
from tests.explorer.standins import StandInWorker, heard, names
from tests.explorer.tiny import copied_run

Said = list[tuple[object, ...]]


@pytest.fixture
def worker() -> StandInWorker:
    return StandInWorker()


@pytest.fixture
def bridge(tasks: TaskThread, worker: StandInWorker) -> HistoryBridge:
    return HistoryBridge(tasks, lambda: worker)  # type: ignore[arg-type,return-value]


@pytest.fixture
def said(bridge: HistoryBridge) -> Said:
    return heard(
        ("look", bridge.laid_out), ("progress", bridge.progressed), ("end", bridge.ended), ("failed", bridge.failed)
    )


def newest(run: Path) -> PastLook:
    opened = Run.open(run)
    look = load_embeddings(opened, opened.snapshot_steps()[-1])
    xy = look.embeddings[:, :2].copy()
    return PastLook(look.step, xy, look.sample_ids, look.labels, look.held_out, look.predicted)


def wish(run: Path, method: str = "pca") -> HistoryWish:
    known = newest(run)
    return HistoryWish(run, {known.step: known}, method, "cosine", ProjectionSettings())  # type: ignore[arg-type]


def run_to_the_end(bridge: HistoryBridge, tasks: TaskThread, qtbot: QtBot, worker: StandInWorker) -> None:
    def done() -> bool:
        tasks.poll()
        if worker.requests and bridge._drawer.waits:
            worker.answer()
        bridge.tick()
        return not bridge.busy and not tasks.busy

    qtbot.waitUntil(done, timeout=20_000)


@pytest.mark.parametrize("method", ["pca", "umap"])
def test_every_earlier_look_is_laid_out_the_latest_first(
    bridge: HistoryBridge, said: Said, stored: Path, tasks: TaskThread, worker: StandInWorker, qtbot: QtBot, method: str
) -> None:
    steps = Run.open(stored).snapshot_steps()
    assert len(steps) > 1
    bridge.load(wish(stored, method))
    run_to_the_end(bridge, tasks, qtbot, worker)
    looks = [each[1] for each in said if each[0] == "look"]
    assert [look.step for look in looks] == steps[-2::-1]
    newest_known = bridge._known[steps[-1]]
    for look in looks:  # what is the same is held once
        assert look.sample_ids is newest_known.sample_ids
        assert look.labels is newest_known.labels
    assert all(look.xy.shape == (len(look.sample_ids), 2) and np.isfinite(look.xy).all() for look in looks)
    assert [each for each in said if each[0] == "progress"][-1] == ("progress", len(steps) - 1, len(steps) - 1)
    assert said[-1] == ("end",)
    if method == "umap":
        assert worker.requests[0].settings == ProjectionSettings()
        assert "close" in worker.asked


def test_nothing_is_missing(
    bridge: HistoryBridge, said: Said, stored: Path, tasks: TaskThread, worker: StandInWorker, qtbot: QtBot
) -> None:
    known = {step: newest(stored) for step in Run.open(stored).snapshot_steps()}
    bridge.load(HistoryWish(stored, known, "umap", "cosine", ProjectionSettings()))
    run_to_the_end(bridge, tasks, qtbot, worker)
    assert names(said) == ["progress", "end"]
    assert worker.asked == []


def test_a_cancel_ends_it_at_once(
    bridge: HistoryBridge, said: Said, stored: Path, tasks: TaskThread, qtbot: QtBot
) -> None:
    bridge.load(wish(stored, "umap"))
    bridge.cancel()
    assert names(said) == ["end"]
    qtbot.waitUntil(lambda: tasks.poll() or not tasks.busy)
    assert names(said) == ["end"]
    assert not bridge.busy


def test_a_damaged_snapshot_is_one_sentence(
    bridge: HistoryBridge,
    said: Said,
    tasks: TaskThread,
    worker: StandInWorker,
    qtbot: QtBot,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    asked = wish(run)
    Run.open(run).snapshot_path(Run.open(run).snapshot_steps()[0]).write_bytes(b"no arrays")
    bridge.load(asked)
    run_to_the_end(bridge, tasks, qtbot, worker)
    assert names(said)[-2:] == ["end", "failed"]
    assert str(said[-1][1]).startswith("Earlier maps: ")
