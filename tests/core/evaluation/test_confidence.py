"""Intervals by a bootstrap over identities."""

import numpy as np
import pytest

from core.data.tuples import ListedPairs
from core.errors import Cancelled
from core.evaluation import figures
from core.evaluation.confidence import Confidence, confidence, confidence_of
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.verification import verification_curve
from tests.core.evaluation.populations import Population

POPULATION = Population()


def measured(
    identities: int, population: Population = POPULATION, **options: object
) -> tuple[VerificationCurve, Confidence]:
    x, y = population.sample(np.random.default_rng(0), identities)
    curve = verification_curve(x, y, "euclidean")
    return curve, confidence(x, y, "euclidean", curve=curve, **options)  # type: ignore[arg-type]


def perfect(identities: int) -> tuple[VerificationCurve, Confidence]:
    """Identities that nobody takes for one another."""
    return measured(identities, Population(noise=1e-3))


def test_intervals_hold_the_figures_they_are_of() -> None:
    curve, found = measured(60)
    assert (found.identities, found.reason) == (60, None)
    assert found.auc.low < curve.auc < found.auc.high
    assert found.eer.low < curve.eer < found.eer.high
    for fpr, interval in found.tpr_at_fpr.items():
        assert interval.low <= curve.tpr_at_fpr(float(fpr)).tpr <= interval.high
        assert interval.high - interval.low > 0.01
    exact = {
        "partial_auc": figures.partial_auc(curve),
        "average_precision": figures.average_precision(curve),
        "min_dcf": figures.min_dcf(curve).cost,
        "d_prime": figures.d_prime(curve),
    }
    assert found.figures.keys() == exact.keys()
    for name, value in exact.items():
        assert found.figures[name].low < value < found.figures[name].high


def test_the_band_runs_around_the_curve_and_rises() -> None:
    curve, found = measured(60)
    band = found.band
    tpr = np.array([curve.tpr_at_fpr(fpr).tpr for fpr in band.fpr])
    assert ((band.low - 0.01 <= tpr) & (tpr <= band.high + 0.01)).all()
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.fpr[0], band.fpr[-1], band.low[-1], band.high[-1]) == (0, 1, 1, 1)


def test_both_rates_at_any_threshold() -> None:
    curve, found = measured(60)
    for threshold in np.linspace(curve.genuine[0], curve.impostor[-1], 50):
        point, rates = curve.at_threshold(threshold), found.at_threshold(threshold)
        assert rates.tpr.low - 0.01 <= point.tpr <= rates.tpr.high + 0.01
        assert rates.fpr.low - 0.01 <= point.fpr <= rates.fpr.high + 0.01
    nothing, everything = found.at_threshold(-1.0), found.at_threshold(1e9)
    assert nothing.tpr.low == nothing.fpr.low == 0
    assert nothing.fpr.high < 0.01
    assert everything.tpr.high == everything.fpr.high == 1
    with pytest.raises(ValueError, match="must be a number, found NaN"):
        found.at_threshold(np.nan)


def test_rates_at_a_threshold_vary_less_the_fewer_pairs_are_accepted() -> None:
    curve, found = measured(60)
    errors = [found.at_threshold(curve.tpr_at_fpr(fpr).threshold).fpr for fpr in (0.1, 0.01, 0.001)]
    widths = [interval.high - interval.low for interval in errors]
    assert widths[0] > widths[1] > widths[2]


def test_more_identities_give_narrower_intervals() -> None:
    widths = [found.auc.high - found.auc.low for _, found in (measured(30), measured(120))]
    assert widths[1] < 0.7 * widths[0]


def test_few_identities_have_no_interval_and_a_reason() -> None:
    _, found = measured(19)
    assert (found.auc, found.eer, found.tpr_at_fpr, found.band, dict(found.figures)) == (None, None, None, None, {})
    assert found.at_threshold(1.0) is None
    assert found.identities == 19
    assert found.reason == "an interval needs at least 20 identities, found 19"


@pytest.mark.parametrize("grouped", [False, True])
def test_few_identities_with_a_genuine_pair_have_no_interval(grouped: bool) -> None:
    """Of 30 identities 12 have one image, or two of one group."""
    x, y = Population(images=(2, 2)).sample(np.random.default_rng(0), 30)
    groups = np.where(y < 12, y, -1)
    kept = np.full(len(y), True) if grouped else (y >= 12) | (np.arange(len(y)) % 2 == 0)
    x, y, groups = x[kept], y[kept], groups[kept] if grouped else None
    curve = verification_curve(x, y, "euclidean", groups=groups)
    found = confidence(x, y, "euclidean", curve=curve, groups=groups)
    assert found.reason == "an interval needs at least 20 identities with a genuine pair, found 18"


def test_listed_pairs_have_no_interval_and_a_reason() -> None:
    x, y = POPULATION.sample(np.random.default_rng(0), 25)
    pairs = ListedPairs(np.array([[0, 1]]), np.array([[0, 5]]))
    images = EvaluatedImages(x.astype(np.float32), y, np.arange(len(y)), pairs=pairs)
    found = confidence_of(images, "euclidean", curve=verification_curve(x, y, "euclidean"))
    assert found.auc is None
    assert found.reason == "no interval, since identities cannot be drawn where only pairs are listed"


