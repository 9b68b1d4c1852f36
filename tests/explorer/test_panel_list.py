import subprocess
import sys

from PySide6.QtWidgets import QWidget

from explorer.panel_list import PANELS, groups, making_order
from explorer.panel_spec import ControlSpec, PanelSpec, Place


def spec(place: Place) -> PanelSpec[QWidget]:
    return PanelSpec(title="", letter="A", page="", place=place, make=QWidget)


def test_panels_stand_in_reading_order_and_no_place_is_empty() -> None:
    places = [panel.place for panel in PANELS.values()]
    assert places == sorted(places)
    assert set(places) == set(Place)
    for names in groups(PANELS).values():
        ranks = [PANELS[name].rank for name in names]
        assert ranks == sorted(ranks)


def test_those_in_front_are_made_before_those_behind_them() -> None:
    panels = {f"{place.name} {rank}": spec(place) for place in Place for rank in "ab"}
    made = making_order(panels)
    assert sorted(made) == sorted(panels)
    assert {name[-1] for name in made[:6]} == {"a"}
    assert made[5] == "CENTRE_TOP a", "the map takes longest of what is seen at first"
    assert made[6:] == [f"{place.name} b" for place in Place]


def test_all_keys_of_a_panel_begin_alike() -> None:
    panel = spec(Place.LEFT_TOP)
    found = {panel.bring_keys, panel.toggle_keys, panel.keys_of(ControlSpec("fit", "Fit", "F"))}
    assert found == {"Ctrl+Shift+A, A", "Ctrl+Shift+A, Q", "Ctrl+Shift+A, F"}


def test_an_action_that_chooses_is_named_after_its_choice() -> None:
    assert ControlSpec("fit", "Fit", "F").name == "fit"
    assert ControlSpec("tabs", "First", "F", choice=0).name == "tabs_0"


def test_a_list_of_the_panels_imports_none_of_them() -> None:
    code = (
        "import sys, explorer.panel_list; print(*sorted(name for name in sys.modules if name.startswith('explorer')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = {".".join(name.split(".")[:2]) for name in done.stdout.split()}
    assert found == {
        "explorer",
        "explorer.docked",
        "explorer.panel_list",
        "explorer.panel_spec",
        "explorer.translation",
    }
