"""The page for many pairs: what is dropped and chosen, what is shown of it, what is handed on."""

import math
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.panels.verdicts_many import ManyPage
from explorer.widgets.choice_field import ChoiceField
from explorer.widgets.message import Message
from tests.explorer.dropping import drop, files
from tests.explorer.panels.test_verdict_table import RANKS, verdicts


@pytest.fixture
def page(qtbot: QtBot) -> ManyPage:
    page = ManyPage()
    qtbot.addWidget(page)
    page.resize(608, 460)
    page.show()
    return page


def press(page: ManyPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def choose(page: ManyPage, title: str, path: Path) -> None:
    """Choose a path in the dialog that is open."""
    dialog = next(found for found in page.findChildren(QFileDialog) if found.windowTitle() == title)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def summary(page: ManyPage) -> str:
    label = page.findChild(QLabel, "pairs_summary")
    assert isinstance(label, QLabel)
    return label.text()


def test_what_is_dropped_is_judged(qtbot: QtBot, page: ManyPage, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.judge_requested) as asked:
        assert drop(page, files(tmp_path / "a", tmp_path / "b"))
    assert asked.args == [(tmp_path / "a", tmp_path / "b"), "names"]


def test_a_drop_without_a_run_says_why(qtbot: QtBot, page: ManyPage, tmp_path: Path) -> None:
    page.set_available("Open a run first.")
    with qtbot.assertNotEmitted(page.judge_requested):
        drop(page, files(tmp_path))
    said = [message.sentence() for message in page.findChildren(Message) if message.is_problem()]
    assert said == ["Open a run first."]
    button = page.findChild(QPushButton, "judge_folder")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    assert button.toolTip().startswith("Open a run first.")


def test_the_buttons_ask_for_paths(qtbot: QtBot, page: ManyPage, tmp_path: Path) -> None:
    press(page, "judge_folder")
    with qtbot.waitSignal(page.judge_requested) as asked:
        choose(page, "Choose a folder of images", tmp_path)
    assert asked.args == [(tmp_path,), "names"]
    press(page, "judge_file")
    with qtbot.waitSignal(page.judge_requested) as asked:
        choose(page, "Choose a file of pairs", tmp_path / "pairs.csv")
    assert asked.args == [(tmp_path / "pairs.csv",), "names"]
    match = page.findChild(ChoiceField, "pairs_of_two_folders_field")
    assert isinstance(match, ChoiceField)
    match.set_value("all")
    press(page, "judge_folders")
    choose(page, "Choose the first of two folders", tmp_path / "a")
    with qtbot.waitSignal(page.judge_requested) as asked:
        choose(page, "Choose the second of two folders", tmp_path / "b")
    assert asked.args == [(tmp_path / "a", tmp_path / "b"), "all"]


def test_the_summary_follows_the_threshold(qtbot: QtBot, page: ManyPage) -> None:
    page.show_verdicts(verdicts([0.2, 0.4, 0.7, math.nan], [1, 0, 0, 1]), RANKS, 0.3)
    expected = "4 pairs at 0.300: 1 same · 2 different · 1 not readable · "
    assert summary(page) == expected + "accuracy 100 % (3 of 3) · TPR 100 % (1 of 1) · FPR 0 % (0 of 2)"
    for threshold in (0.31, 0.33, 0.5):
        page.set_threshold(threshold)
    qtbot.waitUntil(lambda: summary(page).startswith("4 pairs at 0.500: 2 same"))
    assert "FPR 50.0 % (1 of 2)" in summary(page)


def test_without_a_threshold(page: ManyPage) -> None:
    page.show_verdicts(verdicts([0.2]), RANKS, None)
    assert summary(page).startswith("1 pair. There is no threshold yet")


def test_a_pair_and_an_export_are_handed_on(qtbot: QtBot, page: ManyPage, tmp_path: Path) -> None:
    page.show_verdicts(verdicts([0.2, 0.4]), RANKS, 0.3)
    with qtbot.waitSignal(page.pair_opened) as opened:
        page._table.pair_opened.emit(1)
    assert opened.args == [Path("/data/b.png"), Path("/data/<b>c.png")]
    for kind in ("csv", "json"):
        press(page, f"export_pairs_{kind}")
        with qtbot.waitSignal(page.export_requested) as asked:
            choose(page, f"Export the verdicts as {kind.upper()}", tmp_path / f"x.{kind}")
        assert asked.args == [tmp_path / f"x.{kind}"]


def test_what_is_shown_can_be_narrowed(page: ManyPage) -> None:
    page.show_verdicts(verdicts([0.2, 0.4, math.nan]), RANKS, 0.3)
    shown = page.findChild(ChoiceField, "pairs_shown_field")
    assert isinstance(shown, ChoiceField)
    shown.setCurrentIndex(shown.findText("not readable"))
    shown.activated.emit(shown.currentIndex())
    assert page._table.model().rowCount() == 1
    page.show_verdicts(verdicts([0.2, 0.4]), RANKS, 0.3)
    assert page._table.model().rowCount() == 2
    assert shown.value() == "all"


def test_age_and_progress(qtbot: QtBot, page: ManyPage) -> None:
    page.show_verdicts(verdicts([0.2]), RANKS, 0.3)
    again = page.findChild(QPushButton, "judge_again")
    assert isinstance(again, QPushButton)
    assert not again.isVisible()
    page.set_age("As of step 8; the model is at step 20.")
    assert again.isVisible()
    with qtbot.waitSignal(page.again_requested):
        again.click()
    page.begin_work("waiting")
    page.show_progress("looking", 0.5, 3.0)
    cancel = page.findChild(QPushButton, "cancel_button")
    assert isinstance(cancel, QPushButton)
    assert "are kept" in cancel.toolTip()
    with qtbot.waitSignal(page.cancel_requested):
        cancel.click()
    page.clear()
    assert page._table.model().rowCount() == 0
    assert not again.isVisible()
