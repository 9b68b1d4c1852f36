from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from core.run_content import Exclusion
from core.runs import Run
from explorer.bridge.evaluations import MadeProtocol
from explorer.bridge.library import LibraryBridge
from explorer.bridge.long_work import Progress, Work, WorkBridge
from explorer.bridge.tasks import TaskThread
from explorer.controllers.report import COMPARISON, EVALUATION, PROTOCOL, ReportController
from explorer.panels.evaluation import EvaluationPanel
from explorer.reports import CandidateChoice, ProtocolChoice
from explorer.settings import Settings
from explorer.state import ExplorerState, RunView
from explorer.widgets.status_line import StatusLine
from tests.explorer import evaluated
from tests.explorer.standins import curve, snapshot
from tests.explorer.tiny import tiny_config


class StandInEvaluating(WorkBridge):
    """Takes work down; the test says what comes of it."""

    def __init__(self, tasks: TaskThread) -> None:
        super().__init__(tasks)
        self.begun: list[str] = []
        self.asked: list[str] = []

    def begin(self, kind: str, work: Work) -> None:
        self.begun.append(kind)

    def cancel(self) -> None:
        self.asked.append("cancel")

    def forget(self) -> None:
        self.asked.append("forget")


class Desk:
    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.tasks = TaskThread("test", lambda: None)
        self.state, self.panel, self.status = ExplorerState(), EvaluationPanel(), StatusLine()
        qtbot.addWidget(self.panel)
        qtbot.addWidget(self.status)
        self.bridge, self.library = StandInEvaluating(self.tasks), LibraryBridge(self.tasks)
        self.settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
        self.settings.add_recent("runs", "/runs/others")
        self.controller = ReportController(
            self.state,
            self.bridge,
            self.library,
            panel=self.panel,
            status=self.status,
            settings=self.settings,
            run_root=folder,
        )
        self._qtbot, self._folder = qtbot, folder

    def show_run(self, path: Path | None = None) -> None:
        run = path or self._folder / "run"
        self.state.set_run(RunView(run, tiny_config(Path("data")), ("a", "b"), ("a/0.png", "b/0.png"), False))
        self.state.set_snapshot(snapshot(curve=curve()))

    def settle(self) -> None:
        def done() -> bool:
            self.tasks.poll()
            return not self.tasks.busy

        self._qtbot.waitUntil(done, timeout=20_000)

    def button(self, name: str) -> QPushButton:
        button = self.panel.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        return button

    def press(self, name: str) -> None:
        self.button(name).click()

    def seen(self) -> str:
        return "\n".join(label.text() for label in self.panel.findChildren(QLabel))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.tasks.close()


def test_nothing_can_be_measured_before_there_is_a_model(desk: Desk) -> None:
    assert "open one first" in desk.button("evaluate_button").toolTip()
    desk.state.set_run(RunView(Path("run"), tiny_config(Path("data")), ("a",), ("a/0.png",), False))
    assert "no checkpoint yet" in desk.button("evaluate_button").toolTip()
    desk.press("evaluate_button")
    assert desk.bridge.begun == []


def test_evaluate_measures_behind_the_window_and_shows_what_comes(desk: Desk) -> None:
    desk.show_run()
    desk.press("evaluate_button")
    assert desk.bridge.begun == [EVALUATION]
    assert not desk.button("evaluate_button").isEnabled()
    desk.bridge.progressed.emit(EVALUATION, Progress("measuring pairs", 0.5, None))
    assert "measuring pairs ·  50 %" in desk.seen()
    desk.bridge.finished.emit(EVALUATION, evaluated.report())
    assert "AUC" in desk.panel.figures.text()
    assert desk.status.message.startswith("Evaluated step 540: AUC 0.")
    assert desk.button("evaluate_button").isEnabled()


def test_a_failure_is_told_in_the_panel_and_in_the_status_line(desk: Desk) -> None:
    desk.show_run()
    desk.press("evaluate_button")
    desk.bridge.failed.emit(EVALUATION, "data: the images have changed", "Traceback")
    assert "the images have changed" in desk.seen().replace("\u200b", "")
    assert desk.status.message == "The evaluation did not work out: data: the images have changed"
    assert desk.button("evaluate_button").isEnabled()


def test_cancel_reaches_the_work_and_its_end_is_told(desk: Desk) -> None:
    desk.show_run()
    desk.press("evaluate_button")
    desk.press("cancel_button")
    assert desk.bridge.asked[-1] == "cancel"
    desk.bridge.cancelled.emit(EVALUATION)
    assert desk.status.message == "Cancelled the evaluation; nothing was kept of it"
    assert desk.button("evaluate_button").isEnabled()


def test_another_run_ends_what_is_under_way_for_the_former(desk: Desk, tmp_path: Path) -> None:
    desk.show_run()
    desk.press("evaluate_button")
    desk.bridge.asked.clear()
    desk.show_run(tmp_path / "other")
    assert desk.bridge.asked == ["forget"]
    assert desk.button("evaluate_button").isEnabled()


