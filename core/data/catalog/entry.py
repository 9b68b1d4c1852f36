"""What the catalog knows of one data set."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.data.dataset import Dataset


@dataclass(frozen=True)
class RemoteFile:
    """A file to be fetched."""

    url: str
    name: str
    """File name; archives are unpacked."""
    digest: str
    """'md5:' or 'sha256:' and the digest of its content in hexadecimal, as torchvision or scikit-learn give it."""
    size: int
    """Bytes, nearly: for progress, and for what a person is told before."""


@dataclass(frozen=True)
class CatalogEntry:
    """One data set of the catalog."""

    name: str
    """What `--data` takes."""
    title: str
    about: str
    """What it shows, in one sentence."""
    licence: str
    source: str
    """Who made it, and where it is described."""
    files: tuple[RemoteFile, ...]
    list_images: Callable[[Path], Dataset]
    """Lists the folder that all files were unpacked in; raises InputError where something is missing."""

    @property
    def size(self) -> int:
        """Bytes to be fetched, nearly."""
        return sum(file.size for file in self.files)
