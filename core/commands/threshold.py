"""Options that say by which threshold a command decides."""

import argparse


def add_threshold_options(parser: argparse.ArgumentParser) -> None:
    """Add `--threshold` and `--fpr`, of which one may be given; `Verifier.threshold_for` takes both."""
    threshold = parser.add_mutually_exclusive_group()
    threshold.add_argument("--threshold", type=float, metavar="T", help="in place of the run's threshold")
    threshold.add_argument("--fpr", type=float, metavar="P", help="the threshold of this FPR on the held-out pairs")
