from collections.abc import Callable
from importlib import resources

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette

from explorer.icons import app_icon, icon

STROKES = (
    *("play", "pause", "stop", "open", "swap", "clear"),
    *("fit", "move", "rectangle", "lasso", "eye", "colours", "settings", "search", "selections", "compare"),
    *("dock-float", "dock-close"),
)
UsePalette = Callable[[bool], QPalette]


def _image(drawn: QIcon, side: int = 32, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return drawn.pixmap(QSize(side, side), mode).toImage()


def _pixels(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def _luminance(colour: QColor) -> float:
    """WCAG 2.1, relative luminance."""
    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", STROKES)
def test_strokes_stand_out_from_the_window(use_palette: UsePalette, name: str, dark: bool) -> None:
    ground = use_palette(dark).color(QPalette.ColorRole.Window)
    inked = [colour for colour in _pixels(_image(icon(name))) if colour.alpha() > 200]
    assert len(inked) > 30
    assert all(_contrast(colour, ground) > 7 for colour in inked)


def test_an_icon_follows_a_change_of_theme_without_being_made_again(use_palette: UsePalette) -> None:
    use_palette(False)
    play = icon("play")
    light = _image(play)
    use_palette(True)
    assert _image(play) != light
    use_palette(False)
    assert _image(play) == light


def test_a_disabled_icon_is_fainter(use_palette: UsePalette) -> None:
    use_palette(False)
    normal, disabled = (max(c.alpha() for c in _pixels(_image(icon("stop"), mode=mode))) for mode in _MODES)
    assert normal == 255
    assert 50 < disabled < 150


_MODES = (QIcon.Mode.Normal, QIcon.Mode.Disabled)


def test_icons_are_drawn_for_the_size_asked_for() -> None:
    image = _image(icon("pause"), side=96)
    assert image.size() == QSize(96, 96)
    soft = sum(0 < colour.alpha() < 255 for colour in _pixels(image))
    inked = sum(colour.alpha() > 0 for colour in _pixels(image))
    assert soft < 0.3 * inked  # a small picture blown up would be soft all over


def test_the_program_has_an_icon_of_its_own_colours(use_palette: UsePalette) -> None:
    use_palette(False)
    light = _image(app_icon())
    use_palette(True)
    assert _image(app_icon()) == light
    assert len({colour.name() for colour in _pixels(light)}) > 10


def test_every_icon_is_in_the_package_and_a_missing_one_is_an_error() -> None:
    folder = resources.files("resources").joinpath("icons")
    assert {file.name for file in folder.iterdir()} >= {f"{name}.svg" for name in (*STROKES, "app")}
    with pytest.raises(FileNotFoundError):
        icon("no such icon")
