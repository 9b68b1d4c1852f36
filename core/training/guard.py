"""What becomes of a run whose steps are not finite: it skips them, goes back to its last good state, or ends."""

from core.training.checkpoint import Trouble

SKIPPED_IN_A_ROW = 3
"""After so many skipped steps the weights are taken back to the last good state."""
ROLL_BACKS = 3
"""So many are made without a whole epoch between that needed none; the run ends where one more is due."""


class Guard:
    """Counts steps that were skipped and roll-backs; what it knows goes into the checkpoint."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble

    def observe(self, *, skipped: bool) -> bool:
        """Take note of a step; says whether to roll back now."""
        count = self.trouble.skipped + 1 if skipped else 0
        self.trouble = self.trouble.model_copy(update={"skipped": count})
        return count >= SKIPPED_IN_A_ROW

    def spend_roll_back(self, step: int) -> bool:
        """Count a roll-back after `step`; False where none is left."""
        if self.trouble.roll_backs == ROLL_BACKS:
            return False
        self.trouble = Trouble(roll_backs=self.trouble.roll_backs + 1, rolled_back_at=step)
        return True

    def end_epoch(self, step: int, steps: int) -> None:
        """Take note of the end of an epoch of so many steps: without a roll-back in it, all are forgiven."""
        if self.trouble.rolled_back_at <= step - steps:
            self.trouble = Trouble(skipped=self.trouble.skipped)
