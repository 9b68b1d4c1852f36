from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.data.dataset import Dataset, Problem, Sample
from core.training.records import DataSummary
from explorer.panels.data import DataPanel
from explorer.widgets.legend import Legend
from explorer.widgets.sample_drag import SampleImage
from explorer.widgets.thumbnail_grid import ThumbnailGrid

LEFT, NO_KEY, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
T = TypeVar("T", bound=QWidget)


def dataset(masks: bool = True) -> Dataset:
    """Twelve images: every third one is a cat, a dog, an owl; the first half has masks."""
    names = ("cat", "dog", "owl")
    samples = tuple(
        Sample(f"{names[i % 3]}/{i:03d}.jpg", i % 3, Path(f"{i}.jpg"), Path("mask.png") if masks and i < 6 else None)
        for i in range(12)
    )
    problems = (Problem("cat/empty.jpg", "the file is empty"), Problem("owl", "a class needs 2 images, it has 1"))
    return Dataset("pets", names, samples, problems)


def summary(*, open_set: bool) -> DataSummary:
    """What a run made of the data set."""
    return DataSummary(
        name="pets",
        classes=("cat", "dog", "owl"),
        sample_names=tuple(sample.id for sample in dataset().samples),
        images=12,
        masks=6,
        training_images=8,
        held_out_images=4,
        training_classes=2,
        held_out_classes=1,
        open_set=open_set,
        problems=(Problem("dog/bad.jpg", "cannot be decoded"),),
        notes=("So few classes rarely generalise to new ones.",),
    )


@pytest.fixture
def empty(qtbot: QtBot) -> DataPanel:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 430)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def panel(empty: DataPanel) -> DataPanel:
    empty.show_dataset(dataset())
    return empty


def child(panel: DataPanel, kind: type[T], name: str = "") -> T:
    found = panel.findChild(kind, name) if name else panel.findChild(kind)
    assert found is not None
    return found


def texts(panel: DataPanel) -> list[str]:
    return [label.text().replace("\u00a0", " ") for label in panel.findChildren(QLabel) if label.isVisible()]


def shown(panel: DataPanel) -> list[str]:
    """Ids in the grid, in order."""
    model = child(panel, ThumbnailGrid).model()
    tips = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
    return [tip.splitlines()[0] for tip in tips]


