from dataclasses import replace

import numpy as np
import pytest

from core.distances import LinearDistance
from core.projection.settings import ProjectionSettings
from explorer.bridge.projection import PATIENCE_S, WORK_SHARE, Layout, MapBridge
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import Clock, StandInWorker, heard, names, snapshot

Said = list[tuple[object, ...]]


@pytest.fixture
def worker() -> StandInWorker:
    return StandInWorker()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def maps(tasks: TaskThread, worker: StandInWorker, clock: Clock) -> MapBridge:
    bridge = MapBridge(tasks, lambda: worker, clock)  # type: ignore[arg-type,return-value]
    bridge.start()
    return bridge


@pytest.fixture
def said(maps: MapBridge) -> Said:
    return heard(("layout", maps.layout_ready), ("working", maps.working), ("failed", maps.failed))


@pytest.fixture
def layouts(maps: MapBridge) -> list[Layout]:
    found: list[Layout] = []
    maps.layout_ready.connect(found.append)
    return found


@pytest.fixture
def go_on(maps: MapBridge, settle: Settle) -> Settle:
    """Let the bridge look what has come, and what that begins be done."""

    def tick_and_settle() -> None:
        maps.tick()
        settle()

    return tick_and_settle


def told(layouts: list[Layout]) -> list[tuple[str, int]]:
    return [(layout.method, layout.snapshot.step) for layout in layouts]


def test_pca_is_there_at_once_and_umap_follows(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], said: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    assert maps.busy
    go_on()
    assert told(layouts) == [("pca", 10)]
    assert ("working", "UMAP is computing …") in said
    worker.answer()
    go_on()
    assert told(layouts) == [("pca", 10), ("umap", 10)]
    assert said[-2] == ("working", None)
    assert not maps.busy
    assert worker.requests[0].initial is None
    assert worker.asked == ["start", "warm up"]


