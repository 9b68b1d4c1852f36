"""What the gallery panel shows, and the words for it."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from core.evaluation.open_set_points import MeanRate
from explorer import formats
from explorer.translation import tr
from explorer.widgets.message import breakable

if TYPE_CHECKING:
    from core.evaluation.open_set import OpenSetRates
    from core.gallery.records import Match

Source = Path | QImage | str
"""A file, a picture from the clipboard or another program, or the id of a sample of the data set."""


@dataclass(frozen=True)
class NoveltyView:
    """How far an image lies from the training images."""

    class_name: str
    """The nearest."""
    distance: float
    percentile: float


@dataclass(frozen=True, eq=False)
class IdentifiedView:
    """Who an image was compared with."""

    picture: QImage
    caption: str
    matches: tuple["Match", ...]
    """Nearest first."""
    names: int
    """How many are enrolled."""
    step: int
    """Of the weights."""
    pictures: Mapping[int, QImage]
    """Of the images of the matches."""
    novelty: NoveltyView | None = None


@dataclass(frozen=True, eq=False)
class RatesView:
    """Open-set rates, and what they are of."""

    rates: "OpenSetRates"
    provenance: str


def novelty_words(novelty: NoveltyView | None) -> str:
    """How far an image lies from everything the model was trained on."""
    if novelty is None:
        return ""
    return tr("nearest class {class_name} at {distance}, farther than {percentile} % of training images").format(
        class_name=novelty.class_name, distance=formats.distance(novelty.distance), percentile=int(novelty.percentile)
    )


def rate_words(rate: MeanRate) -> str:
    """A rate with its standard error: '4.20 % ± 0.31'."""
    shown = formats.rate(rate.mean)
    if rate.standard_error is None:
        return shown
    return f"{shown} ± {formats.rate(rate.standard_error).removesuffix(' %')}"


def plain(text: str) -> str:
    """Text for a tooltip that may hold what others have written, so that Qt takes none of it for markup."""
    return f"<p>{html.escape(breakable(text)).replace(chr(10), '<br>')}</p>"


def images_words(count: int) -> str:
    """'1 image', '12 images'."""
    return tr("1 image") if count == 1 else tr("{count} images").format(count=formats.count(count))
