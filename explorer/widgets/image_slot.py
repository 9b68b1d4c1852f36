"""A place for one image: dropped, pasted, or chosen in a dialog."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QSizePolicy, QWidget

from core.data.images import IMAGE_SUFFIXES
from explorer import theme
from explorer.images import fit_within
from explorer.translation import tr
from explorer.widgets.drops import image_in, local_paths, names_address, paths_in_text
from explorer.widgets.sample_drag import SAMPLE_FORMAT
from explorer.widgets.slot_painter import READING, SlotContent, SlotLook, paint_slot

_PASTED, _DROPPED = tr("pasted"), tr("dropped")
_NO_IMAGE = tr("There is no image in what was {done}; an image or an image file is needed.")
_NO_DATA = tr("The image data in what was {done} cannot be read; save the image as a file and choose that.")
_ADDRESS = tr("What was {done} is an address of the web: only files and image data are taken, nothing is downloaded.")
_LARGEST = 1024
"""Pixels; a larger preview is made smaller once instead of at every repaint."""


class ImageSlot(QWidget):
    """Shows one image and takes another by drop, paste, click, Enter or its menu.

    It decodes no file itself, since that could stall the window: it emits what was chosen, shows 'reading…' and
    waits for `show_image` or `show_problem`.
    """

    image_chosen = Signal(object)
    """A Path or a QImage."""
    sample_dropped = Signal(str)
    """Id of a sample of the data set."""
    several_chosen = Signal(list)
    """Several Paths were dropped or pasted at once; the slot itself stays as it is."""
    refused = Signal(str)
    """What was dropped or pasted is no image, as the slot says in this sentence."""
    cleared = Signal()
    """The user has cleared the slot."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._content = SlotContent()
        self._drag_over = False
        self.setObjectName(f"slot_{name.lower()}")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._set(SlotContent())

    def content(self) -> SlotContent:
        """What is shown."""
        return self._content

    def set_content(self, content: SlotContent) -> None:
        """Show what another slot has shown."""
        self._set(content)

    def show_image(self, image: QImage, caption: str) -> None:
        """Show an image, as a preview of about the slot's size, and its name."""
        self._set(SlotContent(image=fit_within(image, _LARGEST), caption=caption))

    def show_overlay(self, overlay: QImage | None) -> None:
        """Lay a half transparent picture of the same frame over the image; None takes it away."""
        self._set(replace(self._content, overlay=overlay))

    def show_problem(self, sentence: str) -> None:
        """Say why what was chosen cannot be used."""
        self._set(SlotContent(problem=sentence))

    def show_waiting(self) -> None:
        """Say that the image is being read."""
        self._set(SlotContent(waiting=True))

    def clear(self) -> None:
        """Empty the slot, without a signal."""
        self._set(SlotContent())

    def open_dialog(self) -> None:
        """Let the user choose a file, while everything else goes on."""
        dialog = QFileDialog(self, tr("Image {name}").format(name=self._name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        dialog.setNameFilters([tr("Images ({patterns})").format(patterns=patterns), tr("All files (*)")])
        dialog.fileSelected.connect(lambda file: self._choose(Path(file)))
        dialog.open()

    def paste(self) -> None:
        """Take an image or an image file from the clipboard."""
        self._take(QApplication.clipboard().mimeData(), _PASTED, reads_text=True)

    def sizeHint(self) -> QSize:
        """Room for a recognisable picture."""
        return QSize(20 * theme.UNIT, 18 * theme.UNIT)

    def minimumSizeHint(self) -> QSize:
        """Room for the shortest sentence."""
        return QSize(14 * theme.UNIT, 9 * theme.UNIT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, image, caption or sentence."""
        paint_slot(self, self._content, SlotLook(self._name, self._drag_over, self.hasFocus()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take whatever may be an image; what turns out to be none gets a sentence when it is dropped."""
        mime = event.mimeData()
        if mime.hasFormat(SAMPLE_FORMAT) or mime.hasImage() or mime.hasUrls():
            event.acceptProposedAction()
            self._highlight(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """End the highlight."""
        self._highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the image."""
        event.acceptProposedAction()
        self._highlight(False)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._take(event.mimeData(), _DROPPED)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the dialog on a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open_dialog()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open the dialog, Ctrl+V pastes, Delete clears."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_dialog()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear_by_hand()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same by menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Choose image…"), self.open_dialog)
        menu.addAction(tr("Paste image"), QKeySequence(QKeySequence.StandardKey.Paste), self.paste)
        clear = menu.addAction(tr("Clear"), QKeySequence(QKeySequence.StandardKey.Delete), self._clear_by_hand)
        clear.setEnabled(not self._content.is_empty)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self.update()

    def _take(self, mime: QMimeData, done: str, *, reads_text: bool = False) -> None:
        paths = local_paths(mime)
        if mime.hasFormat(SAMPLE_FORMAT):
            self.show_waiting()
            self.sample_dropped.emit(bytes(mime.data(SAMPLE_FORMAT).data()).decode("utf-8"))
        elif paths:
            self._choose_files(paths)
        elif mime.hasImage():
            self._choose_data(image_in(mime), done)
        elif reads_text and (paths := paths_in_text(mime)):
            self._choose_files(paths)
        else:
            self._refuse((_ADDRESS if names_address(mime) else _NO_IMAGE).format(done=done))

    def _choose_files(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            self._choose(paths[0])
        else:
            self.several_chosen.emit(paths)

    def _choose_data(self, image: QImage | None, done: str) -> None:
        if image is None:
            self._refuse(_NO_DATA.format(done=done))
        else:
            self._choose(image)

    def _refuse(self, sentence: str) -> None:
        self.show_problem(sentence)
        self.refused.emit(sentence)

    def _choose(self, source: Path | QImage) -> None:
        self.show_waiting()
        self.image_chosen.emit(source)

    def _clear_by_hand(self) -> None:
        if not self._content.is_empty:
            self.clear()
            self.cleared.emit()

    def _highlight(self, on: bool) -> None:
        self._drag_over = on
        self.update()

    def _set(self, content: SlotContent) -> None:
        self._content = content
        state = content.problem or (READING if content.waiting else content.caption or tr("empty"))
        self.setAccessibleName(tr("Image {name}: {state}").format(name=self._name, state=state))
        help_text = tr("Drop an image or an image file here, paste one with Ctrl+V, or click to choose; Delete clears.")
        self.setToolTip("\n\n".join(part for part in (content.problem or content.caption, help_text) if part))
        self.update()
