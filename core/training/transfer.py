"""Transfer: a run that starts from the weights of another one, and stages of the backbone that keep theirs."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from core.config import STAGES, BackboneName, RunConfig
from core.data.dataset import DecodedDataset
from core.errors import InputError
from core.models.multi_task import MultiTaskModel
from core.run_content import located
from core.runs import Run
from core.training.checkpoint import load_newest_model


def open_start(path: Path, backbone: BackboneName) -> Run:
    """Open the run whose weights another one with this backbone starts from.

    Raises
    ------
    InputError
        where it is no run, is damaged, has no checkpoint yet, or has another backbone.
    """
    run = Run.open(path)
    run.newest_checkpoint()
    if run.config.backbone != backbone:
        raise InputError(f"init: must be a run with the backbone {backbone}, {path} has {run.config.backbone}")
    return run


def start_from(path: Path, model: MultiTaskModel, classes: tuple[str, ...]) -> str:
    """Take over what fits of another run's newest weights, and say in one sentence what was made anew.

    Parameters
    ----------
    path
        Folder of the other run, of which the averaged weights are taken where it has some.
    model
        Fresh; its backbone takes the other's weights, a head only where it says the same of an image.
    classes
        Names of the training classes, in the order of the model's logits.

    Raises
    ------
    InputError
        as `open_start`, or where the checkpoint is damaged; the model is left as it was.
    """
    run = open_start(path, model.backbone_name)
    other, step = load_newest_model(run)
    model.backbone.load_state_dict(other.backbone.state_dict())
    anew = []
    if other.embedding_dim == model.embedding_dim:
        model.embedding.load_state_dict(other.embedding.state_dict())
    else:
        anew.append(f"the embedding head (of size {model.embedding_dim} in place of {other.embedding_dim})")
    known = other.classification if run.info.data.training_classes == classes else None
    anew += _take_over(known, model.classification, "the classification head (other classes)")
    anew += _take_over(other.decoder, model.decoder, "the decoder of masks (that run had none)")
    return f"starts from the weights of {run.path} at step {step}" + (f"; made anew: {', '.join(anew)}" if anew else "")


def _take_over(other: nn.Module | None, head: nn.Module | None, words: str) -> list[str]:
    """Load a head that both models have; the words for one that has to start anew."""
    if head is None or other is None:
        return [] if head is None else [words]
    head.load_state_dict(other.state_dict())
    return []


def seen_in_words(path: Path, config: RunConfig, data: DecodedDataset, held_out: NDArray[np.bool_]) -> str | None:
    """What the run to start from knows of the images that are held out now, in one sentence; None where nothing.

    Only runs on the same place or built-in set are compared, where an image has the same name.

    Parameters
    ----------
    path
        Folder of the other run.
    config
        Of the new one.
    data
        Its N images.
    held_out
        Whether each is held out, bool [N].

    Raises
    ------
    InputError
        where it is no run, or is damaged.
    """
    run = Run.open(path)
    if run.config.data != located(config).data:
        return None
    before = run.samples()
    learned = {name for name, out in zip(before.ids, before.held_out, strict=True) if not out}
    count = sum(out and name in learned for name, out in zip(data.ids, held_out, strict=True))
    if not count:
        return None
    return (
        f"{run.path} has trained on {count:,} of the {held_out.sum():,} images that are held out now, so figures on "
        "them are optimistic; split the data as that run does"
    )


def frozen_in_words(config: RunConfig) -> str:
    """What freezing does to a run, in one sentence."""
    stages = f"the first {config.freeze} of {STAGES[config.backbone]} stages of {config.backbone} keep their weights"
    if config.pretrained or config.init is not None:
        return f"{stages} and the statistics of their norms; the stages after them are trained"
    return (
        f"{stages}, which are random: without pretrained weights or another run's, frozen stages have learned nothing"
    )
