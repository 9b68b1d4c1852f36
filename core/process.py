"""What this process does with memory that was freed and with threads that rest: settings of glibc and of OpenBLAS.

Neither knows that a step of training frees some hundred megabytes and takes them again at once, nor that PyTorch's
threads wait for the processors; docs/adr/0035 has what that costs.
"""

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# Of glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -3, -4, -8
_AT_REST = {_TRIM_THRESHOLD: 64 * 2**20, _MMAP_THRESHOLD: 32 * 2**20, _MMAP_MAX: 2**16}
"""Free bytes at the end of the heap that stay; bytes from which on a piece stands outside of it; how many pieces may.
The first two are what glibc comes to by itself once much was freed."""
_WHILE_KEEPING = {_TRIM_THRESHOLD: 2**31 - 1, _MMAP_THRESHOLD: 32 * 2**20, _MMAP_MAX: 0}


def settle() -> None:
    """Let all threads share one heap, and those of OpenBLAS sleep as soon as they have nothing to do.

    To be called before numpy is imported and before there are threads. By default glibc gives nearly every thread a
    heap of its own and keeps up to 64 MB of each that are free again; OpenBLAS's threads go on asking for work for some
    50 ms.
    """
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")  # 2^4 cycles
    _set({_ARENA_MAX: 1})


@contextmanager
def keeping_freed_memory() -> Iterator[None]:
    """Keep what is freed for what is taken next; at the end all that is free goes back to the system.

    By default glibc gives large pieces back whenever they are freed, so that the next step gets every page of them
    anew. It holds for the whole process: of several, nested or in threads, the first that ends is the end for all,
    which costs the others time and nothing else.
    """
    _set(_WHILE_KEEPING)
    try:
        yield
    finally:
        _set(_AT_REST)
        if (trim := _of_glibc("malloc_trim")) is not None:
            trim(0)


def _set(parameters: Mapping[int, int]) -> None:
    if (mallopt := _of_glibc("mallopt")) is not None:
        for parameter, value in parameters.items():
            mallopt(parameter, value)


def _of_glibc(name: str) -> "ctypes._NamedFuncPointer | None":
    """A function of the C library; None where it is not glibc."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
