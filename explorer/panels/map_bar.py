"""What stands over the map: how it is laid out, what its colours mean, what a drag does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from explorer.icons import icon
from explorer.panels.map_colouring import BY_CLASS, BY_CLASS_HELP, KINDS, QUANTITIES
from explorer.panels.map_plot import Method
from explorer.panels.map_search import SEARCHES
from explorer.panels.projection_menu import ProjectionMenu
from explorer.theme import UNIT
from explorer.widgets.enclosing import Tool
from explorer.widgets.message import Message
from explorer.widgets.wheel import wheel_only_when_focused

METHOD_NAMES: dict[Method, str] = {"pca": "PCA", "umap": "UMAP", "tsne": "t-SNE"}
_HELP: dict[Method, str] = {
    "pca": "PCA: the two directions in which the embeddings differ most. There at once, and the same every time; "
    "classes that differ in other directions lie upon each other.",
    "umap": "UMAP: near images stay near, which shows clusters best; distances between clusters and their sizes mean "
    "little. Takes seconds.",
    "tsne": "t-SNE: the nearest images stay near, which is finest within clusters; distances between them mean "
    "nothing. The slowest.",
}
_FIRST_METHOD: Method = "umap"
_FIT = "Show all points again; a double click on the map does the same."
_FIT_EMPTY = "There is no map yet: press Start."
_TOOLS = {
    Tool.MOVE: ("Move", "A drag moves the map. The wheel zooms with every tool."),
    Tool.RECTANGLE: ("Rectangle", "A drag selects the points in a rectangle; Shift adds them, Alt takes them away."),
    Tool.LASSO: ("Lasso", "A drag selects the points in a freehand line; Shift adds them, Alt takes them away."),
}


class MapBar(QWidget):
    """Fields and buttons in one line, and the step that the map is of."""

    method_chosen = Signal(str)
    """'pca', 'umap' or 'tsne'"""
    colouring_chosen = Signal(str)
    """'class', or one of `map_colouring.KINDS` or `QUANTITIES`"""
    fit_requested = Signal()
    tool_chosen = Signal(Tool)
    names_toggled = Signal(bool)
    search_chosen = Signal(str)
    """One of `map_search.SEARCHES`"""
    settings_chosen = Signal(object)
    """ProjectionSettings"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._methods, self._colourings = self._make_methods(), self._make_colourings()
        self._fit, self._tools, self._names = self._make_fit(), self._make_tools(), self._make_names()
        self.step = Message()
        self.step.setWordWrap(False)
        self.step.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.step.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._settings = ProjectionMenu()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        for name, field in (("Projection", self._methods), ("Colour", self._colourings)):
            label = QLabel(name)
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field)
            if field is self._methods:
                line.addWidget(self._settings.button)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT // 2)
        for button in (self._fit, *self._tools.buttons(), self._names, self._make_searches()):
            buttons.addWidget(button)
        line.addLayout(buttons)
        line.addStretch(1)  # the step is hidden where there is none
        line.addWidget(self.step)
        self._methods.activated.connect(lambda row: self.method_chosen.emit(self._methods.itemData(row)))
        self._colourings.activated.connect(lambda row: self.colouring_chosen.emit(self._colourings.itemData(row)))
        self._fit.clicked.connect(self.fit_requested)
        self._names.toggled.connect(self.names_toggled)
        self._settings.chosen.connect(self.settings_chosen)

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
        methods.setAccessibleName("Projection method")
        methods.setToolTip("How the embeddings are laid out in two dimensions.\n\n" + "\n\n".join(_HELP.values()))
        for method, name in METHOD_NAMES.items():
            methods.addItem(name, method)
            methods.setItemData(methods.count() - 1, _HELP[method], Qt.ItemDataRole.ToolTipRole)
        methods.setCurrentIndex(methods.findData(_FIRST_METHOD))
        return methods

    def _make_colourings(self) -> QComboBox:
        field = QComboBox()
        field.setObjectName("map_colouring")
        field.setAccessibleName("Colour by")
        named = {BY_CLASS: ("class", BY_CLASS_HELP)}
        named |= {name: (kind.label, kind.help) for name, kind in KINDS.items()}
        named |= {name: (quantity.label, quantity.help) for name, quantity in QUANTITIES.items()}
        for name, (label, help_text) in named.items():
            field.addItem(label, name)
            field.setItemData(field.count() - 1, help_text, Qt.ItemDataRole.ToolTipRole)
        field.setToolTip("What the colours stand for.\n\n" + "\n\n".join(text for _, text in named.values()))
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(6)
        field.view().setMinimumWidth(field.view().sizeHintForColumn(0) + 2 * UNIT)
        wheel_only_when_focused(field)
        return field

    def _make_fit(self) -> QToolButton:
        fit = _button("fit_map", "Fit the map", "fit", _FIT_EMPTY)
        fit.setAutoRaise(False)
        fit.setEnabled(False)
        return fit

    def _make_searches(self) -> QToolButton:
        help_text = "Find images that are worth a second look; they are selected, and listed below the map."
        button = _button("map_searches", "Find images", "search", help_text)
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

    def _make_names(self) -> QToolButton:
        help_text = "Write the names of the classes over their points, as many as have room."
        names = _button("show_names", "Names of the classes", "names", help_text)
        names.setCheckable(True)
        return names

    def _make_tools(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for tool, (name, help_text) in _TOOLS.items():
            button = _button(f"{tool.value}_tool", f"{name} tool", tool.value, help_text)
            button.setCheckable(True)
            button.setChecked(tool is Tool.MOVE)
            button.clicked.connect(lambda _checked=False, tool=tool: self.tool_chosen.emit(tool))
            group.addButton(button)
        return group


def _button(name: str, spoken: str, picture: str, help_text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(spoken)
    button.setIcon(icon(picture))
    button.setToolTip(help_text)
    button.setAutoRaise(True)  # so that a checked one stands out in the dark theme too
    return button
