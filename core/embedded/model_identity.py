"""Which weights embedded a set, so that nobody compares it with what other weights say."""

import hashlib

import torch

from core.embedded.embedding_set import EmbeddingSet
from core.errors import InputError
from core.models.multi_task import MultiTaskModel


def weights_digest(model: MultiTaskModel) -> str:
    """SHA-256 over all weights of a model, by name."""
    digest = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        digest.update(f"{name} {value.dtype} {list(value.shape)}".encode())
        digest.update(value.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy())
    return digest.hexdigest()


def check_model(embedded: EmbeddingSet, model: MultiTaskModel, run: str) -> None:
    """Refuse a model that did not embed a set.

    Raises
    ------
    InputError
        where its weights are others.
    """
    known = embedded.content.model
    if weights_digest(model) != known.weights:
        raise InputError(
            f"{embedded.path}: was embedded by step {known.step} of {known.run}, whose weights are not those of "
            f"{run} now; embed the images again"
        )
