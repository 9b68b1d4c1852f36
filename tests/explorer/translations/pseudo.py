"""Opens the window in a language that puts every text in brackets, and prints what stands there without them.

`python -m tests.explorer.translations.pseudo RUN DATA FOLDER`: a stored run of the data of `tests.explorer.tiny`, the
folder of these data, and an empty one. Run as a process of its own, since tables of texts are made when their modules
are imported.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from core.data.catalog.catalog import CATALOG
from core.hyperparameters import MINING_MODES

if TYPE_CHECKING:
    from explorer.main_window import MainWindow

OPEN, CLOSE = "⟦", "⟧"
NAMES = re.compile(
    r"^[\W\d]*(metric-explorer|English|Deutsch|UMAP|PCA|t-SNE|ROC|DET|PR|AUC|EER|TPR|FPR|FNR|[A-Z]|px|d_ap|d_an|Platt"
    r"|cls|seg|pairs\.txt|digits|sprites|small|resnet\d+|mobilenet_v3_small|convnext_tiny|Ctrl\+[A-Z.]|Esc|triplet|cpu"
    r"|UPGrad|MGDA|PCGrad|Aligned-MTL|DWA|IoU|Dice|minDCF|d-prime|Cllr|precision@1|R-precision|MAP@R|recall@\d+"
    r"|a|b|d|d\(a|n|p|x|Ada)?[\W\d]*$"
)
"""What is a name, a unit or a figure in any language."""
OWN_NAMES = frozenset((*MINING_MODES, *(entry.title for entry in CATALOG.values())))
"""Values of settings as a configuration writes them, and names of data sets."""
VALUES = re.compile(
    r"\b(blue|green|red|identity)\b|\w+\.(png|csv)\b|(faces|others):cosine|The images are few|Fitted on 12 identities.*"
)
"""What the data that are visited are called, and what `tests.explorer.evaluated` says of them."""
_ROWS = 30
"""Of a table that are looked at; more are of the same kind."""


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
    yield "accessible description", widget.accessibleDescription()
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
        case QAbstractItemView() if widget.model() is not None:
            yield from _cells(widget.model())
        case QGraphicsView():
            drawn = (item for item in widget.items() if isinstance(item, QGraphicsTextItem))
            yield from (("drawn text", item.toPlainText()) for item in drawn)
        case QDockWidget() | QGroupBox() | QDialog():
            yield "title", widget.windowTitle()
    for action in widget.actions():
        yield from _action_texts(action)


def _cells(model: QAbstractItemModel, above: QModelIndex | None = None) -> Iterator[tuple[str, str]]:
    """Texts and tooltips of the first rows, and of those below them."""
    parent = QModelIndex() if above is None else above
    is_list = isinstance(model, QAbstractListModel)
    for row in range(min(model.rowCount(parent), _ROWS)):
        for column in range(1 if is_list else model.columnCount(parent)):
            index = model.index(row, column, parent)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                if isinstance(text := model.data(index, role), str):
                    yield "cell" if role == Qt.ItemDataRole.DisplayRole else "tooltip of a cell", text
        if above is None and not is_list:
            yield from _cells(model, model.index(row, 0, parent))


def _action_texts(action: QAction) -> Iterator[tuple[str, str]]:
    yield "action", action.text()
    yield "status tip", action.statusTip()


def untranslated(root: QWidget, values: "re.Pattern[str]") -> set[str]:
    """What a window says outside of the brackets, but for names and these values."""
    found = set()
    for widget in (root, *root.findChildren(QWidget)):
        for where, text in texts(widget):
            bare = re.sub(r"<[^>]*>|\(Ctrl\+[^)]*\)", " ", text.replace("\u200b", ""))
            while (inner := re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", bare)) != bare:
                bare = inner
            bare = VALUES.sub(" ", values.sub(" ", bare))
            words = (part.strip(" .") for part in re.split(r"[\n·,:;<>]|  ", bare))
            if not all(NAMES.match(word) or word in OWN_NAMES for word in words):
                name = widget.objectName() or type(widget).__name__
                found.add(f"{name}: {where}: {text!r}")
    return found


def visit(window: "MainWindow", run: Path, data: Path, folder: Path) -> Iterator[str]:
    """Go wherever there are texts; says where it is."""
    from tests.explorer import walking
    from tests.explorer.evaluated import comparison, protocol, report

    yield "as it starts"
    walking.open_run(window, run)
    panels, said = window.panels, window.status.journal
    panels.evaluation.show_report(report())
    panels.evaluation.show_protocol(protocol(), "")
    panels.evaluation.show_comparison(comparison())
    panels.data.inspect_requested.emit()
    panels.gallery.enrolment_wanted.emit("Ada", ["blue/0.png", "blue/1.png"])
    pairs = folder / "list.csv"
    pairs.write_text(f"image_a,image_b,same\n{data}/images/red/0.png,missing.png,1\n", encoding="utf-8")
    panels.verdicts.many.judge_requested.emit((pairs,), "names")
    awaited = {f"{OPEN}{word}" for word in ("Inspected:", "Enrolled", "Judged")}
    walking.until(lambda: awaited <= {entry.message.partition(" ")[0] for entry in said.entries})
    panels.gallery.identification_wanted.emit("blue/2.png")
    for _ in walking.pages(window):
        pass  # what is there when it is looked at first
    yield "with a run"
    _open_windows(window)
    yield "beside it"


def _open_windows(window: "MainWindow") -> None:
    """Open what the window opens over or beside itself."""
    from explorer.dialogs import about
    from explorer.panels.rate_search import RateSearchDialog
    from tests.explorer import walking

    for show in (window.assistance.show_palette, window.assistance.show_shortcuts, window.begin_tour):
        show()
    about(window)
    RateSearchDialog(1e-3, window).show()
    window.assistance.show_lab()
    lab = window.assistance._lab
    assert lab is not None
    for place in range(lab._list.count()):
        lab._list.setCurrentRow(place)
        walking.settle()


def main() -> None:
    application = QApplication([])
    language = Brackets(application)
    application.installTranslator(language)
    from tests.explorer.walking import whole_window

    run, data, folder = (Path(argument) for argument in sys.argv[1:])
    values = re.compile(
        "|".join(map(re.escape, (f"{data}/images", str(data), data.name, str(folder), str(run), run.name)))
    )
    with whole_window(folder) as window:
        found: dict[str, str] = {}
        for place in visit(window, run, data, folder):
            for top in application.topLevelWidgets():
                for text in untranslated(top, values):
                    found.setdefault(text, place)
        sys.stdout.write("".join(f"{place}: {text}\n" for text, place in found.items()))
        sys.stdout.flush()
        os._exit(0)  # what the window imports behind it need not be waited for


if __name__ == "__main__":
    main()
