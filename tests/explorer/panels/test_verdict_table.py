"""The table of verdicts on many pairs: sorted, filtered and judged anew, as plain Python would."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.data.pair_list import PairList
from core.pair_verdicts import PairVerdicts
from explorer.panels.verdict_rows import (
    COLUMNS,
    DISTANCE,
    FIRST,
    LINE,
    PROBABILITY,
    SECOND,
    VERDICT,
    VerdictRows,
    plain_tip,
)
from explorer.panels.verdict_table import VerdictTable

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NAMES = ("d.png", "b.png", "<b>c.png", "a.png")
RANKS = np.array([3, 2, 0, 1])


def verdicts(distances: list[float], same: list[int] | None = None, lines: bool = True) -> PairVerdicts:
    """Pairs of four images in turn; those without a distance have a broken image."""
    count = len(distances)
    pairs = np.array([[place % 4, (place + 1) % 4] for place in range(count)], dtype=np.int64).reshape(-1, 2)
    listed = PairList(
        "pairs.csv",
        tuple(Path("/data") / name for name in NAMES),
        NAMES,
        pairs,
        None if same is None else np.array(same, dtype=np.int8),
        np.arange(2, count + 2) if lines else None,
    )
    values = np.array(distances)
    return PairVerdicts(listed, values, 1 - values / 2, {3: "damaged"}, "cosine", 8)


@pytest.fixture
def table(qtbot: QtBot) -> VerdictTable:
    table = VerdictTable()
    qtbot.addWidget(table)
    return table


def column(table: VerdictTable, place: int) -> list[str]:
    rows = table.model()
    return [str(rows.index(row, place).data()) for row in range(rows.rowCount())]


def test_what_stands_in_a_row(table: VerdictTable) -> None:
    table.show_verdicts(verdicts([0.2, 0.7, math.nan], [0, 0, 1]), RANKS, 0.5)
    assert [column(table, place)[0] for place in range(len(COLUMNS))] == [
        "2",
        "d.png",
        "b.png",
        "0.200",
        "same ✗",
        "90.0 %",
    ]
    assert column(table, VERDICT) == ["same ✗", "different ✓", "not readable"]
    assert column(table, DISTANCE)[2] == column(table, PROBABILITY)[2] == "–"
    tip = table.model().index(2, VERDICT).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == plain_tip("a.png: damaged")
    name = table.model().index(2, FIRST).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;c.png" in name


def test_lines_only_of_a_file(table: VerdictTable) -> None:
    table.show_verdicts(verdicts([0.1], lines=False), RANKS, 0.5)
    assert table.isColumnHidden(LINE)
    table.show_verdicts(verdicts([0.1]), RANKS, 0.5)
    assert not table.isColumnHidden(LINE)
    assert column(table, VERDICT) == ["same"]


def test_names_are_sorted_by_their_ranks(table: VerdictTable) -> None:
    table.show_verdicts(verdicts([0.1, 0.2, 0.3, 0.4]), RANKS, 0.5)
    table.sortByColumn(FIRST, UP)
    assert column(table, FIRST) == ["<b>c.png", "a.png", "b.png", "d.png"]
    table.sortByColumn(SECOND, DOWN)
    assert column(table, SECOND) == ["d.png", "b.png", "a.png", "<b>c.png"]
    table.sortByColumn(-1, UP)
    assert column(table, LINE) == ["2", "3", "4", "5"]


_DISTANCES = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.50001, 1.3, math.nan]), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_DISTANCES, st.sampled_from([0.0, 0.5, 1.0]), st.booleans(), st.sampled_from([DISTANCE, VERDICT, PROBABILITY]))
def test_sorted_and_filtered_as_by_hand(
    qtbot: QtBot, distances: list[float], threshold: float, falling: bool, by: int
) -> None:
    table = VerdictTable()
    qtbot.addWidget(table)
    table.show_verdicts(verdicts(distances), RANKS, 0.7)
    table.sortByColumn(by, DOWN if falling else UP)
    table.set_threshold(threshold)
    rows = table.model()
    assert isinstance(rows, VerdictRows)
    shown = [rows.pair(row) for row in range(rows.rowCount())]
    assert sorted(shown) == list(range(len(distances)))
    if by != VERDICT:
        known = [distances[pair] for pair in shown if not math.isnan(distances[pair])]
        upwards = (by == DISTANCE) is not falling
        assert known == sorted(known, reverse=not upwards)
        assert all(math.isnan(distances[pair]) for pair in shown[len(known) :])
    table.show_only("same")
    kept = [rows.pair(row) for row in range(rows.rowCount())]
    assert sorted(kept) == [pair for pair, distance in enumerate(distances) if distance <= threshold]


def test_the_threshold_changes_words_and_filters_but_not_the_choice(table: VerdictTable) -> None:
    table.show_verdicts(verdicts([0.1, 0.3, 0.6, 0.8], [1, 0, 1, 0]), RANKS, 0.5)
    table.setCurrentIndex(table.model().index(1, FIRST))
    table.set_threshold(0.7)
    assert column(table, VERDICT) == ["same ✓", "same ✗", "same ✓", "different ✓"]
    assert table.chosen() == 1
    table.show_only("wrong")
    assert column(table, LINE) == ["3"]
    assert table.chosen() == 1
    table.set_threshold(0.2)
    assert column(table, LINE) == ["4"]
    table.show_only("all")
    assert table.model().rowCount() == 4
    table.setCurrentIndex(table.model().index(0, FIRST))
    table.sortByColumn(DISTANCE, DOWN)
    assert table.chosen() == 0
    assert table.currentIndex().row() == 3


def test_without_a_threshold_nothing_is_judged(table: VerdictTable) -> None:
    table.show_verdicts(verdicts([0.1, 0.2, math.nan], [0, 0, 0]), RANKS, None)
    assert column(table, VERDICT) == ["–", "–", "not readable"]
    for kind in ("same", "different", "wrong"):
        table.show_only(kind)  # type: ignore[arg-type]
        assert table.model().rowCount() == 0


def test_a_pair_is_opened_by_enter_and_copied(qtbot: QtBot, table: VerdictTable) -> None:
    table.show_verdicts(verdicts([0.8, 0.1]), RANKS, 0.5)
    table.sortByColumn(DISTANCE, UP)
    table.show()
    table.setCurrentIndex(table.model().index(0, FIRST))
    with qtbot.waitSignal(table.pair_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]
    next(action for action in table.actions() if action.text() == "Copy").trigger()
    assert QGuiApplication.clipboard().text().split("\t")[:3] == ["3", "b.png", "<b>c.png"]
    next(action for action in table.actions() if action.text() == "Sort by distance").trigger()
    assert column(table, DISTANCE) == ["0.800", "0.100"]


def test_nothing_to_show(table: VerdictTable) -> None:
    table.show_verdicts(None, np.empty(0, np.int64), None)
    table.set_threshold(0.3)
    table.sortByColumn(VERDICT, UP)
    table.show_only("unreadable")
    assert table.model().rowCount() == 0
    assert table.chosen() is None
