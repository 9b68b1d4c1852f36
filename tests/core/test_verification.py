"""Two images, one verdict, whichever way it is asked for."""

import json
import math
import shutil
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from core.distances import exact_distances
from core.errors import Cancelled, InputError
from core.evaluation.calibration import fit_isotonic, fit_platt
from core.evaluation.curve import VerificationCurve
from core.evaluation.report import default_threshold
from core.evaluation.verification import verification_curve
from core.fitted_distances import fit_distance
from core.runs import Run, ThresholdChoice
from core.stored_distances import save_distance
from core.training.outcome import load_snapshot
from core.training.session import train
from core.verification import Verifier
from tests.core.many_identities import snapshot_of_many, store_many


@pytest.fixture(scope="module")
def verifier(trained) -> Verifier:
    return Verifier.load(trained)


@pytest.fixture(scope="module")
def pair(shapes):
    return shapes / "images" / "circle" / "02.png", shapes / "images" / "square" / "05.png"


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


# --- loading


def test_run_and_path_give_the_same(trained, pair) -> None:
    verdicts = [Verifier.load(run).verify(*pair) for run in (trained, trained.path, str(trained.path))]
    assert verdicts[0] == verdicts[1] == verdicts[2]
    assert Verifier.load(trained).step == 8


def test_without_a_checkpoint(copied) -> None:
    shutil.rmtree(copied.path / "checkpoints")
    with pytest.raises(InputError, match="has no checkpoint yet"):
        Verifier.load(copied)


def test_newer_weights_of_a_run_that_trains(trained, pair) -> None:
    loaded = Verifier.load(trained)
    other = Verifier.untrained(trained)
    assert other.step == 0
    other.use_weights(8, loaded._model.state_dict())
    assert other.step == 8
    assert other.verify(*pair) == loaded.verify(*pair)


# --- embeddings


def test_path_image_and_array_are_one(verifier, pair) -> None:
    image = Image.open(pair[0])
    sources = [pair[0], str(pair[0]), image, np.asarray(image)]
    rows = verifier.embed(sources)
    assert rows.shape == (4, 8)
    assert rows.dtype == np.float32
    assert all(np.array_equal(rows[0], row) for row in rows)
    assert np.linalg.norm(rows[0]) == pytest.approx(1, abs=1e-6)


def test_one_image_is_a_list_of_one(verifier, pair) -> None:
    image = Image.open(pair[0])
    expected = verifier.embed([pair[0]])
    for source in (pair[0], str(pair[0]), image, np.asarray(image)):
        np.testing.assert_array_equal(verifier.embed(source), expected)


def test_no_images(verifier) -> None:
    assert verifier.embed([]).shape == (0, 8)


def test_any_size_and_kind_of_image(verifier) -> None:
    """A run trained at 16 pixels takes what comes."""
    random = np.random.default_rng(0)
    sources = [
        Image.fromarray(random.integers(0, 256, (5, 90), dtype=np.uint8)),
        random.integers(0, 256, (200, 100, 3), dtype=np.uint8),
        Image.new("RGBA", (1, 1)),
    ]
    assert np.isfinite(verifier.embed(sources)).all()


def test_the_model_sees_what_it_saw_in_training(trained, verifier, shapes) -> None:
    snapshot = load_snapshot(trained, 8)
    names = [trained.samples().ids[position] for position in snapshot.sample_ids[:6]]
    np.testing.assert_allclose(
        verifier.embed([shapes / "images" / name for name in names]), snapshot.embeddings[:6], atol=1e-5
    )


def test_many_images_are_embedded_as_one_is(verifier, shapes, monkeypatch) -> None:
    """In batches of two, so that the last one is not full."""
    monkeypatch.setattr("core.models.inference.PIXELS_AT_ONCE", 2 * 16 * 16)
    files = [*sorted((shapes / "images").glob("*/00.png")), shapes / "images" / "cross" / "01.png"]
    said: list[float] = []
    found = verifier.embed_many(files, said.append)
    np.testing.assert_allclose(found, verifier.embed(files), atol=1e-6)
    assert said == [0.0, 0.4, 0.8]
    assert verifier.embed_many([]).shape == (0, 8)


def test_many_images_until_they_are_not_wanted(verifier, shapes) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verifier.embed_many([shapes / "images" / "circle" / "00.png"], stop)


