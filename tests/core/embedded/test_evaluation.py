import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from core.distances import COSINE, EUCLIDEAN
from core.embedded.drawing import draw_images
from core.embedded.drawn_intervals import drawn_intervals
from core.embedded.embedding_set import FILE, EmbeddingSet
from core.embedded.evaluation import evaluate_set
from core.embedded.retrieval import DrawnRetrieval, drawn_retrieval
from core.errors import Cancelled, InputError
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.retrieval import retrieval_scores
from core.evaluation.verification import verification_curve
from tests.core.embedded.made import clustered, make_set

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingSet:
    """600 identities of 4 images each."""
    return make_set(tmp_path_factory.mktemp("sets") / "set", *clustered(600, 4), shard=500)


def test_a_set_that_is_small_enough_is_measured_whole(made: EmbeddingSet) -> None:
    found = evaluate_set(made, COSINE)
    embeddings, labels = clustered(600, 4)
    curve, scores = verification_curve(embeddings, labels), retrieval_scores(embeddings, labels)
    measured = found.measured
    assert found.drawn.everything
    assert found.retrieval is None
    assert measured.report.auc == curve.auc
    assert measured.curve.tpr_at_fpr(0.001) == curve.tpr_at_fpr(0.001)
    assert measured.report.impostor_pairs == curve.impostor_pairs
    assert measured.report.map_at_r == scores.map_at_r
    assert not any("sampled" in note for note in measured.notes)
    assert found.to_json()["sampled"] is None


def test_a_larger_set_is_drawn_from_and_says_so(made: EmbeddingSet) -> None:
    found = evaluate_set(made, COSINE, images=1000, queries=200)
    rows = found.drawn.rows
    embeddings, labels = clustered(600, 4)
    curve = verification_curve(embeddings[rows], labels[rows])
    assert found.drawn.identities == 250
    assert found.measured.report.auc == curve.auc
    assert found.measured.report.map_at_r is None
    notes = " ".join(found.measured.warnings)
    assert "verification is of 1,000 of 2,400 images, all images of 250 of 600 identities (seed 0)" in notes
    assert "precision@1 is of 200 of 2,400 images, among all" in notes
    content = json.loads(json.dumps(found.to_json()))
    assert content["sampled"] == {
        "images": 1000,
        "of_images": 2400,
        "identities": 250,
        "of_identities": 600,
        "whole_identities": True,
        "seed": 0,
        "interval": None,
    }
    assert content["queries"] == 200
    low, high = content["recall_at_k_interval"]["1"]
    assert low < content["recall_at_k"]["1"] == content["precision_at_1"] < high
    assert found.measured.sample_names[0] == f"image {rows[0]}"
    assert found.measured.class_names[found.measured.images.labels[0]] == f"class {labels[rows[0]]}"


def test_intervals_of_drawn_figures_hold_those_of_the_whole_set(made: EmbeddingSet) -> None:
    """Of 8 drawings, all but one at most: 95 % each, and more since they leave room for other identities, too."""
    truth = verification_curve(*clustered(600, 4))
    held = 0
    for seed in range(8):
        sure = evaluate_set(made, COSINE, images=900, queries=10, seed=seed).measured.confidence
        assert sure.auc is not None
        assert sure.tpr_at_fpr is not None
        interval = sure.tpr_at_fpr["0.01"]
        assert interval is not None
        held += (
            sure.auc.low <= truth.auc <= sure.auc.high and interval.low <= truth.tpr_at_fpr(0.01).tpr <= interval.high
        )
    assert held >= 7


def test_recall_of_all_queries_is_that_of_retrieval_scores(made: EmbeddingSet) -> None:
    found = drawn_retrieval(made, EUCLIDEAN, 2400)
    assert found is not None
    expected = retrieval_scores(*clustered(600, 4), "euclidean")
    assert found.recall_at == pytest.approx(dict(expected.recall_at), abs=1e-12)
    assert found.interval(1) is None


