"""Run setup where the data is a list of pairs, triplets or quadruplets."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.data.dataset import Dataset, Sample
from core.data.tuples import FITTING_LOSSES, TupleKind, TupleList
from explorer.panels.run_setup import RunSetupPanel
from explorer.widgets.message import Message
from tests.explorer.panels.test_run_setup import activate_data, choose

SAMPLES = tuple(Sample(f"{n}.png", n // 2, Path(f"{n}.png")) for n in range(8))
WIDTHS = {"pairs": 2, "triplets": 3, "quadruplets": 4}


def listed(kind: TupleKind) -> Dataset:
    images = np.array([[0, 1, 2, 4], [2, 3, 4, 6]])[:, : WIDTHS[kind]]
    same = np.array([True, False]) if kind == "pairs" else None
    return Dataset(f"{kind}.csv", ("0.png", "2.png", "4.png", "6.png"), SAMPLES, tuples=TupleList(kind, images, same))


@pytest.fixture
def panel(qtbot: QtBot) -> RunSetupPanel:
    panel = RunSetupPanel()
    panel.losses = []
    panel.loss_chosen.connect(panel.losses.append)
    qtbot.addWidget(panel)
    return panel


def said(panel: RunSetupPanel) -> str:
    return " ".join(message.sentence() for message in panel.findChildren(Message))


@pytest.mark.parametrize("kind", FITTING_LOSSES)
def test_a_list_gets_a_loss_that_fits(panel: RunSetupPanel, kind: TupleKind) -> None:
    panel.show_dataset(listed(kind))
    assert panel.settings()["loss"] == FITTING_LOSSES[kind][0]
    assert panel.losses == ([] if kind == "triplets" else [FITTING_LOSSES[kind][0]])
    assert "4 identities" in said(panel)
    assert "judged by the listed pairs alone" in said(panel)


def test_a_loss_that_fits_stays(panel: RunSetupPanel, qtbot: QtBot) -> None:
    choose(qtbot, panel, "loss", "Contrastive (d²)")
    panel.show_dataset(listed("pairs"))
    assert panel.settings()["loss"] == "contrastive-squared"


def test_what_does_not_fit_is_said_before_the_start(panel: RunSetupPanel, qtbot: QtBot) -> None:
    panel.show_dataset(listed("pairs"))
    choose(qtbot, panel, "split", "closed set")
    assert "A list of pairs has no closed split" in said(panel)
    choose(qtbot, panel, "loss", "ArcFace")
    assert "A list of pairs is trained with the metric loss Contrastive (d) or Contrastive (d²)" in said(panel)


def test_choosing_a_list_is_left_to_a_dialog(panel: RunSetupPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.choose_list_requested), qtbot.assertNotEmitted(panel.choose_folder_requested):
        activate_data(panel, "Choose list…")
    assert panel.settings()["data"] == "digits"


def test_a_list_needs_no_memory(panel: RunSetupPanel) -> None:
    field = panel.findChild(QWidget, "memory_field")
    assert field.isEnabled()
    panel.show_dataset(listed("triplets"))
    assert not field.isEnabled()
    assert "A list says which images are compared" in field.toolTip()
    assert panel.settings()["memory"] == 0


def test_data_that_says_itself_what_is_held_out_needs_no_split(panel: RunSetupPanel) -> None:
    """Two of its four classes are never trained on."""
    samples = tuple(replace(sample, held_out=sample.label > 1) for sample in SAMPLES)
    panel.show_dataset(Dataset("m.csv", ("a", "b", "c", "d"), samples))
    assert "open set: 2 classes never trained on, 4 images held out, as m.csv says" in said(panel)
    fields = [panel.findChild(QWidget, f"{name}_field") for name in ("split", "holdout")]
    assert [field.isEnabled() for field in fields] == [False, False]
    assert all("says itself which images are held out" in field.toolTip() for field in fields)
    panel.show_dataset(Dataset("m.csv", ("a", "b", "c", "d"), SAMPLES))
    assert fields[0].isEnabled()
