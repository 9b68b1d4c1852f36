import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.panels.evaluation import EvaluationPanel
from explorer.reports import CandidateChoice, ProtocolChoice
from explorer.widgets.choice_field import ChoiceField
from explorer.widgets.data_table import DataTable
from explorer.widgets.matrix_view import Cell, MatrixView
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField
from explorer.widgets.path_field import PathField
from explorer.widgets.work_line import WorkLine
from tests.explorer import evaluated
from tests.explorer.mouse import centre, move

RUN = Path("runs/faces")


@pytest.fixture
def panel(qtbot: QtBot) -> EvaluationPanel:
    panel = EvaluationPanel()
    qtbot.addWidget(panel)
    panel.resize(608, 460)
    panel.set_run(RUN, "cosine")
    panel.set_available("")
    panel.show()
    return panel


def button(panel: QWidget, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def tab(panel: EvaluationPanel, title: str) -> None:
    tabs = panel.findChild(QTabWidget, "evaluation_tabs")
    assert isinstance(tabs, QTabWidget)
    place = [tabs.tabText(place) for place in range(tabs.count())].index(title)
    tabs.setCurrentIndex(place)
    QApplication.processEvents()


def seen(panel: QWidget) -> str:
    """All texts that can be read."""
    return "\n".join(label.text().replace("\u200b", "") for label in panel.findChildren(QLabel) if label.isVisible())


def table(panel: QWidget, name: str) -> DataTable:
    found = panel.findChild(DataTable, name)
    assert isinstance(found, DataTable)
    return found


# --- empty states and availability


def test_without_a_run_it_says_what_will_stand_here_and_how_to_get_it(panel: EvaluationPanel) -> None:
    panel.set_run(None, "cosine")
    assert "Start a run" in seen(panel)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Figures", "Press Evaluate"),
        ("Classes", "Press Evaluate"),
        ("Confusion", "Press Evaluate"),
        ("Calibration", "Press Evaluate"),
        ("Protocols", "Choose a protocol"),
        ("Compare", "Add a second run"),
    ],
)
def test_every_tab_says_what_will_stand_there(panel: EvaluationPanel, title: str, words: str) -> None:
    tab(panel, title)
    assert words in seen(panel)


def test_evaluate_is_disabled_with_the_reason(panel: EvaluationPanel) -> None:
    panel.set_available("the run has no checkpoint yet")
    evaluate = button(panel, "evaluate_button")
    assert not evaluate.isEnabled()
    assert evaluate.toolTip() == "Not now: the run has no checkpoint yet"
    panel.set_available("")
    assert evaluate.isEnabled()


def test_evaluate_asks_for_the_part_that_is_chosen(panel: EvaluationPanel, qtbot: QtBot) -> None:
    part = panel.findChild(ChoiceField, "part_field")
    assert isinstance(part, ChoiceField)
    part.set_value("all")
    with qtbot.waitSignal(panel.evaluate_requested) as asked:
        button(panel, "evaluate_button").click()
    assert asked.args == ["all"]


# --- under way


def test_while_something_is_under_way_nothing_else_can_be_started(panel: EvaluationPanel, qtbot: QtBot) -> None:
    panel.comparison.add(CandidateChoice(Path("runs/others")))
    panel.begin_work("loading the model")
    panel.show_progress("measuring pairs", 0.4, 12.0)
    line = panel.findChild(WorkLine)
    assert isinstance(line, WorkLine)
    assert line.isVisible()
    assert "measuring pairs ·  40 % · 0:12 left" in seen(panel)
    for name in ("evaluate_button", "run_protocol_button", "compare_button"):
        assert not button(panel, name).isEnabled()
    assert "under way" in button(panel, "evaluate_button").toolTip()
    with qtbot.waitSignal(panel.cancel_requested):
        button(panel, "cancel_button").click()
    panel.end_work()
    assert not line.isVisible()
    assert button(panel, "evaluate_button").isEnabled()
    assert button(panel, "compare_button").isEnabled()


def test_a_problem_is_told_until_the_next_begins(panel: EvaluationPanel) -> None:
    panel.show_problem("the images have changed")
    assert "the images have changed" in seen(panel)
    panel.begin_work("loading the model")
    assert "the images have changed" not in seen(panel)


# --- a report


