"""What is trained, on what, and how: chosen before Start."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.run_setup import RunSetupPanel


def make() -> "RunSetupPanel":
    """Make the panel."""
    from explorer.panels.run_setup import RunSetupPanel

    return RunSetupPanel()


PANEL = PanelSpec(
    title=tr("Run setup"),
    letter="N",
    page="training",
    place=Place.LEFT_TOP,
    rank=0,
    make=make,
    controls=(
        ControlSpec("data_field", tr("Choose the data …"), "D"),
        ControlSpec("download_button", tr("Download the data"), "L"),
        ControlSpec("backbone_field", tr("Choose the model …"), "B"),
        ControlSpec("loss_field", tr("Choose the metric loss …"), "M"),
        ControlSpec("epochs_field", tr("Set the epochs …"), "E"),
        ControlSpec("advanced_fold", tr("Advanced settings"), "A"),
    ),
    fields=(
        FieldSpec("data_field", tr("Train on {}")),
        FieldSpec("backbone_field", tr("Model {}")),
        FieldSpec("loss_field", tr("Metric loss {}")),
    ),
)
