"""The panel of runs: its table, its actions, and what it shows of the chosen runs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QTabWidget
from pytestqt.qtbot import QtBot

from core.evaluation.curve import RocPoints
from core.run_list import Figures, ListedRun
from core.scalars import Scalars
from explorer.panels.runs import RunsPanel
from explorer.panels.runs_curves import MOST_COMPARED
from explorer.panels.runs_roc import caveat
from explorer.panels.runs_rows import AUC, COLUMNS, DATE, EER, LOSS, NAME, NOTE, STATE
from explorer.panels.runs_settings import settings_of, summary
from explorer.panels.runs_table import RunTable
from explorer.run_details import RunDetails

ROOT = Path("runs")
SETTINGS = {"loss": "triplet", "backbone": "small", "epochs": 20, "holdout": None, "margin": 0.2}


def run(name: str, auc: float | None = 0.9, **changes: object) -> ListedRun:
    figures = None if auc is None else Figures(40, auc, 1 - auc, 0.5, 30, 120)
    values: dict[str, object] = {
        "created": f"2026-11-22T14:05:0{len(name) % 10}+00:00",
        "data": "digits",
        "data_hash": "db4665d81db2",
        "settings": SETTINGS,
        "step": 40,
        "epoch": 20,
        "figures": figures,
        **changes,
    }
    return ListedRun(ROOT / name, values.pop("state", "finished"), **values)  # type: ignore[arg-type]


def details(of: ListedRun, steps: int = 40) -> RunDetails:
    step = np.arange(1, steps + 1)
    scalars = Scalars(step, 1 + (step - 1) // 10, step * 6.0, {"total": 1.0 / step, "metric": np.full(steps, np.nan)})
    share = np.linspace(0, 1, 11)
    return RunDetails(of, scalars, RocPoints(share, share**2, share))


@pytest.fixture
def panel(qtbot: QtBot) -> RunsPanel:
    panel = RunsPanel()
    panel.resize(608, 460)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def three() -> tuple[ListedRun, ...]:
    return (
        run("one", note="the best"),
        run("three", 0.95, settings={**SETTINGS, "loss": "arcface", "margin": 0.5}),
        run("fifteen", None, state="damaged", problem="run.json: damaged", settings=None, created="", step=0, epoch=0),
    )


def names(table: RunTable) -> list[str]:
    return [str(table.model().index(row, NAME).data()) for row in range(table.model().rowCount())]


def cell(table: RunTable, row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
    return table.model().index(row, column).data(role)


# --- the table


def test_the_newest_first_and_what_is_unknown_last(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, three())
    table = panel.table
    assert names(table) == ["three", "one", "fifteen"]
    table.sortByColumn(DATE, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["one", "three", "fifteen"]
    for column, first in ((AUC, "three"), (EER, "one"), (LOSS, "one")):
        table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert (names(table)[0], names(table)[-1]) == (first, "fifteen"), COLUMNS[column].title
    table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["fifteen", "one", "three"]


def test_how_a_run_is_written(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, three())
    assert panel.table.text().splitlines()[1] == "\t".join(
        [
            "three",
            "digits",
            "arcface",
            "0.9500",
            "5.00 %",
            "50.0 %",
            "finished",
            "2026-11-22",
            "small",
            "20/20",
            "40",
            "",
        ]
    )
    assert cell(panel.table, 2, STATE) == "\N{WARNING SIGN} damaged"
    assert "run.json: damaged" in str(cell(panel.table, 2, STATE, Qt.ItemDataRole.ToolTipRole))
    assert "30 genuine, 120 impostor pairs" in str(cell(panel.table, 0, AUC, Qt.ItemDataRole.ToolTipRole))


def test_hostile_texts_are_text(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, [run("one", note="<img src=x>\n<b>bold")])
    assert cell(panel.table, 0, NOTE) == "<img src=x> <b>bold"
    assert "&lt;img src=x&gt;" in str(cell(panel.table, 0, NOTE, Qt.ItemDataRole.ToolTipRole))


def test_search_finds_every_word_in_any_column(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, three())
    qtbot.keyClicks(panel._search, "ARCFACE digits")
    assert names(panel.table) == ["three"]
    assert panel._count.text() == "1 of 3 runs"
    panel._search.setText("best")
    assert names(panel.table) == ["one"]
    panel._search.setText("damaged")
    assert names(panel.table) == ["fifteen"]
    panel._search.setText("[(*")
    assert names(panel.table) == []
    panel._search.clear()
    assert panel._count.text() == "3 runs"


def test_archived_runs_are_shown_where_that_is_wanted(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, [*three(), run("old", archived=True)])
    assert "old" not in names(panel.table)
    panel._archived.click()
    assert "old" in names(panel.table)
    panel._search.setText("archived")
    assert names(panel.table) == ["old"]
    panel.choose([ROOT / "old"])
    assert panel._actions["archive"].text() == "Unarchive"
    with qtbot.waitSignal(panel.archive_requested) as asked:
        panel._actions["archive"].trigger()
    assert asked.args == [(ROOT / "old",), False]


def test_what_is_chosen_stays_chosen_when_the_list_is_read_again(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, three())
    panel.choose([ROOT / "one", ROOT / "three"])
    told = []
    panel.chosen.connect(told.append)
    panel.show_runs(ROOT, [*three(), run("another")])
    assert [each.name for each in panel.table.chosen()] == ["three", "one"]
    assert told == []
    panel.show_runs(ROOT, three()[:1])
    assert [[each.name for each in runs] for runs in told] == [["one"]]


def test_a_list_that_comes_while_a_note_is_written_waits(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, three())
    table = panel.table
    table.setCurrentIndex(table.model().index(1, NOTE))
    table.edit(table.currentIndex())
    editor = table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "the best"
    panel.show_runs(ROOT, [*three(), run("another")])
    assert "another" not in names(table)
    editor.setText("  not the best ")
    with qtbot.waitSignal(panel.note_requested) as asked:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert asked.args == [ROOT / "one", "  not the best "]
    qtbot.waitUntil(lambda: "another" in names(table))
    assert cell(table, names(table).index("one"), NOTE) == "the best", "not before it is kept"


def test_a_double_click_opens_and_on_a_note_writes(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, three())
    table = panel.table
    name = table.visualRect(table.model().index(0, NAME)).center()
    with qtbot.waitSignal(panel.open_requested) as asked:
        double_click(qtbot, table, name)
    assert asked.args == [ROOT / "three"]
    assert table.findChild(QLineEdit) is None
    table.scrollTo(table.model().index(0, NOTE))
    double_click(qtbot, table, table.visualRect(table.model().index(0, NOTE)).center())
    assert table.findChild(QLineEdit) is not None


def double_click(qtbot: QtBot, table: RunTable, at: QPoint) -> None:
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_rename_writes_in_the_name_s_cell(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, three())
    panel.choose([ROOT / "one"])
    panel._actions["rename"].trigger()
    editor = panel.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("two")
    with qtbot.waitSignal(panel.rename_requested) as asked:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert asked.args == [ROOT / "one", "two"]


# --- what can be done


def test_without_a_choice_nothing_can_be_done_and_that_is_said(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, three())
    assert not any(action.isEnabled() for action in panel._actions.values())
    assert {action.toolTip() for action in panel._actions.values()} == {"Choose a run first."}


def test_why_something_cannot_be_done(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, three())
    reasons = lambda: {name: action.toolTip() for name, action in panel._actions.items() if not action.isEnabled()}  # noqa: E731
    panel.choose([ROOT / "one"])
    assert reasons() == {}
    panel.choose([ROOT / "one", ROOT / "three"])
    one = "Choose one run: this is of one at a time."
    assert reasons() == dict.fromkeys(("open", "start", "folder", "rename", "csv"), one)
    panel.choose([ROOT / "fifteen"])
    empty = "fifteen has no steps yet, so there is nothing to write."
    damaged = "This run is damaged: run.json: damaged"
    assert reasons() == {"open": damaged, "start": damaged, "tensorboard": empty, "csv": empty}
    panel.choose([ROOT / "one"])
    panel.set_present(ROOT / "one", None)
    assert reasons() == {"delete": "The window shows this run; open another one first."}
    panel.set_present(ROOT / "one", ROOT / "one")
    training = "one is being trained; stop it first."
    assert reasons() == {"rename": training, "delete": training}
    panel.set_present(None, None)
    panel.set_locked("A run is training")
    assert reasons() == dict.fromkeys(("open", "start"), "A run is training")


def test_a_run_that_another_process_trains_stays(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, [run("one", state="training")])
    panel.choose([ROOT / "one"])
    assert not panel._actions["delete"].isEnabled()
    assert panel._actions["open"].isEnabled()


def test_what_the_user_asks_for(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs(ROOT, three())
    panel.choose([ROOT / "one", ROOT / "three"])
    for name, signal in (("delete", panel.delete_requested), ("tensorboard", panel.tensorboard_requested)):
        with qtbot.waitSignal(signal) as asked:
            panel._actions[name].trigger()
        assert asked.args == [(ROOT / "three", ROOT / "one")]
    panel.choose([ROOT / "one"])
    for name, signal in (("folder", panel.folder_requested), ("csv", panel.csv_requested)):
        with qtbot.waitSignal(signal) as asked:
            panel._actions[name].trigger()
        assert asked.args == [ROOT / "one"]


def test_the_list_is_read_when_it_comes_into_sight(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.hide()
    with qtbot.waitSignal(panel.reload_requested):
        panel.show()
    with qtbot.waitSignal(panel.reload_requested):
        panel._reload.click()


def test_an_empty_folder_says_what_will_stand_there(panel: RunsPanel) -> None:
    panel.show_runs(ROOT, ())
    assert panel._empty.isVisible()
    assert "Press Start" in panel._empty.text()
    panel.show_problem("runs: cannot be read")
    assert panel._message.sentence() == "runs: cannot be read"
    panel.show_runs(ROOT, three())
    assert not panel._empty.isVisible()
    assert panel._message.sentence() == ""


# --- runs beside one another


def compare(panel: RunsPanel, *runs: ListedRun) -> None:
    panel.show_runs(ROOT, runs)
    panel.choose([each.path for each in runs])
    panel.show_details([details(each) for each in panel.table.chosen()])


def drawn(panel: RunsPanel) -> list[tuple[str, float, float]]:
    """Name, and the last point, of every curve that is seen."""
    rows = [(curve.name(), *curve.getOriginalDataset()) for curve in panel.curves._curves if curve.isVisible()]
    return [(name, float(x[-1]), float(y[-1])) for name, x, y in rows]


def test_curves_over_steps_epochs_and_minutes(panel: RunsPanel) -> None:
    compare(panel, run("one"), run("three"))
    panel.curves._smoothing.setValue(0)
    assert drawn(panel) == [("three", 40.0, 1 / 40), ("one", 40.0, 1 / 40)]
    for across, last in (("epoch", 4.0), ("time", 4.0)):
        panel.curves._across.set_value(across)
        panel.curves._on_choice()
        assert [x for _, x, _ in drawn(panel)] == [last, last]
    panel.curves._figure.set_value("seg")
    panel.curves._on_choice()
    assert drawn(panel) == []
    assert panel.curves._told.sentence() == "Without a figure of it: three, one."


def test_smoothed_curves_are_those_of_the_panel_of_losses(panel: RunsPanel) -> None:
    compare(panel, run("one"))
    panel.curves._smoothing.setValue(50)
    mean, expected = 0.0, []
    for place in range(1, 41):
        mean = 0.5 * mean + 0.5 / place
        expected.append(mean / (1 - 0.5**place))
    assert_allclose(panel.curves._curves[0].getOriginalDataset()[1], expected)


def test_no_more_runs_than_can_be_told_apart(panel: RunsPanel) -> None:
    runs = [run(f"run {place}") for place in range(MOST_COMPARED + 3)]
    compare(panel, *runs)
    assert len(drawn(panel)) == MOST_COMPARED
    pens = {(curve.opts["pen"].color().name(), curve.opts["pen"].style()) for curve in panel.curves._curves}
    assert len(pens) == MOST_COMPARED


def test_the_table_shows_with_which_line_a_run_is_drawn(panel: RunsPanel) -> None:
    compare(panel, run("one"), run("three"))
    role = Qt.ItemDataRole.DecorationRole
    pictures = [cell(panel.table, row, NAME, role).pixmap(20, 12).toImage() for row in range(2)]  # type: ignore[attr-defined]
    for picture, curve in zip(pictures, panel.curves._curves, strict=False):
        assert picture.pixelColor(2, 6) == curve.opts["pen"].color()
    panel.choose([ROOT / "one"])
    assert cell(panel.table, 0, NAME, role) is None
    assert cell(panel.table, 0, NOTE, role) is None


def test_the_table_of_curves_is_exported_by_name(panel: RunsPanel) -> None:
    compare(panel, run("one"))
    table = panel.curves.plot.table()
    assert list(table.header) == ["curve", "step", "total loss"]
    assert next(iter(table.rows))[:2] == ("one", 1.0)


def test_settings_that_differ() -> None:
    first, second, _ = three()
    rows = settings_of([first, second])
    assert rows == [("loss", ("triplet", "arcface")), ("margin", ("0.2", "0.5"))]
    assert summary([first, second], rows) == "2 of 5 settings differ, as the runs were started; the data is the same."
    other = replace(first, data_hash="another hash")
    assert settings_of([first, other]) == [("data content", ("db4665d8", "another "))]
    assert summary([first, first], settings_of([first, first])) == "All 5 settings are the same, and so is the data."
    assert len(settings_of([first])) == 6
    damaged = replace(first, settings=None)
    assert ("loss", ("triplet", "–")) in settings_of([first, damaged])


def test_settings_are_shown_a_column_a_run(panel: RunsPanel) -> None:
    compare(panel, *three()[:2])
    lines = panel.settings.text().splitlines()
    assert lines == ["setting\tthree\tone", "loss\tarcface\ttriplet", "margin\t0.5\t0.2"]


def test_roc_curves_with_their_figures(panel: RunsPanel, qtbot: QtBot) -> None:
    compare(panel, run("one"), run("three", 0.95), run("fifteen", None))
    panel.show_details(
        [replace(details(each), roc=details(each).roc if each.figures else None) for each in panel.table.chosen()]
    )
    legend = [text for text, _ in panel.roc.plot._legend._entries]
    assert legend == ["three  AUC 0.9500  EER 5.00 %", "one  AUC 0.9000  EER 10.0 %"]
    assert panel.roc._told.sentence().endswith("Without an evaluation: fifteen.")
    assert {row[0] for row in panel.roc.plot.table().rows} == {"three", "one"}
    pens = [pen.color() for _, pen in panel.roc.plot._legend._entries]
    chosen = [each.name for each in panel.table.chosen()]
    assert pens == [panel.curves._curves[chosen.index(name)].opts["pen"].color() for name in ("three", "one")]


def test_whether_curves_may_be_compared() -> None:
    first = run("one")
    assert caveat([first]) == ""
    assert caveat([first, run("three")]).startswith("All of the same held-out pairs")
    other = replace(first, data="faces", data_hash="x")
    assert caveat([first, other]).startswith("Of different data (digits, faces)")
    assert caveat([first, replace(first, data_hash="x")]).startswith("Of data whose content differs (digits)")
    assert caveat([first, replace(first, figures=Figures(40, 0.9, 0.1, None, 30, 119))]).startswith(
        "Of different held-out"
    )
    assert caveat([first, replace(first, settings={**SETTINGS, "holdout": 0.3})]).startswith("Of different held-out")


def test_the_paired_comparison_is_one_click_away(panel: RunsPanel, qtbot: QtBot) -> None:
    compare(panel, run("one"))
    button = panel.roc._compare
    assert (button.isEnabled(), button.toolTip()) == (False, "Choose two runs or more that were evaluated.")
    compare(panel, run("one"), run("three"))
    with qtbot.waitSignal(panel.roc.compare_requested) as asked:
        button.click()
    assert asked.args == [(ROOT / "three", ROOT / "one")]
    panel.roc.set_blocked("Open one of these runs first")
    assert (button.isEnabled(), button.toolTip()) == (False, "Open one of these runs first")


@pytest.mark.parametrize("size", [(608, 460), (1200, 700)])
def test_nothing_is_squeezed_at_the_docked_size(panel: RunsPanel, size: tuple[int, int]) -> None:
    panel.resize(*size)
    compare(panel, *three())
    tabs = panel.findChild(QTabWidget)
    assert tabs is not None
    assert panel.minimumSizeHint().width() <= 608
    assert panel.minimumSizeHint().height() <= 460
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        assert panel.width() == size[0]
