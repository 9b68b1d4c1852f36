"""The pairs that were looked at as rows of a table: two pictures, verdict, probability, when, and a note."""

from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer import formats, theme
from explorer.panels.verdict_rows import plain_tip
from explorer.translation import tr
from explorer.widgets.model_index import Index
from explorer.widgets.tables import LEFT, Heading, TitledRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.looked_at import LookedAt, LookedAtImage

PAIR, VERDICT, PROBABILITY, WHEN, NOTE = range(5)
COLUMNS = (
    Heading(tr("pair"), tr("The two images. Double click or Enter opens the pair in Verify.")),
    Heading(tr("verdict"), tr("Distance and the threshold that was in force when the pair was last looked at.")),
    Heading(tr("P(same)"), tr("Calibrated probability that the two are the same, if half of all pairs were."), True),
    Heading(tr("looked at"), tr("When the pair was last looked at, and which weights looked.")),
    Heading(tr("note"), tr("Your words. Double click or F2 to write; they are kept with the run.")),
)
SIDE = 4 * theme.UNIT
"""Pixels of a thumbnail."""
_NOTE_LENGTH = 2000
_GAP = theme.UNIT // 2


class LookedAtRows(TitledRows):
    """The newest first, until a header is clicked."""

    note_written = Signal(object, str)
    """LookedAt, and its new note."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(COLUMNS, parent)
        self._looks: list[LookedAt] = []
        self._pictures: dict[LookedAtImage, QPixmap] = {}
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def show_looks(self, looks: "Sequence[LookedAt]") -> None:
        """Show these, the newest first."""
        self.beginResetModel()
        self._looks = list(looks)
        self._sort()
        self.endResetModel()

    def set_picture(self, image: "LookedAtImage", picture: QPixmap) -> None:
        """Deliver a thumbnail; a null one stands for an image that cannot be read."""
        self._pictures[image] = picture
        self.dataChanged.emit(self.index(0, PAIR), self.index(len(self._looks) - 1, PAIR))

    def forget_pictures(self) -> None:
        """Drop all thumbnails: another run is shown."""
        self._pictures.clear()

    def picture(self, image: "LookedAtImage") -> QPixmap | None:
        """A thumbnail; None while it is awaited."""
        return self._pictures.get(image)

    def look(self, row: int) -> "LookedAt":
        """What stands in a row."""
        return self._looks[row]

    # --- what Qt asks

    def count(self) -> int:
        """Pairs."""
        return len(self._looks)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Notes can be written."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NOTE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell as it is written."""
        look, column = self._looks[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(look, column)
        if role == Qt.ItemDataRole.EditRole:
            return look.note
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(look, column)
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on a note that was written; what is shown follows when it is kept."""
        look, note = self._looks[index.row()], str(value).strip()[:_NOTE_LENGTH]
        if role != Qt.ItemDataRole.EditRole or index.column() != NOTE or note == look.note:
            return False
        self.note_written.emit(look, note)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none, the newest come first."""
        self._sorted_by = (column, order)
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        column, order = self._sorted_by
        self._looks.sort(key=lambda look: look.at, reverse=True)
        if column >= 0:
            self._looks.sort(key=lambda look: _key(look, column), reverse=order is Qt.SortOrder.DescendingOrder)


class PairCells(QStyledItemDelegate):
    """Two thumbnails and, beside them, the names of the two images."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        whole.text = ""
        widget: QWidget = whole.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, widget)
        rows = index.model()
        if not isinstance(rows, LookedAtRows):
            return
        look, cell = rows.look(index.row()), option.rect
        left = cell.left() + _GAP
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for image in (look.a, look.b):
            square = QRect(left, cell.center().y() - SIDE // 2, SIDE, SIDE)
            _paint_picture(painter, square, rows.picture(image), option.palette)
            left += SIDE + _GAP
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(role))
        line = option.fontMetrics.lineSpacing()
        top = cell.center().y() - line
        for image in (look.a, look.b):
            room = QRect(left, top, cell.right() - left, line)
            name = option.fontMetrics.elidedText(short_name(image), Qt.TextElideMode.ElideLeft, room.width())
            painter.drawText(room, LEFT, name)
            top += line
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the thumbnails."""
        return QSize(2 * (SIDE + _GAP) + 12 * theme.UNIT, SIDE + theme.UNIT)


class NoteCells(QStyledItemDelegate):
    """A line to write in."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """One that takes no more than can be kept."""
        line = QLineEdit(parent)
        line.setObjectName("note_line")
        line.setAccessibleName(tr("note on the pair"))
        line.setMaxLength(_NOTE_LENGTH)
        return line


def short_name(image: "LookedAtImage") -> str:
    """A file with the folder that it lies in; anything else as it is called."""
    return "/".join(PurePath(image.name).parts[-2:]) if image.kind == "file" else image.name


def _paint_picture(painter: QPainter, square: QRect, picture: QPixmap | None, palette: QPalette) -> None:
    painter.fillRect(square, palette.color(QPalette.ColorRole.AlternateBase))
    if picture is None or picture.isNull():
        painter.setPen(theme.muted(palette))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "…" if picture is None else "–")
        return
    target = QRect(square.topLeft(), picture.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio))
    target.moveCenter(square.center())
    painter.drawPixmap(target, picture)


def _text(look: "LookedAt", column: int) -> str:
    if column == PAIR:
        return tr("{a} and {b}").format(a=short_name(look.a), b=short_name(look.b))
    if column == VERDICT:
        if look.same is None:
            return tr("no threshold\n{distance}").format(distance=formats.distance(look.distance))
        word, sign = (tr("same"), "≤") if look.same else (tr("different"), ">")
        return f"{word}\n{formats.distance(look.distance)} {sign} {formats.distance(look.threshold)}"
    if column == PROBABILITY:
        return formats.rate(look.probability)
    return (
        tr("{at}\nstep {step}").format(at=local_time(look.at), step=formats.count(look.step))
        if column == WHEN
        else look.note
    )


def _tooltip(look: "LookedAt", column: int) -> str:
    if column == PAIR:
        return plain_tip(
            tr("{name} and {name_2}. Double click or Enter opens the pair in Verify.").format(
                name=look.a.name, name_2=look.b.name
            )
        )
    if column == VERDICT:
        told = COLUMNS[VERDICT].help
        return tr("{HELPS}\nMeasured by the {measure} distance.").format(HELPS=told, measure=look.measure)
    if column == WHEN:
        return f"{COLUMNS[WHEN].help}\n{look.at}"
    return plain_tip(look.note) if column == NOTE and look.note else COLUMNS[column].help


def _key(look: "LookedAt", column: int) -> tuple[object, ...]:
    if column == PAIR:
        return short_name(look.a), short_name(look.b)
    if column == PROBABILITY:
        return (-1.0 if look.probability is None else look.probability,)
    return {VERDICT: (look.distance,), WHEN: (look.at,), NOTE: (look.note,)}[column]


def local_time(text: str) -> str:
    """A time in UTC as the clock on the wall shows it: today's without the day, this year's without the year."""
    try:
        then = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    now = datetime.now().astimezone()
    if then.date() == now.date():
        return then.strftime("%H:%M:%S")
    return then.strftime("%m-%d %H:%M" if then.year == now.year else "%Y-%m-%d")
