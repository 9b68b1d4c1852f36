"""The curve, the distributions and the threshold."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.roc import RocPanel


def make() -> "RocPanel":
    """Make the panel."""
    from explorer.panels.roc import RocPanel

    return RocPanel()


PANEL = PanelSpec(
    title="ROC",
    letter="T",
    page="threshold",
    place=Place.RIGHT_BOTTOM,
    rank=0,
    make=make,
    controls=(
        ControlSpec("target_fpr_field", tr("Threshold at the equal error rate"), "E", choice="EER"),
        ControlSpec("target_fpr_field", tr("Threshold at FPR 0.1 %"), "0", choice="0.1 %"),
        ControlSpec("target_fpr_field", tr("Threshold at FPR 1 %"), "1", choice="1 %"),
        ControlSpec("target_fpr_field", tr("Threshold at FPR 5 %"), "5", choice="5 %"),
        ControlSpec("threshold_field", tr("Set the threshold …"), "H"),
        ControlSpec("distance_field", tr("Choose the distance …"), "D"),
        ControlSpec("curve_view_tabs", tr("ROC curve"), "R", choice=0),
        ControlSpec("curve_view_tabs", tr("DET curve"), "F", choice=1),
        ControlSpec("curve_view_tabs", tr("Precision and recall"), "P", choice=2),
        ControlSpec("log_fpr_field", tr("Logarithmic FPR axis"), "L"),
        ControlSpec("interval_button", tr("Measure the intervals"), "I"),
    ),
    fields=(FieldSpec("distance_field", tr("Compare by {}")),),
)
