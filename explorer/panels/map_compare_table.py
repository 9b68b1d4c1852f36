"""The list of the images whose neighbourhood changed most."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explorer import formats
from explorer.images import fit_within
from explorer.panels.map_compare_cells import HEIGHT, SIDE, ImageCell, NearCell
from explorer.panels.map_compare_rows import ChangedImage, Near
from explorer.theme import UNIT, digits_font
from explorer.translation import tr
from explorer.widgets.model_index import NO_INDEX, Index
from explorer.widgets.tables import set_up_table

_IMAGE, _CLASS, _CHANGED, _OTHER, _SHOWN = range(5)
_ASK_MS = 40
"""How long what comes into view is gathered before it is asked for."""
_HELPS = (
    tr("The image; a click selects it on both maps and in the window."),
    tr("Its class."),
    tr("Share of its nearest images in one look that are not among its nearest in the other."),
    tr(
        "Its nearest images {where}, nearest first, and how many of them are of another class (≠, dashed frames). Pale "
        "ones are among its nearest in both looks."
    ),
)


class ChangeTable(QTableView):
    """Sorted by a click on a header; only thumbnails that are seen are asked for."""

    selection_chosen = Signal(tuple)
    """The user has selected the rows of these samples."""
    thumbnails_needed = Signal(tuple)
    """Samples seen whose thumbnails are missing; what was asked for before is no longer urgent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changed_images")
        self.setAccessibleName(tr("Images whose neighbourhood changed most"))
        self._rows = _Rows(self)
        self._telling = True
        self.setModel(self._rows)
        self._asked: frozenset[int] = frozenset()
        self._ask_timer = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._ask_timer.timeout.connect(self._ask)
        self._set_up()

    def show_rows(self, images: Sequence[ChangedImage], other: str, shown: str) -> None:
        """Show these, in this order until a header is clicked; `other` and `shown` are the names of the looks."""
        self._asked = frozenset()
        self._rows.show(tuple(images), other, shown)
        with QSignalBlocker(self.horizontalHeader()):  # they are sorted so
            self.horizontalHeader().setSortIndicator(_CHANGED, Qt.SortOrder.DescendingOrder)
        self.scrollToTop()

    def set_thumbnail(self, sample: int, image: QImage) -> None:
        """Deliver a thumbnail; a null image stands for one that cannot be read."""
        # At the size it is drawn at: to shrink it at every repaint would cost more than the rest of the cell.
        self._rows.thumbnails[sample] = QPixmap.fromImage(fit_within(image, round(SIDE * self.devicePixelRatioF())))
        self.viewport().update()

    def forget_thumbnails(self) -> None:
        """Drop the thumbnails: another run is shown."""
        self._rows.thumbnails.clear()

    def set_selection(self, sample_ids: Sequence[int]) -> None:
        """Select the rows of these samples, as far as they are listed; emits nothing."""
        wanted = set(sample_ids)
        if wanted == set(self._chosen()):
            return
        rows = [row for row, image in enumerate(self._rows.images) if image.sample_id in wanted]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self._rows.index(row, 0), self._rows.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._telling = False
        self.selectionModel().select(chosen, flags)
        self._telling = True
        if rows:
            self.scrollTo(self._rows.index(rows[0], 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what the user has selected."""
        super().selectionChanged(selected, deselected)
        if self._telling and (chosen := self._chosen()):
            self.selection_chosen.emit(chosen)

    def _set_up(self) -> None:
        set_up_table(self)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSortingEnabled(True)
        self.setItemDelegateForColumn(_IMAGE, ImageCell(self._thumbnail, self))
        for column in (_OTHER, _SHOWN):
            self.setItemDelegateForColumn(column, NearCell(self._thumbnail, self))
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(8 * UNIT)
        for column, width in ((_IMAGE, 15 * UNIT), (_CLASS, 8 * UNIT), (_CHANGED, 9 * UNIT)):
            header.resizeSection(column, width)
        for column in (_OTHER, _SHOWN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _chosen(self) -> tuple[int, ...]:
        return tuple(self._rows.images[index.row()].sample_id for index in self.selectionModel().selectedRows())

    def _thumbnail(self, sample: int) -> QPixmap | None:
        found = self._rows.thumbnails.get(sample)
        if found is None and not self._ask_timer.isActive():
            self._ask_timer.start()
        return found

    def _ask(self) -> None:
        missing = self._missing() if self.isVisible() else ()
        if not self._asked.issuperset(missing):
            self._asked = frozenset(missing)
            self.thumbnails_needed.emit(missing)

    def _missing(self) -> tuple[int, ...]:
        """Samples in the rows that are seen without a thumbnail, from the top, each once."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        images = self._rows.images[max(first, 0) : (None if last < 0 else last + 1)]
        samples = [image.sample_id for image in images]
        samples += [near.sample_id for image in images for near in (*image.other, *image.shown)]
        return tuple(dict.fromkeys(sample for sample in samples if sample not in self._rows.thumbnails))


class _Rows(QAbstractTableModel):
    """The images, and the thumbnails of all that are listed: a few thousand small ones at most."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.images: tuple[ChangedImage, ...] = ()
        """In the order in which they are shown."""
        self._given: tuple[ChangedImage, ...] = ()
        self.thumbnails: dict[int, QPixmap] = {}
        self._names = ("", "")
        self._digits = digits_font()

    def show(self, images: tuple[ChangedImage, ...], other: str, shown: str) -> None:
        self.beginResetModel()
        self.images = self._given = images
        self._names = other, shown
        listed = {near.sample_id for image in images for near in (*image.other, *image.shown)}
        listed.update(image.sample_id for image in images)
        self.thumbnails = {sample: pixmap for sample, pixmap in self.thumbnails.items() if sample in listed}
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Equal ones stay in the order of their change."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        samples = [self.images[index.row()].sample_id for index in old]
        down = order is Qt.SortOrder.DescendingOrder
        self.images = tuple(sorted(self._given, key=lambda image: _key(image, column), reverse=down))
        rows = {image.sample_id: row for row, image in enumerate(self.images)}
        new = [self.index(rows[sample], index.column()) for sample, index in zip(samples, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.images)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else _SHOWN + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        where = self._names[section - _OTHER] if section >= _OTHER else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    (tr("image"), tr("class"), tr("changed"))[section]
                    if section < _OTHER
                    else tr("nearest, {where}").format(where=where)
                )
            case Qt.ItemDataRole.ToolTipRole:
                return _HELPS[min(section, _OTHER)].format(where=f"({where})")
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section == _CHANGED else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        image, column = self.images[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(image, column)
            case Qt.ItemDataRole.UserRole:
                return (image.other, image.shown)[column - _OTHER] if column >= _OTHER else image
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._described(image, column)
            case Qt.ItemDataRole.FontRole:
                return self._digits if column == _CHANGED else None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column == _CHANGED else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, image: ChangedImage, column: int) -> str:
        if column >= _OTHER:
            return f"≠ {image.foreign[column - _OTHER]}"
        return (PurePosixPath(image.name).stem, image.class_name, formats.rate(image.changed))[column]

    def _described(self, image: ChangedImage, column: int) -> str:
        if column < _OTHER:
            return tr("{name}\nclass {class_name}\n{changed} of its neighbours are others").format(
                name=image.name, class_name=image.class_name, changed=formats.rate(image.changed)
            )
        near, where = ((image.other, self._names[0]), (image.shown, self._names[1]))[column - _OTHER]
        return "\n".join(
            (tr("Nearest to {name}, {look}:").format(name=image.name, look=where), *(_line(one) for one in near))
        )


def _key(image: ChangedImage, column: int) -> Any:
    return (image.name, image.class_name, image.changed, *image.foreign)[column]


def _line(near: Near) -> str:
    different = "" if near.same_class else tr(", another class")
    both = tr(", in both looks") if near.in_both else ""
    return f"{near.name} ({near.class_name}{different}{both})"
