"""Learning-rate schedule: a factor on the live setting."""

import math

WARM_UP_SHARE = 0.05
WARM_UP_STEPS = 100
FINAL_FACTOR = 0.01


def schedule_factor(step: int, total_steps: int) -> float:
    """Factor on the peak learning rate for step `step` (from 0) of `total_steps`.

    Rises linearly over the first 5 % of the steps (100 at most), then falls along a cosine to 1 %
    (Loshchilov and Hutter, SGDR, 2017, one cycle).
    """
    warm_up = max(1, min(WARM_UP_STEPS, round(WARM_UP_SHARE * total_steps)))
    if step < warm_up:
        return (step + 1) / warm_up
    progress = min(1.0, (step - warm_up) / max(1, total_steps - warm_up))
    return FINAL_FACTOR + (1 - FINAL_FACTOR) * 0.5 * (1 + math.cos(math.pi * progress))
