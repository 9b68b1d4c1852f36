"""What a process holds: memory, threads, child processes, open files, widgets and objects of this program."""

import ctypes
import gc
import os
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

WATCHED = ("core", "explorer", "PySide6", "shiboken6", "torch", "threading", "sqlite3", "_io")
"""Packages whose objects are counted."""


@dataclass(frozen=True)
class Held:
    """What was there at one moment, after everything that nobody uses had gone."""

    megabytes: float
    """Resident memory of this process."""
    allocated_megabytes: float
    """What of it is in use; the rest is what the allocator could not give back, since something small lies in it."""
    children_megabytes: float
    """The same of its child processes together."""
    threads: tuple[str, ...]
    """Names of Python's threads."""
    native_threads: int
    """All threads, those of libraries among them."""
    children: tuple[str, ...]
    """Command lines of the child processes."""
    files: tuple[str, ...]
    """What the open file descriptors are of."""
    widgets: int
    objects: Counter[str] = field(repr=False)
    """By their types, of the packages that are watched."""

    def figures(self) -> dict[str, float]:
        """The numbers alone."""
        return {
            "MB": round(self.megabytes, 1),
            "allocated MB": round(self.allocated_megabytes, 1),
            "children MB": round(self.children_megabytes, 1),
            "threads": len(self.threads),
            "native threads": self.native_threads,
            "children": len(self.children),
            "files": len(self.files),
            "widgets": self.widgets,
            "objects": self.objects.total(),
        }


def held() -> Held:
    """Tidy up, then look."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    _give_memory_back()
    children = _children()
    return Held(
        _resident(os.getpid()),
        _allocated(),
        sum(map(_resident, children)),
        tuple(sorted(thread.name for thread in threading.enumerate())),
        len(os.listdir("/proc/self/task")),
        tuple(sorted(children.values())),
        tuple(sorted(_files())),
        len(QApplication.allWidgets()),
        _objects(),
    )


def _give_memory_back() -> None:
    """Let the allocator return what is free, or its free lists would count as memory in use."""
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)


class _Malloc(ctypes.Structure):
    """What glibc tells of its heaps, as `struct mallinfo2`."""

    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks".split()] + [
        (name, ctypes.c_size_t) for name in "uordblks fordblks keepcost".split()
    ]


def _allocated() -> float:
    """Megabytes that are allocated, in heaps and apart from them; 0 where the C library does not tell."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None) if sys.platform == "linux" else None
    if ask is None:
        return 0.0
    ask.restype = _Malloc
    found = ask()
    return float(found.uordblks + found.hblkhd) / 1e6


def _resident(process: int) -> float:
    """Megabytes; 0 of a process that has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children() -> dict[int, str]:
    """Command lines of the child processes by their numbers; multiprocessing's tracker stays as long as the program."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_text().replace("\0", " ").strip()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        if int(parent) == os.getpid() and "resource_tracker" not in command:
            found[int(folder.name)] = command if state != "Z" else f"zombie {folder.name}"
    return found


def _files() -> list[str]:
    """Where the open descriptors lead, numbers left out: those of pipes and sockets are others each time."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{name}").split(":[")[0])
        except FileNotFoundError:
            continue  # the one that has listed the folder
    return found


def _objects() -> Counter[str]:
    kinds = Counter(map(type, gc.get_objects()))
    named = ((str(kind.__module__), kind.__name__, count) for kind, count in kinds.items())  # some modules are no text
    return Counter({f"{module}.{name}": n for module, name, n in named if module.partition(".")[0] in WATCHED})
