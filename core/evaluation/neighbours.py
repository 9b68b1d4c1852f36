"""Nearest neighbours: exact, some queries at a time, so that no matrix of all distances is held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.data.dataset import NO_GROUP
from core.distances import Array, Distance, as_distance
from core.errors import InputError
from core.evaluation.inputs import as_numpy, checked_embeddings, checked_groups
from core.watch import Watch

PAIRS_AT_ONCE = 1 << 22
VOTERS = (1, 5)


@dataclass(frozen=True, eq=False)
class Gallery:
    """Labelled embeddings that others are looked up in."""

    embeddings: Array
    """[M, D]"""
    labels: Array
    """[M]"""
    groups: Array | None = None
    """[M], see `core.evaluation.evaluated.EvaluatedImages`."""


class Search:
    """Images that are looked up among all others, or in a gallery; images of one group do not find one another.

    Parameters
    ----------
    images
        What is looked up.
    gallery
        What is searched; None for the images themselves, each without itself.
    distance
        Name or distance object.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings.
    """

    def __init__(self, images: Gallery, gallery: Gallery | None, distance: str | Distance) -> None:
        count = len(images.embeddings)
        everything = images if gallery is None else _joined(images, gallery)
        searched = slice(0 if gallery is None else count, None)
        vectors, classes = checked_embeddings(everything.embeddings, everything.labels)
        rule = as_distance(distance)
        mapped = rule.transform(vectors)
        mapped = mapped - mapped.mean(dim=0)  # near the origin products round least
        self._queries, self._targets = mapped[:count], mapped[searched]
        self._squares = self._targets.square().sum(dim=1)
        self.classes, self._names = classes[:count], classes[searched]
        """[N], numbered from 0."""
        groups = _every_image_in_one(everything.groups, len(vectors))
        self._groups, self._target_groups = groups[:count], groups[searched]
        self.most = len(self._targets) - (gallery is None)
        """How many each image may find."""
        self.relevant = self._count_relevant()
        """[N], how many of its class each image may find."""

    def blocks(self, rows: Tensor, watch: Watch | None = None) -> Iterator[Tensor]:
        """Rows of images in parts whose distances can be held."""
        return in_blocks(rows, len(self._targets), watch)

    def classes_of_nearest(self, rows: Tensor, k: int) -> Tensor:
        """Classes of the k nearest of each image in these rows [Q], nearest first; -1 for one of its group, [Q, k]."""
        groups = self._groups[rows], self._target_groups
        found = nearest(self._queries[rows], self._targets, k, squares=self._squares, groups=groups)
        barred = self._target_groups[found] == self._groups[rows, None]
        return self._names[found].masked_fill(barred, -1)

    def _count_relevant(self) -> Tensor:
        """Targets of each image's class, less those of its group as well."""
        several = int(self._groups.max()) + int(self._target_groups.max()) + 2
        both, counts = np.unique((self._names * several + self._target_groups).numpy(), return_counts=True)
        mine = (self.classes * several + self._groups).numpy()
        places = np.searchsorted(both, mine).clip(max=len(both) - 1)
        together = np.where(both[places] == mine, counts[places], 0)
        sizes = self._names.bincount(minlength=int(self.classes.max()) + 1)
        return sizes[self.classes] - torch.from_numpy(together)


