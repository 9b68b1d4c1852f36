"""At most so many values a second: the first at once, the newest of the others after a pause."""

from PySide6.QtCore import QObject, QTimer, Signal


class Throttle(QObject):
    """Passes the first value on at once and then the newest one an interval; the last value is never lost."""

    passed = Signal(float)

    def __init__(self, interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: float | None = None
        self._timer = QTimer(self, interval=interval_ms, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def offer(self, value: float) -> None:
        """Pass `value` on now or, if the last one passed just before, when its interval is over."""
        self._waiting = value
        if not self._timer.isActive():
            self.flush()

    def flush(self) -> None:
        """Pass a waiting value on now."""
        if self._waiting is None:
            return
        value, self._waiting = self._waiting, None
        self._timer.start()
        self.passed.emit(value)

    def drop(self) -> None:
        """Forget a waiting value."""
        self._waiting = None

    def is_waiting(self) -> bool:
        """Whether a value is still to be passed on."""
        return self._waiting is not None
