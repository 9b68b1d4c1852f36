"""What stands in for core in tests of the window: hand-made results; a session, worker and model that do as told."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.config import RunConfig
from core.data.dataset import Problem
from core.evaluation.curve import VerificationCurve
from core.hyperparameters import Hyperparameters
from core.projection.messages import (
    ProjectionFailed,
    ProjectionProgress,
    ProjectionRequest,
    ProjectionResult,
    WorkerMessage,
)
from core.training.records import (
    DataSummary,
    Event,
    Finished,
    ModelSnapshot,
    Started,
    StepRecord,
    TrainingSnapshot,
)

NAMES = tuple(f"{'ab'[i % 2]}/{i}.png" for i in range(8))


def step(number: int) -> StepRecord:
    return StepRecord(
        step=number,
        epoch=(number - 1) // 10 + 1,
        time=0.5 * number,
        total=1.0 / number,
        cls=0.5 / number,
        seg=None,
        metric=0.5 / number,
        learning_rate=1e-3,
        active_fraction=0.25,
    )


def summary(**changes: object) -> DataSummary:
    values: dict[str, object] = {
        "name": "drawn",
        "classes": ("a", "b"),
        "sample_names": NAMES,
        "images": 8,
        "masks": 0,
        "training_images": 4,
        "held_out_images": 4,
        "training_classes": 2,
        "held_out_classes": 2,
        "open_set": False,
        "problems": (),
        "notes": (),
        **changes,
    }
    return DataSummary(**values)  # type: ignore[arg-type]


def started(run_dir: Path = Path("run"), **changes: object) -> Started:
    return Started(
        run_dir=run_dir,
        step=0,
        total_steps=40,
        steps_per_epoch=10,
        batch_size=64,
        device="cpu",
        backbone="small",
        data=summary(**changes),
        hyperparameters=Hyperparameters(),
    )


def problem(number: int) -> Problem:
    return Problem(f"a/{number}.png", "the file is empty")


def finished(number: int = 40, *, stopped: bool = False, run: Path = Path("run")) -> Finished:
    return Finished(step=number, stopped=stopped, result={"run": str(run)})


def curve(shift: float = 0.0) -> VerificationCurve:
    """200 genuine pairs below 0.3, 200 impostor pairs from 0.2 on: FPR 1 % is the second nearest impostor."""
    return VerificationCurve(genuine=np.linspace(0.0, 0.3, 200) + shift, impostor=np.linspace(0.2, 1.0, 200) + shift)


def snapshot(number: int = 10, *, curve: VerificationCurve | None = None, count: int = 8) -> TrainingSnapshot:
    random = np.random.default_rng(number)
    embeddings = random.standard_normal((count, 4)).astype(np.float32)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    return TrainingSnapshot(
        step=number,
        epoch=1,
        embeddings=embeddings,
        labels=np.arange(count) % 2,
        sample_ids=np.arange(count),
        held_out=np.arange(count) < count // 2,
        curve=curve,
        classification_accuracy=0.5,
        held_out_total=count // 2,
        open_set=False,
    )


class StandInSession:
    """A training session whose thread does what the test says."""

    def __init__(self, config: RunConfig | None = None, run_dir: Path = Path("run")) -> None:
        self.config, self.run_dir = config, run_dir
        self.alive = False
        self.asked: list[object] = []
        self.seen: object = None
        """From where on it follows another process's run."""
        self._events: list[Event] = []
        self._steps: list[StepRecord] = []
        self._snapshot: TrainingSnapshot | None = None
        self._weights: ModelSnapshot | None = None

    # --- what the test says

    def report(self, *events: Event) -> None:
        self._events.extend(events)

    def train(self, *numbers: int) -> None:
        self._steps.extend(step(number) for number in numbers)

    def look(self, found: TrainingSnapshot) -> None:
        self._snapshot = found

    def give_weights(self, number: int) -> None:
        self._weights = ModelSnapshot(number, {})

    def end(self, *events: Event) -> None:
        self._events.extend(events)
        self.alive = False

    # --- what the bridge asks

    def start(self) -> None:
        self.alive = True
        self.asked.append("start")

    def pause(self) -> None:
        self.asked.append("pause")

    def resume(self) -> None:
        self.asked.append("resume")

    def stop(self, *, evaluate: bool = True) -> None:
        self.asked.append("stop" if evaluate else "stop at once")

    def apply(self, values: Hyperparameters) -> None:
        self.asked.append(values)

    def request_weights(self) -> None:
        self.asked.append("weights")

    def leave(self) -> None:
        self.asked.append("leave")
        self.alive = False

    def join(self) -> bool:
        self.asked.append("join")
        self.alive = False
        return True

    def records_since(self, cursor: int) -> tuple[list[StepRecord], int]:
        return self._steps[cursor:], len(self._steps)

    def take_events(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def take_snapshot(self) -> TrainingSnapshot | None:
        found, self._snapshot = self._snapshot, None
        return found

    def take_weights(self) -> ModelSnapshot | None:
        found, self._weights = self._weights, None
        return found


class StandInWorker:
    """A projection process that answers when the test says so."""

    def __init__(self) -> None:
        self.requests: list[ProjectionRequest] = []
        self.asked: list[str] = []
        self._messages: list[WorkerMessage] = []

    def answer(self, request: ProjectionRequest | None = None, seconds: float = 1.0) -> NDArray[np.float32]:
        """Draw the newest request, or the one given; the layout tells which it was."""
        request = request or self.requests[-1]
        layout = request.embeddings[:, :2] + np.float32(request.generation)
        self._messages.append(ProjectionResult(request, layout, seconds))
        return layout

    def tell(self, stage: str, share: float | None, request: ProjectionRequest | None = None) -> None:
        """Say how far the newest request is, or the one given."""
        generation = (request or self.requests[-1]).generation
        self._messages.append(ProjectionProgress(generation, stage, share))

    def fail(self, request: ProjectionRequest | None, message: str = "the projection process ended") -> None:
        self._messages.append(ProjectionFailed(request, message, "traceback"))

    def start(self) -> None:
        self.asked.append("start")

    def warm_up(self) -> None:
        self.asked.append("warm up")

    def submit(self, request: ProjectionRequest) -> None:
        self.requests.append(request)

    def cancel(self) -> None:
        self.asked.append("cancel")

    def close(self) -> None:
        self.asked.append("close")

    def poll(self) -> list[WorkerMessage]:
        messages, self._messages = self._messages, []
        return messages


class StandInReading:
    def __init__(self, embedding: NDArray[np.float32]) -> None:
        self.embedding = embedding
        self.class_name, self.confidence, self.mask = "a", 0.75, None


class StandInVerifier:
    """Looks at the mean brightness only, and waits for the gate if there is one."""

    def __init__(
        self, step: int, gate: threading.Event | None = None, error: Exception | None = None, *, size: int = 4
    ) -> None:
        self.step, self._size = step, size
        self.compared_by: object = None
        self._gate, self._error = gate, error

    def compare_by(self, distance: object, curve: VerificationCurve | None, parts: object = None) -> None:
        self.compared_by = distance

    def read(self, pixels: NDArray[np.uint8]) -> StandInReading:
        if self._gate is not None:
            self._gate.wait(10)
        if self._error is not None:
            raise self._error
        return StandInReading(np.append(np.float32(pixels.mean()), np.zeros(self._size - 1, np.float32)))

    def distance(self, a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
        return float(abs(a - b)[0]) / 255

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.full((1, 4), pixels.mean() / 255, np.float32)

    def probability(self, distance: float) -> float:
        return 1.0 - distance

    def calibration(self) -> "StandInCalibration":
        return StandInCalibration()


class StandInCalibration:
    method = "isotonic"

    def probability(self, distance: float) -> float:
        return 1.0 - distance


class Clock:
    """Shows the seconds that a test says."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def heard(*signals: tuple[str, object]) -> list[tuple[object, ...]]:
    """Connect signals; the list grows by (name, *arguments) with each emission."""
    found: list[tuple[object, ...]] = []

    def listener(name: str) -> Callable[..., None]:
        return lambda *arguments: found.append((name, *arguments))

    for name, signal in signals:
        signal.connect(listener(name))  # type: ignore[attr-defined]
    return found


def names(found: Sequence[tuple[object, ...]]) -> list[object]:
    return [each[0] for each in found]
