"""Losses and health of a run, step by step."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.losses import CurvesPanel


def make() -> "CurvesPanel":
    """Make the panel."""
    from explorer.panels.losses import CurvesPanel

    return CurvesPanel()


PANEL = PanelSpec(
    title=tr("Curves"),
    letter="C",
    page="troubleshooting",
    place=Place.CENTRE_BOTTOM,
    rank=0,
    make=make,
    controls=(
        ControlSpec("weighted_field", tr("Losses times their weights"), "W"),
        ControlSpec("log_field", tr("Logarithmic loss axis"), "L"),
        ControlSpec("lower_plot_field", tr("Choose the lower plot …"), "P"),
    ),
    fields=(FieldSpec("lower_plot_field", tr("Lower plot: {}")),),
)
