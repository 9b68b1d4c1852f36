"""Drawn figures of many identities: what open-set verification and segmentation can be tried on without a download."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from core.data.dataset import Dataset, Sample

IDENTITIES = 80
IMAGES_EACH = 24
SIDE = 64
_FINER = 4
"""Figures are drawn so many times as large and averaged down, which smooths their edges."""
_CORNERS = 72
"""Of an outline."""
_COLOURS = np.array(
    [
        (0.80, 0.22, 0.20),
        (0.88, 0.60, 0.18),
        (0.45, 0.62, 0.25),
        (0.18, 0.52, 0.60),
        (0.30, 0.34, 0.70),
        (0.62, 0.32, 0.58),
    ]
)
"""So few that many figures share theirs: colour alone identifies nobody."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Figure:
    """What makes an identity, and stays the same in each of its images."""

    outline: Floats
    """[corners, 2] around the middle, about 1 across its radius"""
    limbs: Floats
    """[limbs, 3]: angle of where each sits, its length, its width"""
    bands: Floats
    """[bands, 2]: where a band of the second colour crosses the body, and half its width"""
    band_angle: float
    eyes: Floats
    """[eyes, 3]: place and radius of each"""
    colours: Floats
    """[2, 3] of body and of bands and limbs, 0..1"""


@dataclass(frozen=True, eq=False)
class _Pose:
    """How a figure stands in one image."""

    matrix: Floats
    """[2, 2]: turned, scaled, and foreshortened as if seen from the side"""
    place: Floats
    """[2] of its middle, in parts of the image's side"""
    swings: Floats
    """[limbs] by how much each limb has moved, in radians"""

    def on_canvas(self, points: Floats) -> list[tuple[float, float]]:
        """Corners as Pillow takes them."""
        placed = (points @ self.matrix.T + self.place) * (SIDE * _FINER)
        return [(float(x), float(y)) for x, y in placed]


def sprites(identities: int = IDENTITIES, images_each: int = IMAGES_EACH, seed: int = 0) -> Dataset:
    """Figures with outline, limbs, bands and eyes of their own, in changing pose, light and surroundings.

    The same seed draws the same images; identity i is the same whatever their number. Masks are exact: a pixel is
    foreground where at least half of it is figure. Ids are '<figure>/<number of the image>'.

    Parameters
    ----------
    identities
        how many figures; each is a class.
    images_each
        images of each figure.
    seed
        of all that is drawn.
    """
    samples = []
    for identity in range(identities):
        figure = _draw_up(np.random.default_rng([seed, identity]))
        for number in range(images_each):
            image, mask = _picture(figure, np.random.default_rng([seed, identity, 1 + number]))
            samples.append(Sample(f"{identity:02}/{number:02}", identity, image, mask))
    samples.sort(key=lambda sample: sample.id)
    return Dataset("sprites", tuple(f"{identity:02}" for identity in range(identities)), tuple(samples))


# --- who it is


def _draw_up(random: np.random.Generator) -> _Figure:
    around = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    radius = np.ones(_CORNERS)
    for waves in range(2, 6):
        radius += random.uniform(0.0, 0.42 / waves) * np.cos(waves * around + random.uniform(0, 2 * np.pi))
    stretch = random.uniform(0.75, 1.0)
    limbs = random.integers(2, 6)
    first, second = random.choice(len(_COLOURS), size=2, replace=False)
    eyes = random.integers(1, 4)
    return _Figure(
        outline=np.stack([radius * np.cos(around), stretch * radius * np.sin(around)], axis=1),
        limbs=np.stack(
            [
                random.uniform(0, 2 * np.pi) + np.arange(limbs) * 2 * np.pi / limbs + random.uniform(-0.3, 0.3, limbs),
                random.uniform(1.3, 1.9, limbs),
                random.uniform(0.1, 0.28, limbs),
            ],
            axis=1,
        ),
        bands=np.stack([random.uniform(-0.7, 0.7, 2), random.uniform(0.06, 0.2, 2)], axis=1),
        band_angle=float(random.uniform(0, np.pi)),
        eyes=np.concatenate([random.uniform(-0.45, 0.45, (eyes, 2)), random.uniform(0.1, 0.22, (eyes, 1))], axis=1),
        colours=_COLOURS[[first, second]] + random.uniform(-0.06, 0.06, (2, 3)),
    )


# --- one image of it