def test_a_report_says_what_it_is_of(panel: EvaluationPanel) -> None:
    panel.show_report(evaluated.report())
    subject = panel.findChild(QLabel, "evaluation_subject")
    assert isinstance(subject, QLabel)
    assert subject.toolTip() == "step 540 · held-out, 144 images · cosine"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda panel: panel.set_model_step(800), "As of step 540; the model is at step 800."),
        (lambda panel: panel.set_distance("mahalanobis"), "the window compares by Mahalanobis now"),
        (lambda panel: panel.set_outdated("Other images are excluded by now."), "Other images are excluded by now."),
    ],
)
def test_a_report_that_is_older_than_what_the_window_shows_says_so(
    panel: EvaluationPanel, change: Callable[[EvaluationPanel], None], words: str
) -> None:
    panel.show_report(evaluated.report())
    assert words not in seen(panel)
    change(panel)
    assert words in seen(panel)
    panel.set_run(Path("runs/others"), "cosine")
    assert words not in seen(panel)


def test_another_run_takes_everything_away(panel: EvaluationPanel) -> None:
    panel.show_report(evaluated.report())
    panel.set_run(Path("runs/others"), "cosine")
    assert "not evaluated yet" in seen(panel)
    assert "Press Evaluate" in seen(panel)
    assert not button(panel, "export_report_button").isEnabled()


def test_figures_and_classes_are_shown(panel: EvaluationPanel) -> None:
    panel.show_report(evaluated.report())
    assert "AUC" in panel.figures.text()
    tab(panel, "Classes")
    classes = table(panel, "classes")
    assert classes.isVisible()
    assert classes.model().rowCount() == 24


def test_what_no_class_has_gets_no_column(panel: EvaluationPanel) -> None:
    report = evaluated.report()
    panel.show_report(report)
    classes = table(panel, "classes")
    assert not classes.isColumnHidden(4)
    panel.show_report(replace(report, measured=replace(report.measured, segmentation=None)))
    assert [classes.isColumnHidden(column) for column in range(6)] == [False] * 4 + [True] * 2


def test_an_open_set_says_why_there_is_no_matrix(panel: EvaluationPanel) -> None:
    report = evaluated.report()
    panel.show_report(replace(report, measured=evaluated.open_set(report.measured)))
    tab(panel, "Confusion")
    assert "was not trained on" in seen(panel)
    tab(panel, "Classes")
    assert "was not trained on" in seen(panel)


def test_a_cell_of_the_matrix_asks_for_its_images(panel: EvaluationPanel, qtbot: QtBot) -> None:
    panel.show_report(evaluated.report())
    tab(panel, "Confusion")
    matrix = panel.findChild(MatrixView)
    assert isinstance(matrix, MatrixView)
    with qtbot.waitSignal(panel.confusion_chosen) as chosen:
        qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=matrix._area(Cell(1, 0)).center())
    assert chosen.args == ["identity 1", "identity 0"]


# --- calibration


def test_calibrations_stand_with_their_costs_and_a_choice(panel: EvaluationPanel, qtbot: QtBot) -> None:
    panel.show_report(evaluated.report())
    panel.calibration.set_choice("platt")
    tab(panel, "Calibration")
    assert "Isotonic costs least: 0.020 bits more" in seen(panel)
    assert "judged on 12 others" in seen(panel)
    assert table(panel, "calibrations").model().rowCount() == 3
    isotonic = panel.findChild(QRadioButton, "isotonic_choice")
    assert isinstance(isotonic, QRadioButton)
    with qtbot.waitSignal(panel.calibration_chosen) as chosen:
        isotonic.click()
    assert chosen.args == ["isotonic"]


def test_choosing_a_calibration_for_the_user_emits_nothing(panel: EvaluationPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.calibration_chosen):
        panel.calibration.set_choice("isotonic")


def test_the_reliability_plot_reads_itself_under_the_pointer(
    panel: EvaluationPanel, qtbot: QtBot, every_move: None
) -> None:
    panel.show_report(evaluated.report())
    tab(panel, "Calibration")
    plot = panel.calibration.plots.reliability
    with qtbot.waitSignal(plot.hovered):
        move(plot.viewport(), centre(plot))
    assert "promised" in plot._readout.text()
    assert "Platt" in plot._readout.text()


def test_the_reliability_plot_is_exported_with_its_counts(panel: EvaluationPanel, tmp_path: Path) -> None:
    panel.show_report(evaluated.report())
    panel.calibration.plots.reliability.export(tmp_path / "r.csv")
    lines = (tmp_path / "r.csv").read_text().splitlines()
    assert lines[0] == "calibration,probability,genuine share,genuine pairs,pairs"
    assert len(lines) == 21


