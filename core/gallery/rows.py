"""What is read from and written to the tables of a gallery, within one transaction."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.gallery.images import SeenImage
from core.gallery.records import EnrolledImage, EnrolledName, Removed
from core.gallery.search import GalleryIndex
from core.run_content import now_text

_COLUMNS = "id, caption, path, digest, embedding, weights, step, added"


def counts(db: sqlite3.Connection) -> tuple[int, int]:
    """How many names and images there are."""
    names, images = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("names", "images"))
    return names, images


def everybody(db: sqlite3.Connection) -> tuple[EnrolledName, ...]:
    """All names with their images, in the order of the alphabet."""
    images: dict[int, list[EnrolledImage]] = {}
    for owner, *fields in db.execute("SELECT name_id, id, caption, step, added FROM images ORDER BY id"):
        images.setdefault(owner, []).append(EnrolledImage(*fields))
    found = (EnrolledName(name, tuple(images.get(key, ()))) for key, name in db.execute("SELECT id, name FROM names"))
    return tuple(sorted(found, key=lambda each: _order(each.name)))


def images_of(db: sqlite3.Connection, owner: int) -> dict[int, bytes]:
    """Digests of a name's images, by their ids."""
    return dict(db.execute("SELECT id, digest FROM images WHERE name_id = ? ORDER BY id", (owner,)))


def id_of(db: sqlite3.Connection, name: str) -> int | None:
    """Id of a name; None where nobody has it."""
    row = db.execute("SELECT id FROM names WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def add_name(db: sqlite3.Connection, name: str, added: str = "") -> int:
    """Id of the name, which is made where it is not there yet."""
    known = id_of(db, name)
    if known is not None:
        return known
    return db.execute("INSERT INTO names (name, added) VALUES (?, ?)", (name, added or now_text())).lastrowid or 0


def add_image(db: sqlite3.Connection, owner: int, image: SeenImage) -> int:
    """Id of an image that is enrolled now."""
    kept = image.kept
    values = (
        kept.caption,
        kept.path,
        kept.digest,
        image.embedding.tobytes(),
        image.weights,
        image.step,
        now_text(),
        owner,
    )
    columns = _COLUMNS.removeprefix("id, ")
    number = db.execute(f"INSERT INTO images ({columns}, name_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
    db.execute("INSERT INTO pictures VALUES (?, ?, ?)", (number, kept.picture, kept.thumbnail))
    return number or 0


def take_out(db: sqlite3.Connection, owner: int, images: Sequence[int]) -> Removed:
    """Delete images of a name, and the name where none is left."""
    name, added = db.execute("SELECT name, added FROM names WHERE id = ?", (owner,)).fetchone()
    ask = f"SELECT {_COLUMNS}, picture, thumbnail FROM images JOIN pictures ON image_id = id WHERE id = ?"
    rows: tuple[tuple[Any, ...], ...] = tuple(db.execute(ask, (image,)).fetchone() for image in images)
    db.executemany("DELETE FROM images WHERE id = ?", [(image,) for image in images])
    db.execute(
        "DELETE FROM names WHERE id = ? AND NOT EXISTS (SELECT 1 FROM images WHERE name_id = names.id)", (owner,)
    )
    return Removed(name, added, rows)


def put_back(db: sqlite3.Connection, removed: Removed) -> None:
    """Insert what was deleted, under its old ids; what is there already stays."""
    owner = add_name(db, removed.name, removed.added)
    marks = ", ".join("?" * (1 + len(_COLUMNS.split(","))))
    for *row, picture, thumbnail in removed.rows:
        done = db.execute(f"INSERT OR IGNORE INTO images ({_COLUMNS}, name_id) VALUES ({marks})", (*row, owner))
        if done.rowcount:
            db.execute("INSERT INTO pictures VALUES (?, ?, ?)", (row[0], picture, thumbnail))


def thumbnails(db: sqlite3.Connection, images: Sequence[int]) -> dict[int, bytes]:
    """Small JPEGs by the ids of images, without those that are gone."""
    ask = "SELECT thumbnail FROM pictures WHERE image_id = ?"
    found = {image: db.execute(ask, (image,)).fetchone() for image in images}
    return {image: row[0] for image, row in found.items() if row is not None}


def pictures(db: sqlite3.Connection, images: Sequence[int]) -> list[tuple[int, bytes]]:
    """Ids and pictures of those images that are there."""
    marks = ", ".join("?" * len(images))
    return db.execute(f"SELECT image_id, picture FROM pictures WHERE image_id IN ({marks})", images).fetchall()


def stale(db: sqlite3.Connection, weights: str) -> list[int]:
    """Ids of the images that were embedded by other weights."""
    return [row[0] for row in db.execute("SELECT id FROM images WHERE weights != ? ORDER BY id", (weights,))]


def replace_embeddings(db: sqlite3.Connection, vectors: Mapping[int, bytes], weights: str, step: int) -> None:
    """Give images embeddings by other weights; those that are gone stay so."""
    values = [(vector, weights, step, image) for image, vector in vectors.items()]
    db.executemany("UPDATE images SET embedding = ?, weights = ?, step = ? WHERE id = ?", values)


def revision(db: sqlite3.Connection) -> bytes:
    """What every change of the gallery changes."""
    found: bytes = db.execute("SELECT revision FROM state").fetchone()[0]
    return found


def read_index(db: sqlite3.Connection, size: int) -> GalleryIndex:
    """All embeddings, of `size` numbers each.

    Raises
    ------
    InputError
        where they are not that.
    """
    names: dict[int, str] = dict(db.execute("SELECT id, name FROM names"))
    owners = sorted(names, key=lambda key: _order(names[key]))
    places = {key: place for place, key in enumerate(owners)}
    rows = db.execute("SELECT name_id, id, embedding FROM images ORDER BY id").fetchall()
    rows.sort(key=lambda row: places[row[0]])
    used, counts = np.unique(np.array([places[row[0]] for row in rows], np.int64), return_counts=True)
    return GalleryIndex(
        [names[owners[place]] for place in used],
        np.array([row[1] for row in rows], np.int64),
        counts.astype(np.int64),
        _embeddings([row[2] for row in rows], size),
    )


def _embeddings(blobs: list[bytes], size: int) -> NDArray[np.float32]:
    if all(len(blob) == 4 * size for blob in blobs):
        found = np.frombuffer(bytearray(b"".join(blobs)), np.float32).reshape(-1, size)
        if np.isfinite(found).all():
            return found
    raise InputError(f"the gallery is damaged, each embedding must be {size} finite numbers; it was left as it is")


def _order(name: str) -> tuple[str, str]:
    return name.casefold(), name
