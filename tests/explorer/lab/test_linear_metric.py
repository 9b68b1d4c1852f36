import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.distances import EUCLIDEAN
from explorer.lab.pictures.linear_metric import CLASSES, LinearMetricPicture, learn, neighbours, points


def test_neighbours_are_those_found_one_by_one() -> None:
    found, query = points(1.0), np.array([[0.3, -0.4]])
    rows = neighbours(query, found, EUCLIDEAN, 5)[0].tolist()
    assert rows == np.argsort(np.linalg.norm(found - query, axis=1))[:5].tolist()


@pytest.mark.parametrize("name", ["mahalanobis", "nca"])
def test_learning_helps_where_a_direction_is_useless(name: str) -> None:
    before, after = learn(1.5, 5, name)
    assert after.accuracy > before.accuracy + 0.05
    assert set(np.unique(after.regions)) == set(CLASSES.tolist())


def test_without_useless_spread_there_is_nothing_to_learn() -> None:
    before, after = learn(0.2, 5, "mahalanobis")
    assert before.accuracy > 0.9
    assert after.accuracy == pytest.approx(before.accuracy, abs=0.05)


def test_a_region_is_what_the_majority_of_its_neighbours_says() -> None:
    before, _ = learn(1.0, 1, "mahalanobis")
    found, side = points(1.0), len(before.regions)
    for i, j in ((10, 20), (36, 36), (50, 31)):
        place = (np.array([i, j]) + 0.5) * 9.6 / side - 4.8
        assert before.regions[i, j] == CLASSES[np.linalg.norm(found - place, axis=1).argmin()]


def test_what_was_learned_is_shown(qtbot: QtBot) -> None:
    picture = LinearMetricPicture()
    qtbot.addWidget(picture)
    qtbot.waitUntil(lambda: picture.learned is not None, timeout=20_000)
    before, after = learn(1.0, 5, "mahalanobis")
    written = [label.text() for label in picture.findChildren(QLabel, "accuracy_value")]
    assert written == [f"{100 * learned.accuracy:.3g} %" for learned in (before, after)]
