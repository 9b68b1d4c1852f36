"""Pairs that are judged wrongly, and the errors by identity."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.pairs import PairsPanel


def make() -> "PairsPanel":
    """Make the panel."""
    from explorer.panels.pairs import PairsPanel

    return PairsPanel()


PANEL = PanelSpec(
    title=tr("Pairs"),
    letter="P",
    page="evaluation",
    place=Place.CENTRE_TOP,
    rank=3,
    make=make,
    controls=(
        ControlSpec("pair_lists", tr("False accepts"), "A", choice=0),
        ControlSpec("pair_lists", tr("False rejects"), "R", choice=1),
        ControlSpec("pair_lists", tr("Errors by identity"), "I", choice=2),
        ControlSpec("compare_pair", tr("Compare the chosen pair in Verify"), "V"),
        ControlSpec("show_pair_on_map", tr("Show the chosen pair on the map"), "M"),
        ControlSpec("show_excluded", tr("Excluded images"), "X"),
    ),
)
