"""What `torchrun` says of this process by its environment; without torch, so that it can be asked at once."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Launch:
    """Place of this process among those that were started together."""

    rank: int
    """Number among all; 0 decides for all, writes and speaks."""
    size: int
    local_rank: int
    """Number among those of this machine, and of the GPU that it works on."""
    local_size: int
    restarts: int
    """How often all were started again because one had failed."""


def launch() -> Launch | None:
    """The place of this process; None where it was started by itself."""
    if "TORCHELASTIC_RUN_ID" not in os.environ or _number("WORLD_SIZE", 1) == 1:
        return None
    names = {"RANK": 0, "WORLD_SIZE": 1, "LOCAL_RANK": 0, "LOCAL_WORLD_SIZE": 1, "TORCHELASTIC_RESTART_COUNT": 0}
    return Launch(*(_number(name, default) for name, default in names.items()))


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))
