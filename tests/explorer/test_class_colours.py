"""The differences are measured by other means than they were chosen by: CIEDE2000, and Viénot's colour blindness."""

import itertools

import numpy as np
import pytest

from explorer.class_colours import CONTRASTS, DISTINCT, SAFE, class_looks
from explorer.theme import Shape

SHAPES = len(Shape)
WITHOUT_RED = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
WITHOUT_GREEN = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])
"""Viénot, Brettel and Mollon 1999, in linear sRGB."""
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(name: str) -> np.ndarray:
    encoded = np.array([int(name[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(colours: np.ndarray) -> np.ndarray:
    """CIELAB [N, 3] under D65 of linear sRGB [N, 3]."""
    xyz = colours @ TO_XYZ.T / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def ciede2000(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """As in Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * np.sqrt(mean7 / (mean7 + 25**7))
    c1, c2 = np.hypot(g * a1, b1), np.hypot(g * a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, g * a1)) % 360, np.degrees(np.arctan2(b2, g * a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    mean_hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360

    def cosine(times: float, less: float) -> float:
        return float(np.cos(np.radians(times * mean_hue - less)))

    t = 1 - 0.17 * cosine(1, 30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, -6) - 0.2 * cosine(4, 63)
    s_l = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= np.sin(np.radians(60 * np.exp(-(((mean_hue - 275) / 25) ** 2))))
    parts = (l2 - l1) / s_l, (c2 - c1) / s_c, hue / s_h
    return float(np.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2]))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_the_measure_is_the_published_one(one: tuple[float, ...], other: tuple[float, ...], published: float) -> None:
    assert ciede2000(one, other) == pytest.approx(published, abs=1e-4)


def least(colours: list[np.ndarray], pairs: list[tuple[int, int]], as_seen: np.ndarray | None = None) -> float:
    """The smallest difference of any pair."""
    seen = np.array(colours) if as_seen is None else np.clip(np.array(colours) @ as_seen.T, 0, 1)
    places = lab(seen).tolist()
    return min(ciede2000(tuple(places[i]), tuple(places[j])) for i, j in pairs)


def test_a_hundred_classes_look_different() -> None:
    looks = class_looks(SHAPES)
    colours = [linear(name) for name, _ in looks]
    assert len(looks) == DISTINCT == 100
    pairs = list(itertools.combinations(range(100), 2))
    same_shape = [(i, j) for i, j in pairs if looks[i][1] == looks[j][1]]
    assert least(colours, pairs) > 4.5, "as specks, which have no shape; 2.3 can just be seen"
    assert least(colours, same_shape) > 8
    assert {shape for _, shape in looks} == set(range(SHAPES))


def test_the_first_classes_differ_for_colour_blind_readers() -> None:
    looks = class_looks(SHAPES)[:SAFE]
    colours = [linear(name) for name, _ in looks]
    pairs = list(itertools.combinations(range(SAFE), 2))
    assert least(colours, pairs) > 15
    for blindness in (WITHOUT_RED, WITHOUT_GREEN):
        assert least(colours, pairs, blindness) > 9
        same_shape = [(i, j) for i, j in pairs if looks[i][1] == looks[j][1]]
        assert least(colours, same_shape, blindness) > 35


def test_every_colour_reads_on_both_grounds() -> None:
    def luminance(name: str) -> float:
        return float(linear(name) @ np.array([0.2126, 0.7152, 0.0722]))

    assert min(CONTRASTS.values()) >= 2.2
    for ground, wanted in CONTRASTS.items():
        for name, _ in class_looks(SHAPES):
            darker, lighter = sorted((luminance(ground), luminance(name)))
            assert (lighter + 0.05) / (darker + 0.05) >= wanted, name


def test_a_class_keeps_its_look_however_many_there_are() -> None:
    assert class_looks(SHAPES)[:7] == tuple((name, at) for at, (name, _) in enumerate(class_looks(SHAPES)[:7]))
    assert class_looks(SHAPES)[0][0] == "#0072b2"
    assert {name for name, _ in class_looks(3)} == {name for name, _ in class_looks(SHAPES)}
