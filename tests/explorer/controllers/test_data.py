import itertools
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton

import core.data.sources
from core.data.dataset import Dataset
from core.runs import Run
from core.watch import CountWatch
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import NAMES, problem, started
from tests.explorer.tiny import draw_data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return draw_data(tmp_path / "drawn")


def problem_line(desk: Desk) -> str:
    return desk.setup._chooser._problem.sentence()


# --- listing


def test_a_chosen_folder_is_listed_shown_and_remembered(desk: Desk, folder: Path) -> None:
    desk.data.choose_folder(str(folder))
    assert desk.setup.settings()["data"] == str(folder)
    assert desk.setup._chooser._busy.sentence() == "reading …"
    desk.settle()
    assert desk.state.dataset is not None
    assert desk.state.dataset.name == "drawn"
    assert desk.data_panel._dataset is desk.state.dataset
    assert desk.setup._dataset is desk.state.dataset
    assert desk.setup._chooser._busy.sentence() == ""
    assert desk.settings.recent("data") == [str(folder)]


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """No listing ends unless it is cancelled."""
    gate = threading.Event()

    def slow(data: str, *, allow_outside: bool, watch: CountWatch) -> Dataset:
        for count in itertools.count():
            watch(count)
            gate.wait(0.01)
        raise AssertionError

    monkeypatch.setattr(core.data.sources, "list_dataset", slow)


def cancel_reading(desk: Desk) -> None:
    """Click Cancel as soon as it can be seen."""
    work = desk.controllers.reading.work

    def is_told() -> bool:
        desk.bridges.tick()
        return not work.isHidden()

    desk.qtbot.waitUntil(is_told)
    button = work.findChild(QPushButton, "cancel_button")
    assert isinstance(button, QPushButton)
    button.click()
    desk.settle()
    desk.bridges.tick()
    assert work.isHidden()


def test_a_long_listing_can_be_cancelled_and_what_was_shown_stays(
    desk: Desk, folder: Path, request: pytest.FixtureRequest
) -> None:
    desk.data.choose_folder(str(folder))
    desk.settle()
    before = desk.state.dataset
    request.getfixturevalue("endless")
    desk.data.choose_folder(str(folder / "endless"))
    cancel_reading(desk)
    assert desk.said == "Cancelled; what was shown before stays"
    assert desk.state.dataset is before
    assert desk.setup.settings()["data"] == str(folder)
    assert desk.setup._chooser._busy.sentence() == ""


def test_setup_keeps_the_data_that_a_run_was_started_on_while_their_listing_is_cancelled(
    desk: Desk, folder: Path, request: pytest.FixtureRequest
) -> None:
    desk.data.choose_folder(str(folder))
    desk.settle()
    request.getfixturevalue("endless")
    desk.data.choose_folder(str(folder / "endless"))
    desk.run.start()
    cancel_reading(desk)
    config = desk.session.config
    assert config is not None
    assert config.data == desk.setup.settings()["data"] == str(folder / "endless")


def test_what_is_listed_at_once_shows_no_progress(desk: Desk, folder: Path) -> None:
    hidden: list[bool] = []
    desk.library.progressed.connect(lambda _progress: hidden.append(desk.controllers.reading.work.isHidden()))
    desk.data.choose_folder(str(folder))
    desk.library.tick()
    desk.settle()
    desk.bridges.tick()
    assert len(hidden) >= 2, "that it began, and that it ended"
    assert all(hidden)


def test_the_chosen_folder_is_what_a_run_trains_on(desk: Desk, folder: Path) -> None:
    desk.data.choose_folder(str(folder))
    desk.settle()
    desk.train()
    config = desk.session.config
    assert config is not None
    assert config.data == str(folder)


