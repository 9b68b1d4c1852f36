"""Traces behind the window where the points of the map lie densest."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from explorer.bridge.tasks import Failure, TaskThread
from explorer.translation import tr

if TYPE_CHECKING:
    from core.projection.density import Contour


class ContourBridge(QObject):
    """Traces the lines of one picture at a time; a newer wish makes an older one stale."""

    ready = Signal(object)
    """dict from a class, or None for all points, to its contours."""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def trace(self, xy: NDArray[np.float32], labels: NDArray[np.int64], groups: tuple[int | None, ...]) -> None:
        """Trace lines around points [N, 2], of classes [N], or of all where a group is None; `ready` follows."""
        if groups:
            self._tasks.submit("contours", lambda: _traced(xy, labels, groups), self.ready.emit, self._complain)
        else:
            self._tasks.forget("contours")

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(tr("Contours of the map: {message}").format(message=failure.message), failure.details)


def _traced(
    xy: NDArray[np.float32], labels: NDArray[np.int64], groups: tuple[int | None, ...]
) -> dict[int | None, "tuple[Contour, ...]"]:
    from core.projection.density import CLASS_SHARES, contours

    return {
        group: contours(xy, labels) if group is None else contours(xy[labels == group], shares=CLASS_SHARES)
        for group in groups
    }