# --- protocols


def form(panel: EvaluationPanel) -> ChoiceField:
    found = panel.findChild(ChoiceField, "protocol_field")
    assert isinstance(found, ChoiceField)
    return found


def choose(field: ChoiceField, place: int) -> None:
    field.setCurrentIndex(place)
    field.activated.emit(place)


def paths(panel: EvaluationPanel) -> list[PathField]:
    return [field for field in panel.findChildren(PathField) if field.isVisible()]


def test_a_protocol_waits_for_its_files(panel: EvaluationPanel, qtbot: QtBot) -> None:
    tab(panel, "Protocols")
    run = button(panel, "run_protocol_button")
    assert run.toolTip() == "Not now: choose the pairs.txt first"
    pairs, images = paths(panel)
    pairs.set_path(Path("pairs.txt"))
    assert run.toolTip() == "Not now: choose the folder of the images first"
    images.set_path(Path("lfw"))
    with qtbot.waitSignal(panel.protocol_requested) as asked:
        run.click()
    assert asked.args == [ProtocolChoice("lfw", Path("pairs.txt"), Path("lfw"))]


@pytest.mark.parametrize(("place", "name"), [(1, "pairs"), (2, "one-shot")])
def test_other_protocols_take_one_path(panel: EvaluationPanel, qtbot: QtBot, place: int, name: str) -> None:
    tab(panel, "Protocols")
    choose(form(panel), place)
    (only,) = paths(panel)
    only.set_path(Path("there"))
    with qtbot.waitSignal(panel.protocol_requested) as asked:
        button(panel, "run_protocol_button").click()
    assert asked.args == [ProtocolChoice(name, Path("there"))]  # type: ignore[arg-type]


def test_episodes_take_numbers_and_refuse_what_is_none(panel: EvaluationPanel, qtbot: QtBot) -> None:
    tab(panel, "Protocols")
    choose(form(panel), 3)
    ways = panel.findChild(NumberField, "ways_field")
    assert isinstance(ways, NumberField)
    ways.lineEdit().setText("1")
    qtbot.keyClick(ways, Qt.Key.Key_Return)
    assert any("2 to 1000" in message.sentence() for message in panel.findChildren(Message))
    ways.lineEdit().setText("20")
    qtbot.keyClick(ways, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.protocol_requested) as asked:
        button(panel, "run_protocol_button").click()
    assert asked.args == [ProtocolChoice("episodes", ways=20)]


def test_a_protocol_shows_mean_error_and_parts(panel: EvaluationPanel) -> None:
    tab(panel, "Protocols")
    panel.show_protocol(evaluated.protocol(), "step 540 · cosine")
    text = seen(panel)
    assert "LFW pairs: accuracy 92.2 % ± 0.479 %" in text
    assert "mean ± standard error over 10 folds · step 540 · cosine" in text
    assert "The images are few." in text
    assert table(panel, "parts_of_the_protocol").model().rowCount() == 10


# --- compare


def candidates(panel: EvaluationPanel) -> list[str]:
    found = panel.findChild(QListWidget, "candidates")
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def test_the_run_of_the_window_is_the_first_candidate(panel: EvaluationPanel) -> None:
    assert candidates(panel) == ["1  faces\ncosine"]
    assert "at least two" in button(panel, "compare_button").toolTip()


def test_runs_and_distances_are_added_once_and_compared(panel: EvaluationPanel, qtbot: QtBot) -> None:
    tab(panel, "Compare")
    panel.comparison.set_recent(["/runs/others"])
    recent = button(panel, "add_run_button").menu().actions()[-1]
    recent.trigger()
    recent.trigger()
    button(panel, "add_distance_button").menu().actions()[1].trigger()
    assert candidates(panel) == ["1  faces\ncosine", "2  others\nits own distance", "3  faces\nEuclidean"]
    with qtbot.waitSignal(panel.compare_requested) as asked:
        button(panel, "compare_button").click()
    assert asked.args == [
        (CandidateChoice(RUN, "cosine"), CandidateChoice(Path("/runs/others")), CandidateChoice(RUN, "euclidean"))
    ]


def test_a_candidate_is_removed_by_button_or_key(panel: EvaluationPanel) -> None:
    tab(panel, "Compare")
    panel.comparison.add(CandidateChoice(Path("/runs/others")))
    found = panel.findChild(QListWidget, "candidates")
    assert isinstance(found, QListWidget)
    found.setCurrentRow(1)
    found.actions()[0].trigger()
    assert candidates(panel) == ["1  faces\ncosine"]


