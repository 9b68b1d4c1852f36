"""Intervals by a bootstrap over identities."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from core.errors import Cancelled
from core.evaluation import bootstrap, identity_counts
from core.evaluation.confidence import Confidence, confidence
from core.evaluation.curve import VerificationCurve
from core.evaluation.sampled_rates import SampledRates
from core.evaluation.verification import verification_curve


def sample(generator: np.random.Generator, identities: int, images: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Identities that differ in how much their images do."""
    centres = generator.normal(size=(identities, 8))
    spread = np.exp(0.3 * generator.normal(size=(identities, 1)))
    noise = 0.55 * generator.normal(size=(identities * images, 8)) * np.repeat(spread, images, axis=0)
    return np.repeat(centres, images, axis=0) + noise, np.repeat(np.arange(identities), images)


def measured(identities: int, **options: object) -> tuple[VerificationCurve, Confidence]:
    x, y = sample(np.random.default_rng(0), identities)
    curve = verification_curve(x, y, "euclidean")
    return curve, confidence(x, y, "euclidean", curve=curve, **options)  # type: ignore[arg-type]


def test_intervals_hold_the_figures_they_are_of() -> None:
    curve, found = measured(60)
    assert (found.identities, found.reason) == (60, None)
    assert found.auc.low < curve.auc < found.auc.high
    assert found.eer.low < curve.eer < found.eer.high
    for fpr, interval in found.tpr_at_fpr.items():
        assert interval.low <= curve.tpr_at_fpr(float(fpr)).tpr <= interval.high
        assert interval.high - interval.low > 0.01


def test_the_band_runs_around_the_curve_and_rises() -> None:
    curve, found = measured(60)
    band = found.band
    tpr = np.array([curve.tpr_at_fpr(fpr).tpr for fpr in band.fpr])
    assert ((band.low - 0.01 <= tpr) & (tpr <= band.high + 0.01)).all()
    assert (np.diff(band.low) >= -1e-9).all()
    assert (band.fpr[0], band.fpr[-1], band.low[-1], band.high[-1]) == (0, 1, 1, 1)


def test_more_identities_give_narrower_intervals() -> None:
    widths = [found.auc.high - found.auc.low for _, found in (measured(30), measured(120))]
    assert widths[1] < 0.7 * widths[0]


def test_few_identities_have_no_interval_and_a_reason() -> None:
    _, found = measured(19)
    assert (found.auc, found.eer, found.tpr_at_fpr, found.band) == (None, None, None, None)
    assert found.reason == "an interval needs at least 20 identities, found 19"


def test_what_is_printed_of_it() -> None:
    _, found = measured(25, fprs=(0.05,))
    assert found.to_json() == {
        "auc_interval": found.auc,
        "eer_interval": found.eer,
        "tpr_at_fpr_interval": {"0.05": found.tpr_at_fpr["0.05"]},
    }


def test_a_rate_without_a_figure_has_no_interval() -> None:
    _, found = measured(25, fprs=(0.05, 1e-6))
    assert found.tpr_at_fpr["0.05"] is not None
    assert found.tpr_at_fpr["1e-06"] is None


def test_the_same_seed_draws_the_same() -> None:
    assert measured(25, seed=3)[1].auc == measured(25, seed=3)[1].auc
    assert measured(25, seed=3)[1].auc != measured(25, seed=4)[1].auc


def test_identities_are_drawn_not_pairs() -> None:
    """Copies of each image add pairs, but no knowledge."""
    x, y = sample(np.random.default_rng(0), 40)
    narrow = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"))
    x, y = np.repeat(x, 3, axis=0) + 1e-9 * np.random.default_rng(1).normal(size=(len(x) * 3, 8)), np.repeat(y, 3)
    wide = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"))
    assert wide.auc.high - wide.auc.low > 0.6 * (narrow.auc.high - narrow.auc.low)


