"""Training speed against bare steps with the same model, data and losses, and against pytorch-metric-learning.

    python -m tests.benchmarks.training                      headless, small and resnet18
    python -m tests.benchmarks.training --device cuda --backbones resnet50 --image-size 128 --classes 32 \
        --samples 8 --epochs 20 --workers 8                  on a GPU, in bf16; also how busy it is
    python -m tests.benchmarks.training --window             the same run inside the window (offscreen, PCA map)
    python -m tests.benchmarks.training --live               window, probe set and live UMAP, first step to last

Ours and the peers alternate within one process; each line gives the medians, all ratios and their median. "bare" goes
through the same batches, "resident" through one that stays where it is, "pml" is the usual loop with a DataLoader.
"""

import argparse
import json
import math
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from pathlib import Path

import torch
from torch.profiler import ProfilerActivity, profile

from core.config import RunConfig, make_config
from core.process import keeping_freed_memory
from core.runs import Run
from core.training.preparation import PreparedData, build_trainer, prepare_data
from core.training.records import PHASES
from core.training.session import train
from core.training.step_clock import StepTimes
from core.training.timing import Stopwatch
from tests.benchmarks.report import report_pairs
from tests.benchmarks.training_peers import bare_steps, metric_learning_loop, warm_up

Measure = Callable[[RunConfig, Path], float]
"""Images a second of one run."""

PROFILED = 30
"""Steps whose phases are reported."""
EPOCHS = {"small": 3, "resnet18": 1}
EPOCHS_LIVE = {"small": 6, "resnet18": 3}
"""Several looks at the probe set, and a map of each."""


def headless(config: RunConfig, folder: Path) -> float:
    """Images a second of `core.train`, its records, events and files included."""
    return warm_speed(train(config, folder / "run"))


def warm_speed(run: Run) -> float:
    """Images a second by the clock of training, without the first steps, which are not counted of a peer either."""
    lines = run.metrics()[warm_up(torch.device(run.config.device)) - 1 :]
    steps = int(lines[-1]["step"]) - int(lines[0]["step"])
    return steps * batch_size(run) / (float(lines[-1]["time"]) - float(lines[0]["time"]))


def batch_size(run: Run) -> int:
    """Images of a step, which are fewer than was asked for where there are fewer classes."""
    return int(next(event["batch_size"] for event in run.events() if event["event"] == "started"))


class InWindow:
    """Runs in one window that stays open."""

    def __init__(self, method: str, whole: bool) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtCore import QSettings
        from PySide6.QtWidgets import QApplication

        from explorer.main_window import MainWindow
        from explorer.settings import Settings
        from tests.benchmarks.waiting import live, wait_for

        self._application = QApplication.instance() or QApplication([])
        self._folder = tempfile.TemporaryDirectory()
        store = QSettings(f"{self._folder.name}/settings.ini", QSettings.Format.IniFormat)
        self._window = MainWindow(Settings(store), Path(self._folder.name))
        self._whole = whole
        ready: list[bool] = []
        self._window.ready.connect(lambda: ready.append(True))
        self._window.show()
        self._window.build_next()
        wait_for(lambda: bool(ready), 120)
        self._window.bridges.maps.set_method(method)  # type: ignore[arg-type]
        self._window.bridges.expect_run(lambda failure: print(failure.message))
        live(30)  # UMAP is compiled behind the window meanwhile

    def __call__(self, config: RunConfig, folder: Path) -> float:
        from tests.benchmarks.waiting import wait_for

        ended: list[object] = []
        training = self._window.bridges.training
        training.finished.connect(ended.append)
        self._window.panels.setup.set_settings(config)
        moments: list[float] = []
        connection = training.stepped.connect(lambda steps: moments.extend([time.perf_counter()] * len(steps)))
        self._window.run.start()
        wait_for(lambda: bool(ended), 1800)
        training.stepped.disconnect(connection)
        wait_for(lambda: not self._window.bridges.maps.busy, 600)  # the peer has the machine for itself
        run = Run.open(ended[0].result["run"])  # type: ignore[attr-defined]
        if not self._whole:
            return warm_speed(run)
        # From step to step, whatever came between them; the look at the end comes after the last.
        return (len(run.metrics()) - 1) * batch_size(run) / (moments[-1] - moments[0])

    def close(self) -> None:
        """End what the window runs behind it."""
        self._window.close()
        self._folder.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--backbones", nargs="+", default=["small", "resnet18"])
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--image-size", type=int, default=64)
    parser.add_argument("--classes", type=int, default=16)
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--workers", type=int, default=0, help="of the peer's DataLoader")
    options = parser.parse_args()
    with ExitStack() as at_the_end:
        ours: Measure = headless
        name = "headless"
        if options.window or options.live:
            ours = window = InWindow("umap" if options.live else "pca", whole=options.live)
            at_the_end.callback(window.close)
            name = "live map and probe set" if options.live else "window open, UMAP idle"
        for backbone in options.backbones:
            epochs = options.epochs or (EPOCHS_LIVE if options.live else EPOCHS)[backbone]
            settings = {
                "data": "digits",
                "backbone": backbone,
                "epochs": epochs,
                "device": options.device,
                "image_size": options.image_size,
                "classes_per_batch": options.classes,
                "samples_per_class": options.samples,
            }
            measure(make_config(settings), f"training, {name}, {backbone}", ours, options.pairs, options.workers)


