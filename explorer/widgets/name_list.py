"""A list of names with a small picture each: who is enrolled, or who an image was compared with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from explorer import theme
from explorer.translation import tr
from explorer.widgets.model_index import NO_INDEX, Index

_SIDE = 4 * theme.UNIT
"""Of a picture."""
_ROW = _SIDE + theme.UNIT
_MARK = theme.UNIT
"""Of the disc that says whether a name is accepted."""
_ITEM = Qt.ItemDataRole.UserRole
_PICTURE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class NameRow:
    """One name."""

    name: str
    figure: str
    """At the right end: a distance, or how many images."""
    image: int
    """Id of the picture that stands before it."""
    accepted: bool | None = None
    """A filled disc, or a ring; None for neither."""


class NameModel(QAbstractListModel):
    """Rows and the pictures known so far."""

    renamed = Signal(str, str)
    """A name, and what the user has written in its place."""
    picture_missed = Signal()
    """A row was drawn whose picture is not known; `missing` names it."""

    def __init__(self, parent: QWidget | None = None, *, editable: bool) -> None:
        super().__init__(parent)
        self._rows: tuple[NameRow, ...] = ()
        self.describe: Callable[[int], str] = lambda _row: ""
        """Tooltip of a row, made when it is asked for: there may be many rows."""
        self._pictures: dict[int, QImage] = {}
        self._editable = editable
        self.missing: set[int] = set()
        """Ids of pictures that were to be drawn."""

    def show(self, rows: Sequence[NameRow]) -> None:
        """Show other rows; pictures stay known."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def set_pictures(self, pictures: Mapping[int, QImage]) -> None:
        """Give images their pictures."""
        self._pictures |= pictures
        self.missing -= pictures.keys()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [_PICTURE])

    def forget_pictures(self) -> None:
        """Forget those of another gallery."""
        self._pictures.clear()
        self.missing.clear()

    def rows(self) -> tuple[NameRow, ...]:
        """What is shown."""
        return self._rows

    def rowCount(self, _parent: Index = NO_INDEX) -> int:
        """Names."""
        return len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be chosen, and written anew where that is allowed."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self._editable and index.isValid() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row, its name, its words for screen readers, its help or its picture."""
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {row.figure}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.describe(index.row())
        if role == _ITEM:
            return row
        return self._picture(row.image) if role == _PICTURE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of another name; the row stays until whoever listens has changed it."""
        old = self._rows[index.row()].name
        if role == Qt.ItemDataRole.EditRole and value != old:
            self.renamed.emit(old, value)
        return False

    def _picture(self, image: int) -> QImage | None:
        found = self._pictures.get(image)
        if found is None and image not in self.missing:
            self.missing.add(image)
            self.picture_missed.emit()
        return found


class _Delegate(QStyledItemDelegate):
    """Picture, name, disc and figure in one row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        view = option.widget
        row, picture = index.data(_ITEM), index.data(_PICTURE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        room = option.rect.adjusted(theme.UNIT // 2, 0, -theme.UNIT // 2, 0)
        cell = QRect(room.left(), room.center().y() - _SIDE // 2 + 1, _SIDE, _SIDE)
        self._paint_picture(painter, cell, picture, option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = option.palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        text = room.adjusted(_SIDE + theme.UNIT, 0, 0, 0)
        painter.setPen(ink)
        painter.setFont(theme.digits_font())
        width = painter.fontMetrics().horizontalAdvance(row.figure)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), row.figure)
        text.setRight(text.right() - width - theme.UNIT)
        if row.accepted is not None:
            self._paint_mark(painter, text, row.accepted, chosen=chosen)
            text.setRight(text.right() - _MARK - theme.UNIT)
        painter.setFont(option.font)
        painter.setPen(ink)
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for a picture."""
        return QSize(20 * theme.UNIT, _ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to write another name in."""
        field = QLineEdit(parent)
        field.setObjectName("rename_field")
        field.setAccessibleName(tr("another name for {data}").format(data=index.data()))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """It stands where the name does."""
        room: QRect = option.rect.adjusted(_SIDE + theme.UNIT, 0, -theme.UNIT // 2, 0)
        height = min(editor.sizeHint().height(), room.height())
        editor.setGeometry(room.left(), room.center().y() - height // 2, room.width(), height)

    def _paint_picture(self, painter: QPainter, cell: QRect, image: QImage | None, palette: QPalette) -> None:
        if image is None or image.isNull():
            painter.setPen(theme.muted(palette))
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
            return
        shown = QRect(cell.topLeft(), image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio))
        shown.moveCenter(cell.center())
        painter.drawImage(shown, image)

    def _paint_mark(self, painter: QPainter, room: QRect, accepted: bool, *, chosen: bool) -> None:
        disc = QRectF(room.right() - _MARK, room.center().y() - _MARK / 2 + 0.5, _MARK, _MARK)
        colour = theme.GENUINE if accepted else theme.IMPOSTOR
        painter.setPen(QPen(Qt.GlobalColor.white if chosen else colour, 1.5))
        painter.setBrush(colour if accepted else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)


class NameList(QListView):
    """Names with their pictures, which are asked for when they come into view."""

    renamed = Signal(str, str)
    """A name, and what the user has written in its place."""
    removal_wanted = Signal(str)
    """The user wants this name removed."""
    pictures_wanted = Signal(list)
    """Ids of images whose pictures are in view."""
    chosen = Signal(object)
    """Name that is selected, or None."""

    def __init__(self, parent: QWidget | None = None, *, editable: bool) -> None:
        super().__init__(parent)
        self._model = NameModel(self, editable=editable)
        self._editable = editable
        # Asked for after the drawing: a model must not change while it is drawn.
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(lambda: self.pictures_wanted.emit(sorted(self._model.missing)))
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed if editable else triggers.NoEditTriggers)
        self._model.renamed.connect(self.renamed)
        self._model.picture_missed.connect(self._asking.start)
        self.selectionModel().currentChanged.connect(lambda *_indices: self.chosen.emit(self.current()))

    def show_rows(self, rows: Sequence[NameRow]) -> None:
        """Show other rows; the name that was selected stays so."""
        before = self.current()
        self._model.show(rows)
        names = [row.name for row in rows]
        if before in names:
            self.setCurrentIndex(self._model.index(names.index(before)))
        self.chosen.emit(self.current())

    def rows(self) -> tuple[NameRow, ...]:
        """What is shown."""
        return self._model.rows()

    def set_describer(self, describe: Callable[[int], str]) -> None:
        """Say what a row's tooltip is."""
        self._model.describe = describe

    def set_pictures(self, pictures: Mapping[int, QImage]) -> None:
        """Give images their pictures."""
        self._model.set_pictures(pictures)

    def forget_pictures(self) -> None:
        """Forget those of another gallery."""
        self._model.forget_pictures()

    def current(self) -> str | None:
        """The name that is selected; None where none is."""
        index = self.currentIndex()
        return str(index.data()) if index.isValid() else None

    def select(self, name: str) -> None:
        """Select a name and bring it into view."""
        names = [row.name for row in self.rows()]
        if name in names:
            self.setCurrentIndex(self._model.index(names.index(name)))
            self.scrollTo(self.currentIndex())

    def name_at(self, index: QModelIndex) -> str | None:
        """The name of a row; None below the last one."""
        return str(index.data()) if index.isValid() else None

    def begin_renaming(self) -> None:
        """Let the user write another name for the selected one."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(20 * theme.UNIT, _ROW + 4)

    def sizeHint(self) -> QSize:
        """Four rows."""
        return QSize(40 * theme.UNIT, 4 * _ROW + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the selected name, F2 renames it."""
        name = self.current()
        if self._editable and name is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit(name)
        else:
            super().keyPressEvent(event)
