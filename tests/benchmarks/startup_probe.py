"""The window, started as the command does; tells when it has got how far. Run by `tests.benchmarks.startup`."""

import os
import sys
import time

from explorer.main_window import MainWindow


class ToldWindow(MainWindow):
    """Writes a line for each stage: its name and the time on the clock that all processes share."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        for name in ("painted", "built", "ready"):
            getattr(self, name).connect(lambda name=name: os.write(1, f"{name} {time.monotonic()}\n".encode()))


if __name__ == "__main__":
    import explorer.main_window
    from explorer.app import run_window

    explorer.main_window.MainWindow = ToldWindow  # type: ignore[misc]
    sys.exit(run_window([]))
