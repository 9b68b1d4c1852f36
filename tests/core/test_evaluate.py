import shutil

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KNeighborsClassifier

from core.data.dataset import DecodedDataset
from core.distances import LinearDistance
from core.errors import Cancelled, InputError
from core.evaluate import evaluate_run
from core.evaluation.masks import mask_scorer
from core.evaluation.retrieval import retrieval_scores
from core.evaluation.verification import verification_curve
from core.fitted_distances import fit_distance
from core.run_content import Exclusion
from core.runs import Run
from core.stored_distances import load_distance, save_distance
from core.training.session import train
from core.verification import Verifier
from tests.core.conftest import draw_folder


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


def test_the_held_out_part_again(trained) -> None:
    """The stored weights on the stored images give what training printed."""
    measured = evaluate_run(trained)
    result = trained.result()
    for name, value in measured.report.to_json().items():
        assert value == pytest.approx(result[name], abs=1e-4), name
    assert measured.problems == ()


def test_all_images(trained, shapes) -> None:
    report = evaluate_run(trained, part="all").report
    assert (report.genuine_pairs, report.impostor_pairs) == (4 * 66, 48 * 47 // 2 - 4 * 66)
    verifier = Verifier.load(trained)
    samples = trained.samples()
    embeddings = verifier.embed([shapes / "images" / name for name in samples.ids]).astype(np.float64)
    first, second = np.triu_indices(48, 1)
    distances = 1 - (embeddings[first] * embeddings[second]).sum(axis=1)
    assert report.auc == pytest.approx(
        roc_auc_score(samples.labels[first] == samples.labels[second], -distances), abs=1e-3
    )


def test_distances_of_unit_vectors_order_alike(trained) -> None:
    cosine, euclidean = (evaluate_run(trained, distance=name).report for name in ("cosine", "euclidean"))
    assert euclidean.auc == pytest.approx(cosine.auc, abs=1e-6)
    assert euclidean.threshold_at_fpr["0.05"] == pytest.approx((2 * cosine.threshold_at_fpr["0.05"]) ** 0.5, rel=1e-5)


@pytest.mark.parametrize("name", ["mahalanobis", "nca"])
def test_a_fitted_distance_is_fitted_on_the_training_images_and_kept(copied, shapes, name) -> None:
    report = evaluate_run(copied, distance=name).report
    samples, verifier = copied.samples(), Verifier.load(copied)
    embeddings = verifier.embed([shapes / "images" / sample for sample in samples.ids])
    held_out = samples.held_out
    rule = fit_distance(name, embeddings[~held_out], samples.labels[~held_out])
    expected = verification_curve(embeddings[held_out], samples.labels[held_out], rule)
    assert report.auc == pytest.approx(expected.auc, abs=1e-3)
    kept = load_distance(copied, name, 8)
    np.testing.assert_allclose(kept.W, rule.W, rtol=1e-2, atol=1e-2 * np.abs(rule.W).max())


def test_a_kept_distance_is_used_again_and_on_other_data(copied, tmp_path) -> None:
    W = np.diag([1.0, 0, 0, 0, 0, 0, 0, 0])
    save_distance(copied, LinearDistance("nca", W), step=8)
    samples, verifier = copied.samples(), Verifier.load(copied)
    data = draw_folder(tmp_path / "more", per_class=3, masks=False)
    for run_data, folder in ((None, None), (str(data), data)):
        report = evaluate_run(copied, data=run_data, distance="nca").report
        assert 0 <= report.auc <= 1
        if folder is not None:
            files = sorted((folder / "images").glob("*/*.png"))
            first = verifier.embed(files)[:, :1].astype(np.float64)
            labels = np.repeat(np.arange(4), 3)
            assert report.auc == pytest.approx(verification_curve(first, labels, "euclidean").auc, abs=1e-3)
    assert samples.held_out.any()


def test_a_distance_of_another_step_is_fitted_anew(copied) -> None:
    save_distance(copied, LinearDistance("mahalanobis", np.zeros((8, 8))), step=4)
    assert evaluate_run(copied, distance="mahalanobis").report.auc > 0.5
    assert load_distance(copied, "mahalanobis", 8).W.any()
    assert not copied.distance_path("mahalanobis", 4).exists()


def test_other_data_by_a_distance_that_must_be_fitted_first(copied, tmp_path) -> None:
    data = draw_folder(tmp_path / "more", per_class=3, masks=False)
    evaluate_run(copied, data=str(data), distance="mahalanobis")
    on_other = load_distance(copied, "mahalanobis", 8).W
    copied.distance_path("mahalanobis", 8).unlink()
    evaluate_run(copied, distance="mahalanobis")
    np.testing.assert_array_equal(load_distance(copied, "mahalanobis", 8).W, on_other)


def test_other_data(trained, tmp_path) -> None:
    """Known classes count for the accuracy, an unknown one does not; what cannot be read is listed."""
    data = draw_folder(tmp_path / "more", per_class=5, masks=False)
    (data / "images" / "cross").rename(data / "images" / "star")
    (data / "images" / "circle" / "bad.png").write_bytes(b"")
    measured = evaluate_run(trained, data=str(data))
    assert measured.report.classes == 4
    assert measured.report.genuine_pairs == 4 * 10
    assert measured.report.segmentation_iou is None
    assert measured.report.classification_accuracy is not None
    assert [problem.where for problem in measured.problems] == ["circle/bad.png"]


def test_data_without_a_known_class_has_no_accuracy(trained, tmp_path) -> None:
    data = draw_folder(tmp_path / "more", per_class=3, masks=False) / "images"
    for number, folder in enumerate(sorted(data.iterdir())):
        folder.rename(data / f"new{number}")
    assert evaluate_run(trained, data=str(data)).report.classification_accuracy is None


def test_a_closed_set_is_looked_up_among_the_training_images(trained, shapes) -> None:
    measured = evaluate_run(trained)
    samples, verifier = trained.samples(), Verifier.load(trained)
    embeddings = verifier.embed([shapes / "images" / sample for sample in samples.ids])
    known, asked = ~samples.held_out, samples.held_out
    classifier = KNeighborsClassifier(1).fit(embeddings[known], samples.labels[known])
    assert measured.knn_accuracy[1] == pytest.approx(classifier.score(embeddings[asked], samples.labels[asked]))
    assert list(measured.knn_accuracy) == [1, 5]
    # All images vote for one another.
    everything = evaluate_run(trained, part="all")
    assert everything.knn_accuracy[1] == pytest.approx(everything.retrieval.precision_at_1)


def test_classes_and_masks(trained) -> None:
    measured = evaluate_run(trained)
    table, masks = measured.confusion, measured.segmentation
    assert (table.classes, table.counts.sum()) == (("circle", "cross", "square", "triangle"), 16)
    assert table.counts.trace() / 16 == measured.report.classification_accuracy
    assert [(row.name, row.images) for row in masks.classes] == [(name, 4) for name in table.classes]
    assert masks.iou == measured.report.segmentation_iou == pytest.approx(np.mean([row.iou for row in masks.classes]))
    assert masks.iou <= masks.dice


def test_what_it_is_over(trained) -> None:
    measured = evaluate_run(trained)
    samples = trained.samples()
    np.testing.assert_array_equal(measured.images.sample_ids, np.flatnonzero(samples.held_out))
    np.testing.assert_array_equal(measured.images.labels, samples.labels[samples.held_out])
    assert measured.sample_names == samples.ids
    assert (measured.class_names, measured.step, measured.part) == (trained.info.data.classes, 8, "held-out")
    assert (measured.distance.name, measured.parts) == ("cosine", None)
    assert measured.curve.auc == measured.report.auc
    assert "found 4" in measured.confidence.reason
    assert any(warning.startswith("the threshold was not checked on other identities") for warning in measured.warnings)


def test_an_open_set_has_no_table_of_classes(tiny, tmp_path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("circle\nsquare\n")
    measured = evaluate_run(train(tiny(epochs=1, split="open", holdout=names), tmp_path / "run"))
    assert measured.confusion is None
    assert measured.knn_accuracy[1] == pytest.approx(measured.retrieval.precision_at_1)
    assert [row.name for row in measured.per_class] == ["circle", "square"]
    assert measured.per_class[0].recall is None
    assert measured.per_class[0].iou is not None


def test_excluded_images_are_left_out(copied) -> None:
    out = np.flatnonzero(copied.samples().held_out)[0]
    copied.save_exclusions([Exclusion(sample=copied.samples().ids[out], reason="wrong label", at="")])
    measured = evaluate_run(copied)
    assert out not in measured.images.sample_ids
    assert len(measured.images) == 15
    assert measured.confusion.counts.sum() == 15
    assert "left out as excluded from the run: 1 of 16 images" in measured.warnings
    everything = evaluate_run(copied, part="all")
    assert len(everything.images) == 47
    other = evaluate_run(copied, data=copied.config.data)
    assert len(other.images) == 48


def test_groups_are_left_out_of_all_that_compares(trained, tmp_path) -> None:
    data = draw_folder(tmp_path / "more", per_class=4, masks=False)
    names = sorted(f"{path.parent.name}/{path.name}" for path in (data / "images").glob("*/*.png"))
    # In each class the first two are of one shoot, and the others of none.
    rows = [f"{name},{name.split('/')[0]}" for name in names if name[-5] in "01"]
    (data / "groups.csv").write_text("\n".join(["image,group", *rows]))
    measured = evaluate_run(trained, data=str(data))
    images = measured.images
    assert measured.report.genuine_pairs == 4 * (6 - 1)
    expected = retrieval_scores(images.embeddings, images.labels, groups=images.groups)
    assert measured.retrieval.r_precision == pytest.approx(expected.r_precision)
    assert measured.knn_accuracy[1] == pytest.approx(expected.precision_at_1)
    assert measured.report.precision_at_1 == measured.retrieval.precision_at_1


def test_stages_are_told(copied) -> None:
    told = []
    evaluate_run(copied, distance="mahalanobis", watch=lambda stage, share: told.append((stage, share)))
    stages = list(dict.fromkeys(stage for stage, _ in told))
    assert stages == [
        "decoding images",
        "embedding images",
        "fitting the distance",
        "measuring pairs",
        "measuring pairs of half of the identities",
        "looking up neighbours",
        "letting neighbours vote",
        "clustering",
        "drawing identities for the intervals",
    ]
    assert all(0 <= share <= 1 for _, share in told)


@pytest.mark.parametrize("wanted", ["decoding images", "embedding images", "measuring pairs", "clustering"])
def test_it_can_be_given_up_at_any_stage(trained, wanted) -> None:
    def watch(stage: str, share: float) -> None:
        if stage == wanted:
            raise Cancelled

    with pytest.raises(Cancelled):
        evaluate_run(trained, watch=watch)


def test_images_that_changed_since(tiny, tmp_path) -> None:
    data = draw_folder(tmp_path / "shapes", per_class=6)
    run = train(tiny(epochs=1, data=str(data)), tmp_path / "run")
    (data / "images" / "circle" / "00.png").unlink()
    with pytest.raises(InputError, match="the images have changed since the run was trained on them"):
        evaluate_run(run)
    shutil.rmtree(data)
    with pytest.raises(InputError, match="no such folder"):
        evaluate_run(run)


def test_the_split_is_the_stored_one(tiny, tmp_path) -> None:
    """A file of held-out classes may be gone by then."""
    names = tmp_path / "names.txt"
    names.write_text("circle\nsquare\n")
    run = train(tiny(epochs=1, split="open", holdout=names), tmp_path / "run")
    names.unlink()
    report = evaluate_run(run).report
    assert (report.classes, report.genuine_pairs) == (2, 2 * 66)
    assert report.auc == pytest.approx(run.result()["auc"], abs=1e-4)


def test_a_run_without_a_checkpoint(copied) -> None:
    shutil.rmtree(copied.path / "checkpoints")
    with pytest.raises(InputError, match="has no checkpoint yet"):
        evaluate_run(copied)


def test_a_part_without_pairs(tiny, tmp_path) -> None:
    run = train(tiny(epochs=1, holdout=0.1), tmp_path / "run")
    with pytest.raises(InputError, match="genuine pairs need an identity with 2 images"):
        evaluate_run(run)


def test_masks_are_scored_where_they_are_known(tiny, shapes) -> None:
    """By hand: of three asked for, one has no mask; one is covered whole, one by half."""
    masks = np.zeros((4, 4, 4), dtype=np.uint8)
    masks[:, :2] = 255
    data = DecodedDataset(
        name="",
        classes=("a", "b"),
        ids=("a/0", "a/1", "b/0", "b/1"),
        labels=np.array([0, 0, 1, 1]),
        images=np.zeros((4, 3, 4, 4), dtype=np.uint8),
        masks=masks,
        has_mask=np.array([True, True, False, True]),
        problems=(),
        content_hash="",
        directional=False,
    )
    scorer = mask_scorer(data, np.array([0, 1, 2]))
    whole = np.where(masks[:1] > 0, 5.0, -5.0).astype(np.float32)
    half = whole.copy()
    half[0, 1] = -5.0
    assert scorer.mean_iou() is None
    scorer(np.array([3, 2]), np.concatenate([half, half]))  # not asked for, no mask
    assert scorer.mean_iou() is None
    scorer(np.array([1, 0]), np.concatenate([half, whole]))
    assert scorer.mean_iou() == pytest.approx(0.75)
    assert mask_scorer(data, np.array([2])) is None