def test_one_of_many_is_no_image(verifier, shapes, tmp_path) -> None:
    with pytest.raises(InputError, match=r"missing\.png: an image file is needed, found no file"):
        verifier.embed_many([shapes / "images" / "circle" / "00.png", tmp_path / "missing.png"])


def test_a_reading(verifier, pair, trained) -> None:
    reading = verifier.read(pair[0])
    np.testing.assert_array_equal(reading.embedding, verifier.embed(pair[0])[0])
    assert reading.class_name in trained.info.data.training_classes
    assert 0.25 <= reading.confidence <= 1
    assert reading.mask.shape == (16, 16)
    assert set(np.unique(reading.mask)) <= {0, 255}


@pytest.mark.parametrize("content", [b"", b"text"])
def test_what_is_no_image(verifier, pair, tmp_path, content) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    for a, b in ((path, pair[0]), (pair[0], path), (tmp_path / "none.png", pair[0])):
        with pytest.raises(InputError, match=r"(a|none)\.png: "):
            verifier.verify(a, b)
    with pytest.raises(InputError, match=r"uint8 \[H, W, 3\]"):
        verifier.embed(np.zeros((4, 4), dtype=np.float32))


# --- verdicts


def test_a_verdict_by_hand(verifier, pair, trained) -> None:
    a, b = (row.astype(np.float64) for row in verifier.embed(pair))
    distance = 1 - a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
    verdict = verifier.verify(*pair)
    curve = load_snapshot(trained, 8).curve
    assert verdict.distance == pytest.approx(distance, abs=1e-12)
    assert verdict.threshold == trained.threshold().threshold == default_threshold(curve).point.threshold
    assert verdict.same == (distance <= verdict.threshold)
    assert verdict.expected_fpr == (curve.impostor <= verdict.threshold).mean()
    assert verdict.expected_tpr == (curve.genuine <= verdict.threshold).mean()
    slope, intercept = trained.evaluation().calibration.slope, trained.evaluation().calibration.intercept
    assert verdict.probability == pytest.approx(1 / (1 + math.exp(-(slope * distance + intercept))))


def test_the_order_of_two_images_does_not_matter(verifier, pair) -> None:
    assert verifier.verify(*pair) == verifier.verify(*reversed(pair))


def test_an_image_is_the_same_as_itself(verifier, pair) -> None:
    verdict = verifier.verify(pair[0], pair[0], threshold=0.0)
    assert (verdict.distance, verdict.same) == (0.0, True)


def test_the_threshold_belongs_to_same(verifier, pair) -> None:
    distance = verifier.verify(*pair).distance
    assert verifier.verify(*pair, threshold=distance).same
    assert not verifier.verify(*pair, threshold=math.nextafter(distance, -math.inf)).same


def test_probability_never_rises_with_the_distance(verifier) -> None:
    values = [verifier.probability(distance) for distance in np.linspace(0, 2, 50)]
    assert all(0 <= value <= 1 for value in values)
    assert all(before >= after for before, after in pairwise(values))
    assert values[0] > values[-1]


@pytest.mark.parametrize("threshold", [math.nan, math.inf, -math.inf])
def test_a_threshold_that_is_none(verifier, pair, threshold) -> None:
    with pytest.raises(InputError, match="threshold: must be a finite distance, found"):
        verifier.verify(*pair, threshold=threshold)


def test_a_threshold_for_an_fpr(verifier, pair, trained) -> None:
    curve = load_snapshot(trained, 8).curve
    verdict = verifier.verify(*pair, fpr=0.25)
    assert verdict.threshold == curve.tpr_at_fpr(0.25).threshold
    assert verdict.expected_fpr <= 0.25


@pytest.mark.parametrize("fpr", [-0.1, 1.5, math.nan])
def test_an_fpr_that_is_none(verifier, pair, fpr) -> None:
    with pytest.raises(InputError, match="fpr: must be between 0 and 1, found"):
        verifier.verify(*pair, fpr=fpr)


@pytest.mark.parametrize("fpr", [0.0, 0.001])
def test_an_fpr_that_the_pairs_cannot_show(verifier, pair, fpr) -> None:
    with pytest.raises(InputError, match=r"no threshold, FPR .* 96 impostor pairs cannot show a rate that low"):
        verifier.verify(*pair, fpr=fpr)


