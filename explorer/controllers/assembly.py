"""Makes the controllers and connects them with one another."""

from pathlib import Path

from PySide6.QtGui import QUndoStack

from explorer.bridge.hub import Bridges
from explorer.controllers.catalog import CatalogController
from explorer.controllers.changes import forget_run
from explorer.controllers.colouring import ColouringController
from explorer.controllers.confidence import ConfidenceController
from explorer.controllers.contours import ContourController
from explorer.controllers.data import DataController
from explorer.controllers.data_edits import DataEditsController
from explorer.controllers.data_inspection import DataInspectionController
from explorer.controllers.embedded import EmbeddedController
from explorer.controllers.evaluation import EvaluationController
from explorer.controllers.exclusions import ExclusionController
from explorer.controllers.export import ExportController
from explorer.controllers.gallery import GalleryController
from explorer.controllers.hold import HoldController
from explorer.controllers.looked_at import LookedAtController
from explorer.controllers.map_compare import MapCompareController
from explorer.controllers.margins import MarginController
from explorer.controllers.neighbours import NeighbourController
from explorer.controllers.open_set import OpenSetController
from explorer.controllers.pairs import PairsController
from explorer.controllers.rates import RateController
from explorer.controllers.reading import ReadingController
from explorer.controllers.report import ReportController
from explorer.controllers.run import RunController
from explorer.controllers.runs import RunsController
from explorer.controllers.selection_export import SelectionExportController
from explorer.controllers.selections import SelectionController
from explorer.controllers.timeline import TimelineController
from explorer.controllers.verdicts import VerdictsController
from explorer.controllers.verify import VerifyController
from explorer.panels.panels import Panels
from explorer.settings import Settings
from explorer.state import ExplorerState
from explorer.widgets.run_bar import RunBar
from explorer.widgets.status_line import StatusLine


