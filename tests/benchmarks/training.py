"""Training speed against a bare loop with the same model, data and losses.

    python -m tests.benchmarks.training                      headless, small and resnet18
    python -m tests.benchmarks.training --window             the same run inside the window (offscreen, PCA map)
    python -m tests.benchmarks.training --live               window, probe set and live UMAP, first step to last

Ours and the peer alternate within one process; each line gives the medians, all ratios and their median.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import torch

from core.config import RunConfig, make_config
from core.hyperparameters import Hyperparameters
from core.losses.multi_task import TaskWeights, multi_task_loss
from core.losses.triplet import TripletLoss
from core.models.multi_task import MultiTaskModel
from core.training.preparation import PreparedData, prepare_data
from core.training.session import train
from core.training.trainer import parameter_groups
from tests.benchmarks.report import report_pairs

Measure = Callable[[RunConfig, Path], float]
"""Images a second of one run."""

EPOCHS = {"small": 3, "resnet18": 1}
EPOCHS_LIVE = {"small": 6, "resnet18": 3}
"""Several looks at the probe set, and a map of each."""


def bare_loop(config: RunConfig, prepared: PreparedData) -> float:
    """Images a second of forward, losses, backward and update, written down with nothing around them."""
    torch.manual_seed(config.seed)
    model = MultiTaskModel(
        config.backbone, len(prepared.split.training_classes), config.embedding_dim, prepared.data.masks is not None
    ).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(parameter_groups(model, config.weight_decay), lr=1e-3, fused=True)
    metric_loss, settings = TripletLoss(), Hyperparameters()
    weights = TaskWeights(settings.alpha, settings.beta, settings.gamma)
    steps = config.epochs * prepared.batches.batches_per_epoch
    model.train()
    begun = time.perf_counter()
    for step in range(steps):
        batch = prepared.batches.batch(step)
        losses = multi_task_loss(
            model(batch.images),
            labels=batch.labels,
            masks=batch.masks,
            has_mask=batch.has_mask,
            metric_loss=metric_loss,
            weights=weights,
        )
        optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        optimizer.step()
        losses.total.item()
    return steps * prepared.batches.batch_size / (time.perf_counter() - begun)


def headless(config: RunConfig, folder: Path) -> float:
    """Images a second of `core.train`, its records, events and files included."""
    result = train(config, folder / "run").result()
    assert result is not None
    return float(result["images_per_second"])


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
        result = ended[0].result  # type: ignore[attr-defined]
        if not self._whole:
            return float(result["images_per_second"])
        # From step to step, whatever came between them; the look at the end comes after the last.
        return (result["steps"] - 1) * config.batch_size / (moments[-1] - moments[0])

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
    options = parser.parse_args()
    with ExitStack() as at_the_end:
        ours: Measure = headless
        name = "headless"
        if options.window or options.live:
            ours = window = InWindow("umap" if options.live else "pca", whole=options.live)
            at_the_end.callback(window.close)
            name = "live map and probe set" if options.live else "window open, UMAP idle"
        for backbone in options.backbones:
            epochs = (EPOCHS_LIVE if options.live else EPOCHS)[backbone]
            pairs = alternating_pairs(backbone, epochs, options.pairs, ours)
            report_pairs(f"training, {name}, {backbone}", pairs, "images/s", threads=torch.get_num_threads())


def alternating_pairs(backbone: str, epochs: int, count: int, ours: Measure) -> list[tuple[float, float]]:
    """Images a second of ours and of the bare loop, measured in turn."""
    config = make_config({"data": "digits", "backbone": backbone, "epochs": epochs})
    prepared = prepare_data(config, torch.device("cpu"), lambda event: None, lambda: False)
    bare_loop(config.model_copy(update={"epochs": 1}), prepared)
    pairs = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder:
            mine = ours(config, Path(folder))
        pairs.append((mine, bare_loop(config, prepared)))
    return pairs


if __name__ == "__main__":
    main()
