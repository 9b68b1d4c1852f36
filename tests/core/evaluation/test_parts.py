"""Two halves of the identities, against distances measured one by one."""

import math

import numpy as np
import pytest
from scipy.spatial.distance import cosine

from core.data.tuples import ListedPairs
from core.errors import Cancelled
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.parts import PartRates, threshold_parts, why_no_parts
from core.evaluation.report import default_threshold


def images_of(labels, seed: int = 0, **options) -> EvaluatedImages:
    labels = np.asarray(labels, dtype=np.int64)
    random = np.random.default_rng(seed)
    centres = random.normal(size=(labels.max() + 1, 6))
    embeddings = (centres[labels] + 0.6 * random.normal(size=(len(labels), 6))).astype(np.float32)
    return EvaluatedImages(embeddings, labels, np.arange(len(labels)), **options)


def distances_within(images: EvaluatedImages, identities) -> tuple[list[float], list[float]]:
    """Genuine and impostor distances of all pairs of some identities, one by one."""
    rows = [row for row in range(len(images)) if images.labels[row] in identities]
    kinds: tuple[list[float], list[float]] = [], []
    for place, a in enumerate(rows):
        for b in rows[place + 1 :]:
            pair = images.embeddings[[a, b]].astype(np.float64)
            kinds[int(images.labels[a] != images.labels[b])].append(cosine(*pair))
    return kinds


SHUFFLED = np.random.default_rng(3).permutation(np.repeat(np.arange(23) * 7, 4))
"""23 identities with 4 images each, in no order and with gaps between the labels."""


def test_every_second_identity_reports() -> None:
    images = images_of(SHUFFLED)
    parts = threshold_parts(images)
    assert (parts.choosing_identities, parts.reporting_identities) == (12, 11)
    for curve, first in ((parts.choosing, 0), (parts.reporting, 7)):
        genuine, impostor = distances_within(images, range(first, 23 * 7, 14))
        np.testing.assert_allclose(curve.genuine, np.sort(genuine), atol=1e-12)
        np.testing.assert_allclose(curve.impostor, np.sort(impostor), atol=1e-12)


def test_no_image_is_in_both() -> None:
    parts = threshold_parts(images_of(SHUFFLED))
    pairs = [curve.genuine_pairs for curve in (parts.choosing, parts.reporting)]
    assert pairs == [12 * 6, 11 * 6]
    assert (parts.choosing.impostor_pairs, parts.reporting.impostor_pairs) == (66 * 16, 55 * 16)


def test_rates_on_both() -> None:
    images = images_of(SHUFFLED)
    parts = threshold_parts(images)
    found = default_threshold(parts.choosing, parts)
    genuine, impostor = distances_within(images, range(7, 23 * 7, 14))
    tpr, fpr = (np.mean(np.array(each) <= found.point.threshold) for each in (genuine, impostor))
    assert parts.reported_on(found.point.threshold) == PartRates(11, 66, 880, tpr, fpr) == found.reported_on
    assert found.chosen_on.fpr <= 0.01 < found.chosen_on.fpr + 1 / parts.choosing.impostor_pairs
    with pytest.raises(ValueError, match="threshold must be a number, found NaN"):
        parts.chosen_on(math.nan)


def test_by_another_distance() -> None:
    images = images_of(SHUFFLED)
    parts = threshold_parts(images, "euclidean")
    rows = images.embeddings[images.labels == 7].astype(np.float64)
    assert np.linalg.norm(rows[0] - rows[1]) == pytest.approx(
        parts.reporting.genuine[np.abs(parts.reporting.genuine - np.linalg.norm(rows[0] - rows[1])).argmin()]
    )


@pytest.mark.parametrize("identities", [1, 2, 19])
def test_too_few_identities(identities) -> None:
    images = images_of(np.repeat(np.arange(identities), 3))
    assert threshold_parts(images) is None
    assert why_no_parts(images) == (
        "the threshold was not checked on other identities than it was chosen on: "
        f"that takes at least 20 identities, found {identities}"
    )


def test_20_identities_are_enough() -> None:
    parts = threshold_parts(images_of(np.repeat(np.arange(20), 2)))
    assert (parts.choosing_identities, parts.reporting_identities) == (10, 10)


def test_listed_pairs_have_no_halves() -> None:
    listed = ListedPairs(np.array([[0, 1], [2, 3]]), np.array([[0, 2], [1, 3]]))
    images = images_of(np.arange(40), pairs=listed)
    assert threshold_parts(images) is None
    assert why_no_parts(images).endswith("only the listed pairs are known to be of one identity or of two")


def test_a_half_without_genuine_pairs() -> None:
    """Of 20 identities only the first, third ... have a second image."""
    images = images_of([*range(20), *range(0, 20, 2)])
    assert threshold_parts(images) is None
    assert why_no_parts(images).endswith("half of them have no genuine or no impostor pair")


def test_no_images() -> None:
    images = images_of(SHUFFLED).at(np.array([], dtype=np.int64))
    assert threshold_parts(images) is None
    assert why_no_parts(images).endswith("found 0")


def test_pairs_within_a_group_are_left_out() -> None:
    labels = np.repeat(np.arange(20), 4)
    groups = np.where(labels == 1, np.arange(80) % 2, -1)
    parts = threshold_parts(images_of(labels, groups=groups))
    assert (parts.choosing.genuine_pairs, parts.reporting.genuine_pairs) == (60, 58)


def test_nan_is_refused() -> None:
    images = images_of(SHUFFLED)
    row = np.flatnonzero(images.labels == 7)[2]
    images.embeddings[row] = np.nan
    with pytest.raises(ValueError, match=f"embeddings must be finite, found NaN or infinity in row {row}$"):
        threshold_parts(images)


def test_it_can_be_given_up() -> None:
    def stop(share: float) -> None:
        raise Cancelled

    images = images_of(np.repeat(np.arange(20), 310))
    with pytest.raises(Cancelled):
        threshold_parts(images, watch=stop)