class Controllers:
    """All controllers of a window, each beside the panels it serves."""

    def __init__(
        self,
        state: ExplorerState,
        bridges: Bridges,
        panels: Panels,
        settings: Settings,
        run_root: Path,
        *,
        bar: RunBar,
        status: StatusLine,
    ) -> None:
        self.undo = QUndoStack(state)
        """What a person did to this run and to data, and may take back."""
        self.state, self.bridges, self.panels = state, bridges, panels
        self.settings, self.run_root = settings, run_root
        self._bar, self.status = bar, status
        state.run_changed.connect(lambda _run: forget_run(self.undo))
        self.hold = HoldController(state, bridges.hold, status=status)
        # In this order, since what an event causes is done in the order of these.
        self._make_run()
        self._make_map()
        self._make_judging()
        self._make_verdicts()
        self._make_gallery()
        self._make_runs()
        self._connect()

    def _make_run(self) -> None:
        state, bridges, panels, status = self.state, self.bridges, self.panels, self.status
        self.reading = ReadingController(bridges.library, status=status)
        self.run = RunController(
            state,
            bridges.training,
            bridges.library,
            bar=self._bar,
            setup=panels.setup,
            settings=panels.settings,
            curves=panels.curves,
            status=status,
            run_root=self.run_root,
        )
        self.data = DataController(
            state,
            bridges.library,
            bridges.pictures,
            setup=panels.setup,
            panel=panels.data,
            map_panel=panels.map,
            status=status,
            settings=self.settings,
        )
        self.data_edits = DataEditsController(
            self.data, bridges.library, self.undo, panel=panels.data, setup=panels.setup, status=status
        )
        self.data_inspection = DataInspectionController(
            self.data_edits,
            bridges.inspecting,
            bridges.sorting,
            panel=panels.data,
            setup=panels.setup,
            status=status,
        )
        self.rates = RateController(
            bridges.training, bridges.finding, setup=panels.setup, settings=panels.settings, status=status
        )
        self.catalog = CatalogController(bridges.downloads, self.data, setup=panels.setup, status=status)
        self.evaluation = EvaluationController(
            state,
            bridges.training,
            bridges.maps,
            bridges.library,
            bridges.measuring,
            self.undo,
            map_panel=panels.map,
            roc=panels.roc,
            status=status,
        )

    def _make_map(self) -> None:
        state, bridges, panels, status = self.state, self.bridges, self.panels, self.status
        self.colouring = ColouringController(
            state, bridges.maps, bridges.colouring, self.data.run_dataset, map_panel=panels.map, status=status
        )
        self.contours = ContourController(bridges.contours, map_panel=panels.map, status=status)
        self.neighbours = NeighbourController(
            state,
            bridges.maps,
            bridges.neighbours,
            bridges.searching,
            bridges.inference,
            bridges.pictures["neighbours"],
            self.data.run_image,
            map_panel=panels.map,
            status=status,
        )
        self.selections = SelectionController(state, bridges.selections, self.undo, map_panel=panels.map, status=status)
        self.selection_export = SelectionExportController(
            state, bridges.exporting, self.data, map_panel=panels.map, status=status
        )
        self.timeline = TimelineController(
            state, bridges.history, map_panel=panels.map, curves=panels.curves, status=status
        )
        self.map_compare = MapCompareController(
            state,
            bridges.maps,
            bridges.map_compare,
            bridges.pictures["changes"],
            self.data.run_image,
            self.timeline.look,
            map_panel=panels.map,
            status=status,
            settings=self.settings,
            run_root=self.run_root,
        )

    def _make_judging(self) -> None:
        state, bridges, panels, status = self.state, self.bridges, self.panels, self.status
        self.confidence = ConfidenceController(
            state, bridges.training, bridges.confidence, roc=panels.roc, status=status
        )
        self.margins = MarginController(state, bridges.margins, settings=panels.settings, status=status)
        self.verify = VerifyController(
            state,
            bridges.training,
            bridges.inference,
            bridges.pictures["verify"],
            self.data.run_image,
            self.evaluation.threshold_choice,
            verify=panels.verify,
            status=status,
        )
        self.exclusions = ExclusionController(state, bridges.library, self.undo, status=status)
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
            settings=self.settings,
            run_root=self.run_root,
        )

    def _make_gallery(self) -> None:
        state, bridges, panel, status = self.state, self.bridges, self.panels.gallery, self.status
        self.gallery = GalleryController(
            state,
            bridges.gallery,
            bridges.identifying,
            bridges.inference,
            self.undo,
            panel=panel,
            verify=self.panels.verify,
            status=status,
        )
        self.open_set = OpenSetController(state, bridges.training, bridges.open_set, panel=panel, status=status)

    def _make_runs(self) -> None:
        bridges = self.bridges
        self.runs = RunsController(
            self.state,
            bridges.training,
            bridges.runs,
            bridges.scalars,
            self.undo,
            self.evaluation.store_threshold,
            panel=self.panels.runs,
            status=self.status,
            run_root=self.run_root,
        )
        self.runs.opening.connect(self.run.open_run)
        self.runs.candidate.connect(self.report.add_run)
        self.runs.panel_wanted.connect(lambda _name: self.panels.evaluation.bring_comparison())
        self.runs.panel_wanted.connect(self.pairs.panel_wanted)
        self.run.locked.connect(self.panels.runs.set_locked)
        self.panels.runs.start_requested.connect(self.panels.setup.start_from)
        self.panels.runs.start_requested.connect(lambda *_run: self.pairs.panel_wanted.emit("setup"))

    def _make_verdicts(self) -> None:
        state, bridges, panels, status = self.state, self.bridges, self.panels, self.status
        self.looked_at = LookedAtController(
            state,
            bridges.inference,
            bridges.verdict_files,
            bridges.pictures["looked at"],
            self.undo,
            self.data.image_of,
            page=panels.verdicts.looked_at,
            verify=panels.verify,
            status=status,
        )
        self.verdicts = VerdictsController(
            state,
            bridges.verdicts,
            bridges.verdict_files,
            page=panels.verdicts.many,
            verify=panels.verify,
            status=status,
        )
        self.embedded = EmbeddedController(bridges.embedded, status=status)
        self.export = ExportController(state, bridges.taking, self.evaluation.store_threshold, status=status)
        for controller in (self.looked_at, self.verdicts):
            controller.panel_wanted.connect(self.pairs.panel_wanted)

    def _connect(self) -> None:
        bridges, panels = self.bridges, self.panels
        panels.curves.problem.connect(self.status.complain)
        for place in (panels.verify, panels.map.neighbours.strip, panels.pairs):
            place.set_image_provider(self.data.dragged_run_image)
        self.run.locked.connect(self.timeline.set_locked)
        self.run.locked.connect(self.map_compare.set_locked)
        panels.roc.pairs_requested.connect(self.pairs.show_wish)
        self.run.opened.connect(self.exclusions.show_opened)  # first: what is measured follows from it
        self.run.opened.connect(self.pairs.show_opened)
        self.run.trained.connect(self.verify.show_training)
        self.run.trained.connect(self.data.show_training)
        self.run.opened.connect(self.data.show_opened)
        self.run.opened.connect(self.evaluation.show_opened)
        self.run.opened.connect(self.verify.show_opened)
        self.run.opened.connect(self.report.show_opened)
        self.run.opened.connect(self.hold.show_opened)
        bridges.library.calibration_stored.connect(bridges.inference.compare)
