"""What the settings of the metric loss are called and for, where that differs from one loss to another."""

from core.hyperparameters import SETTING_SPECS, Mining
from core.loss_specs import LOSS_SPECS, LossName
from explorer.translation import tr

TRIPLET_MARGIN: frozenset[LossName] = frozenset({"triplet", "soft-triplet", "quadruplet"})
"""Losses whose margin says how much farther than its positive a triplet's negative must be."""

MINING_HELP: dict[Mining, str] = {
    "all": tr("Every tuple of the batch that still costs something. The calmest choice; late in training few count."),
    "semi-hard": tr(
        "Triplets whose negative is farther than the positive, but by no more than the margin. "
        "The usual choice: strong enough to learn from, mild enough not to collapse."
    ),
    "hard": tr(
        "Each anchor-positive pair with its closest negative. Learns fine differences; "
        "wrong labels hurt, and a fresh network may collapse."
    ),
    "batch-hard": tr(
        "Each anchor with its farthest positive and closest negative. The strongest pull; "
        "choose it when semi-hard finds hardly any active triplets."
    ),
    "random": tr("Each anchor-positive pair with one random negative. A baseline to compare with."),
    "distance-weighted": tr(
        "Each anchor-positive pair with one negative, drawn so that near and far ones come equally "
        "often. Choose it when hard negatives are too noisy and random ones too easy."
    ),
    "easy-positive": tr(
        "Each anchor with its closest positive only. Leaves a class room to spread: "
        "choose it for classes that look different inside, or for unseen classes."
    ),
}


def margin_words(loss: LossName) -> tuple[str, str]:
    """Label with the unit, and help, of the margin of this loss."""
    general = next(spec.help for spec in SETTING_SPECS if spec.name == "margin")
    spec = LOSS_SPECS[loss]
    return tr(spec.margin_label), tr(spec.margin_help or general)
