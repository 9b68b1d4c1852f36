"""The Oxford-IIIT Pet data set: 37 breeds with trimaps."""

from pathlib import Path

from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.dataset import Dataset, Problem, Sample
from core.errors import InputError
from core.files import read_text

FOREGROUND = frozenset({1})
"""Of a trimap: 1 is the animal, 2 the background, 3 the outline that was left open, which counts as background."""


def list_images(folder: Path) -> Dataset:
    """List `images/<name>.jpg` with `annotations/trimaps/<name>.png` by `annotations/list.txt`.

    The breed is what the name says before its last underscore.

    Raises
    ------
    InputError
        where the list is missing or a line of it cannot be understood.
    """
    file = folder / "annotations" / "list.txt"
    names = []
    for number, line in enumerate(read_text(file).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            name = line.split()[0]
            if "_" not in name or "/" in name:
                raise InputError(f"{file}, line {number}: must begin with <breed>_<number>, found {name!r}")
            names.append(name)
    breeds = sorted({_breed(name) for name in names}, key=str.lower)
    labels = {breed: label for label, breed in enumerate(breeds)}
    samples, problems = [], []
    for name in sorted(names):
        image, mask = folder / "images" / f"{name}.jpg", folder / "annotations" / "trimaps" / f"{name}.png"
        if image.is_file():
            mask_or_none = mask if mask.is_file() else None
            samples.append(Sample(f"{_breed(name)}/{name}.jpg", labels[_breed(name)], image, mask_or_none))
        else:
            problems.append(Problem(name, "the list names it, but its image is missing"))
    return Dataset("oxford-pet", tuple(breeds), tuple(samples), tuple(problems), foreground=FOREGROUND)


def _breed(name: str) -> str:
    return name.rsplit("_", 1)[0]


_URL = "https://www.robots.ox.ac.uk/~vgg/data/pets/data"
ENTRY = CatalogEntry(
    name="oxford-pet",
    title="Oxford-IIIT Pet",
    about="37 breeds of cats and dogs, some 200 photographs of each, with trimaps of the animal.",
    licence="CC BY-SA 4.0",
    source="Parkhi, Vedaldi, Zisserman, Jawahar: Cats and Dogs, CVPR 2012; robots.ox.ac.uk/~vgg/data/pets",
    files=(
        RemoteFile(f"{_URL}/images.tar.gz", "images.tar.gz", "md5:5c4f3ee8e5d25df40f4fd59a7f44e54c", 791_918_971),
        RemoteFile(
            f"{_URL}/annotations.tar.gz", "annotations.tar.gz", "md5:95a8c909bbe2e81eed6a22bccdf3f68f", 19_173_078
        ),
    ),
    list_images=list_images,
)
