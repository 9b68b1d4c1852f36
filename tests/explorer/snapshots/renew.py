"""Draws the pictures anew: all of them, or those of the panels that are named."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> int:
    """Write the pictures that look otherwise than the stored ones, and say which."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": home,
            "XDG_CONFIG_HOME": home,
            "METRIC_EXPLORER_CACHE": home,
            "METRIC_EXPLORER_DATA": home,
        }
        return _renew(arguments)


def _renew(arguments: Sequence[str]) -> int:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from tests.explorer.snapshots.rendering import THEMES, differing, obstacle, png, render, stored
    from tests.explorer.snapshots.scenes import SCENES

    parser = argparse.ArgumentParser(description="Draw the pictures of the panels anew.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCENES)}; all without one")
    names = parser.parse_args(arguments).names or list(SCENES)
    if unknown := [name for name in names if name not in SCENES]:
        parser.error(f"NAME must be one of {', '.join(SCENES)}, found {unknown[0]}")
    application = QApplication([])
    if reason := obstacle():
        parser.error(reason)
    for path, image in ((stored(name, look), render(name, look)) for name in names for look in THEMES):
        if not path.exists() or differing(QImage(str(path)), image) > 0:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(png(image))
            sys.stdout.write(f"{Path(path).name}\n")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
