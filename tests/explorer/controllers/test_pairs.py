"""Pairs behind the curve, from the search to what is done with one of them."""

import shutil
from collections import Counter
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.data.tuples import ListedPairs
from core.distances import exact_distances
from core.runs import Run
from core.training.probe import measured
from core.training.records import TrainingSnapshot
from explorer.panels.pairs_view import ImagePair
from explorer.panels.pairs_wish import PairsWish
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import heard, snapshot

Listed = tuple[frozenset[int], float, bool]


def look(desk: Desk, step: int = 10, **changes: object) -> TrainingSnapshot:
    """40 images of 2 classes, 20 of them held out, as the newest look of a run that trains."""
    found = measured(replace(snapshot(step, count=40), **changes), "cosine")  # type: ignore[arg-type]
    desk.session.look(found)
    desk.settle()
    return found


@pytest.fixture
def trained(desk: Desk) -> Desk:
    """A run that trains, of 40 images, with the panel in view."""
    desk.train(sample_names=tuple(f"{'ab'[i % 2]}/{i}.png" for i in range(40)))
    with desk.qtbot.waitExposed(desk.pairs_panel):
        desk.pairs_panel.show()
    return desk


def shown(desk: Desk) -> tuple[ImagePair, ...]:
    desk.settle()
    return desk.pairs_panel._list._pairs.pairs


def as_listed(pairs: tuple[ImagePair, ...]) -> list[Listed]:
    return [(frozenset(pair.samples), pair.distance, pair.genuine) for pair in pairs]


def by_hand(found: TrainingSnapshot) -> list[Listed]:
    """All held-out pairs, whose ids are their rows here."""
    rows = np.flatnonzero(found.held_out)
    distances = exact_distances(found.embeddings[rows], found.embeddings[rows], "cosine").numpy()
    first, second = np.triu_indices(len(rows), 1)
    same = found.labels[rows[first]] == found.labels[rows[second]]
    return [
        (frozenset((int(rows[a]), int(rows[b]))), float(distances[a, b]), bool(genuine))
        for a, b, genuine in zip(first, second, same, strict=True)
    ]


def errors(found: TrainingSnapshot, threshold: float, genuine: bool) -> list[Listed]:
    return [each for each in by_hand(found) if each[2] is genuine and (each[1] > threshold) is genuine]


def choose(desk: Desk, mode: int) -> None:
    """Choose a list, also the one that is in front."""
    desk.pairs_panel._modes._tabs.setCurrentIndex(mode)
    desk.pairs_panel.wanted.emit()


def title(desk: Desk) -> str:
    return desk.pairs_panel._title.toolTip()


# --- the errors of the threshold


@pytest.mark.parametrize(("mode", "genuine"), [(0, False), (1, True)])
def test_errors_nearest_the_threshold_come_first(trained: Desk, mode: int, genuine: bool) -> None:
    found = look(trained)
    trained.state.set_threshold(0.6)
    choose(trained, mode)
    expected = sorted(errors(found, 0.6, genuine), key=lambda each: abs(each[1] - 0.6))
    assert as_listed(shown(trained)) == expected
    kind = "Genuine pairs rejected" if genuine else "Impostor pairs accepted"
    assert title(trained) == f"{kind} at 0.600 · {len(expected)} pairs"


@pytest.mark.parametrize(("mode", "genuine"), [(0, False), (1, True)])
def test_or_the_worst(trained: Desk, mode: int, genuine: bool) -> None:
    found = look(trained)
    trained.state.set_threshold(0.6)
    trained.pairs_panel._modes._order.setCurrentIndex(1)
    choose(trained, mode)
    assert as_listed(shown(trained)) == sorted(errors(found, 0.6, genuine), key=lambda each: each[1], reverse=genuine)


def test_names_and_classes_are_those_of_the_run(trained: Desk) -> None:
    look(trained)
    trained.state.set_threshold(0.6)
    choose(trained, 1)
    pair = shown(trained)[0]
    for image in (pair.first, pair.second):
        assert image.identity == image.sample % 2
        assert image.name == f"{image.identity_name}/{image.sample}.png"


def test_they_follow_the_threshold_when_it_rests(trained: Desk) -> None:
    found = look(trained)
    trained.state.set_threshold(0.6)
    trained.settle()
    searches = heard(("found", trained.bridges.pairs.found))
    for threshold in np.linspace(0.6, 0.9, 50).tolist():
        trained.state.set_threshold(threshold)
    trained.qtbot.waitUntil(lambda: bool(trained.bridges.tick() or searches))
    assert len(searches) == 1
    assert Counter(as_listed(shown(trained))) == Counter(errors(found, 0.9, genuine=False))


