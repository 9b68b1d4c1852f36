"""What this machine has: versions, device, display, free disk, data folders."""

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import torch

import core
from core.data.sources import BUILTIN_NAMES
from core.device import describe_device, resolve_device
from core.run_content import library_versions


def examine() -> dict[str, Any]:
    """Findings by name, ready for JSON."""
    here = Path.cwd()
    device = resolve_device("auto")
    return {
        "metric-explorer": core.__version__,
        "platform": platform.platform(),
        "versions": library_versions(),
        "device": describe_device(device),
        "cuda": torch.version.cuda if torch.cuda.is_available() else "not available",
        "threads": torch.get_num_threads(),
        "display": find_display(),
        "free_disk_gib": _free_gib(here),
        "run_folder": str(here / "runs"),
        "built_in_data": ", ".join(BUILTIN_NAMES),
        "pretrained_weights": torch.hub.get_dir(),
        "temporary_folder": tempfile.gettempdir(),
        "free_temporary_gib": _free_gib(tempfile.gettempdir()),
    }


def _free_gib(folder: Path | str) -> float:
    return round(shutil.disk_usage(folder).free / 2**30, 1)


def find_display() -> str:
    """The display a window would open on, in words."""
    if importlib.util.find_spec("PySide6") is None:
        return "none: Qt is not installed"
    if sys.platform != "linux":
        return sys.platform
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(name):
            return f"{name}={os.environ[name]}"
    return "none: a window needs a display; xvfb-run gives a virtual one"
