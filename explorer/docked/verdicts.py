"""Verdicts on the pairs looked at, and on many pairs at once."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.verdicts import VerdictsPanel

_LOOKED_AT, _MANY = (("verdict_tabs", place) for place in range(2))


def make() -> "VerdictsPanel":
    """Make the panel."""
    from explorer.panels.verdicts import VerdictsPanel

    return VerdictsPanel()


PANEL = PanelSpec(
    title=tr("Verdicts"),
    letter="J",
    page="verify-pairs",
    place=Place.CENTRE_TOP,
    rank=5,
    make=make,
    controls=(
        ControlSpec("judge_folder", tr("Judge every pair of a folder …"), "D", tab=_MANY),
        ControlSpec("judge_file", tr("Judge the pairs of a file …"), "F", tab=_MANY),
        ControlSpec("judge_folders", tr("Judge the pairs of two folders …"), "2", tab=_MANY),
        ControlSpec("export_looks", tr("Export the pairs looked at …"), "X", tab=_LOOKED_AT),
    ),
)