def test_replicates_are_those_of_measuring_the_drawn_images_again() -> None:
    """Weighted counts against embeddings that are really drawn, pairs between copies left out."""
    x, y = sample(np.random.default_rng(2), 20, 4)
    curve = verification_curve(x, y, "euclidean")
    observed = np.unique(np.concatenate([curve.genuine, curve.impostor]))
    edges = np.append((observed[1:] + observed[:-1]) / 2, observed[-1])
    counts = identity_counts.count_by_identity(x, y, "euclidean", edges)
    times = np.random.default_rng(5).multinomial(20, np.full(20, 1 / 20))
    rates = SampledRates(*bootstrap._weighted(counts, times[None].astype(float), None), edges, (1, 1))
    drawn = np.repeat(np.arange(20), times)
    copies = [(x[y == identity], identity) for identity in drawn]
    same, distances = [], []
    for a, (left, identity) in enumerate(copies):
        for b, (right, other) in enumerate(copies[a:], a):
            apart = np.linalg.norm(left[:, None] - right[None], axis=2)
            if a == b:
                distances += apart[np.triu_indices(len(left), 1)].tolist()
                same += [True] * (len(left) * (len(left) - 1) // 2)
            elif identity != other:
                distances += apart.ravel().tolist()
                same += [False] * apart.size
    assert rates.auc()[0] == pytest.approx(roc_auc_score(same, -np.array(distances)), abs=1e-9)


@pytest.mark.parametrize("most", [0, 1 << 23])
def test_leaving_an_identity_out_is_weighing_it_with_0(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_counts, "MOST_COUNTS", most)
    x, y = sample(np.random.default_rng(2), 20, 4)
    edges = np.linspace(0.1, 8.0, 40)
    counts = identity_counts.count_by_identity(x, y, "euclidean", edges)
    assert counts.impostor.ndim == (3 if most else 2)
    weighed, left_out = (
        SampledRates(*pairs, edges, (1, 1))
        for pairs in (bootstrap._weighted(counts, 1.0 - np.eye(20), None), bootstrap._without_one(counts))
    )
    np.testing.assert_allclose(left_out.auc(), weighed.auc(), atol=1e-12)
    others = verification_curve(x[y != 7], y[y != 7], "euclidean")
    assert left_out.auc()[7] == pytest.approx(others.auc, abs=0.02)


def test_counts_held_by_identity_say_nearly_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _, pairs = measured(120)
    monkeypatch.setattr(identity_counts, "MOST_COUNTS", 0)
    _, single = measured(120)
    width = pairs.auc.high - pairs.auc.low
    assert single.auc.low == pytest.approx(pairs.auc.low, abs=0.2 * width)
    assert single.auc.high == pytest.approx(pairs.auc.high, abs=0.2 * width)


def test_it_can_be_cancelled() -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        measured(25, watch=stop)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "identities",
    [
        pytest.param(60, marks=pytest.mark.xfail(reason="AUC covered in 91.3 %, EER in 92.5 %: too narrow for so few")),
        120,
    ],
)
def test_95_percent_intervals_hold_the_truth_95_times_of_100(identities: int) -> None:
    """400 samples of a population whose figures are known; 2 standard errors of the share are 2.2 %."""
    generator = np.random.default_rng(0)
    whole = verification_curve(*sample(generator, 4_000), "euclidean")
    truth = {"auc": whole.auc, "eer": whole.eer, "0.05": whole.tpr_at_fpr(0.05).tpr, "0.01": whole.tpr_at_fpr(0.01).tpr}
    held = dict.fromkeys(truth, 0)
    for seed in range(400):
        x, y = sample(generator, identities)
        curve = verification_curve(x, y, "euclidean")
        found = confidence(x, y, "euclidean", curve=curve, fprs=(0.05, 0.01), replicates=400, seed=seed)
        intervals = {"auc": found.auc, "eer": found.eer, **found.tpr_at_fpr}
        for name, value in truth.items():
            held[name] += intervals[name].low <= value <= intervals[name].high
    shares = {name: count / 400 for name, count in held.items()}
    assert all(0.93 <= share <= 0.97 for share in shares.values()), shares
