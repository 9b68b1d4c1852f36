"""The table of images, the list of views and the figures of the Data panel, fed by hand."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.data.columns import columns_of
from core.data.dataset import Dataset, Sample
from core.data.edit_file import Edit
from core.data.edits import edited_labels
from core.data.findings import HELD_OUT, TRAINING, UNUSED, Finding
from core.data.inspection import Inspection
from explorer.panels.data import DataPanel
from explorer.panels.data_figures import DataFigures
from explorer.panels.data_table import ImageTable, _Cells, file_size
from explorer.panels.data_views import ViewList

Selecting = QItemSelectionModel.SelectionFlag
PIXELS = np.zeros((1, 1, 3), np.uint8)


def dataset() -> Dataset:
    """Images 0 to 5: cats and dogs in turn; their age falls, the pose of the last is not known."""
    samples = tuple(Sample(f"{'cat' if n % 2 == 0 else 'dog'}/{n}.png", n % 2, PIXELS) for n in range(6))
    columns = columns_of({"age": ["9", "8", "7", "6", "5.5", ""], "pose": ["Left", "right", "left", "right", "up", ""]})
    return Dataset("pets", ("cat", "dog"), samples, columns=columns)


def seen() -> Inspection:
    """The first is the largest; the last cannot be read."""
    return Inspection(
        widths=np.array([1200, 20, 30, 40, 50, 0], np.int32),
        heights=np.array([600, 20, 20, 20, 20, 0], np.int32),
        sizes=np.array([1_234_567, 999, 12_345, 4, 5, 6]),
        masks=np.zeros(6, np.uint8),
        reasons=((5, "damaged"),),
        duplicates=((1, 3),),
        near_duplicates=(),
    )


@pytest.fixture
def panel(qtbot: QtBot) -> DataPanel:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_dataset(dataset())
    panel.show_edits(edited_labels(dataset(), ()), "pets.edits.json")
    return panel


def show(panel: DataPanel, way: str) -> None:
    button = panel.findChild(QAbstractButton, f"show_{way}")
    assert button is not None
    button.click()


def inspected(panel: DataPanel) -> None:
    parts = np.array([TRAINING, HELD_OUT, TRAINING, TRAINING, HELD_OUT, UNUSED], np.int8)
    panel.show_inspection(seen())
    panel.show_findings(parts, (Finding("unreadable", (5,), 1), Finding("duplicates", (3, 1), 1)))


def rows(panel: DataPanel) -> list[list[str]]:
    model = panel._table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def sort(panel: DataPanel, title: str, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> list[int]:
    model = panel._table.model()
    titles = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    panel._table.horizontalHeader().setSortIndicator(titles.index(title), order)
    return panel._table.shown.tolist()


def test_every_row_says_what_is_known(panel: DataPanel) -> None:
    show(panel, "table")
    assert rows(panel)[1] == ["dog/1.png", "dog", "", "", "–", "–", "", "8", "right"]
    inspected(panel)
    panel.show_edits(edited_labels(dataset(), (Edit(sample="dog/1.png", label="ox"), Edit(sample="cat/0.png"))), "f")
    found = rows(panel)
    assert found[0] == ["cat/0.png", "cat", "training", "excluded", "1\u202f200 × 600", "1.23 MB", "", "9", "Left"]
    assert found[1] == ["dog/1.png", "ox", "held out", "was dog", "20 × 20", "999 B", "duplicates", "8", "right"]
    assert found[5] == ["dog/5.png", "dog", "unused", "", "–", "6 B", "unreadable", "", ""]


def test_sorted_by_value_and_back(panel: DataPanel) -> None:
    show(panel, "table")
    inspected(panel)
    assert sort(panel, "pixels", Qt.SortOrder.DescendingOrder) == [0, 4, 3, 2, 1, 5]
    assert sort(panel, "size") == [3, 4, 5, 1, 2, 0]
    assert sort(panel, "class") == [0, 2, 4, 1, 3, 5]
    assert sort(panel, "age") == [4, 3, 2, 1, 0, 5]  # what is not known comes last
    assert sort(panel, "age", Qt.SortOrder.DescendingOrder) == [0, 1, 2, 3, 4, 5]  # here, too
    assert sort(panel, "pose") == [0, 2, 1, 3, 4, 5]
    panel._table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert panel._table.shown.tolist() == [0, 1, 2, 3, 4, 5]


def test_classes_are_sorted_anew_when_they_change(panel: DataPanel) -> None:
    show(panel, "table")
    assert sort(panel, "class") == [0, 2, 4, 1, 3, 5]
    panel.show_edits(edited_labels(dataset(), (Edit(sample="cat/0.png", label="zebra"),)), "f")
    assert panel._table.shown.tolist() == [2, 4, 1, 3, 5, 0]


def test_views_narrow_the_images_and_keep_copies_together(panel: DataPanel, qtbot: QtBot) -> None:
    inspected(panel)
    views = panel._views
    lines = [[views.topLevelItem(row).text(column) for column in (0, 1)] for row in range(views.topLevelItemCount())]
    assert lines == [
        ["all images", "6"],
        ["trained on", "3"],
        ["held out", "2"],
        ["unreadable", "1"],
        ["duplicates", "2"],
    ]
    with qtbot.waitSignal(views.view_chosen):
        views.setCurrentItem(views.topLevelItem(4))
    assert panel._grid.shown.tolist() == [3, 1]
    panel._search.setText("dog/1")
    assert panel._grid.shown.tolist() == [1]
    # A finding that is gone is no view any more.
    panel.show_findings(None, ())
    assert views.view == "all"
    assert panel._grid.shown.tolist() == [1]


@pytest.mark.parametrize(
    ("text", "places"),
    [("LEFT", [0, 2]), ("5.5", [4]), ("up", [4]), ("nan", []), ("cat/", [0, 2, 4]), ("dog", [1, 3, 5]), ("r", [1, 3])],
)
def test_the_search_looks_into_columns(panel: DataPanel, text: str, places: list[int]) -> None:
    panel._search.setText(text)
    assert panel._grid.shown.tolist() == places


def test_one_selection_in_grid_table_and_window(panel: DataPanel) -> None:
    said: list[tuple[int, ...]] = []
    panel.selection_changed.connect(said.append)
    show(panel, "table")
    sort(panel, "age")
    model, chosen = panel._table.model(), panel._table.selectionModel()
    chosen.select(model.index(0, 0), Selecting.ClearAndSelect | Selecting.Rows)
    chosen.select(model.index(2, 0), Selecting.Select | Selecting.Rows)
    assert said == [(4,), (2, 4)]
    show(panel, "grid")
    assert [index.row() for index in panel._grid.selectedIndexes()] == [2, 4]
    panel.set_selection((5, 0))
    show(panel, "table")
    assert sorted({index.row() for index in panel._table.selectedIndexes()}) == [4, 5]
    assert said == [(4,), (2, 4)]


def test_what_is_done_to_images_leaves_the_view_where_it_is(panel: DataPanel, qtbot: QtBot) -> None:
    samples = tuple(Sample(f"{n:04d}", n % 2, PIXELS) for n in range(500))
    many = Dataset("many", ("a", "b"), samples)
    panel.show_dataset(many)
    panel.show_edits(edited_labels(many, ()), "f")
    bar = panel._grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 900)
    bar.setValue(900)
    panel.show_edits(edited_labels(many, (Edit(sample="0010"),)), "f")
    assert bar.value() == 900
    assert panel._describe(10).crossed


def test_the_bar_says_what_it_needs(panel: DataPanel) -> None:
    bar = panel._edits
    assert "pets.edits.json" in bar._where.sentence()
    assert "see Pairs" in bar._where.sentence()
    assert not bar._exclude.isEnabled()
    assert bar._exclude.toolTip().startswith("Select images first.")
    panel.set_selection((1, 2))
    assert bar._count.text() == "2 selected"
    assert bar._exclude.isEnabled()
    assert bar._relabel.toolTip().startswith("Write or choose a class first.")
    panel._search.setText("cat/2")
    assert panel._shown.sentence() == "1 of 6 images · 1 selected beside them"
    panel.show_edits(edited_labels(dataset(), ()), "", "the file is damaged")
    assert bar._exclude.toolTip().startswith("the file is damaged")


def test_a_list_has_no_classes_to_change(panel: DataPanel) -> None:
    from dataclasses import replace

    from core.data.tuples import TupleList

    listed = replace(dataset(), tuples=TupleList("pairs", np.array([[0, 1]]), np.array([True])))
    panel.show_dataset(listed)
    panel.show_edits(edited_labels(listed, ()), "f")
    panel.set_selection((1,))
    assert panel._edits._exclude.isEnabled()
    assert panel._edits._class.toolTip().startswith("A list of pairs names no classes.")


def test_a_hundred_thousand_rows_are_shown_and_scrolled_without_touching_them_all(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = _Cells.data

    def counted(self: _Cells, index: object, role: int = 0) -> object:
        asked.append(index.row())  # type: ignore[attr-defined]
        return real(self, index, role)  # type: ignore[arg-type]

    monkeypatch.setattr(_Cells, "data", counted)
    samples = tuple(Sample(f"{n % 1000}/{n:06d}", n % 1000, PIXELS) for n in range(100_000))
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(608, 460)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_dataset(Dataset("many", tuple(map(str, range(1000))), samples))
    show(panel, "table")
    table: ImageTable = panel._table
    for place in (0, 50_000, 99_999):
        table.scrollTo(table.model().index(place, 0))
        table.viewport().grab()
    panel.set_selection((99_000,))
    sort(panel, "class", Qt.SortOrder.DescendingOrder)
    table.viewport().grab()
    assert table.model().rowCount() == 100_000
    on_screen = table.viewport().height() // table.verticalHeader().defaultSectionSize() + 2
    assert len(set(asked)) <= 8 * on_screen
    assert len(asked) < 100_000 / 10


def test_a_hundred_thousand_pictures_are_scrolled_without_counting_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = tuple(Sample(f"{n % 10}/{n:06d}", n % 10, PIXELS) for n in range(100_000))
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(608, 460)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_dataset(Dataset("many", tuple("0123456789"), samples))
    described: list[int] = []
    real = panel._describe
    panel._grid._thumbnails._describe = lambda index: (described.append(index), real(index))[1]
    for whole in ("masks", "labels", "groups"):  # each of them looks at every sample
        monkeypatch.setattr(Dataset, whole, property(lambda _self, whole=whole: pytest.fail(f"{whole} of 100,000")))
    for place in (0, 50_000, 99_999):
        panel._grid.scrollTo(panel._grid.model().index(place, 0))
        panel._grid.viewport().grab()
    assert {0, 50_000, 99_999} <= set(described)
    assert len(set(described)) <= 4 * len(panel._grid.visible_rows()) + 40


def test_a_finding_s_name_fits_its_line(qtbot: QtBot) -> None:
    views = ViewList()
    qtbot.addWidget(views)
    views.resize(160, 200)
    views.show_views([("all", 100_000), ("masks of another size", 12)])
    assert views.header().sectionSize(1) < 80
    assert views.topLevelItem(1).toolTip(0) == "Images whose mask has another size, and is left out."


# --- figures


@pytest.fixture
def figures(qtbot: QtBot) -> DataFigures:
    figures = DataFigures()
    qtbot.addWidget(figures)
    figures.resize(600, 400)
    return figures


def test_a_thousand_classes_are_readable(figures: DataFigures, tmp_path: Path) -> None:
    counts = np.arange(1000, 0, -1)
    counts[500] = 5000
    figures.show_classes([f"class {n}" for n in range(1000)], counts)
    assert figures._sentence.sentence() == (
        "largest: class 500 5\u202f000, class 0 1\u202f000, class 1 999 · "
        "smallest: class 999 1, class 998 2, class 997 3"
    )
    file = tmp_path / "classes.csv"
    figures._classes.export(file)
    lines = file.read_text().splitlines()
    assert lines[:3] == ["class,images", "class 500,5000", "class 0,1000"]
    assert len(lines) == 1001


def test_few_classes_are_all_named(figures: DataFigures) -> None:
    figures.show_classes(("a", "b"), np.array([1, 2]))
    assert figures._sentence.sentence() == "b 2, a 1"


def test_sizes_and_shapes(figures: DataFigures) -> None:
    widths, heights = np.array([100, 100, 200, 50], np.int32), np.array([100, 100, 100, 200], np.int32)
    figures.show_sizes(widths, heights)
    assert figures._sizes.table().rows == [(50, 200, 1), (100, 100, 2), (200, 100, 1)]
    bars = [row for row in figures._shapes.table().rows if row[2]]
    assert [count for _, _, count in bars] == [1, 2, 1]
    for (low, high, _), ratio in zip(bars, (0.25, 1.0, 2.0), strict=True):
        assert low <= ratio <= high
    figures.show_sizes(None, None)
    assert figures._pages.currentIndex() == 0


def test_very_many_sizes_are_drawn_as_few_dots(figures: DataFigures) -> None:
    random = np.random.default_rng(0)
    widths, heights = random.integers(1, 8000, (2, 100_000)).astype(np.int32)
    figures.show_sizes(widths, heights)
    assert len(figures._sizes._dots.data) <= 5000
    assert sum(row[2] for row in figures._sizes.table().rows) == 100_000


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_500_000, "2.50 MB")])
def test_file_sizes(count: int, text: str) -> None:
    assert file_size(count) == text
