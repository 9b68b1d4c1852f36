"""Opening a very large set of embeddings: what its window shows, and what is said of sets that cannot be shown."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from core.embedded import evaluation, mapping
from core.evaluation.verification import verification_curve
from explorer.bridge.embedded import picture_of
from explorer.bridge.long_work import StageWatcher
from explorer.panels.embedded_set import EmbeddedSetWindow
from explorer.widgets.figure_table import FigureTable
from explorer.widgets.legend import Legend
from tests.core.embedded.made import clustered, make_set
from tests.explorer.controllers.conftest import Desk


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 identities of 5 images each."""
    folder = tmp_path_factory.mktemp("sets") / "faces"
    return make_set(folder, *clustered(40, 5), shard=70).path


@pytest.fixture(autouse=True)
def _window_is_closed() -> Iterator[None]:
    yield
    for window in _windows():
        window.close()
    QApplication.processEvents()


def _windows() -> list[EmbeddedSetWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, EmbeddedSetWindow) and each.isVisible()]


def _window(desk: Desk, folder: Path) -> EmbeddedSetWindow:
    desk.controllers.embedded.open(folder)
    desk.settle()
    (window,) = _windows()
    return window


def _text(window: EmbeddedSetWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.toolTip()


def test_a_set_has_a_window_of_its_own(desk: Desk, embedded: Path) -> None:
    window = _window(desk, embedded)
    assert window.windowTitle() == "Embeddings faces"
    assert _text(window, "embedded_subject") == "made: 200 images, embedded by step 3 of made"
    assert _text(window, "embedded_shown").startswith("Map: all 200 images, by PCA of all of them (")
    assert _text(window, "embedded_figures") == "Figures: all images, cosine distance"
    assert not desk.controllers.embedded.work.isVisible()
    assert desk.said == f"Opened the embeddings {embedded}"
    assert desk.state.run is None  # a set is no run


def test_figures_are_those_of_the_command_line(desk: Desk, embedded: Path) -> None:
    table = _window(desk, embedded).findChild(FigureTable)
    assert table is not None
    curve = verification_curve(*clustered(40, 5))
    assert f"AUC\t{curve.auc:.4f}" in table.text()


def test_what_was_drawn_is_said(desk: Desk, embedded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "evaluate_set", partial(evaluation.evaluate_set, images=60))
    monkeypatch.setattr(mapping, "shown_rows", partial(mapping.shown_rows, images=50))
    window = _window(desk, embedded)
    assert _text(window, "embedded_shown").startswith("Map: 50 of 200 images, drawn at random, by PCA of all of them")
    assert _text(window, "embedded_figures") == ("Figures: 60 of 200 images (some of 36 of 40 identities), cosine")


def test_an_image_is_named_where_the_mouse_is(desk: Desk, embedded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = _window(desk, embedded)
    window._map.cloud.point_hovered.emit(7)
    label = clustered(40, 5)[1][7]
    assert window._hover.sample_id == 7
    card = window._hover._card
    texts = " ".join(each.text() for each in card.findChildren(QLabel))
    assert "image 7" in texts
    assert f"class {label}" in texts


def test_the_operating_point_can_be_dragged(desk: Desk, embedded: Path) -> None:
    window = _window(desk, embedded)
    before = window._views._counts
    window._views.threshold_dragged.emit(0.5)
    assert window._views._counts != before


def test_a_key_to_very_many_classes_is_left_out(desk: Desk, embedded: Path, tmp_path: Path) -> None:
    legend = _window(desk, embedded).findChild(Legend)
    assert legend is not None
    assert legend.isVisible()
    _windows()[0].close()
    many = make_set(tmp_path / "many", *clustered(150, 2), shard=100)
    legend = _window(desk, many.path).findChild(Legend)
    assert legend is not None
    assert not legend.isVisible()


def test_a_set_without_pairs_has_a_map_and_a_reason(desk: Desk, tmp_path: Path) -> None:
    alone = make_set(tmp_path / "alone", clustered(30, 1)[0], np.zeros(30, np.int64))
    window = _window(desk, alone.path)
    texts = " ".join(each.text() for each in window.findChildren(QLabel))
    assert "No curve: impostor pairs need at least 2 identities, found 1" in texts
    assert not window.findChild(FigureTable).isVisible()  # type: ignore[union-attr]


def test_what_is_no_set_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    desk.controllers.embedded.open(tmp_path)
    desk.settle()
    assert "a folder of embeddings is needed, as 'embed' writes it" in desk.said
    assert desk.status.is_problem
    assert not _windows()


def test_one_folder_of_embeddings_can_be_dropped(desk: Desk, embedded: Path, tmp_path: Path) -> None:
    controller = desk.controllers.embedded
    assert not controller.open_dropped([tmp_path])
    assert not controller.open_dropped([embedded, embedded])
    assert controller.open_dropped([embedded])
    desk.settle()
    assert len(_windows()) == 1


def test_reading_can_be_cancelled(desk: Desk, embedded: Path) -> None:
    controller = desk.controllers.embedded
    controller.open(embedded)
    button = controller.work.findChild(QPushButton, "cancel_button")
    assert button is not None
    button.click()
    desk.settle()
    assert desk.said == "Cancelled; the embeddings are not shown"
    assert not _windows()


def test_a_folder_is_asked_for(desk: Desk, embedded: Path) -> None:
    desk.controllers.embedded.ask()
    (dialog,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
    dialog.fileSelected.emit(str(embedded))
    dialog.close()
    desk.settle()
    assert len(_windows()) == 1


def test_the_work_tells_where_it_is(embedded: Path) -> None:
    watcher = StageWatcher()
    found = picture_of(embedded)(watcher)
    assert watcher.progress.stage == "reading names"
    assert found.sample_names[3] == "image 3"  # type: ignore[attr-defined]
    assert QPointF(*found.xy[0]) != QPointF(*found.xy[1])  # type: ignore[attr-defined]
