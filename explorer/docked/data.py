"""The images that are trained on."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.data import DataPanel


def make() -> "DataPanel":
    """Make the panel."""
    from explorer.panels.data import DataPanel

    return DataPanel()


PANEL = PanelSpec(
    title=tr("Data"),
    letter="D",
    page="data",
    place=Place.CENTRE_TOP,
    rank=1,
    make=make,
    controls=(
        ControlSpec("search_images", tr("Search images …"), "F", "search"),
        ControlSpec("show_grid", tr("Images as a grid"), "G"),
        ControlSpec("show_table", tr("Images as a table"), "T"),
        ControlSpec("show_figures", tr("Figures of the data"), "S"),
        ControlSpec("inspect_data", tr("Inspect the images"), "I"),
        ControlSpec("exclude_images", tr("Exclude the selected images"), "X"),
        ControlSpec("take_back_edits", tr("Take edits of the selected images back"), "B"),
    ),
)
