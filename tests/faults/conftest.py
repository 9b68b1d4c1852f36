"""Faults that really happen: to processes, disks, folders and files."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.conftest import (  # noqa: F401 - fixtures
    _no_thread_left,
    shapes,
    tiny,
    trained,
)

MEGABYTES = 48


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of its own; where none may be mounted, there is nothing to fill or to lock."""
    place = tmp_path_factory.mktemp("disk")
    mount = shutil.which("mount")
    if mount is None or sys.platform != "linux":
        pytest.skip("no small disk can be mounted on this system")
    command = [mount, "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if (ended := subprocess.run(command, capture_output=True, text=True)).returncode != 0:
        pytest.skip(f"no small disk may be mounted here: {ended.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def folder(disk: Path) -> Iterator[Path]:
    """An empty folder on that disk."""
    place = disk / "runs"
    place.mkdir()
    yield place
    subprocess.run(["umount", "--lazy", str(place)], capture_output=True)  # where it is locked still
    for entry in disk.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def lock(folder: Path) -> None:
    """Make a folder read-only, for root too: from now on, its path leads to a mount that is."""
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)


def unlock(folder: Path) -> None:
    """Undo `lock`."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
