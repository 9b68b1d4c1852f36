import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from scipy.spatial import distance as scipy_distance

from core.distances import COSINE, EUCLIDEAN, Distance
from core.fitted_distances import fit_mahalanobis
from explorer.lab.pictures.distances import DistancesPicture, cloud, contours, mapped, radii

X = np.array([1.0, 0.6])
FITTED = fit_mahalanobis(cloud(0.8))
ALL = pytest.mark.parametrize("rule", [EUCLIDEAN, COSINE, FITTED], ids=lambda rule: rule.name)


def measured(rule: Distance, a: np.ndarray, b: np.ndarray) -> float:
    """By scipy."""
    if rule is FITTED:
        return float(scipy_distance.mahalanobis(a, b, FITTED.M))
    return float(getattr(scipy_distance, rule.name)(a, b))


@ALL
def test_every_point_of_a_contour_is_equally_far(rule: Distance) -> None:
    level = {"euclidean": 1.0, "cosine": 0.1, "mahalanobis": 1.2}[rule.name]
    (loops,) = contours(X, rule, [level])
    points = np.concatenate(loops)
    inside = points[(np.abs(points) < 3.0).all(axis=1)]
    if rule is COSINE:  # at the origin all directions meet between two places of the grid
        inside = inside[np.linalg.norm(inside, axis=1) > 0.4]
    assert len(inside) > 20
    far = [measured(rule, X, point) for point in inside]
    assert far == pytest.approx([level] * len(far), rel=0.06)


@ALL
def test_radii_hold_their_shares_of_the_cloud(rule: Distance) -> None:
    points = cloud(0.8)
    away = np.linalg.norm(mapped(points, rule) - mapped(X[None], rule), axis=1)
    assert [float((away <= radius).mean()) for radius in radii(points, X, rule)] == pytest.approx(
        [0.25, 0.5, 0.75], abs=0.01
    )


def test_the_cloud_is_correlated_as_the_slider_says() -> None:
    for correlation in (-0.9, 0.0, 0.8):
        assert np.corrcoef(cloud(correlation).T)[0, 1] == pytest.approx(correlation, abs=0.12)


def test_w_makes_the_cloud_round() -> None:
    def length_over_width(points: np.ndarray) -> float:
        values = np.linalg.eigvalsh(np.cov(points.T))
        return float(np.sqrt(values[1] / values[0]))

    points = cloud(0.8)
    assert length_over_width(points) > 2.5
    assert length_over_width(mapped(points, FITTED)) < 1.3


def test_who_is_nearer_is_written_and_changes_with_a_drag(qtbot: QtBot) -> None:
    picture = DistancesPicture()
    qtbot.addWidget(picture)

    def written() -> str:
        return picture.findChild(QLabel, "euclidean_value").text()

    assert written() == "a 1.414 > b 1.000"  # a is at (1, 1) from x, b at (0.6, -0.8)
    picture.before.moved.emit(1, 1.3, 1.0)
    assert written() == "a 0.500 < b 1.000"
