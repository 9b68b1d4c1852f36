"""From the word a user gives to the data set it means."""

import os
from pathlib import Path

from core.data.builtin import digits
from core.data.dataset import Dataset
from core.data.folder import list_folder
from core.data.tuple_file import list_tuples
from core.errors import InputError

BUILTIN_NAMES: tuple[str, ...] = ("digits",)

LIST_SUFFIX = ".csv"
"""Ending of a file that lists tuples of images, in lower case."""


def open_dataset(data: str) -> Dataset:
    """List the built-in data set of this name, else the image folder or the CSV file at this path.

    '~' is the home folder; a CSV file lists pairs, triplets or quadruplets of images.

    A folder that is called like a built-in set is reached as './digits'.

    Raises
    ------
    InputError
        where there is neither, or the folder or the file cannot be used.
    """
    if data in BUILTIN_NAMES:
        return digits()
    path = os.path.expanduser(data)
    is_list = path.lower().endswith(LIST_SUFFIX) and not os.path.isdir(path)
    if is_list and os.path.exists(path):
        return list_tuples(Path(path))
    if is_list:
        raise InputError(f"{data}: no such file")
    if not os.path.exists(path):
        raise InputError(f"{data}: no such folder, and no built-in data set of this name ({', '.join(BUILTIN_NAMES)})")
    return list_folder(Path(path))