@pytest.mark.parametrize(("mode", "threshold", "kind"), [(0, -inf, "impostor pair is accepted"), (1, 2.0, "genuine")])
def test_without_errors_it_says_so(trained: Desk, mode: int, threshold: float, kind: str) -> None:
    look(trained)
    trained.state.set_threshold(threshold)
    choose(trained, mode)
    assert shown(trained) == ()
    assert trained.pairs_panel._none.text().startswith(f"No {kind}")
    assert "at this threshold" in trained.pairs_panel._none.text()


def test_without_pairs_it_says_why(trained: Desk) -> None:
    look(trained, held_out=np.zeros(40, np.bool_))
    choose(trained, 1)
    assert trained.pairs_panel._empty.text().startswith("There are no pairs: the held-out images make no genuine")


def test_nothing_is_searched_while_nobody_looks(trained: Desk) -> None:
    trained.pairs_panel.hide()
    searches = heard(("found", trained.bridges.pairs.found))
    look(trained)
    trained.state.set_threshold(0.6)
    trained.settle()
    assert searches == []
    trained.pairs_panel.show()
    trained.settle()
    assert len(searches) == 1
    trained.pairs_panel.hide()
    trained.pairs_panel.show()
    trained.settle()
    assert len(searches) == 1


def test_a_newer_look_refreshes_and_an_older_one_says_that_it_is(trained: Desk) -> None:
    look(trained)
    age = trained.pairs_panel._made_of
    assert (age.text(), age.toolTip()) == ("step 10", "step 10 · held-out, 20 images · closed set")
    trained.state.set_model_step(15)
    assert age.text() == "as of step 10"
    newer = look(trained, 20)
    assert (age.text(), trained.state.threshold is not None) == ("step 20", True)
    assert set(as_listed(shown(trained))) <= set(by_hand(newer))


def test_another_distance_lists_its_own_distances(trained: Desk) -> None:
    look(trained)
    trained.roc.distance_chosen.emit("euclidean")
    trained.settle()
    trained.state.set_threshold(1.0)
    choose(trained, 1)
    distances = [pair.distance for pair in shown(trained)]
    assert distances == sorted(distances)
    assert 1.0 < distances[0] < 2.0


def test_a_search_that_is_cancelled_leaves_the_list(trained: Desk) -> None:
    look(trained)
    before = shown(trained)
    choose(trained, 1)
    trained.pairs_panel.cancel_requested.emit()
    assert shown(trained) == before
    assert trained.said.startswith("The search for pairs was ended")


# --- the pairs of a click


def test_a_click_on_the_curve_brings_its_pairs(trained: Desk) -> None:
    found = look(trained)
    wanted = heard(("wanted", trained.pairs.panel_wanted))
    trained.pairs.show_wish(PairsWish(False, 0.5, 0.8, 0.6, "Impostor pairs from 0.500 to 0.800"))
    expected = [each for each in by_hand(found) if not each[2] and 0.5 < each[1] <= 0.8]
    assert as_listed(shown(trained)) == sorted(expected, key=lambda each: abs(each[1] - 0.6))
    assert (trained.pairs_panel.mode, wanted) == ("bar", [("wanted", "pairs")])
    assert title(trained) == f"Impostor pairs from 0.500 to 0.800 · {len(expected)} pairs"
    searches = heard(("found", trained.bridges.pairs.found))
    trained.state.set_threshold(0.7)
    trained.settle()
    assert searches == []  # the same pairs, judged anew
    assert trained.pairs_panel._list._pairs.threshold == 0.7


def test_another_run_forgets_the_click(trained: Desk, stored: Path) -> None:
    look(trained)
    trained.pairs.show_wish(PairsWish(None, -inf, inf, 0.6, "Every pair"))
    trained.training.close()
    trained.open(stored)
    assert trained.pairs_panel.mode == "false accepts"
    assert not trained.pairs_panel._modes._tabs.isTabEnabled(2)


# --- identities


def test_who_is_mistaken_for_whom(trained: Desk) -> None:
    found = look(trained)
    trained.state.set_threshold(0.6)
    choose(trained, 3)
    trained.settle()
    assert shown(trained) == ()
    assert trained.pairs_panel._none.text().startswith("Choose a row of the table")
    impostor, genuine = errors(found, 0.6, genuine=False), errors(found, 0.6, genuine=True)
    of_a = [each for each in genuine if min(each[0]) % 2 == 0]
    rows = {row.sign: (row.errors, row.pairs) for row in trained.pairs_panel._table._rows}
    assert rows == {"a = b": (len(impostor), 100), "a ≠ a": (len(of_a), 45), "b ≠ b": (len(genuine) - len(of_a), 45)}
    place = [row.sign for row in trained.pairs_panel._table._shown].index("a ≠ a")
    trained.pairs_panel._table._table.selectRow(place)
    assert Counter(as_listed(shown(trained))) == Counter(of_a)
    assert title(trained) == f"a not recognised · {len(of_a)} pairs"


