"""Every message so far."""

from typing import TYPE_CHECKING

from explorer.panel_spec import PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.log import LogPanel


def make() -> "LogPanel":
    """Make the panel."""
    from explorer.panels.log import LogPanel

    return LogPanel()


PANEL = PanelSpec(
    title=tr("Log"),
    letter="O",
    page="troubleshooting",
    place=Place.CENTRE_BOTTOM,
    rank=1,
    make=make,
)
