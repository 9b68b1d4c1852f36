"""Faults that really happen: to processes, disks, folders and files."""

from tests.core.conftest import (  # noqa: F401 - fixtures
    _no_thread_left,
    _one_torch_thread,
    shapes,
    tiny,
    trained,
)
