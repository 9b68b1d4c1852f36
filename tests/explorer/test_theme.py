from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
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
    """Contrast ratio of the web's accessibility guidelines (WCAG 2.1), 1 to 21."""

    def luminance(role: QPalette.ColorRole) -> float:
        colour = palette.color(role)
        linear = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_classes_look_different_for_long(use_palette: Callable[[bool], QPalette]) -> None:
    styles = [theme.class_style(index) for index in range(701)]
    assert len({style.colour.name() for style in styles}) == 100
    assert len({(style.colour.name(), style.shape) for style in styles}) == 700
    assert styles[700] == styles[0]


def test_muted_text_is_the_text_behind(use_palette: Callable[[bool], QPalette]) -> None:
    palette = use_palette(True)
    assert theme.muted(palette).rgb() & 0xFFFFFF == palette.color(QPalette.ColorRole.WindowText).rgb() & 0xFFFFFF
    assert theme.muted(palette).alphaF() < 1
