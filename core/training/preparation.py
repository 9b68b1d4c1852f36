"""What stands before the first step: data decoded and split, model built, run folder opened."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.config import RunConfig, make_config
from core.data.cache import ImageCache
from core.data.dataset import Dataset, DecodedDataset
from core.data.decode import decode
from core.data.edit_file import RUN_FILE, Edits, write_edits
from core.data.samplers import BalancedSampler
from core.data.sources import configured_dataset
from core.data.split import Split, split_dataset
from core.data.transforms import Augmentation
from core.data.tuple_sampler import TupleSampler
from core.data.tuples import FITTING_LOSSES
from core.device import precision_plugin
from core.errors import InputError
from core.models.backbones import normalises_by_batch
from core.models.multi_task import MultiTaskModel
from core.run_content import DataIdentity, RunInfo, library_versions, located, now_text
from core.runs import SCHEMA_VERSION, Run, Samples
from core.training.batches import BatchSource
from core.training.checkpoint import Progress, load_checkpoint
from core.training.early_stopping import check_judgeable
from core.training.probe import choose_probe, probe_size
from core.training.records import DataSummary, Event, Note, Preparing
from core.training.trainer import Trainer
from core.training.transfer import frozen_in_words, seen_in_words, start_from
from core.training.world import World

Report = Callable[[Event], None]


@dataclass(frozen=True)
class PreparedData:
    """Everything about the data that training and evaluation need."""

    config: RunConfig
    """Of the run, with a metric loss that suits the data."""
    data: DecodedDataset
    split: Split
    batches: BatchSource
    probe: NDArray[np.int64]
    """Positions of the probe set's images."""
    notes: tuple[str, ...]
    edits: Edits = ()
    """What a person had changed of the data."""

    @property
    def held_out(self) -> NDArray[np.bool_]:
        """Whether each image is held out, bool [N]."""
        mark = np.zeros(len(self.data), dtype=np.bool_)
        mark[self.split.held_out] = True
        return mark

    def summary(self) -> DataSummary:
        """What the window and the command line say about it."""
        data, split = self.data, self.split
        return DataSummary(
            name=data.name,
            classes=data.classes,
            sample_names=data.ids,
            images=len(data),
            masks=int(data.has_mask.sum()),
            training_images=len(split.training),
            held_out_images=len(split.held_out),
            training_classes=len(split.training_classes),
            held_out_classes=len(split.held_out_classes),
            open_set=split.open_set,
            problems=data.problems,
            notes=self.notes,
            listed=None if data.tuples is None else data.tuples.kind,
            training_tuples=0 if split.training_tuples is None else len(split.training_tuples),
            held_out_tuples=0 if split.held_out_tuples is None else len(split.held_out_tuples),
        )


def prepare_data(
    config: RunConfig,
    device: torch.device,
    report: Report,
    cancelled: Callable[[], bool],
    edits: Edits | None = None,
    *,
    share: tuple[int, int] = (0, 1),
) -> PreparedData:
    """Decode and split the data of a run; of one that goes on, with the `edits` that it was begun with.

    `share` is the number of this process and of all that train together: each loads as many images of a batch.

    Raises
    ------
    InputError
        where the data cannot be used, or not with these settings.
    Cancelled
        where `cancelled` answered True.
    """
    report(Preparing("listing images", 0, 0))
    dataset = configured_dataset(config, edits=edits)
    config = suited(config, dataset)
    data = decode(
        dataset,
        config.image_size,
        progress=lambda done, total: report(Preparing("decoding images", done, total)),
        cancelled=cancelled,
        cache=ImageCache.default(),
    )
    split = split_dataset(data, config.split, config.holdout)
    sampler = _sampler(config, data, split)
    if sampler.batch_size % share[1]:
        raise InputError(
            f"a batch must be a multiple of the {share[1]} processes, found {sampler.batch_size} images; "
            "change classes_per_batch or samples_per_class"
        )
    flip = config.horizontal_flip if config.horizontal_flip is not None else not data.directional
    augmentation = Augmentation(config.seed, horizontal_flip=flip) if config.augment else None
    epoch_images = sampler.batches_per_epoch * sampler.batch_size
    probe = choose_probe(data.labels, split, probe_size(epoch_images))
    if config.patience:
        check_judgeable(split, data.labels[np.intersect1d(probe, split.held_out)])
    return PreparedData(
        config=config,
        data=data,
        split=split,
        batches=BatchSource(data, split, sampler, augmentation, device, share=share),
        probe=probe,
        notes=(*data.notes, *split.notes, *sampler.notes),
        edits=dataset.edits,
    )


def suited(config: RunConfig, dataset: Dataset) -> RunConfig:
    """The configuration as it is for labelled images; for a list with a metric loss that fits, if none was asked for.

    Raises
    ------
    InputError
        where another loss, or a memory, was asked for with a list.
    """
    if dataset.tuples is None:
        return config
    listed = f"for a list of {dataset.tuples.kind}"
    if config.memory:
        raise InputError(f"memory: must be 0 {listed}, found {config.memory}")
    fitting = FITTING_LOSSES[dataset.tuples.kind]
    if config.loss in fitting:
        return config
    if "loss" in config.model_fields_set:
        raise InputError(f"loss: must be {' or '.join(fitting)} {listed}, found {config.loss!r}")
    return make_config({**config.model_dump(exclude_unset=True), "loss": fitting[0]})


