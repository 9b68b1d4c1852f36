"""How much free memory the threads of the window may keep."""

import ctypes
import sys

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""
_HEAPS = 4


def share_heaps() -> bool:
    """Let all threads share four heaps; says whether that could be had. Call it before there are threads.

    By default glibc gives nearly every thread a heap of its own, eight for each processor at most, and of each it keeps
    up to 64 MB that are free again: a window of fifteen threads that trains one run after another would grow by
    hundreds of megabytes before it settles.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    return mallopt is not None and mallopt(_ARENA_MAX, _HEAPS) == 1
