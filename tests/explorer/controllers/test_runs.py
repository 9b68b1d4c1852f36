"""The runs panel at work: real folders, real threads, one undo stack."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFile
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.config import make_config
from core.files import held_alone
from core.run_list import read_run
from core.training.records import Finished
from explorer.bridge import runs as bridge
from explorer.bridge.long_work import WorkBridge
from explorer.bridge.runs import RunsBridge
from explorer.bridge.tasks import TaskThread
from explorer.bridge.training import TrainingBridge
from explorer.controllers import runs as controller
from explorer.controllers.runs import RunsController
from explorer.panels.runs import RunsPanel
from explorer.state import ExplorerState
from explorer.widgets.status_line import StatusLine
from tests.core.stored_runs import write_run
from tests.explorer.controllers.conftest import Desk
from tests.explorer.tiny import copied_run


class Office:
    """The controller with its panel and its bridges, without the rest of a window."""

    def __init__(self, qtbot: QtBot, root: Path) -> None:
        self.qtbot = qtbot
        self.threads = {name: TaskThread(name, lambda: None) for name in ("listing", "reading", "scalars")}
        self.state, self.undo = ExplorerState(), QUndoStack()
        self.panel, self.status = RunsPanel(), StatusLine()
        for widget in (self.panel, self.status):
            qtbot.addWidget(widget)
        self.training = TrainingBridge(self.threads["reading"])
        self.controller = RunsController(
            self.state,
            self.training,
            RunsBridge(self.threads["listing"], self.threads["reading"]),
            WorkBridge(self.threads["scalars"]),
            self.undo,
            lambda: None,
            panel=self.panel,
            status=self.status,
            run_root=root,
        )

    @property
    def said(self) -> str:
        """The newest message."""
        return self.status.message

    def settle(self) -> None:
        """Hand over all that is under way."""

        def done() -> bool:
            for thread in self.threads.values():
                thread.poll()
            return not any(thread.busy for thread in self.threads.values())

        self.qtbot.waitUntil(done, timeout=20_000)

    def close(self) -> None:
        for thread in self.threads.values():
            thread.close()


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    office = Office(qtbot, tmp_path / "runs")
    yield office
    office.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two runs where the window looks for them."""
    root = tmp_path / "runs"
    write_run(root / "one")
    write_run(root / "two", created="2026-11-21T00:00:00+00:00", auc=0.8)
    return root


@pytest.fixture
def panel(office: Office, root: Path) -> RunsPanel:
    """The list, read."""
    office.panel.show()
    office.settle()
    return office.panel


def names(panel: RunsPanel) -> list[str]:
    return [run.name for run in panel.table.runs()]


def test_the_list_comes_when_the_panel_does(office: Office, panel: RunsPanel, root: Path) -> None:
    assert names(panel) == ["one", "two"]
    write_run(root / "three")
    office.panel._reload.click()
    office.settle()
    assert sorted(names(panel)) == ["one", "three", "two"]


def test_before_the_first_run_the_panel_says_how_to_get_one(office: Office) -> None:
    office.panel.show()
    office.settle()
    assert office.panel._empty.isVisible()
    assert not office.status.is_problem


def test_a_folder_that_cannot_be_listed(office: Office, panel: RunsPanel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    office.controller.show_root(tmp_path / "file")
    office.settle()
    assert panel._message.sentence() == f"{tmp_path / 'file'}: runs are listed from a folder, found a file"


def test_another_folder(office: Office, panel: RunsPanel, tmp_path: Path) -> None:
    write_run(tmp_path / "elsewhere" / "far")
    panel._root.click()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "elsewhere"))
    dialog.close()
    office.settle()
    assert names(panel) == ["far"]


def test_what_is_chosen_is_read_and_drawn(office: Office, panel: RunsPanel, root: Path) -> None:
    panel.choose([root / "one", root / "two"])
    office.settle()
    seen = [curve.name() for curve in panel.curves._curves if curve.isVisible()]
    assert seen == ["one", "two"]
    assert len(panel.roc.plot._points) == 2


# --- what is changed, and taken back


