from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QMenu, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from explorer import theme


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply("system")


def test_the_theme_is_what_was_asked_for_even_where_the_desktop_has_none(qapp: QApplication) -> None:
    theme.apply("dark")
    assert theme.is_dark()
    theme.apply("light")
    assert not theme.is_dark()


def test_back_to_the_system(qapp: QApplication) -> None:
    before = qapp.palette().color(QPalette.ColorRole.Window)
    theme.apply("dark")
    theme.apply("system")
    assert qapp.palette().color(QPalette.ColorRole.Window) == before


def test_widgets_follow(qtbot: QtBot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    theme.apply("dark")
    qtbot.waitUntil(lambda: theme.is_dark(label.palette()))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_reads_on_its_background(name: str) -> None:
    theme.apply(name)
    palette, role = QApplication.palette(), QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    ]
    assert all(contrast(palette, *pair) >= 4.0 for pair in pairs), [contrast(palette, *pair) for pair in pairs]


def contrast(palette: QPalette, text: QPalette.ColorRole, ground: QPalette.ColorRole) -> float:
    return ratio(palette.color(text), palette.color(ground))


def ratio(one: QColor, other: QColor) -> float:
    """Contrast ratio of the web's accessibility guidelines (WCAG 2.1), 1 to 21."""

    def luminance(colour: QColor) -> float:
        linear = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_not_ticked_can_be_seen(qtbot: QtBot, name: str, kind: type[QAbstractButton]) -> None:
    theme.apply(name)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(60, 40)
    button = kind(page)
    page.show()
    picture = page.grab().toImage()
    assert strongest(picture, QApplication.palette().color(QPalette.ColorRole.Window)) >= 3.0
    assert strongest(picture, QApplication.palette().color(QPalette.ColorRole.Base)) >= 3.0
    button.setChecked(True)
    assert page.grab().toImage() != picture


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_box_of_a_menu_can_be_seen(qtbot: QtBot, name: str) -> None:
    theme.apply(name)
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("").setCheckable(True)
    menu.popup(menu.pos())
    picture = menu.grab().toImage().copy(3, 3, menu.width() - 6, menu.height() - 6)  # without its frame
    assert strongest(picture, QApplication.palette().color(QPalette.ColorRole.Base)) >= 3.0


def strongest(picture: QImage, ground: QColor) -> float:
    """The contrast of the pixel that differs most from the ground."""
    return max(ratio(picture.pixelColor(x, y), ground) for x in range(picture.width()) for y in range(picture.height()))


def test_classes_look_different_for_long(use_palette: Callable[[bool], QPalette]) -> None:
    styles = [theme.class_style(index) for index in range(701)]
    assert len({style.colour.name() for style in styles}) == 100
    assert len({(style.colour.name(), style.shape) for style in styles}) == 700
    assert styles[700] == styles[0]


def test_muted_text_is_the_text_behind(use_palette: Callable[[bool], QPalette]) -> None:
    palette = use_palette(True)
    assert theme.muted(palette).rgb() & 0xFFFFFF == palette.color(QPalette.ColorRole.WindowText).rgb() & 0xFFFFFF
    assert theme.muted(palette).alphaF() < 1
