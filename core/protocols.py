"""Protocols run on a model: which images they take, and what it makes of them."""

from pathlib import Path

from core.evaluation.pair_scan import Watch
from core.evaluation.protocols.result import ProtocolResult
from core.verification import Verifier


def lfw_protocol(verifier: Verifier, pairs_file: Path, images: Path, watch: Watch | None = None) -> ProtocolResult:
    """Verification by a pairs.txt of LFW: accuracy over its folds, each at the threshold best for the others.

    Parameters
    ----------
    verifier
        Its distance is what pairs are compared by.
    pairs_file
        As `core.evaluation.protocols.lfw` reads it. Of a list without folds, the accuracy is that of the run's own
        threshold.
    images
        Folder with <name>/<name>_<number in four digits>.jpg or .png.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where the list is damaged, images are missing, or a list without folds meets a run without a threshold.
    Cancelled
        where `watch` said so.
    """
    raise NotImplementedError


def pairs_protocol(verifier: Verifier, csv: Path, watch: Watch | None = None) -> ProtocolResult:
    """Verification by one's own list of pairs: as `lfw_protocol` where it has a column 'fold', else at the threshold.

    Parameters
    ----------
    verifier
        Its distance is what pairs are compared by.
    csv
        With the columns image_a, image_b (or a, b), same and optionally fold; paths are relative to the file.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where the list cannot be used, or one without folds meets a run without a threshold.
    Cancelled
        where `watch` said so.
    """
    raise NotImplementedError


def one_shot_protocol(verifier: Verifier, folder: Path, watch: Watch | None = None) -> ProtocolResult:
    """One-shot classification in runs like Omniglot's: a test image is of the class of the nearest training image.

    Parameters
    ----------
    verifier
        Its distance is what images are compared by.
    folder
        With runNN/class_labels.txt, as `core.evaluation.protocols.one_shot` reads them.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there is no run, or one is damaged.
    Cancelled
        where `watch` said so.
    """
    raise NotImplementedError


def episodes(
    verifier: Verifier,
    *,
    ways: int,
    shots: int,
    count: int,
    queries: int = 15,
    seed: int = 0,
    watch: Watch | None = None,
) -> ProtocolResult:
    """Few-shot classification over the run's held-out classes, in random episodes.

    Parameters
    ----------
    verifier
        Its run's newest snapshot has the embeddings; its distance is what they are compared by.
    ways, shots, queries
        Classes of an episode, support images and query images of each class.
    count
        Episodes.
    seed
        Of the draw.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where the classes or their images are too few, or the run knows none.
    Cancelled
        where `watch` said so.
    """
    raise NotImplementedError
