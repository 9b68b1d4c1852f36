import numpy as np
import pytest

from core.evaluation.image_scores import centre_distances, foreign_neighbours
from explorer.bridge.colouring import ColouringBridge, ImageValues
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import heard, names, snapshot

MEASURES = {"centre_distance": centre_distances, "foreign_neighbours": foreign_neighbours}


@pytest.mark.parametrize("quantity", MEASURES)
def test_a_quantity_of_every_image(tasks: TaskThread, settle: Settle, quantity: str) -> None:
    bridge, look = ColouringBridge(tasks), snapshot(10, count=30)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.measure(look, quantity, "cosine")
    settle()
    assert names(said) == ["ready"]
    found = said[0][1]
    assert isinstance(found, ImageValues)
    assert (found.snapshot, found.quantity) == (look, quantity)
    np.testing.assert_array_equal(found.values, MEASURES[quantity](look.embeddings, look.labels))


def test_what_cannot_be_measured_is_one_sentence(tasks: TaskThread, settle: Settle) -> None:
    bridge = ColouringBridge(tasks)
    said = heard(("ready", bridge.ready), ("failed", bridge.failed))
    bridge.measure(snapshot(10, count=1), "centre_distance", "cosine")
    settle()
    assert names(said) == ["failed"]
    assert str(said[0][1]).startswith("Colours of the map: ")
    assert "found 1" in str(said[0][1])
