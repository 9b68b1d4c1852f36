"""Opens the window in a language that puts every text in brackets, and prints what stands there without them.

Run as a process of its own, since tables of texts are made when their modules are imported.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings, QTimer, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from core.data.catalog.catalog import CATALOG
from core.hyperparameters import MINING_MODES

OPEN, CLOSE = "⟦", "⟧"
NAMES = re.compile(
    r"^[\W\d]*(metric-explorer|English|Deutsch|UMAP|PCA|t-SNE|ROC|DET|PR|AUC|EER|TPR|FPR|[A-Z]|px|d_ap|d_an|Platt"
    r"|cls|seg|pairs\.txt|digits|sprites|small|resnet\d+|mobilenet_v3_small|convnext_tiny|Ctrl\+[A-Z.]"
    r"|UPGrad|MGDA|PCGrad|Aligned-MTL|DWA)?[\W\d]*$"
)
"""What is a name, a unit or a figure in any language."""

OWN_NAMES = frozenset((*MINING_MODES, *(entry.title for entry in CATALOG.values())))
"""Values of settings as a configuration writes them, and names of data sets."""


class Brackets(QTranslator):
    """A language in which every text stands in brackets."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"{OPEN}{text}{CLOSE}" if context == "" and text else ""

    def isEmpty(self) -> bool:
        return False


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Everything that a widget says, by where."""
    yield "tooltip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
        case QComboBox():
            yield from (("choice", widget.itemText(place)) for place in range(widget.count()))
        case QTabBar():
            yield from (("tab", widget.tabText(place)) for place in range(widget.count()))
        case QHeaderView() if widget.model() is not None:
            count, orientation = widget.count(), widget.orientation()
            yield from (("header", str(widget.model().headerData(place, orientation) or "")) for place in range(count))
        case QDockWidget() | QGroupBox():
            yield "title", widget.windowTitle()
    for action in widget.actions():
        yield from _action_texts(action)


def _action_texts(action: QAction) -> Iterator[tuple[str, str]]:
    yield "action", action.text()
    yield "status tip", action.statusTip()


def untranslated(root: QWidget) -> list[str]:
    """What a window says outside of the brackets."""
    found = set()
    for widget in (root, *root.findChildren(QWidget)):
        for where, text in texts(widget):
            bare = re.sub(r"<[^>]*>|\(Ctrl\+[^)]*\)", " ", text)
            while (inner := re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", bare)) != bare:
                bare = inner
            if not NAMES.match(bare.strip()) and bare.strip(" \n:") not in OWN_NAMES:
                name = widget.objectName() or type(widget).__name__
                found.add(f"{name}: {where}: {text!r}")
    return sorted(found)


def main() -> None:
    application = QApplication([])
    language = Brackets(application)
    application.installTranslator(language)
    from explorer.main_window import MainWindow
    from explorer.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window = MainWindow(settings, Path(folder))

        def look() -> None:
            sys.stdout.write("\n".join(untranslated(window)) + "\n")
            window.close()
            application.quit()

        window.built.connect(lambda: QTimer.singleShot(500, window, look))
        window.show()
        window.build_soon()
        application.exec()
    sys.stdout.flush()
    os._exit(0)  # what the window imports behind it need not be waited for


if __name__ == "__main__":
    main()
