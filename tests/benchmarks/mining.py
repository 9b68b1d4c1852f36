"""Speed of every loss and mining mode beside pytorch-metric-learning's, forward and backward, D = 128.

    python -m tests.benchmarks.mining [--names triplet ...] [--batches 64/8 512/256 ...] [--threads 1]
    python -m tests.benchmarks.mining --step [--backbones small resnet18]      whole training steps, B = 64
    python -m tests.benchmarks.mining --memory                                 peak memory at B = 4,096

A batch is images/images of a class. Ours and the peer alternate within one process; each line gives the medians, all
ratios and their median. Ratios below 1: ours is faster. With one thread, times are those of the processor. The peer is
left out where it would hold more than 4 GB.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from core.models.multi_task import MultiTaskModel
from tests.benchmarks.methods import METHODS, Method, value_of
from tests.benchmarks.report import report, report_pairs

BATCHES = ("64/8", "128/8", "256/8", "512/8", "1024/8", "512/256")
DIM = 128
MOST_BYTES = 4e9
SECONDS = 1.0
"""Time for the pairs of one line; at least `FEWEST` pairs are measured unless one takes long, at most `MOST`."""
LONG = 3.0
FEWEST, MOST = 3, 41
STEP_CLASSES = 16
STEP_IMAGES = 64


def batch(size: int, members: int) -> tuple[Tensor, Tensor]:
    """Unit embeddings [B, D] that loosely follow their classes, as after some training."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(size) // members
    centres = torch.randn(size // members, DIM, generator=generator)
    return normalize(centres[labels] + 1.5 * torch.randn(size, DIM, generator=generator)), labels


def loss_step(loss: nn.Module, embeddings: Tensor, labels: Tensor) -> Callable[[], None]:
    """Forward and backward of one loss."""
    leaf = embeddings.clone().requires_grad_()
    weights = [leaf, *loss.parameters()]

    def run() -> None:
        for weight in weights:
            weight.grad = None
        value_of(loss(leaf, labels)).backward()  # type: ignore[no-untyped-call]

    return run


def training_step(loss: nn.Module, backbone: str) -> Callable[[], None]:
    """One whole step of a model with this loss, its update included."""
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(STEP_IMAGES, 3, 64, 64, generator=generator).to(memory_format=torch.channels_last)
    labels = torch.arange(STEP_IMAGES) % STEP_CLASSES
    torch.manual_seed(0)
    model = MultiTaskModel(backbone, 0, DIM, segmentation=False)  # type: ignore[arg-type]
    model = model.to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.AdamW([*model.parameters(), *loss.parameters()], lr=1e-4, fused=True)

    def run() -> None:
        value = value_of(loss(model(images).embedding, labels))
        optimizer.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        value.item()

    return run


def seconds_of(run: Callable[[], None]) -> float:
    """Time of one call: of the processor with one thread, so that other processes count less; else of the clock."""
    now = time.thread_time if torch.get_num_threads() == 1 else time.perf_counter
    begun = now()
    run()
    return now() - begun


def alternating(ours: Callable[[], None], peer: Callable[[], None], seconds: float) -> Iterator[tuple[float, float]]:
    """Milliseconds of both, in turn, after a first call of each that does not count."""
    ours()
    peer()
    begun = time.perf_counter()
    for count in range(MOST):
        past = time.perf_counter() - begun
        if (count >= FEWEST and past > seconds) or past > LONG * seconds:
            return
        yield 1e3 * seconds_of(ours), 1e3 * seconds_of(peer)


def compare_losses(name: str, method: Method, size: int, members: int) -> None:
    """Print one line of one loss."""
    classes = size // members
    ours = loss_step(method.ours(classes, DIM), *batch(size, members))
    title, more = f"{name}, {size}/{members}", {"threads": torch.get_num_threads()}
    left_out = None if method.peer is None else method.peer_bytes(size, classes)
    if method.peer is None or method.peer_bytes(size, classes) > MOST_BYTES:
        ours()
        alone = statistics.median(1e3 * seconds_of(ours) for _ in range(FEWEST))
        reason = "the peer has none" if left_out is None else f"the peer would hold {left_out / 1e9:.0f} GB"
        report(title, alone, None, "ms", peer_left_out=reason, **more)
        return
    peer = loss_step(method.peer(classes, DIM), *batch(size, members))
    report_pairs(title, list(alternating(ours, peer, SECONDS)), "ms", **more)


def compare_steps(name: str, method: Method, backbone: str) -> None:
    """Print one line of whole steps with one loss."""
    if method.peer is None:
        return
    ours, peer = (training_step(make(STEP_CLASSES, DIM), backbone) for make in (method.ours, method.peer))
    pairs = list(alternating(ours, peer, 4 * SECONDS))
    report_pairs(f"step, {backbone}, {name}", pairs, "ms", threads=torch.get_num_threads())


def print_peak(name: str) -> None:
    """Bytes that forward and backward at B = 4,096 took above all that the process held before; for a fresh process."""
    loss = METHODS[name].ours(4096 // 8, DIM)
    loss_step(loss, *batch(64, 8))()
    run = loss_step(loss, *batch(4096, 8))
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    run()
    print(json.dumps(1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))


def compare_memory(name: str) -> None:
    """Print peak memory of ours beside what the peer's tensors alone would take."""
    command = [sys.executable, "-m", "tests.benchmarks.mining", "--peak", name]
    peak = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    peer = METHODS[name].peer_bytes(4096, 4096 // 8)
    report(f"peak memory, {name}, 4096/8", peak / 1e9, peer / 1e9 if peer else None, "GB", peer_is="an estimate")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", nargs="+", default=[""], help="parts of names")
    parser.add_argument("--batches", nargs="+", default=BATCHES, help="images/images of a class")
    parser.add_argument("--backbones", nargs="+", default=["small", "resnet18"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--step", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--peak", help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.peak:
        print_peak(options.peak)
        return
    chosen = {name: method for name, method in METHODS.items() if any(part in name for part in options.names)}
    for name, method in chosen.items():
        if options.memory:
            compare_memory(name)
        elif options.step:
            for backbone in options.backbones:
                compare_steps(name, method, backbone)
        else:
            for size, members in (map(int, text.split("/")) for text in options.batches):
                compare_losses(name, method, size, members)


if __name__ == "__main__":
    main()