def test_a_note_is_kept_and_taken_back(office: Office, panel: RunsPanel, root: Path) -> None:
    panel.note_requested.emit(root / "one", "good")
    office.settle()
    assert read_run(root / "one").note == "good"
    assert [run.note for run in panel.table.runs()] == ["good", ""]
    assert office.undo.undoText() == "write the note on one"
    for act, note in ((office.undo.undo, ""), (office.undo.redo, "good")):
        act()
        office.settle()
        assert read_run(root / "one").note == note


def test_a_rename_is_made_and_taken_back(office: Office, panel: RunsPanel, root: Path) -> None:
    panel.rename_requested.emit(root / "one", "first & best")
    office.settle()
    assert names(panel) == ["first & best", "two"]
    assert office.said == "Renamed one to first & best"
    for act, name in ((office.undo.undo, "one"), (office.undo.redo, "first & best")):
        act()
        office.settle()
        assert names(panel)[0] == name


@pytest.mark.parametrize(("name", "said"), [("two", "needs a name that is free"), ("../x", "must not have any of")])
def test_what_is_refused_is_said_and_not_on_the_undo_stack(
    office: Office, panel: RunsPanel, root: Path, name: str, said: str
) -> None:
    panel.rename_requested.emit(root / "one", name)
    office.settle()
    assert office.status.is_problem
    assert said in office.said
    assert names(panel) == ["one", "two"]
    assert office.undo.count() == 0


def test_runs_are_archived_together_and_taken_back(office: Office, panel: RunsPanel, root: Path) -> None:
    panel.archive_requested.emit((root / "one", root / "two"), True)
    office.settle()
    assert panel.table.shown() == 0
    assert office.said == "Archived 2 runs; Ctrl+Z takes it back"
    office.undo.undo()
    office.settle()
    assert panel.table.shown() == 2


