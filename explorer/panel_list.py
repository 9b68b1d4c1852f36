"""Which panels there are."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from explorer import docked
from explorer.panel_spec import PanelSpec, Place

_MAKING = (
    Place.LEFT_TOP,
    Place.LEFT_BOTTOM,
    Place.RIGHT_TOP,
    Place.CENTRE_BOTTOM,
    Place.RIGHT_BOTTOM,
    Place.CENTRE_TOP,
)
"""What takes long to make, such as the map, comes after what shows soon that something happens."""


def find_panels() -> dict[str, PanelSpec[Any]]:
    """The panel that each module of `explorer.docked` declares, by the module's name and in reading order."""
    names = [module.name for module in iter_modules(docked.__path__)]
    panels: dict[str, PanelSpec[Any]] = {name: import_module(f"{docked.__name__}.{name}").PANEL for name in names}
    return dict(sorted(panels.items(), key=lambda item: (item[1].place, item[1].rank, item[0])))


PANELS: Mapping[str, PanelSpec[Any]] = find_panels()


def groups(panels: Mapping[str, PanelSpec[Any]]) -> dict[Place, list[str]]:
    """Names of the panels that are tabs of one place, the one in front first."""
    return {place: [name for name, spec in panels.items() if spec.place is place] for place in Place}


def making_order(panels: Mapping[str, PanelSpec[Any]]) -> list[str]:
    """Names in the order in which panels are to be made: those that can be seen at first, then those behind them."""
    fronts = {place: names[0] for place, names in groups(panels).items()}
    seen = [fronts[place] for place in _MAKING]
    return [*seen, *(name for name in panels if name not in seen)]
