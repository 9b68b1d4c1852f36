"""Importing behind the window what is large, so that nobody waits for it and it weighs on nobody afterwards."""

import gc
import sys
from importlib import import_module


def import_for_good(*modules: str) -> None:
    """Import modules that are not there yet, and take all that is there then for lasting.

    A million objects come with torch. Without this each full collection would look at them all, and the window wait
    for it. Whoever ends the program calls `gc.unfreeze`, or they would be reported as leaked.
    """
    missing = [module for module in modules if module not in sys.modules]
    for module in missing:
        import_module(module)
    if missing:
        gc.collect()
        gc.freeze()
