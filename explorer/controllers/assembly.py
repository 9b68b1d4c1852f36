"""Makes the controllers and connects them with one another."""

from dataclasses import dataclass
from pathlib import Path

from explorer.bridge.hub import Bridges
from explorer.controllers.colouring import ColouringController
from explorer.controllers.confidence import ConfidenceController
from explorer.controllers.data import DataController
from explorer.controllers.evaluation import EvaluationController
from explorer.controllers.exclusions import ExclusionController
from explorer.controllers.margins import MarginController
from explorer.controllers.neighbours import NeighbourController
from explorer.controllers.pairs import PairsController
from explorer.controllers.report import ReportController
from explorer.controllers.run import RunController
from explorer.controllers.timeline import TimelineController
from explorer.controllers.verify import VerifyController
from explorer.panels.data import DataPanel
from explorer.panels.evaluation import EvaluationPanel
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
from explorer.widgets.status_line import StatusLine


@dataclass(frozen=True)
class Panels:
    """Everything that controllers show something in."""

    setup: RunSetupPanel
    settings: SettingsPanel
    curves: CurvesPanel
    map: MapPanel
    data: DataPanel
    pairs: PairsPanel
    evaluation: EvaluationPanel
    verify: VerifyPanel
    roc: RocPanel
    bar: RunBar
    status: StatusLine


class Controllers:
    """All controllers of a window, each beside the panels it serves."""

    def __init__(
        self, state: ExplorerState, bridges: Bridges, panels: Panels, settings: Settings, run_root: Path
    ) -> None:
        # In this order, since what an event causes is done in the order of these.
        self._make_run(state, bridges, panels, settings, run_root)
        self._make_map(state, bridges, panels)
        self._make_judging(state, bridges, panels, settings, run_root)
        self._connect(bridges, panels)

    def _make_run(
        self, state: ExplorerState, bridges: Bridges, panels: Panels, settings: Settings, run_root: Path
    ) -> None:
        status = panels.status
        self.run = RunController(
            state,
            bridges.training,
            bridges.library,
            bar=panels.bar,
            setup=panels.setup,
            settings=panels.settings,
            curves=panels.curves,
            status=status,
            run_root=run_root,
        )
        self.data = DataController(
            state,
            bridges.library,
            bridges.pictures,
            setup=panels.setup,
            panel=panels.data,
            map_panel=panels.map,
            status=status,
            settings=settings,
        )
        self.evaluation = EvaluationController(
            state,
            bridges.training,
            bridges.maps,
            bridges.library,
            bridges.measuring,
            map_panel=panels.map,
            roc=panels.roc,
            status=status,
        )

    def _make_map(self, state: ExplorerState, bridges: Bridges, panels: Panels) -> None:
        status = panels.status
        self.colouring = ColouringController(
            state, bridges.maps, bridges.colouring, map_panel=panels.map, status=status
        )
        self.neighbours = NeighbourController(
            state,
            bridges.maps,
            bridges.neighbours,
            bridges.inference,
            bridges.pictures["neighbours"],
            self.data.run_image,
            map_panel=panels.map,
            status=status,
        )
        self.timeline = TimelineController(
            state, bridges.history, map_panel=panels.map, curves=panels.curves, status=status
        )

    def _make_judging(
        self, state: ExplorerState, bridges: Bridges, panels: Panels, settings: Settings, run_root: Path
    ) -> None:
        status = panels.status
        self.confidence = ConfidenceController(
            state, bridges.training, bridges.confidence, roc=panels.roc, status=status
        )
        self.margins = MarginController(state, bridges.margins, settings=panels.settings, status=status)
        self.verify = VerifyController(state, bridges.training, bridges.inference, verify=panels.verify, status=status)
        self.exclusions = ExclusionController(state, bridges.library, status=status)
        self.pairs = PairsController(
            state,
            bridges.pairs,
            bridges.pictures["pairs"],
            self.exclusions,
            self.data.run_image,
            panel=panels.pairs,
            verify=panels.verify,
            status=status,
        )
        self.report = ReportController(
            state,
            bridges.evaluating,
            bridges.library,
            panel=panels.evaluation,
            status=status,
            settings=settings,
            run_root=run_root,
        )

    def _connect(self, bridges: Bridges, panels: Panels) -> None:
        self.run.locked.connect(self.timeline.set_locked)
        panels.roc.pairs_requested.connect(self.pairs.show_wish)
        self.run.opened.connect(self.exclusions.show_opened)  # first: what is measured follows from it
        self.run.opened.connect(self.pairs.show_opened)
        self.run.trained.connect(self.verify.show_training)
        self.run.trained.connect(self.data.show_training)
        self.run.opened.connect(self.data.show_opened)
        self.run.opened.connect(self.evaluation.show_opened)
        self.run.opened.connect(self.verify.show_opened)
        self.run.opened.connect(self.report.show_opened)
        bridges.library.calibration_stored.connect(bridges.inference.compare)