def _sampler(config: RunConfig, data: DecodedDataset, split: Split) -> BalancedSampler | TupleSampler:
    if split.training_tuples is not None:
        return TupleSampler(split.training_tuples, config.batch_size, config.seed)
    labels = split.training_label_of[data.labels[split.training]]
    return BalancedSampler(labels, config.classes_per_batch, config.samples_per_class, config.seed)


def build_trainer(
    config: RunConfig,
    prepared: PreparedData,
    device: torch.device,
    *,
    from_scratch: bool = True,
    report: Report = lambda event: None,
    world: World | None = None,
) -> Trainer:
    """Model, loss, balance and optimizer of a run; seeds torch's default generator, which belongs to training.

    `from_scratch=False` leaves out pretrained weights and another run's where a checkpoint's will follow; `report` is
    told where the model's weights come from, and which of them stay as they are. All processes of a `world` build
    theirs at once.

    Raises
    ------
    InputError
        where the memory is smaller than a batch, the balance needs a library that is not installed, the run to start
        from cannot be used, or a batch norm would see one image.
    """
    if 0 < config.memory < prepared.batches.batch_size:
        raise InputError(
            f"memory: must be 0 or hold a whole batch, here {prepared.batches.batch_size} images, found {config.memory}"
        )
    torch.manual_seed(config.seed)
    world = world or World()
    sharded = config.strategy == "fsdp" and world.size > 1
    fabric = world.fabric(device, precision_plugin(config.precision, device), sharded=sharded)
    model = MultiTaskModel(
        config.backbone,
        classes=len(prepared.split.training_classes),
        embedding_dim=config.embedding_dim,
        segmentation=prepared.data.masks is not None,
        pretrained=config.pretrained and from_scratch,
    )
    if config.init is not None and from_scratch:
        report(Note(start_from(config.init, model, prepared.split.training_classes)))
        if (seen := seen_in_words(config.init, config, prepared.data, prepared.held_out)) is not None:
            report(Note(seen))
    if config.freeze:
        model.backbone.freeze(config.freeze)
        report(Note(frozen_in_words(config)))
    config = _with_parts(config, prepared.batches.batch_size // world.size, model)
    if world.size > 1 and device.type == "cuda":
        model = nn.SyncBatchNorm.convert_sync_batchnorm(model)  # type: ignore[no-untyped-call]
    return Trainer(
        model if sharded else model.to(memory_format=torch.channels_last),  # shards can't be but contiguous
        fabric,
        config,
        total_steps=config.epochs * prepared.batches.batches_per_epoch,
        listed=prepared.split.training_tuples is not None,
        world=world,
    )


def _with_parts(config: RunConfig, loaded: int, model: MultiTaskModel) -> RunConfig:
    """The configuration without a micro-batch where all images that this process loads of a batch fit into one."""
    if config.micro_batch >= loaded:
        return config.model_copy(update={"micro_batch": 0})
    if config.micro_batch and loaded // -(-loaded // config.micro_batch) == 1 and normalises_by_batch(model):
        raise InputError(
            f"micro_batch: must leave none of {loaded} images by itself with {config.backbone}, whose batch norms need "
            f"two, found {config.micro_batch}"
        )
    return config


def fresh_trainer(config: RunConfig, prepared: PreparedData, device: torch.device) -> Trainer:
    """The trainer that a run starts with, built again while it trains: random numbers go on as if it had not been."""
    with torch.random.fork_rng([device] if device.type == "cuda" else []):
        return build_trainer(config, prepared, device)


def create_run(path: Path, config: RunConfig, prepared: PreparedData, trainer: Trainer) -> Run:
    """Make the folder of a new run, or start over in one without a checkpoint."""
    data, split = prepared.data, prepared.split
    identity = DataIdentity(
        name=data.name,
        images=len(data),
        content_hash=data.content_hash,
        classes=data.classes,
        training_classes=split.training_classes,
        open_set=split.open_set,
    )
    info = RunInfo(
        schema_version=SCHEMA_VERSION,
        created=now_text(),
        config=located(config),
        seed=config.seed,
        data=identity,
        model=trainer.model.architecture(),
        versions=library_versions(),
        device=trainer.world.describe(trainer.device),
        world_size=trainer.world.size,
    )
    run = Run.create(path, info, Samples(data.ids, data.labels, prepared.held_out))
    write_edits(path / RUN_FILE, prepared.edits)
    return run


def resume_from(run: Run, prepared: PreparedData, trainer: Trainer, report: Report) -> Progress:
    """Load the newest checkpoint of a run that can be read, and take the run back to its step.

    Damaged ones are set aside.

    Raises
    ------
    InputError
        where data or split have changed since, or no checkpoint can be read.
    """
    _check_same_data(run, prepared)
    *older, newest = run.checkpoint_steps()
    try:
        progress = load_checkpoint(run.checkpoint_path(newest), trainer)
    except InputError as error:
        if not older:
            raise
        run.set_aside_checkpoint(newest)
        report(Note(f"{error}; going on from the checkpoint before it"))
        return resume_from(run, prepared, trainer, report)
    run.rewind(progress.step, len(progress.history))
    return progress


def _check_same_data(run: Run, prepared: PreparedData) -> None:
    if run.info.data.content_hash != prepared.data.content_hash:
        raise InputError(f"{run.path}: cannot go on, the images of {run.config.data} have changed since the run began")
    if not np.array_equal(run.samples().held_out, prepared.held_out):
        raise InputError(f"{run.path}: cannot go on, other images would be held out than when the run began")