def test_layouts_are_laid_over_the_one_before(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    drawn = worker.answer()
    go_on()
    assert np.allclose(layouts[1].xy.mean(axis=0), layouts[0].xy.mean(axis=0), atol=1e-5)
    assert not np.allclose(layouts[1].xy, drawn, atol=1e-2)


def test_a_refresh_begins_from_the_last_layout_and_draws_no_pca(
    maps: MapBridge, worker: StandInWorker, clock: Clock, layouts: list[Layout], said: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    worker.answer()
    go_on()
    said.clear()
    clock.now = 100.0
    maps.show(snapshot(20))
    go_on()
    assert np.array_equal(worker.requests[1].initial, layouts[1].xy)  # type: ignore[arg-type]
    assert said == []
    worker.answer()
    go_on()
    assert told(layouts) == [("pca", 10), ("umap", 10), ("umap", 20)]


def test_other_images_are_drawn_from_the_beginning(
    maps: MapBridge, worker: StandInWorker, clock: Clock, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    worker.answer()
    go_on()
    clock.now = 100.0
    maps.show(snapshot(20, count=12))
    maps.tick()
    assert worker.requests[1].initial is None


def test_drawing_takes_its_share_of_the_time_and_no_more(
    maps: MapBridge, worker: StandInWorker, clock: Clock, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    worker.answer(seconds=2.0)
    go_on()
    for number in (20, 30):
        maps.show(snapshot(number))
        maps.tick()
    assert len(worker.requests) == 1
    clock.now = 2.0 / WORK_SHARE - 2.0
    maps.tick()
    assert [request.embeddings is not None for request in worker.requests] == [True, True]
    assert np.array_equal(worker.requests[1].embeddings, snapshot(30).embeddings)


def test_when_training_is_over_nothing_is_spared(maps: MapBridge, worker: StandInWorker) -> None:
    maps.show(snapshot(10))
    maps.tick()
    worker.answer(seconds=1_000.0)
    maps.tick()
    maps.show(snapshot(20))
    maps.hurry()
    maps.tick()
    assert len(worker.requests) == 2


def test_snapshots_that_come_while_it_draws_wait_and_only_the_newest_is_drawn(
    maps: MapBridge, worker: StandInWorker, clock: Clock
) -> None:
    for number in (10, 20, 30):
        maps.show(snapshot(number))
        maps.tick()
    assert len(worker.requests) == 1
    worker.answer()
    maps.tick()
    clock.now = 100.0
    maps.tick()
    assert np.array_equal(worker.requests[1].embeddings, snapshot(30).embeddings)


def test_the_layout_of_a_former_run_is_dropped(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], said: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    maps.show(None)
    maps.show(snapshot(5))
    maps.tick()
    assert len(worker.requests) == 1  # the process draws to the end
    worker.answer()
    go_on()
    assert told(layouts) == [("pca", 5)]
    worker.answer()
    go_on()
    assert told(layouts) == [("pca", 5), ("umap", 5)]
    assert "cancel" not in worker.asked


def test_the_same_embeddings_with_another_curve_are_not_drawn_again(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle
) -> None:
    first = snapshot(10)
    maps.show(first)
    go_on()
    worker.answer()
    go_on()
    maps.show(replace(first, excluded=frozenset({1})))
    go_on()
    assert (len(worker.requests), told(layouts)) == (1, [("pca", 10), ("umap", 10)])
    maps.show(replace(first, embeddings=first.embeddings.copy()))
    maps.tick()
    assert maps.busy


def test_without_a_run_there_is_nothing_to_draw(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle
) -> None:
    maps.show(snapshot(10))
    maps.show(None)
    maps.set_method("tsne")
    go_on()
    assert layouts == []
    assert worker.requests == []
    assert not maps.busy


def test_another_method_draws_the_same_snapshot_anew(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    maps.set_method("tsne")
    maps.set_method("tsne")
    worker.answer()  # UMAP, which nobody wants any more
    go_on()
    assert [request.method for request in worker.requests] == ["umap", "tsne"]
    worker.answer()
    go_on()
    assert told(layouts) == [("pca", 10), ("pca", 10), ("tsne", 10)]


def test_pca_needs_no_process(maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle) -> None:
    maps.set_method("pca")
    for number in (10, 20):
        maps.show(snapshot(number))
        go_on()
    assert told(layouts) == [("pca", 10), ("pca", 20)]
    assert worker.requests == []


def test_cancelling_ends_the_process_and_keeps_the_picture(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], said: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    maps.cancel()
    assert worker.asked[-1] == "cancel"
    assert said[-1] == ("working", None)
    maps.tick()
    assert len(worker.requests) == 1
    maps.show(snapshot(20))
    maps.tick()
    assert len(worker.requests) == 2


def test_what_was_cancelled_is_drawn_when_it_is_chosen_again(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    maps.cancel()
    maps.set_method("umap")
    maps.tick()
    assert [request.method for request in worker.requests] == ["umap", "umap"]
    maps.set_method("umap")
    worker.answer()
    go_on()
    maps.set_method("umap")
    maps.tick()
    assert len(worker.requests) == 2, "it was under way, and then it was there"
    assert told(layouts)[-1] == ("umap", 10)
    maps.set_settings(ProjectionSettings(neighbours=5))
    maps.tick()
    maps.cancel()
    maps.set_method("umap")
    maps.tick()
    assert [request.initial is None for request in worker.requests[2:]] == [True, True]


def test_a_failure_is_told_and_the_next_snapshot_tries_again(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], said: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    worker.fail(worker.requests[-1])
    maps.tick()
    assert said[-2:] == [("working", None), ("failed", "Map: the projection process ended", "traceback")]
    assert not maps.busy
    maps.show(snapshot(20))
    go_on()
    assert len(worker.requests) == 2
    assert told(layouts) == [("pca", 10), ("pca", 20)]


def test_a_process_that_dies_before_it_draws_is_told_and_what_waits_goes_on(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], said: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    worker.fail(None)
    maps.tick()
    assert "failed" in names(said)
    assert maps.busy
    worker.answer()
    go_on()
    assert told(layouts)[-1] == ("umap", 10)


def test_a_failure_that_concerns_nobody_any_more_is_not_told(
    maps: MapBridge, worker: StandInWorker, said: Said
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    maps.show(None)
    worker.fail(worker.requests[-1])
    maps.tick()
    assert "failed" not in names(said)


def test_pca_that_fails_is_told(maps: MapBridge, said: Said, settle: Settle) -> None:
    broken = replace(snapshot(10), embeddings=np.full((8, 4), np.nan, np.float32))
    maps.show(broken)
    settle()
    assert "finite" in str(next(each for each in said if each[0] == "failed")[1])


def test_closing_ends_the_process_and_later_ticks_do_nothing(maps: MapBridge, worker: StandInWorker) -> None:
    maps.show(snapshot(10))
    maps.close()
    maps.close()
    maps.tick()
    assert worker.asked == ["start", "warm up", "close"]
    assert not maps.busy


def test_another_distance_draws_the_same_snapshot_anew(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    rule = LinearDistance("nca", np.eye(4)[:2])
    maps.show(snapshot(10), rule)
    worker.answer()  # by the former distance
    maps.tick()
    go_on()
    assert worker.requests[-1].distance is rule
    worker.answer()
    go_on()
    assert told(layouts)[-1] == ("umap", 10)
    assert ("umap", 10) not in told(layouts)[:-1]


def test_pca_goes_by_the_distance(maps: MapBridge, layouts: list[Layout], settle: Settle) -> None:
    maps.set_method("pca")
    rule = LinearDistance("nca", np.eye(4)[:1])
    maps.show(snapshot(10), rule)
    settle()
    assert not layouts[-1].xy[:, 1].any()
    assert layouts[-1].xy[:, 0].any()


def test_other_settings_are_drawn_from_the_beginning_and_the_next_snapshot_goes_on(
    maps: MapBridge, worker: StandInWorker, clock: Clock, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    worker.answer(seconds=100.0)
    go_on()
    settings = ProjectionSettings(neighbours=50)
    maps.set_settings(settings)
    maps.tick()
    assert len(worker.requests) == 2, "a person waits for it, whatever its share of the time"
    assert (worker.requests[-1].settings, worker.requests[-1].initial) == (settings, None)
    worker.answer()
    go_on()
    clock.now = 1e6
    maps.show(snapshot(20))
    go_on()
    assert worker.requests[-1].settings == settings
    assert worker.requests[-1].initial is not None
    maps.set_settings(ProjectionSettings(neighbours=50))
    maps.tick()
    assert len(worker.requests) == 3, "the same again is nothing new"


def test_pca_has_no_settings(
    maps: MapBridge, worker: StandInWorker, layouts: list[Layout], settle: Settle, go_on: Settle
) -> None:
    maps.set_method("pca")
    maps.show(snapshot(10))
    settle()
    maps.set_settings(ProjectionSettings(neighbours=50))
    go_on()
    assert told(layouts) == [("pca", 10)]
    maps.set_method("umap")
    maps.tick()
    assert worker.requests[-1].settings == ProjectionSettings(neighbours=50)


# How far it is


@pytest.fixture
def progress(maps: MapBridge) -> Said:
    found: Said = []
    maps.progressed.connect(lambda *told: found.append(told))
    return found


def test_a_drawing_that_is_waited_for_tells_its_stage_share_and_time_left(
    maps: MapBridge, worker: StandInWorker, clock: Clock, progress: Said
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    worker.tell("finding neighbours", None)
    maps.tick()
    clock.now = 5.0
    worker.tell("placing the points", 0.0)
    maps.tick()
    clock.now = 15.0  # a quarter in 10 s: the other three take 30
    worker.tell("placing the points", 0.25)
    maps.tick()
    assert progress == [
        ("UMAP is finding neighbours …", None, None),
        ("UMAP is placing the points …", 0.0, None),
        ("UMAP is placing the points …", 0.25, pytest.approx(30.0)),
    ]


def test_a_refresh_tells_nothing(
    maps: MapBridge, worker: StandInWorker, clock: Clock, progress: Said, go_on: Settle
) -> None:
    maps.show(snapshot(10))
    go_on()
    worker.answer()
    go_on()
    clock.now = 100.0
    maps.show(snapshot(20))
    maps.tick()
    worker.tell("placing the points", 0.5)
    maps.tick()
    assert progress == []


def test_another_method_says_that_it_waits_and_begins_when_the_former_layout_is_there(
    maps: MapBridge, worker: StandInWorker, said: Said, progress: Said
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    maps.set_method("tsne")
    maps.tick()
    assert [text for name, text in said if name == "working"][-1] == "Waiting for the former layout to end …"
    worker.tell("placing the points", 0.5)
    maps.tick()
    assert progress == [], "of what nobody waits for"
    assert [request.method for request in worker.requests] == ["umap"]
    worker.answer()
    maps.tick()
    assert [request.method for request in worker.requests] == ["umap", "tsne"]
    assert "cancel" not in worker.asked
    assert [text for name, text in said if name == "working"][-1] == "t-SNE is computing …"


def test_a_former_layout_that_takes_long_is_ended(
    maps: MapBridge, worker: StandInWorker, clock: Clock, said: Said
) -> None:
    maps.show(snapshot(10))
    maps.tick()
    clock.now = 50.0
    maps.set_method("tsne")
    clock.now += PATIENCE_S - 0.1
    maps.tick()
    assert "cancel" not in worker.asked
    maps.set_settings(ProjectionSettings(perplexity=12.0))  # a further wish waits no longer for that
    clock.now += 0.1
    maps.tick()
    assert worker.asked[-1] == "cancel"
    assert [(request.method, request.settings.perplexity) for request in worker.requests[1:]] == [("tsne", 12.0)]
    assert [text for name, text in said if name == "working"][-1] == "t-SNE is computing …"
