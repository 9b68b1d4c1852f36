"""Spacing and colours of the whole window; the data colours are the same in the light and the dark theme."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

UNIT = 8
"""Pixels; every margin and gap is a multiple or half of it."""

GENUINE = QColor("#1f9e89")
"""Genuine pairs, everywhere; drawn solid."""
IMPOSTOR = QColor("#d1663f")
"""Impostor pairs, everywhere; drawn dashed."""
TASK_COLOURS = {
    "total": QColor("#7f7f7f"),
    "cls": QColor("#3a7bd5"),
    "seg": QColor("#9467bd"),
    "metric": QColor("#d18f00"),
    "active_fraction": QColor("#17a2a2"),
}
"""One colour a loss curve."""


_OUTLINED = ("QCheckBox", "QRadioButton", "QMenu")
_OUTLINE = {False: QColor("#a0a0a0"), True: QColor("#d0d0d0")}
"""Whether it is dark around; what Qt's style makes an outline of that has a contrast of 3 to its ground."""


class Shape(Enum):
    """Marker shapes; together with the colour they tell classes apart without relying on colour alone."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CROSS = "cross"
    PLUS = "plus"
    STAR = "star"


@dataclass(frozen=True)
class ClassStyle:
    """How one class looks wherever it is drawn."""

    colour: QColor
    shape: Shape


def class_style(index: int) -> ClassStyle:
    """Style of class `index`: the first ten for colour-blind readers too, 100 colours, and 700 pairs with shapes."""
    from explorer.class_colours import class_looks  # not before the frame is on the screen: it takes numpy

    shapes = tuple(Shape)
    looks = class_looks(len(shapes))
    again, place = divmod(index, len(looks))
    colour, shape = looks[place]
    return ClassStyle(QColor(colour), shapes[(shape + again) % len(shapes)])


def is_dark(palette: QPalette | None = None) -> bool:
    """Whether the palette (the application's without one) is a dark one."""
    used = palette or QApplication.palette()
    return used.color(QPalette.ColorRole.Window).lightness() < 128


def muted(palette: QPalette) -> QColor:
    """Colour of secondary text: readable, but behind the main text."""
    text = palette.color(QPalette.ColorRole.WindowText)
    text.setAlphaF(0.65)
    return text


def digits_font() -> QFont:
    """Font for figures that change: the system's monospaced one, so that nothing jitters."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def apply(name: str) -> None:
    """Use the 'light' or the 'dark' theme, or follow the 'system'.

    Where the desktop cannot be asked for another theme, as under a bare window manager, the palette is our own.
    """
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(name, Qt.ColorScheme.Unknown)
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(scheme)
    if scheme is Qt.ColorScheme.Unknown or hints.colorScheme() is scheme:
        QApplication.setPalette(QPalette())
    else:
        QApplication.setPalette(_palette(dark=scheme is Qt.ColorScheme.Dark))
    outline()


def outline() -> None:
    """Let empty boxes, discs and menus be seen, whatever the palette; to be done again after it has changed.

    Fusion draws their outlines in a darker shade of `Window`, which is lost on a dark one.
    """
    palette = QPalette(QApplication.palette())
    palette.setColor(QPalette.ColorRole.Window, _OUTLINE[is_dark(palette)])
    for kind in _OUTLINED:
        QApplication.setPalette(palette, kind)  # type: ignore[arg-type]  # the stub asks for bytes, Qt for a str


def _palette(*, dark: bool) -> QPalette:
    window, base, text = ("#2d2d2d", "#1f1f1f", "#eeeeee") if dark else ("#efefef", "#ffffff", "#1a1a1a")
    palette = QPalette(QColor(window))
    role = QPalette.ColorRole
    for kind in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText):
        palette.setColor(kind, QColor(text))
        palette.setColor(QPalette.ColorGroup.Disabled, kind, QColor("#888888"))
    faint = QColor(text)
    faint.setAlphaF(0.5)
    palette.setColor(role.PlaceholderText, faint)
    palette.setColor(role.Base, QColor(base))
    palette.setColor(role.AlternateBase, QColor(window))
    palette.setColor(role.ToolTipBase, QColor(base))
    palette.setColor(role.Highlight, QColor("#2f7fc1"))
    palette.setColor(role.HighlightedText, QColor("#ffffff"))
    palette.setColor(role.Link, QColor("#6ab0f3" if dark else "#0057ae"))
    return palette