def test_a_list_that_changed_since_the_comparison_is_told(panel: EvaluationPanel) -> None:
    tab(panel, "Compare")
    panel.comparison.add(CandidateChoice(Path("/runs/others")))
    button(panel, "compare_button").click()
    panel.show_comparison(evaluated.comparison())
    assert "has changed since" not in seen(panel)
    panel.comparison.add(CandidateChoice(Path("/runs/third")))
    assert "has changed since" in seen(panel)
    button(panel, "compare_button").click()
    panel.show_comparison(evaluated.comparison())
    assert "has changed since" not in seen(panel)


def test_a_folder_is_asked_for(panel: EvaluationPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.run_folder_requested):
        button(panel, "add_run_button").menu().actions()[0].trigger()


def test_a_comparison_shows_curves_table_and_sentence(panel: EvaluationPanel, qtbot: QtBot, every_move: None) -> None:
    tab(panel, "Compare")
    panel.show_comparison(evaluated.comparison())
    QApplication.processEvents()
    assert "1 and 2 differ in AUC" in seen(panel)
    assert table(panel, "differences").model().rowCount() == 5
    plot = panel.comparison.plot
    pens = [item.opts["pen"] for item in plot._drawn]
    assert len({pen.style() for pen in pens}) == len({pen.color().name() for pen in pens}) == 2
    with qtbot.waitSignal(plot.hovered):
        move(plot.viewport(), centre(plot))
    assert "faces:cosine" in plot._readout.text()
    assert {row[0] for row in plot.table().rows} == {"1  faces:cosine", "2  others:cosine"}


def test_few_identities_are_compared_without_a_claim(panel: EvaluationPanel) -> None:
    tab(panel, "Compare")
    panel.show_comparison(evaluated.comparison(8))
    assert "cannot be told: an interval needs at least 20 identities, found 8" in seen(panel)


# --- export


def test_the_whole_report_is_exported(panel: EvaluationPanel, tmp_path: Path) -> None:
    panel.show_report(evaluated.report())
    panel.show_protocol(evaluated.protocol(), "")
    panel.show_comparison(evaluated.comparison())
    panel.export(tmp_path / "report.json")
    panel.export(tmp_path / "report.csv")
    content = json.loads((tmp_path / "report.json").read_text())
    assert set(content) >= {"auc", "calibration", "protocols", "comparison", "per_class", "confusion"}
    assert (tmp_path / "report.csv").read_text().startswith("figure,value,low,high\n")


def test_export_asks_where(panel: EvaluationPanel, tmp_path: Path) -> None:
    panel.show_report(evaluated.report())
    button(panel, "export_report_button").menu().actions()[1].trigger()
    dialog = panel.findChild(QFileDialog, "export_report_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "a.csv"))
    dialog.reject()
    assert (tmp_path / "a.csv").is_file()


def test_an_export_that_fails_is_one_sentence(panel: EvaluationPanel, qtbot: QtBot, tmp_path: Path) -> None:
    panel.show_report(evaluated.report())
    with qtbot.waitSignal(panel.problem) as told:
        panel.export(tmp_path / "missing" / "a.json")
    assert "cannot be saved" in told.args[0]


# --- looks


@pytest.mark.parametrize("title", ["Figures", "Classes", "Confusion", "Calibration", "Protocols", "Compare"])
def test_every_tab_fits_beside_the_other_panels(panel: EvaluationPanel, title: str) -> None:
    panel.show_report(evaluated.report())
    panel.show_protocol(evaluated.protocol(), "step 540 · cosine")
    panel.show_comparison(evaluated.comparison())
    tab(panel, title)
    assert panel.minimumSizeHint().width() <= 608
    assert panel.minimumSizeHint().height() <= 460


def test_every_control_has_a_tooltip_and_a_name(panel: EvaluationPanel) -> None:
    for kind in (QPushButton, ChoiceField, NumberField, QRadioButton, QListWidget):
        for control in panel.findChildren(kind):
            assert control.toolTip(), control.objectName()
            assert control.objectName(), control


def test_it_follows_the_theme(panel: EvaluationPanel, use_palette: Callable[[bool], object]) -> None:
    panel.show_report(evaluated.report())
    tab(panel, "Confusion")
    for dark in (True, False):
        use_palette(dark)
        QApplication.processEvents()
        corner = panel.grab().toImage().pixelColor(4, 4)
        assert (corner.lightness() < 100) is dark
