from dataclasses import replace

import numpy as np
import pytest

from core.evaluation.clustering import find_clusters
from core.evaluation.image_scores import centre_distances, foreign_neighbours, triplet_losses
from core.training.records import TrainingSnapshot
from explorer.bridge.colouring import ColouringBridge, ColourWish, ImageValues
from explorer.bridge.tasks import TaskThread
from explorer.panels.map_colouring import MEASURED
from explorer.panels.map_groupings import NOISE, NOT_CLUSTERED
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import heard, names, snapshot

LOSSES = np.linspace(0, 2, 30).astype(np.float32)
EXPECTED = {
    "classification_loss": lambda e, _: LOSSES,
    "metric_loss": lambda e, labels: triplet_losses(e, labels, "euclidean", margin=0.3),
    "centre_distance": centre_distances,
    "foreign_neighbours": foreign_neighbours,
    "k-means": lambda e, labels: find_clusters(e, labels, "k-means"),
    "hdbscan": lambda e, labels: find_clusters(e, labels, "hdbscan"),
}


def wish(look: TrainingSnapshot, name: str) -> ColourWish:
    return ColourWish(look, name, "cosine", "euclidean", 0.3)


@pytest.mark.parametrize("name", sorted(MEASURED))
def test_what_is_measured_of_every_image(tasks: TaskThread, settle: Settle, name: str) -> None:
    bridge = ColouringBridge(tasks)
    look = replace(snapshot(10, count=30), classification_losses=LOSSES)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.measure(wish(look, name))
    settle()
    assert names(said) == ["ready"]
    found = said[0][1]
    assert isinstance(found, ImageValues)
    assert (found.wish.snapshot, found.wish.name) == (look, name)
    np.testing.assert_array_equal(found.values, EXPECTED[name](look.embeddings, look.labels))


def test_losses_that_were_not_kept_are_not_known(tasks: TaskThread, settle: Settle) -> None:
    bridge = ColouringBridge(tasks)
    said = heard(("ready", bridge.ready))
    bridge.measure(wish(snapshot(10, count=30), "classification_loss"))
    settle()
    assert np.isnan(said[0][1].values).all()  # type: ignore[attr-defined]


def test_what_cannot_be_measured_is_one_sentence(tasks: TaskThread, settle: Settle) -> None:
    bridge = ColouringBridge(tasks)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.measure(wish(snapshot(10, count=1), "centre_distance"))
    settle()
    assert names(said) == ["failed"]
    assert str(said[0][1]).startswith("Colours of the map: ")
    assert "found 1" in str(said[0][1])


def test_a_newer_wish_takes_the_place_of_an_older_one(tasks: TaskThread, settle: Settle) -> None:
    bridge = ColouringBridge(tasks)
    look = snapshot(10, count=30)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.measure(wish(look, "metric_loss"))
    bridge.measure(wish(look, "k-means"))
    settle()
    assert [each[1].wish.name for each in said] == ["k-means"]  # type: ignore[attr-defined]
    bridge.measure(wish(look, "metric_loss"))
    bridge.stop()
    settle()
    assert len(said) == 1


def test_panels_know_noise_as_core_does() -> None:
    """They may not import what imports torch."""
    from core.evaluation import clustering

    assert (NOISE, NOT_CLUSTERED) == (clustering.NOISE, clustering.NOT_CLUSTERED)
