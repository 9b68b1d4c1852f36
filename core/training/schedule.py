"""Learning-rate schedules: a factor on the live setting."""

import math

from core.config import ScheduleName

WARM_UP_SHARE = 0.05
WARM_UP_STEPS = 100
FINAL_FACTOR = 0.01


def schedule_factor(
    step: int, total_steps: int, schedule: ScheduleName = "cosine", warm_up: float | None = None
) -> float:
    """Factor on the peak learning rate for step `step` (from 0) of `total_steps`.

    Rises linearly over the share `warm_up` of the steps, to 1 at the last of them; then falls to 1 % at the last one,
    along a cosine (Loshchilov and Hutter, SGDR, 2017, one cycle) or a line, or stays. Without a share it rises over 5 %
    of the steps, 100 at most.
    """
    rising = min(WARM_UP_STEPS, round(WARM_UP_SHARE * total_steps)) if warm_up is None else round(warm_up * total_steps)
    rising = max(1, rising)
    if step < rising:
        return (step + 1) / rising
    if schedule == "constant":
        return 1.0
    progress = min(1.0, (step - rising + 1) / max(1, total_steps - rising))
    shape = 1 - progress if schedule == "linear" else 0.5 * (1 + math.cos(math.pi * progress))
    return FINAL_FACTOR + (1 - FINAL_FACTOR) * shape
