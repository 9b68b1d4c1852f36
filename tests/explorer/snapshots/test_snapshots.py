"""Every panel looks as it did when somebody last looked at its picture."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.panel_list import PANELS
from tests.explorer.snapshots.rendering import FOLDER, SHARE, THEMES, differing, marked, obstacle, png, render, stored
from tests.explorer.snapshots.scenes import SCENES

MOST_BYTES = 60_000


@pytest.fixture(scope="module", autouse=True)
def _comparable(qapp: QApplication) -> None:
    if reason := obstacle():
        pytest.skip(reason)


@pytest.mark.parametrize("name", SCENES)
def test_it_looks_as_before(name: str, tmp_path: Path) -> None:
    renew = f"python -m tests.explorer.snapshots.renew {name}"
    shares = {}
    for look in THEMES:
        expected, found = QImage(str(stored(name, look))), render(name, look)
        assert not expected.isNull(), f"{stored(name, look).name} is missing: {renew}"
        share = differing(expected, found)
        if share > SHARE:
            shares[look] = f"{100 * share:.2f} %"
            found.save(str(tmp_path / f"{look}-found.png"))
            marked(expected, found).save(str(tmp_path / f"{look}-marked.png"))
    if shares:
        pytest.fail(f"{name} looks otherwise in {shares}, see {tmp_path}; if that is meant: {renew}", pytrace=False)


def test_every_panel_has_a_picture_and_every_picture_a_panel() -> None:
    assert set(SCENES) == {*PANELS, "lab"}
    assert {path.name for path in FOLDER.iterdir()} == {stored(name, look).name for name in SCENES for look in THEMES}


def test_pictures_are_small() -> None:
    large = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.stat().st_size > MOST_BYTES}
    assert large == {}


def test_what_moves_by_a_pixel_is_seen_and_what_is_smoothed_otherwise_is_not() -> None:
    found = render("verify", "light")
    assert differing(found, found) == 0
    assert differing(found, found.copy(0, 0, found.width() - 1, found.height())) == 1
    moved = QImage(found.size(), found.format())
    moved.fill(found.pixelColor(2, 2))
    with QPainter(moved) as painter:
        painter.drawImage(0, 1, found)
    assert differing(found, moved) > SHARE
    paler = found.copy()
    with QPainter(paler) as painter:
        painter.fillRect(paler.rect(), QColor(128, 128, 128, 20))
    assert differing(found, paler) <= SHARE
    assert marked(found, moved).pixelColor(0, 0) != QColor(255, 0, 0)


def test_a_scene_is_drawn_alike_each_time() -> None:
    assert png(render("curves", "dark")) == png(render("curves", "dark"))