def test_a_persons_threshold_is_used(copied, pair) -> None:
    choice = ThresholdChoice(
        threshold=0.123, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=8
    )
    copied.choose_threshold(choice)
    assert Verifier.load(copied).verify(*pair).threshold == 0.123
    assert Verifier.load(copied).verify(*pair).threshold == 0.123


def fit(run: Run, name: str, step: int = 8):
    snapshot = load_snapshot(run, 8)
    rule = fit_distance(name, snapshot.embeddings[~snapshot.held_out], snapshot.labels[~snapshot.held_out])
    save_distance(run, rule, step)
    return rule


def chosen(distance: str, step: int = 8) -> ThresholdChoice:
    return ThresholdChoice(
        threshold=0.7, distance=distance, fpr=None, chosen_by="person", rule="set by hand", step=step
    )


@pytest.mark.parametrize("name", ["euclidean", "squared-euclidean", "mahalanobis", "nca"])
def test_the_distance_is_that_of_the_stored_threshold(copied, pair, name) -> None:
    """By hand, rates and probability too; the run's own distance is cosine."""
    W = fit(copied, name).W if name in ("mahalanobis", "nca") else np.eye(8)
    copied.choose_threshold(chosen(name))
    verifier = Verifier.load(copied)
    verdict = verifier.verify(*pair)
    power = 2 if name == "squared-euclidean" else 1
    a, b = verifier.embed(pair).astype(np.float64) @ W.T
    assert verdict.distance == pytest.approx(np.linalg.norm(a - b) ** power, rel=1e-9)
    assert (verdict.threshold, verdict.same) == (0.7, verdict.distance <= 0.7)
    snapshot = load_snapshot(copied, 8)
    held_out = snapshot.embeddings[snapshot.held_out].astype(np.float64) @ W.T
    curve = verification_curve(held_out, snapshot.labels[snapshot.held_out], "euclidean")
    assert verdict.expected_fpr == curve.at_threshold(0.7 ** (1 / power)).fpr
    assert verdict.expected_tpr == curve.at_threshold(0.7 ** (1 / power)).tpr
    expected = fit_platt(VerificationCurve(curve.genuine**power, curve.impostor**power)).probability(verdict.distance)
    assert verdict.probability == pytest.approx(expected, rel=1e-6)
    assert verifier.verify(*pair, fpr=0.25).threshold == pytest.approx(curve.tpr_at_fpr(0.25).threshold ** power)


def test_a_fitted_distance_belongs_to_the_step_it_was_fitted_at(copied, pair) -> None:
    fit(copied, "mahalanobis", step=4)
    copied.choose_threshold(chosen("mahalanobis", step=4))
    with pytest.raises(InputError, match="has no mahalanobis distance of step 8; fit it by evaluate"):
        Verifier.load(copied).verify(*pair)
    fit(copied, "mahalanobis")
    words = r"the stored threshold must be for a mahalanobis distance fitted at the model's step 8, found step 4"
    with pytest.raises(InputError, match=words):
        Verifier.load(copied).verify(*pair)
    assert math.isfinite(Verifier.load(copied).verify(*pair, fpr=0.25).threshold)
    assert Verifier.load(copied).verify(*pair, threshold=1.5).threshold == 1.5


def test_another_distance_than_the_stored_thresholds(copied, pair) -> None:
    verifier = Verifier.load(copied)
    own = verifier.verify(*pair)
    snapshot, rule = load_snapshot(copied, 8), fit(copied, "mahalanobis")
    curve = verification_curve(snapshot.embeddings[snapshot.held_out], snapshot.labels[snapshot.held_out], rule)
    verifier.compare_by(rule, curve)
    distance = verifier.distance(*verifier.embed(pair))
    assert distance == float(exact_distances(*verifier.embed(pair)[:, None], rule))
    assert verifier.probability(distance) == fit_platt(curve).probability(distance)
    verifier.compare_by("cosine", snapshot.curve)
    assert verifier.verify(*pair) == own


# --- many identities


@pytest.fixture
def many(copied) -> Run:
    store_many(copied, last=False)
    return Run.open(copied.path)


