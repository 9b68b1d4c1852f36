"""Finding a learning rate, from the button to the slider."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from core.config import RunConfig
from core.errors import InputError
from core.training.rate_finder import RateSearch
from explorer.panels.rate_search import RateSearchDialog
from tests.explorer.controllers.conftest import Desk

FOUND = RateSearch(np.geomspace(1e-6, 1e-1, 5), np.arange(5.0, 0.0, -1), np.arange(5.0, 0.0, -1), 0.004)


@pytest.fixture
def search(monkeypatch) -> Callable[[Callable], list[RunConfig]]:
    """Let the search do what a function of its watch does; gives the settings that it was begun with."""

    def stand_in(does: Callable) -> list[RunConfig]:
        asked: list[RunConfig] = []

        def find_rate(config, watch):
            asked.append(config)
            watch("trying rates", 0.5)
            return does(watch)

        monkeypatch.setattr("core.training.rate_finder.find_rate", find_rate)
        return asked

    return stand_in


def press_find(desk: Desk) -> RateSearchDialog | None:
    desk.qtbot.mouseClick(desk.live.findChild(QToolButton, "find_rate"), Qt.MouseButton.LeftButton)
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, RateSearchDialog)]
    return next((dialog for dialog in dialogs if dialog.isVisible()), None)


def test_from_the_button_to_the_slider(desk: Desk, search) -> None:
    asked = search(lambda watch: FOUND)
    desk.live.show()
    dialog = press_find(desk)
    assert dialog is not None
    assert dialog.isModal()
    desk.settle()
    assert asked[0].hyperparameters == desk.live.values()
    desk.qtbot.mouseClick(dialog.findChild(QPushButton, "use_rate_button"), Qt.MouseButton.LeftButton)
    assert desk.live.values().learning_rate == 0.004
    assert desk.said == "The next run starts with the learning rate 0.004"
    desk.run.start()
    desk.settle()
    assert desk.session.config.hyperparameters.learning_rate == 0.004


def test_closed_it_ends_the_search_first(desk: Desk, search) -> None:
    def go_on(watch) -> None:
        while True:
            watch("trying rates", 0.5)

    search(go_on)
    desk.live.show()
    dialog = press_find(desk)
    desk.qtbot.waitUntil(lambda: (desk.bridges.tick(), desk.bridges.finding.busy)[1])
    dialog.reject()
    desk.qtbot.waitUntil(lambda: (desk.bridges.tick(), not dialog.isVisible())[1])
    assert not desk.bridges.finding.busy
    assert press_find(desk) is not None  # and may be begun again
    desk.bridges.finding.cancel()
    desk.settle()


def test_a_problem_is_one_sentence(desk: Desk, search) -> None:
    def fail(watch) -> None:
        raise InputError("nowhere: no images were found")

    search(fail)
    desk.live.show()
    dialog = press_find(desk)
    desk.settle()
    assert desk.said == "No learning rate was found: nowhere: no images were found"
    dialog.reject()


def test_not_while_a_run_trains(desk: Desk, search) -> None:
    asked = search(lambda watch: FOUND)
    desk.live.show()
    desk.train()
    button = desk.live.findChild(QToolButton, "find_rate")
    assert not button.isEnabled()
    assert button.toolTip().startswith("A run is training; stop it first.")
    desk.live.find_rate_requested.emit()
    desk.settle()
    assert asked == []