def test_deleted_runs_come_back_from_the_trash(
    office: Office, panel: RunsPanel, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoTrash(QFile):
        def moveToTrash(self) -> bool:
            return False

    monkeypatch.setattr(bridge, "QFile", NoTrash)
    panel.delete_requested.emit((root / "one", root / "two"))
    office.settle()
    assert names(panel) == []
    assert office.said.startswith(
        f"Moved 2 runs to {root / '.trash'}, since their volume has no trash; Ctrl+Z brings back"
    )
    for _ in range(2):
        office.undo.undo()
        office.settle()
        assert sorted(names(panel)) == ["one", "two"]
        office.undo.redo()
        office.settle()
        assert names(panel) == []


def test_of_several_runs_the_one_that_trains_stays(office: Office, panel: RunsPanel, root: Path) -> None:
    with held_alone(root / "two"):
        panel.delete_requested.emit((root / "one", root / "two"))
        office.settle()
    assert names(panel) == ["two"]
    assert office.said == f"{root / 'two'}: is being trained; stop it first"
    office.undo.undo()
    office.settle()
    assert sorted(names(panel)) == ["one", "two"]


def test_a_place_that_is_taken_by_now(office: Office, panel: RunsPanel, root: Path) -> None:
    panel.rename_requested.emit(root / "one", "uno")
    office.settle()
    write_run(root / "one")
    office.undo.undo()
    office.settle()
    assert "needs a name that is free" in office.said
    assert sorted(names(panel)) == ["one", "two", "uno"]


# --- the run that the window shows


@pytest.fixture
def opened(desk: Desk, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = copied_run(tmp_path_factory, root)
    desk.panels.runs.show()
    desk.settle()
    desk.panels.runs.open_requested.emit(run)
    desk.settle()
    assert desk.state.run is not None
    return run


def test_the_run_that_is_shown_is_renamed_and_stays_shown(desk: Desk, opened: Path, root: Path) -> None:
    panel = desk.panels.runs
    panel.choose([opened])
    assert panel._actions["delete"].toolTip() == "The window shows this run; open another one first."
    panel.rename_requested.emit(opened, "renamed")
    desk.settle()
    assert desk.state.run is not None
    assert desk.state.run.path == root / "renamed"
    assert "renamed" in names(panel)
    panel.delete_requested.emit((root / "renamed",))
    desk.settle()
    assert (root / "renamed").is_dir()
    opened = root / "renamed"  # and the paired comparison gets the other runs
    wanted: list[str] = []
    desk.controllers.pairs.panel_wanted.connect(wanted.append)
    desk.panels.runs.roc.compare_requested.emit((opened, root / "one"))
    candidates = [choice.run_dir.name for choice in desk.panels.evaluation.comparison._choices]
    assert candidates == [opened.name, "one"]
    assert wanted == ["evaluation"]
    assert desk.panels.evaluation._tabs.currentWidget().isAncestorOf(desk.panels.evaluation.comparison)


def test_a_renamed_run_whose_opening_is_cancelled_is_no_longer_shown_at_its_old_place(
    desk: Desk, opened: Path, root: Path
) -> None:
    desk.controllers.runs.opening.disconnect()  # as little comes of one that is cancelled
    desk.panels.runs.rename_requested.emit(opened, "renamed")
    desk.settle()
    assert (root / "renamed").is_dir()
    assert desk.state.run is None


def test_while_a_run_trains_it_is_told_from_the_others(desk: Desk, root: Path) -> None:
    panel = desk.panels.runs
    panel.show()
    desk.settle()
    panel.choose([root / "one"])
    session = desk.train()
    assert not panel._actions["open"].isEnabled()
    assert panel._live == session.run_dir.absolute()
    write_run(root / "new")
    session.end(Finished(step=3, stopped=True, result={"run": "run"}))
    desk.settle()
    assert panel._actions["open"].isEnabled()
    assert "new" in names(panel), "read again when a run has ended"


def test_the_next_run_starts_from_a_chosen_one(desk: Desk, root: Path) -> None:
    panel, wanted = desk.panels.runs, []
    desk.controllers.pairs.panel_wanted.connect(wanted.append)
    panel.show()
    desk.settle()
    panel.choose([root / "one", root / "two"])
    assert not panel._actions["start"].isEnabled()
    panel.choose([root / "two"])
    panel._actions["start"].trigger()
    config = make_config(desk.setup.settings())
    assert config.init == root / "two"
    assert config.backbone == panel.table.chosen()[0].setting("backbone")
    assert wanted == ["setup"]


# --- folders and files


def test_the_folder_is_shown_by_the_desktop(
    office: Office, panel: RunsPanel, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(controller, "open_in_file_manager", lambda path: shown.append(path) or len(shown) == 1)
    for _ in range(2):
        panel.folder_requested.emit(root / "one")
    assert shown == 2 * [root / "one"]
    assert office.said == f"{root / 'one'}: no program here shows folders"


def test_scalars_are_written_where_the_user_says(office: Office, panel: RunsPanel, root: Path, tmp_path: Path) -> None:
    panel.tensorboard_requested.emit((root / "one", root / "two"))
    choose(office, panel, tmp_path / "log")
    assert office.said == f"Wrote 2 runs; look at them by: tensorboard --logdir {tmp_path / 'log'}"
    panel.csv_requested.emit(root / "one")
    choose(office, panel, tmp_path / "x.csv")
    assert office.said == f"Wrote 4 steps to {tmp_path / 'x.csv'}"
    (root / "one" / "metrics.jsonl").write_text("oops\n")
    panel.csv_requested.emit(root / "one")
    choose(office, panel, tmp_path / "y.csv")
    assert office.status.is_problem
    assert "line 1 is not valid JSON" in office.said
    assert not office.controller.work.isVisible()


def test_one_export_at_a_time(office: Office, panel: RunsPanel, root: Path, tmp_path: Path) -> None:
    for _ in range(2):
        office.controller._export(bridge.scalars_csv(root / "one", tmp_path / "x.csv"))
    assert office.said.startswith("An export of scalars is under way")
    assert not office.controller.work.isHidden()
    office.controller.work.cancel_requested.emit()
    office.settle()
    assert office.said == "Cancelled the export of scalars" or office.said.startswith("Wrote 4 steps")
    assert office.controller.work.isHidden()


def choose(office: Office, panel: RunsPanel, path: Path) -> None:
    """Answer the dialog that is open."""
    dialog = next(each for each in panel.findChildren(QFileDialog) if each.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    office.settle()
