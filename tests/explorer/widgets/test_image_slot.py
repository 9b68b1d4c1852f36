from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDragLeaveEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from explorer.widgets import image_slot
from explorer.widgets.image_slot import ImageSlot
from explorer.widgets.sample_drag import SampleImage, sample_mime
from tests.explorer.dropping import drop, enter, files


@pytest.fixture
def slot(qtbot: QtBot) -> ImageSlot:
    slot = ImageSlot("A")
    slot.chosen, slot.samples, slot.several, slot.clears = [], [], [], []
    slot.image_chosen.connect(slot.chosen.append)
    slot.sample_dropped.connect(slot.samples.append)
    slot.several_chosen.connect(slot.several.append)
    slot.cleared.connect(lambda: slot.clears.append(True))
    qtbot.addWidget(slot)
    slot.resize(160, 150)
    slot.show()
    return slot


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[object]:
    yield qapp.clipboard()
    qapp.clipboard().clear()


def picture(colour: str = "red", width: int = 30, height: int = 20) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def pixel(slot: ImageSlot, x: int, y: int) -> QColor:
    return QColor(slot.grab().toImage().pixel(x, y))


def test_a_file_from_a_file_manager(slot: ImageSlot, tmp_path: Path) -> None:
    file = tmp_path / "cat ä.png"
    assert drop(slot, files(file))
    assert slot.chosen == [file]
    assert slot.content().waiting
    assert slot.hasFocus() or not slot.isActiveWindow()


