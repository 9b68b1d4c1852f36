import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import InputError
from explorer.desktop import add_entry, remove_entry


def read(path: Path) -> configparser.SectionProxy:
    entries = configparser.RawConfigParser(delimiters="=", comment_prefixes="#")
    entries.optionxform = str  # type: ignore[assignment, method-assign]
    entries.read_string(path.read_text(encoding="utf-8"))
    return entries["Desktop Entry"]


def test_the_entry_starts_this_program_by_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin of $me" / "metric-explorer"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(program)])
    entry, icon = add_entry({"XDG_DATA_HOME": str(tmp_path / "share")})
    assert entry == tmp_path / "share/applications/metric-explorer.desktop"
    assert icon == tmp_path / "share/icons/hicolor/scalable/apps/metric-explorer.svg"
    found = read(entry)
    assert found["Type"] == "Application"
    assert found["Icon"] == icon.stem
    assert found["Exec"] == f'"{tmp_path}/bin of \\\\$me/metric-explorer"'
    assert icon.read_text().startswith("<svg")


def test_it_is_removed_again_and_removing_nothing_is_no_error(tmp_path: Path) -> None:
    place = {"XDG_DATA_HOME": str(tmp_path)}
    files = add_entry(place)
    assert remove_entry(place) == files
    assert not any(path.exists() for path in files)
    assert remove_entry(place) == ()


def test_a_relative_folder_is_passed_over_as_the_specification_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert add_entry({"XDG_DATA_HOME": "share"})[0].is_relative_to(tmp_path / ".local" / "share")


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"metric-explorer\.desktop: cannot be written \(Not a directory\)"):
        add_entry({"XDG_DATA_HOME": str(tmp_path / "file")})


def test_another_system_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(InputError, match="for Linux desktops, found darwin"):
        add_entry({})


def test_the_command_needs_no_display(tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-P", "-m", "explorer", "--add-to-menu"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert str(tmp_path / "applications" / "metric-explorer.desktop") in answer.stdout
