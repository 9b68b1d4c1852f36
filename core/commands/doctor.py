"""`doctor`: what this machine has."""

import argparse
import json


def add_options(parser: argparse.ArgumentParser) -> None:
    """Take nothing but what every command takes."""


def run(options: argparse.Namespace) -> int:
    """Print versions, device, display, free disk and data folders."""
    from core.cli_text import table
    from core.doctor import examine

    findings = examine()
    print(json.dumps(findings) if options.json else table(findings))
    return 0
