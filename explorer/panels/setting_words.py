"""What the settings of the metric loss are called and for, where that differs from one loss to another."""

from core.hyperparameters import SETTING_SPECS, Mining
from core.loss_specs import LossName

TRIPLET_MARGIN: frozenset[LossName] = frozenset({"triplet", "soft-triplet", "quadruplet"})
"""Losses whose margin says how much farther than its positive a triplet's negative must be."""

MINING_HELP: dict[Mining, str] = {
    "all": "Every tuple of the batch that still costs something. The calmest choice; late in training few count.",
    "semi-hard": "Triplets whose negative is farther than the positive, but by no more than the margin. "
    "The usual choice: strong enough to learn from, mild enough not to collapse.",
    "hard": "Each anchor-positive pair with its closest negative. Learns fine differences; "
    "wrong labels hurt, and a fresh network may collapse.",
    "batch-hard": "Each anchor with its farthest positive and closest negative. The strongest pull; "
    "choose it when semi-hard finds hardly any active triplets.",
    "random": "Each anchor-positive pair with one random negative. A baseline to compare with.",
    "distance-weighted": "Each anchor-positive pair with one negative, drawn so that near and far ones come equally "
    "often. Choose it when hard negatives are too noisy and random ones too easy.",
    "easy-positive": "Each anchor with its closest positive only. Leaves a class room to spread: "
    "choose it for classes that look different inside, or for unseen classes.",
}

_PAIR = (
    "margin (distance)",
    "How far apart the images of a negative pair must be before the pair costs nothing. "
    "Raise it when classes stay close; lower it when pairs that are far enough still take up the loss.",
)
_MARGINS: dict[LossName, tuple[str, str]] = {
    "contrastive": _PAIR,
    "contrastive-squared": _PAIR,
    "lifted-structure": (
        "margin (distance)",
        "From which distance on a negative counts little. Raise it when classes stay close.",
    ),
    "multi-similarity": (
        "margin (cosine)",
        "A pair counts unless it is easier by this much than the hardest of its anchor's other kind. "
        "Raise it to let more pairs count.",
    ),
    "sphereface": (
        "margin (factor)",
        "By what the angle to the own class vector is multiplied; 1 is no margin at all. "
        "Raise it for tighter classes; lower it when training does not get going.",
    ),
    "cosface": (
        "margin (cosine)",
        "What is taken off the cosine to the own class vector. Raise it for tighter classes; "
        "lower it when training does not get going.",
    ),
    "arcface": (
        "margin (rad)",
        "What is added, in radians, to the angle to the own class vector. Raise it for tighter classes; "
        "lower it when training does not get going.",
    ),
    "proxy-anchor": (
        "margin (cosine)",
        "How far above it cosines to the own proxy should lie, and those to other proxies as far below 0. "
        "Raise it for tighter classes.",
    ),
    "soft-triple": (
        "margin (cosine)",
        "What is taken off the similarity to the own class. Raise it for tighter classes.",
    ),
}


def margin_words(loss: LossName) -> tuple[str, str]:
    """Label with the unit, and help, of the margin of this loss."""
    general = next(spec.help for spec in SETTING_SPECS if spec.name == "margin")
    return _MARGINS.get(loss, ("margin (distance)", general))
