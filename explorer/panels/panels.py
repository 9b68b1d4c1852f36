"""All panels of the window, by name; each is imported and made when its turn comes."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from explorer.panels.data import DataPanel
    from explorer.panels.evaluation import EvaluationPanel
    from explorer.panels.gallery import GalleryPanel
    from explorer.panels.hyperparameters import SettingsPanel
    from explorer.panels.log import LogPanel
    from explorer.panels.losses import CurvesPanel
    from explorer.panels.map import MapPanel
    from explorer.panels.pairs import PairsPanel
    from explorer.panels.roc import RocPanel
    from explorer.panels.run_setup import RunSetupPanel
    from explorer.panels.runs import RunsPanel
    from explorer.panels.verdicts import VerdictsPanel
    from explorer.panels.verify import VerifyPanel


class Panels:
    """A panel is there once its maker was called."""

    setup: "RunSetupPanel"
    settings: "SettingsPanel"
    verify: "VerifyPanel"
    curves: "CurvesPanel"
    roc: "RocPanel"
    map: "MapPanel"
    data: "DataPanel"
    runs: "RunsPanel"
    pairs: "PairsPanel"
    evaluation: "EvaluationPanel"
    verdicts: "VerdictsPanel"
    gallery: "GalleryPanel"
    log: "LogPanel"

    def make_log(self) -> QWidget:
        """Make the log, which comes first: it tells why another panel could not be made."""
        from explorer.panels.log import LogPanel

        self.log = LogPanel()
        return self.log

    def makers(self) -> Iterator[tuple[str, Callable[[], QWidget]]]:
        """Name of each dock and what makes the panel for it, but the log, in the order in which they are to appear."""
        yield "setup", self._make_setup
        yield "settings", self._make_settings
        yield "verify", self._make_verify
        yield "curves", self._make_curves
        yield "roc", self._make_roc
        yield "map", self._make_map
        yield "data", self._make_data
        yield "runs", self._make_runs
        yield "pairs", self._make_pairs
        yield "evaluation", self._make_evaluation
        yield "verdicts", self._make_verdicts
        yield "gallery", self._make_gallery

    def _make_setup(self) -> QWidget:
        from explorer.panels.run_setup import RunSetupPanel

        self.setup = RunSetupPanel()
        return self.setup

    def _make_settings(self) -> QWidget:
        from explorer.panels.hyperparameters import SettingsPanel

        self.settings = SettingsPanel()
        return self.settings

    def _make_verify(self) -> QWidget:
        from explorer.panels.verify import VerifyPanel

        self.verify = VerifyPanel()
        return self.verify

    def _make_curves(self) -> QWidget:
        from explorer.panels.losses import CurvesPanel

        self.curves = CurvesPanel()
        return self.curves

    def _make_roc(self) -> QWidget:
        from explorer.panels.roc import RocPanel

        self.roc = RocPanel()
        return self.roc

    def _make_map(self) -> QWidget:
        from explorer.panels.map import MapPanel

        self.map = MapPanel()
        return self.map

    def _make_data(self) -> QWidget:
        from explorer.panels.data import DataPanel

        self.data = DataPanel()
        return self.data

    def _make_runs(self) -> QWidget:
        from explorer.panels.runs import RunsPanel

        self.runs = RunsPanel()
        return self.runs

    def _make_pairs(self) -> QWidget:
        from explorer.panels.pairs import PairsPanel

        self.pairs = PairsPanel()
        return self.pairs

    def _make_evaluation(self) -> QWidget:
        from explorer.panels.evaluation import EvaluationPanel

        self.evaluation = EvaluationPanel()
        return self.evaluation

    def _make_verdicts(self) -> QWidget:
        from explorer.panels.verdicts import VerdictsPanel

        self.verdicts = VerdictsPanel()
        return self.verdicts

    def _make_gallery(self) -> QWidget:
        from explorer.panels.gallery import GalleryPanel

        self.gallery = GalleryPanel()
        return self.gallery
