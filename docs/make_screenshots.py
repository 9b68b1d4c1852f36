"""Takes the guide's pictures from the real window: `python docs/make_screenshots.py` writes docs/images.

Trains the built-in digits in a window on no screen, with settings of its own, and pictures the window and its panels.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget

IMAGES = Path(__file__).parent / "images"
PATIENCE_S = 300
DOCKS = ("settings", "map", "roc", "verify", "evaluation", "runs")
SETTLE_S = 3.0
"""For the last redraws of a panel that was brought to the front."""


def main() -> None:
    """Train, then picture the window and each panel."""
    from explorer import theme
    from explorer.demo import Demo
    from explorer.main_window import MainWindow
    from explorer.settings import Settings

    application = QApplication.instance() or QApplication([])
    application.setStyle("Fusion")  # type: ignore[attr-defined]
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        settings = Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        settings.theme = "light"
        theme.apply("light")
        window = MainWindow(settings, Path("runs"))
        # As a first user sees it: the demo trains, and fills the slots of Verify.
        demo = Demo(window, None)
        window.built.connect(demo.begin)
        window.painted.connect(window.build_soon)
        window.show()
        _train(window)
        _save(window, "window")
        _prepare(window)
        for name in DOCKS:
            window.docks.bring(name)
            _live(SETTLE_S)
            _save(window.docks.named()[name].widget(), name)
        window.close()


def _train(window: object) -> None:
    """Wait for the run, its last map and the verdict."""
    ended: list[object] = []
    _wait(lambda: hasattr(window, "run"))
    window.bridges.training.finished.connect(ended.append)  # type: ignore[attr-defined]
    _wait(lambda: bool(ended))
    _wait(lambda: not window.bridges.maps.busy and not window.bridges.jobs_wait)  # type: ignore[attr-defined]
    _live(SETTLE_S)


def _prepare(window: object) -> None:
    """Have the panels show something that waits for a click."""
    evaluate = window.panels.evaluation.findChild(QWidget, "evaluate_button")  # type: ignore[attr-defined]
    evaluate.click()
    _live(1)
    _wait(lambda: not window.bridges.jobs_wait)  # type: ignore[attr-defined]


def _save(widget: QWidget, name: str) -> None:
    """As a picture of 256 colours, which is enough for a window and a third of the size."""
    from PIL import Image

    path = IMAGES / f"{name}.png"
    if not widget.grab().save(str(path)):
        raise OSError(f"{path}: cannot be written")
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def _live(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def _wait(condition: Callable[[], bool]) -> None:
    for _ in range(round(10 * PATIENCE_S)):
        if condition():
            return
        _live(0.1)
    raise TimeoutError(f"the window did not come so far in {PATIENCE_S} s")


if __name__ == "__main__":
    main()
