import subprocess
import sys

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score

import core.evaluation.verification as verification
from core.distances import exact_distances
from core.errors import InputError
from core.evaluation import verification_curve, verification_curve_from_distances
from core.evaluation.evaluated import NO_GROUP
from core.evaluation.pair_counts import pair_counts


def pairs_by_hand(embeddings, labels, distance):
    kinds = {True: [], False: []}
    for i in range(len(labels)):
        for j in range(i):
            a, b = embeddings[i], embeddings[j]
            cosine = 1 - (a @ b) / np.linalg.norm(a) / np.linalg.norm(b)
            value = cosine if distance == "cosine" else np.linalg.norm(a - b)
            kinds[labels[i] == labels[j]].append(value)
    return sorted(kinds[True]), sorted(kinds[False])


@pytest.fixture
def embeddings():
    return np.random.default_rng(0).normal(size=(30, 6))


@pytest.fixture
def labels():
    return np.random.default_rng(1).integers(0, 5, 30)


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
@pytest.mark.parametrize("at_once", [1, 100, 1 << 20])
def test_holds_every_pair_once_whatever_the_blocks(embeddings, labels, distance, at_once, monkeypatch):
    monkeypatch.setattr(verification, "PAIRS_AT_ONCE", at_once)
    curve = verification_curve(embeddings, labels, distance)
    genuine, impostor = pairs_by_hand(embeddings, labels, distance)
    np.testing.assert_allclose(curve.genuine, genuine, rtol=0, atol=1e-12)
    np.testing.assert_allclose(curve.impostor, impostor, rtol=0, atol=1e-12)
    assert curve.genuine_pairs + curve.impostor_pairs == 30 * 29 // 2


def test_auc_is_that_of_scikit_learn(embeddings, labels):
    genuine, impostor = pairs_by_hand(embeddings, labels, "cosine")
    expected = roc_auc_score(np.repeat([1, 0], [len(genuine), len(impostor)]), -np.array(genuine + impostor))
    assert verification_curve(embeddings, labels).auc == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("distance", ["cosine", "euclidean", "squared-euclidean"])
def test_identical_embeddings_are_a_coin_toss(distance):
    row = np.random.default_rng(0).normal(size=(1, 128))
    curve = verification_curve(row.repeat(40, axis=0), np.arange(40) % 4, distance)
    assert (curve.auc, curve.eer) == (0.5, 0.5)
    assert not curve.genuine.any()


def test_repeated_embeddings_tie_exactly():
    corners = np.random.default_rng(0).normal(size=(3, 127))
    curve = verification_curve(np.tile(corners, (50, 1)), np.arange(150) % 2)
    # Four distances: 0 and those of the three pairs of corners.
    assert len(np.unique(np.concatenate([curve.genuine, curve.impostor]))) == 4


def test_cosine_and_euclidean_have_one_roc_on_unit_vectors(embeddings, labels):
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    cosine, euclidean = (verification_curve(units, labels, name) for name in ("cosine", "euclidean"))
    assert euclidean.auc == pytest.approx(cosine.auc, abs=1e-12)
    for fpr in (0.01, 0.1, 0.5):
        assert euclidean.tpr_at_fpr(fpr).tpr == cosine.tpr_at_fpr(fpr).tpr


def test_takes_torch_and_any_kind_of_label(embeddings, labels):
    expected = verification_curve(embeddings, labels)
    tensors = verification_curve(torch.tensor(embeddings, requires_grad=True), torch.tensor(labels))
    names = verification_curve(embeddings, np.array([f"person {label}" for label in labels]))
    assert expected.auc == tensors.auc == names.auc


def test_takes_read_only_and_reversed_arrays(embeddings, labels):
    expected = verification_curve(embeddings, labels).auc
    embeddings.setflags(write=False)
    labels.setflags(write=False)
    assert verification_curve(embeddings, labels).auc == expected
    assert verification_curve(embeddings[::-1], labels[::-1]).auc == expected


def test_takes_distances_that_are_measured_already():
    curve = verification_curve_from_distances(torch.tensor([0.2, 0.1]), np.array([0.3, 0.4], dtype=np.float32))
    assert curve.genuine.dtype == curve.impostor.dtype == np.float64
    assert curve.auc == 1.0


@pytest.mark.parametrize(
    ("rows", "labels", "message"),
    [
        (1, [0], "needs at least 2 embeddings, found 1"),
        (3, [0, 1, 2], "genuine pairs need an identity with 2 images, found 3 identities with 1 each"),
        (3, [4, 4, 4], "impostor pairs need at least 2 identities, found 1"),
    ],
)
def test_a_missing_kind_of_pairs_is_named(rows, labels, message):
    with pytest.raises(InputError, match=message):
        verification_curve(np.eye(3)[:rows], np.array(labels))


