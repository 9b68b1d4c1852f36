"""One selection in the whole window: made in any panel, seen in all others."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel

from explorer.panels.pairs_view import ImagePair
from tests.explorer.controllers.conftest import Desk
from tests.explorer.tiny import draw_data


@pytest.fixture
def opened(desk: Desk, stored: Path) -> Desk:
    desk.open(stored)
    desk.settle()
    return desk


def in_grid(desk: Desk) -> list[str]:
    """Ids of the images that are selected there."""
    assert desk.state.dataset is not None
    return [desk.state.dataset.samples[place].id for place in desk.data_panel._grid._selected]


def names(desk: Desk, samples: object) -> list[str]:
    assert desk.state.run is not None
    return [desk.state.run.sample_names[sample] for sample in samples]  # type: ignore[attr-defined]


def shown_pairs(desk: Desk) -> tuple[ImagePair, ...]:
    """Pairs of the panel, searched now."""
    desk.pairs_panel.set_mode("false rejects")
    desk.state.set_threshold(-1.0)
    desk.pairs_panel.wanted.emit()
    desk.settle()
    return desk.pairs_panel._list._pairs.pairs


def marked(desk: Desk) -> set[int]:
    return set(desk.pairs_panel._list._pairs.selected)


def test_from_each_panel_to_the_others(opened: Desk) -> None:
    pairs = shown_pairs(opened)
    assert pairs
    # The map
    opened.map.selection_changed.emit(pairs[1].samples)
    assert sorted(in_grid(opened)) == sorted(names(opened, pairs[1].samples))
    assert opened.pairs_panel._list.chosen() == pairs[1]
    one = pairs[0].samples[0]
    opened.map.selection_changed.emit((one,))
    opened.settle()
    assert marked(opened) == {one}
    assert opened.pairs_panel._list.chosen() is None
    assert in_grid(opened) == names(opened, [one])
    # The neighbours of that
    nearest = opened.map.neighbours.strip.items()[0].sample_id
    opened.map.neighbours.strip.chosen.emit(nearest)
    assert opened.map._selecting.selection == (nearest,)
    assert in_grid(opened) == names(opened, [nearest])
    # The grid
    grid = opened.data_panel._grid
    grid.selectionModel().select(grid.model().index(4, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    chosen = opened.state.selection
    assert names(opened, chosen) == in_grid(opened)
    assert len(chosen) == 1
    assert marked(opened) == set(chosen)
    assert opened.map._selecting.selection == chosen
    # A pair
    opened.pairs_panel.pair_selected.emit(pairs[0])
    assert opened.state.selection == pairs[0].samples
    assert opened.map._selecting.selection == pairs[0].samples
    assert sorted(in_grid(opened)) == sorted(names(opened, pairs[0].samples))
    # All that is not selected
    opened.state.set_selection(())
    opened.map.selections.form.invert_requested.emit()
    assert opened.map.view is not None
    assert sorted(opened.state.selection) == sorted(opened.map.view.sample_ids.tolist())
    assert len(in_grid(opened)) == len(opened.state.selection)


def test_images_that_are_listed_again_are_selected_still(opened: Desk, tmp_path: Path) -> None:
    """Meanwhile the grid shows other data, in which nothing is selected and which selects nothing."""
    opened.state.set_selection((2, 5))
    assert opened.state.run is not None
    data = opened.state.run.config.data
    opened.data.choose(str(draw_data(tmp_path / "other")))
    opened.settle()
    assert in_grid(opened) == []
    opened.data_panel.selection_changed.emit((0,))
    assert opened.state.selection == (2, 5)
    opened.data.choose(data)
    opened.settle()
    assert in_grid(opened) == names(opened, (2, 5))


def test_the_grid_brings_what_was_selected_elsewhere_into_view(opened: Desk) -> None:
    """An image that it does not list is passed over."""
    grid = opened.data_panel._grid
    opened.data_panel.resize(330, 300)
    opened.data_panel.show()
    last = len(grid._thumbnails.shown) - 1
    assert last not in grid.visible_rows()
    grid.set_selection((last,))
    assert last in grid.visible_rows()
    offset = grid.verticalOffset()
    grid.set_selection((last - 1, last))
    assert grid.verticalOffset() == offset
    opened.data_panel.hide()
    gone = names(opened, [2])[0]
    opened.data._positions = {name: place for name, place in opened.data._positions.items() if name != gone}
    opened.data._places = None
    opened.state.set_selection((1, 2))
    assert in_grid(opened) == names(opened, [1])
