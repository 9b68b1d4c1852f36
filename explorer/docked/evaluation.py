"""What an evaluation measures: figures, protocols, comparisons."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.evaluation import EvaluationPanel

_PROTOCOLS, _COMPARE = ("evaluation_tabs", 4), ("evaluation_tabs", 5)


def make() -> "EvaluationPanel":
    """Make the panel."""
    from explorer.panels.evaluation import EvaluationPanel

    return EvaluationPanel()


PANEL = PanelSpec(
    title=tr("Evaluation"),
    letter="E",
    page="evaluation",
    place=Place.CENTRE_TOP,
    rank=4,
    make=make,
    controls=(
        ControlSpec("evaluate_button", tr("Evaluate the newest checkpoint"), "R", "play"),
        ControlSpec("export_report_button", tr("Export the evaluation …"), "X"),
        ControlSpec("run_protocol_button", tr("Run the protocol"), "P", tab=_PROTOCOLS),
        ControlSpec("add_run_button", tr("Add a run to compare …"), "A", tab=_COMPARE),
        ControlSpec("compare_button", tr("Compare runs and distances"), "C", "compare", tab=_COMPARE),
    ),
)