def test_images_of_one_group_do_not_find_one_another(tmp_path: Path) -> None:
    embeddings, labels = clustered(40, 4)
    groups = np.where(labels < 20, labels * 2 + np.arange(160) % 2, -1)
    made = make_set(tmp_path / "set", embeddings, labels, shard=50, groups=groups)
    found = drawn_retrieval(made, COSINE, 1000)
    expected = retrieval_scores(embeddings, labels, groups=groups)
    assert found is not None
    assert found.recall_at == pytest.approx(dict(expected.recall_at), abs=1e-12)
    assert evaluate_set(made, COSINE).measured.report.genuine_pairs < 240


def test_the_interval_of_a_share_is_wilsons() -> None:
    found = DrawnRetrieval({1: 0.9}, 100, 1000)
    assert found.interval(1) == pytest.approx((0.8256, 0.9448), abs=5e-5)  # by hand, from Wilson's formula
    assert DrawnRetrieval({1: 1.0}, 100, 1000).interval(1) == pytest.approx((0.9630, 1.0), abs=5e-5)


def test_alone_images_search_for_nothing(tmp_path: Path) -> None:
    made = make_set(tmp_path / "set", clustered(30, 1)[0], np.arange(30))
    assert drawn_retrieval(made, COSINE, 10) is None
    with pytest.raises(InputError, match="genuine pairs need an identity with 2 images"):
        evaluate_set(made, COSINE)
    with pytest.raises(InputError, match="queries: at least 1 must be drawn, found 0"):
        drawn_retrieval(made, COSINE, 0)


def test_it_says_what_it_does_and_can_be_cancelled(made: EmbeddingSet) -> None:
    stages: list[str] = []
    evaluate_set(made, COSINE, images=1000, queries=10, watch=lambda stage, share: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["drawing identities for the intervals", "searching among all images"]

    def stop(stage: str, share: float) -> None:
        if stage.startswith("searching"):
            raise Cancelled

    with pytest.raises(Cancelled):
        evaluate_set(made, COSINE, images=1000, queries=10, watch=stop)


def test_an_unfinished_set_is_said_to_be_one(tmp_path: Path) -> None:
    made = make_set(tmp_path / "set", *clustered(30, 4), shard=50)
    assert not any("unfinished" in note for note in evaluate_set(made, COSINE).measured.notes)
    shutil.rmtree(made.shards[1].folder)
    (made.path / FILE).write_text(made.content.model_copy(update={"done": False}).model_dump_json())
    found = evaluate_set(EmbeddingSet.open(made.path), COSINE).measured
    assert len(found.images) == 70
    assert "unfinished: 2 of 3 shards are there; the same 'embed' again makes the others" in found.warnings


def test_of_few_identities_an_interval_says_what_drawing_images_leaves_open(tmp_path: Path) -> None:
    embeddings, labels = clustered(8, 200, size=4)
    found = evaluate_set(make_set(tmp_path / "set", embeddings, labels), COSINE, images=400, queries=10)
    between = found.intervals
    assert between is not None
    assert between.auc.low < found.measured.report.auc < between.auc.high
    assert between.auc.high - between.auc.low < 0.1
    assert f"sampled: AUC {between.auc.low:.4f} to {between.auc.high:.4f}" in " ".join(found.measured.warnings)
    assert found.to_json()["sampled"]["interval"]["eer"] == between.eer


def test_that_interval_holds_the_figures_of_all_images() -> None:
    """In 95 of 100 drawings; of 40, with these seeds, in 36 at least."""
    embeddings, labels = clustered(8, 375, size=4)
    truth = verification_curve(embeddings, labels)
    figures = truth.auc, truth.eer, truth.tpr_at_fpr(0.05).tpr
    held = np.zeros(3, np.int64)
    for seed in range(40):
        rows = draw_images(labels, 400, seed).rows
        images = EvaluatedImages(embeddings[rows], labels[rows], rows)
        found = drawn_intervals(images, COSINE, verification_curve(embeddings[rows], labels[rows]), seed)
        assert found is not None
        rate = found.tpr_at_fpr["0.05"]
        assert rate is not None
        limits = found.auc, found.eer, rate
        held += [low <= value <= high for (low, high), value in zip(limits, figures, strict=True)]
    assert (held >= 36).all(), held


def test_parts_without_pairs_of_both_kinds_have_no_interval() -> None:
    embeddings, labels = clustered(15, 2)
    images = EvaluatedImages(embeddings, labels, np.arange(30))
    assert drawn_intervals(images, COSINE, verification_curve(embeddings, labels)) is None
