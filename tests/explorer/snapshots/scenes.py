"""The panels as they stand in the window at its first size, with data made by hand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QTabWidget, QWidget

from core.evaluation.curve import OperatingPoint, VerificationCurve
from core.evaluation.figures import Densities
from core.evaluation.listed import curve_of
from core.hyperparameters import Hyperparameters
from core.training.records import StepRecord
from explorer.lab.pictures.triplet import TripletPicture
from explorer.panel_list import PANELS
from explorer.panels.data import DataPanel
from explorer.panels.evaluation import EvaluationPanel
from explorer.panels.gallery import GalleryPanel
from explorer.panels.hyperparameters import SettingsPanel
from explorer.panels.log import LogPanel
from explorer.panels.losses import CurvesPanel
from explorer.panels.map import MapPanel, MapView
from explorer.panels.pairs import PairsPanel
from explorer.panels.pairs_view import ImagePair, PairImage, PairsView
from explorer.panels.roc import RocPanel
from explorer.panels.run_setup import RunSetupPanel
from explorer.panels.runs import RunsPanel
from explorer.panels.verdicts import VerdictsPanel
from explorer.panels.verify import VerifyPanel
from explorer.theme import class_style
from explorer.widgets.journal import Journal
from tests.explorer import evaluated
from tests.explorer.panels.test_data import dataset
from tests.explorer.panels.test_gallery import name as enrolled
from tests.explorer.panels.test_gallery import view as identified
from tests.explorer.panels.test_run_setup import DIGITS
from tests.explorer.panels.test_runs import ROOT, details, three
from tests.explorer.panels.test_verdict_table import RANKS, verdicts
from tests.explorer.panels.test_verify import VIEW

Scene = Callable[[], QWidget]
CLASSES = ("cat", "dog", "owl", "fox")
CENTRE, LEFT, RIGHT = (608, 416), 288, 372
"""Size of the panels in the middle; widths of those beside them."""


def picture(number: int) -> QImage:
    """A disc in the colour of a class."""
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#404040"))
    with QPainter(image) as painter:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(class_style(number % len(CLASSES)).colour)
        side = 20 + 3 * (number % 5)
        painter.drawEllipse(24 - side // 2, 24 - side // 2, side, side)
    return image


def setup() -> QWidget:
    """Digits are chosen."""
    panel = RunSetupPanel()
    panel.show_dataset(DIGITS)
    panel.set_thumbnails([picture(number) for number in range(8)])
    panel.resize(LEFT, 400)
    return panel


def settings() -> QWidget:
    """A run takes its settings over, and has measured other margins."""
    panel = SettingsPanel()
    panel.set_live(True)
    panel.set_values(Hyperparameters(margin=0.35, beta=0.5))
    margins = np.linspace(0.0, 2.0, 41)
    panel.show_what_if(margins, 1 - np.exp(-2 * margins), "step 540")
    panel.resize(LEFT, 320)
    return panel


def map_of_images() -> QWidget:
    """Four classes, the even images held out."""
    random = np.random.default_rng(4)
    labels = np.repeat(np.arange(len(CLASSES)), 30)
    centres = np.array([[0, 0], [7, 1], [3, 6], [-4, 5]], np.float32)
    panel = MapPanel()
    panel.resize(*CENTRE)
    panel.show_layout(
        MapView(
            xy=(centres[labels] + random.standard_normal((len(labels), 2))).astype(np.float32),
            labels=labels,
            sample_ids=np.arange(len(labels)),
            held_out=np.arange(len(labels)) % 2 == 0,
            class_names=CLASSES,
            method="umap",
            step=540,
            provenance="closed set",
        )
    )
    panel.set_model_step(560)
    return panel


def data() -> QWidget:
    """Twelve images of three classes, two of them selected."""
    panel = DataPanel()
    panel.resize(*CENTRE)
    panel.show_dataset(dataset())
    for index in range(12):
        panel.set_thumbnail(index, picture(index % 3))
    panel.set_selection((1, 4))
    return panel


def runs() -> QWidget:
    """Three runs, one of them damaged."""
    panel = RunsPanel()
    panel.resize(*CENTRE)
    panel.show_runs(ROOT, three())
    panel.table.selectAll()
    sound = [each for each in panel.table.chosen() if each.figures is not None]
    panel.show_details([details(each, steps) for each, steps in zip(sound, (40, 25), strict=True)])
    return panel


def pairs() -> QWidget:
    """Four errors among genuine and impostor pairs."""
    panel = PairsPanel()
    panel.resize(*CENTRE)
    panel.set_threshold(0.4)
    panel.set_provenance("step 540 · held-out", "step 540, 60 held-out images")
    found = tuple(_pair(*each) for each in ((0, 1, 0.30), (2, 3, 0.35), (4, 5, 0.37), (6, 7, 0.39)))
    panel.show_pairs(PairsView("False accepts", found, 9, "There is none."))
    for sample in range(8):
        panel.set_thumbnail(sample, picture(sample))
    return panel


def evaluation() -> QWidget:
    """Figures of 24 identities."""
    panel = EvaluationPanel()
    panel.resize(*CENTRE)
    panel.set_run(Path("runs/faces"), "cosine")
    panel.set_available("")
    panel.show_report(evaluated.report())
    return panel


def judged_pairs() -> QWidget:
    """Many pairs at once."""
    panel = VerdictsPanel()
    panel.resize(*CENTRE)
    panel.many.show_verdicts(verdicts([0.21, 0.38, 0.44, 0.71, 0.15], [1, 0, 1, 0, 1]), RANKS, 0.4)
    tabs = panel.findChild(QTabWidget, "verdict_tabs")
    tabs.setCurrentIndex(1)
    return panel


def curves() -> QWidget:
    """Four hundred steps with a change of the margin."""
    panel = CurvesPanel()
    panel.resize(608, 320)
    panel.set_run("triplet", "cosine")
    panel.add_records([_record(step) for step in range(1, 401)])
    panel.mark_change(180, "margin 0.2 → 0.3")
    return panel


def log() -> QWidget:
    """A problem between two notes."""
    journal = Journal()
    with mock.patch("explorer.widgets.journal.datetime") as clock:
        clock.now.return_value = datetime(2026, 11, 22, 14, 5, 9)
        journal.add("Ready: choose data and press Start, or open a run")
        journal.add("runs/faces: the checkpoint is damaged", "Traceback\n  in read", is_problem=True)
        journal.add("Trained runs/digits")
    panel = LogPanel()
    panel.show_journal(journal)
    panel.resize(608, 320)
    return panel


def verify() -> QWidget:
    """Two images that are judged to show the same."""
    panel = VerifyPanel()
    panel.resize(RIGHT, 330)
    for slot, number in (("A", 0), ("B", 4)):
        panel.choose({slot: picture(number)})  # type: ignore[dict-item, misc]
        panel.show_image(slot, picture(number), f"{number}.png")  # type: ignore[arg-type]
    panel.set_threshold(0.42, OperatingPoint(0.42, 0.941, 0.01))
    panel.show_densities(_densities())
    panel.show_verdict(replace(VIEW, mask_a=_mask()))
    return panel


def gallery() -> QWidget:
    """Somebody is recognised among three."""
    panel = GalleryPanel()
    panel.resize(RIGHT, 330)
    panel.set_available(None)
    panel.show_names([enrolled("name 0", 1, 2), enrolled("name 1", 3), enrolled("name 2", 4)])
    panel.set_threshold(0.3)
    panel.show_identified(identified(0.21, 0.33, 0.45))
    return panel


def roc() -> QWidget:
    """Curve, histograms and figures of 24 identities."""
    panel = RocPanel()
    panel.resize(RIGHT, 480)
    panel.show_curve(_curve(), "step 540 · held-out, 144 images · closed set")
    return panel


def lab() -> QWidget:
    """The lab's first picture."""
    picture = TripletPicture()
    picture.resize(608, 560)
    return picture


