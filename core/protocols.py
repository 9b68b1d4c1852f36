"""Protocols run on a model: which images they take, and what it makes of them."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.errors import InputError
from core.evaluation.protocols.episodes import EpisodeSettings, few_shot
from core.evaluation.protocols.lfw import locate, read_pairs_txt
from core.evaluation.protocols.one_shot import one_shot_result, read_one_shot_runs
from core.evaluation.protocols.pair_file import read_pair_file
from core.evaluation.protocols.pairs import pairs_result
from core.evaluation.protocols.result import ProtocolResult
from core.training.outcome import load_embeddings
from core.training.records import TrainingSnapshot
from core.verification import Verifier
from core.watch import Watch


def lfw_protocol(verifier: Verifier, pairs_file: Path, images: Path, watch: Watch | None = None) -> ProtocolResult:
    """Verification by a pairs.txt of LFW: accuracy over its folds, each at the threshold best for the others.

    Parameters
    ----------
    verifier
        Its distance is what pairs are compared by.
    pairs_file
        As `core.evaluation.protocols.lfw` reads it. A list without folds is judged by the run's own threshold.
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
    listed = read_pairs_txt(pairs_file)
    warnings = []
    if listed.trials.folds is None:
        warnings.append(f"{pairs_file.name} is one set without folds, so its accuracy is that of the run's threshold")
    threshold = _threshold(verifier) if listed.trials.folds is None else None
    files = locate(listed.images, images)
    found = pairs_result(
        "lfw",
        verifier.embed_many(files, watch),
        listed.labels,
        listed.trials,
        verifier.distance_in_use,
        threshold=threshold,
        warnings=warnings,
    )
    return _signed(found, verifier)


def pairs_protocol(verifier: Verifier, csv: Path, watch: Watch | None = None) -> ProtocolResult:
    """Verification by one's own list of pairs: as `lfw_protocol` where it has folds, else at the run's threshold.

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
    listed = read_pair_file(csv)
    threshold = _threshold(verifier) if listed.trials.folds is None else None
    found = pairs_result(
        "pairs",
        verifier.embed_many(listed.images, watch),
        listed.labels,
        listed.trials,
        verifier.distance_in_use,
        threshold=threshold,
        warnings=listed.warnings,
    )
    return _signed(found, verifier)


def one_shot_protocol(verifier: Verifier, folder: Path, watch: Watch | None = None) -> ProtocolResult:
    """One-shot classification in runs like Omniglot's: a test image is of the class of the nearest training image.

    Parameters
    ----------
    verifier
        Its distance is what images are compared by.
    folder
        With <run>/class_labels.txt, as `core.evaluation.protocols.one_shot` reads them.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there is no run, or one is damaged.
    Cancelled
        where `watch` said so.
    """
    runs = read_one_shot_runs(folder)
    embeddings = verifier.embed_many([file for run in runs for file in run.files], watch)
    return _signed(one_shot_result(runs, embeddings, verifier.distance_in_use), verifier)


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
        where a number is out of range, the classes or their images are too few, or the run knows none.
    Cancelled
        where `watch` said so.
    """
    settings = EpisodeSettings(ways, shots, count, queries, seed)
    steps = verifier.run.snapshot_steps()
    if not steps:
        raise InputError(f"{verifier.run.path}: has no snapshot yet, which episodes take held-out embeddings from")
    snapshot = load_embeddings(verifier.run, steps[-1])
    if snapshot.pairs is not None:
        raise InputError(f"{verifier.run.path}: episodes need classes, found a run that was trained on a list")
    images = snapshot.evaluated()
    found = few_shot(images.embeddings, images.labels, settings, verifier.distance_in_use, watch)
    found = replace(found, warnings=(*_reservations(verifier, snapshot), *found.warnings))
    return _signed(found, verifier)


def _threshold(verifier: Verifier) -> float:
    """The threshold of the run or bundle, for pairs that come without folds."""
    choice = verifier.origin.threshold()
    if choice is None:
        raise InputError(f"{verifier.origin.path}: has no threshold yet, and the list has no folds to find one by")
    used = verifier.distance_in_use.name
    if choice.distance != used:
        raise InputError(
            f"{verifier.origin.path}: the threshold must be for the {used} distance that pairs are compared by, found "
            f"one for {choice.distance}"
        )
    return verifier.stored_threshold()


def _reservations(verifier: Verifier, snapshot: TrainingSnapshot) -> list[str]:
    """What makes episodes say less than they seem to."""
    found = []
    held_out = int(np.count_nonzero(snapshot.held_out))
    if not snapshot.open_set:
        found.append("the classes are those of training (closed set), so the episodes are not of new classes")
    if held_out < snapshot.held_out_total:
        found.append(f"the newest snapshot has {held_out} of {snapshot.held_out_total} held-out images")
    if snapshot.step != verifier.step:
        found.append(f"the embeddings are those of step {snapshot.step}, the newest weights of step {verifier.step}")
    if snapshot.groups is not None:
        found.append("images of one group may be support and query of one episode")
    return found


def _signed(found: ProtocolResult, verifier: Verifier) -> ProtocolResult:
    """The result with what it was measured by."""
    by: dict[str, int | float | str] = {"distance": verifier.distance_in_use.name, "step": verifier.step}
    return replace(found, settings=by | dict(found.settings))
