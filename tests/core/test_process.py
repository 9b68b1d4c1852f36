import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import core.training.running
from core.config import RunConfig
from core.process import settle
from tests.core.training.driving import drive

PROGRAM = """
import threading
from core.process import settle
if {shared}:
    settle()
gate, hold = threading.Barrier(25), threading.Event()
def work():
    kept = bytearray(100_000)
    gate.wait()
    hold.wait()
threads = [threading.Thread(target=work) for _ in range(24)]
for thread in threads:
    thread.start()
gate.wait()
import ctypes, os, tempfile
libc = ctypes.CDLL(None)
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "info.xml").encode()
    libc.fopen.restype = ctypes.c_void_p
    file = ctypes.c_void_p(libc.fopen(name, b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(open(name).read().count("<heap "))
hold.set()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc gives every thread a heap")
@pytest.mark.parametrize("shared", [False, True])
def test_threads_share_one_heap(shared: bool) -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM.format(shared=shared)], capture_output=True, text=True)
    assert ended.stderr == ""
    assert int(ended.stdout) == 1 if shared else int(ended.stdout) > 4


FREED = """
import ctypes, resource
from core.process import keeping_freed_memory
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def take_and_free():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    pieces = [libc.malloc(40_000_000) for _ in range(5)]
    for piece in pieces:
        ctypes.memset(piece, 1, 40_000_000)
    for piece in pieces:
        libc.free(piece)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
before = take_and_free(), take_and_free()
with keeping_freed_memory():
    kept = take_and_free(), take_and_free()
    held = resident()
print(before[1], kept[1], (held - resident()) // 10**6)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is told what to keep")
def test_what_is_freed_is_kept_for_the_next_step_and_given_back_at_the_end() -> None:
    ended = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True)
    assert ended.stderr == ""
    pages_before, pages, megabytes_given_back = map(int, ended.stdout.split())
    assert pages_before > 40_000, "without it every page of 200 MB is got anew"
    assert pages < 1000
    assert megabytes_given_back > 190


def test_training_keeps_what_it_frees(
    tiny: Callable[..., RunConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    @contextmanager
    def keeping() -> Iterator[None]:
        told.append("kept")
        yield
        told.append("given back")

    monkeypatch.setattr(core.training.running, "keeping_freed_memory", keeping)
    drive(tiny(epochs=1), tmp_path / "run", lambda controls: {1: lambda: told.append("step")})
    assert told == ["kept", "step", "given back"]


def test_blas_threads_sleep_unless_a_person_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_THREAD_TIMEOUT", raising=False)
    settle()
    assert os.environ["OPENBLAS_THREAD_TIMEOUT"] == "4"
    monkeypatch.setenv("OPENBLAS_THREAD_TIMEOUT", "20")
    settle()
    assert os.environ["OPENBLAS_THREAD_TIMEOUT"] == "20"
