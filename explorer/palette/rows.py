"""The rows of the palette: what an action is called on the left, its keys or why it cannot be done on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer import theme
from explorer.actions.entries import Entry
from explorer.translation import tr
from explorer.widgets.model_index import Index

_ROOT = QModelIndex()
_ON = tr("on")
_FAINT = 0.65
"""Opacity of keys and reasons."""


class PaletteModel(QAbstractListModel):
    """Actions in the order in which they are found."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._refused: dict[int, str] = {}
        """Reasons by rows, found when a row is first drawn."""

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries, self._refused = tuple(entries), {}
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The action of a row."""
        return self._entries[row]

    def refused(self, row: int) -> str:
        """Why the action of a row cannot be done; empty where it can."""
        if row not in self._refused:
            self._refused[row] = self._entries[row].refused.partition("\n\n")[0]
        return self._refused[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, icon, and what a screen reader says."""
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return label(entry)
        if role == Qt.ItemDataRole.DecorationRole:
            return entry.action.icon()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            refused = self.refused(index.row())
            parts = (label(entry), entry.keys, _ON if entry.is_on else "", refused and tr("not now: ") + refused)
            return ", ".join(part for part in parts if part)
        return None


def _aside(entry: Entry) -> str:
    """Keys, after a word on what is switched on or chosen already."""
    return " · ".join(part for part in (_ON if entry.is_on else "", entry.keys) if part)


def label(entry: Entry) -> str:
    """The name of an action, after that of its group."""
    return f"{entry.group}: {entry.title}"


class PaletteDelegate(QStyledItemDelegate):
    """Draws a row; one that cannot be done is muted, and says why."""

    def __init__(self, model: PaletteModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, with room around it."""
        return QSize(0, option.fontMetrics.height() + theme.UNIT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw icon, name, and keys or reason."""
        view: QWidget = option.widget
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        chosen, refused = bool(state & QStyle.StateFlag.State_Selected), self._model.refused(index.row())
        entry = self._model.entry(index.row())
        place = QRect(rect.left() + theme.UNIT, rect.top(), 2 * theme.UNIT, rect.height())
        mode = QIcon.Mode.Disabled if refused else QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
        entry.action.icon().paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
        line = rect.adjusted(4 * theme.UNIT, 0, -theme.UNIT, 0)
        painter.save()
        painter.setFont(view.font())
        _write(painter, line, label(entry), refused or _aside(entry), _colours(view.palette(), chosen, bool(refused)))
        painter.restore()


def _colours(palette: QPalette, chosen: bool, refused: bool) -> tuple[QColor, QColor]:
    """Of the name, and of what stands on the right."""
    text = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
    faint = QColor(text)
    faint.setAlphaF(_FAINT)
    return (faint if refused else text), faint


def _write(painter: QPainter, line: QRect, name: str, aside: str, colours: tuple[QColor, QColor]) -> None:
    """Write both texts; what stands on the right is cut where the name leaves it too little room."""
    metrics = painter.fontMetrics()
    name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, line.width())
    rest = line.adjusted(metrics.horizontalAdvance(name) + 2 * theme.UNIT, 0, 0, 0)
    painter.setPen(colours[0])
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
    painter.setPen(colours[1])
    aside = metrics.elidedText(aside, Qt.TextElideMode.ElideRight, max(0, rest.width()))
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, aside)
