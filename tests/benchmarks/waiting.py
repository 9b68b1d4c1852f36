"""Let a window live, as it does under `QApplication.exec`: QTest.qWait would keep the GIL and starve training."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer


def live(seconds: float) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def wait_for(condition: Callable[[], object], seconds: float) -> None:
    """Run the event loop until the condition holds."""
    for _ in range(round(10 * seconds)):
        if condition():
            return
        live(0.1)
    raise TimeoutError(f"nothing came of it in {seconds:.0f} s")
