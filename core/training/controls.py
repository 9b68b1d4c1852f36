"""What others ask of the training thread; it looks here between two steps."""

import math
import threading
import time

from core.hyperparameters import Hyperparameters
from core.training.mailbox import Mailbox

WEIGHTS_INTERVAL = 1.0
"""Seconds between two copies of the weights, at least."""


class Controls:
    """Requests of other threads to the training thread. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._news = False
        self._paused = False
        self._resumptions = 0
        self._stopping = False
        self._evaluating = True
        self._weights_wanted = False
        self._weights_given = -WEIGHTS_INTERVAL
        self._requested: Mailbox[Hyperparameters] = Mailbox()

    # --- for the others

    def pause(self) -> None:
        """Ask to wait after the present step."""
        self._set(paused=True)

    def resume(self) -> None:
        """Ask to go on after a pause."""
        self._set(paused=False, resumptions=self._resumptions + 1)

    def stop(self, *, evaluate: bool = True) -> None:
        """Ask to end after the present step; the model is kept, and evaluated unless told otherwise."""
        self._set(stopping=True, evaluating=evaluate)

    def apply(self, hyperparameters: Hyperparameters) -> None:
        """Ask to use `hyperparameters` from the next step on; a newer request replaces a waiting one."""
        self._requested.put(hyperparameters)
        self._set()

    def request_weights(self) -> None:
        """Ask for a copy of the weights."""
        self._set(weights_wanted=True)

    # --- for the training thread

    @property
    def paused(self) -> bool:
        """Whether to wait."""
        return self._paused and not self._stopping

    @property
    def resumptions(self) -> int:
        """How many times it was asked to go on."""
        return self._resumptions

    @property
    def stopping(self) -> bool:
        """Whether to end."""
        return self._stopping

    def abandoned(self) -> bool:
        """Whether to end without looking at the model."""
        return self._stopping and not self._evaluating

    def take_hyperparameters(self) -> Hyperparameters | None:
        """The newest request, None where there is none."""
        return self._requested.take()

    def take_weights_request(self) -> bool:
        """Whether a copy of the weights is wanted and due; at most once a second."""
        now = time.monotonic()
        if not self._weights_wanted or now - self._weights_given < WEIGHTS_INTERVAL:
            return False
        self._weights_wanted, self._weights_given = False, now
        return True

    def wait(self, at_most: float = math.inf) -> None:
        """Sleep until something new is asked, a waiting request for weights is due, or `at_most` seconds are over.

        What was asked since the last call ends the sleep at once, so nothing is missed between looking and sleeping.
        """
        with self._changed:
            timeout = min(at_most, WEIGHTS_INTERVAL if self._weights_wanted else math.inf)
            self._changed.wait_for(lambda: self._news, timeout=None if timeout == math.inf else timeout)
            self._news = False

    def _set(self, **wishes: bool | int) -> None:
        with self._changed:
            for name, value in wishes.items():
                setattr(self, f"_{name}", value)
            self._news = True
            self._changed.notify_all()
