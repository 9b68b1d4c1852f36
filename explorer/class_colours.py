"""Colours and shapes for many classes, chosen by computing so that they look as different as they can.

Differences of colour are distances in OKLab (Ottosson 2020), 0.02 being about the least that an eye sees side by side.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

DISTINCT = 100
"""Classes that get colours of their own."""
SAFE = 10
"""Classes whose colours differ for colour-blind readers too."""
CONTRASTS = {"#ffffff": 2.2, "#1f1f1f": 2.8}
"""Least contrast ratio (WCAG 2.1) of any colour with the ground of the light and with that of the dark theme."""

# After Okabe and Ito (2008), darkened a little; black and yellow, which one of the grounds swallows, are left out.
_FIRST = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
_CANDIDATE_STEP = 17
"""Of 255, between the values that a channel may have."""

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_BLINDNESS = (  # Machado et al. 2009, linear RGB, full severity: protanopia, deuteranopia, tritanopia
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
)
_BLIND_WEIGHT = 3.0
"""How much a difference that colour-blind readers see counts among marks of one shape: it is rarer, so worth more."""


@cache
def class_looks(shapes: int) -> tuple[tuple[str, int], ...]:
    """Colour '#rrggbb' and number of the shape, below `shapes`, of each of `DISTINCT` classes.

    Colours are added one by one, each time the one that is farthest from all before (Gonzalez 1985): the first `SAFE`
    also as seen without one kind of cones. Each gets the shape among whose colours it stands out most, so that what
    looks alike is shaped differently.
    """
    colours = _chosen(np.array([_linear(name) for name in _FIRST]))
    names = [_name(colour) for colour in colours]
    return tuple(zip(names, _shapes(colours, shapes), strict=True))


def _chosen(first: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear RGB [DISTINCT, 3]."""
    candidates = _candidates()
    seen = [_oklab(candidates), *(_oklab(_as_blind(candidates, kind)) for kind in _BLINDNESS)]
    start = [_oklab(first), *(_oklab(_as_blind(first, kind)) for kind in _BLINDNESS)]
    nearest = [_apart(here, there).min(axis=1) for here, there in zip(seen, start, strict=True)]
    chosen = list(first)
    while len(chosen) < DISTINCT:
        kinds = len(seen) if len(chosen) < SAFE else 1
        best = int(np.min(nearest[:kinds], axis=0).argmax())
        chosen.append(candidates[best])
        nearest = [
            np.minimum(least, np.linalg.norm(places - places[best], axis=1))
            for least, places in zip(nearest[:kinds], seen[:kinds], strict=True)
        ]
    return np.array(chosen)


def _shapes(colours: NDArray[np.float64], shapes: int) -> list[int]:
    """Number of the shape of each colour; the first ones have one each."""
    blind = np.min([_distances(_as_blind(colours, kind)) for kind in _BLINDNESS], axis=0)
    apart = np.minimum(_distances(colours), _BLIND_WEIGHT * blind)
    members: list[list[int]] = [[] for _ in range(shapes)]
    given = []
    for index, distances in enumerate(apart):
        free = [float(distances[others].min()) if others else np.inf for others in members]
        shape = index if index < shapes else int(np.argmax(free))
        members[shape].append(index)
        given.append(shape)
    return given


def _candidates() -> NDArray[np.float64]:
    """Colours that read on both grounds, linear RGB [M, 3]."""
    channel = np.arange(0, 256, _CANDIDATE_STEP) / 255
    every = _to_linear(np.stack(np.meshgrid(channel, channel, channel, indexing="ij"), axis=-1).reshape(-1, 3))
    luminance = _luminance(every) + 0.05
    reads = np.ones(len(every), np.bool_)
    for name, contrast in CONTRASTS.items():
        ground = float(_luminance(_linear(name))) + 0.05
        reads &= np.maximum(luminance, ground) / np.minimum(luminance, ground) >= contrast
    return every[reads]


def _luminance(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    luminance: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


def _oklab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    places: NDArray[np.float64] = np.cbrt(linear @ _TO_CONES.T) @ _TO_OKLAB.T
    return places


def _as_blind(linear: NDArray[np.float64], kind: NDArray[np.float64]) -> NDArray[np.float64]:
    seen: NDArray[np.float64] = np.clip(linear @ kind.T, 0, 1)
    return seen


def _apart(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    distances: NDArray[np.float64] = np.linalg.norm(some[:, None] - others[None], axis=-1)
    return distances


def _distances(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    seen = _oklab(linear)
    return _apart(seen, seen)


def _to_linear(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def _linear(name: str) -> NDArray[np.float64]:
    return _to_linear(np.array([int(name[start : start + 2], 16) for start in (1, 3, 5)]) / 255)


def _name(linear: NDArray[np.float64]) -> str:
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in encoded)