def _picture(figure: _Figure, random: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    pose = _pose(figure, random)
    drawn, covered = _drawing(figure, pose)
    share = covered[..., None]
    lit = (drawn * share + _surroundings(random) * (1 - share)) * _light(random)
    noise = random.normal(0, random.uniform(0.0, 0.03), (SIDE, SIDE, 3))
    image = np.rint((lit + noise).clip(0, 1) * 255).astype(np.uint8)
    return image, np.where(covered >= 0.5, np.uint8(255), np.uint8(0))


def _pose(figure: _Figure, random: np.random.Generator) -> _Pose:
    turn, tilt = random.uniform(-0.5, 0.5), random.uniform(0, np.pi)
    size, narrow = random.uniform(0.19, 0.27), random.uniform(0.75, 1.0)
    rotation, across = _rotation(turn), _rotation(tilt)
    return _Pose(
        matrix=size * rotation @ across @ np.diag([1.0, narrow]) @ across.T,
        place=random.uniform(0.42, 0.58, 2),
        swings=random.uniform(-0.4, 0.4, len(figure.limbs)),
    )


def _drawing(figure: _Figure, pose: _Pose) -> tuple[Floats, Floats]:
    """Colours of the figure [S, S, 3], and which share of each pixel it covers [S, S]."""
    body, marked = figure.colours
    canvas = Image.new("RGB", (SIDE * _FINER, SIDE * _FINER), _rgb(body))
    cover, torso = Image.new("L", canvas.size), Image.new("L", canvas.size)
    pen, mask = ImageDraw.Draw(canvas), ImageDraw.Draw(cover)
    for (angle, length, width), swing in zip(figure.limbs, pose.swings, strict=True):
        limb = pose.on_canvas(_limb(angle, swing, length, width))
        pen.polygon(limb, fill=_rgb(marked))
        mask.polygon(limb, fill=255)
    outline = pose.on_canvas(figure.outline)
    ImageDraw.Draw(torso).polygon(outline, fill=255)
    mask.polygon(outline, fill=255)
    canvas.paste(_torso(figure, pose, canvas.size), mask=torso)
    small = (SIDE, SIDE)
    colours = np.asarray(canvas.resize(small, Image.Resampling.BOX), dtype=np.float64) / 255
    return colours, np.asarray(cover.resize(small, Image.Resampling.BOX), dtype=np.float64) / 255


def _torso(figure: _Figure, pose: _Pose, size: tuple[int, int]) -> Image.Image:
    """The body with bands and eyes; what lies beyond its outline is cut off by whoever pastes it."""
    body, marked = figure.colours
    torso = Image.new("RGB", size, _rgb(body))
    pen = ImageDraw.Draw(torso)
    turned = _rotation(figure.band_angle)
    for middle, half in figure.bands:
        band = np.array([[-2, middle - half], [2, middle - half], [2, middle + half], [-2, middle + half]])
        pen.polygon(pose.on_canvas(band @ turned.T), fill=_rgb(marked))
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.stack([np.cos(around), np.sin(around)], axis=1)
    for x, y, radius in figure.eyes:
        pen.polygon(pose.on_canvas(radius * circle + (x, y)), fill=(250, 250, 245))
        pen.polygon(pose.on_canvas(0.5 * radius * circle + (x, y)), fill=(20, 20, 30))
    return torso


def _limb(angle: float, swing: float, length: float, width: float) -> Floats:
    """Four corners of a limb that turns about where it leaves the body."""
    joint = 0.6 * np.array([np.cos(angle), np.sin(angle)])
    along = np.array([np.cos(angle + swing), np.sin(angle + swing)])
    aside = width * np.array([-along[1], along[0]])
    end = joint + (length - 0.6) * along
    return np.stack([joint - aside, joint + aside, end + 0.6 * aside, end - 0.6 * aside])


def _surroundings(random: np.random.Generator) -> Floats:
    """A background [S, S, 3] full of shapes in the figures' own colours."""
    canvas = Image.new("RGB", (SIDE, SIDE), _rgb(random.uniform(0.15, 0.95, 3)))
    pen = ImageDraw.Draw(canvas)
    for _ in range(random.integers(3, 10)):
        colour = _COLOURS[random.integers(len(_COLOURS))] * random.uniform(0.6, 1.2)
        middle, size = random.uniform(0, SIDE, 2), random.uniform(3, 16)
        corners = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 8)))
        shape = middle + size * np.stack([np.cos(corners), np.sin(corners)], axis=1)
        pen.polygon([(float(x), float(y)) for x, y in shape], fill=_rgb(colour))
    return np.asarray(canvas, dtype=np.float64) / 255


def _light(random: np.random.Generator) -> Floats:
    """Brightness of each pixel and channel [S, S, 3]: how strong, from where, of which tint."""
    x, y = np.meshgrid(np.linspace(-1, 1, SIDE), np.linspace(-1, 1, SIDE))
    angle, fall = random.uniform(0, 2 * np.pi), random.uniform(0.0, 0.35)
    shade = 1 + fall * (np.cos(angle) * x + np.sin(angle) * y)
    lit: Floats = random.uniform(0.6, 1.15) * shade[..., None] * random.uniform(0.88, 1.12, 3)
    return lit


def _rotation(angle: float) -> Floats:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _rgb(colour: Floats) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in np.rint(np.clip(colour, 0, 1) * 255))
    return red, green, blue
