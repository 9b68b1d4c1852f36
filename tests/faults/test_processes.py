"""Processes that are killed or meet another one; nothing of the program's own but the projection runs in one."""

import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from core.config import RunConfig
from core.errors import InputError
from core.files import is_held
from core.projection.messages import ProjectionFailed, ProjectionRequest
from core.projection.worker import ProjectionWorker
from core.runs import Run
from core.training.outcome import load_records
from core.training.records import Started
from core.verification import Verifier
from tests.core.projection.test_worker import draws, next_message, process_id, processes, refused, wait_until
from tests.core.training.driving import drive
from tests.faults.killing import PATIENCE, forking

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed the POSIX way")


def test_a_projection_process_killed_while_it_draws_is_replaced() -> None:
    """What it drew is answered by a sentence, and the next request by the process in its place."""
    worker = ProjectionWorker()
    before = processes()
    try:
        worker.start()
        points = np.random.default_rng(0).normal(size=(20_000, 64)).astype(np.float32)
        asked = ProjectionRequest(1, points, np.arange(len(points)), "tsne")
        worker.submit(asked)
        wait_until(lambda: draws(worker))
        killed = process_id()
        os.kill(killed, signal.SIGKILL)
        failure = next_message(worker)
        assert isinstance(failure, ProjectionFailed)
        assert failure.request is asked
        assert failure.message == "the projection process ended by itself (exit code -9) and was started again"
        worker.submit(refused(2))
        assert next_message(worker).request.generation == 2
        assert process_id() != killed
    finally:
        worker.close()
    assert processes() == before


def test_a_run_that_another_process_trains_is_read_and_not_trained(tiny, tmp_path) -> None:
    """The second one is refused in a sentence that says why, and reads what is there; the killed one holds nothing."""
    config, path = tiny(epochs=2), tmp_path / "run"
    with forking() as context:
        here, there = context.Pipe()
        process = context.Process(target=_train_and_wait, args=(there, config, path), daemon=True)
        process.start()
        there.close()
        try:
            assert here.poll(PATIENCE)
            assert here.recv() == "step 6"
            assert is_held(path)
            with pytest.raises(InputError, match="another process is training this run; stop that one first"):
                drive(config, path, resume=True)
            run = Run.open(path)
            assert [record.step for record in load_records(run)] == [1, 2, 3, 4, 5, 6]
            assert Verifier.load(run).step == 4
        finally:
            process.kill()
            process.join()
            here.close()
    assert not is_held(path)
    resumed = drive(config, path, resume=True)
    assert resumed.of(Started)[0].step == 4


def _train_and_wait(connection, config: RunConfig, path: Path) -> None:
    def wait() -> None:
        connection.send("step 6")
        signal.pause()

    drive(config, path, lambda controls: {6: wait})