def click_class(qtbot: QtBot, panel: DataPanel, row: int, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    legend = child(panel, Legend)
    place = legend.visualRect(legend.model().index(row, 0)).center()
    qtbot.mouseClick(legend.viewport(), LEFT, keys, place)


def cell(panel: DataPanel, row: int) -> QPoint:
    grid = child(panel, ThumbnailGrid)
    rect = grid.visualRect(grid.model().index(row, 0))
    return QPoint(rect.center().x(), rect.top() + 40)


def test_says_what_will_stand_here(empty: DataPanel) -> None:
    assert any("images of the data set will stand here" in text and "Run setup" in text for text in texts(empty))
    assert not child(empty, ThumbnailGrid).isVisible()


def test_shows_name_counts_and_classes(panel: DataPanel) -> None:
    assert "pets" in texts(panel)
    assert "12 images · 3 classes · 6 masks" in texts(panel)
    model = child(panel, Legend).model()
    lines = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert lines == ["cat, 4 images", "dog, 4 images", "owl, 4 images"]
    assert len(shown(panel)) == 12


def test_what_was_left_out_is_counted_and_unfolds_into_a_list(panel: DataPanel, qtbot: QtBot) -> None:
    heading, list_ = child(panel, QToolButton, "problems_fold"), child(panel, QPlainTextEdit, "problem_list")
    assert "2 left out" in heading.text()
    assert not list_.isVisible()
    qtbot.mouseClick(heading, LEFT)
    assert list_.isVisible()
    assert list_.toPlainText() == "cat/empty.jpg: the file is empty\nowl: a class needs 2 images, it has 1"
    qtbot.mouseClick(heading, LEFT)
    assert not list_.isVisible()


def test_a_clean_data_set_has_no_such_line(panel: DataPanel) -> None:
    panel.show_dataset(Dataset("clean", ("a",), (Sample("a/1.png", 0, Path("1.png")),)))
    assert not child(panel, QToolButton, "problems_fold").isVisible()
    assert "1 image · 1 class · no masks" in texts(panel)


def test_split_and_problem_have_their_lines(panel: DataPanel) -> None:
    panel.show_split("closed set: 20 % of each class held out")
    assert "closed set: 20 % of each class held out" in texts(panel)
    panel.show_problem("nowhere: the folder must exist, there is none")
    assert any("nowhere" in text for text in texts(panel))
    assert "pets" in texts(panel)  # the last good one stays
    panel.show_dataset(dataset())
    assert not any("nowhere" in text or "closed set" in text for text in texts(panel))


def test_a_problem_is_also_shown_before_there_is_a_data_set(empty: DataPanel) -> None:
    empty.show_problem("nowhere: the folder must exist, there is none")
    assert any("nowhere" in text for text in texts(empty))


@pytest.mark.parametrize(
    ("open_set", "expected"),
    [
        (True, "open set: 1 class held out, never trained on · 8 images to train on, 4 held out"),
        (False, "closed set · 8 images to train on, 4 held out"),
    ],
)
def test_a_run_says_what_became_of_the_data(panel: DataPanel, open_set: bool, expected: str) -> None:
    panel.show_summary(summary(open_set=open_set))
    assert expected in texts(panel)
    assert any("So few classes" in text for text in texts(panel))
    assert "1 left out" in child(panel, QToolButton, "problems_fold").text()


def test_a_run_on_a_list_counts_what_was_listed(panel: DataPanel) -> None:
    listed = replace(
        summary(open_set=True),
        name="pairs.csv",
        training_classes=0,
        listed="pairs",
        training_tuples=20,
        held_out_tuples=1,
    )
    panel.show_summary(listed)
    expected = (
        "open set: 1 identity held out, never trained on · 20 pairs of 8 images to train on, 1 pair of 4 held out"
    )
    assert expected in texts(panel)


def test_what_was_noticed_while_listing_is_told(panel: DataPanel) -> None:
    panel.show_dataset(replace(dataset(), notes=("A list: line 4 says otherwise.",)))
    assert any("line 4 says otherwise." in text for text in texts(panel))
    panel.show_dataset(dataset())
    assert not any("line 4 says otherwise." in text for text in texts(panel))


def test_classes_filter_the_images(panel: DataPanel, qtbot: QtBot) -> None:
    click_class(qtbot, panel, 1)
    assert shown(panel) == ["dog/001.jpg", "dog/004.jpg", "dog/007.jpg", "dog/010.jpg"]
    assert "4 of 12 images" in texts(panel)
    click_class(qtbot, panel, 0, CONTROL)
    assert len(shown(panel)) == 8
    click_class(qtbot, panel, 2)
    assert len(shown(panel)) == 4
    click_class(qtbot, panel, 2)
    assert len(shown(panel)) == 12
    assert not any("of 12 images" in text for text in texts(panel))


def test_search_finds_file_and_class_names(panel: DataPanel, qtbot: QtBot) -> None:
    search = child(panel, QLineEdit, "search_images")
    qtbot.keyClicks(search, "/00")
    assert len(shown(panel)) == 10
    click_class(qtbot, panel, 0)
    assert shown(panel) == ["cat/000.jpg", "cat/003.jpg", "cat/006.jpg", "cat/009.jpg"]
    search.setText(" OWL ")
    assert shown(panel) == []
    assert "no image matches" in texts(panel)
    click_class(qtbot, panel, 0)
    assert len(shown(panel)) == 4
    search.clear()
    assert len(shown(panel)) == 12


def test_a_new_data_set_begins_without_filters(panel: DataPanel, qtbot: QtBot) -> None:
    click_class(qtbot, panel, 1)
    child(panel, QLineEdit, "search_images").setText("zebra")
    panel.show_dataset(dataset(masks=False))
    assert len(shown(panel)) == 12
    assert child(panel, QLineEdit, "search_images").text() == ""


def test_thumbnails_are_asked_for_and_shown_by_position(panel: DataPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.thumbnails_needed) as needed:
        click_class(qtbot, panel, 1)
    assert needed.args == [(1, 4, 7, 10)]
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    panel.set_thumbnail(4, image)
    picture = child(panel, ThumbnailGrid).viewport().grab().toImage()
    assert picture.pixelColor(cell(panel, 1)).name() == "#ff0000"
    assert picture.pixelColor(cell(panel, 0)).name() != "#ff0000"


def test_selection_goes_out_by_position_and_comes_in_silently(panel: DataPanel, qtbot: QtBot) -> None:
    seen: list[tuple[int, ...]] = []
    panel.selection_changed.connect(seen.append)
    click_class(qtbot, panel, 1)
    qtbot.mouseClick(child(panel, ThumbnailGrid).viewport(), LEFT, pos=cell(panel, 2))
    assert seen == [(7,)]
    panel.set_selection((1, 4))
    assert [index.row() for index in child(panel, ThumbnailGrid).selectedIndexes()] == [0, 1]
    assert seen == [(7,)]


def test_images_are_dragged_out_through_the_provider(
    panel: DataPanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[int] = []

    def provide(position: int) -> SampleImage:
        asked.append(position)
        return SampleImage(dataset().samples[position].id, tmp_path / "1.jpg")

    monkeypatch.setattr(QDrag, "exec", lambda _drag, action: action)
    panel.set_image_provider(provide)
    grid = child(panel, ThumbnailGrid)
    grid.setCurrentIndex(grid.model().index(5, 0))
    grid.startDrag(Qt.DropAction.CopyAction)
    assert asked == [5]


def test_tells_which_images_have_masks(panel: DataPanel) -> None:
    model = child(panel, ThumbnailGrid).model()
    tips = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 11)]
    assert tips == ["cat/000.jpg\nclass cat\nwith mask", "owl/011.jpg\nclass owl\nwithout mask"]
    panel.show_dataset(dataset(masks=False))
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "cat/000.jpg\nclass cat"


def test_a_hundred_thousand_images_can_be_searched(panel: DataPanel) -> None:
    pixels = np.zeros((8, 8, 3), np.uint8)
    samples = tuple(Sample(f"{i % 10}/{i:06d}", i % 10, pixels) for i in range(100_000))
    panel.show_dataset(Dataset("many", tuple("0123456789"), samples))
    assert "100\N{NARROW NO-BREAK SPACE}000 images · 10 classes · no masks" in texts(panel)
    child(panel, QLineEdit, "search_images").setText("99999")
    assert shown(panel) == ["9/099999"]
