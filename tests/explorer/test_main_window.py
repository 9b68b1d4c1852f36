from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.config import RunConfig
from core.following.follower import Seen
from core.runs import Run
from core.training.records import Finished, HealthWarning
from explorer import theme
from explorer.bridge import hub
from explorer.bridge.projection import MapBridge
from explorer.main_window import MainWindow
from explorer.panels.pairs_wish import PairsWish
from explorer.settings import Settings
from explorer.widgets.notice import Notice
from explorer.widgets.run_bar import RunStage
from explorer.widgets.thumbnail_strip import ThumbnailStrip
from tests.core.embedded.made import clustered, make_set
from tests.explorer.dropping import drop, files
from tests.explorer.standins import StandInSession, started
from tests.explorer.tiny import copied_run, draw_data, stored_run, tiny_config

Make = Callable[..., MainWindow]
BEHIND = {"dock_log", "dock_data", "dock_runs", "dock_pairs", "dock_evaluation", "dock_verdicts", "dock_gallery"}
"""Tabs behind others."""


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes windows that share their settings; no projection process, and torch only where it is used."""
    monkeypatch.setattr(MapBridge, "start", lambda self: None)
    monkeypatch.setattr(hub, "_import_heavy", lambda: 0)
    monkeypatch.chdir(tmp_path)
    made: list[MainWindow] = []

    def make_window(*, build: bool = True, show: bool = True) -> MainWindow:
        store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Settings(store), Path("runs"))
        made.append(window)
        if show:
            window.show()
            qtbot.waitExposed(window)
        if build:
            with qtbot.waitSignal(window.built, timeout=20_000):
                window.build_soon()
        return window

    yield make_window
    theme.apply("system")
    for window in made:  # not by qtbot, which would delete a window that waits for its run
        window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible(), timeout=20_000)
        window.deleteLater()


@pytest.fixture
def window(make: Make) -> MainWindow:
    return make()


def use_stand_in(window: MainWindow) -> list[StandInSession]:
    """Let training be a stand-in; the sessions that are made."""
    sessions: list[StandInSession] = []

    def make_session(config: RunConfig, run_dir: Path) -> StandInSession:
        sessions.append(StandInSession(config, run_dir))
        return sessions[-1]

    window.bridges.training._make = make_session  # type: ignore[assignment]
    return sessions


def train(qtbot: QtBot, window: MainWindow) -> StandInSession:
    sessions = use_stand_in(window)
    window.bar.start.trigger()
    qtbot.waitUntil(lambda: bool(sessions) and sessions[0].asked == ["start"])
    sessions[0].report(started())
    qtbot.waitUntil(lambda: window.bar.stage is RunStage.TRAINING)
    return sessions[0]


def dock(window: MainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, f"dock_{name}")
    assert found is not None
    return found


# --- building


def test_an_empty_frame_comes_first_and_the_panels_one_by_one(qtbot: QtBot, make: Make) -> None:
    window = make(build=False)
    assert window.bar.stage is RunStage.LOADING
    assert window.status.message == "Loading …"
    filled = lambda: sum(each.widget() is not None for each in window.docks.all())  # noqa: E731
    seen = []
    for _ in range(15):
        window.build_next()
        seen.append(filled())
    assert seen == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13]
    qtbot.waitUntil(lambda: window.bar.stage is RunStage.IDLE)
    assert window.status.message == "Ready: choose data and press Start, or open a run"


def test_the_frame_tells_once_that_it_can_be_seen(qtbot: QtBot, make: Make) -> None:
    window = make(build=False, show=False)
    told: list[bool] = []
    window.painted.connect(lambda: told.append(True))
    window.show()
    qtbot.waitUntil(lambda: told == [True])
    window.hide()
    window.show()
    qtbot.waitExposed(window)
    assert told == [True]


def test_the_built_in_data_is_listed_at_first(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.state.dataset is not None, timeout=20_000)
    assert window.state.dataset is not None
    assert window.state.dataset.name == "digits"


def test_it_is_ready_when_torch_is_loaded(qtbot: QtBot, make: Make) -> None:
    window = make(build=False)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.build_soon()


def test_a_problem_is_marked_until_the_log_is_opened_at_it(qtbot: QtBot, make: Make) -> None:
    window = make(build=False)
    window.build_next()
    window.build_next()  # the log is there before whatever might fail
    window.status.complain("a panel could not be made", "Traceback")
    assert window.status.journal.unread == 1
    window.status.log_requested.emit()
    qtbot.waitUntil(lambda: window.status.journal.unread == 0)
    assert "Traceback" in window.panels.log._details.toPlainText()


# --- runs


def test_the_title_says_which_run_is_shown(
    qtbot: QtBot, window: MainWindow, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert window.windowTitle() == "metric-explorer"
    run = stored_run(tmp_path_factory)
    window.run.open_run(run)
    qtbot.waitUntil(lambda: window.windowTitle() == f"{run.name} – metric-explorer", timeout=20_000)


def test_the_title_says_what_the_run_does(qtbot: QtBot, window: MainWindow) -> None:
    session = train(qtbot, window)
    qtbot.waitUntil(lambda: window.windowTitle() == "run – training – metric-explorer")
    session.train(1, 2)
    qtbot.waitUntil(lambda: " % – metric-explorer" in window.windowTitle())
    session.end(Finished(step=3, stopped=True, result={"run": "run"}))
    qtbot.waitUntil(lambda: window.windowTitle() == "run – metric-explorer")


def test_a_picture_of_the_window_goes_to_the_clipboard(window: MainWindow) -> None:
    next(each for each in window.menus.findChildren(QAction) if each.text() == "&Copy picture of panel").trigger()
    assert not QApplication.clipboard().image().isNull()
    assert window.status.message.startswith("Copied a picture of ")


def test_a_run_folder_dropped_on_the_window_is_shown_whole(
    qtbot: QtBot, window: MainWindow, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = stored_run(tmp_path_factory)
    drop(window, files(run))
    qtbot.waitUntil(lambda: window.status.message == f"Opened {run}", timeout=20_000)
    assert window.state.snapshot is not None
    assert window.state.threshold is not None
    assert [each.text() for each in window.menus._recent.actions()] == [str(run)]
    window.panels.verify.choose({"A": "blue/0.png", "B": "red/0.png"})
    qtbot.waitUntil(lambda: window.panels.verify._view is not None, timeout=20_000)


def test_a_click_on_the_curve_brings_its_pairs_to_the_front_and_an_exclusion_is_undone_by_menu(
    qtbot: QtBot, window: MainWindow, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    window.run.open_run(run)
    qtbot.waitUntil(lambda: window.state.curve is not None, timeout=20_000)
    window.panels.roc.pairs_requested.emit(PairsWish(False, -inf, inf, 0.0, "All impostor pairs"))
    panel = window.panels.pairs
    qtbot.waitUntil(lambda: panel.isVisible() and len(panel._list._pairs.pairs) == 12, timeout=20_000)
    panel.exclude_requested.emit(panel._list._pairs.pairs[0].first.sample)
    qtbot.waitUntil(lambda: len(panel._list._pairs.pairs) == 8, timeout=20_000)
    undo = next(action for action in window.menus._edit.actions() if action.text().startswith("&Undo exclude "))
    undo.trigger()
    qtbot.waitUntil(lambda: len(panel._list._pairs.pairs) == 12, timeout=20_000)
    qtbot.waitUntil(lambda: Run.open(run).exclusions() == ())


def test_a_folder_of_images_dropped_anywhere_is_chosen_and_used_of_late(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = draw_data(tmp_path / "shapes")
    drop(window, files(folder))
    qtbot.waitUntil(lambda: window.state.dataset is not None and window.state.dataset.name == "shapes", timeout=20_000)
    assert window.panels.setup.settings()["data"] == str(folder)
    assert [each.text() for each in window.menus._recent_data.actions()] == [str(folder)]
    window.data.choose_folder("digits")
    window.menus._recent_data.actions()[0].trigger()
    assert window.panels.setup.settings()["data"] == str(folder)


def test_embeddings_dropped_on_the_window_have_a_window_of_their_own(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    embedded = make_set(tmp_path / "faces", *clustered(6, 4), shard=10)
    drop(window, files(embedded.path))
    qtbot.waitUntil(lambda: window.findChild(QWidget, "embedded_set") is not None, timeout=20_000)
    assert window.findChild(QWidget, "embedded_set").windowTitle() == "Embeddings faces"  # type: ignore[union-attr]
    assert window.state.run is None


def test_a_text_file_dropped_on_the_window_is_explained(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    drop(window, files(tmp_path / "notes.txt"))
    qtbot.waitUntil(lambda: window.status.is_problem)
    assert "notes.txt: a run is a folder, found a file" in window.status.message


def test_while_a_run_trains_its_menu_entries_are_locked(qtbot: QtBot, window: MainWindow) -> None:
    session = train(qtbot, window)
    locked = [action for action in window.menus._locked if not action.isEnabled()]
    assert len(locked) == 4
    session.end(Finished(step=3, stopped=True, result={"run": "run"}))
    qtbot.waitUntil(lambda: all(action.isEnabled() for action in locked))


# --- the arrangement


def test_the_arrangement_is_remembered(qtbot: QtBot, make: Make) -> None:
    first = make()
    dock(first, "roc").setFloating(True)
    dock(first, "curves").toggleViewAction().trigger()
    first.close()
    second = make()
    assert dock(second, "roc").isFloating()
    assert not dock(second, "curves").isVisible()
    next(each for each in second.menus.findChildren(QAction) if each.text() == "&Reset layout").trigger()
    assert not dock(second, "roc").isFloating()
    assert dock(second, "curves").isVisible()


def test_what_became_of_unusable_settings_is_said(make: Make, tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_bytes(b"no settings at all")
    window = make()
    assert window.status.is_problem
    copy = tmp_path / "settings.damaged.ini"
    assert window.status.message == f"The settings are damaged, so the defaults are used; a copy is kept as {copy}"


def test_that_older_settings_were_taken_over_is_said(make: Make, tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_bytes(b"[window]\nlayout_version=1\ntheme=system\n")
    window = make()
    assert not window.status.is_problem
    assert window.status.message.startswith("Settings of an older version were taken over; a copy is kept as ")


def test_a_closed_dock_comes_back_from_the_view_menu(window: MainWindow) -> None:
    panels = {each.text().replace("&", ""): each for each in window.menus._panels.actions()}
    centre = ["Map", "Data", "Runs", "Pairs", "Evaluation", "Verdicts"]
    assert list(panels) == ["Run setup", "Settings (live)", *centre, "Curves", "Log", "Verify", "Gallery", "ROC"]
    dock(window, "verify").close()
    panels["Verify"].trigger()
    assert dock(window, "verify").isVisible()


def test_the_theme_is_used_and_remembered(qtbot: QtBot, make: Make) -> None:
    window = make()
    window.menus.findChild(QAction, "theme_dark").trigger()
    assert theme.is_dark()
    qtbot.waitUntil(lambda: theme.is_dark(window.palette()))
    window.close()
    assert make(build=False)._settings.theme == "dark"


def test_at_1280_by_800_nothing_is_squeezed_out(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1280, 800)
    for each in window.docks.all():
        if each.objectName() not in BEHIND:
            assert not each.visibleRegion().isEmpty()
            assert each.width() >= each.minimumSizeHint().width()
            assert each.height() >= each.minimumSizeHint().height()


def test_at_1280_by_800_run_setup_and_settings_stand_whole(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.panels.setup.findChild(ThumbnailStrip)
    assert strip is not None
    qtbot.waitUntil(lambda: len(strip.images()) == 8, timeout=20_000)
    session = train(qtbot, window)  # which says in a line of its own why it is locked
    bar = window.panels.setup.findChild(QScrollArea).verticalScrollBar()
    qtbot.wait_until(lambda: window.panels.setup.height() > 300)
    assert (bar.maximum(), bar.isVisible()) == (0, False)
    content = window.panels.setup._content
    spare = content.height() - content.heightForWidth(content.width())
    assert spare >= window.fontMetrics().lineSpacing(), "room for a second line of the summary"
    assert window.panels.settings.height() >= window.panels.settings.minimumSizeHint().height()
    session.end(Finished(step=3, stopped=True, result={"run": "run"}))


def test_a_warning_over_the_curves_makes_no_dock_grow(qtbot: QtBot, window: MainWindow) -> None:
    session = train(qtbot, window)
    session.train(1, 2, 3)
    qtbot.waitUntil(lambda: window.state.model_step == 3)
    before = dock(window, "curves").height()
    session.report(HealthWarning(3, "For 20 steps " + 10 * "something looked ill, ", "Lower the learning rate."))
    notice = window.panels.curves.findChild(Notice)
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)
    QApplication.processEvents()
    assert dock(window, "curves").height() == before
    assert notice.height() >= notice.heightForWidth(notice.width())
    session.end(Finished(step=3, stopped=True, result={"run": "run"}))


# --- closing


def test_closing_before_it_is_built_ends_at_once(qtbot: QtBot, make: Make) -> None:
    window = make(build=False)
    window.build_soon()
    window.build_next()
    window.close()
    assert not window.isVisible()


def test_closing_while_a_run_trains_waits_for_it_without_standing_still(qtbot: QtBot, window: MainWindow) -> None:
    session = train(qtbot, window)
    for _ in range(2):
        assert not window.close()
    assert window.isVisible()
    assert session.asked.count("stop at once") == 2
    assert window.status.message.startswith("Closing after this step")
    session.end(Finished(step=3, stopped=True, result={"run": "run"}))
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_before_training_has_begun(qtbot: QtBot, window: MainWindow) -> None:
    use_stand_in(window)
    window.run.start()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_leaves_a_run_that_is_followed_alone(qtbot: QtBot, window: MainWindow) -> None:
    session, training = StandInSession(), window.bridges.training
    training._make_follower = lambda run_dir, seen: session  # type: ignore[assignment,return-value]
    training.follow(Path("run"), Seen())
    qtbot.waitUntil(lambda: session.asked == ["start"])
    assert window.close()
    assert session.asked == ["start", "leave", "join"]


def test_a_real_run_that_cannot_begin_returns_to_idle(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.panels.setup.set_settings(tiny_config(tmp_path / "gone"))
    window.run.start()
    qtbot.waitUntil(lambda: window.bar.stage is RunStage.IDLE, timeout=60_000)
    assert window.status.is_problem
    assert f"{tmp_path / 'gone'}: no such folder" in window.status.message
    assert not (tmp_path / "runs").exists()


def test_closing_a_real_run_keeps_its_checkpoint(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    config = tiny_config(draw_data(tmp_path / "data"), epochs=100_000)
    window.panels.setup.set_settings(config)
    window.run.start()
    qtbot.waitUntil(lambda: window.state.model_step > 3, timeout=60_000)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    run = Run.open(next((tmp_path / "runs").iterdir()))
    assert run.newest_checkpoint() >= 3
    assert run.events()[-1]["event"] == "finished"


# --- the theme


def test_a_theme_change_reaches_every_panel(qtbot: QtBot, window: MainWindow) -> None:
    theme.apply("dark")
    QApplication.sendPostedEvents(None, QEvent.Type.None_)
    qtbot.waitUntil(lambda: all(theme.is_dark(each.palette()) for each in window.docks.all()))


def test_a_window_at_its_first_start_is_no_higher_than_the_screen(make: Make) -> None:
    window = make(build=False, show=False)
    window.resize(window.width(), 5000)
    window.keep_on_screen()
    assert window.height() < window.screen().availableSize().height()
    seen = window.size()
    window.keep_on_screen()
    assert window.size() == seen
