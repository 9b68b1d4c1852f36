from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.projection.settings import ProjectionSettings
from core.runs import Run
from core.training.outcome import load_embeddings
from explorer.bridge.history import PastLook
from explorer.bridge.map_compare import ComparedLooks, CompareWish, MapCompareBridge
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import StandInWorker, heard, names
from tests.explorer.tiny import stored_run

Said = list[tuple[object, ...]]


@pytest.fixture
def worker() -> StandInWorker:
    return StandInWorker()


@pytest.fixture
def bridge(tasks: TaskThread, worker: StandInWorker) -> MapCompareBridge:
    return MapCompareBridge(tasks, lambda: worker)  # type: ignore[arg-type,return-value]


@pytest.fixture
def said(bridge: MapCompareBridge) -> Said:
    return heard(("compared", bridge.compared), ("progress", bridge.progressed), ("failed", bridge.failed))


@pytest.fixture
def wish(tmp_path_factory: pytest.TempPathFactory) -> CompareWish:
    """The newest look, drawn by its first two dimensions, against the first one."""
    run = Run.open(stored_run(tmp_path_factory))
    first, *_, last = run.snapshot_steps()
    look = load_embeddings(run, last)
    return CompareWish(
        run_dir=run.path,
        step=last,
        snapshot=None,
        sample_ids=look.sample_ids[::-1],
        xy=look.embeddings[::-1, :2].copy(),
        other_dir=run.path,
        other_step=first,
        drawn=None,
        method="umap",
        distance="cosine",
        settings=ProjectionSettings(neighbours=5),
    )


def compared(said: Said) -> ComparedLooks:
    found = [each[1] for each in said if each[0] == "compared"]
    assert len(found) == 1
    assert isinstance(found[0], ComparedLooks)
    return found[0]


def test_the_other_look_starts_from_the_shown_one_and_is_laid_over_it(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, worker: StandInWorker, settle: Settle
) -> None:
    bridge.compare(wish)
    settle()
    request = worker.requests[0]
    shown = wish.xy[np.argsort(wish.sample_ids)]
    assert request.initial is not None
    assert request.initial.tolist() == shown.tolist(), "each image starts where the map has it, in the order of the ids"
    assert request.settings.neighbours == 5
    assert request.method == "umap"
    assert bridge.busy
    worker.answer()
    bridge.tick()
    assert not bridge.busy
    found = compared(said)
    assert found.sample_ids.tolist() == sorted(wish.sample_ids.tolist())
    assert found.shown.xy.tolist() == shown.tolist()
    assert found.other.xy.mean(axis=0) == pytest.approx(shown.mean(axis=0), abs=1e-5)
    assert (found.same_run, found.images, found.notes) == (True, (18, 18), ())
    assert "progress" in names(said)
    assert "close" not in worker.asked, "the next comparison needs the process too"
    bridge.leave()
    settle()
    assert "close" in worker.asked


def test_neighbourhoods_are_those_of_the_embeddings(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, settle: Settle
) -> None:
    from core.evaluation.neighbourhoods import neighbourhood_change

    run = Run.open(wish.run_dir)
    first, last = (load_embeddings(run, step) for step in (wish.other_step or 0, wish.step))
    bridge.compare(replace(wish, method="pca", snapshot=last))
    settle()
    found = compared(said)
    rows = [np.argsort(look.sample_ids) for look in (first, last)]
    expected = neighbourhood_change(first.embeddings[rows[0]], last.embeddings[rows[1]], last.labels[rows[1]])
    assert found.change.before.tolist() == expected.before.tolist()
    assert found.change.after.tolist() == expected.after.tolist()
    assert found.labels.tolist() == last.labels[rows[1]].tolist()


def test_a_look_that_is_drawn_already_is_not_drawn_again(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, worker: StandInWorker, settle: Settle
) -> None:
    look = load_embeddings(Run.open(wish.run_dir), wish.other_step or 0)
    turned = np.stack([-wish.xy[:, 1], wish.xy[:, 0]], axis=1)
    drawn = PastLook(look.step, turned, wish.sample_ids, look.labels, look.held_out, None)
    bridge.compare(replace(wish, drawn=drawn))
    settle()
    assert worker.requests == []
    found = compared(said)
    assert found.other.xy == pytest.approx(found.shown.xy, abs=1e-5), "it is turned back"


def test_images_that_one_of_them_has_not_are_left_out(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, settle: Settle
) -> None:
    bridge.compare(replace(wish, method="pca", sample_ids=wish.sample_ids[:13], xy=wish.xy[:13]))
    settle()
    assert compared(said).sample_ids.tolist() == sorted(wish.sample_ids[:13].tolist())
    bridge.compare(replace(wish, method="pca", sample_ids=wish.sample_ids[:11], xy=wish.xy[:11]))
    settle()
    assert "at least 12, found 11" in str(said[-1][1])


def test_what_is_cancelled_is_never_heard_of(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, worker: StandInWorker, settle: Settle, qtbot: QtBot
) -> None:
    bridge.compare(wish)
    bridge.cancel()
    settle()
    assert not bridge.busy
    bridge.compare(wish)
    settle()
    bridge.cancel()
    assert worker.asked[-1] == "cancel"
    worker.answer()
    bridge.tick()
    assert names([each for each in said if each[0] != "progress"]) == []


def test_a_process_that_dies_is_one_sentence(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, worker: StandInWorker, settle: Settle
) -> None:
    bridge.compare(wish)
    settle()
    worker.fail(worker.requests[-1])
    bridge.tick()
    assert said[-1] == ("failed", "the projection process ended", "traceback")
    assert not bridge.busy


def test_the_look_on_the_map_is_not_compared_with_itself(
    bridge: MapCompareBridge, said: Said, wish: CompareWish, settle: Settle, tmp_path: Path
) -> None:
    bridge.compare(replace(wish, other_step=wish.step))
    settle()
    assert "is the look that is on the map" in str(said[-1][1])
    bridge.compare(replace(wish, other_step=12345))
    settle()
    assert "has no look at step 12345 any more" in str(said[-1][1])
    bridge.list_looks(tmp_path)
    settle()
    assert "not a run folder" in str(said[-1][1])
