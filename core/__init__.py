"""Qt-free library of metric-explorer: trains, evaluates, projects and verifies image embeddings.

Importing this package is cheap: a public name loads its module, and with it torch, on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.config import RunConfig
    from core.gallery.gallery import Gallery
    from core.runs import Run
    from core.training.session import train
    from core.verification import Verifier

__version__ = "0.1.0"
__all__ = ["Gallery", "Run", "RunConfig", "Verifier", "__version__", "train"]

_HOME = {
    "Gallery": "core.gallery.gallery",
    "Run": "core.runs",
    "RunConfig": "core.config",
    "Verifier": "core.verification",
    "train": "core.training.session",
}
_SUBPACKAGES = frozenset(
    {"data", "distances", "evaluation", "fitted_distances", "losses", "mining", "models", "projection", "training"}
)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    if name in _SUBPACKAGES:
        return import_module(f"core.{name}")
    raise AttributeError(f"module 'core' has no attribute {name!r}")
