"""Clusters and columns as colours, without a map."""

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.data.columns import NumberColumn, TextColumn
from explorer.panels.map_colour_field import ColourField
from explorer.panels.map_colouring import NOT_KNOWN, Colouring, Grouping
from explorer.panels.map_groupings import MOST_CATEGORIES, by_cluster, by_column, column_key
from explorer.theme import class_style

IDS = np.array([7, 3, 9, 1, 5, 2])


def names_of(found: Grouping, sample_ids: np.ndarray) -> list[str]:
    return [found.kinds[place][0] for place in found.of(sample_ids)]


# --- clusters


def test_clusters_have_the_look_of_their_class_and_the_name_of_their_commonest_one() -> None:
    clusters, labels = np.array([2, 2, 2, 4, -1, -2]), np.array([2, 2, 0, 0, 1, 1])
    found = by_cluster("hdbscan", IDS, clusters, labels, ("ann", "bob", "cy"))
    assert names_of(found, IDS) == ["cy · 67 %"] * 3 + ["ann", "in no cluster", "not known"]
    assert [style for _, style in found.kinds[:2]] == [class_style(2), class_style(4)]
    assert names_of(found, np.array([99, 5])) == ["not known", "in no cluster"]


# --- columns


def test_numbers_are_a_scale_and_nan_where_the_data_has_no_such_image() -> None:
    found = by_column(NumberColumn("age [years]", np.array([3.0, np.nan, 5.0])), np.array([2, -1, 0, 1]))
    assert isinstance(found, Colouring)
    np.testing.assert_array_equal(found.of(np.arange(5)), [5.0, np.nan, 3.0, np.nan, np.nan])
    assert (found.name, found.meaning.label, found.ends()) == ("column: age [years]", "age [years]", (3.02, 4.98))
    assert found.meaning.text(1234567.0) == "1.235e+06"


def test_words_are_kinds() -> None:
    found = by_column(TextColumn("pose", np.array([1, 0, -1]), ("left", "right")), np.array([0, 1, 2, -1]))
    assert isinstance(found, Grouping)
    assert names_of(found, np.arange(5)) == ["right", "left", "not known", "not known", "not known"]
    assert found.kinds[-1] == NOT_KNOWN


def test_of_very_many_categories_the_commonest_have_a_colour() -> None:
    """Category k has k + 1 images; the first 50 of 150 are rare."""
    codes = np.repeat(np.arange(150), np.arange(150) + 1)
    column = TextColumn("shoot", codes, tuple(f"{number:03}" for number in range(150)))
    found = by_column(column, np.arange(len(codes)))
    assert isinstance(found, Grouping)
    assert [name for name, _ in found.kinds] == [*(f"{n:03}" for n in range(50, 150)), "50 others", "not known"]
    assert len(found.kinds) == MOST_CATEGORIES + 2
    assert [names_of(found, np.array([each]))[0] for each in (0, len(codes) - 1)] == ["50 others", "149"]
    assert (np.bincount(found.index)[:2] == [51, 52]).all()


def test_what_somebody_wrote_stays_on_one_short_line() -> None:
    written = "a\nlong   story " + 2_000 * "x"
    found = by_column(TextColumn(written, np.array([0]), (written,)), np.array([0]))
    assert isinstance(found, Grouping)
    for text in (found.kinds[0][0], found.meaning.label):
        assert len(text) == 48
        assert text.startswith("a long story xxx")
    assert found.name == column_key(written)


# --- the field


@pytest.fixture
def field(qtbot: QtBot) -> ColourField:
    field = ColourField()
    qtbot.addWidget(field)
    return field


def rows(field: QComboBox) -> list[str]:
    return [field.itemText(row) for row in range(field.count())]


def test_columns_stand_below_a_line(field: ColourField) -> None:
    before = rows(field)
    field.set_columns(["class", "pose"])
    assert rows(field) == [*before, "", "class", "pose"]
    assert field.itemData(field.count() - 2) == "column: class", "which is not the class"
    field.set_columns([])
    assert rows(field) == before


def test_the_choice_stays_while_it_is_offered(field: ColourField) -> None:
    said: list[str] = []
    field.chosen.connect(said.append)
    field.set_columns(["age", "pose"])
    field.setCurrentIndex(field.findData("column: pose"))
    field.activated.emit(field.currentIndex())
    field.set_columns(["pose", "light"])
    assert (field.currentText(), said) == ("pose", ["column: pose"])
    field.set_columns(["age"])
    assert (field.currentText(), said) == ("class", ["column: pose", "class"])


def test_every_entry_says_what_it_is(field: ColourField) -> None:
    from PySide6.QtCore import Qt

    field.set_columns(["age"])
    helps = [field.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in range(field.count()) if field.itemText(row)]
    assert all(helps)
    assert len(helps) == 12 - 1
