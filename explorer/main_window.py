"""The main window: creates the parts, lays them out and connects them. No logic."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from explorer import theme
from explorer.actions.menus import Menus
from explorer.docks import Docks
from explorer.icons import app_icon
from explorer.panel_list import PANELS, making_order
from explorer.panels.panel import LivePanel
from explorer.panels.panels import Panels
from explorer.settings import Settings
from explorer.translation import tr
from explorer.widgets.run_bar import RunBar, RunStage
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from explorer.assistance import Assistance
    from explorer.bridge.hub import Bridges
    from explorer.bridge.tasks import Failure
    from explorer.controllers.data import DataController
    from explorer.controllers.evaluation import EvaluationController
    from explorer.controllers.run import RunController
    from explorer.controllers.verify import VerifyController
    from explorer.redraw import RedrawScheduler
    from explorer.state import ExplorerState
    from explorer.tour import Tour

_NAME = "metric-explorer"
_TITLE_BAR = 5 * theme.UNIT
"""Room for it, which nobody knows before the window is shown."""


class MainWindow(QMainWindow):
    """An empty frame at once; then one part per turn of the event loop, so that it never stands still."""

    painted = Signal()
    """The frame is on the screen for the first time."""
    built = Signal()
    """Every panel is there."""
    ready = Signal()
    """torch is loaded too: a run starts without delay."""

    state: "ExplorerState"
    bridges: "Bridges"
    run: "RunController"
    data: "DataController"
    evaluation: "EvaluationController"
    verify: "VerifyController"
    assistance: "Assistance"
    _scheduler: "RedrawScheduler"

    def __init__(self, settings: Settings, run_root: Path) -> None:
        super().__init__()
        self._settings, self._run_root = settings, run_root
        self._is_painted = self._is_begun = self._is_built = self._closing = False
        self._tour: Tour | None = None
        self.bar, self.status, self.panels = RunBar(), StatusLine(), Panels()
        self.menus = Menus(self.bar, settings.theme, settings.language)
        self.setObjectName("main_window")
        self.setWindowTitle(_NAME)
        self.setWindowIcon(app_icon())
        self.setMenuBar(self.menus)
        self.addToolBar(self.bar)
        self.statusBar().addPermanentWidget(self.status, 1)  # stays while the mouse is over a menu
        self.statusBar().setSizeGripEnabled(False)
        self.resize(1280, 800)
        if (geometry := settings.geometry()) is not None:
            self.restoreGeometry(geometry)
        self.docks = Docks(self, PANELS)
        self.bar.set_stage(RunStage.LOADING)
        self.status.say(tr("Loading …"))
        self._steps = self._plan()

    def keep_on_screen(self) -> None:
        """Be low enough for the screen, title bar included: the line at the lower edge says what goes wrong."""
        room = self.screen().availableSize().height() - _TITLE_BAR
        if self.height() > room and not self.isMaximized() and not self.isFullScreen():
            self.resize(self.width(), room)

    def build_soon(self) -> None:
        """Make the parts from the next turn of the event loop on, until `built`."""
        if not self._is_begun:
            self._is_begun = True
            QTimer.singleShot(0, self, self.build_next)

    def build_next(self) -> None:
        """Make the next part."""
        step = None if self._closing else next(self._steps, None)
        if step is not None:
            step()
            QTimer.singleShot(0, self, self.build_next)

    # --- the parts, in the order in which they appear

    def _plan(self) -> Iterator[Callable[[], None]]:
        yield self._make_state
        yield self._make_log
        for name in making_order(PANELS):
            if name != "log":
                yield partial(self._make_panel, name)
        yield self._make_controllers
        yield self._begin

    def _make_state(self) -> None:
        from explorer.bridge.hub import Bridges
        from explorer.redraw import RedrawScheduler
        from explorer.state import ExplorerState

        self.state = ExplorerState(self)
        self.bridges = Bridges(lambda sample_id: self.data.image_of(sample_id), self)
        self._scheduler = RedrawScheduler()

    def _make_panel(self, name: str) -> None:
        panel = PANELS[name].make()
        self.panels.add(name, panel)
        self.docks.fill(name, panel)

    def _make_log(self) -> None:
        self._make_panel("log")  # before the others: it tells why one of them could not be made
        self.panels.log.show_journal(self.status.journal)
        self.panels.log.problem.connect(self.status.complain)
        self.status.log_requested.connect(self.show_log)

    def _make_controllers(self) -> None:
        from explorer.controllers.assembly import Controllers

        made = Controllers(
            self.state, self.bridges, self.panels, self._settings, self._run_root, bar=self.bar, status=self.status
        )
        self.run, self.data, self.evaluation, self.verify = made.run, made.data, made.evaluation, made.verify
        self._controllers = made
        widgets = {name: dock.widget() for name, dock in self.docks.named().items()}
        self._joined = [spec.connect(widgets[name], made) for name, spec in PANELS.items() if spec.connect is not None]

    def _begin(self) -> None:
        self._connect_menus()
        self._connect_controllers()
        live = [panel for dock in self.docks.all() if isinstance(panel := dock.widget(), LivePanel)]
        self._scheduler.add(live)
        for panel in live:
            panel.due.connect(self.bridges.wake)
        self.bridges.ticked.connect(self._scheduler.tick)
        undo = self._controllers.undo
        self.menus.add_edits(undo.createUndoAction(self, tr("&Undo")), undo.createRedoAction(self, tr("&Redo")))
        self._controllers.pairs.panel_wanted.connect(self.docks.bring)
        self._make_assistance()
        self._make_surroundings()
        self.menus.set_recent_runs(self._settings.recent("runs"))
        self.menus.set_recent_data(self._settings.recent("data"))
        self.docks.arrange()
        if (arrangement := self._settings.arrangement()) is not None:
            self.docks.restore(arrangement)
        self.bar.set_stage(RunStage.IDLE)
        self.status.say(tr("Ready: choose data and press Start, or open a run"))
        self._tell_settings()
        self._load()
        self.data.choose("digits")
        self._is_built = True
        self.built.emit()

    def _load(self) -> None:
        def complain(failure: "Failure") -> None:
            self.status.complain(failure.message, failure.details)

        self.bridges.load(self.ready.emit, complain)
        self.state.run_changed.connect(lambda _run: self.bridges.expect_run(complain))

    def _make_assistance(self) -> None:
        from explorer.assistance import Assistance

        docks = self.docks.named()
        self.assistance = Assistance(self, self.menus, self._settings, self.status)
        self.assistance.add_panels(docks, self.docks.bring)
        self.menus.add_panels({name: dock.toggleViewAction() for name, dock in docks.items()})
        self.bar.palette_requested.connect(self.assistance.show_palette)
        self.ready.connect(self.assistance.allow_lab)

    def _make_surroundings(self) -> None:
        from explorer.controllers.drops import DropController
        from explorer.controllers.notices import NoticeController
        from explorer.notifier import Notifier
        from explorer.panel_pictures import PanelPictures

        pictures = PanelPictures(self, self.docks.named(), self.status)
        self.menus.copy_picture_requested.connect(pictures.copy)
        self.menus.save_picture_requested.connect(pictures.ask_where_to_save)
        NoticeController(self.state, self.bridges, self.status.journal, Notifier(self))
        DropController(self, self._controllers).panel_wanted.connect(self.docks.bring)

    def _tell_settings(self) -> None:
        if self._settings.note:
            self.status.say(self._settings.note)
        if self._settings.problem:
            self.status.complain(self._settings.problem)

    # --- connections

    def _connect_menus(self) -> None:
        from explorer.dialogs import about

        menus = self.menus
        menus.open_run_requested.connect(self.ask_for_run)
        menus.open_embeddings_requested.connect(self._controllers.embedded.ask)
        menus.recent_run_chosen.connect(lambda path: self.run.open_run(Path(path)))
        menus.choose_data_requested.connect(self.data.ask_for_folder)
        menus.recent_data_chosen.connect(self.data.choose_folder)
        menus.export_requested.connect(self._controllers.export.ask)
        self._controllers.export.blocked.connect(menus.set_export_blocked)
        menus.reset_layout_requested.connect(self.docks.arrange)
        menus.theme_chosen.connect(self._choose_theme)
        menus.language_chosen.connect(self._choose_language)
        menus.tour_requested.connect(self.begin_tour)
        menus.messages_requested.connect(self.show_log)
        menus.about_requested.connect(lambda: about(self))
        menus.quit_requested.connect(self.close)

    def _connect_controllers(self) -> None:
        self.state.run_changed.connect(lambda _run: self._show_title())
        self.bar.headline_changed.connect(lambda _words: self._show_title())
        self.state.dataset_changed.connect(lambda _data: self.menus.set_recent_data(self._settings.recent("data")))
        self.run.locked.connect(self.menus.set_locked)
        self.run.trained.connect(lambda event: self._remember_run(event.run_dir))
        self.run.opened.connect(lambda opened: self._remember_run(opened.run.path))
        self.ready.connect(lambda: self.panels.setup.offer_gpus(self.bridges.gpus))
        self.bridges.training.finished.connect(self._close_if_asked)
        self.bridges.training.failed.connect(self._close_if_asked)

    def _remember_run(self, path: Path) -> None:
        self.menus.set_recent_runs(self._settings.add_recent("runs", str(path.absolute())))

    def _show_title(self) -> None:
        run = None if self.state.run is None else self.state.run.path.name
        self.setWindowTitle(" – ".join(part for part in (run, self.bar.headline, _NAME) if part))

    # --- the window itself

    def ask_for_run(self) -> None:
        """Let the user choose a run folder."""
        from explorer.dialogs import choose_folder

        choose_folder(self, tr("Open a run folder"), str(self._run_root), lambda path: self.run.open_run(Path(path)))

    def begin_tour(self) -> None:
        """Show the three steps to a trained run."""
        if self._tour is None:
            from explorer.tour import Tour

            self._tour = Tour(self)
        self._tour.begin()
        self._settings.mark_tour_seen()

    def show_log(self) -> None:
        """Bring the log, with the newest problem in it."""
        self.docks.bring("log")
        self.panels.log.choose_newest()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the arrangement; a run that trains here ends after its step first, and the window waits for it."""
        self._closing = True
        training = self.bridges.training if self._is_built else None
        if training is not None and training.alive and not training.follows:
            self.status.say(tr("Closing after this step; its checkpoint is kept …"))
            training.stop(evaluate=False)
            event.ignore()
            return
        if self._is_built:
            self._settings.save_window(self.saveGeometry(), self.saveState())
            self.assistance.close()
            self.evaluation.store_threshold()
            self.hide()  # what is still under way ends out of sight
            self.bridges.close()
        event.accept()

    def _close_if_asked(self) -> None:
        if self._closing:
            QTimer.singleShot(0, self, self.close)

    def _choose_language(self, name: str) -> None:
        self._settings.language = name
        self.status.say(tr("The window speaks the chosen language from its next start on"))

    def _choose_theme(self, name: str) -> None:
        self._settings.theme = name
        theme.apply(name)
