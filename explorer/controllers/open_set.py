"""Open-set rates of the newest look at the model: measured when somebody sees the gallery, or asks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.bridge.open_set import RatesBridge, RatesWish
from explorer.bridge.training import TrainingBridge
from explorer.panels.gallery import GalleryPanel
from explorer.panels.gallery_view import RatesView, images_words
from explorer.state import ExplorerState, provenance
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.evaluation.open_set import OpenSetRates
    from core.training.records import TrainingSnapshot

_NO_RUN = tr("Open a run, or train one: its held-out identities tell what 'unknown' is worth.")
_ASKED_FROM = 5_000
"""So many held-out images are measured only when somebody asks: it takes both cores for more than some seconds."""
_NOT_YET = tr("Not measured yet for this look at the model, distance and rule.")


class OpenSetController(QObject):
    """Has the rates measured; while a run trains only when somebody asks, since each look would end the last one."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        bridge: RatesBridge,
        *,
        panel: GalleryPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._training, self._bridge, self._panel = state, training, bridge, panel
        self._tried: TrainingSnapshot | None = None
        """The look that was measured, or could not be."""
        panel.set_rates_available(_NO_RUN)
        state.snapshot_changed.connect(lambda _snapshot: self._begin_anew())
        state.distance_changed.connect(lambda _distance: self._begin_anew())
        panel.rule_changed.connect(lambda _rule: self._begin_anew())
        panel.shown.connect(self._measure_if_seen)
        panel.rates_wanted.connect(self._measure)
        panel.rates_cancelled.connect(bridge.stop)
        bridge.progress.connect(panel.set_measuring)
        bridge.measured.connect(self._take)
        bridge.failed.connect(self._complain)
        bridge.failed.connect(
            lambda message, details: status.say(tr("Open-set rates: {message}").format(message=message))
        )

    def _begin_anew(self) -> None:
        self._bridge.stop()
        self._tried = None
        snapshot = self._state.snapshot
        self._panel.show_rates(None, _NO_RUN if snapshot is None else _NOT_YET)
        self._panel.set_rates_available(_NO_RUN if snapshot is None else None)
        self._measure_if_seen()

    def _measure_if_seen(self) -> None:
        snapshot = self._state.snapshot
        if snapshot is None or snapshot is self._tried or self._training.alive or not self._panel.isVisible():
            return
        if snapshot.held_out.sum() < _ASKED_FROM:
            self._measure(self._panel.shots)

    def _measure(self, shots: int) -> None:
        snapshot = self._state.snapshot
        if snapshot is not None:
            self._tried = snapshot
            self._bridge.measure(RatesWish(snapshot, self._state.rule, shots, self._panel.rule))

    def _take(self, wish: RatesWish, rates: "OpenSetRates") -> None:
        if wish.snapshot is not self._state.snapshot:
            return
        of = tr("{names} names by {shots} each, {strangers} strangers · {distance} · {snapshot}").format(
            names=rates.names,
            shots=images_words(wish.shots),
            strangers=rates.strangers,
            distance=rates.distance,
            snapshot=provenance(wish.snapshot, self._state.model_step),
        )
        self._panel.show_rates(RatesView(rates, of), "")

    def _complain(self, message: str, _details: str) -> None:
        self._panel.show_rates(None, message)
