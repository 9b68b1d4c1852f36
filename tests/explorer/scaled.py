"""A program of its own, since the factor of a screen is read once: builds the window and tells what is cut off."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.explorer.walking import cut_off, pages, whole_window


def main() -> int:
    """The number of texts that are cut off, each said in a line."""
    application = QApplication([])
    application.setStyle("Fusion")
    with whole_window(Path(sys.argv[1])) as window:
        found = {f"{page}: {problem}" for page in pages(window) for problem in cut_off(window)}
        factor = f"{window.devicePixelRatioF():g}"
    sys.stdout.write("\n".join([f"drawn at {factor}", *sorted(found), ""]))
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
