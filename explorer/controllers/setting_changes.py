"""Changes of live settings in words."""

from core.hyperparameters import Hyperparameters
from explorer.translation import tr

_SHORT_NAMES = {
    "margin": tr("margin"),
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "learning_rate": tr("rate"),
    "temperature": tr("temperature"),
    "scale": tr("scale"),
    "class_learning_rate": tr("class vectors' rate"),
    "mining": tr("mining"),
}


def describe_change(old: Hyperparameters, new: Hyperparameters) -> str:
    """A change of live settings in words: 'margin 0.2 → 0.3'."""
    parts = []
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            parts.append(f"{_SHORT_NAMES[name]} {_short(before)} → {_short(after)}")
    return ", ".join(parts)


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
