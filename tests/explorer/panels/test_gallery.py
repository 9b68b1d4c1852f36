"""The gallery's panel with hand-made data."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.open_set import open_set_rates
from core.gallery.records import EnrolledImage, EnrolledName, Match
from explorer.panels.gallery import GalleryPanel
from explorer.panels.gallery_view import IdentifiedView, NoveltyView, RatesView
from explorer.widgets.sample_drag import SAMPLE_FORMAT
from tests.explorer.dropping import drop, enter, files
from tests.explorer.standins import heard


@pytest.fixture
def panel(qtbot: QtBot) -> GalleryPanel:
    panel = GalleryPanel()
    qtbot.addWidget(panel)
    panel.resize(372, 290)
    panel.set_available(None)
    panel.show()
    return panel


def name(text: str, *ids: int) -> EnrolledName:
    return EnrolledName(text, tuple(EnrolledImage(each, f"{each}.png", 40, "") for each in ids))


def picture(colour: str = "red") -> QImage:
    image = QImage(20, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def view(*distances: float, novelty: NoveltyView | None = None) -> IdentifiedView:
    matches = tuple(Match(f"name {place}", distance, 2, place) for place, distance in enumerate(distances))
    return IdentifiedView(picture(), "a.png", matches, 9, 40, {place: picture() for place in range(9)}, novelty)


def text(panel: GalleryPanel, which: str) -> str:
    label = panel.findChild(QLabel, which)
    assert label is not None
    return label.text().replace("\u200b", "").replace("\u00a0", " ")


def write(panel: GalleryPanel, what: str) -> None:
    field = panel.findChild(QLineEdit, "gallery_name")
    assert field is not None
    field.setText(what)


# --- identify


def test_at_first_it_says_what_to_do(panel: GalleryPanel) -> None:
    assert panel._identify._message.sentence().startswith("Nobody is enrolled yet: do that under Enrolled")
    panel._identify.set_enrolled(True)
    assert panel._identify._message.sentence() == "Drop an image at the left: who is it?"
    panel.show_identified(view())
    assert "Nobody is enrolled yet" in panel._identify._message.sentence()


def test_the_verdict_is_told_by_words_as_by_colour(panel: GalleryPanel) -> None:
    panel.set_threshold(0.3)
    panel.show_identified(view(0.2, 0.3, 0.4))
    assert (text(panel, "identity"), text(panel, "identity_distance")) == ("name 0", "0.200 ≤ 0.300")
    assert panel._identify._word.accessibleName() == "known: name 0, 0.200 ≤ 0.300"
    assert [row.accepted for row in panel._identify._matches.rows()] == [True, True, False]
    panel.set_threshold(0.1)
    assert panel._identify._word.accessibleName() == "unknown: name 0, 0.200 > 0.100"
    panel.set_threshold(None)
    assert text(panel, "identity_distance") == "0.200, no threshold yet"
    assert [row.accepted for row in panel._identify._matches.rows()] == [None] * 3


def test_one_who_is_enrolled_as_unknown_is_not_known_for_that(panel: GalleryPanel) -> None:
    panel.set_threshold(0.1)
    panel.show_identified(replace(view(0.2), matches=(Match("unknown", 0.2, 2, 0),)))
    assert panel._identify._word.accessibleName() == "unknown: unknown, 0.200 > 0.100"
    panel.set_threshold(0.2)
    assert panel._identify._word.accessibleName() == "known: unknown, 0.200 ≤ 0.200"


def test_novelty_and_worth_stand_beside_it(panel: GalleryPanel) -> None:
    panel.set_threshold(0.3)
    panel.show_identified(view(0.2, novelty=NoveltyView("cat", 0.71, 99.7)))
    assert text(panel, "novelty") == "nearest class cat at 0.710, farther than 99 % of training images"
    labels = np.repeat(np.arange(8), 5)
    rows = np.eye(8, dtype=np.float32)[labels]
    rates = open_set_rates(EvaluatedImages(rows, labels, np.arange(40)))
    panel.show_rates(RatesView(rates, "4 names by 1 image each"), "")
    assert text(panel, "worth") == "Strangers taken for somebody 0 %, people found 100 % (among 4 names)"
    assert text(panel, "rates_of") == "4 names by 1 image each"
    assert [text(panel, f"rate_0_{column}") for column in range(4)] == ["0.300", "0 %", "100 %", "100 %"]
    assert [text(panel, f"rate_3_{column}") for column in range(4)] == ["–", "0.100 %", "–", "–"]
    panel.show_rates(None, "not yet")
    assert text(panel, "worth") == ""
    assert text(panel, "rates_of") != ""  # hidden with its page
    assert panel._rates._empty.text() == "not yet"


def test_as_many_images_each_are_proposed_as_names_have(panel: GalleryPanel) -> None:
    assert panel.shots == 1
    panel.show_names([name("Anna", 1, 2, 3), name("Ben", 7)])
    assert panel.shots == 2
    panel._rates._shots.setValue(5)
    panel.show_names([name("Anna", 1)])
    assert panel.shots == 5  # chosen by hand


def test_images_are_looked_up_when_dropped(panel: GalleryPanel, tmp_path: Path) -> None:
    found = heard(("wanted", panel.identification_wanted), ("cleared", panel.identification_cleared))
    slot = panel._identify._slot
    assert drop(slot, files(tmp_path / "a.png"))
    assert found == [("wanted", tmp_path / "a.png")]
    drop(slot, files(tmp_path / "a.png", tmp_path / "b.png"))
    assert len(found) == 1
    assert "2 files at once" in slot.content().problem
    panel.show_problem("a.png: no image")
    assert slot.content().problem == "a.png: no image"


# --- enrolled


def test_names_are_listed_with_counts_and_pictures_asked_for(panel: GalleryPanel, qtbot: QtBot) -> None:
    panel._tabs.setCurrentIndex(1)
    with qtbot.waitSignal(panel.pictures_wanted) as asked:
        panel.show_names([name("Anna", 1, 2), name("Ben", 7)])
        panel.repaint()
    assert asked.args == [[1, 7]]
    panel.set_pictures({1: picture(), 7: QImage()})
    assert [(row.name, row.figure) for row in panel._names._list.rows()] == [("Anna", "2 images"), ("Ben", "1 image")]
    assert panel._names._count.sentence() == "2 names, 3 images"
    assert panel._tabs.tabText(1) == "Enrolled (2)"
    panel.show_names([])
    assert panel._tabs.tabText(1) == "Enrolled"


def test_files_are_enrolled_under_the_written_name(panel: GalleryPanel, tmp_path: Path) -> None:
    found = heard(("enrol", panel.enrolment_wanted))
    panel._tabs.setCurrentIndex(1)
    write(panel, "Anna")
    assert drop(panel._names, files(tmp_path / "a.png", tmp_path / "b.png"))
    assert found == [("enrol", "Anna", [tmp_path / "a.png", tmp_path / "b.png"])]


def test_images_wait_for_a_name(panel: GalleryPanel, tmp_path: Path, qtbot: QtBot) -> None:
    found = heard(("enrol", panel.enrolment_wanted))
    panel._tabs.setCurrentIndex(1)
    drop(panel._names, files(tmp_path / "a.png"))
    assert found == []
    assert panel._names._message.sentence() == "1 image to enrol: type a name and press Enter."
    field = panel.findChild(QLineEdit, "gallery_name")
    assert field is not None
    qtbot.keyClicks(field, "Ben")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert found == [("enrol", "Ben", [tmp_path / "a.png"])]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(found) == 1


def test_what_is_dropped_on_a_name_is_added_to_it(panel: GalleryPanel, tmp_path: Path) -> None:
    found = heard(("enrol", panel.enrolment_wanted))
    panel._tabs.setCurrentIndex(1)
    panel.show_names([name("Anna", 1), name("Ben", 2)])
    write(panel, "Carla")
    page, listed = panel._names, panel._names._list
    place = listed.viewport().mapTo(page, listed.visualRect(listed.model().index(1, 0)).center())
    mime = QMimeData()
    mime.setData(SAMPLE_FORMAT, b"cat/1.png")
    event = QDropEvent(
        QPointF(QPoint(place)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert enter(page, mime)
    QApplication.sendEvent(page, event)
    assert found == [("enrol", "Ben", ["cat/1.png"])]


def test_the_images_of_verify_are_enrolled(panel: GalleryPanel) -> None:
    found = heard(("enrol", panel.enrolment_wanted))
    assert not panel._names._from_verify.isEnabled()
    panel.set_verify_images(["cat/1.png"])
    write(panel, "Anna")
    panel._names._from_verify.click()
    assert found == [("enrol", "Anna", ["cat/1.png"])]


def test_a_name_is_written_anew_in_the_list(panel: GalleryPanel, qtbot: QtBot) -> None:
    found = heard(("rename", panel.rename_wanted), ("remove", panel.removal_wanted))
    panel._tabs.setCurrentIndex(1)
    panel.show_names([name("Anna", 1), name("Ben", 2)])
    assert not panel._names._rename.isEnabled()
    panel._names.select("Ben")
    panel._names._rename.click()
    field = panel.findChild(QLineEdit, "rename_field")
    assert field is not None
    assert field.text() == "Ben"
    field.setText("Carla")
    with qtbot.waitSignal(panel.rename_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert found == [("rename", "Ben", "Carla")]
    assert [row.name for row in panel._names._list.rows()] == ["Anna", "Ben"]  # until it has been done
    qtbot.keyClick(panel._names._list, Qt.Key.Key_Delete)
    assert found[1:] == [("remove", "Ben")]
    panel._names._remove.click()
    assert found[2:] == [("remove", "Ben")]
    panel.show_names([name("Ben", 2)])
    assert panel._names._list.current() == "Ben"


def test_what_is_stale_or_under_way_is_told(panel: GalleryPanel) -> None:
    found = heard(("again", panel.refresh_wanted), ("cancel", panel.work_cancelled))
    panel.set_stale(12, 540)
    assert panel._stale_words.sentence() == "12 images embedded by other weights than those in use, of step 540"
    panel._refresh.click()
    panel.set_working("embedding again", 0.0)
    panel.set_working("embedding again", 0.5)
    assert "50 %" in text(panel, "work_text")
    panel._work._cancel.click()
    panel.set_working("", None)
    panel.set_stale(0, 540)
    assert found == [("again",), ("cancel",)]
    assert not panel._stale.isVisible()


def test_markup_in_names_stays_text(panel: GalleryPanel) -> None:
    hostile = "<img src='file:///etc/passwd'><b>x</b> & y"
    panel.set_threshold(0.3)
    panel.show_names([name(hostile, 1)])
    shown = replace(view(), matches=(Match(hostile, 0.2, 1, 1),))
    panel.show_identified(shown)
    assert panel._identify._word.textFormat() is Qt.TextFormat.PlainText
    for help_text in (
        panel._identify._word.toolTip(),
        panel._names._list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole),
        panel._identify._matches.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole),
    ):
        assert "&lt;img" in help_text
        assert "<img" not in help_text
        assert "<b>" not in help_text


# --- as a whole


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_its_dock_and_both_palettes(
    panel: GalleryPanel, use_palette: Callable[[bool], QPalette], dark: bool
) -> None:
    use_palette(dark)
    panel.set_threshold(0.3)
    panel.show_identified(view(0.2, 0.4, novelty=NoveltyView("a class with a long name", 0.71, 98.6)))
    panel.show_names([name("x" * 200, 1)])
    for page in range(3):
        panel._tabs.setCurrentIndex(page)
        assert not panel.grab().isNull()
    assert panel.minimumSizeHint().width() <= 348
    assert panel.minimumSizeHint().height() <= 262


def test_every_control_says_what_it_is_for(panel: GalleryPanel) -> None:
    panel._tabs.setCurrentIndex(1)
    for control in panel.findChildren(QWidget):
        if control.objectName() in ("gallery_name", "enrol_images", "enrol_from_verify", "rename_name", "remove_name"):
            assert control.toolTip()
            assert control.accessibleName()