def test_a_stale_search_does_not_stand_in_for_the_choice_of_a_row(trained: Desk) -> None:
    look(trained)
    trained.state.set_threshold(0.6)
    choose(trained, 1)
    choose(trained, 3)
    assert shown(trained) == ()


def test_no_identity_is_mistaken(trained: Desk) -> None:
    look(trained, embeddings=np.eye(2, 4, dtype=np.float32)[np.arange(40) % 2])
    trained.state.set_threshold(0.5)
    choose(trained, 3)
    trained.settle()
    assert trained.pairs_panel._table._note.sentence() == "No error at this threshold, 0.500."


def test_a_list_knows_no_identities(trained: Desk) -> None:
    listed = ListedPairs(np.array([[0, 2], [1, 3]]), np.array([[0, 1], [2, 3]]))
    look(trained, pairs=listed)
    trained.state.set_threshold(5.0)
    choose(trained, 3)
    trained.settle()
    assert trained.pairs_panel._none.text().startswith("A list says of pairs whether they are of one identity")
    choose(trained, 0)
    assert {each[0] for each in as_listed(shown(trained))} == {frozenset((0, 1)), frozenset((2, 3))}


# --- what is done with a pair


@pytest.fixture
def opened(desk: Desk, copied: Path) -> Desk:
    """A stored run with its images, the panel in view, and every impostor pair accepted."""
    shutil.copytree(Run.open(copied).config.data, copied.parent / "data", dirs_exist_ok=True)
    desk.open(copied)
    with desk.qtbot.waitExposed(desk.pairs_panel):
        desk.pairs_panel.show()
    desk.state.set_threshold(2.0)
    choose(desk, 0)
    assert len(shown(desk)) == 12
    return desk


def test_a_pair_is_selected_everywhere(opened: Desk) -> None:
    pair = shown(opened)[3]
    view = opened.pairs_panel._list
    opened.qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(3, 0)).center()
    )
    assert opened.state.selection == pair.samples
    assert opened.map._selecting._selection == pair.samples
    other = shown(opened)[0]
    opened.state.set_selection(other.samples[::-1])
    assert view.chosen() == other
    opened.state.set_selection(())
    assert view.chosen() is None


def test_a_pair_goes_to_verify_and_to_the_map(opened: Desk) -> None:
    pair = shown(opened)[1]
    wanted = heard(("wanted", opened.pairs.panel_wanted))
    opened.pairs_panel.compare_requested.emit(pair)
    opened.settle()
    assert opened.verify_panel._pair.sources == {"A": pair.first.name, "B": pair.second.name}
    assert opened.verify_panel._view is not None
    opened.pairs_panel.map_requested.emit(pair)
    assert opened.state.selection == pair.samples
    assert wanted == [("wanted", "verify"), ("wanted", "map")]


def test_an_excluded_image_leaves_the_list_and_comes_back(opened: Desk) -> None:
    pair = shown(opened)[0]
    sample = pair.first.sample
    opened.pairs_panel.exclude_requested.emit(sample)
    assert opened.pairs_panel._list._pairs.excluded == {sample}
    opened.settle()
    opened.settle()
    left = shown(opened)
    assert len(left) == 8
    assert sample not in {each for pair in left for each in pair.samples}
    assert "(1 excluded)" in opened.pairs_panel._made_of.toolTip()
    opened.pairs_panel.take_back_requested.emit((pair.first.name,))
    opened.settle()
    assert len(shown(opened)) == 12


def test_thumbnails_are_those_of_the_run(opened: Desk) -> None:
    opened.qtbot.waitUntil(lambda: bool(opened.bridges.tick() or opened.pairs_panel._list._pairs._kept))
    opened.settle()
    kept = opened.pairs_panel._list._pairs._kept
    assert kept
    assert all(pixmap.width() == 16 for pixmap in kept.values())


def test_without_the_images_there_are_placeholders_and_a_sentence(desk: Desk, copied: Path, tmp_path: Path) -> None:
    file = copied / "run.json"
    file.write_text(file.read_text().replace(Run.open(copied).config.data, str(tmp_path / "gone")))
    desk.open(copied)
    problem = desk.pairs_panel._problem
    assert problem.is_problem()
    assert problem.sentence().startswith("The images of this run are not at hand: ")
    with desk.qtbot.waitExposed(desk.pairs_panel):
        desk.pairs_panel.show()
    desk.state.set_threshold(2.0)
    choose(desk, 0)
    assert len(shown(desk)) == 12
    kept = desk.pairs_panel._list._pairs._kept
    desk.qtbot.waitUntil(lambda: bool(desk.bridges.tick() or kept))
    assert all(pixmap.isNull() for pixmap in kept.values())
