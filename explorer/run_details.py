"""What is read of a run to compare it with others: shared by the bridge, the controller and the panel."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.run_list import ListedRun

if TYPE_CHECKING:
    from core.evaluation.curve import RocPoints
    from core.scalars import Scalars


@dataclass(frozen=True, eq=False)
class RunDetails:
    """One run with its curves."""

    run: ListedRun
    scalars: "Scalars | None" = None
    """Figures of every step; None where they cannot be read."""
    roc: "RocPoints | None" = None
    """Of the newest evaluation; None where there is none."""
    problem: str = ""
    """Why something is missing, in one sentence."""
