"""The projection worker: UMAP and t-SNE in a process of their own, since umap-learn holds the GIL for seconds."""

import logging
import threading

from core.projection.courier import Courier
from core.projection.messages import ProjectionRequest, WorkerMessage

_log = logging.getLogger(__name__)
_SECONDS_TO_CLOSE = 2.0


class ProjectionWorker:
    """Draws layouts in one spawned process; no method waits for it, so a window's thread may call them all.

    A process that dies by itself is reported by a `ProjectionFailed` and replaced.
    """

    def __init__(self) -> None:
        self._courier = Courier()
        self._thread = threading.Thread(target=self._courier.run, name="projection courier", daemon=True)

    def start(self) -> None:
        """Start the process; once only."""
        self._thread.start()

    def warm_up(self) -> None:
        """Import and compile UMAP in the process, and in any that replaces it; `WorkerReady` tells when it is done."""
        self._courier.warm_up()

    def submit(self, request: ProjectionRequest) -> None:
        """Ask for a layout; a request that has not begun is replaced and never answered."""
        self._courier.submit(request)

    def cancel(self) -> None:
        """Forget all requests so far with their unread results; a process that draws one is ended and replaced."""
        self._courier.cancel()

    def poll(self) -> list[WorkerMessage]:
        """What came since the last call, oldest first."""
        return self._courier.take_messages()

    def close(self) -> None:
        """End process and thread for good; waits for them at most two seconds."""
        self._courier.close()
        if self._thread.ident is None:
            return
        self._thread.join(_SECONDS_TO_CLOSE)
        if self._thread.is_alive():
            _log.warning("the projection process did not end within %s s", _SECONDS_TO_CLOSE)