def knn_accuracy(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    *,
    groups: Array | None = None,
    gallery: Gallery | None = None,
    ks: Sequence[int] = VOTERS,
    watch: Watch | None = None,
) -> dict[int, float]:
    """Share of images that the majority of their k nearest neighbours names rightly, by k.

    Of equally many votes, those of the class with the nearest voter win. Counted are images whose class is among those
    that are searched. The order of equal distances is not defined.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N]
    distance
        Name or distance object.
    groups
        [N], see `core.evaluation.evaluated.EvaluatedImages`: images of one group do not vote for one another.
    gallery
        What is searched, such as the training images of a closed set; None for all images but the one itself.
    ks
        Numbers of neighbours; those that are more than there are to find are left out.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings, or none whose class is among those searched.
    Cancelled
        where `watch` said so.
    """
    search = Search(Gallery(embeddings, labels, groups), gallery, distance)
    queries = search.relevant.nonzero()[:, 0]
    if not len(queries):
        raise InputError("k-NN needs an image whose class is among those searched, found none")
    used = [k for k in ks if k <= search.most]
    right = np.zeros(len(used))
    for rows in search.blocks(queries, watch):
        found = search.classes_of_nearest(rows, max(used, default=1))
        right += [int((majority(found[:, :k]) == search.classes[rows]).sum()) for k in used]
    return dict(zip(used, (right / len(queries)).tolist(), strict=True))


def nearest(
    queries: Tensor,
    targets: Tensor,
    k: int,
    *,
    squares: Tensor | None = None,
    own: Tensor | None = None,
    groups: tuple[Tensor, Tensor] | None = None,
) -> Tensor:
    """Rows of the k nearest targets [M, D] of each query [Q, D], nearest first, int64 [Q, k].

    Both are float64 and have been through a distance's own map, after which every distance here increases with the
    Euclidean one. `squares` are the squared lengths of the targets [M], where they are known. Last come the rows `own`
    [Q] that the queries themselves have among the targets, and targets of a query's group: `groups` are those of the
    queries [Q] and of the targets [M].
    """
    squares = targets.square().sum(dim=1) if squares is None else squares
    # |q - t|² but for what is the same for all targets of a query.
    ranks = torch.addmm(squares, queries, targets.T, alpha=-2.0)
    if own is not None:
        ranks[torch.arange(len(own)), own] = torch.inf
    if groups is not None:
        ranks.masked_fill_(groups[0][:, None] == groups[1], torch.inf)
    return ranks.topk(k, dim=1, largest=False).indices


def in_blocks(rows: Tensor, targets: int, watch: Watch | None = None) -> Iterator[Tensor]:
    """Rows [Q] in parts whose distances to all targets can be held."""
    at_once = max(PAIRS_AT_ONCE // targets, 1)
    for start in range(0, len(rows), at_once):
        if watch is not None:
            watch(start / len(rows))
        yield rows[start : start + at_once]


def majority(voters: Tensor) -> Tensor:
    """The class with most votes among voters [Q, K], nearest first; that of the nearest where several have as many.

    Voters of class -1 have no vote.
    """
    k = voters.shape[1]
    votes = (voters[:, :, None] == voters[:, None, :]).sum(dim=2).masked_fill(voters < 0, 0)
    winner = (votes * k - torch.arange(k)).argmax(dim=1, keepdim=True)
    return voters.gather(1, winner)[:, 0]


def _every_image_in_one(groups: Array | None, count: int) -> Tensor:
    """Groups of images from 0, int64 [N]; an image of no group is one of its own."""
    numbers = checked_groups(groups, count).astype(np.int64)
    return torch.from_numpy(np.where(numbers == NO_GROUP, numbers.max() + 1 + np.arange(count), numbers))


def _joined(images: Gallery, gallery: Gallery) -> Gallery:
    """Both, one after the other."""
    shapes = images.embeddings.shape, gallery.embeddings.shape
    if any(len(shape) != 2 for shape in shapes) or shapes[0][1] != shapes[1][1]:
        raise ValueError(
            "embeddings [N, D] and those of the gallery [M, D] must agree in D, "
            f"found {list(shapes[0])} and {list(shapes[1])}"
        )
    both = images, gallery
    groups = [np.full(len(one.embeddings), NO_GROUP) if one.groups is None else as_numpy(one.groups) for one in both]
    return Gallery(
        np.concatenate([as_numpy(one.embeddings) for one in both]),
        np.concatenate([as_numpy(one.labels) for one in both]),
        np.concatenate(groups),
    )
