"""What is true of every picture of the lab."""

import math
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSlider
from pytestqt.qtbot import QtBot

from explorer.lab import pictures
from explorer.lab.behind import Behind
from explorer.lab.figures import Figures
from explorer.lab.handles import HandlePlot
from explorer.lab.picture import Picture, find_pictures
from explorer.widgets.choice_field import ChoiceField
from explorer.widgets.value_slider import ValueSlider
from tests.explorer.walking import controls, cut_off, described

KINDS = find_pictures()
NAMES = [kind.__module__.rpartition(".")[2] for kind in KINDS]
OPEN_S, REFRESH_S = 0.3, 0.1
"""Time of this thread alone, several times what it takes, since other processes share the machine."""
ANOTHER = """
from explorer.lab.picture import Picture


class Another(Picture):
    place, title, sentence = 35, "Another", "Try it."
"""


@pytest.fixture(params=KINDS, ids=NAMES)
def kind(request: pytest.FixtureRequest) -> type[Picture]:
    return request.param


@pytest.fixture
def picture(qtbot: QtBot, kind: type[Picture]) -> Picture:
    made = kind()
    qtbot.addWidget(made)
    made.resize(790, 700)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, picture: Picture) -> None:
    qtbot.waitUntil(lambda: not any(behind.busy for behind in picture.findChildren(Behind)), timeout=20_000)


def figures(picture: Picture) -> dict[str, str]:
    row = [label for figures in picture.findChildren(Figures) for label in figures.findChildren(QLabel)]
    return {label.objectName(): label.text() for label in row if label.objectName()}


def numbers(picture: Picture) -> list[float]:
    return [float(found) for text in figures(picture).values() for found in re.findall(r"-?\d+\.\d+", text)]


def test_there_are_the_seven_of_the_lab_in_order() -> None:
    assert NAMES == ["triplet", "contrastive", "distances", "normalise", "linear_metric", "rates", "tasks"]
    assert len({kind.title for kind in KINDS}) == len(KINDS)


def test_a_new_picture_is_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "another.py").write_text(ANOTHER)
    monkeypatch.setattr(pictures, "__path__", [*pictures.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"{pictures.__name__}.another", raising=False)
    assert [kind.title for kind in find_pictures()][3] == "Another"
    monkeypatch.delitem(sys.modules, f"{pictures.__name__}.another")


def test_it_opens_and_follows_a_slider_at_once(qtbot: QtBot, kind: type[Picture]) -> None:
    began = time.thread_time()
    made = kind()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert time.thread_time() - began < OPEN_S
    settle(qtbot, made)

    def seconds() -> float:
        began = time.thread_time()
        made.refresh()
        return time.thread_time() - began

    assert statistics.median(seconds() for _ in range(5)) < REFRESH_S


def test_its_words(picture: Picture) -> None:
    sentence = picture.findChild(QLabel, "sentence")
    assert sentence.text() == picture.sentence
    assert sentence.text().endswith(".")
    assert ". " not in sentence.text(), "one sentence"
    for control in (*controls(picture), *picture.findChildren(HandlePlot)):
        assert control.accessibleName() or getattr(control, "text", str)(), described(control)
        assert control.toolTip() or control.accessibleDescription(), described(control)
        assert control.focusPolicy() != Qt.FocusPolicy.NoFocus or control.toolTip() == "", described(control)
    assert cut_off(picture) == []


def test_every_slider_changes_what_is_shown_and_none_can_break_it(qtbot: QtBot, picture: Picture) -> None:
    for slider in picture.findChildren(ValueSlider):
        bar, drawn = slider.findChild(QSlider), picture.grab().toImage()
        for end in (bar.maximum(), bar.minimum()):
            bar.setValue(end)
            settle(qtbot, picture)
            assert all(map(math.isfinite, numbers(picture)))
            assert "nan" not in " ".join(figures(picture).values())
        bar.setValue(bar.maximum())
        settle(qtbot, picture)
        assert picture.grab().toImage() != drawn, slider.label.text()


def test_no_place_of_a_handle_can_break_it(qtbot: QtBot, picture: Picture) -> None:
    planes = [plane for plane in picture.findChildren(HandlePlot) if plane.toolTip()]
    assert planes
    for plane in planes:
        for x, y in ((0.0, 0.0), (1.4, 1.4), (-1.4, -1.4)):
            for index in range(len(list(plane.table().rows))):
                plane.moved.emit(index, x, y)  # all in one place in the end, which leaves no direction
    settle(qtbot, picture)
    assert all(map(math.isfinite, numbers(picture)))
    assert "nan" not in " ".join(figures(picture).values())


def test_a_moved_handle_changes_what_is_shown(qtbot: QtBot, picture: Picture) -> None:
    before = figures(picture)
    next(plane for plane in picture.findChildren(HandlePlot) if plane.toolTip()).moved.emit(0, 0.7, -0.6)
    assert figures(picture) != before


def test_it_follows_the_theme(qtbot: QtBot, use_palette: Callable[[bool], QPalette], picture: Picture) -> None:
    grounds = []
    for dark in (False, True):
        palette = use_palette(dark)
        picture.setPalette(palette)
        qtbot.wait(0)
        plot = picture.findChild(HandlePlot)
        grounds.append(plot.grab().toImage().pixelColor(plot.width() - 5, plot.height() // 2).lightness())
    assert grounds[0] > 200
    assert grounds[1] < 60


def test_it_leaves_the_generator_of_a_run_alone(qtbot: QtBot, kind: type[Picture]) -> None:
    before = torch.get_rng_state()
    picture = kind()
    qtbot.addWidget(picture)
    settle(qtbot, picture)
    for choice in picture.findChildren(ChoiceField):
        for row in range(choice.count()):
            choice.setCurrentIndex(row)
            choice.activated.emit(row)
            settle(qtbot, picture)
    assert torch.equal(torch.get_rng_state(), before)
