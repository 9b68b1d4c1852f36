"""The life of a run: start, pause, stop, live settings, progress, and opening a stored one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.config import RunConfig, make_config
from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.loss_specs import LossName, default_hyperparameters
from core.run_folders import new_run_path
from core.training import records
from explorer import formats
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.training import TrainingBridge
from explorer.controllers.progress import ProgressMeter
from explorer.controllers.run_words import data_words, look_words
from explorer.controllers.setting_changes import describe_change
from explorer.core_words import in_words
from explorer.panels.hyperparameters import SettingsPanel
from explorer.panels.losses import CurvesPanel
from explorer.panels.run_setup import RunSetupPanel
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.run_bar import RunBar, RunStage
from explorer.widgets.status_line import StatusLine

_LOCKED = tr("A run is training; stop it first to change this.")
_DROP = tr(
    "a run folder can be dropped anywhere, a folder or a list of images too; single images on the slots of Verify"
)
_FOLLOWING = "following"
_LIVE = (RunStage.PREPARING, RunStage.TRAINING, RunStage.PAUSED)


class RunController(QObject):
    """Carries the user's wishes to training, and what training says to the bar, the curves and the state."""

    opened = Signal(object)
    """OpenedRun: a stored run is shown."""
    trained = Signal(object)
    """records.Started: a run that trains is shown."""
    locked = Signal(object)
    """Why what needs a new run cannot be changed now; None where it can."""

    def __init__(
        self,
        state: ExplorerState,
        training: TrainingBridge,
        library: LibraryBridge,
        *,
        bar: RunBar,
        setup: RunSetupPanel,
        settings: SettingsPanel,
        curves: CurvesPanel,
        status: StatusLine,
        run_root: Path,
    ) -> None:
        super().__init__()
        self._state, self._training, self._library = state, training, library
        self._bar, self._setup, self._settings = bar, setup, settings
        self._curves, self._status = curves, status
        self._run_root = run_root
        self._config: RunConfig | None = None
        self._advice = ""
        """What to add if the run that is being opened turns out to be none."""
        self._meter = ProgressMeter()
        self._connect()

    # --- what the user wants

    def start(self) -> None:
        """Train a new run with the settings shown; one that is followed goes on by itself."""
        if self._training.alive and not self._training.follows:
            return
        self._leave()
        try:
            config = make_config({**self._setup.settings(), "hyperparameters": self._settings.values().model_dump()})
        except InputError as error:
            self._status.complain(in_words(str(error)))
            return
        self._config = config
        self._enter(RunStage.PREPARING)
        self._bar.show_work(tr("loading torch"), 0, 0)
        self._training.start(config, new_run_path(self._run_root, config.data), self._setup.processes())

    def pause(self) -> None:
        """Wait after the present step."""
        if self._is_followed:
            self._show_request("pause")
        else:
            self._status.say(tr("Pausing after this step …"))
        self._training.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._is_followed:
            self._show_request("continue")
        self._training.resume()

    def stop(self) -> None:
        """End the run after the present step."""
        if self._is_followed:
            self._show_request("stop")
            self._training.stop()
            return
        self._enter(RunStage.STOPPING)
        self._bar.show_work(tr("ending after this step"), 0, 0)
        self._training.stop()

    def open_run(self, path: Path) -> None:
        """Show a stored run."""
        if self._training.alive and not self._training.follows:
            self._status.complain(
                tr("{name}: cannot be opened while a run is training; stop that one first").format(name=path.name)
            )
            return
        self._advice = ""
        self._status.say(tr("Opening {path} …").format(path=path))
        self._library.open_run(path)

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Show the stored run that was dropped on the window, or say what can be dropped where."""
        if len(paths) == 1:
            self.open_run(paths[0])
            self._advice = _DROP
        else:
            self._status.complain(
                tr("{paths} things were dropped at once; {DROP}").format(paths=len(paths), DROP=_DROP)
            )

    # --- what training says

    def _connect(self) -> None:
        self._bar.start_requested.connect(self.start)
        self._bar.pause_requested.connect(self.pause)
        self._bar.resume_requested.connect(self.resume)
        self._bar.stop_requested.connect(self.stop)
        self._setup.loss_chosen.connect(self._take_loss)
        self._settings.requested.connect(self._training.apply)
        self._training.preparing.connect(self._on_preparing)
        self._training.started.connect(self._on_started)
        self._training.stepped.connect(self._on_steps)
        self._training.paused.connect(self._on_paused)
        self._training.resumed.connect(self._on_resumed)
        self._training.applied.connect(self._on_applied)
        self._training.evaluated.connect(self._on_evaluated)
        self._training.warned.connect(self._on_warning)
        self._training.noted.connect(self._status.say)
        self._training.failed.connect(self._on_failed)
        self._training.finished.connect(self._on_finished)
        self._training.rewound.connect(self._open_again)
        self._training.found_again.connect(self.open_run)
        self._library.run_opened.connect(self._on_opened)
        self._library.run_failed.connect(self._on_not_opened)

    # --- a run of another process

    @property
    def _is_followed(self) -> bool:
        return self._training.follows

    def _follow(self, opened: OpenedRun) -> None:
        """Hear what the process says that trains the run which has just been opened."""
        if opened.seen is None:
            return
        self._bar.set_followed(_FOLLOWING)
        self._training.follow(opened.run.path, opened.seen)

    def _join(self, event: records.Started) -> None:
        """Show a run as it trains, on top of what was stored of it."""
        self._meter.begin(event)
        self._meter.catch_up(self._state.model_step)
        self._enter(RunStage.TRAINING)
        self._show_progress()

    def _show_request(self, what: str) -> None:
        """Say what the process was asked for, until it is echoed."""
        self._bar.set_followed(tr("{what} requested").format(what=what))

    def _show_echo(self) -> None:
        if self._is_followed:
            self._bar.set_followed(_FOLLOWING)

    def _leave(self) -> None:
        """Leave the run that is followed, if one is; the live settings are those of the next run then."""
        was_followed, run = self._is_followed, self._state.run
        self._training.leave()
        if was_followed:
            self._bar.set_followed("")
            self._enter(RunStage.IDLE)
            if run is not None and self._setup.loss() != run.config.loss:
                self._take_loss(self._setup.loss())

    def _open_again(self) -> None:
        """What is shown of a run that was taken back is no longer true."""
        run = self._state.run
        self._bar.set_followed("")
        self._enter(RunStage.IDLE)
        if run is not None:
            self.open_run(run.path)

    def _take_loss(self, loss: LossName) -> None:
        """Start the next run with what suits its metric loss; one that trains keeps its own."""
        if self._training.alive:
            return
        self._settings.set_loss(loss)
        self._settings.set_values(default_hyperparameters(loss))

    def _on_preparing(self, event: records.Preparing) -> None:
        if self._bar.stage is not RunStage.STOPPING:
            self._bar.show_work(in_words(event.what), event.done, event.total)

    def _on_started(self, event: records.Started) -> None:
        if self._is_followed:
            self._join(event)
            return
        if self._config is None:
            return
        data = event.data
        self._curves.clear()
        self._curves.set_run(self._config.loss, self._config.distance)
        self._curves.set_weights(event.hyperparameters, event.step)
        self._settings.set_masks_available(data.masks > 0)
        self._meter.begin(event)
        self._bar.set_subject(" · ".join((data.name, event.backbone, event.device)))
        self._state.set_run(
            RunView(
                event.run_dir,
                self._config,
                data.classes,
                data.sample_names,
                data.masks > 0,
                names_classes=data.training_classes > 0,
            )
        )
        if self._bar.stage is RunStage.PREPARING:
            self._enter(RunStage.TRAINING)
        self._status.say(*data_words(data))
        self.trained.emit(event)

    def _on_steps(self, steps: list[records.StepRecord]) -> None:
        self._curves.add_records(steps)
        self._state.set_model_step(steps[-1].step)
        self._meter.advance(steps[-1])
        if self._bar.stage is RunStage.TRAINING:
            self._show_progress()

    def _show_progress(self) -> None:
        meter = self._meter
        self._bar.show_progress(
            meter.step, meter.total, f"{meter.epoch}/{meter.epochs}", meter.images_per_second, meter.seconds_left
        )

    def _on_paused(self, event: records.Paused) -> None:
        self._show_echo()
        if self._bar.stage is RunStage.TRAINING:
            self._enter(RunStage.PAUSED)
            self._show_progress()
        if event.reason is not None:
            self._status.complain(in_words(event.reason))
            return
        self._status.say(
            tr("Paused after step {step}; the live settings can be changed meanwhile").format(
                step=formats.count(event.step)
            )
        )

    def _on_resumed(self, event: records.Resumed) -> None:
        self._show_echo()
        self._meter.restart()
        if self._bar.stage is RunStage.PAUSED:
            self._enter(RunStage.TRAINING)
            self._show_progress()
            self._status.say(tr("Goes on from step {step}").format(step=formats.count(event.step)))

    def _on_applied(self, event: records.HyperparametersApplied) -> None:
        self._settings.echo(event.new)
        self._show_change(event.step, event.old, event.new)

    def _show_change(self, step: int, old: Hyperparameters, new: Hyperparameters) -> None:
        self._curves.set_weights(new, step)
        self._curves.mark_change(step, describe_change(old, new))

    def _on_warning(self, event: records.HealthWarning) -> None:
        self._curves.show_warning(event)
        self._status.complain(
            tr("{seen} (step {step})").format(seen=in_words(event.seen), step=formats.count(event.step)),
            in_words(event.advice),
        )

    def _on_evaluated(self, event: records.Evaluated) -> None:
        self._status.say(look_words(event))

    def _on_failed(self, message: str, details: str) -> None:
        begun = self._bar.stage is not RunStage.PREPARING
        self._bar.set_followed("")
        self._enter(RunStage.IDLE)
        failed = tr("Failed after step {step}").format(step=formats.count(self._meter.step))
        self._bar.show_end(failed if begun else tr("Not started"), self._meter.share if begun else 0.0)
        self._status.complain(message, details)

    def _on_finished(self, event: records.Finished) -> None:
        self._bar.set_followed("")
        self._enter(RunStage.IDLE)
        word = tr("Stopped") if event.stopped else tr("Finished")
        if event.step == 0:
            self._status.say(tr("Stopped before the first step"))
            return
        done = self._meter.share if event.stopped else 1.0  # a run that has stopped early by itself is whole
        self._bar.show_end(tr("{word} at step {step}").format(word=word, step=formats.count(event.step)), done)
        self._status.say(
            tr("{word} at step {step}; kept in {get}").format(
                word=word, step=formats.count(event.step), get=event.result.get("run")
            )
        )

    # --- a stored run

    def _on_opened(self, opened: OpenedRun) -> None:
        if self._training.alive and not self._training.follows:
            self._status.complain(
                tr("{name}: not shown, since a run was started meanwhile").format(name=opened.run.path.name)
            )
            return
        self._leave()
        info = opened.run.info
        has_masks = bool(info.model.get("segmentation"))
        self._setup.set_settings(info.config)
        self._settings.set_loss(info.config.loss)
        self._settings.set_values(opened.changes[-1][2] if opened.changes else info.config.hyperparameters)
        self._settings.set_masks_available(has_masks)
        self._show_curves(opened)
        self._state.set_run(
            RunView(
                opened.run.path,
                info.config,
                info.data.classes,
                opened.sample_ids,
                has_masks,
                names_classes=bool(info.data.training_classes),
            )
        )
        if opened.records:
            self._state.set_model_step(opened.records[-1].step)
        self._bar.set_subject(" · ".join((info.data.name, info.config.backbone, info.device)))
        self._bar.show_end(tr("Opened at step {model_step}").format(model_step=formats.count(self._state.model_step)))
        if opened.seen is not None:
            self._status.say(
                tr(
                    "Following {path}, which another process trains: sliders, Pause and Stop ask that process; a "
                    "threshold or an exclusion chosen here is not kept until it has ended"
                ).format(path=opened.run.path)
            )
        elif opened.read_only:
            self._status.complain(
                tr(
                    "{path}: opened to read only, since another process trains it; what is chosen "
                    "here is not kept with it until that has ended"
                ).format(path=opened.run.path)
            )
        elif opened.dataset_problem:
            self._status.complain(
                tr("Opened without its images: {dataset_problem}").format(dataset_problem=opened.dataset_problem)
            )
        else:
            self._status.say(tr("Opened {path}").format(path=opened.run.path))
        self.opened.emit(opened)
        self._follow(opened)

    def _on_not_opened(self, message: str, details: str) -> None:
        self._status.complain(f"{message}; {self._advice}" if self._advice else message, details)

    def _show_curves(self, opened: OpenedRun) -> None:
        self._curves.clear()
        self._curves.set_run(opened.run.config.loss, opened.run.config.distance)
        self._curves.set_weights(opened.run.config.hyperparameters)
        self._curves.add_records(opened.records)
        for change in opened.changes:
            self._show_change(*change)
        for warning in opened.warnings:
            self._on_warning(warning)

    def _enter(self, stage: RunStage) -> None:
        self._bar.set_stage(stage)
        reason = None if stage is RunStage.IDLE or self._is_followed else _LOCKED
        self._setup.set_locked(reason)
        self.locked.emit(reason)
        self._settings.set_live(stage in _LIVE)
