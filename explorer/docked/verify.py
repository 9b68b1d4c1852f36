"""A pair of images and whether they show the same."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.verify import VerifyPanel


def make() -> "VerifyPanel":
    """Make the panel."""
    from explorer.panels.verify import VerifyPanel

    return VerifyPanel()


PANEL = PanelSpec(
    title=tr("Verify"),
    letter="V",
    page="verify",
    place=Place.RIGHT_TOP,
    rank=0,
    make=make,
    controls=(
        ControlSpec("slot_a", tr("Choose image A …"), "A", "open"),
        ControlSpec("slot_b", tr("Choose image B …"), "B", "open"),
        ControlSpec("swap_pair", tr("Swap A and B"), "S", "swap"),
        ControlSpec("clear_pair", tr("Clear both images"), "0", "clear"),
        ControlSpec("verify_tabs", tr("The verdict"), "1", choice=0),
        ControlSpec("verify_tabs", tr("Nearest training images"), "N", choice=1),
        ControlSpec("verify_tabs", tr("Why the two are alike or not"), "W", choice=2),
        ControlSpec("show_masks", tr("Predicted masks"), "M"),
    ),
)
