from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.image_slot import ImageSlot
from explorer.widgets.sample_drag import SAMPLE_FORMAT, SampleImage, drag_sample, sample_mime
from tests.explorer.dropping import drop


def _red() -> QImage:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


def test_a_file_travels_as_its_address(tmp_path: Path) -> None:
    mime = sample_mime(SampleImage("Katze/ä 1.jpg", tmp_path / "ä 1.jpg"))
    assert [Path(url.toLocalFile()) for url in mime.urls()] == [tmp_path / "ä 1.jpg"]
    assert mime.hasFormat("text/uri-list")
    assert not mime.hasImage()
    assert bytes(mime.data(SAMPLE_FORMAT).data()).decode() == "Katze/ä 1.jpg"


def test_pixels_travel_as_an_image() -> None:
    mime = sample_mime(SampleImage("0/0001", _red()))
    assert QImage(mime.imageData()).pixelColor(3, 3).name() == "#ff0000"
    assert not mime.hasUrls()
    assert bytes(mime.data(SAMPLE_FORMAT).data()) == b"0/0001"


def test_a_slot_of_verify_understands_it(qtbot: QtBot, tmp_path: Path) -> None:
    slot = ImageSlot("A")
    qtbot.addWidget(slot)
    slot.resize(150, 150)
    with qtbot.waitSignal(slot.sample_dropped) as dropped:
        assert drop(slot, sample_mime(SampleImage("cat/001.jpg", tmp_path / "001.jpg")))
    assert dropped.args == ["cat/001.jpg"]


def test_a_drag_offers_a_copy(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[QMimeData, Qt.DropAction, bool]] = []

    def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        seen.append((drag.mimeData(), action, drag.pixmap().isNull()))
        return action

    monkeypatch.setattr(QDrag, "exec", exec_)
    source = QWidget()
    qtbot.addWidget(source)
    drag_sample(source, SampleImage("0/0001", _red()), QPixmap())
    drag_sample(source, SampleImage("0/0001", _red()), QPixmap(10, 10))
    assert [(action, bare) for _, action, bare in seen] == [(Qt.DropAction.CopyAction, bare) for bare in (True, False)]
    assert seen[0][0].hasFormat(SAMPLE_FORMAT)
