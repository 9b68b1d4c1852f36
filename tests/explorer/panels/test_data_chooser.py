from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.panels.data_chooser import DataChooser
from explorer.widgets.message import Message
from tests.explorer.dropping import files


@pytest.fixture
def chooser(qtbot: QtBot) -> DataChooser:
    chooser = DataChooser(80)
    qtbot.addWidget(chooser)
    return chooser


def said(chooser: DataChooser) -> list[str]:
    return [message.sentence() for message in chooser.findChildren(Message)]


@pytest.mark.parametrize("name", ["pairs.csv", "Pairs.CSV"])
def test_a_list_may_be_dropped(chooser: DataChooser, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    path = tmp_path / name
    path.write_text("image_a,image_b,same")
    with qtbot.waitSignal(chooser.data_chosen) as chosen:
        chooser.take_drop(files(path))
    assert chosen.args == [str(path)]
    assert chooser.data() == str(path)


def test_a_list_that_is_gone(chooser: DataChooser, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(chooser.data_chosen):
        chooser.take_drop(files(tmp_path / "pairs.csv"))
    assert any(sentence.startswith("pairs.csv is not there any more; drop a folder") for sentence in said(chooser))