def test_a_list_is_trained_on_with_the_loss_and_margin_that_suit_it(desk: Desk, folder: Path) -> None:
    images = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.png"))
    rows = [f"{images[0]},{images[1]},1", f"{images[0]},{images[-1]},0"]
    (folder / "pairs.csv").write_text("\n".join(["image_a,image_b,same", *rows]))
    desk.setup.choose_list_requested.emit()
    [dialog] = desk.setup.window().findChildren(QFileDialog)
    dialog.fileSelected.emit(str(folder / "pairs.csv"))
    dialog.close()
    desk.settle()
    assert desk.state.dataset is not None
    assert desk.state.dataset.tuples is not None
    assert desk.settings.recent("data") == [str(folder / "pairs.csv")]
    desk.train()
    config = desk.session.config
    assert config is not None
    assert (config.loss, config.hyperparameters.margin) == ("contrastive", 1.0)


def test_a_choice_in_the_form_is_listed(desk: Desk, folder: Path) -> None:
    desk.setup.data_chosen.emit(str(folder))
    desk.settle()
    assert desk.state.dataset is not None


def test_a_built_in_set_is_not_remembered_as_a_folder(desk: Desk) -> None:
    desk.data.choose("digits")
    desk.settle()
    assert desk.settings.recent("data") == []


def test_pictures_of_the_data_are_shown_before_training(desk: Desk, folder: Path) -> None:
    shown: list[list[QImage]] = []
    desk.setup.set_thumbnails = shown.append  # type: ignore[method-assign]
    desk.data.choose_folder(str(folder))
    desk.settle()
    assert len(shown[-1]) == 8


def test_what_was_left_out_is_told(desk: Desk, folder: Path) -> None:
    (folder / "images" / "red" / "raw.heic").write_text("no image")
    desk.data.choose_folder(str(folder))
    desk.settle()
    assert desk.said == "drawn: 1 left out"


def test_a_folder_that_cannot_be_used_is_said_in_the_form_and_below(desk: Desk, tmp_path: Path) -> None:
    desk.data.choose(str(tmp_path / "nothing"))
    desk.settle()
    assert desk.status.is_problem
    assert problem_line(desk) == desk.said
    assert str(tmp_path / "nothing") in desk.said
    assert desk.setup._chooser._busy.sentence() == ""


def test_the_newer_of_two_choices_wins(desk: Desk, folder: Path) -> None:
    desk.data.choose("digits")
    desk.data.choose(str(folder))
    desk.settle()
    assert desk.state.dataset is not None
    assert desk.state.dataset.name == "drawn"


def test_the_split_of_the_run_that_trains_is_told_in_the_data_panel(desk: Desk) -> None:
    desk.train(open_set=True, held_out_classes=1, notes=("a note",), problems=(problem(1),))
    assert desk.data_panel._split.sentence().startswith("open set: 1 class held out")


# --- pictures of the run and of the data chosen next


def trained_on(desk: Desk, folder: Path) -> None:
    """A run on the folder that the form shows."""
    desk.data.choose_folder(str(folder))
    desk.settle()
    desk.run.start()
    desk.settle()
    listed = desk.state.dataset
    assert listed is not None
    names = tuple(sample.id for sample in listed.samples)
    desk.session.report(started(desk.session.run_dir, classes=listed.classes, sample_names=names))
    desk.settle()


def test_the_map_shows_the_images_of_its_run_whatever_is_chosen_next(desk: Desk, folder: Path, tmp_path: Path) -> None:
    trained_on(desk, folder)
    sample = desk.map_image(0)
    assert sample is not None
    assert sample.image == folder / "images" / "blue" / "0.png"
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    desk.data.choose_folder(str(other))
    desk.settle()
    sample = desk.map_image(0)
    assert sample is not None
    assert sample.image == folder / "images" / "blue" / "0.png"
    assert desk.data.image_of("blue/0.png") == folder / "images" / "blue" / "0.png"


