import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.embedded import drawing
from core.embedded.drawing import draw_images
from core.errors import InputError


def test_a_small_set_is_taken_whole() -> None:
    drawn = draw_images(np.array([0, 0, 1]), 3)
    assert drawn.everything
    assert drawn.whole_identities
    np.testing.assert_array_equal(drawn.rows, [0, 1, 2])


def test_of_many_identities_whole_ones_are_drawn() -> None:
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(1000), 4))
    drawn = draw_images(labels, 1200)
    assert drawn.whole_identities
    assert drawn.identities == 300
    assert len(drawn.rows) == 1200
    assert set(np.unique(labels[drawn.rows], return_counts=True)[1]) == {4}
    assert str(drawn) == "1,200 of 4,000 images, all images of 300 of 1,000 identities (seed 0)"


def test_of_few_large_identities_images_are_drawn() -> None:
    labels = np.repeat(np.arange(5), 1000)
    drawn = draw_images(labels, 100)
    assert not drawn.whole_identities
    assert (len(drawn.rows), drawn.identities, drawn.of_identities) == (100, 5, 5)
    assert len(np.unique(drawn.rows)) == 100


def test_the_seed_decides() -> None:
    labels = np.repeat(np.arange(1000), 4)
    np.testing.assert_array_equal(draw_images(labels, 900, 1).rows, draw_images(labels, 900, 1).rows)
    assert not np.array_equal(draw_images(labels, 900, 1).rows, draw_images(labels, 900, 2).rows)


def test_every_identity_has_the_same_chance_however_large_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large identities are neither drawn more often nor less often, so pairs of each kind keep their shares."""
    monkeypatch.setattr(drawing, "FEWEST_IDENTITIES", 1)
    sizes = np.array([1, 1, 1, 1, 1, 1, 2, 3, 5, 8])
    labels = np.repeat(np.arange(10), sizes)
    times = np.zeros(10)
    for seed in range(2000):
        drawn = draw_images(labels, 13, seed)
        times[np.unique(labels[drawn.rows])] += 1
    assert np.abs(times / 2000 - 0.5).max() < 0.05  # 4.5 standard deviations


def test_the_share_of_accepted_genuine_pairs_is_that_of_all_on_average() -> None:
    """Genuine pairs of large identities are accepted here, those of small ones are not."""
    sizes = np.concatenate([np.full(900, 2), np.full(300, 4)])
    labels = np.repeat(np.arange(1200), sizes)
    accepted = pairs = 0.0
    for seed in range(300):
        found = np.unique(labels[draw_images(labels, 600, seed).rows], return_counts=True)
        made = found[1] * (found[1] - 1) / 2
        accepted, pairs = accepted + made[found[1] == 4].sum(), pairs + made.sum()
    assert accepted / pairs == pytest.approx(300 * 6 / (300 * 6 + 900), abs=0.01)


@settings(max_examples=50, deadline=None)
@given(labels=st.lists(st.integers(0, 30), min_size=1, max_size=300), images=st.integers(2, 400))
def test_rows_are_of_the_set_each_once(labels: list[int], images: int) -> None:
    drawn = draw_images(np.array(labels), images)
    assert (np.diff(drawn.rows) > 0).all()
    assert 0 <= drawn.rows[0]
    assert drawn.rows[-1] < len(labels)
    assert len(drawn.rows) <= max(2 * images, 2)
    assert drawn.everything == (len(drawn.rows) == len(labels))


def test_a_pair_needs_two_images() -> None:
    with pytest.raises(InputError, match="images: at least 2 must be drawn for a pair, found 1"):
        draw_images(np.arange(10), 1)
