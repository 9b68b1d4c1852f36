"""A run from its settings to its end: data, model, folder, and the loop that trains. Runs in the calling thread."""

from pathlib import Path

from core.config import RunConfig
from core.data.edit_file import RUN_FILE, read_edits
from core.device import resolve_device
from core.errors import Cancelled
from core.files import held_alone
from core.process import keeping_freed_memory
from core.run_folders import check_run_folder
from core.runs import Run
from core.training.agreement import share_place, share_weights
from core.training.controls import Controls
from core.training.going_on import changed_settings, own_config
from core.training.launch import launch
from core.training.loop import Loop
from core.training.observer import Channels
from core.training.orders import BeginOrder
from core.training.preparation import build_trainer, create_run, prepare_data, resume_from
from core.training.records import Finished, Preparing
from core.training.transfer import open_start
from core.training.world import World, own_device


def run_training(
    config: RunConfig,
    path: Path,
    *,
    resume: bool,
    controls: Controls,
    channels: Channels,
    world: World | None = None,
) -> Finished:
    """Train until all epochs are done or `controls` asks to stop; of many processes, as the first one.

    Raises
    ------
    InputError
        where data, settings or the run folder cannot be used, a run that goes on is asked for other settings than it
        can take (`changed_settings`), or another process has ended.
    FloatingPointError
        where loss, gradient or weights are not finite again and again, and going back to the last good state does not
        help; the run stays as it was at the last checkpoint.
    Cancelled
        where it was stopped before the run was begun.
    """
    world = world or World()
    with world.leading(), world.together():
        check_run_folder(path, resume)
        stored = Run.open(path) if Run.exists(path) else None
        changed = None if stored is None else changed_settings(stored, config)
        if stored is not None and (result := stored.result()) is not None:
            finished = Finished(step=result.get("steps", 0), stopped=False, result=result)
            channels.report(finished)
            return finished
        if changed is not None:
            controls.apply(changed)
        if stored is not None:
            config = own_config(stored, config)
        return _train(config, path, stored, controls, channels, world)


def _train(
    config: RunConfig, path: Path, stored: Run | None, controls: Controls, channels: Channels, world: World
) -> Finished:
    device = own_device(resolve_device(config.device), launch())
    begun = stored is not None and bool(stored.checkpoint_steps())
    if config.init is not None and not begun:
        open_start(config.init, config.backbone)  # images take their time
    edits = read_edits(path / RUN_FILE) if begun else None
    prepared = prepare_data(config, device, channels.report, lambda: controls.stopping, edits, share=world.share)
    config = prepared.config
    channels.report(Preparing("building the model", 0, 0))
    world.tell(BeginOrder(config, prepared.edits))
    trainer = build_trainer(config, prepared, device, from_scratch=not begun, report=channels.report, world=world)
    if controls.stopping:
        raise Cancelled
    path.mkdir(parents=True, exist_ok=True)
    with held_alone(path):
        check_run_folder(path, resume=stored is not None)  # preparing took a while
        if stored is not None and stored.checkpoint_steps():
            run, progress = stored, resume_from(stored, prepared, trainer, channels.report)
        else:
            run, progress = create_run(path, config, prepared, trainer), None
            share_weights(trainer)
        share_place(trainer)
        with keeping_freed_memory():
            return Loop(run, prepared, trainer, progress, controls, channels).run()
