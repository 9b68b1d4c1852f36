"""The runs panel: lists, compares, names, archives, deletes and exports runs; what can be taken back is undoable."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoStack

from core.run_keeping import bring_back, rename_run, set_archived, write_note
from core.run_list import ListedRun, remarks
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.bridge.runs import Action, Outcome, Removed, RunsBridge, remove, scalars_csv, scalars_events
from explorer.bridge.training import TrainingBridge
from explorer.controllers.changes import Change
from explorer.dialogs import choose_folder, save_file
from explorer.panels.runs import RunsPanel
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine
from explorer.widgets.work_line import WorkLine

_NO_RUN = tr("Open one of these runs first: Evaluation compares others with the run that the window shows.")


class RunsController(QObject):
    """Serves the panel; a change is put on the undo stack once it has happened."""

    panel_wanted = Signal(str)
    """Name of the panel that is to come to the front."""
    opening = Signal(object)
    """Path of the run that the user wants to see."""
    candidate = Signal(object)
    """Path of a run that is to be compared in Evaluation."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        runs: RunsBridge,
        exporting: WorkBridge,
        undo: QUndoStack,
        store_threshold: Callable[[], None],
        *,
        panel: RunsPanel,
        status: StatusLine,
        run_root: Path,
    ) -> None:
        super().__init__()
        self._state, self._training, self._runs, self._exporting = state, training, runs, exporting
        self._undo, self._store_threshold = undo, store_threshold
        self._panel, self._status = panel, status
        self._root = run_root.absolute()
        self.work = WorkLine(cancel_help=tr("End the export; the file that is being written goes."))
        status.add_work(self.work)
        self._connect()
        self._connect_panel()
        self._tell_present()

    def reload(self) -> None:
        """Read the list again, where it can be seen; else it is read when it comes into sight."""
        if self._panel.isVisible():
            self._runs.list_below(self._root)

    def show_root(self, root: Path) -> None:
        """List the runs of another folder."""
        self._root = root.absolute()
        self._runs.list_below(self._root)

    def _connect(self) -> None:
        state, training, runs, exporting = self._state, self._training, self._runs, self._exporting
        for signal in (state.run_changed, training.started, training.finished, training.failed):
            signal.connect(self._tell_present)
            signal.connect(self.reload)
        runs.listed.connect(self._show_list)
        runs.unlisted.connect(self._complain_of_list)
        runs.read.connect(self._panel.show_details)
        runs.failed.connect(self._status.complain)
        exporting.progressed.connect(self._show_progress)
        exporting.finished.connect(self._tell_written)
        exporting.failed.connect(self._complain_of_export)
        exporting.cancelled.connect(self._tell_cancelled)
        self.work.cancel_requested.connect(exporting.cancel)

    def _connect_panel(self) -> None:
        panel = self._panel
        panel.reload_requested.connect(lambda: self._runs.list_below(self._root))
        panel.root_requested.connect(self._ask_for_root)
        panel.chosen.connect(self._runs.read_runs)
        panel.open_requested.connect(self.opening)
        panel.folder_requested.connect(self._show_folder)
        panel.rename_requested.connect(self._rename)
        panel.note_requested.connect(self._note)
        panel.archive_requested.connect(self._archive)
        panel.delete_requested.connect(self._delete)
        panel.tensorboard_requested.connect(self._ask_for_log_folder)
        panel.csv_requested.connect(self._ask_for_table)
        panel.roc.compare_requested.connect(self._compare)
        panel.problem.connect(self._status.complain)

    # --- what is shown

    def _show_list(self, root: Path, runs: Sequence[ListedRun]) -> None:
        if root == self._root:
            self._panel.show_runs(root, runs)

    def _complain_of_list(self, root: Path, message: str, details: str) -> None:
        if root == self._root:
            self._panel.show_problem(message)
            self._status.complain(message, details)

    def _tell_present(self) -> None:
        run = self._state.run
        shown = None if run is None else run.path.absolute()
        self._panel.set_present(shown, shown if self._training.alive else None)
        self._panel.roc.set_blocked(_NO_RUN if run is None else "")

    def _shows(self, path: Path) -> bool:
        return self._state.run is not None and self._state.run.path.absolute() == path

    def _ask_for_root(self) -> None:
        title = tr("Choose a folder of runs")
        choose_folder(self._panel, title, str(self._root), lambda path: self.show_root(Path(path)))

    def _show_folder(self, path: Path) -> None:
        if not open_in_file_manager(path):
            self._status.complain(tr("{path}: no program here shows folders").format(path=path))

    def _compare(self, paths: Sequence[Path]) -> None:
        """Hand runs over to the comparison on the same pairs."""
        for path in paths:
            if not self._shows(path):  # which stands in the list already
                self.candidate.emit(path)
        self.panel_wanted.emit("evaluation")

    # --- what is changed

    def _act(self, paths: Sequence[Path], action: Action, done: Callable[[Outcome], None]) -> None:
        """Do something to runs, tell what did not work out, and read the list again."""

        def take(outcome: Outcome) -> None:
            done(outcome)
            if outcome.problems:
                self._status.complain(outcome.problems[0], "\n".join(outcome.problems))
            self.reload()

        self._runs.act(paths, action, take)

    def _again(self, paths: Sequence[Path], action: Action) -> Callable[[], None]:
        """The same as a part of an undo command."""
        return lambda: self._act(paths, action, lambda _outcome: None)

    def _push(self, text: str, again: Callable[[], None], back: Callable[[], None]) -> None:
        self._undo.push(Change(text.replace("&", "&&"), again, back, is_done=True))

    def _rename(self, path: Path, text: str) -> None:
        if is_shown := self._shows(path):
            self._store_threshold()

        def done(outcome: Outcome) -> None:
            after = next((after for _, after in outcome.done), path)
            if after == path:
                return
            self._status.say(tr("Renamed {name} to {name_2}").format(name=path.name, name_2=after.name))
            if is_shown and self._shows(path):
                self._state.set_run(None)  # its folder is gone, whatever becomes of the opening
                self.opening.emit(after)  # which takes the undo stack with it
                return
            again = self._again([path], lambda run: rename_run(run, after.name))
            back = self._again([after], lambda run: rename_run(run, path.name))
            self._push(tr("rename the run {name}").format(name=path.name), again, back)

        self._act([path], lambda run: rename_run(run, text), done)

    def _note(self, path: Path, text: str) -> None:
        def write(run: Path) -> str:
            before = remarks(run)[0]
            write_note(run, text)
            return before

        def done(outcome: Outcome) -> None:
            if not outcome.done:
                return
            _, before = outcome.done[0]
            again = self._again([path], lambda run: write_note(run, text))
            back = self._again([path], lambda run: write_note(run, before))
            self._push(tr("write the note on {name}").format(name=path.name), again, back)

        self._act([path], write, done)

    def _archive(self, paths: Sequence[Path], archived: bool) -> None:
        step = tr("archive {runs}") if archived else tr("unarchive {runs}")
        said = (
            tr("Archived {runs}; Ctrl+Z takes it back") if archived else tr("Unarchived {runs}; Ctrl+Z takes it back")
        )

        def done(outcome: Outcome) -> None:
            if not (changed := [run for run, _ in outcome.done]):
                return
            again = self._again(changed, lambda run: set_archived(run, archived))
            back = self._again(changed, lambda run: set_archived(run, not archived))
            self._push(step.format(runs=_runs(changed)), again, back)
            self._status.say(said.format(runs=_runs(changed)))

        self._act(paths, lambda run: set_archived(run, archived), done)

    def _delete(self, paths: Sequence[Path]) -> None:
        paths = [path for path in paths if not self._shows(path)]
        places: dict[Path, Path] = {}
        """Where each is by now; a second deletion may put it elsewhere."""

        def take(outcome: Outcome) -> None:
            places.update({run: removed.place for run, removed in outcome.done if removed.place is not None})
            self._tell_removed(outcome)

        def done(outcome: Outcome) -> None:
            take(outcome)
            if gone := list(places):
                again = lambda: self._act(gone, remove, take)  # noqa: E731
                back = self._again(gone, lambda run: bring_back(places[run], run))
                self._push(tr("delete {gone}").format(gone=_runs(gone)), again, back)

        self._act(paths, remove, done)

    def _tell_removed(self, outcome: Outcome) -> None:
        if not outcome.done:
            return
        runs = _runs([run for run, _ in outcome.done])
        removed: list[Removed] = [each for _, each in outcome.done]
        beside = next((each.place for each in removed if each.beside and each.place is not None), None)
        where = (
            tr("the trash")
            if beside is None
            else tr("{parent}, since their volume has no trash").format(parent=beside.parent)
        )
        said = (
            tr("Moved {runs} to {where}; Ctrl+Z brings back what was deleted")
            if all(each.place is not None for each in removed)
            else tr("Moved {runs} to {where}; the trash gives back what was deleted")
        )
        self._status.say(said.format(runs=runs, where=where))

    # --- what is taken away

    def _ask_for_log_folder(self, paths: Sequence[Path]) -> None:
        title = tr("Choose the folder that TensorBoard is to read: each run gets a folder in it")
        choose_folder(self._panel, title, "", lambda to: self._export(scalars_events(paths, Path(to))))

    def _ask_for_table(self, path: Path) -> None:
        title = tr("Write the figures of every step")
        save_file(self._panel, title, f"{path.name}.csv", "csv", lambda to: self._export(scalars_csv(path, Path(to))))

    def _export(self, work: Callable[..., object]) -> None:
        if self._exporting.busy:
            self._status.complain(tr("An export of scalars is under way; wait for it, or cancel it below"))
            return
        self.work.begin(tr("writing scalars"))
        self._exporting.begin(tr("scalars"), work)

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        self.work.show_progress(progress.stage, progress.share, progress.seconds_left)

    def _tell_written(self, _kind: str, sentence: str) -> None:
        self.work.end()
        self._status.say(sentence)

    def _complain_of_export(self, _kind: str, message: str, details: str) -> None:
        self.work.end()
        self._status.complain(tr("Export: {message}").format(message=message), details)

    def _tell_cancelled(self, _kind: str) -> None:
        self.work.end()
        self._status.say(tr("Cancelled the export of scalars"))


def open_in_file_manager(path: Path) -> bool:
    """Show a folder in the desktop's own program; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _runs(paths: Sequence[Path]) -> str:
    return (
        tr("the run {name}").format(name=paths[0].name)
        if len(paths) == 1
        else tr("{paths} runs").format(paths=len(paths))
    )
