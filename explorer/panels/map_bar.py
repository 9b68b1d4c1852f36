"""What stands over the map: how it is laid out, what its colours mean, what a drag does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from explorer.icons import icon
from explorer.panels.map_colour_field import ColourField
from explorer.panels.map_plot import Method
from explorer.panels.map_search import SEARCHES
from explorer.panels.projection_menu import ProjectionMenu
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.enclosing import Tool
from explorer.widgets.message import Message

METHOD_NAMES: dict[Method, str] = {"pca": "PCA", "umap": "UMAP", "tsne": "t-SNE"}
_HELP: dict[Method, str] = {
    "pca": tr(
        "PCA: the two directions in which the embeddings differ most. There at once, and the same every time; "
        "classes that differ in other directions lie upon each other."
    ),
    "umap": tr(
        "UMAP: near images stay near, which shows clusters best; distances between clusters and their sizes mean "
        "little. Takes seconds."
    ),
    "tsne": tr(
        "t-SNE: the nearest images stay near, which is finest within clusters; distances between them mean "
        "nothing. The slowest."
    ),
}
_FIRST_METHOD: Method = "umap"
_A_STEP = tr("as of step 9 999")
"""Has room from the start: the buttons must not move while looks are played."""
_FIT = tr("Show all points again; a double click on the map does the same.")
_FIT_EMPTY = tr("There is no map yet: press Start.")
_SHOWN = {
    "names": (
        tr("Names of the classes"),
        tr("Write the names of the classes over their points, as many as have room."),
    ),
    "contours": (
        tr("Density contours"),
        tr(
            "Lines around where the points lie densest: the innermost holds half of them, the next 80 %, the outermost "
            "95 %. They show where many lie upon each other."
        ),
    ),
    "class_contours": (
        tr("Outlines of the classes"),
        tr(
            "A line around the densest 80 % of each class, in its colour: of the classes "
            "that are selected in the legend, or of all where there are no more than 12."
        ),
    ),
}
_TOOLS = {
    Tool.MOVE: (tr("Move"), tr("A drag moves the map. The wheel zooms with every tool.")),
    Tool.RECTANGLE: (
        tr("Rectangle"),
        tr("A drag selects the points in a rectangle; Shift adds them, Alt takes them away."),
    ),
    Tool.LASSO: (
        tr("Lasso"),
        tr("A drag selects the points in a freehand line; Shift adds them, Alt takes them away."),
    ),
}


class MapBar(QWidget):
    """Fields and buttons in one line, and the step that the map is of."""

    method_chosen = Signal(str)
    """'pca', 'umap' or 'tsne'"""
    colouring_chosen = Signal(str)
    """See `ColourField`."""
    fit_requested = Signal()
    tool_chosen = Signal(Tool)
    names_toggled = Signal(bool)
    contours_toggled = Signal(bool)
    class_contours_toggled = Signal(bool)
    search_chosen = Signal(str)
    """One of `map_search.SEARCHES`"""
    settings_chosen = Signal(object)
    """ProjectionSettings"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._methods, self.colours = self._make_methods(), ColourField()
        self._fit, self._tools = self._make_fit(), self._make_tools()
        self.step = Message()
        self.step.setWordWrap(False)
        self.step.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.step.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.step.setMinimumWidth(self.step.fontMetrics().horizontalAdvance(_A_STEP))
        self._settings = ProjectionMenu()
        self._buttons = _together(self._fit, *self._tools.buttons(), self._make_shown(), self._make_searches())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addLayout(_together(self._methods, self._settings.button))
        line.addLayout(_together(_Sign("colours"), self.colours), 1)
        line.addLayout(self._buttons)
        line.addStretch()  # the step is hidden where there is none
        line.addWidget(self.step)
        self._methods.activated.connect(lambda row: self.method_chosen.emit(self._methods.itemData(row)))
        self.colours.chosen.connect(self.colouring_chosen)
        self._fit.clicked.connect(self.fit_requested)
        self._settings.chosen.connect(self.settings_chosen)

    def add_button(self, button: QToolButton) -> None:
        """Put one more button behind the others, before the step; `bar_button` makes one that looks like them."""
        self._buttons.addWidget(button)

    def set_method(self, method: Method) -> None:
        """Show which method is chosen; emits nothing."""
        self._methods.setCurrentIndex(self._methods.findData(method))

    def set_map_shown(self, shown: bool) -> None:
        """Say whether there is a map to fit into the view."""
        self._fit.setEnabled(shown)
        self._fit.setToolTip(_FIT if shown else _FIT_EMPTY)

    def _make_methods(self) -> QComboBox:
        methods = QComboBox()
        methods.setObjectName("projection_method")
        methods.setAccessibleName(tr("Projection method"))
        methods.setToolTip(tr("How the embeddings are laid out in two dimensions.\n\n") + "\n\n".join(_HELP.values()))
        for method, name in METHOD_NAMES.items():
            methods.addItem(name, method)
            methods.setItemData(methods.count() - 1, _HELP[method], Qt.ItemDataRole.ToolTipRole)
        methods.setCurrentIndex(methods.findData(_FIRST_METHOD))
        return methods

    def _make_fit(self) -> QToolButton:
        fit = bar_button("fit_map", tr("Fit the map"), "fit", _FIT_EMPTY)
        fit.setAutoRaise(False)
        fit.setEnabled(False)
        return fit

    def _make_searches(self) -> QToolButton:
        help_text = tr("Find images that are worth a second look; they are selected, and listed below the map.")
        button = bar_button("map_searches", tr("Find images"), "search", help_text)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for name, search in SEARCHES.items():
            action = menu.addAction(search.label)
            action.setObjectName(f"find_{name}")
            action.setToolTip(search.help)
            action.triggered.connect(lambda _checked=False, name=name: self.search_chosen.emit(name))
        button.setMenu(menu)
        return button

    def _make_shown(self) -> QToolButton:
        button = bar_button(
            "map_shown", tr("Shown on the map"), "eye", tr("What is shown on the map besides the points.")
        )
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        signals = {
            "names": self.names_toggled,
            "contours": self.contours_toggled,
            "class_contours": self.class_contours_toggled,
        }
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for name, (label, help_text) in _SHOWN.items():
            action = menu.addAction(label)
            action.setObjectName(f"show_{name}")
            action.setToolTip(help_text)
            action.setCheckable(True)
            action.toggled.connect(signals[name])
        button.setMenu(menu)
        return button

    def _make_tools(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for tool, (name, help_text) in _TOOLS.items():
            button = bar_button(f"{tool.value}_tool", tr("{name} tool").format(name=name), tool.value, help_text)
            button.setCheckable(True)
            button.setChecked(tool is Tool.MOVE)
            button.clicked.connect(lambda _checked=False, tool=tool: self.tool_chosen.emit(tool))
            group.addButton(button)
        return group


def bar_button(name: str, spoken: str, picture: str, help_text: str) -> QToolButton:
    """A button for the map's bar: its object name, what screen readers call it, its icon and its tooltip."""
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(spoken)
    button.setIcon(icon(picture))
    button.setToolTip(help_text)
    button.setAutoRaise(True)  # so that a checked one stands out in the dark theme too
    return button


def _together(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(UNIT // 2)
    for widget in widgets:
        line.addWidget(widget)
    return line


class _Sign(QWidget):
    """An icon that says what the field beside it is for, in less room than a word."""

    def __init__(self, picture: str) -> None:
        super().__init__()
        self._icon = icon(picture)
        self.setFixedSize(2 * UNIT, 2 * UNIT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._icon.paint(painter, self.rect())
