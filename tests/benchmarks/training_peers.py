"""What training speed is compared with: bare steps, and the usual loop of pytorch-metric-learning."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from pytorch_metric_learning.losses import TripletMarginLoss
from pytorch_metric_learning.miners import TripletMarginMiner
from pytorch_metric_learning.samplers import MPerClassSampler
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, Dataset
from torchvision import tv_tensors
from torchvision.transforms import v2

from core.config import RunConfig
from core.device import resolve_precision
from core.hyperparameters import Hyperparameters
from core.losses.multi_task import TaskWeights, multi_task_loss
from core.losses.segmentation import segmentation_loss
from core.losses.triplet import TripletLoss
from core.models.multi_task import ModelOutput, MultiTaskModel
from core.training.preparation import PreparedData
from core.training.trainer import parameter_groups


def warm_up(device: torch.device) -> int:
    """Steps before one is timed: a GPU picks its algorithms in them, the CPU makes its first buffers."""
    return 10 if device.type == "cuda" else 1


class Peer:
    """Model and optimizer of a loop with nothing around it."""

    def __init__(self, config: RunConfig, prepared: PreparedData, device: torch.device) -> None:
        torch.manual_seed(config.seed)
        self._device = device
        classes = len(prepared.split.training_classes)
        model = MultiTaskModel(config.backbone, classes, config.embedding_dim, prepared.data.masks is not None)
        self._model = model.to(device, memory_format=torch.channels_last).train()
        self._optimizer = torch.optim.AdamW(parameter_groups(model, config.weight_decay), lr=1e-3, fused=True)
        self._mixed = resolve_precision(config.precision, device) == "bf16-mixed"

    def forward(self, images: Tensor) -> ModelOutput:
        """The model's output, in bf16 where ours is."""
        with torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._mixed):
            output: ModelOutput = self._model(images)
        return output

    def update(self, loss: Tensor) -> None:
        """Backward pass, the optimizer's step, and a look at the loss."""
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._optimizer.step()
        loss.item()


def bare_steps(config: RunConfig, prepared: PreparedData, device: torch.device, *, resident: bool = False) -> float:
    """Images a second of forward, losses, backward and update, on the same batches or on one that stays where it is."""
    peer, metric_loss, settings = Peer(config, prepared, device), TripletLoss(), Hyperparameters()
    weights = TaskWeights(settings.alpha, settings.beta, settings.gamma)
    kept = prepared.batches.batch(0)

    def step(number: int) -> None:
        batch = kept if resident else prepared.batches.batch(number)
        losses = multi_task_loss(
            peer.forward(batch.images),
            labels=batch.labels,
            masks=batch.masks,
            has_mask=batch.has_mask,
            metric_loss=metric_loss,
            weights=weights,
        )
        peer.update(losses.total)

    return _images_a_second(step, config, prepared, device)


def metric_learning_loop(config: RunConfig, prepared: PreparedData, device: torch.device, workers: int) -> float:
    """Images a second of the same tasks by pytorch-metric-learning: semi-hard triplets, a sampler, a DataLoader.

    The images are decoded before, as ours; each is augmented by itself, as torchvision's transforms do.
    """
    peer, loss_of, miner = Peer(config, prepared, device), TripletMarginLoss(0.2), TripletMarginMiner(0.2, "semihard")
    labels = prepared.split.training_label_of[prepared.data.labels[prepared.split.training]]
    batch_size = prepared.batches.batch_size
    classes = min(config.classes_per_batch, len(prepared.split.training_classes))
    sampler = MPerClassSampler(labels, batch_size // classes, batch_size, len(labels))
    loader = DataLoader(
        _Images(prepared, labels),
        batch_size,
        sampler=sampler,
        num_workers=workers,
        pin_memory=device.type == "cuda",
        persistent_workers=workers > 0,
        drop_last=True,
    )
    batches = _endless(loader)

    def step(number: int) -> None:
        images, masks, known = (part.to(device, non_blocking=True) for part in next(batches))
        output = peer.forward(images)
        embeddings = output.embedding.float()
        loss = cross_entropy(output.logits.float(), known) + loss_of(embeddings, known, miner(embeddings, known))
        if output.mask_logits is not None:
            loss = loss + segmentation_loss(output.mask_logits, masks)
        peer.update(loss)

    return _images_a_second(step, config, prepared, device)


class _Images(Dataset[tuple[Tensor, Tensor, int]]):
    """Decoded images, augmented one by one."""

    def __init__(self, prepared: PreparedData, labels: Any) -> None:
        self._data, self._rows, self._labels = prepared.data, prepared.split.training, labels
        self._change = v2.Compose(
            [
                v2.RandomAffine(10, (0.08, 0.08), (0.85, 1.15)),
                v2.ColorJitter(0.2, 0.2),
                v2.ToDtype(torch.float32, scale=True),
            ]
        )

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> tuple[Tensor, Tensor, int]:
        row = self._rows[place]
        image = tv_tensors.Image(torch.from_numpy(self._data.images[row].copy()))
        size = image.shape[-1]
        known = self._data.masks is not None
        mask = torch.from_numpy(self._data.masks[row].copy()) if known else torch.zeros(size, size, dtype=torch.uint8)
        changed, changed_mask = self._change(image, tv_tensors.Mask(mask[None]))
        return changed.as_subclass(Tensor), changed_mask.as_subclass(Tensor).float() / 255, int(self._labels[place])


def _endless(loader: DataLoader[Any]) -> Iterator[Any]:
    while True:
        yield from loader


def _images_a_second(
    step: Callable[[int], None], config: RunConfig, prepared: PreparedData, device: torch.device
) -> float:
    steps = config.epochs * prepared.batches.batches_per_epoch
    for number in range(warm_up(device)):
        step(number)
    begun = time.perf_counter()
    for number in range(steps):
        step(number)
    if device.type == "cuda":
        torch.cuda.synchronize()
    return steps * prepared.batches.batch_size / (time.perf_counter() - begun)
