"""Many pairs at once in the window: judged by a real model, at the window's threshold, kept apart from other runs."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from core.data.pair_list import PairList
from core.pair_verdicts import PairVerdicts
from core.verification import Verifier
from core.verify_pairs import verify_pairs
from explorer.controllers.verdicts import table_maker
from explorer.panels.verdicts_many import ManyPage
from explorer.widgets.message import Message
from tests.explorer.controllers.conftest import Desk
from tests.explorer.controllers.test_distance import choose
from tests.explorer.dropping import drop, files
from tests.explorer.tiny import COLOURS


@pytest.fixture
def page(desk: Desk) -> ManyPage:
    desk.panels.verdicts.show()
    return desk.panels.verdicts.many


@pytest.fixture
def folder(stored: Path, tmp_path: Path) -> Path:
    """Two images of each colour, and one that cannot be read."""
    folder = tmp_path / "some"
    folder.mkdir()
    for name in COLOURS:
        for number in (0, 5):
            shutil.copy(stored.parent / "data" / "images" / name / f"{number}.png", folder / f"{name}{number}.png")
    (folder / "broken.png").write_text("no image")
    return folder


def shown(page: ManyPage) -> PairVerdicts:
    assert page._verdicts is not None
    return page._verdicts


def problem(page: ManyPage) -> str:
    return next((each.sentence() for each in page.findChildren(Message) if each.is_problem()), "")


def age(page: ManyPage) -> str:
    return page._age.sentence()


def test_one_pair_is_said_in_the_singular(desk: Desk, page: ManyPage, copied: Path, folder: Path) -> None:
    desk.open(copied)
    first, second = sorted(file for file in folder.glob("*.png") if file.stem != "broken")[:2]
    path = folder / "pair.csv"
    path.write_text(f"a,b\n{first.name},{second.name}\n")
    drop(page, files(path))
    desk.settle()
    assert desk.said == "Judged 1 pair of pair.csv"


def test_a_dropped_folder_is_judged_as_one_pair_is(desk: Desk, page: ManyPage, copied: Path, folder: Path) -> None:
    desk.open(copied)
    drop(page, files(folder))
    desk.settle()
    found = shown(page)
    assert len(found) == 21
    assert problem(page) == ""
    assert desk.said == "Judged 15 pairs of some"
    verifier, threshold = Verifier.load(copied), desk.state.threshold
    assert threshold is not None
    for row in found.rows(threshold):
        if row["problem"] is None:
            alone = verifier.verify(row["image_a"], row["image_b"], threshold=threshold)
            assert (row["distance"], row["probability"]) == (alone.distance, alone.probability)
            assert row["verdict"] == ("same" if alone.same else "different")
        else:
            assert row["problem"].startswith("broken.png: no image that can be read")


def test_the_threshold_moves_verdicts_and_another_distance_is_told(
    desk: Desk, page: ManyPage, copied: Path, folder: Path
) -> None:
    desk.open(copied)
    drop(page, files(folder))
    desk.settle()
    summary = page.findChild(QLabel, "pairs_summary")
    assert isinstance(summary, QLabel)
    desk.state.set_threshold(2.0)
    desk.qtbot.waitUntil(lambda: "15 same" in summary.text())
    desk.state.set_threshold(0.0)
    desk.qtbot.waitUntil(lambda: "15 different" in summary.text())
    before, threshold = shown(page), desk.state.threshold
    choose(desk, "euclidean")
    desk.settle()
    assert "The window compares by Euclidean now" in age(page)
    assert page._threshold == threshold
    page.again_requested.emit()
    desk.settle()
    assert age(page) == ""
    again = shown(page)
    assert again.distance == "euclidean"
    assert again.distances[0] == pytest.approx((2 * before.distances[0]) ** 0.5)
    assert page._threshold == desk.state.threshold
    desk.state.set_model_step(99)
    assert age(page) == f"As of step {again.step}; the model is at step 99."


def test_a_bad_list_is_told_and_leaves_what_is_shown(desk: Desk, page: ManyPage, copied: Path, folder: Path) -> None:
    desk.open(copied)
    drop(page, files(folder))
    desk.settle()
    before = shown(page)
    for content, said in (
        ("a,b\nx.png,\n", "pairs.csv, line 2: image_b must name an image, found nothing"),
        ("x,y\n", "found no image_a in 'x,y'"),
        ("", "pairs.csv: the file is empty"),
    ):
        (folder / "pairs.csv").write_text(content)
        drop(page, files(folder / "pairs.csv"))
        desk.settle()
        assert said in problem(page)
        assert shown(page) is before
    desk.state.set_run(None)
    assert page._verdicts is None
    drop(page, files(folder))
    assert problem(page).startswith("Start a run or open one first")


def test_a_run_without_a_checkpoint_says_so(desk: Desk, page: ManyPage, copied: Path, folder: Path) -> None:
    shutil.rmtree(copied / "checkpoints")
    desk.open(copied)
    drop(page, files(folder))
    desk.settle()
    assert "has no checkpoint yet" in problem(page)


def test_cancelling_keeps_what_is_done(
    desk: Desk, page: ManyPage, copied: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(copied)
    shares: list[float] = []

    def cut_short(verifier: Verifier, listed: PairList, watch: Callable[[float], None]) -> PairVerdicts:
        def tell(share: float) -> None:
            shares.append(share)
            if len(shares) == 6:  # after four images and the broken one
                desk.bridges.verdicts.cancel()
            watch(share)

        return verify_pairs(verifier, listed, tell)

    monkeypatch.setattr("core.verify_pairs.verify_pairs", cut_short)
    drop(page, files(folder))
    desk.settle()
    assert int(shown(page).judged.sum()) == 6
    assert desk.said == "Cancelled: 6 of 21 pairs were judged and are kept"


def test_pairs_go_to_verify_and_to_files(
    desk: Desk, page: ManyPage, copied: Path, folder: Path, tmp_path: Path
) -> None:
    desk.open(copied)
    drop(page, files(folder))
    desk.settle()
    for name in ("x.csv", "x.json"):
        page.export_requested.emit(tmp_path / name)
        desk.settle()
        assert desk.said == f"Saved {tmp_path / name}"
    with (tmp_path / "x.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 21
    assert json.loads((tmp_path / "x.json").read_text())["step"] == shown(page).step
    page.export_requested.emit(tmp_path / "none" / "x.csv")
    desk.settle()
    assert "the table cannot be saved" in desk.said
    assert table_maker(shown(page), 0.5, Path("x.JSON"))().startswith("{")
    wanted: list[str] = []
    desk.pairs.panel_wanted.connect(wanted.append)
    chosen: list[tuple[object, object]] = []
    desk.verify_panel.pair_changed.connect(lambda a, b: chosen.append((a, b)))
    page.pair_opened.emit(folder / "red0.png", folder / "red5.png")
    assert wanted == ["verify"]
    assert chosen[-1] == (folder / "red0.png", folder / "red5.png")
    desk.settle()
