import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from core.errors import InputError
from core.gallery import file as gallery_file
from core.gallery.file import GalleryFile
from core.gallery.gallery import Gallery
from tests.core.gallery.processes import IMAGES, LargeLooker, picture

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked and killed"),
]


@pytest.fixture(scope="module")
def told() -> Any:
    """What came of it, in a folder that other users may reach: root has to become another one to lack a right."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    command = [sys.executable, "-m", "tests.core.gallery.processes", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    (folder / "rights").chmod(0o700)
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_in_the_middle_of_a_write_it_is_as_before_or_after(told: Any) -> None:
    found = told["kill"]["found"]
    before = {"Anna": IMAGES + 1}
    after = {"enroll": before | {"Ben": IMAGES}, "remove": {}, "refresh": before}
    for each in found:
        assert each["sound"], each
        assert each["code"] in (-9, 0), each
        assert each["names"] == (before if each["code"] == -9 else after[each["work"]]), each
        assert each["stale"] == (IMAGES + 1 if (each["work"], each["code"]) == ("refresh", 0) else 0), each
        assert not each["left"], each
    killed = [each for each in found if each["code"] == -9]
    assert {each["work"] for each in killed} == set(after)
    # The instants that matter: pages of the new state were in the file already, and are taken back.
    assert sum(each["hot"] for each in killed) >= 6


def test_killed_while_the_file_is_made(told: Any) -> None:
    found = told["create"]["found"]
    assert [each["after"] for each in found] == [1] * len(found)
    assert all(each["sound"] for each in found)
    assert sum(each["code"] == -9 and each["before"] == [0, 0] for each in found) >= 2


def test_several_processes_enrol_at_the_same_time(told: Any) -> None:
    assert told["together"] == {"codes": [0, 0, 0], "count": [15, 15], "sound": True}


def test_where_only_reading_is_allowed(told: Any) -> None:
    found = told["rights"]
    assert (found["known"], found["count"]) == ("Anna", [0, 0])
    assert found["said"][0].endswith("the gallery cannot be changed, its file or folder must be writable")
    assert found["said"][1].endswith("cannot be opened, its file must be readable and its folder writable")


def test_a_writer_that_does_not_end_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gallery, looker = Gallery(GalleryFile(tmp_path / "gallery.sqlite")), LargeLooker()
    gallery.enroll("Anna", picture(1), looker)  # type: ignore[arg-type]
    monkeypatch.setattr(gallery_file, "WAIT_S", 0.05)
    other = sqlite3.connect(gallery.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="another process has been writing to the gallery for"):
            gallery.remove("Anna")
        assert gallery.count() == (1, 1)  # reading goes on
    finally:
        other.close()
    gallery.remove("Anna")
