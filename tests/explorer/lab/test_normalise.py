import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.distances import COSINE, EUCLIDEAN
from explorer.lab.pictures.normalise import CLASSES, NormalisePicture, embeddings, unit, wrong


def one_by_one(points: np.ndarray) -> list[bool]:
    found = []
    for row, point in enumerate(points):
        away = np.linalg.norm(points - point, axis=1)
        away[row] = np.inf
        found.append(bool(CLASSES[away.argmin()] != CLASSES[row]))
    return found


@pytest.mark.parametrize("lengths", [0.0, 0.6, 1.0])
def test_errors_are_those_found_one_by_one(lengths: float) -> None:
    points = embeddings(lengths, 8.0)
    assert wrong(points, EUCLIDEAN).tolist() == one_by_one(points)
    assert wrong(points, COSINE).tolist() == one_by_one(unit(points))


def test_equal_lengths_make_both_distances_alike() -> None:
    points = embeddings(0.0, 5.0)
    assert np.linalg.norm(points, axis=1) == pytest.approx(np.ones(len(points)))
    assert wrong(points, EUCLIDEAN).sum() == wrong(points, COSINE).sum() == 0


def test_spread_lengths_mislead_the_euclidean_distance_only() -> None:
    points = embeddings(1.0, 5.0)
    assert wrong(points, EUCLIDEAN).sum() > 5
    assert wrong(points, COSINE).sum() == 0


def test_lengths_leave_directions_as_they_are() -> None:
    assert unit(embeddings(1.0, 5.0)) == pytest.approx(embeddings(0.0, 5.0))


def test_the_window_counts_the_same(qtbot: QtBot) -> None:
    picture = NormalisePicture()
    qtbot.addWidget(picture)
    points = embeddings(0.6, 5.0)
    written = [label.text() for label in picture.findChildren(QLabel, "errors_value")]
    assert written == [f"{wrong(points, rule).sum()} of 60" for rule in (EUCLIDEAN, COSINE)]
