"""From the word a user gives to the data set it means."""

import os
from pathlib import Path

from core.data.builtin import digits
from core.data.dataset import Dataset
from core.data.folder import list_folder
from core.errors import InputError

BUILTIN_NAMES: tuple[str, ...] = ("digits",)


def open_dataset(data: str) -> Dataset:
    """List the built-in data set of this name, else the image folder at this path ('~' is the home folder).

    A folder that is called like a built-in set is reached as './digits'.

    Raises
    ------
    InputError
        where there is neither, or the folder cannot be used.
    """
    if data in BUILTIN_NAMES:
        return digits()
    path = os.path.expanduser(data)
    if not os.path.exists(path):
        raise InputError(f"{data}: no such folder, and no built-in data set of this name ({', '.join(BUILTIN_NAMES)})")
    return list_folder(Path(path))
