import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QProgressBar
from pytestqt.qtbot import QtBot

from explorer.widgets.run_bar import RunBar, RunStage
from tests.explorer.standins import heard, names


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(qtbot: QtBot, window: QMainWindow) -> RunBar:
    window.addToolBar(bar := RunBar())
    window.resize(1280, 100)
    window.show()
    qtbot.waitExposed(window)
    return bar


@pytest.fixture
def asked(bar: RunBar) -> list[tuple[object, ...]]:
    return heard(*((name, getattr(bar, f"{name}_requested")) for name in ("start", "pause", "resume", "stop")))


def text(bar: RunBar) -> str:
    label = bar.findChild(QLabel, "run_text")
    assert label is not None
    return label.text().replace("\N{NARROW NO-BREAK SPACE}", " ")


def progress(bar: RunBar) -> tuple[int, int]:
    found = bar.findChild(QProgressBar)
    assert found is not None
    return found.value(), found.maximum()


@pytest.mark.parametrize(
    ("stage", "possible"),
    [
        (RunStage.LOADING, ()),
        (RunStage.IDLE, ("start",)),
        (RunStage.PREPARING, ("stop",)),
        (RunStage.TRAINING, ("pause", "stop")),
        (RunStage.PAUSED, ("pause", "stop")),
        (RunStage.STOPPING, ()),
    ],
)
def test_each_stage_offers_what_can_be_done(bar: RunBar, stage: RunStage, possible: tuple[str, ...]) -> None:
    bar.set_stage(stage)
    actions = {"start": bar.start, "pause": bar.pause, "stop": bar.stop}
    assert tuple(name for name, action in actions.items() if action.isEnabled()) == possible
    for name, action in actions.items():
        assert action.toolTip().startswith("Not now: ") == (name not in possible)
        assert action.shortcut().toString() in action.toolTip()


def test_buttons_ask(bar: RunBar, asked: list[tuple[object, ...]]) -> None:
    bar.start.trigger()
    for stage in (RunStage.TRAINING, RunStage.PAUSED):
        bar.set_stage(stage)
        bar.pause.trigger()
    bar.stop.trigger()
    assert names(asked) == ["start", "pause", "resume", "stop"]


@pytest.mark.parametrize(
    ("key", "stage", "name"),
    [
        (Qt.Key.Key_R, RunStage.IDLE, "start"),
        (Qt.Key.Key_P, RunStage.TRAINING, "pause"),
        (Qt.Key.Key_P, RunStage.PAUSED, "resume"),
        (Qt.Key.Key_Period, RunStage.TRAINING, "stop"),
    ],
)
def test_keys_ask(
    qtbot: QtBot, bar: RunBar, asked: list[tuple[object, ...]], key: Qt.Key, stage: RunStage, name: str
) -> None:
    bar.set_stage(stage)
    qtbot.keyClick(bar.window(), key, Qt.KeyboardModifier.ControlModifier)
    assert names(asked) == [name]


def test_work_of_known_and_of_unknown_length(bar: RunBar) -> None:
    bar.show_work("decoding images", 1_200, 1_797)
    assert text(bar) == "decoding images 1 200 of 1 797"
    assert progress(bar) == (1_200, 1_797)
    bar.show_work("building the model", 0, 0)
    assert text(bar) == "building the model …"
    assert progress(bar)[1] == 0


def test_progress_with_speed_and_time(bar: RunBar) -> None:
    bar.show_progress(168, 480, "7/20", 412.4, 48.0)
    assert text(bar) == "epoch 7/20 · step 168 of 480 · 412 images/s · 0:48 left"
    assert progress(bar) == (168, 480)
    bar.show_progress(0, 480, "1/20", None, None)
    assert text(bar) == "epoch 1/20 · step   0 of 480 · – images/s · – left"


def test_the_figures_do_not_jitter(qtbot: QtBot, bar: RunBar) -> None:
    widths = set()
    for step in range(1, 101):
        bar.show_progress(step, 100, "7/20", 412.4, 48.0)
        widths.add(bar.findChild(QLabel, "run_text").sizeHint().width())
    assert len(widths) == 1


def test_in_a_narrow_window_the_figures_are_cut_and_nothing_is_hidden(
    qtbot: QtBot, window: QMainWindow, bar: RunBar
) -> None:
    bar.set_subject("digits · resnet18 · cpu")
    bar.show_progress(123_456, 1_000_000, "12345/100000", 41_234.0, 36_000.0)
    window.resize(800, 100)
    qtbot.waitUntil(lambda: bar.width() == 800)
    shown = [bar.findChild(QLabel, name).isVisible() for name in ("run_text", "run_subject")]
    assert shown == [True, True]


def test_idle_again_leaves_the_last_word(bar: RunBar) -> None:
    bar.show_progress(168, 480, "7/20", 412.4, 48.0)
    bar.set_stage(RunStage.IDLE)
    assert text(bar) == ""
    bar.show_end("Finished at step 480")
    assert text(bar) == "Finished at step 480"
    assert progress(bar) == (1000, 1000)


def test_a_run_that_broke_off_is_not_shown_as_whole(bar: RunBar) -> None:
    bar.show_progress(120, 480, "5/20", 412.4, 48.0)
    bar.set_stage(RunStage.IDLE)
    bar.show_end("Failed after step 120", 120 / 480)
    assert progress(bar) == (250, 1000)


def test_the_bar_says_what_is_trained(bar: RunBar) -> None:
    bar.set_subject("digits · resnet18 · cpu")
    label = bar.findChild(QLabel, "run_subject")
    assert label is not None
    assert label.text() == "digits · resnet18 · cpu"
