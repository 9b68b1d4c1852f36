"""Omniglot: 1,623 handwritten characters of 50 alphabets, each drawn by 20 people."""

from pathlib import Path

from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.dataset import Dataset, Sample
from core.errors import InputError

_PARTS = {"images_background": False, "images_evaluation": True}
"""Folders, and whether their characters are held out, as their authors mean it."""


def list_images(folder: Path) -> Dataset:
    """List `images_background/<alphabet>/<character>/<file>.png`, and `images_evaluation`, which is held out.

    Raises
    ------
    InputError
        where one of the two folders is missing or empty.
    """
    classes: list[str] = []
    samples: list[Sample] = []
    for part, held_out in _PARTS.items():
        characters = sorted(path for path in (folder / part).glob("*/*") if path.is_dir())
        if not characters:
            raise InputError(f"{folder / part}: must hold <alphabet>/<character>/<file>.png, found none")
        for character in characters:
            name = f"{character.parent.name}/{character.name}"
            samples += [
                Sample(f"{name}/{image.name}", len(classes), image, held_out=held_out)
                for image in sorted(character.glob("*.png"))
            ]
            classes.append(name)
    return Dataset("omniglot", tuple(classes), tuple(samples), directional=True)


_URL = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python"
ENTRY = CatalogEntry(
    name="omniglot",
    title="Omniglot",
    about="1,623 handwritten characters of 50 alphabets, 20 drawings of each; 20 alphabets are held out.",
    licence="MIT",
    source="Lake, Salakhutdinov, Tenenbaum: Human-level concept learning, 2015; github.com/brendenlake/omniglot",
    files=(
        RemoteFile(
            f"{_URL}/images_background.zip", "images_background.zip", "md5:68d2efa1b9178cc56df9314c21c6e718", 9_464_212
        ),
        RemoteFile(
            f"{_URL}/images_evaluation.zip", "images_evaluation.zip", "md5:6b91aef0f799c5bb55b94e3f2daec811", 6_462_886
        ),
    ),
    list_images=list_images,
)
