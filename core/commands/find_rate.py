"""`find-rate`: which learning rate suits data, model and loss."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from core.commands.train import add_settings, check_data, settings_of
from core.config import make_config

if TYPE_CHECKING:
    from core.training.rate_finder import RateSearch

_ROWS = 20
"""Rates that are printed; --json has all."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Try rates, and print what was found."""
    from core.commands.progress import stages_shown

    config = make_config(settings_of(options))
    check_data(config)
    from core.training.rate_finder import find_rate

    with stages_shown() as watch:
        found = find_rate(config, watch)
    print(json.dumps(_content(found)) if options.json else "\n".join(_lines(found)))
    return 0


def _content(found: "RateSearch") -> dict[str, Any]:
    lists = {name: getattr(found, name).tolist() for name in ("rates", "losses", "smoothed")}
    return {"suggestion": found.suggestion, **lists}


def _lines(found: "RateSearch") -> list[str]:
    step = max(1, len(found.rates) // _ROWS)
    rows = zip(found.rates[::step], found.losses[::step], found.smoothed[::step], strict=True)
    lines = [
        "rate         loss    smoothed",
        *(f"{rate:<10.2g} {loss:>8.4f}  {smooth:>8.4f}" for rate, loss, smooth in rows),
    ]
    if found.suggestion is None:
        return [*lines, "no suggestion: the loss does not clearly fall at any rate"]
    return [*lines, f"suggestion: --set learning_rate={found.suggestion:.2g}, where the loss falls fastest"]
