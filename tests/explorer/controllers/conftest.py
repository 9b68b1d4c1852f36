"""The controllers with real panels, and with bridges whose far ends do what the test says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from core.config import RunConfig
from core.following.follower import Seen
from core.training.records import ModelSnapshot
from explorer.bridge.hub import Bridges, FarEnds
from explorer.bridge.library import OpenedRun
from explorer.controllers.assembly import Controllers
from explorer.panel_list import PANELS
from explorer.panels.panels import Panels
from explorer.settings import Settings
from explorer.state import ExplorerState
from explorer.widgets.run_bar import RunBar
from explorer.widgets.sample_drag import SampleImage
from explorer.widgets.status_line import StatusLine
from tests.explorer.standins import StandInSession, StandInVerifier, StandInWorker, started


class Desk:
    """All of the window but the window."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.sessions: list[StandInSession] = []
        self.models: list[tuple[Path, int | None]] = []
        self.model_error: Exception | None = None
        self.worker = StandInWorker()
        self.state = ExplorerState()
        self.settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
        self._make_panels()
        self.bridges = Bridges(
            lambda sample: self.data.image_of(sample),
            far_ends=FarEnds(self._make_session, self._make_follower, lambda: self.worker, self._make_model),  # type: ignore[arg-type,return-value]
        )
        self.bridges.maps.start()
        self.controllers = Controllers(
            self.state, self.bridges, self.panels, self.settings, folder / "runs", bar=self.bar, status=self.status
        )
        self._name_parts()

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
        return self.map._hover.provider(sample_id)

    def grid_image(self, position: int) -> SampleImage | None:
        """What a drag out of the grid takes along."""
        return self.data_panel._grid._thumbnails.provider(position)

    def _settled(self) -> bool:
        self.bridges.tick()
        return not self.bridges.jobs_wait

    def _make_session(self, config: RunConfig, run_dir: Path) -> StandInSession:
        self.sessions.append(StandInSession(config, run_dir))
        return self.sessions[-1]

    def _make_follower(self, run_dir: Path, seen: Seen) -> StandInSession:
        self.sessions.append(StandInSession(None, run_dir))
        self.sessions[-1].seen = seen
        return self.sessions[-1]

    def _make_model(self, run_dir: Path, weights: ModelSnapshot | None) -> StandInVerifier:
        step = None if weights is None else weights.step
        self.models.append((run_dir, step))
        if self.model_error is not None:
            raise self.model_error
        size = 8 if (run_dir / "run.json").is_file() else 4  # as the embeddings of the tiny run, or of snapshots
        return StandInVerifier(99 if step is None else step, size=size)

    def _make_panels(self) -> None:
        self.bar, self.status, self.panels = RunBar(), StatusLine(), Panels()
        for name, spec in PANELS.items():
            self.panels.add(name, panel := spec.make())
            self.qtbot.addWidget(panel)
        for widget in (self.bar, self.status):
            self.qtbot.addWidget(widget)

    def _name_parts(self) -> None:
        """As the tests call them."""
        panels, bridges, controllers = self.panels, self.bridges, self.controllers
        self.setup, self.live, self.curves = panels.setup, panels.settings, panels.curves
        self.map, self.roc, self.verify_panel = panels.map, panels.roc, panels.verify
        self.data_panel, self.pairs_panel = panels.data, panels.pairs
        self.training, self.maps, self.library = bridges.training, bridges.maps, bridges.library
        self.inference, self.pictures = bridges.inference, bridges.pictures
        self.run, self.data, self.evaluation = controllers.run, controllers.data, controllers.evaluation
        self.verify, self.exclusions, self.pairs = controllers.verify, controllers.exclusions, controllers.pairs


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.evaluation.store_threshold()
    desk.bridges.close()
