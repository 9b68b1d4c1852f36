"""The panels that controllers join, by name."""

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
    """A panel is there once it was added; one that no controller asks for needs no line here."""

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

    def add(self, name: str, panel: QWidget) -> None:
        """Take a panel, which is an attribute from now on."""
        setattr(self, name, panel)
