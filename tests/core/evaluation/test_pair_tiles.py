import threading

import numpy as np
import pytest
import torch

from core.evaluation import pair_tiles
from core.evaluation.pair_tiles import PairTiles, Part

X, Y = np.random.default_rng(0).normal(size=(70, 3)), np.random.default_rng(1).integers(0, 4, 70)


def looked_at(tiles: PairTiles, **asked: object) -> list[tuple[int, int]]:
    """Positions of all pairs that are handed out, the first one before the second."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(pair_tiles.THREADS)]

    def look(part: Part) -> None:
        products, row_norms, column_norms, (row, column) = part.tile
        assert products.shape == (len(row_norms), len(column_norms))
        found[part.thread] += [
            (row + r, column + c)
            for r in range(len(row_norms))
            for c in range(len(column_norms))
            if row + r < column + c
        ]

    tiles.each(look, **asked)
    return sorted(pair for pairs in found for pair in pairs)


@pytest.mark.parametrize("sides", [(1, 1), (7, 11), (64, 64), (512, 1024)])
def test_every_pair_is_handed_out_once(sides: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_tiles, "ROWS", sides[0])
    monkeypatch.setattr(pair_tiles, "COLUMNS", sides[1])
    tiles = PairTiles(X, Y)
    every = [(i, j) for i in range(70) for j in range(i + 1, 70)]
    assert looked_at(tiles) == every
    assert looked_at(tiles, rows=(20, 33)) == [pair for pair in every if 20 <= pair[0] < 33]
    genuine = {pair for pair in every if tiles.classes[pair[0]] == tiles.classes[pair[1]]}
    some = looked_at(tiles, genuine=True)
    assert genuine <= set(some)
    assert len(set(some)) == len(some)


def test_products_and_lengths_are_those_of_centred_vectors() -> None:
    tiles = PairTiles(X, Y, "euclidean")
    vectors = X[tiles.order] - X.mean(axis=0)

    def look(part: Part) -> None:
        products, row_norms, column_norms, (row, column) = part.tile
        left, right = vectors[row : row + len(row_norms)], vectors[column : column + len(column_norms)]
        np.testing.assert_allclose(products, left @ right.T, atol=1e-12)
        np.testing.assert_allclose(row_norms, (left**2).sum(axis=1), atol=1e-12)
        np.testing.assert_allclose(column_norms, (right**2).sum(axis=1), atol=1e-12)

    tiles.each(look)


def test_the_threads_of_others_multiply_as_they_did() -> None:
    seen: list[int] = []
    PairTiles(X, Y).each(lambda part: seen.append(torch.get_num_threads()))
    before = torch.get_num_threads()
    later = threading.Thread(target=lambda: seen.append(torch.get_num_threads() - before))
    later.start()
    later.join()
    assert seen == [1, 0]


def test_what_goes_wrong_in_a_thread_is_told() -> None:
    def fail(part: Part) -> None:
        raise MemoryError("no room")

    with pytest.raises(MemoryError, match="no room"):
        PairTiles(X, Y).each(fail)


def test_squared_distances_and_back() -> None:
    for distance in ("cosine", "euclidean", "squared-euclidean"):
        tiles = PairTiles(X, Y, distance)
        assert tiles.distances(np.array([tiles.squared(0.7), -1e-18])).tolist() == pytest.approx([0.7, 0.0])
        assert tiles.squared(-0.1) == -np.inf
        assert tiles.squared(np.inf) == np.inf
    assert PairTiles(X, Y, "euclidean").squared(3.0) == 9.0
