"""What was trained so far: a table of runs, and those that are chosen beside one another."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.run_list import ListedRun
from explorer import formats, theme
from explorer.core_words import in_words
from explorer.panels.runs_curves import MOST_COMPARED, RunCurves
from explorer.panels.runs_roc import RunRoc
from explorer.panels.runs_rows import NAME
from explorer.panels.runs_settings import RunSettings
from explorer.panels.runs_table import RunTable
from explorer.run_details import RunDetails
from explorer.translation import tr
from explorer.widgets.choice_field import TickField
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.search_field import SearchField

_EMPTY = tr(
    "Every run below {} will stand here, with its data, settings, figures and a note of yours. Press Start to train "
    "one, or choose another folder of runs."
)
_NONE_CHOSEN = tr(
    "Choose a run to see its curves, settings and ROC here; with Ctrl or Shift choose several, up to "
    "{MOST_COMPARED}, to see them over one another."
).format(MOST_COMPARED=MOST_COMPARED)
_NO_RUN = tr("Choose a run first.")
_ONE_RUN = tr("Choose one run: this is of one at a time.")
_SEARCH_HELP = tr("Only runs in which every word stands, in any column: 'digits arcface', 'damaged', 'archived'.")
_ARCHIVED_HELP = tr("Show the runs that are archived too.")
_HELPS = {
    "open": tr("Show the run in the whole window (double click, Enter)."),
    "start": tr("Let the next run start from this one's weights: fills Run setup > Advanced > start from."),
    "folder": tr("Open the run's folder in the file manager."),
    "rename": tr("Give the run's folder another name (F2)."),
    "archive": tr("Take the runs off the list; their folders stay where they are."),
    "unarchive": tr("Put the runs back on the list."),
    "delete": tr("Move the runs to the trash; Edit > Undo brings them back."),
    "tensorboard": tr("The losses and figures of every step as event files, a folder for each run."),
    "csv": tr("The losses and figures of every step as a table."),
}


class RunsPanel(QWidget):
    """Emits what the user wants; shows what it is handed."""

    reload_requested = Signal()
    """The panel came into sight, or the user asked for the list to be read again."""
    root_requested = Signal()
    """The user wants to choose another folder of runs."""
    chosen = Signal(tuple)
    """ListedRuns, at most `MOST_COMPARED`: `show_details` follows."""
    open_requested = Signal(object)
    """Path of a run."""
    start_requested = Signal(object, str)
    """Path of a run whose weights the next one is to start from, and its backbone."""
    folder_requested = Signal(object)
    """Path of a run."""
    rename_requested = Signal(object, str)
    """Path of a run, and what the user wrote."""
    note_requested = Signal(object, str)
    """Path of a run, and what the user wrote."""
    archive_requested = Signal(tuple, bool)
    """Paths of runs, and whether they are to be archived or taken back."""
    delete_requested = Signal(tuple)
    """Paths of runs."""
    tensorboard_requested = Signal(tuple)
    """Paths of runs."""
    csv_requested = Signal(object)
    """Path of a run."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runs_panel")
        self._live: Path | None = None
        self._shown: Path | None = None
        self._locked = ""
        self.table = RunTable()
        self.curves, self.settings, self.roc = RunCurves(), RunSettings(), RunRoc()
        self._search = SearchField(
            "search_runs", tr("search runs"), tr("Search names, data, settings, notes"), _SEARCH_HELP
        )
        self._archived = TickField(tr("show archived"), tr("archived"), key="show_archived")
        self._reload, self._root = QPushButton(tr("Reload")), QPushButton(tr("Folder…"))
        self._message, self._count = Message(), QLabel()
        self._empty = EmptyState(_EMPTY.format("runs"))
        self._pages, self._lower = QStackedLayout(), QStackedLayout()
        self._actions = self._make_actions()
        self._name()
        self._arrange()
        self._connect()
        self._refresh()

    # --- what is shown

    def show_runs(self, root: Path, runs: Sequence[ListedRun]) -> None:
        """Show the runs below a folder."""
        self._empty.setText(_EMPTY.format(root))
        self._root.setToolTip(
            tr("List the runs of another folder; these are those below {absolute}.").format(absolute=root.absolute())
        )
        self._message.tell("")
        self.table.set_runs(runs)
        self._pages.setCurrentIndex(1 if runs else 0)

    def show_problem(self, sentence: str) -> None:
        """Say why there is no list."""
        self._message.complain(sentence)

    def show_details(self, details: Sequence[RunDetails]) -> None:
        """Draw the curves of the runs that were chosen."""
        self.curves.show_runs(details)
        self.roc.show_runs(details)

    def set_present(self, shown: Path | None, live: Path | None) -> None:
        """Say which run the window shows, and which one it trains."""
        self._shown, self._live = shown, live
        self._refresh()

    def set_locked(self, reason: str | None) -> None:
        """Say why no other run can be opened now; None where one can."""
        self._locked = reason or ""
        self._refresh()

    def choose(self, paths: Sequence[Path]) -> None:
        """Choose runs by their folders."""
        self.table.choose(paths)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list anew: runs may have come and gone."""
        super().showEvent(event)
        self.reload_requested.emit()

    # --- parts

    def _make_actions(self) -> dict[str, QAction]:
        texts = {
            "open": (tr("Open"), self._open),
            "start": (tr("Start from this run"), self._start_from),
            "folder": (tr("Show folder"), self._one(self.folder_requested.emit)),
            "rename": (tr("Rename"), self.table.rename_chosen),
            "archive": (tr("Archive"), self._archive),
            "delete": (tr("Delete"), lambda: self.delete_requested.emit(self._paths())),
            "tensorboard": (tr("Export for TensorBoard…"), lambda: self.tensorboard_requested.emit(self._paths())),
            "csv": (tr("Export as CSV…"), self._one(self.csv_requested.emit)),
        }
        actions = {}
        for name, (text, act) in texts.items():
            action = actions[name] = QAction(text, self.table)
            action.setObjectName(f"{name}_run")
            action.triggered.connect(lambda _checked=False, act=act: act())
        actions["delete"].setShortcut(QKeySequence.StandardKey.Delete)
        actions["delete"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.insertActions(self.table.actions()[0], list(actions.values()))
        return actions

    def _name(self) -> None:
        self._archived.setToolTip(_ARCHIVED_HELP)
        self._reload.setObjectName("reload_runs")
        self._reload.setToolTip(tr("Read the list again: runs that other programs have made or changed."))
        self._root.setObjectName("choose_runs_folder")
        self._root.setToolTip(tr("List the runs of another folder."))
        self._count.setObjectName("count_of_runs")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _arrange(self) -> None:
        top, buttons = _row(self._search, self._archived, self._reload, self._root), QHBoxLayout()
        buttons.setSpacing(theme.UNIT // 2)
        for name in ("open", "folder", "rename", "archive", "delete"):
            buttons.addWidget(_button(self._actions[name], f"{name}_run_button"))
        buttons.addWidget(self._make_export())
        buttons.addWidget(self._count, 1)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        halves = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        halves.addWidget(upper)
        halves.addWidget(self._make_lower())
        halves.setSizes([3_500, 6_500])
        pages = QWidget()
        pages.setLayout(self._pages)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(halves)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        layout.setSpacing(theme.UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self._message)
        layout.addWidget(pages, 1)
        self.table.setMinimumHeight(9 * theme.UNIT)

    def _make_export(self) -> QPushButton:
        button, menu = QPushButton(tr("Export")), QMenu(self)
        button.setObjectName("export_runs_button")
        button.setToolTip(tr("Take the scalars of the chosen runs away, for TensorBoard or as a table."))
        menu.setToolTipsVisible(True)
        menu.addActions([self._actions["tensorboard"], self._actions["csv"]])
        button.setMenu(menu)
        return button

    def _make_lower(self) -> QWidget:
        tabs = QTabWidget()
        tabs.setObjectName("run_tabs")
        tabs.tabBar().setObjectName("run_tab_bar")
        tabs.tabBar().setAccessibleName(tr("What is shown of the chosen runs"))
        tabs.tabBar().setToolTip(tr("Curves of training, settings that differ, ROC of the held-out images."))
        for tab, title in ((self.curves, tr("Curves")), (self.settings, tr("Settings")), (self.roc, "ROC")):
            tabs.addTab(tab, title)
        lower = QWidget()
        lower.setLayout(self._lower)
        self._lower.addWidget(EmptyState(_NONE_CHOSEN))
        self._lower.addWidget(tabs)
        return lower

    def _connect(self) -> None:
        self._search.textChanged.connect(self._filter)
        self._archived.edited.connect(self._filter)
        self._reload.clicked.connect(self.reload_requested)
        self._root.clicked.connect(self.root_requested)
        self.table.chosen_changed.connect(self._on_chosen)
        self.table.shown_changed.connect(self._refresh)
        self.table.run_opened.connect(lambda run: self._open())
        self.table.edited.connect(self._on_edited)
        for part in (self.curves, self.roc):
            part.problem.connect(self.problem)

    # --- what the user does

    def _paths(self) -> tuple[Path, ...]:
        return tuple(run.path for run in self.table.chosen())

    def _one(self, act: Callable[[Path], None]) -> Callable[[], None]:
        def with_one() -> None:
            if len(paths := self._paths()) == 1:
                act(paths[0])

        return with_one

    def _open(self) -> None:
        if self._actions["open"].isEnabled():
            self._one(self.open_requested.emit)()

    def _start_from(self) -> None:
        run = self.table.chosen()[0]
        self.start_requested.emit(run.path, run.setting("backbone"))

    def _archive(self) -> None:
        self.archive_requested.emit(self._paths(), not _all_archived(self.table.chosen()))

    def _on_edited(self, run: ListedRun, column: int, text: str) -> None:
        wish = self.rename_requested if column == NAME else self.note_requested
        wish.emit(run.path, text)

    def _filter(self) -> None:
        self.table.show_only(self._search.text(), archived=self._archived.value())

    def _on_chosen(self) -> None:
        chosen = self.table.chosen()[:MOST_COMPARED]
        self._lower.setCurrentIndex(1 if chosen else 0)
        self.settings.show_runs(chosen)
        self.table.mark([run.path for run in chosen])
        self._refresh()
        self.chosen.emit(chosen)

    # --- what can be done

    def _refresh(self) -> None:
        shown, total = self.table.shown(), len(self.table.runs())
        runs = tr("{total} run{value}").format(total=formats.count(total), value="" if total == 1 else "s")
        self._count.setText(
            runs if shown == total else tr("{shown} of {runs}").format(shown=formats.count(shown), runs=runs)
        )
        chosen = self.table.chosen()
        filed = _all_archived(chosen)
        self._actions["archive"].setText(tr("Unarchive") if filed else tr("Archive"))
        for name, action in self._actions.items():
            reason = self._why_not(name, chosen)
            action.setEnabled(not reason)
            action.setToolTip(reason or _HELPS["unarchive" if name == "archive" and filed else name])

    def _why_not(self, name: str, chosen: Sequence[ListedRun]) -> str:
        """Why something cannot be done with the chosen runs; empty where it can."""
        if not chosen:
            return _NO_RUN
        if len(chosen) > 1 and name in ("open", "start", "folder", "rename", "csv"):
            return _ONE_RUN
        training = [run.name for run in chosen if run.state == "training" or run.path == self._live]
        if training and name in ("rename", "delete"):
            return tr("{training} is being trained; stop it first.").format(training=training[0])
        if name == "delete" and self._shown in [run.path for run in chosen]:
            return tr("The window shows this run; open another one first.")
        if name in ("open", "start"):
            damaged = tr("This run is damaged: {problem}").format(problem=in_words(chosen[0].problem))
            return self._locked or (damaged if chosen[0].state == "damaged" else "")
        if name in ("csv", "tensorboard") and (empty := [run.name for run in chosen if not run.step]):
            return tr("{empty} has no steps yet, so there is nothing to write.").format(empty=empty[0])
        return ""


def _all_archived(runs: Sequence[ListedRun]) -> bool:
    return bool(runs) and all(run.archived for run in runs)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.UNIT)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 0 if place else 1)
    return row


def _button(action: QAction, name: str) -> QPushButton:
    """A button that is what the action is."""
    button = QPushButton()
    button.setObjectName(name)

    def follow() -> None:
        button.setText(action.text())
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())

    action.changed.connect(follow)
    button.clicked.connect(action.trigger)
    follow()
    return button
