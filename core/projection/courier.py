"""The thread between a window that may not wait and a process that takes its time."""

import threading
from multiprocessing import get_context
from multiprocessing.connection import wait

from core.projection.child import Answer, Done, Error, Start, Task, WarmUp, serve
from core.projection.messages import (
    ProjectionFailed,
    ProjectionProgress,
    ProjectionRequest,
    ProjectionResult,
    WorkerMessage,
    WorkerReady,
)
from core.projection.pipe import send


class Courier:
    """Starts the process, carries tasks to it and messages back, and replaces it when it is to stop or has died.

    Sending large embeddings blocks until the process has read them, and starting one takes its time: hence a thread.
    A task is handed over only to a process that listens, so whatever waits can still be replaced.
    """

    def __init__(self) -> None:
        # Shared with the threads that give orders:
        self._lock = threading.Lock()
        self._waiting: ProjectionRequest | None = None
        self._warm_up_waits = False
        self._cancelled = False
        self._closing = False
        self._messages: list[WorkerMessage] = []
        self._bell_reader, self._bell = get_context("spawn").Pipe(duplex=False)
        self._bell_rung = False
        # The courier's own:
        self._process: _Process | None = None
        self._task: Task | None = None
        self._keep_warm = False

    def submit(self, request: ProjectionRequest) -> None:
        """Let a request wait, in place of the one that does."""
        with self._lock:
            self._refuse_when_closed()
            self._waiting = request
            self._ring()

    def warm_up(self) -> None:
        """Let a warm-up wait; requests go first, as they warm up too."""
        with self._lock:
            self._refuse_when_closed()
            self._warm_up_waits = True
            self._ring()

    def cancel(self) -> None:
        """Drop the waiting request and all answers to former ones; end the process if it draws one."""
        with self._lock:
            self._waiting = None
            self._cancelled = True
            self._messages = [message for message in self._messages if not _answers_request(message)]
            self._ring()

    def close(self) -> None:
        """Make `run` end."""
        with self._lock:
            self._ring()
            self._closing = True

    def take_messages(self) -> list[WorkerMessage]:
        """Messages since the last call, oldest first."""
        with self._lock:
            messages, self._messages = self._messages, []
        return messages

    def run(self) -> None:
        """Work until closed; the body of the thread."""
        self._start_process()
        while self._follow_orders():
            self._listen()
        self._stop_process()
        self._bell_reader.close()
        self._bell.close()

    def _refuse_when_closed(self) -> None:
        if self._closing:
            raise RuntimeError("the projection worker is closed")

    def _ring(self) -> None:
        """Wake the thread; called with the lock held. One ring at a time, so that the pipe cannot fill up."""
        if not self._bell_rung and not self._closing:
            self._bell_rung = True
            self._bell.send_bytes(b"!")

    def _follow_orders(self) -> bool:
        """Do what was ordered since the last time; False when it is to close."""
        with self._lock:
            if self._closing:
                return False
            to_stop = self._cancelled and isinstance(self._task, ProjectionRequest)
            self._cancelled = False
            to_start = self._process is None and (self._waiting is not None or self._warm_up_waits)
            task = self._next_task() if self._process is not None and self._task is None else None
        if to_stop:
            self._stop_process()
        if to_stop or to_start:
            self._start_process()
        if task is not None:
            self._hand_over(task)
        return True

    def _next_task(self) -> Task | None:
        request, self._waiting = self._waiting, None
        if request is not None:
            return request
        warm_up_waits, self._warm_up_waits = self._warm_up_waits, False
        return WarmUp() if warm_up_waits else None

    def _hand_over(self, task: Task) -> None:
        self._task = task
        self._keep_warm = self._keep_warm or isinstance(task, WarmUp)
        if self._process is not None:
            self._process.send(task)

    def _listen(self) -> None:
        """Wait for an order, an answer, or the end of the process."""
        process = self._process
        ready = wait([self._bell_reader, *(process.sources if process is not None else ())])
        if self._bell_reader in ready:
            with self._lock:
                self._bell_reader.recv_bytes()
                self._bell_rung = False
        if process is not None and set(process.sources) & set(ready):
            answer = process.receive()
            if answer is None:
                self._report_end()
            elif isinstance(answer, ProjectionProgress):
                self._publish(self._task, answer)
            else:
                task, self._task = self._task, None
                self._publish(task, _message(task, answer))

    def _publish(self, task: Task | None, message: WorkerMessage | None) -> None:
        with self._lock:
            unwanted = self._cancelled and isinstance(task, ProjectionRequest)
            if isinstance(message, ProjectionProgress):  # makes what was told before and not yet read void
                self._messages = [each for each in self._messages if not isinstance(each, ProjectionProgress)]
            if message is not None and not unwanted:
                self._messages.append(message)

    def _report_end(self) -> None:
        """Report that the process ended by itself, and start another."""
        task = self._task
        message = f"the projection process ended by itself (exit code {self._stop_process()})"
        if isinstance(task, Start):
            self._give_up(f"{message} before it could work")
            return
        if isinstance(task, WarmUp):
            self._keep_warm = False
        request = task if isinstance(task, ProjectionRequest) else None
        self._publish(task, ProjectionFailed(request, f"{message} and was started again", details=""))
        self._start_process()

    def _give_up(self, message: str) -> None:
        """Answer what waits by a failure, so that a process that cannot start is not started over and over."""
        with self._lock:
            request, self._waiting = self._waiting, None
            self._warm_up_waits = False
            self._messages.append(ProjectionFailed(request, message, details=""))

    def _start_process(self) -> None:
        try:
            self._process = _Process()
        except OSError as error:
            self._give_up(f"the projection process could not be started ({error})")
            return
        self._task = Start()
        if self._keep_warm:
            with self._lock:
                self._warm_up_waits = True

    def _stop_process(self) -> int | None:
        process, self._process, self._task = self._process, None, None
        return process.stop() if process is not None else None


class _Process:
    """One spawned process and the pipe to it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._connection, far_end = context.Pipe()
        # A daemon is ended at the parent's exit, should nobody have closed the worker.
        self._process = context.Process(target=serve, args=(far_end,), name="projection", daemon=True)
        self._process.start()
        # The pipe must have no second holder, or the death of the process would not close it.
        far_end.close()
        self.sources = (self._connection, self._process.sentinel)

    def send(self, task: Task) -> None:
        """Hand a task to a process that listens."""
        try:
            send(self._connection, task)
        except OSError:
            # It has died; `receive` finds out and has it reported.
            return

    def receive(self) -> Answer | None:
        """The answer that is there; None where the process has died without one."""
        try:
            answer: Answer | None = self._connection.recv() if self._connection.poll() else None
        except (EOFError, OSError):
            return None
        return answer

    def stop(self) -> int | None:
        """End the process at once and return its exit code."""
        self._process.kill()
        self._process.join()
        exit_code = self._process.exitcode
        self._process.close()
        self._connection.close()
        return exit_code


def _answers_request(message: WorkerMessage) -> bool:
    if isinstance(message, ProjectionProgress):
        return True
    return not isinstance(message, WorkerReady) and message.request is not None


def _message(task: Task | None, answer: Done | Error) -> WorkerMessage | None:
    """What the window hears of an answer."""
    request = task if isinstance(task, ProjectionRequest) else None
    if isinstance(answer, Error):
        return ProjectionFailed(request, answer.message, answer.details)
    if request is not None and answer.layout is not None:
        answer.layout.flags.writeable = False
        return ProjectionResult(request, answer.layout, answer.seconds)
    return WorkerReady(answer.seconds) if isinstance(task, WarmUp) else None
