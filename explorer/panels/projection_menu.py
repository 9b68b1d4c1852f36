"""The settings of UMAP and t-SNE, behind a button."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from core.projection.settings import MIN_DIST, NEIGHBOURS, PERPLEXITY, ProjectionSettings
from explorer.icons import icon
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField
from explorer.widgets.number_rule import NumberRule

_FIELDS = {
    "neighbours": (
        tr("UMAP neighbours"),
        NumberRule(*NEIGHBOURS),
        tr("How many nearest images make an image's neighbourhood. Raise it to see the whole, lower it to see detail."),
    ),
    "min_dist": (
        tr("UMAP min-dist"),
        NumberRule(*MIN_DIST, decimals=2, step=0.05),
        tr("How close points may lie on the map. Lower it to pack clusters tight, raise it to see inside them."),
    ),
    "perplexity": (
        tr("t-SNE perplexity"),
        NumberRule(*PERPLEXITY, decimals=1, step=5.0),
        tr("About how many neighbours each image pays attention to; 5 to 50 are usual."),
    ),
}
_WIDTH = 34 * UNIT


class ProjectionMenu(QObject):
    """A button that opens the settings; each change is drawn at once."""

    chosen = Signal(object)
    """ProjectionSettings"""

    def __init__(self) -> None:
        super().__init__()
        self.button = QToolButton()
        self.button.setObjectName("projection_settings")
        self.button.setAccessibleName(tr("Settings of the projection"))
        self.button.setToolTip(tr("Settings of UMAP and t-SNE."))
        self.button.setIcon(icon("settings"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._problem = Message()
        self._fields = {name: self._make_field(name) for name in _FIELDS}
        menu = QMenu(self.button)
        action = QWidgetAction(menu)
        action.setDefaultWidget(self._make_form())
        menu.addAction(action)
        self.button.setMenu(menu)
        self._show(ProjectionSettings())

    def settings(self) -> ProjectionSettings:
        """What the fields say."""
        values = {name: field.value() or 0.0 for name, field in self._fields.items()}
        return ProjectionSettings(round(values["neighbours"]), values["min_dist"], values["perplexity"])

    def _make_field(self, name: str) -> NumberField:
        label, rule, help_text = _FIELDS[name]
        field = NumberField(label, rule)
        field.setObjectName(f"{name}_field")
        field.setToolTip(help_text)
        field.edited.connect(self._tell)
        field.problem_changed.connect(self._complain)
        return field

    def _make_form(self) -> QWidget:
        form = QWidget()
        form.setFixedWidth(_WIDTH)
        column = QVBoxLayout(form)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        fields = QFormLayout()
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for name, (label, _, help_text) in _FIELDS.items():
            fields.addRow(label, self._fields[name])
            note = QLabel(help_text, wordWrap=True)
            note.setEnabled(False)
            fields.addRow(note)
        defaults = QPushButton(tr("Defaults"))
        defaults.setObjectName("projection_defaults")
        defaults.setToolTip(tr("15 neighbours, min-dist 0.10, perplexity 30."))
        defaults.clicked.connect(self._reset)
        column.addLayout(fields)
        column.addWidget(self._problem)
        column.addWidget(defaults, 0, Qt.AlignmentFlag.AlignRight)
        return form

    def _show(self, settings: ProjectionSettings) -> None:
        for name, field in self._fields.items():
            field.set_value(float(getattr(settings, name)))

    def _reset(self) -> None:
        self._show(ProjectionSettings())
        self._tell()

    def _tell(self) -> None:
        self._complain("")
        self.chosen.emit(self.settings())

    def _complain(self, problem: str) -> None:
        if problem:
            self._problem.complain(problem)
        else:
            self._problem.tell("")
