from pathlib import Path

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.embedded.embedding_set import EmbeddingSet
from core.embedded.mapping import principal_axes, shown_rows
from core.errors import Cancelled, InputError
from core.projection.pca import pca_layout
from tests.core.embedded.made import clustered, make_set


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingSet:
    embeddings = clustered(50, 10)[0] + np.float32(30.0)  # far from 0, where sums of squares would lose digits
    return make_set(tmp_path_factory.mktemp("sets") / "set", embeddings, np.arange(500), shard=90)


def test_axes_are_those_of_all_embeddings_at_once(made: EmbeddingSet) -> None:
    embeddings = made.at(np.arange(500))
    axes = principal_axes(made)
    np.testing.assert_allclose(axes.layout(embeddings), pca_layout(embeddings), atol=1e-5)
    peer = PCA(2).fit(embeddings.astype(np.float64))
    np.testing.assert_allclose(axes.explained, peer.explained_variance_ratio_, rtol=1e-6)


def test_one_dimension_has_one_axis(tmp_path: Path) -> None:
    made = make_set(tmp_path / "set", np.array([[1.0], [3.0], [8.0]], np.float32), [0, 1, 2])
    axes = principal_axes(made)
    np.testing.assert_allclose(axes.layout(made.at(np.arange(3))), [[-3, 0], [-1, 0], [4, 0]])
    assert axes.explained == (1.0, 0.0)


def test_equal_embeddings_lie_on_one_point(tmp_path: Path) -> None:
    made = make_set(tmp_path / "set", np.ones((5, 4), np.float32), np.arange(5))
    axes = principal_axes(made)
    np.testing.assert_array_equal(axes.layout(made.at(np.arange(5))), np.zeros((5, 2)))
    assert axes.explained == (0.0, 0.0)


def test_a_map_shows_all_or_so_many(made: EmbeddingSet) -> None:
    np.testing.assert_array_equal(shown_rows(made), np.arange(500))
    rows = shown_rows(made, 100)
    assert len(np.unique(rows)) == 100
    np.testing.assert_array_equal(rows, shown_rows(made, 100))
    assert (np.diff(rows) > 0).all()


def test_a_map_of_one_image_is_refused_and_one_of_many_can_be_cancelled(made: EmbeddingSet, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a map needs at least 2 embeddings, found 1"):
        principal_axes(make_set(tmp_path / "set", np.ones((1, 4), np.float32), [0]))

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        principal_axes(made, stop)
