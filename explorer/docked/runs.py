"""The runs of a folder."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.runs import RunsPanel


def make() -> "RunsPanel":
    """Make the panel."""
    from explorer.panels.runs import RunsPanel

    return RunsPanel()


PANEL = PanelSpec(
    title=tr("Runs"),
    letter="R",
    page="runs",
    place=Place.CENTRE_TOP,
    rank=2,
    make=make,
    controls=(
        ControlSpec("search_runs", tr("Search runs …"), "F", "search"),
        ControlSpec("reload_runs", tr("Read the list of runs again"), "L"),
        ControlSpec("choose_runs_folder", tr("List the runs of another folder …"), "D"),
        ControlSpec("show_archived_field", tr("Show archived runs"), "A"),
        ControlSpec("open_run_button", tr("Open the chosen run"), "O", "open"),
        ControlSpec("compare_in_evaluation_button", tr("Compare the chosen runs in Evaluation"), "E"),
    ),
)
