"""Finding a learning rate for the next run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.config import make_config
from core.errors import InputError
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.bridge.rates import rate_search
from explorer.bridge.training import TrainingBridge
from explorer.core_words import in_words
from explorer.panels.hyperparameters import SettingsPanel
from explorer.panels.rate_search import RateSearchDialog
from explorer.panels.run_setup import RunSetupPanel
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.training.rate_finder import RateSearch

_KIND = tr("search for a learning rate")


class RateController(QObject):
    """Tries rates for the settings shown, in a dialog that keeps a run from being started meanwhile."""

    def __init__(
        self,
        training: TrainingBridge,
        finding: WorkBridge,
        *,
        setup: RunSetupPanel,
        settings: SettingsPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._training, self._finding = training, finding
        self._setup, self._settings, self._status = setup, settings, status
        self._dialog: RateSearchDialog | None = None
        settings.find_rate_requested.connect(self.find)
        finding.progressed.connect(self._show_progress)
        finding.finished.connect(self._show_result)
        finding.failed.connect(self._complain)
        finding.cancelled.connect(self._show_cancelled)

    def find(self) -> None:
        """Begin a search and show its dialog."""
        if self._training.alive or self._dialog is not None:
            return
        live = self._settings.values()
        try:
            config = make_config({**self._setup.settings(), "hyperparameters": live.model_dump()})
        except InputError as error:
            self._status.complain(in_words(str(error)))
            return
        dialog = self._dialog = RateSearchDialog(live.learning_rate, self._settings.window())
        dialog.cancel_requested.connect(self._finding.cancel)
        dialog.rate_chosen.connect(self._take)
        dialog.finished.connect(self._forget)
        dialog.open()
        self._finding.begin(_KIND, rate_search(config))

    def _take(self, rate: float) -> None:
        self._settings.choose_rate(rate)
        self._status.say(tr("The next run starts with the learning rate {rate:g}").format(rate=rate))

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(progress.stage, progress.share, progress.seconds_left)

    def _show_result(self, _kind: str, found: "RateSearch") -> None:
        if self._dialog is not None:
            self._dialog.show_result(found)

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self._status.complain(tr("No learning rate was found: {message}").format(message=message), details)
        if self._dialog is not None:
            self._dialog.show_problem(message)

    def _show_cancelled(self, _kind: str) -> None:
        if self._dialog is not None:
            self._dialog.show_cancelled()
