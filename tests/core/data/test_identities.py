import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components as scipy_components

from core.data.identities import connected_components, shortest_chain

COUNT = 12
EDGES = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)), max_size=15)


def test_by_hand() -> None:
    """0-3-1 are a chain, 4-5 a pair, 2 stands alone."""
    assert connected_components([(3, 0), (3, 1), (5, 4)], 6).tolist() == [0, 0, 2, 0, 4, 4]
    assert connected_components([], 2).tolist() == [0, 1]


def test_a_long_chain_in_any_order() -> None:
    links = [(i, i + 1) for i in range(4_999)]
    for order in (links, links[::-1], links[1::2] + links[::2]):
        assert not connected_components(order, 5_000).any()


@settings(max_examples=50, deadline=None)
@given(EDGES)
def test_the_same_components_as_scipy(edges: list[tuple[int, int]]) -> None:
    ours = connected_components(edges, COUNT)
    rows, columns = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(edges)), (rows, columns)), shape=(COUNT, COUNT))
    _, theirs = scipy_components(graph, directed=False)
    assert np.array_equal(ours[:, None] == ours, theirs[:, None] == theirs)
    assert all(ours[root] == root and (ours[:root] != root).all() for root in ours)


def test_the_shortest_chain_by_hand() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (3, 4), (1, 4)]
    assert shortest_chain(edges, 0, 4) == [0, 4]
    assert shortest_chain(edges, 4, 0) == [4, 0]
    assert shortest_chain(edges, 2, 3) == [2]
    assert shortest_chain([(0, 1), (2, 3)], 0, 3) == []


@settings(max_examples=50, deadline=None)
@given(EDGES)
def test_a_chain_leads_there_if_there_is_one(edges: list[tuple[int, int]]) -> None:
    roots = connected_components(edges, COUNT)
    for end in range(1, COUNT):
        here = 0
        chain = shortest_chain(edges, 0, end)
        assert bool(chain) == (roots[0] == roots[end])
        for place in chain:
            assert here in edges[place]
            here = sum(edges[place]) - here
        assert not chain or here == end
