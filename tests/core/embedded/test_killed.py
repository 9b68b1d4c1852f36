"""A process that embeds is killed by the system, again and again, and what is there in the end is the same."""

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from core.embedded.embedding_set import FILE, EmbeddingSet
from core.embedded.writing import embed_images
from core.runs import Run
from tests.until import until

pytestmark = pytest.mark.slow


def _has_ended_or_made(process: "subprocess.Popen[bytes]", out: Path, shards: int) -> bool:
    return process.poll() is not None or len(list(out.glob("shard-*"))) >= shards


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_time_it_goes_on(trained: Run, shapes: Path, tmp_path: Path) -> None:
    whole = embed_images(trained, str(shapes), tmp_path / "whole", shard_images=3)
    assert whole is not None
    out = tmp_path / "out"
    command = [sys.executable, "-m", "core", "embed", str(trained.path), str(shapes), "--out", str(out), "--shard", "3"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    kills = 0
    for shards in (0, 1, 2, 5, 8, 11):
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            until(partial(_has_ended_or_made, process, out, shards), 120, every=0.001)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
    assert kills >= 3
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert json.loads((out / FILE).read_text())["done"]
    found = EmbeddingSet.open(out)
    assert found.digest == whole.digest
    assert found.ids(np.arange(48)) == whole.ids(np.arange(48))
