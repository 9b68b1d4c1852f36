"""How long it takes to list a thousand runs.

    python -m tests.benchmarks.runs [--runs 1000] [--steps 2000] [--times 5]

The runs are made here, in a temporary folder: settings of two hundred classes, metrics of so many steps, three
evaluations of a thousand points each, a note for every tenth. Cold: the system is asked to forget the content of every
file first (posix_fadvise), though it keeps the folders; in a new process, so that its imports count as well. Warm: the
median of the others. Prints JSON lines; `cpu` is the time of this process alone, whatever else the machine does. The
bar: 1,000 runs in less than 1 s.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.run_keeping import write_note
from core.run_list import list_runs
from tests.benchmarks.report import report
from tests.core.stored_runs import run_json, step_line, write_evaluation

CLASSES = [f"class {place:03}" for place in range(200)]
LISTING = """
import sys, time
begin, used = time.perf_counter(), time.process_time()
from pathlib import Path
from core.run_list import list_runs
found = list_runs(Path(sys.argv[1]))
print(len(found), time.perf_counter() - begin, time.process_time() - used)
"""


def make_runs(root: Path, count: int, steps: int) -> None:
    """Runs that differ in their time and rate."""
    lines = "".join(json.dumps(step_line(step, 1 + step // 100)) + "\n" for step in range(1, steps + 1))
    for place in range(count):
        path = root / f"run {place:04}"
        (path / "evaluation").mkdir(parents=True)
        created = f"2026-{1 + place % 12:02}-{1 + place % 28:02}T12:00:00+00:00"
        content = run_json(created=created, learning_rate=1e-4 * (1 + place % 10))
        content["data"] |= {"classes": CLASSES, "training_classes": CLASSES}
        (path / "run.json").write_text(json.dumps(content, indent=2))
        (path / "metrics.jsonl").write_text(lines)
        (path / "events.jsonl").write_text('{"event": "finished", "step": 1, "stopped": false, "result": {}}\n')
        for step in (steps // 3, 2 * steps // 3, steps):
            write_evaluation(path, step, points=1_000)
        if place % 10 == 0:
            write_note(path, f"every tenth, {place}")


def forget(root: Path) -> int:
    """Ask the system to forget the content of every file; how many there are."""
    files = [path for path in root.rglob("*") if path.is_file()]
    for path in files:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    return len(files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_runs(root, options.runs, options.steps)
        os.sync()
        forget(root)
        command = [sys.executable, "-c", LISTING, folder]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        assert int(said[0]) == options.runs
        report(f"listing {options.runs} runs, cold, imports and all", float(said[1]), None, "s", cpu=float(said[2]))
        seconds, used = [], []
        for _ in range(options.times):
            begin, cpu = time.perf_counter(), time.process_time()
            list_runs(root)
            seconds.append(time.perf_counter() - begin)
            used.append(time.process_time() - cpu)
        warm = statistics.median(seconds)
        report(f"listing {options.runs} runs, warm", warm, None, "s", cpu=statistics.median(used))


if __name__ == "__main__":
    main()
