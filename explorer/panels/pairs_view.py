"""Pairs of images and of identities as the panel shows them."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from pathlib import PurePosixPath
from typing import Literal

from explorer import formats
from explorer.translation import tr

Mode = Literal["false accepts", "false rejects", "bar", "identities"]
"""What the panel lists: the errors of the threshold, the pairs of a wish, or those of two identities."""
Order = Literal["nearest", "worst"]
"""Errors nearest the threshold first, or those farthest on its wrong side."""


class Verdict(Enum):
    """What a threshold makes of a pair."""

    ACCEPTED = auto()
    REJECTED = auto()
    FALSE_ACCEPT = auto()
    FALSE_REJECT = auto()

    @property
    def words(self) -> str:
        """What it is called."""
        return _VERDICTS[self]

    @property
    def is_error(self) -> bool:
        """Whether the threshold is wrong about the pair."""
        return self in (Verdict.FALSE_ACCEPT, Verdict.FALSE_REJECT)


def pairs_words(count: int) -> str:
    """'1 pair', '12 pairs'."""
    return tr("1 pair") if count == 1 else tr("{count} pairs").format(count=formats.count(count))


_VERDICTS = {
    Verdict.ACCEPTED: tr("accepted"),
    Verdict.REJECTED: tr("rejected"),
    Verdict.FALSE_ACCEPT: tr("false accept"),
    Verdict.FALSE_REJECT: tr("false reject"),
}


@dataclass(frozen=True)
class PairImage:
    """One image of a pair."""

    sample: int
    """As snapshots number images."""
    name: str
    """Its id, such as 'cat/001.jpg'."""
    identity: int
    identity_name: str

    @cached_property
    def short_name(self) -> str:
        """The file's name without folder and suffix."""
        return PurePosixPath(self.name).stem


@dataclass(frozen=True)
class ImagePair:
    """Two images and how far they are apart."""

    first: PairImage
    second: PairImage
    distance: float
    genuine: bool
    """Whether both are of one identity."""

    @property
    def samples(self) -> tuple[int, int]:
        """Both images, as snapshots number them."""
        return self.first.sample, self.second.sample

    def verdict(self, threshold: float) -> Verdict:
        """What a threshold makes of the pair."""
        if self.distance <= threshold:
            return Verdict.ACCEPTED if self.genuine else Verdict.FALSE_ACCEPT
        return Verdict.FALSE_REJECT if self.genuine else Verdict.REJECTED

    def described(self, threshold: float) -> str:
        """All there is to say of the pair, in three lines."""
        kind = tr("one identity") if self.genuine else tr("two identities")
        return "\n".join(
            (
                tr("{verdict}: distance {distance}, {kind}").format(
                    verdict=self.verdict(threshold).words, distance=formats.distance(self.distance), kind=kind
                ),
                f"{self.first.name} ({self.first.identity_name})",
                f"{self.second.name} ({self.second.identity_name})",
            )
        )


@dataclass(frozen=True)
class PairsView:
    """Pairs to be shown."""

    title: str
    """What they are: 'Impostor pairs from 0.41 to 0.43'."""
    pairs: tuple[ImagePair, ...]
    total: int
    """How many there are beside those shown."""
    empty: str
    """What to say where there is none."""

    @property
    def count(self) -> str:
        """'37 pairs', or '200 of 1 204 pairs'."""
        shown = "" if len(self.pairs) == self.total else tr("{pairs} of ").format(pairs=formats.count(len(self.pairs)))
        return shown + pairs_words(self.total)


@dataclass(frozen=True)
class ConfusionRow:
    """Errors between two identities, or of one with itself."""

    first: int
    second: int
    first_name: str
    second_name: str
    errors: int
    pairs: int

    @property
    def genuine(self) -> bool:
        """Whether pairs of one identity were rejected; else pairs of two were accepted."""
        return self.first == self.second

    @property
    def rate(self) -> float:
        """Share of the pairs that the threshold is wrong about."""
        return self.errors / self.pairs

    @property
    def sign(self) -> str:
        """What the threshold takes them for, in short: '3 = 8' or '3 ≠ 3'."""
        return f"{self.first_name} {'≠' if self.genuine else '='} {self.second_name}"

    @property
    def text(self) -> str:
        """The same in words: '3 taken for 8' or '3 not recognised'."""
        return (
            tr("{first_name} not recognised").format(first_name=self.first_name)
            if self.genuine
            else tr("{first_name} taken for {second_name}").format(
                first_name=self.first_name, second_name=self.second_name
            )
        )
