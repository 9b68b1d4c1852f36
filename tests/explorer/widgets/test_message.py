import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.message import WARNING_SIGN, Message, breakable


@pytest.fixture
def message(qtbot: QtBot) -> Message:
    parent = QWidget()
    message = Message()
    QVBoxLayout(parent).addWidget(message)
    qtbot.addWidget(parent)
    parent.resize(200, 200)
    parent.show()
    message.parent_window = parent  # Qt alone would let it go
    return message


def test_empty_takes_no_space(message: Message) -> None:
    assert message.isHidden()
    message.tell("hello")
    assert message.isVisible()
    message.complain("")
    assert message.isHidden()
    assert not message.is_problem()


def test_a_problem_is_told_by_more_than_its_colour(message: Message) -> None:
    message.complain("no such folder")
    assert message.text() == f"{WARNING_SIGN} no such folder"
    assert (message.sentence(), message.is_problem()) == ("no such folder", True)


def test_markup_in_file_names_is_shown_as_it_is(message: Message) -> None:
    message.complain("<b>bold</b>.png: unreadable")
    assert "<b>bold" in message.text().replace("\N{ZERO WIDTH SPACE}", "")


def test_a_long_path_does_not_widen_the_panel(message: Message) -> None:
    message.complain("/" + 50 * "abcdefgh_")
    assert message.window().minimumSizeHint().width() < 100


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a/b_c", ["a/", "b_", "c"]),
        ("found 0.25 to 2.00", ["found 0.25 to 2.00"]),
        ("cat.png", ["cat.", "png"]),
        ("end.", ["end."]),
        ("found 55.0 % of", ["found 55.0\N{NO-BREAK SPACE}% of"]),
    ],
)
def test_breaks_inside_paths_and_not_inside_numbers(text: str, parts: list[str]) -> None:
    assert breakable(text).split("\N{ZERO WIDTH SPACE}") == parts


@pytest.mark.parametrize("kind", ["tell", "complain"])
def test_colours_follow_the_theme(message: Message, use_palette, kind: str) -> None:
    getattr(message, kind)("hello")
    lightness = {}
    for dark in (False, True, False):
        use_palette(dark)
        QApplication.processEvents()
        lightness[dark] = message.palette().color(QPalette.ColorRole.WindowText).lightness()
    assert lightness[True] > 128 > lightness[False]