def test_a_protocol_says_which_model_made_its_result(desk: Desk) -> None:
    desk.show_run()
    desk.panel.protocol_requested.emit(ProtocolChoice("episodes"))
    assert desk.bridge.begun == [PROTOCOL]
    desk.bridge.finished.emit(PROTOCOL, MadeProtocol(evaluated.protocol("episodes"), 540, "cosine"))
    assert "step 540 · cosine" in desk.seen()
    assert desk.status.message == "Protocol: accuracy 92.2 % (step 540 · cosine)"


def test_runs_are_compared(desk: Desk) -> None:
    desk.show_run()
    desk.panel.compare_requested.emit((CandidateChoice(Path("a")), CandidateChoice(Path("b"))))
    assert desk.bridge.begun == [COMPARISON]
    desk.bridge.finished.emit(COMPARISON, evaluated.comparison())
    assert desk.status.message == "Compared 2 on 144 images"


def test_runs_used_of_late_are_offered(desk: Desk) -> None:
    desk.show_run()
    assert desk.button("add_run_button").menu().actions()[-1].text() == "others"


def test_a_run_to_compare_is_chosen_by_its_folder(desk: Desk, stored: Path) -> None:
    desk.show_run()
    desk.panel.run_folder_requested.emit()
    dialog = desk.panel.findChild(QFileDialog, "choose_folder")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(stored))
    dialog.reject()
    candidates = desk.panel.findChild(QListWidget, "candidates")
    assert isinstance(candidates, QListWidget)
    assert candidates.count() == 2


def test_a_folder_that_is_no_run_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    desk.show_run()
    desk.controller.add_run(tmp_path)
    assert "not a run folder, it has no run.json" in desk.seen().replace("\u200b", "")
    candidates = desk.panel.findChild(QListWidget, "candidates")
    assert isinstance(candidates, QListWidget)
    assert candidates.count() == 1


def test_a_cell_of_the_matrix_selects_its_images_everywhere(desk: Desk) -> None:
    desk.show_run()
    desk.bridge.finished.emit(EVALUATION, evaluated.report())
    desk.panel.confusion_chosen.emit("identity 1", "identity 0")
    assert desk.state.selection == (6,)
    assert desk.status.message == "Selected 1 image of identity 1 taken for identity 0"
    desk.panel.confusion_chosen.emit("identity 0", "identity 0")
    assert desk.state.selection == (0, 1, 2, 3, 4, 5)


def test_exclusions_since_the_evaluation_are_told(desk: Desk) -> None:
    desk.show_run()
    desk.press("evaluate_button")
    desk.bridge.finished.emit(EVALUATION, evaluated.report())
    exclusion = Exclusion(sample="a/0.png", reason="wrong label", at="2026-11-22T10:00:00+00:00")
    desk.state.set_exclusions((exclusion,))
    assert "Other images are excluded by now" in desk.seen()
    desk.state.set_exclusions(())
    assert "Other images are excluded by now" not in desk.seen()
    desk.state.set_exclusions((exclusion,))
    desk.press("evaluate_button")
    desk.bridge.finished.emit(EVALUATION, evaluated.report())
    assert "Other images are excluded by now" not in desk.seen()


def test_an_older_report_says_so_while_training_goes_on(desk: Desk) -> None:
    desk.show_run()
    desk.bridge.finished.emit(EVALUATION, evaluated.report())
    desk.state.set_model_step(700)
    assert "As of step 540; the model is at step 700." in desk.seen()


def test_the_calibration_that_is_chosen_is_kept_with_the_run(desk: Desk, copied: Path) -> None:
    desk.show_run(copied)
    desk.panel.calibration_chosen.emit("isotonic")
    desk.settle()
    assert Run.open(copied).calibration_method() == "isotonic"
    assert "isotonic" in desk.status.message


def test_a_calibration_that_cannot_be_kept_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.show_run(tmp_path / "gone")
    desk.panel.calibration_chosen.emit("isotonic")
    desk.settle()
    assert desk.status.message.startswith("The calibration was not kept: ")


def test_a_stored_run_shows_the_calibration_in_force(desk: Desk, copied: Path, qtbot: QtBot) -> None:
    Run.open(copied).choose_calibration("isotonic")
    desk.library.run_opened.connect(desk.controller.show_opened)
    desk.library.open_run(copied)
    desk.settle()
    assert desk.panel.calibration._choices.checkedButton().objectName() == "isotonic_choice"


def test_a_report_of_an_open_set_selects_nothing(desk: Desk) -> None:
    desk.show_run()
    report = evaluated.report()
    desk.bridge.finished.emit(EVALUATION, replace(report, measured=evaluated.open_set(report.measured)))
    desk.panel.confusion_chosen.emit("identity 1", "identity 0")
    assert desk.state.selection == ()