def test_many_pairs_are_scanned_with_the_same_operating_points(monkeypatch):
    generator = np.random.default_rng(3)
    centres = np.repeat(generator.normal(size=(50, 8)), 4, axis=0)
    embeddings, labels = centres + generator.normal(size=(200, 8)), np.repeat(np.arange(50), 4)
    held = verification_curve(embeddings, labels)
    monkeypatch.setattr(verification, "MOST_SORTED", 100)
    scanned = verification_curve(embeddings, labels)
    assert len(scanned.impostor) < scanned.impostor_pairs == held.impostor_pairs
    for fpr in (0.2, 0.05, 0.01, 0.001):
        assert scanned.tpr_at_fpr(fpr) == held.tpr_at_fpr(fpr)
    assert scanned.eer_point == held.eer_point


# --- groups


def test_pairs_within_a_group_do_not_count_by_hand(monkeypatch):
    """On a line, identities 0 and 1; the images at 0, 2 and 3 are of one group, those at 10 and 11 of none."""
    x, y, groups = (
        np.array([[0.0], [2.0], [3.0], [10.0], [11.0]]),
        np.array([0, 0, 1, 1, 0]),
        np.array([7, 7, 7, -1, -1]),
    )
    curve = verification_curve(x, y, "euclidean", groups=groups)
    assert curve.genuine.tolist() == [7, 9, 11]
    assert curve.impostor.tolist() == [1, 8, 8, 10]
    monkeypatch.setattr(verification, "MOST_SORTED", 2)
    scanned = verification_curve(x, y, "euclidean", groups=groups)
    assert (scanned.genuine_pairs, scanned.impostor_pairs) == (3, 4)
    assert scanned.eer_point == curve.eer_point


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
@pytest.mark.parametrize("at_once", [1, 100, 1 << 20])
def test_groups_leave_the_pairs_between_them(embeddings, labels, distance, at_once, monkeypatch):
    monkeypatch.setattr(verification, "PAIRS_AT_ONCE", at_once)
    groups = np.random.default_rng(2).integers(-1, 5, 30)
    rows, columns = np.triu_indices(30, 1)
    apart = (groups[rows] != groups[columns]) | (groups[rows] == -1)
    found = exact_distances(embeddings, embeddings, distance).numpy()[rows, columns]
    same = labels[rows] == labels[columns]
    curve = verification_curve(embeddings, labels, distance, groups=torch.tensor(groups))
    assert curve.genuine.tolist() == np.sort(found[apart & same]).tolist()
    assert curve.impostor.tolist() == np.sort(found[apart & ~same]).tolist()
    assert pair_counts(labels, groups) == (len(curve.genuine), len(curve.impostor))
    assert pair_counts(labels) == (same.sum(), (~same).sum())


def test_no_group_at_all_is_as_without(embeddings, labels):
    curve = verification_curve(embeddings, labels, groups=np.full(30, NO_GROUP))
    assert np.array_equal(curve.impostor, verification_curve(embeddings, labels).impostor)


@pytest.mark.parametrize("most_sorted", [2, 3_000])
def test_groups_that_leave_nothing_are_named(most_sorted, monkeypatch):
    monkeypatch.setattr(verification, "MOST_SORTED", most_sorted)
    x, y = np.eye(4), np.array([0, 0, 1, 1])
    with pytest.raises(InputError, match="two images of one identity that are not of one group, found none"):
        verification_curve(x, y, groups=y)
    with pytest.raises(ValueError, match=r"groups must be \[4\], found \[3\]"):
        verification_curve(x, y, groups=y[:3])


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_row_that_is_not_finite_is_named(embeddings, labels, value):
    embeddings[17, 2] = value
    with pytest.raises(ValueError, match="embeddings must be finite, found NaN or infinity in row 17"):
        verification_curve(embeddings, labels)


def test_shapes_and_distances_that_do_not_fit_are_refused(embeddings, labels):
    with pytest.raises(ValueError, match=r"embeddings must be \[N, D\] and labels \[N\], found \[30, 6\] and \[29\]"):
        verification_curve(embeddings, labels[1:])
    with pytest.raises(ValueError, match="distance must be one of"):
        verification_curve(embeddings, labels, "hamming")


def test_the_curve_can_be_had_without_torch():
    code = (
        "import sys, core.evaluation, core.evaluation.curve, core.evaluation.report; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
