"""Charts as SVG: lines, bands and marks between two axes; colours come from the classes of the page's style."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.export.report.html import Element, element

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 440, 320
LEFT, RIGHT, TOP, BOTTOM = 76, 26, 14, 48
LETTER = 7.6
"""Width of a letter of a label, about."""


@dataclass(frozen=True)
class Axis:
    """A range of values, and where each of them lies on it."""

    label: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    """Values and what is written at them."""
    scale: Callable[[Floats], Floats]
    """Increasing; finite from `low` to `high`."""

    def place(self, values: Floats) -> Floats:
        """Share of the axis, 0 at its low end; values beyond an end lie at it."""
        first, last = self.scale(np.array([self.low, self.high], dtype=np.float64))
        shares: Floats = (self.scale(np.clip(values, self.low, self.high)) - first) / (last - first)
        return shares


def linear(label: str, low: float, high: float, *, percent: bool = False) -> Axis:
    """An axis of about five round steps."""
    high = high if high > low else low + 1.0
    rough = (high - low) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    values = np.arange(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1) * step
    ticks = tuple((float(value), f"{100 * value:g} %" if percent else f"{value:,.6g}") for value in values.round(12))
    return Axis(label, low, high, ticks, lambda found: found)


def logarithmic(label: str, low: float, high: float = 1.0) -> Axis:
    """An axis of rates with a tick at each power of ten."""
    low = min(low, high / 10)
    decades = range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)
    return Axis(label, low, high, tuple((10.0**power, f"{100 * 10.0**power:g} %") for power in decades), np.log10)


def deviates(label: str, low: float, high: float = 0.9) -> Axis:
    """An axis of rates by the normal distribution, as DET curves have."""
    normal = NormalDist()
    low = max(min(low, 0.05), 1e-6)
    shown = [rate for rate in (1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8) if low <= rate <= high]
    ticks = tuple((rate, f"{100 * rate:g} %") for rate in shown)
    return Axis(label, low, high, ticks, np.vectorize(normal.inv_cdf, otypes=[np.float64]))


class Chart:
    """A picture that is drawn part by part, the earlier ones below the later ones."""

    def __init__(self, title: str, description: str, x: Axis, y: Axis) -> None:
        self._title, self._description, self._x, self._y = title, description, x, y
        self._parts: list[Element] = []

    def line(self, xs: Sequence[float] | Floats, ys: Sequence[float] | Floats, kind: str) -> None:
        """Join points by straight lines; where a value is NaN the line has a gap."""
        across, up = self._across(xs), self._up(ys)
        known = np.isfinite(across) & np.isfinite(up)
        pieces = np.split(np.arange(len(known)), np.flatnonzero(~known))
        for piece in (piece[known[piece]] for piece in pieces):
            if len(piece):
                points = " ".join(f"{across[place]:.1f},{up[place]:.1f}" for place in piece)
                self._parts.append(element("polyline", points=points, class_=f"line {kind}"))

    def band(
        self, xs: Sequence[float] | Floats, low: Sequence[float] | Floats, high: Sequence[float] | Floats, kind: str
    ) -> None:
        """Fill what lies between two lines."""
        across = self._across(xs)
        both = zip(
            np.concatenate([across, across[::-1]]), np.concatenate([self._up(low), self._up(high)[::-1]]), strict=True
        )
        self._parts.append(
            element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in both), class_=f"band {kind}")
        )

    def upright(self, x: float, kind: str) -> None:
        """Draw a line from bottom to top; none beyond the axis."""
        if self._x.low <= x <= self._x.high:
            place = f"{self._across([x])[0]:.1f}"
            self._parts.append(element("line", x1=place, x2=place, y1=TOP, y2=HEIGHT - BOTTOM, class_=f"line {kind}"))

    def dot(self, x: float, y: float, kind: str) -> None:
        """Mark a point."""
        across, up = self._across([x])[0], self._up([y])[0]
        self._parts.append(element("circle", cx=f"{across:.1f}", cy=f"{up:.1f}", r=4, class_=f"dot {kind}"))

    def svg(self) -> Element:
        """The whole picture, with its description for those who cannot see it."""
        title, description = element("title", self._title), element("desc", self._description)
        return element(
            "svg",
            title,
            description,
            self._grid(),
            self._parts,
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            role="img",
            aria_label=f"{self._title}: {self._description}",
        )

    def _across(self, values: Sequence[float] | Floats) -> Floats:
        found: Floats = LEFT + self._x.place(np.asarray(values, dtype=np.float64)) * (WIDTH - LEFT - RIGHT)
        return found

    def _up(self, values: Sequence[float] | Floats) -> Floats:
        found: Floats = HEIGHT - BOTTOM - self._y.place(np.asarray(values, dtype=np.float64)) * (HEIGHT - TOP - BOTTOM)
        return found

    def _grid(self) -> list[Element]:
        """Lines and labels of both axes."""
        parts, free, free_below = list[Element](), float(WIDTH), float(HEIGHT)
        for value, text in reversed(self._x.ticks):
            x, half = float(self._across([value])[0]), len(text) * LETTER / 2
            parts.append(element("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=TOP, y2=HEIGHT - BOTTOM, class_="grid"))
            if x + half < free:  # a label that would touch its neighbour is left out
                parts.append(element("text", text, x=f"{x:.1f}", y=HEIGHT - BOTTOM + 17, text_anchor="middle"))
                free = x - half - LETTER / 2
        for value, text in self._y.ticks:
            y = float(self._up([value])[0])
            parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"))
            if y + 4 < free_below:
                parts.append(element("text", text, x=LEFT - 6, y=f"{y + 4:.1f}", text_anchor="end"))
                free_below = y - 10
        middle = (TOP + HEIGHT - BOTTOM) / 2
        return [
            *parts,
            element("text", self._x.label, x=(LEFT + WIDTH - RIGHT) / 2, y=HEIGHT - 8, text_anchor="middle"),
            element(
                "text", self._y.label, x=0, y=0, text_anchor="middle", transform=f"translate(13 {middle}) rotate(-90)"
            ),
        ]


def figure(chart: Chart, title: str, keys: Sequence[tuple[str, str]], remark: str = "") -> Element:
    """A chart with its title, what its lines mean (class and words), and a remark below."""
    legend = [element("span", element("i", class_=f"key {kind}"), text, class_="legend") for kind, text in keys]
    caption = element("figcaption", element("strong", title), legend, element("p", remark) if remark else "")
    return element("figure", caption, chart.svg())
