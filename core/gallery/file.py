"""The SQLite file of a gallery: opened for each piece of work, and changed wholly or not at all (docs/adr/0014)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.errors import InputError

SCHEMA_VERSION = 1
APPLICATION_ID = 0x4D455847
"""'MEXG' in the file's header, by which a gallery is told from other SQLite files."""
WAIT_S = 10.0
"""So long another process may take to write."""

_SCHEMA = """
CREATE TABLE state (revision BLOB NOT NULL);
CREATE TABLE names (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, added TEXT NOT NULL);
CREATE TABLE images (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name_id INTEGER NOT NULL REFERENCES names (id) ON DELETE CASCADE,
    caption TEXT NOT NULL,
    path TEXT,
    digest BLOB NOT NULL,
    embedding BLOB NOT NULL,
    weights TEXT NOT NULL,
    step INTEGER NOT NULL,
    added TEXT NOT NULL
);
CREATE INDEX images_by_name ON images (name_id, digest);
CREATE TABLE pictures (
    image_id INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    picture BLOB NOT NULL,
    thumbnail BLOB NOT NULL
);
INSERT INTO state VALUES (randomblob(8));
"""
"""Pictures lie apart: a search reads all embeddings and none of these."""


class GalleryFile:
    """Names and images in one file, which several processes may use at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Give a connection that sees one state of the file; None where there is no gallery yet.

        Raises
        ------
        InputError
            where the file is damaged, no gallery, of a newer version, or cannot be opened.
        """
        if not self.path.is_file():
            yield None
            return
        # Not 'ro': a write that was cut off has to be undone by whoever opens the file next.
        with self._open("rw") as connection:
            connection.execute("BEGIN")
            yield connection if self._is_begun(connection) else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are kept together when the block ends, or not at all.

        They are on the disk then: a killed process or a power cut leaves the state before or after.

        Raises
        ------
        InputError
            as `reading`, and where the file cannot be written or another process does not end writing.
        """
        with self._open("rwc") as connection:
            connection.execute("BEGIN IMMEDIATE")
            if not self._is_begun(connection):
                self._begin(connection)
            yield connection
            connection.execute("UPDATE state SET revision = randomblob(8)")
            connection.execute("COMMIT")

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connected(mode)) as connection:
                yield connection  # a transaction that was not committed ends with the connection
        except sqlite3.Error as error:
            reason = _reason(error)
            if reason is None:
                raise
            raise InputError(f"{self.path}: {reason}") from error

    def _connected(self, mode: str) -> sqlite3.Connection:
        place = f"{self.path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(place, uri=True, timeout=WAIT_S, isolation_level=None)
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # whom a person has removed is not left in the file
        return connection

    def _is_begun(self, connection: sqlite3.Connection) -> bool:
        """Whether the file holds a gallery; it is empty where its creation was cut off."""
        found, version = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        if found == version == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return False
        if found != APPLICATION_ID:
            raise InputError(
                f"{self.path}: must be a gallery, found another SQLite file; it was left as it is, move it away to "
                "begin a gallery"
            )
        if version > SCHEMA_VERSION:
            raise InputError(
                f"{self.path}: written by a newer version (schema {version}); this one reads up to schema "
                f"{SCHEMA_VERSION}"
            )
        return True

    def _begin(self, connection: sqlite3.Connection) -> None:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _reason(error: sqlite3.Error) -> str | None:
    """What went wrong with the file; None where it is not the file's fault."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF in (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE):
        return None
    known = {
        sqlite3.SQLITE_BUSY: f"another process has been writing to the gallery for {WAIT_S:g} s; try again later",
        sqlite3.SQLITE_READONLY: "the gallery cannot be changed, its file or folder must be writable",
        sqlite3.SQLITE_CANTOPEN: "the gallery cannot be opened, its file must be readable and its folder writable",
        sqlite3.SQLITE_PERM: "the gallery cannot be opened, its file must be readable",
        sqlite3.SQLITE_FULL: "the disk is full; the gallery stays as it was",
        sqlite3.SQLITE_IOERR: f"the disk failed ({error}); the gallery stays as it was",
    }
    damaged = f"the gallery is damaged ({error}); it was left as it is, move it away to begin a new one"
    return known.get(code & 0xFF, damaged)
