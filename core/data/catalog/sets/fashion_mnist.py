"""Fashion-MNIST: 70,000 articles of clothing of 10 kinds, small and grey."""

from pathlib import Path

import numpy as np

from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.dataset import Dataset, Sample
from core.errors import InputError

_URL = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"
_FILES = {
    "train-images-idx3-ubyte.gz": ("8d4fb7e6c68d591d4c3dfef9ec88bf0d", 26_421_880),
    "train-labels-idx1-ubyte.gz": ("25c81989df183df01b3e8a0aad5dffbe", 29_515),
    "t10k-images-idx3-ubyte.gz": ("bef4ecab320f06d8554ea6380940ec79", 4_422_102),
    "t10k-labels-idx1-ubyte.gz": ("bb300cfdad3c16e7a12a480ee83cd310", 5_148),
}


def list_images(folder: Path) -> Dataset:
    """List the images of the four IDX files, read by torchvision; its test images are held out.

    Raises
    ------
    InputError
        where a file is missing or damaged.
    """
    from torchvision.datasets import FashionMNIST
    from torchvision.datasets.mnist import read_image_file, read_label_file

    samples = []
    for part, held_out in (("train", False), ("t10k", True)):
        try:
            images = read_image_file(str(folder / f"{part}-images-idx3-ubyte")).numpy()
            labels = read_label_file(str(folder / f"{part}-labels-idx1-ubyte")).numpy()
        except (OSError, ValueError, AssertionError, KeyError, RuntimeError) as error:
            raise InputError(
                f"{folder}: the {part} images or labels of Fashion-MNIST cannot be read ({error})"
            ) from error
        if len(images) != len(labels) or not np.isin(labels, range(len(FashionMNIST.classes))).all():
            raise InputError(f"{folder}: {len(images)} {part} images must have as many labels of 0 to 9, found others")
        grey = np.broadcast_to(images[..., None], (*images.shape, 3))  # one plane stands for three, not copied
        samples += [
            Sample(f"{part}/{place:05}", int(label), image, held_out=held_out)
            for place, (image, label) in enumerate(zip(grey, labels, strict=True))
        ]
    return Dataset("fashion-mnist", tuple(name.replace("/", " or ") for name in FashionMNIST.classes), tuple(samples))


ENTRY = CatalogEntry(
    name="fashion-mnist",
    title="Fashion-MNIST",
    about="70,000 articles of clothing of 10 kinds, 28 x 28 pixels; its 10,000 test images are held out.",
    licence="MIT",
    source="Xiao, Rasul, Vollgraf: arXiv 1708.07747, 2017; github.com/zalandoresearch/fashion-mnist",
    files=tuple(RemoteFile(f"{_URL}/{name}", name, f"md5:{md5}", size) for name, (md5, size) in _FILES.items()),
    list_images=list_images,
)
