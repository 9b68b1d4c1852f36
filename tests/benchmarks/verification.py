"""The curve over all pairs, against scikit-learn's roc_curve on all of them.

    python -m tests.benchmarks.verification                        10,000 x 128: 50 million pairs, both
    python -m tests.benchmarks.verification --embeddings 100000    ours alone: 5 billion pairs

Prints JSON lines: seconds of both, by the clock and of the processor, what ours needs above the embeddings, and what a
move of the threshold costs. Memory is that of a process of its own. Ours works on all cores, scikit-learn on one: where
a machine has other things to do, read the processor's seconds, of which ours are shared out.
"""

import argparse
import multiprocessing
import resource
import time

import numpy as np

from tests.benchmarks.report import report

FPRS = (0.05, 0.01, 0.001)


def embeddings(count: int, size: int = 10, dim: int = 128) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors float32 of `count / size` identities."""
    generator = np.random.default_rng(0)
    centres = generator.normal(size=(count // size, dim)).astype(np.float32)
    x = np.repeat(centres, size, axis=0) + 1.2 * generator.normal(size=(count, dim)).astype(np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True), np.repeat(np.arange(count // size), size)


def ours(count: int, repeats: int) -> dict[str, float | list[float]]:
    """Median seconds (clock and processor), MB above the embeddings, milliseconds of a move, and operating points."""
    from core.evaluation.verification import verification_curve

    x, y = embeddings(count)
    verification_curve(*embeddings(4_000))  # compiled once and cached, like any library
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, processor = [], []
    for _ in range(repeats):
        begun, used = time.perf_counter(), time.process_time()
        curve = verification_curve(x, y)
        points = [curve.tpr_at_fpr(fpr) for fpr in FPRS]
        seconds.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    moves = []
    for threshold in np.linspace(0.1, 1.0, 101):
        begun = time.perf_counter()
        snapped = curve.snapped(float(threshold))
        curve.at_threshold(snapped)
        curve.confusion_at(snapped)
        moves.append(time.perf_counter() - begun)
    return {
        "seconds": float(np.median(seconds)),
        "processor": float(np.median(processor)),
        "mb": grown,
        "move_ms": 1_000 * float(np.median(moves)),
        "tpr": [point.tpr for point in points],
        "threshold": [point.threshold for point in points],
    }


def peer(count: int) -> dict[str, float | list[float]]:
    """As `ours`, by building all pairs and sorting them in scikit-learn."""
    from sklearn.metrics import roc_curve

    x, y = embeddings(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, used = time.perf_counter(), time.process_time()
    rows, columns = np.triu_indices(count, 1)
    unit = x / np.linalg.norm(x.astype(np.float64), axis=1, keepdims=True)
    scores = (unit @ unit.T)[rows, columns]
    fpr, tpr, thresholds = roc_curve(y[rows] == y[columns], scores, drop_intermediate=False)
    last = [int(np.flatnonzero(fpr <= asked)[-1]) for asked in FPRS]
    return {
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - used,
        "mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "tpr": [float(tpr[place]) for place in last],
        "threshold": [1.0 - float(thresholds[place]) for place in last],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--embeddings", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    count = options.embeddings
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        mine = pool.apply(ours, (count, options.repeats))
        theirs = pool.apply(peer, (count,)) if count <= 15_000 else None
    pairs = f"{count * (count - 1) // 2:,} pairs"
    report(f"verification curve, {pairs}", mine["seconds"], theirs and theirs["seconds"], "s", bar=1 / 50)
    report(f"the same, of the processor, {pairs}", mine["processor"], theirs and theirs["processor"], "s", bar=None)
    report(f"memory above the embeddings, {pairs}", mine["mb"], theirs and theirs["mb"], "MB", bar=250)
    report(f"a move of the threshold, {pairs}", mine["move_ms"], None, "ms", bar=2)
    if theirs is not None:
        for name, bar in (("tpr", 0), ("threshold", 1e-12)):
            apart = np.abs(np.subtract(mine[name], theirs[name])).max()
            report(f"operating points, largest difference of {name}, {pairs}", float(apart), None, "", bar=bar)


if __name__ == "__main__":
    main()
