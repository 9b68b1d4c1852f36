"""`download`: fetch a data set of the catalog."""

import argparse
import json
from dataclasses import asdict

from core.commands.progress import stages_shown


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="of the data set; without it, all are listed")


def run(options: argparse.Namespace) -> int:
    """Download, or list what could be."""
    from core.data.catalog.catalog import download

    if options.name is None:
        _list(as_json=options.json)
        return 0
    with stages_shown() as watch:
        folder = download(options.name, watch)
    print(json.dumps({"name": options.name, "folder": str(folder)}) if options.json else f"{options.name}: {folder}")
    return 0


def _list(*, as_json: bool) -> None:
    from core.data.catalog.catalog import CATALOG, is_downloaded

    if as_json:
        listed = {
            name: asdict(entry, dict_factory=lambda fields: {k: v for k, v in fields if k != "list_images"})
            | {"downloaded": is_downloaded(name)}
            for name, entry in CATALOG.items()
        }
        print(json.dumps(listed))
        return
    for name, entry in CATALOG.items():
        state = "downloaded" if is_downloaded(name) else f"{entry.size / 1e6:,.0f} MB to fetch"
        print(f"{name:<14}{entry.title}; {state}\n{'':<14}{entry.about}\n{'':<14}licence: {entry.licence}")
