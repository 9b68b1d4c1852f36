"""All GPUs of a machine, where it has several."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.panels.run_setup import RunSetupPanel


@pytest.fixture
def panel(qtbot: QtBot) -> RunSetupPanel:
    panel = RunSetupPanel()
    qtbot.addWidget(panel)
    return panel


@pytest.mark.parametrize("count", [0, 1])
def test_a_machine_with_one_device_is_not_asked(panel: RunSetupPanel, count: int) -> None:
    panel.offer_gpus(count)
    assert panel._gpu_form.isHidden()
    assert panel.processes() == 1


def test_all_of_several_can_be_chosen(panel: RunSetupPanel) -> None:
    panel.offer_gpus(4)
    assert not panel._gpu_form.isHidden()
    assert panel._gpus.text() == "all 4 GPUs"
    assert panel.processes() == 1
    panel._gpus.click()
    assert panel.processes() == 4


def test_another_device_and_a_run_that_trains_have_no_use_for_it(panel: RunSetupPanel) -> None:
    panel.offer_gpus(4)
    panel._gpus.click()
    panel._fields["device"].fill("cpu")
    panel._update()
    assert (panel.processes(), panel._gpus.isEnabled()) == (1, False)
    assert panel._gpus.toolTip().startswith("The run is to train on another device")
    panel._fields["device"].fill("cuda")
    panel._update()
    assert panel.processes() == 4
    panel.set_locked("A run is training.")
    assert not panel._gpus.isEnabled()