def measure(config: RunConfig, name: str, ours: Measure, rounds: int, workers: int) -> None:
    """Report images a second of ours and of each peer, measured in turn."""
    device = torch.device(config.device)
    prepared = prepare_data(config, device, lambda event: None, lambda: False)
    peers: dict[str, Callable[[], float]] = {
        "bare": lambda: bare_steps(config, prepared, device),
        "resident": lambda: bare_steps(config, prepared, device, resident=True),
        "pml": lambda: metric_learning_loop(config, prepared, device, workers),
    }
    bare_steps(config.model_copy(update={"epochs": 1}), prepared, device)
    found: dict[str, list[tuple[float, float]]] = {peer: [] for peer in peers}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            mine = ours(config, Path(folder))
        for peer, speed in peers.items():
            with keeping_freed_memory():  # as ours does
                found[peer].append((mine, speed()))
    for peer, pairs in found.items():
        report_pairs(f"{name}, against {peer}", pairs, "images/s", threads=torch.get_num_threads())
    report_phases(config, prepared, device)


def report_phases(config: RunConfig, prepared: PreparedData, device: torch.device) -> None:
    """Print the shares of a step's phases, and of a GPU the share of the time in which it computes."""
    trainer = build_trainer(config, prepared, device)
    trainer.stopwatch.run()
    begun_at = warm_up(device)
    for step in range(begun_at):
        trainer.step(prepared.batches.batch(step), config.hyperparameters)
    # A watch that stands still, so that nothing is told, and taken out of the sum, before the end.
    trainer.times, trainer.stopwatch = StepTimes(), Stopwatch()
    activities = [ProfilerActivity.CUDA] if device.type == "cuda" else [ProfilerActivity.CPU]
    with profile(activities=activities) if device.type == "cuda" else nullcontext() as profiler:
        begun = time.perf_counter()
        for step in range(begun_at, begun_at + PROFILED):
            trainer.advance(prepared.batches.batch(step), config.hyperparameters)
        trainer.flush()
        if device.type == "cuda":
            torch.cuda.synchronize()
        seconds = time.perf_counter() - begun
    told = trainer.times.tell(math.inf)
    assert told is not None
    whole = sum(getattr(told, phase) for phase in PHASES)
    shares = {phase: round(getattr(told, phase) / whole, 4) for phase in PHASES}
    print(json.dumps({"name": f"phases of a step, {config.backbone}", "ms": round(1e3 * whole, 3), **shares}))
    if profiler is not None:
        print(json.dumps({"name": "device busy", "share": round(busy_seconds(profiler) / seconds, 4)}))


def busy_seconds(profiler: profile) -> float:
    """Seconds in which at least one kernel or copy ran."""
    spans = sorted((event.time_range.start, event.time_range.end) for event in profiler.events())
    busy, until = 0.0, -math.inf
    for start, end in spans:
        busy += max(0.0, end - max(start, until))
        until = max(until, end)
    return busy / 1e6


if __name__ == "__main__":
    main()
