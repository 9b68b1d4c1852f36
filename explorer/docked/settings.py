"""What can be changed while a run trains."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.hyperparameters import SettingsPanel


def make() -> "SettingsPanel":
    """Make the panel."""
    from explorer.panels.hyperparameters import SettingsPanel

    return SettingsPanel()


PANEL = PanelSpec(
    title=tr("Settings (live)"),
    letter="S",
    page="losses",
    place=Place.LEFT_BOTTOM,
    rank=0,
    make=make,
    controls=(
        ControlSpec("margin_field", tr("Set the margin …"), "M"),
        ControlSpec("learning_rate_field", tr("Set the learning rate …"), "L"),
        ControlSpec("mining_field", tr("Choose the mining …"), "T"),
        ControlSpec("find_rate", tr("Find a learning rate …"), "F"),
        ControlSpec("reset_settings", tr("Live settings back to their defaults"), "0"),
    ),
    fields=(FieldSpec("mining_field", tr("Mining {}")),),
)
