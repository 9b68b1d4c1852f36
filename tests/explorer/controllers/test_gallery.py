"""The gallery in the window: enrolled, listed, renamed, removed and taken back, and who is on an image."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from core.gallery.gallery import Gallery
from tests.core.looking import Looker
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


class GalleryDesk:
    """A desk whose model embeds by a fixed map, with a run that is open."""

    def __init__(self, desk: Desk, run: Path, folder: Path) -> None:
        self.desk, self.run, self.folder = desk, run, folder
        self.panel, self.undo = desk.panels.gallery, desk.controllers.undo
        self.model: Any = Looker()
        desk.bridges.inference._make = lambda _run, _weights: self.model
        desk.open(run)

    def file(self, seed: int) -> Path:
        path = self.folder / f"{seed}.png"
        Image.fromarray(pixels(seed)).save(path)
        return path

    def enrol(self, name: str, *seeds: int) -> None:
        self.panel.enrolment_wanted.emit(name, [self.file(seed) for seed in seeds])
        self.settle()

    def identify(self, source: object) -> None:
        self.panel.identify(source)  # type: ignore[arg-type]
        self.settle()

    def use(self, model: Any) -> None:
        """Newer weights."""
        self.model = model
        self.desk.bridges.inference.load_checkpoint()
        self.settle()

    def settle(self) -> None:
        for _ in range(6):  # what is done may cause more
            self.desk.settle()

    @property
    def kept(self) -> dict[str, int]:
        return {each.name: len(each.images) for each in Gallery.open(self.run).names()}

    @property
    def listed(self) -> list[str]:
        return [row.name for row in self.panel._names._list.rows()]

    def text(self, name: str) -> str:
        label = self.panel.findChild(QLabel, name)
        assert label is not None
        return label.text().replace("\u200b", "")


def pixels(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (12, 12, 3)).astype(np.uint8)


@pytest.fixture
def gallery(desk: Desk, copied: Path, tmp_path: Path) -> GalleryDesk:
    return GalleryDesk(desk, copied, tmp_path)


def test_enrolled_listed_and_taken_back(gallery: GalleryDesk) -> None:
    gallery.enrol("Anna", 1, 2)
    assert (gallery.kept, gallery.listed) == ({"Anna": 2}, ["Anna"])
    assert gallery.desk.said == "Enrolled Anna: 2 images added"
    gallery.enrol("Anna", 2, 3)
    assert gallery.desk.said == "Enrolled Anna: 1 image added, 1 image left out as enrolled already"
    assert gallery.undo.undoText() == "enrol Anna"
    for expected in ({"Anna": 2}, {}):
        gallery.undo.undo()
        gallery.settle()
        assert gallery.kept == expected
    assert gallery.listed == []
    gallery.undo.redo()
    gallery.undo.redo()
    gallery.settle()
    assert (gallery.kept, gallery.listed) == ({"Anna": 3}, ["Anna"])


def test_renamed_and_removed_are_taken_back(gallery: GalleryDesk) -> None:
    gallery.enrol("Anna", 1, 2)
    gallery.enrol("Ben", 3)
    gallery.panel.rename_wanted.emit("Anna", "Carla")
    gallery.settle()
    assert (gallery.kept, gallery.listed) == ({"Ben": 1, "Carla": 2}, ["Ben", "Carla"])
    gallery.panel.removal_wanted.emit("Carla")
    gallery.settle()
    assert gallery.kept == {"Ben": 1}
    assert gallery.desk.said == "Removed Carla with 2 images; Ctrl+Z takes that back"
    gallery.undo.undo()
    gallery.undo.undo()
    gallery.settle()
    assert (gallery.kept, gallery.listed) == ({"Anna": 2, "Ben": 1}, ["Anna", "Ben"])
    gallery.undo.redo()
    gallery.undo.redo()
    gallery.settle()
    assert gallery.kept == {"Ben": 1}


def test_a_change_that_ends_when_another_run_is_shown_is_not_undone_there(gallery: GalleryDesk) -> None:
    gallery.enrol("Anna", 1)
    gallery.panel.removal_wanted.emit("Anna")
    gallery.desk.bridges.gallery.follow(gallery.folder / "other")
    gallery.undo.clear()
    gallery.settle()
    assert gallery.kept == {}
    assert gallery.undo.count() == 0


def test_a_name_that_cannot_be_used_is_refused_before_an_image_is_looked_at(gallery: GalleryDesk) -> None:
    gallery.panel.enrolment_wanted.emit("An\tna", [gallery.folder / "nowhere.png"])
    gallery.settle()
    assert gallery.desk.said == "name: must not have a control character, found U+0009; nothing was enrolled"


def test_what_cannot_be_done_or_is_cancelled_is_not_recorded(gallery: GalleryDesk) -> None:
    gallery.enrol("Anna", 1)
    gallery.enrol("Ben", 2)
    before = gallery.undo.count()
    gallery.panel.rename_wanted.emit("Anna", "Ben")
    gallery.settle()
    assert "must not be enrolled yet, found 'Ben'" in gallery.desk.said
    assert "must not be enrolled yet" in gallery.text("gallery_notice")
    bad = gallery.folder / "bad.png"
    bad.write_bytes(b"nothing")
    gallery.panel.enrolment_wanted.emit("Carla", [gallery.file(3), bad])
    gallery.settle()
    assert gallery.desk.said.endswith("; nothing was enrolled")
    gallery.panel.enrolment_wanted.emit("a\nb", [gallery.file(3)])
    gallery.settle()
    assert "must not have a control character" in gallery.desk.said
    assert (gallery.kept, gallery.undo.count()) == ({"Anna": 1, "Ben": 1}, before)
    gallery.panel.enrolment_wanted.emit("Dora", [gallery.file(4), gallery.file(5)])
    gallery.panel.work_cancelled.emit()
    gallery.settle()
    assert gallery.kept == {"Anna": 1, "Ben": 1}


def test_who_it_is_and_how_new(gallery: GalleryDesk) -> None:
    gallery.enrol("Anna", 1)
    gallery.enrol("Ben", 2)
    gallery.desk.state.set_threshold(0.3)
    gallery.identify(gallery.file(1))
    assert (gallery.text("identity"), gallery.text("identity_distance")) == ("Anna", "0.000 ≤ 0.300")
    assert [row.accepted for row in gallery.panel._identify._matches.rows()] == [True, False]
    gallery.desk.state.set_threshold(-0.5)
    assert (gallery.text("identity"), gallery.text("identity_distance")) == ("unknown", "0.000 > -0.500")
    assert [row.accepted for row in gallery.panel._identify._matches.rows()] == [False, False]
    # How new an image is, is told where the newest look at the model is by the same weights.
    look = snapshot(number=40, count=60)
    embeddings = np.concatenate([gallery.model.embed(pixels(number)) for number in range(60)])
    gallery.desk.state.set_snapshot(replace(look, embeddings=embeddings))
    gallery.identify(gallery.file(100))
    assert "% of training images" in gallery.text("novelty")
    gallery.desk.state.set_snapshot(replace(look, embeddings=embeddings, step=39))
    gallery.settle()
    assert gallery.text("novelty") == ""

    gallery.identify("nowhere/7.png")
    assert "its image is not at hand" in gallery.desk.said
    bad = gallery.folder / "bad.png"
    bad.write_bytes(b"")
    gallery.identify(bad)
    assert "empty file" in gallery.desk.said
    assert "empty file" in gallery.panel._identify._slot.content().problem


def test_the_answer_follows_the_gallery_the_rule_and_the_weights(gallery: GalleryDesk) -> None:
    gallery.desk.state.set_threshold(0.3)
    picture = QImage(str(gallery.file(1)))
    gallery.identify(picture)
    assert "Nobody is enrolled yet" in gallery.panel._identify._message.sentence()
    gallery.enrol("Anna", 1, 2)
    near = gallery.panel._identify._matches.rows()[0]
    assert near.figure != "0.000"  # the mean of two
    gallery.panel._identify._rule.set_value("nearest")
    gallery.panel._identify._rule.edited.emit()
    gallery.settle()
    assert gallery.panel._identify._matches.rows()[0].figure == "0.000"
    gallery.panel.removal_wanted.emit("Anna")
    gallery.settle()
    assert gallery.panel._identify._matches.rows() == ()
    gallery.panel._identify.clear()
    gallery.enrol("Ben", 3)
    assert gallery.panel._identify._matches.rows() == ()  # no image, no answer
    gallery.panel.removal_wanted.emit("Ben")
    gallery.enrol("Anna", 1, 2)
    gallery.identify(gallery.file(1))
    gallery.use(Looker(seed=1, step=60))
    assert gallery.panel._stale.isVisibleTo(gallery.panel)
    assert gallery.panel._stale_words.sentence().startswith("2 images embedded by other weights")
    assert "have to be embedded again" in gallery.panel._identify._message.sentence()
    gallery.panel.refresh_wanted.emit()
    gallery.settle()
    assert not gallery.panel._stale.isVisibleTo(gallery.panel)
    assert [row.name for row in gallery.panel._identify._matches.rows()] == ["Anna"]
    assert Gallery.open(gallery.run).stale(gallery.model) == 0


def test_another_run_has_another_gallery(gallery: GalleryDesk, stored: Path) -> None:
    gallery.enrol("Anna", 1)
    gallery.desk.open(stored)
    gallery.settle()
    assert (gallery.listed, gallery.undo.count()) == ([], 0)
    gallery.desk.open(gallery.run)
    gallery.settle()
    assert gallery.listed == ["Anna"]


def test_nobody_is_enrolled_without_a_run(desk: Desk, tmp_path: Path) -> None:
    assert not desk.panels.gallery._names._choose.isEnabled()
    assert "Start a run or open one" in desk.panels.gallery._names._choose.toolTip()
    desk.panels.gallery.identify(tmp_path / "a.png")
    assert "there is no model yet" in desk.said


def test_rates_are_told_at_the_threshold_or_why_not(gallery: GalleryDesk) -> None:
    gallery.panel.rates_wanted.emit(1)
    gallery.settle()
    state = gallery.desk.state
    assert state.threshold is not None
    worth = gallery.panel._identify._worth
    assert worth.sentence().startswith("Strangers taken for somebody ")
    assert "strangers" in gallery.text("rates_of")
    state.set_threshold(-1.0)
    assert worth.sentence().startswith("Strangers taken for somebody 0 %, people found 0 % (among ")
    gallery.panel.rule_changed.emit("nearest")  # other rates, which nobody has asked for
    assert worth.sentence() == ""
    gallery.panel.rates_wanted.emit(20)
    gallery.settle()
    assert "an identity with more than 20 images" in gallery.panel._rates._empty.text()
