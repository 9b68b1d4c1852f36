"""The worker with real processes: answers, replacement, cancelling, dying, ending."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from core.projection import project
from core.projection.messages import (
    ProjectionFailed,
    ProjectionProgress,
    ProjectionRequest,
    ProjectionResult,
    WorkerReady,
)
from core.projection.worker import ProjectionWorker

pytestmark = pytest.mark.long
PATIENCE = 120.0
POINTS = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)


def request(generation=0, points=POINTS, method="pca", **options):
    return ProjectionRequest(generation, points, np.arange(len(points)), method, **options)


def refused(generation=0):
    """A request that is answered at once, by a failure, without importing torch in a new process."""
    return request(generation, method="mds")


def wait_until(predicate):
    """First true answer of a predicate that is asked again and again."""
    tick, end = threading.Event(), time.monotonic() + PATIENCE
    while not (answer := predicate()):
        assert time.monotonic() < end, "nothing happened"
        tick.wait(0.01)
    return answer


def next_message(worker):
    """The next one that is no progress."""
    messages = wait_until(lambda: [each for each in worker.poll() if not isinstance(each, ProjectionProgress)])
    assert len(messages) == 1
    return messages[0]


def processes():
    return {child for child in multiprocessing.active_children() if child.name == "projection"}


def process_id():
    (process,) = wait_until(processes)
    return process.pid


def draws(worker):
    """Whether the process has a request in hand; not public, and nothing but this test needs it."""
    return isinstance(worker._courier._task, ProjectionRequest)


@pytest.fixture(scope="module")
def shared_worker():
    worker = ProjectionWorker()
    worker.start()
    yield worker
    worker.close()


@pytest.fixture
def worker(shared_worker):
    yield shared_worker
    shared_worker.cancel()


@pytest.fixture
def own_worker():
    worker = ProjectionWorker()
    yield worker
    worker.close()


def test_result_carries_its_request(worker):
    asked = request(7)
    worker.submit(asked)
    result = next_message(worker)
    assert isinstance(result, ProjectionResult)
    assert result.request is asked
    np.testing.assert_allclose(result.layout, project(POINTS, "pca"), atol=1e-5)
    assert not result.layout.flags.writeable
    assert result.seconds > 0


def test_progress_comes_before_the_result_and_only_the_newest_is_kept(worker):
    asked = request(9, np.random.default_rng(0).normal(size=(300, 8)).astype(np.float32), "tsne")
    worker.submit(asked)
    told = []
    wait_until(lambda: told.extend(worker.poll()) or isinstance(told[-1] if told else None, ProjectionResult))
    assert len(told) > 1
    assert all(isinstance(each, ProjectionProgress) and each.generation == 9 for each in told[:-1])
    assert told[0].stage == "finding neighbours"
    worker.submit(asked)
    wait_until(lambda: any(isinstance(each, ProjectionResult) for each in worker._courier._messages))
    assert [type(each) for each in worker.poll()] == [ProjectionProgress, ProjectionResult]


def test_initial_layout_and_method_arrive(worker):
    initial = -project(POINTS, "pca")
    worker.submit(request(initial=initial))
    np.testing.assert_allclose(next_message(worker).layout, initial, atol=1e-5)


def test_bad_request_is_reported_and_the_process_goes_on(worker):
    asked = request(points=np.full((5, 2), np.nan, np.float32))
    process = process_id()
    worker.submit(asked)
    failure = next_message(worker)
    assert isinstance(failure, ProjectionFailed)
    assert failure.request is asked
    assert failure.message == "embeddings: must be finite numbers, found 10 that are not"
    assert "ValueError" in failure.details
    worker.submit(request())
    assert isinstance(next_message(worker), ProjectionResult)
    assert process_id() == process


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="priorities are POSIX")
def test_process_yields_to_training_and_ignores_control_c(worker):
    worker.submit(request())
    next_message(worker)
    process = process_id()
    assert os.getpriority(os.PRIO_PROCESS, process) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
    os.kill(process, signal.SIGINT)
    worker.submit(request())
    assert isinstance(next_message(worker), ProjectionResult)
    assert process_id() == process


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes are stopped the POSIX way")
def test_no_call_waits_for_the_process(worker):
    worker.submit(request())
    next_message(worker)
    process = process_id()
    os.kill(process, signal.SIGSTOP)
    large = np.zeros((50_000, 64), np.float32)
    large[0, 0] = 1.0
    worker.submit(request(1, large))
    wait_until(lambda: draws(worker))
    worker.submit(request(2))
    worker.submit(request(3))
    assert worker.poll() == []
    os.kill(process, signal.SIGCONT)
    answers = []
    wait_until(lambda: answers.extend(worker.poll()) or len(answers) == 2)
    assert [answer.request.generation for answer in answers] == [1, 3]


def test_cancel_drops_unread_results(worker):
    worker.submit(request())
    wait_until(lambda: worker._courier._messages)
    worker.cancel()
    assert worker.poll() == []


def test_cancel_ends_a_process_at_work_and_starts_another(worker):
    process = process_id()
    worker.submit(request(1, np.random.default_rng(0).normal(size=(20_000, 64)).astype(np.float32), "tsne"))
    wait_until(lambda: draws(worker))
    worker.cancel()
    worker.submit(refused(2))
    assert next_message(worker).request.generation == 2
    assert process_id() != process


def test_a_killed_process_is_reported_and_replaced(worker):
    worker.submit(refused())
    next_message(worker)
    process = process_id()
    os.kill(process, signal.SIGKILL)
    failure = next_message(worker)
    assert isinstance(failure, ProjectionFailed)
    assert failure.request is None
    assert failure.message == "the projection process ended by itself (exit code -9) and was started again"
    asked = refused()
    worker.submit(asked)
    assert next_message(worker).request is asked
    assert process_id() != process


def test_only_the_newest_waiting_request_is_answered(own_worker):
    for generation in range(3):
        own_worker.submit(refused(generation))
    own_worker.start()
    assert next_message(own_worker).request.generation == 2
    own_worker.close()
    assert own_worker.poll() == []


def test_a_process_that_cannot_come_up_is_not_started_over_and_over(own_worker, monkeypatch):
    monkeypatch.setattr("core.projection.courier.serve", os.abort)
    asked = request()
    own_worker.submit(asked)
    own_worker.start()
    failure = next_message(own_worker)
    assert failure.request is asked
    assert "ended by itself" in failure.message
    assert "before it could work" in failure.message
    own_worker.close()
    assert own_worker.poll() == []


def test_close_ends_process_and_thread(own_worker):
    others = processes()
    own_worker.start()
    wait_until(lambda: processes() - others)
    own_worker.close()
    assert processes() == others
    own_worker.close()
    own_worker.cancel()
    assert not own_worker._thread.is_alive()
    with pytest.raises(RuntimeError, match="closed"):
        own_worker.submit(request())


def test_close_without_start():
    ProjectionWorker().close()


PARENT = """
import multiprocessing, os, threading
from core.projection.worker import ProjectionWorker

if __name__ == "__main__":
    worker = ProjectionWorker()
    worker.start()
    while not (worker._courier._process and worker._courier._task is None):
        threading.Event().wait(0.01)
    print("up", flush=True)
    threading.Event().wait()
"""


def test_process_ends_with_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout.readline() == b"up\n"
        parent.kill()
        # The child holds the other end as well: the pipe ends when both are gone.
        assert parent.stdout.read() == b""


def test_nothing_heavy_is_imported_in_the_parent():
    code = "import sys, core.projection.worker; print({'torch', 'umap', 'numba', 'sklearn'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


@pytest.mark.slow
def test_warm_up_is_announced_and_repeated_after_cancel(own_worker):
    own_worker.start()
    own_worker.warm_up()
    assert isinstance(next_message(own_worker), WorkerReady)
    own_worker.submit(request(1, np.random.default_rng(0).normal(size=(20_000, 32)).astype(np.float32), "umap"))
    wait_until(lambda: draws(own_worker))
    own_worker.cancel()
    assert isinstance(next_message(own_worker), WorkerReady)
    own_worker.submit(request(2, method="umap"))
    assert next_message(own_worker).request.generation == 2
