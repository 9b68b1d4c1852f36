import os
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


def test_the_theme_is_remembered(tmp_path: Path) -> None:
    kept = store(tmp_path)
    Settings(kept).theme = "dark"
    kept.sync()
    assert again(tmp_path).theme == "dark"


def test_that_the_tour_was_seen_is_remembered(tmp_path: Path) -> None:
    kept = store(tmp_path)
    assert not Settings(kept).is_tour_seen
    Settings(kept).mark_tour_seen()
    kept.sync()
    assert again(tmp_path).is_tour_seen


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


# --- what an earlier start has left


def copies(folder: Path) -> dict[str, bytes]:
    """The copies that were kept, by their names."""
    return {path.name: path.read_bytes() for path in folder.glob("settings.*.ini")}


def written(folder: Path) -> bytes:
    """A whole file of settings, as this version writes it."""
    kept = store(folder)
    settings = Settings(kept)
    settings.theme = "dark"
    settings.add_recent("runs", "/a")
    settings.save_window(QByteArray(b"place"), QByteArray(b"docks"))
    kept.sync()
    del kept, settings
    return (folder / "settings.ini").read_bytes()


def defaults(settings: Settings) -> bool:
    nothing = settings.geometry() is None and settings.arrangement() is None and settings.theme == "system"
    return nothing and settings.recent("runs") == settings.recent("data") == []


def test_whole_settings_of_this_version_are_taken_without_a_word(tmp_path: Path) -> None:
    written(tmp_path)
    settings = again(tmp_path)
    assert settings.note == settings.problem == ""
    assert settings.theme == "dark"
    assert copies(tmp_path) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 300,
        bytes(range(256)) * 3,
        b"these are no settings\nat all",
        b"<html><body>x=1</body></html>",
        b"[window]\ngeometry=12\ntheme=dark\n",
        b"[window]\ntheme=@ByteArray(dark)\n",
        b"[recent]\nruns=@ByteArray(x)\n",
        b"[settings]\nversion=new\n[window]\ntheme=dark\n",
        b"[settings]\nversion=-1\n[window]\ntheme=dark\n",
    ],
    ids=["zeros", "all bytes", "text", "HTML", "number", "bytes", "one of bytes", "word", "negative"],
)
def test_of_a_damaged_file_a_copy_is_kept_and_the_defaults_are_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.ini").write_bytes(content)
    settings = again(tmp_path)
    assert defaults(settings)
    copy = tmp_path / "settings.damaged.ini"
    assert settings.problem == f"The settings are damaged, so the defaults are used; a copy is kept as {copy}"
    assert copies(tmp_path) == {copy.name: content}
    settings.theme = "light"
    del settings
    repaired = again(tmp_path)
    assert repaired.theme == "light"
    assert repaired.problem == ""


def test_a_file_that_ends_early_is_never_taken_for_other_settings(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole")
    for length in range(0, len(whole), 7):
        folder = tmp_path / str(length)
        folder.mkdir()
        (folder / "settings.ini").write_bytes(whole[:length])
        settings = again(folder)
        assert settings.geometry() in (None, QByteArray(b"place"))
        assert settings.arrangement() in (None, QByteArray(b"docks"))
        assert settings.theme in ("system", "dark")
        assert settings.recent("runs") in ([], ["/"], ["/a"])
        assert bool(settings.problem) == bool(copies(folder).get("settings.damaged.ini"))


def test_each_damage_has_its_own_copy(tmp_path: Path) -> None:
    for content in (b"first damage", b"second damage"):
        (tmp_path / "settings.ini").write_bytes(content)
        again(tmp_path)
    assert copies(tmp_path) == {"settings.damaged.ini": b"first damage", "settings.damaged-2.ini": b"second damage"}


def test_settings_of_a_newer_version_are_kept_for_it_and_not_used(tmp_path: Path) -> None:
    newer = written(tmp_path).replace(b"version=2", b"version=3")
    file = tmp_path / "settings.ini"
    file.write_bytes(newer)
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 10**9))  # or Qt takes a file of equal size for the one it knows
    settings = again(tmp_path)
    assert defaults(settings)
    copy = tmp_path / "settings.newer.ini"
    assert settings.problem.startswith("The settings are of a newer version (3), so the defaults are used; ")
    assert settings.problem.endswith(f"a copy is kept as {copy}")
    assert copies(tmp_path) == {copy.name: newer}


@pytest.mark.parametrize("docks_fit", [True, False])
def test_settings_of_the_first_version_are_taken_over(tmp_path: Path, docks_fit: bool) -> None:
    older = (
        b"[recent]\nruns=/a, /b\n\n[window]\ndocks=@ByteArray(docks)\ngeometry=@ByteArray(place)\n"
        b"layout_version=%d\ntheme=dark\n" % docks_fit
    )
    (tmp_path / "settings.ini").write_bytes(older)
    settings = again(tmp_path)
    copy = tmp_path / "settings.older.ini"
    assert settings.note == f"Settings of an older version were taken over; a copy is kept as {copy}"
    assert settings.problem == ""
    assert copies(tmp_path) == {copy.name: older}
    assert settings.geometry() == QByteArray(b"place")
    assert settings.arrangement() == (QByteArray(b"docks") if docks_fit else None)
    assert settings.theme == "dark"
    assert settings.recent("runs") == ["/a", "/b"]
    del settings
    assert again(tmp_path).note == ""


def test_without_a_place_for_settings_it_says_so_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")  # a folder without the right to write would not stop root
    kept = store(tmp_path / "file")
    settings = Settings(kept)
    assert settings.problem == f"Settings are not kept: {kept.fileName()} cannot be written"
    settings.theme = "dark"
    settings.save_window(QByteArray(b"place"), QByteArray(b"docks"))
    assert settings.theme == "dark"


def test_a_copy_that_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    (tmp_path / "settings.ini").write_bytes(b"no settings")
    settings = again(tmp_path)
    assert settings.problem.endswith("a copy could not be kept (No space left on device)")
    assert defaults(settings)


def test_empty_lists_are_no_damage(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_bytes(b"[recent]\nruns=@Invalid()\n\n[settings]\nversion=2\n")
    settings = again(tmp_path)
    assert settings.problem == ""
    assert settings.recent("runs") == []
