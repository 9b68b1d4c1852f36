"""Images outside the data folder, allowed by a tick in Run setup."""

from pathlib import Path

from PIL import Image

from core.config import make_config
from explorer.widgets.choice_field import TickField
from tests.explorer.controllers.conftest import Desk


def list_elsewhere(folder: Path) -> Path:
    """A list whose images lie beside its folder."""
    for name in ("a", "b"):
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (8, 8), (40 * number, 60, 0)).save(folder / "pictures" / name / f"{number}.png")
    file = folder / "lists" / "list.csv"
    file.parent.mkdir()
    rows = [f"../pictures/{name}/{number}.png,{name}" for name in ("a", "b") for number in range(3)]
    file.write_text("\n".join(["image,label", *rows]) + "\n")
    return file


def test_they_are_refused_until_somebody_ticks_that_they_may_be_read(desk: Desk, tmp_path: Path) -> None:
    file = list_elsewhere(tmp_path)
    desk.data.choose_folder(str(file))
    desk.settle()
    assert desk.said.endswith("found '../pictures/a/0.png'; to read it all the same, set allow_outside=true")
    assert desk.state.dataset is None
    tick = desk.setup.findChild(TickField, "allow_outside_field")
    tick.click()
    desk.settle()
    assert desk.state.dataset is not None
    assert len(desk.state.dataset.samples) == 6
    assert make_config(desk.setup.settings()).allow_outside
    tick.click()
    desk.settle()
    assert "must lie in the folder of the file" in desk.said


def test_a_run_that_was_allowed_to_is_trained_with_it(desk: Desk, tmp_path: Path) -> None:
    config = make_config({"data": str(list_elsewhere(tmp_path)), "allow_outside": True})
    desk.setup.set_settings(config)
    desk.data.choose(config.data)
    desk.settle()
    assert desk.state.dataset is not None
    desk.run.start()
    desk.settle()
    assert desk.session.config.allow_outside
