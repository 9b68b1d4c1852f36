"""Labeled Faces in the Wild, funneled: photographs of people in the news."""

from pathlib import Path

from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.dataset import Dataset, Sample
from core.errors import InputError

_FOLDER = "lfw_funneled"


def list_images(folder: Path) -> Dataset:
    """List `lfw_funneled/<person>/<file>.jpg` of the people who have two images at least.

    Raises
    ------
    InputError
        where the folder is missing, or has no two people with two images.
    """
    found: dict[str, list[Path]] = {}
    for image in sorted((folder / _FOLDER).glob("*/*.jpg")):
        found.setdefault(image.parent.name, []).append(image)
    people = sorted(person for person, images in found.items() if len(images) > 1)
    if len(people) < 2:
        raise InputError(f"{folder / _FOLDER}: must hold two people with two images at least, found {len(people)}")
    samples = [
        Sample(f"{person}/{image.name}", label, image) for label, person in enumerate(people) for image in found[person]
    ]
    alone = len(found) - len(people)
    notes = (f"{alone} people with one image are left out",) if alone else ()
    return Dataset("lfw", tuple(people), tuple(samples), notes=notes)


ENTRY = CatalogEntry(
    name="lfw",
    title="Labeled Faces in the Wild",
    about="1,680 people with two photographs or more, 9,164 in all, aligned by funneling; faces in verification.",
    licence="stated by its authors to be for research; the photographs belong to their photographers",
    source="Huang, Ramesh, Berg, Learned-Miller: UMass technical report 07-49, 2007; vis-www.cs.umass.edu/lfw",
    files=(
        RemoteFile(
            "https://ndownloader.figshare.com/files/5976015",
            "lfw-funneled.tgz",
            "sha256:b47c8422c8cded889dc5a13418c4bc2abbda121092b3533a83306f90d900100a",
            243_346_528,
        ),
        RemoteFile(
            "https://ndownloader.figshare.com/files/5976006",
            "pairs.txt",
            "sha256:ea42330c62c92989f9d7c03237ed5d591365e89b3e649747777b70e692dc1592",
            155_335,
        ),
    ),
    list_images=list_images,
)