def test_the_slot_decodes_nothing_itself(slot: ImageSlot, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    drop(slot, files(text))
    assert slot.chosen == [text]
    slot.show_problem("notes.txt: no image that can be read")
    assert not slot.content().waiting
    assert "no image that can be read" in slot.toolTip()
    assert "no image that can be read" in slot.accessibleName()


def test_an_image_from_another_program(slot: ImageSlot) -> None:
    mime = QMimeData()
    mime.setImageData(picture("blue"))
    assert drop(slot, mime)
    assert isinstance(slot.chosen[0], QImage)
    assert slot.chosen[0].size() == picture().size()
    assert QColor(slot.chosen[0].pixel(3, 3)) == QColor("blue")


def test_an_image_dragged_from_a_browser_comes_with_its_address(slot: ImageSlot) -> None:
    mime = QMimeData()
    mime.setImageData(picture())
    mime.setUrls([QUrl("https://example.org/cat.png")])
    drop(slot, mime)
    assert isinstance(slot.chosen[0], QImage)


@pytest.mark.parametrize("image", [Path("/data/cat/1.png"), picture()], ids=["file", "pixels"])
def test_the_apps_own_thumbnails_come_as_samples(slot: ImageSlot, image: Path | QImage) -> None:
    assert drop(slot, sample_mime(SampleImage("cat/ä 1.png", image)))
    assert slot.samples == ["cat/ä 1.png"]
    assert slot.chosen == []
    assert slot.content().waiting


def test_several_files_are_left_to_the_panel(slot: ImageSlot, tmp_path: Path) -> None:
    two = [tmp_path / "a.png", tmp_path / "b.png"]
    drop(slot, files(*two))
    assert slot.several == [two]
    assert slot.chosen == []


def test_a_web_address_alone_gets_one_sentence(slot: ImageSlot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    drop(slot, mime)
    assert slot.chosen == []
    assert (
        slot.content().problem
        == "What was dropped is an address of the web: only files and image data are taken, nothing is downloaded."
    )


def test_plain_text_is_not_taken(slot: ImageSlot) -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert not enter(slot, mime)
    assert slot.content().is_empty


def test_dragging_over_highlights(slot: ImageSlot, tmp_path: Path) -> None:
    before = pixel(slot, 20, 130)
    assert enter(slot, files(tmp_path / "a.png"))
    assert pixel(slot, 20, 130) != before
    QApplication.sendEvent(slot, QDragLeaveEvent())
    assert pixel(slot, 20, 130) == before


def test_paste_an_image(qtbot: QtBot, slot: ImageSlot, clipboard) -> None:
    clipboard.setImage(picture("green"))
    qtbot.keyClick(slot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert QColor(slot.chosen[0].pixel(3, 3)) == QColor("green")


def test_paste_a_file(qtbot: QtBot, slot: ImageSlot, clipboard, tmp_path: Path) -> None:
    clipboard.setMimeData(files(tmp_path / "a.png"))
    qtbot.keyClick(slot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert slot.chosen == [tmp_path / "a.png"]


def test_paste_of_paths_as_text(qtbot: QtBot, slot: ImageSlot, clipboard, tmp_path: Path) -> None:
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    clipboard.setText(str(paths[0]))
    qtbot.keyClick(slot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert slot.chosen == paths[:1]
    clipboard.setText("\n".join(map(str, paths)))
    qtbot.keyClick(slot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert slot.several == [paths]


def test_paths_as_text_are_pasted_but_not_dropped_whatever_the_words_for_it(
    slot: ImageSlot, clipboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_slot, "_DROPPED", image_slot._PASTED)
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])  # else a text is not even let in
    mime.setText(str(tmp_path / "a.png"))
    drop(slot, mime)
    assert slot.chosen == []
    clipboard.setText(str(tmp_path / "a.png"))
    slot.paste()
    assert slot.chosen == [tmp_path / "a.png"]


def test_image_data_that_cannot_be_read_is_refused(slot: ImageSlot) -> None:
    refused: list[str] = []
    slot.refused.connect(refused.append)
    mime = QMimeData()
    mime.setImageData(QImage())
    drop(slot, mime)
    assert slot.chosen == []
    assert slot.content().problem.startswith("The image data in what was dropped cannot be read")
    assert refused == [slot.content().problem]


@pytest.mark.parametrize("size", [(1, 1), (20_000, 20), (20, 20_000)])
def test_odd_shapes_are_drawn(slot: ImageSlot, size: tuple[int, int]) -> None:
    slot.show_image(picture("red", *size), "odd.png")
    image = slot.grab().toImage()
    assert any(QColor(image.pixel(x, y)) == QColor("red") for x in range(70, 90) for y in range(50, 90))


def test_paste_of_text_says_what_is_missing(qtbot: QtBot, slot: ImageSlot, clipboard) -> None:
    clipboard.setText("hello")
    qtbot.keyClick(slot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert slot.chosen == []
    assert slot.content().problem.startswith("There is no image in what was pasted")


@pytest.mark.parametrize("how", ["click", "enter", "space"])
def test_a_dialog_that_stops_nothing(qtbot: QtBot, slot: ImageSlot, tmp_path: Path, how: str) -> None:
    file = tmp_path / "cat.png"
    picture().save(str(file))
    if how == "click":
        qtbot.mouseClick(slot, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(slot, Qt.Key.Key_Return if how == "enter" else Qt.Key.Key_Space)
    dialog = slot.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible(), "the call came back while the dialog is open"
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(file))
    dialog.accept()
    assert slot.chosen == [file]
    qtbot.waitUntil(lambda: slot.findChild(QFileDialog) is None)


def test_a_cancelled_dialog_changes_nothing(qtbot: QtBot, slot: ImageSlot) -> None:
    qtbot.keyClick(slot, Qt.Key.Key_Return)
    slot.findChild(QFileDialog).reject()
    assert slot.chosen == []
    assert slot.content().is_empty


def test_a_drag_that_ends_outside_is_no_click(qtbot: QtBot, slot: ImageSlot) -> None:
    qtbot.mousePress(slot, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(slot, Qt.MouseButton.LeftButton, pos=QPoint(500, 5))
    assert slot.findChild(QFileDialog) is None


def test_menu(qtbot: QtBot, slot: ImageSlot, clipboard) -> None:
    slot.show_image(picture(), "cat.png")
    clipboard.setImage(picture())
    middle = slot.rect().center()
    QApplication.sendEvent(slot, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, slot.mapToGlobal(middle)))
    menu = slot.findChild(QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["Choose image…", "Paste image", "Clear"]
    actions["Clear"].trigger()
    assert slot.clears == [True]
    actions["Paste image"].trigger()
    assert len(slot.chosen) == 1
    menu.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_clears(qtbot: QtBot, slot: ImageSlot, key: Qt.Key) -> None:
    qtbot.keyClick(slot, key)
    assert slot.clears == [], "nothing was there"
    slot.show_image(picture(), "cat.png")
    qtbot.keyClick(slot, key)
    assert slot.clears == [True]
    assert slot.content().is_empty


def test_an_image_keeps_its_aspect(slot: ImageSlot) -> None:
    slot.show_image(picture("red", 300, 100), "wide.png")
    shown = slot.grab().toImage()
    red = [
        (x, y)
        for x in range(shown.width())
        for y in range(shown.height())
        if QColor(shown.pixel(x, y)) == QColor("red")
    ]
    width = max(x for x, _ in red) - min(x for x, _ in red) + 1
    height = max(y for _, y in red) - min(y for _, y in red) + 1
    assert width / height == pytest.approx(3, rel=0.05)
    assert "wide.png" in slot.accessibleName()


def test_an_overlay_lies_over_the_image(slot: ImageSlot) -> None:
    overlay = QImage(30, 20, QImage.Format.Format_RGBA8888)
    overlay.fill(QColor(0, 0, 255, 128))
    slot.show_image(picture("red"), "cat.png")
    slot.show_overlay(overlay)
    mixed = pixel(slot, 80, 65)
    assert mixed.blue() > 100
    assert mixed.red() > 100
    slot.show_overlay(None)
    assert pixel(slot, 80, 65) == QColor("red")


def test_a_huge_preview_is_made_smaller_once(slot: ImageSlot) -> None:
    slot.show_image(picture("red", 4000, 1000), "huge.png")
    assert (slot.content().image.width(), slot.content().image.height()) == (1024, 256)


@pytest.mark.parametrize("dark", [False, True])
def test_every_state_is_drawn_in_both_themes(slot: ImageSlot, use_palette, dark: bool) -> None:
    use_palette(dark)
    QApplication.processEvents()
    looks = []
    for act in (
        slot.clear,
        slot.show_waiting,
        lambda: slot.show_problem("a/long/path/" * 20 + "notes.txt: no image that can be read"),
        lambda: slot.show_image(picture(), "a very long file name that has no room at all in a slot of this size.png"),
    ):
        act()
        looks.append(slot.grab().toImage())
    assert all(a != b for place, a in enumerate(looks) for b in looks[:place])
    assert (looks[0].pixelColor(20, 130).lightness() < 128) is dark
