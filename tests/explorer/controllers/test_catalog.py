"""A published data set: offered, fetched after a click, chosen when it is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from core.data.catalog import catalog as module
from core.errors import InputError
from explorer.controllers import catalog as controller
from tests.core.data.catalog.layouts import omniglot
from tests.explorer.controllers.conftest import Desk


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(module.FOLDER_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def fetch_as(monkeypatch: pytest.MonkeyPatch, fetch: Callable[..., object]) -> None:
    monkeypatch.setattr(controller, "download", fetch)


def choose(desk: Desk, name: str) -> None:
    combo = desk.setup.findChild(QComboBox, "data_field")
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData(name))
    combo.activated.emit(combo.currentIndex())
    desk.settle()


def button(desk: Desk, name: str = "download_button") -> QPushButton:
    found = desk.setup.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def words(desk: Desk) -> str:
    return desk.setup.download._about.sentence()


def problem(desk: Desk) -> str:
    return desk.setup._chooser._problem.sentence()


def test_what_is_not_here_is_offered_and_nothing_is_fetched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch_as(monkeypatch, lambda *_: pytest.fail("nobody has asked for it"))
    assert button(desk).isHidden()
    choose(desk, "oxford-pet")
    assert not button(desk).isHidden()
    assert button(desk).text() == "Download (811 MB)"
    assert "www.robots.ox.ac.uk" in button(desk).toolTip()
    assert "Licence: CC BY-SA 4.0" in words(desk)
    choose(desk, "digits")
    assert desk.setup.download.isHidden()


def test_a_click_fetches_and_chooses_it(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(name: str, watch: Callable[[str, float], None]) -> Path:
        watch("fetching images.zip", 0.5)
        return omniglot(folder / name)

    fetch_as(monkeypatch, fetch)
    choose(desk, "omniglot")
    button(desk).click()
    assert button(desk).isHidden()
    desk.settle()
    assert desk.setup.download.isHidden()
    assert desk.state.dataset is not None
    assert (desk.state.dataset.name, len(desk.state.dataset.samples)) == ("omniglot", 18)
    assert desk.settings.recent("data") == [], "it is in the list already"


def test_another_choice_meanwhile_stays(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch_as(monkeypatch, lambda name, watch: omniglot(folder / name))
    choose(desk, "omniglot")
    button(desk).click()
    choose(desk, "digits")
    desk.settle()
    assert desk.state.dataset is not None
    assert desk.state.dataset.name == "digits"
    assert desk.said == "Omniglot is on this machine now"


def test_a_failure_is_told_where_it_was_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(name: str, watch: object) -> Path:
        raise InputError("images.zip: no connection to example.org (no answer); 3 MB are kept")

    fetch_as(monkeypatch, fetch)
    choose(desk, "omniglot")
    button(desk).click()
    desk.settle()
    assert "no connection to example.org" in problem(desk)
    assert "no connection" in desk.said
    assert not button(desk).isHidden()


def test_a_download_can_be_cancelled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(name: str, watch: Callable[[str, float], None]) -> Path:
        while True:
            watch("fetching images.zip", 0.1)

    fetch_as(monkeypatch, fetch)
    choose(desk, "omniglot")
    button(desk).click()
    desk.qtbot.waitUntil(lambda: bool(desk.bridges.tick() or "images.zip" in desk.setup.download._state.sentence()))
    button(desk, "cancel_download").click()
    desk.settle()
    assert "what has come is kept" in desk.said
    assert not button(desk).isHidden()