def test_pairs_within_a_group_count_nowhere() -> None:
    """Copies of images in the group of their original change nothing."""
    x, y = POPULATION.sample(np.random.default_rng(0), 30)
    curve = verification_curve(x, y, "euclidean")
    alone = confidence(x, y, "euclidean", curve=curve, replicates=200)
    twice, names, groups = np.concatenate([x, x[::5]]), np.concatenate([y, y[::5]]), np.arange(len(x))
    groups = np.concatenate([groups, groups[::5]])
    curve = verification_curve(twice, names, "euclidean", groups=groups)
    found = confidence(twice, names, "euclidean", curve=curve, groups=groups, replicates=200)
    assert found.auc.low == pytest.approx(alone.auc.low, abs=0.02)
    without = confidence(twice, names, "euclidean", curve=verification_curve(twice, names, "euclidean"), replicates=200)
    assert without.auc.high > found.auc.high


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
    x, y = POPULATION.sample(np.random.default_rng(0), 40)
    narrow = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"))
    x, y = np.repeat(x, 3, axis=0) + 1e-9 * np.random.default_rng(1).normal(size=(len(x) * 3, 8)), np.repeat(y, 3)
    wide = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"))
    assert wide.auc.high - wide.auc.low > 0.6 * (narrow.auc.high - narrow.auc.low)


def test_nobody_seen_to_fail_does_not_make_a_point() -> None:
    """30 identities without an error leave room for 3 in 30 that fail."""
    curve, found = perfect(30)
    assert (curve.auc, curve.eer, curve.tpr_at_fpr(0.01).tpr) == (1, 0, 1)
    assert found.auc == pytest.approx((0.9, 1.0))
    assert found.eer == pytest.approx((0.0, 0.1))
    assert found.tpr_at_fpr["0.01"] == pytest.approx((0.9, 1.0))
    rates = found.at_threshold(curve.genuine[-1])
    assert 0.85 < rates.tpr.low < 0.95
    assert (rates.tpr.high, rates.fpr.low) == (1, 0)
    assert 0 < rates.fpr.high <= 0.1 + 1e-9


def test_distances_that_are_all_alike_have_no_interval_of_their_separation() -> None:
    """Genuine pairs at 0, impostor pairs at the square root of 2, but for rounding."""
    y = np.repeat(np.arange(25), 3)
    x = np.eye(25)[y] + 1e-9 * np.random.default_rng(0).normal(size=(75, 25))
    found = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"), replicates=50)
    assert found.auc == pytest.approx((1 - 3 / 25, 1))
    assert all(np.isfinite(interval).all() for interval in found.figures.values())


def test_embeddings_that_have_collapsed() -> None:
    x, y = np.ones((50, 4)), np.repeat(np.arange(25), 2)
    found = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"), replicates=50)
    assert found.auc == found.eer == pytest.approx((0.44, 0.56))
    assert set(found.tpr_at_fpr.values()) == {None}
    assert found.at_threshold(0.0).fpr.high == 1
    assert "d_prime" not in found.figures


def test_one_error_makes_no_narrower_interval_than_it_should() -> None:
    """One of 40 identities fails: exactly (Clopper and Pearson) between 0.6 and 13.2 per cent of them would."""
    x, y = Population(noise=1e-3, images=(2, 2)).sample(np.random.default_rng(0), 40)
    x[0] += 100.0
    found = confidence(x, y, "euclidean", curve=verification_curve(x, y, "euclidean"))
    low, high = found.tpr_at_fpr["0.05"]
    assert 0.7 < low < 0.95
    assert 0.985 < high < 1


def test_it_tells_how_far_it_is_and_can_be_cancelled_anywhere() -> None:
    shares: list[float] = []
    measured(25, watch=shares.append)
    assert len(shares) >= 2
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    for last in range(len(shares)):
        left = iter(range(last))

        def stop(share: float, left=left) -> None:
            if next(left, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            measured(25, watch=stop)


def held(population: Population, identities: int, samples: int, replicates: int = 400) -> dict[str, float]:
    """How often 95 % intervals hold the truth of a population."""
    rates = np.array([0.05, 0.01, 0.002, 0.02, 0.1, 0.3])
    auc, eer, tpr = population.truth(np.random.default_rng(1), rates)
    truth = {"auc": auc, "eer": eer, "0.05": tpr[0], "0.01": tpr[1]}
    counts = dict.fromkeys([*truth, "band"], 0.0)
    generator = np.random.default_rng(0)
    for seed in range(samples):
        x, y = population.sample(generator, identities)
        curve = verification_curve(x, y, "euclidean")
        found = confidence(x, y, "euclidean", curve=curve, fprs=(0.05, 0.01), replicates=replicates, seed=seed)
        intervals = {"auc": found.auc, "eer": found.eer, **found.tpr_at_fpr}
        for name, value in truth.items():
            counts[name] += intervals[name].low <= value <= intervals[name].high
        low, high = (np.interp(rates, found.band.fpr, limits) for limits in (found.band.low, found.band.high))
        counts["band"] += ((low <= tpr) & (tpr <= high)).mean()
    return {name: count / samples for name, count in counts.items()}


@pytest.mark.long
def test_95_percent_intervals_hold_the_truth_about_95_times_of_100() -> None:
    """60 samples: were it exactly 95 %, fewer than 50 (83 %) would hold it less than once in 1,000 times."""
    shares = held(POPULATION, 60, samples=60, replicates=200)
    assert all(share >= 50 / 60 for share in shares.values()), shares


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("population", "identities"),
    [
        (POPULATION, 30),
        (POPULATION, 60),
        (POPULATION, 120),
        (Population(noise=0.8, heterogeneity=0.6), 60),
        (Population(images=(2, 12)), 60),
        (Population(dimensions=16, noise=0.45, images=(4, 4)), 60),
    ],
    ids=["30 identities", "60 identities", "120 identities", "AUC 0.78", "2 to 12 images", "AUC 0.99"],
)
def test_95_percent_intervals_hold_the_truth_93_to_97_times_of_100(population: Population, identities: int) -> None:
    """1,000 samples; 2 standard errors of the share are 1.4 %."""
    shares = held(population, identities, samples=1_000)
    assert all(0.93 <= share <= 0.97 for share in shares.values()), shares
