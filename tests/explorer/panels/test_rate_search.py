import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.training.rate_finder import RateSearch, judged, rates_tried
from explorer.panels.rate_search import RateSearchDialog
from explorer.widgets.message import Message
from explorer.widgets.work_line import WorkLine

RATES = rates_tried(100)
FALLING = judged(RATES, 3 + 2 / (1 + np.exp(4 * (np.log10(RATES) + 3))))
FLAT = judged(RATES, np.full(100, 2.0))


@pytest.fixture
def dialog(qtbot: QtBot) -> RateSearchDialog:
    dialog = RateSearchDialog(2e-3)
    dialog.taken, dialog.cancels = [], []
    dialog.rate_chosen.connect(dialog.taken.append)
    dialog.cancel_requested.connect(lambda: dialog.cancels.append(True))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def use(dialog: RateSearchDialog) -> QPushButton:
    button = dialog.findChild(QPushButton, "use_rate_button")
    assert button is not None
    return button


def sentence(dialog: RateSearchDialog) -> str:
    message = dialog.findChild(Message)
    assert message is not None
    return message.sentence()


def test_the_suggestion_is_taken(qtbot: QtBot, dialog: RateSearchDialog) -> None:
    """A curve that is steepest at 0.001."""
    assert not use(dialog).isEnabled()
    dialog.show_progress("trying rates", 0.5, None)
    dialog.show_result(FALLING)
    assert not dialog.findChild(WorkLine).isVisible()
    assert FALLING.suggestion == pytest.approx(1e-3, rel=0.1)
    assert sentence(dialog).startswith(f"The loss falls fastest at {FALLING.suggestion}. Drag")
    assert use(dialog).text() == f"Use {FALLING.suggestion}"
    qtbot.mouseClick(use(dialog), Qt.MouseButton.LeftButton)
    assert dialog.taken == [FALLING.suggestion]
    assert not dialog.isVisible()


def test_the_line_chooses_another_rate_within_the_slider(dialog: RateSearchDialog) -> None:
    dialog.show_result(FALLING)
    for place, words in ((-2.0, "Use 0.01"), (-9.0, "Use 1e-6"), (3.0, "Use 0.1"), (np.log10(0.004321), "Use 0.0043")):
        dialog._plot.line.setValue(place)
        assert use(dialog).text() == words


def test_without_a_suggestion_the_line_stands_at_the_present_rate(dialog: RateSearchDialog) -> None:
    dialog.show_result(FLAT)
    assert sentence(dialog).startswith("The loss does not clearly fall at any rate.")
    assert use(dialog).text() == "Use 0.002"


def test_it_closes_when_the_search_has_ended(dialog: RateSearchDialog) -> None:
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.cancels == [True]
    dialog.show_cancelled()
    assert not dialog.isVisible()
    assert dialog.taken == []


def test_cancelled_it_stays_and_says_so(qtbot: QtBot, dialog: RateSearchDialog) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, "cancel_button"), Qt.MouseButton.LeftButton)
    assert dialog.cancels == [True]
    dialog.show_cancelled()
    assert sentence(dialog) == "Nothing was kept of the search."
    assert not use(dialog).isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_problem_is_said(dialog: RateSearchDialog) -> None:
    dialog.show_problem("no images")
    assert sentence(dialog) == "no images"
    assert not use(dialog).isEnabled()


def test_a_search_that_ended_at_once(dialog: RateSearchDialog) -> None:
    dialog.show_result(RateSearch(np.empty(0), np.empty(0), np.empty(0), None))
    dialog._plot.hovered.emit(1e-3, 1.0)
    assert use(dialog).text() == "Use 0.002"


def test_export_and_readout(dialog: RateSearchDialog) -> None:
    dialog.show_result(FALLING)
    dialog._plot.hovered.emit(1e-3, 3.0)
    rows = dialog._plot.table().rows
    assert {row[0] for row in rows} == {"each step", "smoothed"}
    assert len(rows) == 200
    assert rows[0][1] == pytest.approx(1e-6)
