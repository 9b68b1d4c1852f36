"""How a scene becomes a picture, and when two pictures look alike.

Font, style, palette and clock are fixed; what is left to differ between two machines is how text and slanted lines are
smoothed. So pictures are compared in blocks of 2 x 2 pixels, whose mean colours may differ by `LEVELS`, and `SHARE` of
the blocks may differ by more, about a word. What moves, such as a line of text by one pixel, is far above.
"""

import os
import time
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, qVersion
from PySide6.QtGui import QFont, QFontInfo, QImage
from PySide6.QtWidgets import QApplication

from explorer import theme
from explorer.panels.panel import LivePanel
from tests.explorer.snapshots.scenes import SCENES

THEMES = ("light", "dark")
LEVELS = 24
"""Of 255, in any channel."""
SHARE = 0.001
TEXT, DIGITS = "DejaVu Sans", "DejaVu Sans Mono"
FOLDER = Path(__file__).parent / "pictures"
QT = (6, 11)
"""Version of Qt that drew the stored pictures; its style changes between such versions."""
_TURNS = 6
"""Of the event loop: labels that elide and plots that fit settle in two or three."""


def obstacle() -> str:
    """Why pictures made here cannot be compared with the stored ones; empty where they can."""
    found = tuple(int(part) for part in qVersion().split(".")[:2])
    if found != QT:
        return f"the pictures were drawn by Qt {QT[0]}.{QT[1]}, here is {qVersion()}"
    for family in (TEXT, DIGITS):
        if (there := QFontInfo(_font(family)).family()) != family:
            return f"the pictures are written in {family}, found {there}"
    return ""


def render(name: str, look: str) -> QImage:
    """Draw a scene in the 'light' or the 'dark' theme."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before, font, zone = application.palette(), application.font(), os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    application.setStyle("Fusion")
    application.setFont(_font(TEXT))
    theme.apply(look)
    try:
        with mock.patch("explorer.theme.QFontDatabase") as fonts:
            fonts.systemFont.side_effect = lambda _kind: _font(DIGITS)
            return _drawn(name)
    finally:
        application.setFont(font)
        application.setPalette(before)
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()


def _font(family: str) -> QFont:
    """A font that is drawn alike whatever the system prefers."""
    font = QFont(family, 9)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


def _drawn(name: str) -> QImage:
    widget = SCENES[name]()
    widget.show()
    for _ in range(_TURNS):
        QApplication.processEvents()
        if isinstance(widget, LivePanel):
            widget.redraw_if_due()
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()  # a caret that blinks
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()
    return image


def differing(a: QImage, b: QImage) -> float:
    """Share of the blocks of 2 x 2 pixels that differ by more than `LEVELS`; 1 where the sizes do."""
    if a.size() != b.size():
        return 1.0
    apart = np.abs(_blocks(a) - _blocks(b)).max(axis=2)
    return float((apart > LEVELS).mean())


def marked(expected: QImage, found: QImage) -> QImage:
    """What was found, in grey, with the blocks that differ in red."""
    if expected.size() != found.size():
        return found
    apart = np.abs(_blocks(expected) - _blocks(found)).max(axis=2) > LEVELS
    pixels = _pixels(found).mean(axis=2, keepdims=True).repeat(3, axis=2)
    places = apart.repeat(2, axis=0).repeat(2, axis=1)
    pixels[: places.shape[0], : places.shape[1]][places] = (255, 0, 0)
    data = np.ascontiguousarray(pixels.astype(np.uint8))
    return QImage(data.data, data.shape[1], data.shape[0], 3 * data.shape[1], QImage.Format.Format_RGB888).copy()


def png(image: QImage) -> bytes:
    """As small as it gets."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 0)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def stored(name: str, look: str) -> Path:
    """Where the picture of a scene is."""
    return FOLDER / f"{name}-{look}.png"


def _pixels(image: QImage) -> NDArray[np.float32]:
    """Colours [H, W, 3]."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.array(plain.constBits(), np.uint8).reshape(plain.height(), -1, 4)[:, : plain.width(), :3]
    return raw[:, :, ::-1].astype(np.float32)


def _blocks(image: QImage) -> NDArray[np.float32]:
    """Mean colours of blocks of 2 x 2 pixels [H / 2, W / 2, 3]."""
    pixels = _pixels(image)
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    return pixels[: 2 * height, : 2 * width].reshape(height, 2, width, 2, 3).mean(axis=(1, 3))
