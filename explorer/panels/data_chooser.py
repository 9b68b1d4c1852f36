"""Which data a run is trained on, and what is in it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.data.catalog.catalog import CATALOG
from core.data.catalog.entry import CatalogEntry
from core.data.dataset import Dataset
from core.data.sources import BUILTIN_NAMES, DATASET_NAMES, LIST_SUFFIXES
from core.data.sprites import IDENTITIES, IMAGES_EACH
from explorer import formats, theme
from explorer.panels import data_words
from explorer.panels.download_offer import DownloadOffer
from explorer.translation import tr
from explorer.widgets.drops import local_paths
from explorer.widgets.message import Message
from explorer.widgets.thumbnail_strip import ThumbnailStrip
from explorer.widgets.wheel import wheel_only_when_focused

_BUILT_IN_HELP = {
    "digits": tr("{count} scanned digits of 64 x 64 pixels, with masks of the ink; nothing to download.").format(
        count=formats.count(1797)
    ),
    "sprites": tr(
        "{IDENTITIES} drawn figures in changing pose, light and surroundings, {IMAGES_EACH} images of each, "
        "with masks; half of the figures is held out. Drawn in seconds, nothing to download."
    ).format(IDENTITIES=IDENTITIES, IMAGES_EACH=IMAGES_EACH),
}
_EMPTY = tr("Choose a data set, or drop a folder here: one sub-folder of images for each class.")
_HELP = tr(
    "The images to train on: the built-in digits or drawn figures, or a folder with one sub-folder for each class. "
    "A folder can also be dropped anywhere on this panel, or a CSV file beside the images that it lists in the columns "
    "image,label (a Parquet file too), or image_a,image_b,same (1 or 0), or anchor,positive,negative, or "
    "anchor,positive,negative1,negative2."
)
_CHOOSE_LIST = tr("Choose list…")
_CHOOSE_LIST_HELP = tr(
    "Open a dialog to choose a CSV or Parquet file that lists images with their classes, or a CSV file of pairs, "
    "triplets or quadruplets of images."
)
_DROP_FOLDER = tr("drop a folder with one sub-folder of images for each class, or a file that lists images")


class DataChooser(QWidget):
    """Combo box of data sets with a summary of the chosen one below it."""

    data_chosen = Signal(str)
    """Name of a built-in or published data set, or the path of a folder or of a list."""
    choose_folder_requested = Signal()
    choose_list_requested = Signal()

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = BUILTIN_NAMES[0]
        self._recent: list[str] = []
        self._locked: str | None = None
        self.label = QLabel(tr("data"))
        """To be as wide as those of the forms below."""
        self.label.setMinimumWidth(label_width)
        self._combo = QComboBox()
        self._summary = Message()
        self._split = Message()
        self._caution = Message()
        self._left_out = Message()
        self._problem = Message()
        self._busy = Message()
        self.download = DownloadOffer()
        """For a data set of the catalog that is not on this machine."""
        self._thumbnails = ThumbnailStrip()
        self._arrange()
        self._fill()
        self.clear()

    def data(self) -> str:
        """The chosen name, folder or list."""
        return self._data

    def set_data(self, data: str) -> None:
        """Choose without a signal; a folder that is not listed yet is added."""
        self._data = data
        if data not in DATASET_NAMES and data not in self._recent:
            self._recent.insert(0, data)
        self._fill()

    def set_recent(self, folders: list[str]) -> None:
        """Offer these folders, the newest first."""
        self._recent = [folder for folder in folders if folder not in DATASET_NAMES]
        self.set_data(self._data)

    def clear(self) -> None:
        """Say what will stand here."""
        self._show_nothing()
        self._summary.tell(_EMPTY)

    def show_dataset(self, dataset: Dataset) -> None:
        """Sum up the chosen data set; what will be held out follows by `show_split`."""
        self._show_nothing()
        self._summary.tell(data_words.counts(dataset))
        self._left_out.complain(data_words.problem_count(dataset.problems))
        self._left_out.setToolTip(data_words.problem_list(dataset.problems))

    def offer_download(self, entry: CatalogEntry) -> None:
        """Say that the chosen data set is to be fetched first."""
        self._show_nothing()
        self.download.offer(entry)

    def show_split(self, sentence: str, caution: str) -> None:
        """Say what will be held out, and what speaks against it."""
        self._split.tell(sentence)
        self._caution.complain(caution)

    def show_problem(self, sentence: str) -> None:
        """Say why the data cannot be used."""
        self._show_nothing()
        self._problem.complain(sentence)

    def set_busy(self, text: str | None) -> None:
        """Say what is being done; None when it is done."""
        self._busy.tell(text or "")

    def set_thumbnails(self, images: list[QImage]) -> None:
        """Show some images of the data set."""
        self._thumbnails.set_images(images)

    def take_drop(self, mime: QMimeData) -> None:
        """Choose a dropped folder or list, or say why what was dropped is none."""
        paths = local_paths(mime)
        if self._locked:
            self._problem.complain(self._locked)
        elif not paths:
            self._problem.complain(
                tr("What was dropped is no folder of this computer; {DROP_FOLDER}.").format(DROP_FOLDER=_DROP_FOLDER)
            )
        elif len(paths) > 1:
            self._problem.complain(
                tr("{paths} things were dropped at once; {DROP_FOLDER}.").format(
                    paths=len(paths), DROP_FOLDER=_DROP_FOLDER
                )
            )
        elif not paths[0].is_dir() and not (paths[0].is_file() and paths[0].suffix.lower() in LIST_SUFFIXES):
            kind = tr("a file") if paths[0].exists() else tr("not there any more")
            self._problem.complain(
                tr("{name} is {kind}; {DROP_FOLDER}.").format(name=paths[0].name, kind=kind, DROP_FOLDER=_DROP_FOLDER)
            )
        else:
            self._choose(str(paths[0]))

    def set_locked(self, reason: str | None) -> None:
        """Disable choosing and say why; None enables it."""
        if self._locked and self._problem.sentence() == self._locked:
            self._problem.tell("")
        self._locked = reason
        self.label.setEnabled(reason is None)
        self._combo.setEnabled(reason is None)
        self._explain()

    def _arrange(self) -> None:
        self._combo.setObjectName("data_field")
        self._combo.setAccessibleName(tr("data set"))
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(8)
        wheel_only_when_focused(self._combo)
        self._combo.activated.connect(self._on_activated)
        self.label.setBuddy(self._combo)
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        row.addWidget(self.label)
        row.addWidget(self._combo, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addLayout(row)
        for line in (
            self._busy,
            self._problem,
            self.download,
            self._summary,
            self._split,
            self._caution,
            self._left_out,
            self._thumbnails,
        ):
            layout.addWidget(line)

    def _fill(self) -> None:
        self._combo.clear()
        for name in BUILTIN_NAMES:
            self._add(tr("{name} (built in)").format(name=name), name, _BUILT_IN_HELP.get(name, ""))
        for folder in self._recent:
            self._add(Path(folder).name or folder, folder, folder)
        self._combo.insertSeparator(self._combo.count())
        for name, entry in CATALOG.items():
            self._add(
                entry.title,
                name,
                tr("{about}\n\nLicence: {licence}").format(about=tr(entry.about), licence=entry.licence),
            )
        self._combo.insertSeparator(self._combo.count())
        self._add(tr("Choose folder…"), None, tr("Open a dialog to choose a folder."))
        self._add(_CHOOSE_LIST, None, _CHOOSE_LIST_HELP)
        self._combo.setCurrentIndex(self._combo.findData(self._data))
        self._explain()

    def _add(self, text: str, data: str | None, help_text: str) -> None:
        self._combo.addItem(text, data)
        self._combo.setItemData(self._combo.count() - 1, help_text, Qt.ItemDataRole.ToolTipRole)

    def _on_activated(self, row: int) -> None:
        data = self._combo.itemData(row)
        if isinstance(data, str):
            self._choose(data)
        else:
            for_list = self._combo.itemText(row) == _CHOOSE_LIST
            self._combo.setCurrentIndex(self._combo.findData(self._data))
            (self.choose_list_requested if for_list else self.choose_folder_requested).emit()

    def _choose(self, data: str) -> None:
        self._show_nothing()
        self.set_data(data)
        self.data_chosen.emit(data)

    def _explain(self) -> None:
        path = "" if self._data in DATASET_NAMES else self._data
        for widget in (self.label, self._combo):
            widget.setToolTip("\n\n".join(part for part in (self._locked, path, _HELP) if part))

    def _show_nothing(self) -> None:
        for line in (self._summary, self._split, self._caution, self._left_out, self._problem):
            line.tell("")
        self.download.offer(None)
        self._thumbnails.set_images([])
