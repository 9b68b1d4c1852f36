"""What only other processes can do to a gallery: be killed while they write, write at the same time, lack rights.

Run as a program: `python -m tests.core.gallery.processes FOLDER`, which prints one JSON object. It forks, which is
safe here since no thread has been started, and saves importing everything for each of many processes.
"""

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import InputError
from core.gallery.file import GalleryFile
from core.gallery.gallery import Gallery
from tests.core.looking import Looker

NOBODY = 65534
IMAGES = 12
"""Of an enrolment: with a cache of four pages, most of them are in the file before it is committed."""


def picture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (80, 80, 3)).astype(np.uint8)


class LargeLooker(Looker):
    image_size = 8


class CutOff(GalleryFile):
    """Dies by kill -9 after so many steps of SQLite's machine, or at a statement."""

    def __init__(self, path: Path, steps: int = 0, statement: str = "") -> None:
        super().__init__(path)
        self._steps, self._statement, self._seen = steps, statement, 0

    def _connected(self, mode: str) -> sqlite3.Connection:
        connection = super()._connected(mode)
        connection.execute("PRAGMA cache_size = 4")  # pages reach the file before the commit
        if self._steps:
            connection.set_progress_handler(self._step, 1)
        if self._statement:
            connection.set_trace_callback(self._look)
        return connection

    def _step(self) -> int:
        self._seen += 1
        if self._seen == self._steps:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def _look(self, statement: str) -> None:
        if statement.startswith(self._statement):
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Callable[[], Any]) -> int:
    """Do something in a process of its own, and tell how that ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must not go on as its parent
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(path: Path) -> dict[str, Any]:
    """Kill enrolments and removals at many instants; after each, the gallery must be as before or as after."""
    looker: Any = LargeLooker()
    images = [picture(number) for number in range(IMAGES)]
    Gallery(GalleryFile(path)).enroll("Anna", [picture(99), *images], looker)
    works: dict[str, Callable[[Gallery], Any]] = {
        "enroll": lambda gallery: gallery.enroll("Ben", images, looker),
        "remove": lambda gallery: gallery.remove("Anna"),
        "refresh": lambda gallery: gallery.refresh(LargeLooker(seed=1)),  # type: ignore[arg-type]
    }
    found = []
    whole = path.read_bytes()
    for name, work in works.items():
        instants = [{"steps": count} for count in (1, 150, 300, 450)]
        for instant in (*instants, {"statement": "COMMIT"}, {"statement": "UPDATE state"}):
            path.write_bytes(whole)
            code = in_child(lambda work=work, instant=instant: work(Gallery(CutOff(path, **instant))))  # type: ignore[arg-type,misc]
            journal = path.with_name(path.name + "-journal")
            hot = is_hot(journal)
            gallery = Gallery(GalleryFile(path))
            names = {each.name: len(each.images) for each in gallery.names()}
            found.append(
                {
                    "work": name,
                    "instant": instant,
                    "code": code,
                    "hot": hot,
                    "names": names,
                    "stale": gallery.stale(looker),
                    "sound": is_sound(path),
                    "left": is_hot(journal),
                }
            )
    return {"found": found}


def create(path: Path) -> dict[str, Any]:
    """Kill the first enrolment, which makes the file."""
    looker: Any = LargeLooker()
    found = []
    for steps in (1, 60, 120):
        path.unlink(missing_ok=True)
        code = in_child(lambda steps=steps: Gallery(CutOff(path, steps)).enroll("Ben", picture(1), looker))  # type: ignore[misc]
        before = Gallery(GalleryFile(path)).count()
        after = Gallery(GalleryFile(path)).enroll("Ben", picture(1), looker).images
        found.append({"steps": steps, "code": code, "before": before, "after": after, "sound": is_sound(path)})
    return {"found": found}


def is_hot(journal: Path) -> bool:
    """Whether pages of the file have to be taken back by it: without a header it is from before the first."""
    return journal.exists() and journal.read_bytes()[:1] not in (b"", b"\0")


def is_sound(path: Path) -> bool:
    """Whether SQLite finds the file whole, each image has its picture, and each name an image."""
    db = sqlite3.connect(path)
    try:
        checks = (
            "SELECT count(*) FROM images LEFT JOIN pictures ON image_id = id WHERE picture IS NULL",
            "SELECT count(*) FROM pictures LEFT JOIN images ON image_id = id WHERE id IS NULL",
            "SELECT count(*) FROM names WHERE NOT EXISTS (SELECT 1 FROM images WHERE name_id = names.id)",
        )
        whole = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and all(db.execute(check).fetchone() == (0,) for check in checks)
    finally:
        db.close()


def together(path: Path) -> dict[str, Any]:
    """Three processes enrol at the same time."""
    looker: Any = LargeLooker()

    def enrol(who: int) -> None:
        for number in range(5):
            Gallery(GalleryFile(path)).enroll(f"{who} {number}", picture(number), looker)
            Gallery(GalleryFile(path)).identify(picture(0), looker)

    children = []
    for who in range(3):
        child = os.fork()
        if child == 0:
            try:
                enrol(who)
            except BaseException:  # noqa: BLE001 - the child must not go on as its parent
                os._exit(1)
            os._exit(0)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return {"codes": codes, "count": Gallery(GalleryFile(path)).count(), "sound": is_sound(path)}


def rights(path: Path) -> dict[str, Any]:
    """Use a gallery whose file and folder may only be read."""
    looker: Any = LargeLooker()
    Gallery(GalleryFile(path)).enroll("Anna", picture(1), looker)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    gallery, empty = Gallery(GalleryFile(path)), Gallery(GalleryFile(path.with_name("other.sqlite")))
    said = []
    for work in (lambda: gallery.remove("Anna"), lambda: empty.enroll("Ben", picture(2), looker)):
        try:
            work()
        except InputError as error:
            said.append(str(error))
    return {"known": gallery.identify(picture(1), looker).name, "said": said, "count": empty.count()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    told = {}
    for work in (kill, create, together, rights):  # the last one gives up its rights
        (folder / work.__name__).mkdir()
        told[work.__name__] = work(folder / work.__name__ / "gallery.sqlite")
    print(json.dumps(told))  # noqa: T201
