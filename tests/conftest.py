"""What every test stands on."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither decoded images nor data sets of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("METRIC_EXPLORER_CACHE", str(tmp_path_factory.mktemp("decoded")))
        patch.setenv("METRIC_EXPLORER_DATA", str(tmp_path_factory.mktemp("downloaded")))
        yield


@pytest.fixture(autouse=True)
def _one_torch_thread() -> None:
    """Sums to the last bit depend on the number of threads, which numba's OpenMP layer changes behind torch's back.

    Also, several threads wait for one another longer than they work on what is as small as the tests'.
    """
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
