import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import InputError
from core.losses.gradient_balance import gradient_weighting
from explorer.lab.pictures import tasks
from explorer.lab.pictures.tasks import TasksPicture, drive
from explorer.widgets.message import Message

PLACES = np.array([[0.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [2.0, 0.0]])


@pytest.fixture
def picture(qtbot: QtBot) -> TasksPicture:
    made = TasksPicture()
    qtbot.addWidget(made)
    made.resize(790, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(qtbot: QtBot, picture: TasksPicture, name: str) -> None:
    picture.choice.set_value(name)
    picture.choice.edited.emit()
    qtbot.waitUntil(lambda: not picture._behind.busy, timeout=20_000)


def test_the_weighted_sum_by_hand() -> None:
    found = drive(PLACES, (2.0, 1.0, 0.5), None)
    # A task's gradient is its weight times the way from its best place to the parameters.
    assert found.gradients == pytest.approx(np.array([[2.0, 0.0], [0.0, -1.0], [-1.0, 0.0]]))
    assert found.total == pytest.approx(np.array([1.0, -1.0]))
    assert found.shares == pytest.approx(np.array([0.5, 0.25, 0.25]))
    assert found.falls == pytest.approx(np.array([2.0, 1.0, -1.0]))


def test_a_weight_of_0_leaves_its_task_out() -> None:
    assert drive(PLACES, (0.0, 1.0, 0.0), None).total == pytest.approx(np.array([0.0, -1.0]))
    assert not drive(PLACES, (0.0, 0.0, 0.0), None).total.any()


@pytest.mark.parametrize("weights", [(1.0, 1.0, 1.0), (3.0, 1.0, 0.5), (0.5, 1.0, 3.0)])
def test_a_sum_lets_a_loss_rise_and_upgrad_none(weights: tuple[float, float, float]) -> None:
    pytest.importorskip("torchjd", reason="gradient methods need TorchJD")
    assert (drive(PLACES, weights, None).falls < 0).any()
    found = drive(PLACES, weights, gradient_weighting("upgrad"))
    assert (found.falls >= 0).all()
    assert found.total.any()


def test_a_step_goes_along_the_sum(picture: TasksPicture) -> None:
    start, total = picture.places.copy(), picture.driven().total
    picture.step()
    assert picture.places[0] == pytest.approx(start[0] - 0.3 * total)
    assert picture.places[1:] == pytest.approx(start[1:])


def test_a_gradient_method_is_switched_on_and_off(qtbot: QtBot, picture: TasksPicture) -> None:
    pytest.importorskip("torchjd", reason="gradient methods need TorchJD")

    def word() -> str:
        return picture.findChild(QLabel, "cls_value").text()

    assert word().endswith("loss rises")
    choose(qtbot, picture, "upgrad")
    assert not word().endswith("loss rises")
    choose(qtbot, picture, "fixed")
    assert word().endswith("loss rises")


def test_a_method_that_is_not_installed_is_said_and_left(
    qtbot: QtBot, picture: TasksPicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise InputError(f"balance: {name!r} needs TorchJD")

    monkeypatch.setattr(tasks, "gradient_weighting", missing)
    choose(qtbot, picture, "mgda")
    assert picture.choice.value() == "fixed"
    assert picture.findChild(Message).sentence() == "balance: 'mgda' needs TorchJD"
