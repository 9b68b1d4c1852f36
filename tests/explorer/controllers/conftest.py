"""The controllers with real panels, and with bridges whose far ends do what the test says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from core.config import RunConfig
from core.training.records import ModelSnapshot
from explorer.bridge.colouring import ColouringBridge
from explorer.bridge.confidence import ConfidenceBridge
from explorer.bridge.history import HistoryBridge
from explorer.bridge.hub import PICTURE_OWNERS
from explorer.bridge.inference import InferenceBridge
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.margins import MarginBridge
from explorer.bridge.measuring import MeasuringBridge
from explorer.bridge.neighbours import NeighbourBridge
from explorer.bridge.pairs import PairsBridge
from explorer.bridge.pictures import PictureBridge
from explorer.bridge.projection import MapBridge
from explorer.bridge.tasks import TaskThread
from explorer.bridge.training import TrainingBridge
from explorer.controllers.colouring import ColouringController
from explorer.controllers.confidence import ConfidenceController
from explorer.controllers.data import DataController
from explorer.controllers.evaluation import EvaluationController
from explorer.controllers.exclusions import ExclusionController
from explorer.controllers.margins import MarginController
from explorer.controllers.neighbours import NeighbourController
from explorer.controllers.pairs import PairsController
from explorer.controllers.run import RunController
from explorer.controllers.timeline import TimelineController
from explorer.controllers.verify import VerifyController
from explorer.panels.data import DataPanel
from explorer.panels.hyperparameters import SettingsPanel
from explorer.panels.losses import CurvesPanel
from explorer.panels.map import MapPanel
from explorer.panels.pairs import PairsPanel
from explorer.panels.roc import RocPanel
from explorer.panels.run_setup import RunSetupPanel
from explorer.panels.verify import VerifyPanel
from explorer.settings import Settings
from explorer.state import ExplorerState
from explorer.widgets.run_bar import RunBar
from explorer.widgets.sample_drag import SampleImage
from explorer.widgets.status_line import StatusLine
from tests.explorer.standins import StandInSession, StandInVerifier, StandInWorker, started
from tests.explorer.tiny import copied_run, stored_run


class Desk:
    """All of the window but the window."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.sessions: list[StandInSession] = []
        self.models: list[tuple[Path, int | None]] = []
        self.model_error: Exception | None = None
        self.worker = StandInWorker()
        self.state = ExplorerState()
        self.tasks = TaskThread("test", lambda: None)
        self.settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
        self._make_panels()
        self._make_bridges()
        self._make_controllers()

    @property
    def session(self) -> StandInSession:
        """The newest session."""
        return self.sessions[-1]

    @property
    def said(self) -> str:
        """The newest message."""
        return self.status.message

    def settle(self) -> None:
        """Hand over all that is under way in threads and in the session."""
        self.qtbot.waitUntil(self._settled, timeout=20_000)

    def train(self, **changes: object) -> StandInSession:
        """Press Start, and get as far as the first step."""
        self.run.start()
        self.settle()
        self.session.report(started(self.session.run_dir, **changes))
        self.settle()
        return self.session

    def open(self, run: Path) -> OpenedRun:
        """Open a stored run."""
        found: list[OpenedRun] = []
        self.run.opened.connect(found.append)
        self.run.open_run(run)
        self.settle()
        return found[0]

    def map_image(self, sample_id: int) -> SampleImage | None:
        """What a drag out of the map takes along."""
        return self.map._provider(sample_id)

    def grid_image(self, position: int) -> SampleImage | None:
        """What a drag out of the grid takes along."""
        return self.data_panel._grid._thumbnails.provider(position)

    def _settled(self) -> bool:
        self.tasks.poll()
        self.training.tick()
        self.maps.tick()
        self.intervals.tick()
        return not self.tasks.busy

    def _make_session(self, config: RunConfig, run_dir: Path) -> StandInSession:
        self.sessions.append(StandInSession(config, run_dir))
        return self.sessions[-1]

    def _make_model(self, run_dir: Path, weights: ModelSnapshot | None) -> StandInVerifier:
        step = None if weights is None else weights.step
        self.models.append((run_dir, step))
        if self.model_error is not None:
            raise self.model_error
        return StandInVerifier(99 if step is None else step)

    def _make_panels(self) -> None:
        self.bar, self.status = RunBar(), StatusLine()
        self.setup, self.live, self.curves = RunSetupPanel(), SettingsPanel(), CurvesPanel()
        self.map, self.roc, self.verify_panel, self.data_panel = MapPanel(), RocPanel(), VerifyPanel(), DataPanel()
        for widget in (self.bar, self.status, self.setup, self.live, self.curves, self.map, self.roc):
            self.qtbot.addWidget(widget)
        self.pairs_panel = PairsPanel()
        for widget in (self.verify_panel, self.data_panel, self.pairs_panel):
            self.qtbot.addWidget(widget)

    def _make_bridges(self) -> None:
        self.training = TrainingBridge(self.tasks, self._make_session)  # type: ignore[arg-type]
        self.maps = MapBridge(self.tasks, lambda: self.worker)  # type: ignore[arg-type,return-value]
        self.maps.start()
        self.library = LibraryBridge(self.tasks)
        self.measuring = MeasuringBridge(self.tasks)
        self.margins = MarginBridge(self.tasks)
        self.intervals = ConfidenceBridge(self.tasks)
        self.pairs_bridge = PairsBridge(self.tasks)
        self.colouring = ColouringBridge(self.tasks)
        self.history = HistoryBridge(self.tasks, lambda: self.worker)  # type: ignore[arg-type,return-value]
        self.inference = InferenceBridge(
            self.tasks,
            lambda sample: self.data.image_of(sample),
            self._make_model,  # type: ignore[arg-type]
        )
        self.pictures = {owner: PictureBridge(self.tasks, owner) for owner in PICTURE_OWNERS}

    def _make_controllers(self) -> None:
        self.run = RunController(
            self.state,
            self.training,
            self.library,
            bar=self.bar,
            setup=self.setup,
            settings=self.live,
            curves=self.curves,
            status=self.status,
            run_root=self.folder / "runs",
        )
        self.data = DataController(
            self.state,
            self.library,
            self.pictures,
            setup=self.setup,
            panel=self.data_panel,
            map_panel=self.map,
            status=self.status,
            settings=self.settings,
        )
        self.evaluation = EvaluationController(
            self.state,
            self.training,
            self.maps,
            self.library,
            self.measuring,
            map_panel=self.map,
            roc=self.roc,
            status=self.status,
        )
        self.colours = ColouringController(
            self.state, self.maps, self.colouring, map_panel=self.map, status=self.status
        )
        self.timeline = TimelineController(
            self.state, self.history, map_panel=self.map, curves=self.curves, status=self.status
        )
        self.run.locked.connect(self.timeline.set_locked)
        self.neighbours = NeighbourController(
            self.state,
            self.maps,
            NeighbourBridge(self.tasks),
            self.inference,
            self.pictures["neighbours"],
            self.data.run_image,
            map_panel=self.map,
            status=self.status,
        )
        self.confidence = ConfidenceController(
            self.state, self.training, self.intervals, roc=self.roc, status=self.status
        )
        self.what_if = MarginController(self.state, self.margins, settings=self.live, status=self.status)
        self.verify = VerifyController(
            self.state, self.training, self.inference, verify=self.verify_panel, status=self.status
        )
        self.exclusions = ExclusionController(self.state, self.library, status=self.status)
        self.pairs = PairsController(
            self.state,
            self.pairs_bridge,
            self.pictures["pairs"],
            self.exclusions,
            self.data.run_image,
            panel=self.pairs_panel,
            verify=self.verify_panel,
            status=self.status,
        )
        for show in (self.exclusions.show_opened, self.pairs.show_opened):
            self.run.opened.connect(show)
        for show in (self.verify.show_training, self.data.show_training):
            self.run.trained.connect(show)
        for show in (self.data.show_opened, self.evaluation.show_opened, self.verify.show_opened):
            self.run.opened.connect(show)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.evaluation.store_threshold()
    desk.training.close()
    desk.maps.close()
    desk.tasks.close()


@pytest.fixture
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run; only read it."""
    return stored_run(tmp_path_factory)


@pytest.fixture
def copied(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A finished run to be written to."""
    return copied_run(tmp_path_factory, tmp_path)
