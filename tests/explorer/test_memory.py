import subprocess
import sys

import pytest

PROGRAM = """
import threading
from explorer.memory import share_heaps
shared = {shared}
assert not shared or share_heaps()
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
def test_threads_share_four_heaps(shared: bool) -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM.format(shared=shared)], capture_output=True, text=True)
    assert ended.stderr == ""
    assert int(ended.stdout) <= 4 if shared else int(ended.stdout) > 4
