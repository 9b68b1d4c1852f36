"""What every test stands on."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither decoded images nor data sets of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("METRIC_EXPLORER_CACHE", str(tmp_path_factory.mktemp("decoded")))
        patch.setenv("METRIC_EXPLORER_DATA", str(tmp_path_factory.mktemp("downloaded")))
        yield
