"""Who is enrolled: a name to enrol images under, and the list, in which names are changed and removed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.data.images import IMAGE_SUFFIXES
from explorer import formats, theme
from explorer.panels.gallery_view import Source, images_words, plain
from explorer.translation import tr
from explorer.widgets.drops import image_in, local_paths
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.name_list import NameList, NameRow
from explorer.widgets.sample_drag import SAMPLE_FORMAT

if TYPE_CHECKING:
    from core.gallery.records import EnrolledName

_EMPTY = tr(
    "Who is enrolled will stand here.\n\nType a name above, then choose or drop a few images of the person, animal or "
    "part. Images of different views make a name easier to find."
)
_NAME_HELP = tr("Who or what it is. A name that is enrolled already gets the images too.")
_CHOOSE_HELP = tr(
    "Choose the images to enrol under this name. Or drop them on the list: on a name, they are added to it."
)
_VERIFY_HELP = tr("Enrol the images that stand in the slots of Verify.")
_NONE_THERE = tr("There is no image in Verify.")
_CAPTIONS = 10
"""File names in a tooltip."""
_NOTHING_CHOSEN = tr("Select a name first.")


class NamesPage(QWidget):
    """Emits what shall be enrolled, renamed and removed; the list changes when whoever listens shows another one."""

    enrolment_wanted = Signal(str, list)
    """A name, and `Source`s."""
    rename_wanted = Signal(str, str)
    removal_wanted = Signal(str)
    pictures_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Sequence[EnrolledName] = ()
        self._waiting: list[Source] = []
        self._verify: list[Source] = []
        self._unavailable: str | None = ""
        self._name, self._choose, self._from_verify = QLineEdit(), QPushButton(tr("Enrol images…")), QToolButton()
        self._rename, self._remove = QPushButton(tr("Rename")), QPushButton(tr("Remove"))
        self._message, self._count = Message(), Message()
        self._list, self._stack = NameList(editable=True), QStackedWidget()
        self.setAcceptDrops(True)
        self._arrange()
        self._connect()
        self._update()

    def show_names(self, names: Sequence["EnrolledName"]) -> None:
        """Show who is enrolled."""
        self._names = names
        self._list.show_rows([_row(name) for name in names])
        images = sum(len(name.images) for name in names)
        who = tr("1 name") if len(names) == 1 else tr("{names} names").format(names=formats.count(len(names)))
        self._count.tell(f"{who}, {images_words(images)}" if names else "")
        self._stack.setCurrentIndex(1 if names else 0)
        self._update()

    def select(self, name: str) -> None:
        """Select a name and bring it into view."""
        self._list.select(name)

    def set_pictures(self, pictures: object) -> None:
        """Give images their pictures, by their ids."""
        self._list.set_pictures(pictures)  # type: ignore[arg-type]

    def forget(self) -> None:
        """Forget names and pictures of another gallery."""
        self._list.forget_pictures()
        self._take_waiting()
        self.show_names(())

    def set_verify_images(self, sources: Sequence[Source]) -> None:
        """Say which images stand in Verify."""
        self._verify = list(sources)
        self._update()

    def set_available(self, reason: str | None) -> None:
        """Say why nobody can be enrolled; None where it can be done."""
        self._unavailable = reason
        self._update()

    def clear_name(self) -> None:
        """Make room for the next name."""
        self._name.clear()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take images and files."""
        mime = event.mimeData()
        if self._unavailable is None and (mime.hasFormat(SAMPLE_FORMAT) or mime.hasImage() or local_paths(mime)):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which name would get the images."""
        event.acceptProposedAction()
        name = self._name_below(event)
        if name is not None:
            self._list.select(name)

    def dropEvent(self, event: QDropEvent) -> None:
        """Enrol what was dropped: under the name it was dropped on, else the one that is written, else one to come."""
        event.acceptProposedAction()
        self._enrol(_sources(event.mimeData()), self._name_below(event) or self._name.text())

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        first, last = QHBoxLayout(), QHBoxLayout()
        for row in (first, last):
            row.setSpacing(theme.UNIT)
        self._name.setPlaceholderText(tr("name"))
        self._name.setMaxLength(200)
        self._name.setAcceptDrops(False)  # a dropped file belongs to the page
        self._from_verify.setText(tr("From Verify"))
        for control, name, words in (
            (self._name, "gallery_name", tr("name to enrol")),
            (self._choose, "enrol_images", tr("choose images to enrol")),
            (self._from_verify, "enrol_from_verify", tr("enrol the images of Verify")),
            (self._rename, "rename_name", tr("rename the selected name")),
            (self._remove, "remove_name", tr("remove the selected name")),
            (self._list, "enrolled_names", tr("who is enrolled")),
        ):
            control.setObjectName(name)
            control.setAccessibleName(words)
        self._name.setToolTip(_NAME_HELP)
        for control in (self._name, self._choose, self._from_verify):
            first.addWidget(control, 1 if control is self._name else 0)
        last.addWidget(self._count, 1)
        last.addWidget(self._rename)
        last.addWidget(self._remove)
        self._stack.addWidget(EmptyState(_EMPTY))
        self._stack.addWidget(self._list)
        layout.addLayout(first)
        layout.addWidget(self._message)
        layout.addWidget(self._stack, 1)
        layout.addLayout(last)

    def _connect(self) -> None:
        self._choose.clicked.connect(self._open_dialog)
        self._from_verify.clicked.connect(lambda: self._enrol(self._verify, self._name.text()))
        self._name.returnPressed.connect(self._take_name)
        self._name.textChanged.connect(lambda _text: self._update())
        self._list.set_describer(lambda row: _described(self._names[row]))
        self._list.chosen.connect(lambda _name: self._update())
        self._list.renamed.connect(self.rename_wanted)
        self._list.removal_wanted.connect(self.removal_wanted)
        self._list.pictures_wanted.connect(self.pictures_wanted)
        self._rename.clicked.connect(self._list.begin_renaming)
        self._remove.clicked.connect(lambda: self.removal_wanted.emit(self._list.current() or ""))

    def _open_dialog(self) -> None:
        """Let the user choose files, while everything else goes on."""
        dialog = QFileDialog(self, tr("Images to enrol"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        dialog.setNameFilters([tr("Images ({patterns})").format(patterns=patterns), tr("All files (*)")])
        dialog.filesSelected.connect(lambda files: self._enrol([Path(file) for file in files], self._name.text()))
        dialog.open()

    def _enrol(self, sources: Sequence[Source], name: str) -> None:
        if not sources:
            self._message.complain(tr("There is no image in what was dropped; images or image files are needed."))
        elif name.strip():
            self._take_waiting()
            self.enrolment_wanted.emit(name, list(sources))
        else:
            self._waiting = list(sources)
            self._message.tell(
                tr("{sources} to enrol: type a name and press Enter.").format(sources=images_words(len(sources)))
            )
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_name(self) -> None:
        if self._waiting:
            self._enrol(self._waiting, self._name.text())

    def _take_waiting(self) -> None:
        self._waiting = []
        self._message.tell("")

    def _name_below(self, event: QDropEvent) -> str | None:
        place = self._list.viewport().mapFrom(self, event.position().toPoint())
        inside = self._list.isVisible() and self._list.viewport().rect().contains(place)
        return self._list.name_at(self._list.indexAt(place)) if inside else None

    def _update(self) -> None:
        reason = self._unavailable
        self._choose.setEnabled(reason is None)
        self._choose.setToolTip("\n\n".join(part for part in (reason, _CHOOSE_HELP) if part))
        missing = reason or (None if self._verify else _NONE_THERE)
        self._from_verify.setEnabled(missing is None)
        self._from_verify.setToolTip("\n\n".join(part for part in (missing, _VERIFY_HELP) if part))
        chosen = self._list.current() is not None
        for button, help_text in (
            (self._rename, tr("Write another name in the list (F2, or a double click on it).")),
            (self._remove, tr("Remove the name with all its images (Delete); Ctrl+Z takes that back.")),
        ):
            button.setEnabled(chosen)
            button.setToolTip(help_text if chosen else f"{_NOTHING_CHOSEN}\n\n{help_text}")


def _row(name: "EnrolledName") -> NameRow:
    return NameRow(name.name, images_words(len(name.images)), name.images[0].id)


def _described(name: "EnrolledName") -> str:
    newest = max(image.step for image in name.images)
    images = tr("{images}, by weights of step {newest}:").format(
        images=images_words(len(name.images)), newest=formats.count(newest)
    )
    captions = [image.caption for image in name.images[:_CAPTIONS]]
    more = [tr("and {value} more").format(value=len(name.images) - _CAPTIONS)] if len(name.images) > _CAPTIONS else []
    return plain("\n".join((name.name, images, *captions, *more)))


def _sources(mime: QMimeData) -> list[Source]:
    if mime.hasFormat(SAMPLE_FORMAT):
        return [bytes(mime.data(SAMPLE_FORMAT).data()).decode("utf-8")]
    if paths := local_paths(mime):
        return list(paths)
    image = image_in(mime)
    return [] if image is None else [image]
