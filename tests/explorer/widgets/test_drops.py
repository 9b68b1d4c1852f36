from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage, QPixmap

from explorer.widgets.drops import image_in, local_paths, names_address, paths_in_text


def text(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("/data/a b.png", ["/data/a b.png"]),
        ("  '/data/a.png'\n\n\"/data/b.png\"\n", ["/data/a.png", "/data/b.png"]),
        ("file:///data/a%20b.png", ["/data/a b.png"]),
        ("data/a.png", []),
        ("/data/a.png\nhello", []),
        ("https://example.org/a.png", []),
        ("", []),
    ],
)
def test_paths_in_text(words: str, paths: list[str]) -> None:
    assert paths_in_text(text(words)) == [Path(path) for path in paths]


def test_a_path_from_home() -> None:
    assert paths_in_text(text("~/a.png")) == [Path.home() / "a.png"]


def test_addresses_of_the_web_are_known_as_such() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.png"), QUrl.fromLocalFile("/data/a.png")])
    assert names_address(mime)
    assert local_paths(mime) == [Path("/data/a.png")]
    assert names_address(text("http://example.org/a.png"))
    assert not names_address(text("/data/a.png"))


def test_files_of_other_computers_are_addresses() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("file://server/share/a.png")])
    assert local_paths(mime) == []
    assert names_address(mime)
    assert paths_in_text(text("file://server/share/a.png")) == []


def test_image_data_that_can_be_read(qapp: object) -> None:
    red = QImage(3, 2, QImage.Format.Format_RGB32)
    red.fill(0xFFFF0000)
    for data, size in ((red, (3, 2)), (QPixmap.fromImage(red), (3, 2)), (QImage(), None)):
        mime = QMimeData()
        mime.setImageData(data)
        found = image_in(mime)
        assert (found and (found.width(), found.height())) == size
    assert image_in(text("hello")) is None