def test_rates_are_those_of_identities_that_no_threshold_is_chosen_on(many, pair) -> None:
    """By hand: odd identities report, even ones choose."""
    snapshot = snapshot_of_many()
    odd = snapshot.labels % 2 == 1
    choosing, reporting = (verification_curve(snapshot.embeddings[rows], snapshot.labels[rows]) for rows in (~odd, odd))
    verifier = Verifier.load(many)
    verdict = verifier.verify(*pair)
    assert verdict.threshold == choosing.tpr_at_fpr(0.01).threshold
    for found, threshold in ((verdict, verdict.threshold), (verifier.verify(*pair, threshold=0.4), 0.4)):
        assert (found.expected_tpr, found.expected_fpr) == (
            (reporting.genuine <= threshold).mean(),
            (reporting.impostor <= threshold).mean(),
        )
    assert verifier.verify(*pair, fpr=0.1).threshold == choosing.tpr_at_fpr(0.1).threshold
    assert verdict.probability == pytest.approx(fit_platt(choosing).probability(verdict.distance))


def test_too_low_an_fpr_for_the_half_that_chooses(many, pair) -> None:
    with pytest.raises(InputError, match=r"no threshold, FPR 0\.01 %: .* 6840 impostor pairs cannot show"):
        Verifier.load(many).verify(*pair, fpr=0.0001)


def test_probability_follows_the_method_that_is_chosen(many, pair) -> None:
    """At once, also in a verifier that is loaded already, and whatever the evaluation holds."""
    choosing = snapshot_of_many().parts.choosing
    verifier = Verifier.load(many)
    distance = verifier.verify(*pair).distance
    many.choose_calibration("isotonic")
    expected = fit_isotonic(choosing).probability(distance)
    assert verifier.probability(distance) == expected != fit_platt(choosing).probability(distance)
    assert Verifier.load(many).verify(*pair).probability == expected
    store_many(many, last=False)
    assert many.evaluation().calibration.method == "isotonic"
    assert Verifier.load(many).verify(*pair).probability == expected
    many.choose_calibration("platt")
    assert verifier.probability(distance) == pytest.approx(fit_platt(choosing).probability(distance))


def test_another_distance_is_chosen_and_reported_on_halves_too(many, pair) -> None:
    snapshot = snapshot_of_many(distance="euclidean")
    verifier = Verifier.load(many)
    verifier.compare_by("euclidean", snapshot.curve, snapshot.parts)
    assert verifier.expected(0.9) == snapshot.parts.reporting.at_threshold(0.9)
    assert verifier.probability(0.9) == fit_platt(snapshot.parts.choosing).probability(0.9)
    many.choose_threshold(chosen("euclidean"))
    found = Verifier.load(many).verify(*pair)
    assert found.expected_tpr == snapshot.parts.reporting.at_threshold(0.7).tpr
    assert found.probability == pytest.approx(fit_platt(snapshot.parts.choosing).probability(found.distance))


def test_a_damaged_choice_of_the_method_is_one_sentence(copied, pair) -> None:
    (copied.path / "evaluation" / "calibration.json").write_text('{"method": "none"}')
    with pytest.raises(InputError, match=r"calibration\.json: damaged, method: input should be 'platt' or 'isotonic'"):
        Verifier.load(copied).verify(*pair)


def test_a_run_that_was_never_evaluated(copied, pair) -> None:
    shutil.rmtree(copied.path / "evaluation")
    shutil.rmtree(copied.path / "snapshots")
    verifier = Verifier.load(copied)
    with pytest.raises(InputError, match="has no threshold yet; give one by --threshold"):
        verifier.verify(*pair)
    with pytest.raises(InputError, match="has no held-out pairs to find the threshold of FPR 5 % on"):
        verifier.verify(*pair, fpr=0.05)
    verdict = verifier.verify(*pair, threshold=0.5)
    assert (verdict.probability, verdict.expected_fpr, verdict.expected_tpr) == (None, None, None)


def test_damage_to_the_evaluation_is_one_sentence(copied, pair) -> None:
    file = copied.path / "evaluation" / "step-000008.json"
    file.write_text(json.dumps({"step": 8}))
    with pytest.raises(InputError, match=r"step-000008\.json: damaged"):
        Verifier.load(copied).verify(*pair)


def test_euclidean_runs_measure_euclidean_distances(tiny, tmp_path, pair) -> None:
    verifier = Verifier.load(train(tiny(epochs=1, distance="euclidean"), tmp_path / "run"))
    a, b = verifier.embed(pair)
    assert verifier.verify(*pair).distance == pytest.approx(np.linalg.norm(a.astype(np.float64) - b), abs=1e-9)
