"""`scalars`: the figures of every step of a run, for TensorBoard or as a table."""

import argparse
import json
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run_dir", type=Path, metavar="RUN")
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--tensorboard", type=Path, metavar="DIR", help="an event file for tensorboard --logdir")
    wanted.add_argument("--csv", type=Path, metavar="FILE", help="metrics.jsonl as a table")


def run(options: argparse.Namespace) -> int:
    """Write the file, and say where it is."""
    from core.commands.progress import shown
    from core.runs import Run
    from core.scalars import write_scalars_csv
    from core.tensorboard import write_tensorboard

    path = Run.open(options.run_dir).path
    with shown("writing scalars") as watch:
        if options.tensorboard is None:
            file = options.csv.expanduser()
            write_scalars_csv(path, file, watch)
        else:
            file = write_tensorboard(path, options.tensorboard.expanduser(), watch)
    if options.json:
        print(json.dumps({"file": str(file)}))
    elif options.tensorboard is None:
        print(f"wrote {file}")
    else:
        print(f"wrote {file.name}; look at it by: tensorboard --logdir {file.parent}")
    return 0
