"""Caltech-UCSD Birds 200-2011: 200 species with segmentations."""

from pathlib import Path

from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.dataset import Dataset, Problem, Sample
from core.errors import InputError
from core.files import read_text


def list_images(folder: Path) -> Dataset:
    """List `CUB_200_2011/images/<species>/<file>` by its lists, with `segmentations/<species>/<file>.png`.

    A segmentation's grey says how many of five people took a pixel for bird; foreground is what most of them did.

    Raises
    ------
    InputError
        where a list is missing, or a line of it cannot be understood.
    """
    root = folder / "CUB_200_2011"
    classes = _numbered(root / "classes.txt")
    paths, labels = _numbered(root / "images.txt"), _numbered(root / "image_class_labels.txt")
    order = {number: label for label, number in enumerate(classes)}
    samples, problems = [], []
    for number, path in paths.items():
        label = labels.get(number)
        if label not in order or ".." in Path(path).parts or Path(path).is_absolute():
            raise InputError(f"{root}: image {number} must have a class and a path below images, found {path!r}")
        mask = folder / "segmentations" / Path(path).with_suffix(".png")
        if (root / "images" / path).is_file():
            mask_or_none = mask if mask.is_file() else None
            samples.append(Sample(path, order[label], root / "images" / path, mask_or_none))
        else:
            problems.append(Problem(path, "the list names it, but its image is missing"))
    names = tuple(name.partition(".")[2] or name for name in classes.values())
    samples.sort(key=lambda sample: sample.id)
    return Dataset("cub-200-2011", names, tuple(samples), tuple(problems))


def _numbered(file: Path) -> dict[str, str]:
    """Lines '<number> <rest>' by their number, in the order of the file."""
    found = {}
    for place, line in enumerate(read_text(file).splitlines(), 1):
        if line.strip():
            number, _, rest = line.strip().partition(" ")
            if not number.isdigit() or not rest:
                raise InputError(f"{file}, line {place}: must be a number and a text, found {line.strip()!r}")
            found[number] = rest
    return found


_URL = "https://data.caltech.edu/records"
ENTRY = CatalogEntry(
    name="cub-200-2011",
    title="Caltech-UCSD Birds 200-2011",
    about="200 species of birds, some 60 photographs of each, with segmentations; the usual measure of retrieval.",
    licence="for non-commercial research and education only; the photographs belong to their photographers",
    source="Wah, Branson, Welinder, Perona, Belongie: Caltech technical report CNS-TR-2011-001; data.caltech.edu",
    files=(
        RemoteFile(
            f"{_URL}/65de6-vp158/files/CUB_200_2011.tgz?download=1",
            "CUB_200_2011.tgz",
            "md5:97eceeb196236b17998738112f37df78",
            1_150_585_339,
        ),
        RemoteFile(
            f"{_URL}/w9d68-gec53/files/segmentations.tgz?download=1",
            "segmentations.tgz",
            "md5:4d47ba1228eae64f2fa547c47bc65255",
            39_272_883,
        ),
    ),
    list_images=list_images,
)