SCENES: Mapping[str, Scene] = {name: spec.make for name, spec in PANELS.items()} | {
    "setup": setup,
    "settings": settings,
    "map": map_of_images,
    "data": data,
    "runs": runs,
    "pairs": pairs,
    "evaluation": evaluation,
    "verdicts": judged_pairs,
    "curves": curves,
    "log": log,
    "verify": verify,
    "gallery": gallery,
    "roc": roc,
    "lab": lab,
}
"""By the names of their docks; a panel without a scene is drawn as it is made. The lab has a window of its own."""


def _pair(first: int, second: int, distance: float) -> ImagePair:
    a, b = (PairImage(i, f"{CLASSES[i % 4]}/{i:02}.jpg", i % 4, CLASSES[i % 4]) for i in (first, second))
    return ImagePair(a, b, distance, genuine=False)


def _record(step: int) -> StepRecord:
    fall = float(np.exp(-step / 120))
    wave = 0.05 * float(np.sin(step / 7))
    return StepRecord(
        step=step,
        epoch=(step - 1) // 40 + 1,
        time=0.1 * step,
        total=2.2 * fall + 0.4 + wave,
        cls=1.5 * fall + 0.1 + wave,
        seg=0.5 * fall + 0.1,
        metric=0.2 * fall + 0.2 + wave / 2,
        learning_rate=1e-3,
        active_fraction=0.2 + 0.7 * fall,
    )


def _densities() -> Densities:
    """Two bells."""
    distances = np.linspace(0.0, 1.0, 101)
    genuine, impostor = (np.exp(-0.5 * ((distances - middle) / 0.1) ** 2) / 0.25 for middle in (0.25, 0.6))
    return Densities(distances, genuine, impostor)


def _mask() -> NDArray[np.uint8]:
    """The disc of the first picture."""
    rows, columns = np.indices((48, 48)) - 23.5
    return (255 * (np.hypot(rows, columns) < 10)).astype(np.uint8)


def _curve() -> VerificationCurve:
    return curve_of(evaluated.images())
