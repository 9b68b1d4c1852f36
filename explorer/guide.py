"""The guide inside the window: its pages, and what shows them."""

import re
from importlib import resources
from importlib.resources.abc import Traversable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from explorer import theme
from explorer.panel_list import PANELS
from explorer.translation import tr

FIRST = "start"
_ORDER = (
    FIRST,
    "data",
    "training",
    "losses",
    "map",
    "evaluation",
    "threshold",
    "verify",
    "gallery",
    "runs",
    "following",
    "deploy",
    "scaling",
)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]+\)")
_FAR = ("http", "https", "mailto")


def pages() -> dict[str, str]:
    """Names of the pages there are, with their titles, in the order in which they are best read."""
    found = {each.name.removesuffix(".md"): each for each in _folder().iterdir() if each.name.endswith(".md")}
    names = sorted(found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return {name: _title(found[name], name) for name in names}


def page_of(name: str) -> str:
    """The page on a panel, or on another window by its own name; the first one where that page is not there."""
    page = PANELS[name].page if name in PANELS else name
    return page if _folder().joinpath(f"{page}.md").is_file() else FIRST


def _folder() -> Traversable:
    """The pages in an installed program, else those of the checkout."""
    installed = resources.files("resources").joinpath("guide")
    return installed if installed.is_dir() else resources.files("resources").joinpath("..", "docs", "guide")


def _title(page: Traversable, name: str) -> str:
    found = _TITLE.search(page.read_text(encoding="utf-8"))
    return found[1].strip() if found else name


class Guide(QDialog):
    """The pages, a list of them on the left; it stands beside the window and blocks nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide_window")
        self.setWindowTitle(tr("Guide"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(96 * theme.UNIT, 80 * theme.UNIT)
        self._titles, self._page = pages(), _Page()
        self._list = QListWidget()
        self._arrange()
        self._list.currentItemChanged.connect(lambda now, _before: self._read(now))
        self._page.page_wanted.connect(self.show_page)

    @property
    def page(self) -> str:
        """Name of the page that is shown."""
        item = self._list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def show_page(self, name: str) -> None:
        """Turn to a page; to the first one where there is none of that name."""
        names = list(self._titles)
        self._list.setCurrentRow(names.index(name) if name in names else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme, which the text was written in."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.page:
            self._page.show_page(self.page)

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._page.show_page(self.page)

    def _arrange(self) -> None:
        self._list.setObjectName("guide_pages")
        self._list.setAccessibleName(tr("Pages of the guide"))
        self._list.setToolTip(tr("A click turns to a page."))
        for name, title in self._titles.items():
            item = QListWidgetItem(title, self._list)
            item.setData(Qt.ItemDataRole.UserRole, name)
        self._list.setWordWrap(True)
        self._list.setSpacing(theme.UNIT // 4)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedWidth(28 * self._list.fontMetrics().averageCharWidth())
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        line.setSpacing(theme.UNIT)
        line.addWidget(self._list)
        line.addWidget(self._page, 1)


class _Page(QTextBrowser):
    """One page. A link to another page turns to it; one into the web is opened by the system's browser."""

    page_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guide_page")
        self.setAccessibleName(tr("Page of the guide"))
        self.setToolTip("")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(2 * theme.UNIT)
        self.anchorClicked.connect(self._follow)

    def show_page(self, name: str) -> None:
        """Show a page from its beginning."""
        text = _folder().joinpath(f"{name}.md").read_text(encoding="utf-8")
        # Pictures stay with the documentation: each is named where it would stand.
        self.document().setMarkdown(_PICTURE.sub(r"*\1*", text), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in _FAR:
            QDesktopServices.openUrl(url)
        elif url.fileName().endswith(".md"):
            self.page_wanted.emit(url.fileName().removesuffix(".md"))
        elif url.fragment():
            self.scrollToAnchor(url.fragment())
