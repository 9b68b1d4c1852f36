from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from explorer.settings import Settings


def store(folder: Path) -> QSettings:
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store(tmp_path))


def again(folder: Path) -> Settings:
    """The settings as another start reads them from the disk."""
    return Settings(store(folder))


def test_at_first_nothing_is_remembered(settings: Settings) -> None:
    assert settings.geometry() is None
    assert settings.arrangement() is None
    assert settings.theme == "system"
    assert settings.recent("data") == settings.recent("runs") == []


def test_the_window_is_remembered(tmp_path: Path) -> None:
    kept = store(tmp_path)
    Settings(kept).save_window(QByteArray(b"place"), QByteArray(b"docks"))
    kept.sync()
    assert again(tmp_path).geometry() == QByteArray(b"place")
    assert again(tmp_path).arrangement() == QByteArray(b"docks")


def test_an_arrangement_of_other_docks_is_not_used(tmp_path: Path) -> None:
    kept = store(tmp_path)
    Settings(kept).save_window(QByteArray(b"place"), QByteArray(b"docks"))
    kept.setValue("window/layout_version", 0)
    assert Settings(kept).arrangement() is None
    assert Settings(kept).geometry() == QByteArray(b"place")


def test_the_theme_is_remembered(tmp_path: Path) -> None:
    kept = store(tmp_path)
    Settings(kept).theme = "dark"
    kept.sync()
    assert again(tmp_path).theme == "dark"


@pytest.mark.parametrize("one_only", [True, False])
def test_recent_paths_come_back_the_newest_first_and_each_once(tmp_path: Path, one_only: bool) -> None:
    kept = store(tmp_path)
    paths = ["/a"] if one_only else ["/a", "/b", "/a", "/c"]
    for path in paths:
        last = Settings(kept).add_recent("runs", path)
    kept.sync()
    assert again(tmp_path).recent("runs") == last == (["/a"] if one_only else ["/c", "/a", "/b"])
    assert again(tmp_path).recent("data") == []


def test_eight_paths_are_kept(settings: Settings) -> None:
    for number in range(20):
        settings.add_recent("data", f"/{number}")
    assert settings.recent("data") == [f"/{number}" for number in range(19, 11, -1)]


def test_a_damaged_file_is_like_none(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_text(
        "[window]\ngeometry=12\nlayout_version=one\ntheme=pink\ndocks=@Invalid()\n[recent]\nruns=@Invalid()\n"
    )
    settings = again(tmp_path)
    assert settings.geometry() is None
    assert settings.arrangement() is None
    assert settings.theme == "system"
    assert settings.recent("runs") == []