def test_an_image_dragged_from_the_grid_is_the_one_in_the_grid(desk: Desk, folder: Path, tmp_path: Path) -> None:
    trained_on(desk, folder)
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    desk.data.choose_folder(str(other))
    desk.settle()
    sample = desk.grid_image(0)
    assert sample is not None
    assert (sample.id, sample.image) == ("blue/0.png", other / "images" / "blue" / "0.png")
    assert desk.data.image_of("blue/0.png") == other / "images" / "blue" / "0.png"
    desk.map_image(0)
    assert desk.data.image_of("blue/0.png") == folder / "images" / "blue" / "0.png"


def test_images_listed_only_after_the_start_belong_to_the_run(desk: Desk) -> None:
    desk.data.choose("digits")
    desk.run.start()
    desk.qtbot.waitUntil(lambda: (desk.bridges.tick(), bool(desk.sessions) and not desk.bridges.jobs_wait)[1])
    desk.session.report(started(sample_names=("0/0000",)))
    desk.settle()
    sample = desk.map_image(0)
    assert sample is not None
    assert isinstance(sample.image, QImage)


def test_hovering_brings_the_image(desk: Desk, folder: Path) -> None:
    trained_on(desk, folder)
    shown: list[tuple[int, int, str]] = []
    desk.map.show_hover_image = lambda number, image, caption: shown.append((number, image.width(), caption))  # type: ignore[method-assign]
    desk.map.hover_requested.emit(7)
    desk.settle()
    assert shown == [(7, 16, "green/1.png")]


def test_thumbnails_come_when_they_are_seen(desk: Desk, folder: Path) -> None:
    desk.data.choose_folder(str(folder))
    desk.settle()
    shown: list[tuple[int, bool]] = []
    desk.pictures["grid"].ready.connect(lambda number, image: shown.append((number, image.isNull())))
    desk.data_panel.thumbnails_needed.emit((2, 5))
    desk.settle()
    assert shown == [(2, False), (5, False)]


def test_a_selection_in_other_data_selects_nothing_on_the_map(desk: Desk, folder: Path, tmp_path: Path) -> None:
    trained_on(desk, folder)
    desk.data_panel.selection_changed.emit((1,))
    assert desk.state.selection == (1,)
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    desk.data.choose_folder(str(other))
    desk.settle()
    desk.data_panel.selection_changed.emit((2,))
    assert desk.state.selection == (1,)


def test_without_a_run_there_is_nothing_to_drag_from_the_map(desk: Desk) -> None:
    assert desk.map_image(0) is None
    desk.train()
    assert desk.state.run is not None
    assert desk.state.run.sample_names == NAMES
    assert desk.map_image(0) is None
    assert desk.map_image(10_000) is None
    assert desk.grid_image(0) is None
    assert desk.data.image_of("blue/0.png") is None


# --- a stored run


def test_the_images_of_an_opened_run_are_shown(desk: Desk, stored: Path) -> None:
    opened = desk.open(stored)
    assert desk.state.dataset is opened.dataset
    sample = desk.map_image(0)
    assert sample is not None
    assert isinstance(sample.image, Path)
    assert np.array_equal([sample.image.exists()], [True])


def test_a_run_whose_images_are_gone_shows_their_names(desk: Desk, copied: Path) -> None:
    desk.data.choose("digits")
    desk.settle()
    file = copied / "run.json"
    file.write_text(file.read_text().replace(Run.open(copied).config.data, "/gone/away"))
    desk.open(copied)
    assert desk.state.dataset is not None
    assert desk.state.dataset.classes == ("blue", "green", "red")
    assert problem_line(desk).startswith("/gone/away: no such folder")
    assert desk.data_panel._problem.sentence().startswith("/gone/away: no such folder")
    found: list[bool] = []
    desk.pictures["grid"].ready.connect(lambda number, image: found.append(image.isNull()))
    desk.data_panel.thumbnails_needed.emit((0, 1))
    desk.settle()
    assert found == [True, True]
    desk.verify_panel.choose({"A": "blue/0.png"})
    desk.settle()
    assert desk.verify_panel._pair.slots["A"].content().problem
