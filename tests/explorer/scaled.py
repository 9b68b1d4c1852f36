"""A program of its own: builds the window in a language, opens a run if one is given, and tells what is cut off.

The factor of a screen is read once, and so are the texts of a language.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from explorer.translation import install


def main() -> int:
    """The number of texts that are cut off, each said in a line."""
    application = QApplication([])
    application.setStyle("Fusion")
    folder, language, *runs = sys.argv[1:]
    install(application, language)
    from tests.explorer.walking import cut_off, open_run, pages, whole_window

    with whole_window(Path(folder)) as window:
        for run in runs:
            open_run(window, Path(run))
        found = {f"{page}: {problem}" for page in pages(window) for problem in cut_off(window)}
        factor, title = f"{window.devicePixelRatioF():g}", window.docks.named()["data"].windowTitle()
    sys.stdout.write("\n".join([f"drawn at {factor} with {title}", *sorted(found), ""]))
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
