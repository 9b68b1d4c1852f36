"""A run that another window shows is only to be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.gallery.gallery import Gallery
from explorer.bridge.hold import RunHold
from explorer.bridge.tasks import Failure
from tests.explorer.controllers.conftest import Desk


@pytest.fixture
def other(copied: Path) -> Iterator[RunHold]:
    """Another window, which shows the run."""
    other = RunHold()
    other.take(copied)
    yield other
    other.release()


def files(run: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(run.rglob("*")) if path.is_file()}


def exclude_one(desk: Desk) -> None:
    assert desk.state.snapshot is not None
    desk.exclusions.exclude(int(desk.state.snapshot.sample_ids[desk.state.snapshot.held_out][0]))


def choose_everything(desk: Desk) -> list[str]:
    """All that a person may choose in a run, and what is said of each."""

    def save_selection() -> None:
        desk.state.set_selection((1,))
        desk.map.selections.form.save_requested.emit("mine")

    said = []
    for choose in (
        lambda: exclude_one(desk),
        lambda: desk.roc._choose_threshold(0.25),
        lambda: desk.panels.evaluation.calibration_chosen.emit("isotonic"),
        save_selection,
    ):
        desk.status.say("")
        choose()
        desk.evaluation.store_threshold()
        desk.settle()
        said.append(desk.said)
    return said


def change_gallery(desk: Desk) -> list[str]:
    told: list[str] = []

    def take(failure: Failure) -> None:
        told.append(failure.message)

    desk.bridges.gallery.change(lambda gallery: gallery.rename("A", "B"), lambda _done: told.append("renamed"), take)
    desk.bridges.gallery.refresh(1, lambda: told.append("refreshed"), take)
    desk.settle()
    return told


def test_nothing_is_kept_until_the_other_one_is_closed(desk: Desk, copied: Path, other: RunHold) -> None:
    Gallery.open(copied)
    before = files(copied)
    desk.open(copied)
    assert desk.status.is_problem
    assert desk.said.startswith(f"{copied}: opened to read only, since another window has it open;")
    for said in choose_everything(desk):
        assert "not kept, since another window had this run first" in said
    looked_at = desk.bridges.verdict_files
    with desk.qtbot.waitSignal(looked_at.failed):
        looked_at.store(copied, ())
        desk.settle()
    assert all("not kept, since another window had this run first" in told for told in change_gallery(desk))
    assert files(copied) == before
    other.release()
    desk.open(copied)
    assert desk.said == f"Opened {copied}"
    exclude_one(desk)
    desk.settle()
    assert set(files(copied)) - set(before) == {str(copied / "evaluation" / "exclusions.json")}


def test_the_first_window_holds_the_run_until_it_shows_another_or_closes(
    desk: Desk, copied: Path, stored: Path
) -> None:
    desk.open(copied)
    second = RunHold()
    second.take(copied)
    assert second.refusal(copied)
    desk.open(stored)
    second.take(copied)
    assert not second.refusal(copied)
    second.take(stored)
    assert second.refusal(stored)
    desk.bridges.close()
    second.take(stored)
    assert not second.refusal(stored)
    second.release()
