"""The images: choosing a data set, showing what is in it, and their pictures wherever they are asked for."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from core.data.dataset import Dataset, ImageFile, Sample
from core.training.records import Started
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.pictures import PictureBridge
from explorer.images import to_qimage
from explorer.panels.data import DataPanel
from explorer.panels.map import MapPanel
from explorer.panels.run_setup import RunSetupPanel
from explorer.settings import Settings
from explorer.state import ExplorerState
from explorer.widgets.sample_drag import SampleImage
from explorer.widgets.status_line import StatusLine

_PREVIEWS = 8


class DataController(QObject):
    """Lists what the user chose and serves pictures of it to the panels."""

    def __init__(
        self,
        state: ExplorerState,
        library: LibraryBridge,
        pictures: dict[str, PictureBridge],
        *,
        setup: RunSetupPanel,
        panel: DataPanel,
        map_panel: MapPanel,
        status: StatusLine,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._state, self._library, self._pictures = state, library, pictures
        self._setup, self._panel, self._map_panel = setup, panel, map_panel
        self._status, self._settings = status, settings
        self._positions: dict[str, int] = {}
        self._previews: list[QImage] = []
        self._connect()
        setup.set_recent(settings.recent("data"))

    def choose(self, data: str) -> None:
        """List a built-in data set or a folder."""
        self._setup.set_busy("reading …")
        self._library.list_dataset(data)

    def ask_for_folder(self) -> None:
        """Let the user choose a folder of images."""
        dialog = QFileDialog(self._setup.window(), "Choose a folder of images")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def image_of(self, sample_id: str) -> ImageFile | None:
        """Where the image of a sample is, by the sample's id."""
        sample = self._sample(sample_id)
        return None if sample is None else sample.image

    def show_training(self, event: Started) -> None:
        """Say how the data of the run that trains was split and what was left out."""
        self._panel.show_summary(event.data)

    def show_opened(self, opened: OpenedRun) -> None:
        """Show the images of a stored run."""
        if opened.dataset is not None:
            self._show(opened.run.config.data, opened.dataset)

    def _connect(self) -> None:
        self._setup.data_chosen.connect(self.choose)
        self._setup.choose_folder_requested.connect(self.ask_for_folder)
        self._library.dataset_listed.connect(self._on_listed)
        self._library.listing_failed.connect(self._on_failure)
        self._panel.thumbnails_needed.connect(self._want_thumbnails)
        self._pictures["grid"].ready.connect(self._panel.set_thumbnail)
        self._pictures["preview"].ready.connect(self._take_preview)
        self._pictures["hover"].ready.connect(self._show_hover)
        self._map_panel.hover_requested.connect(self._want_hover)
        self._map_panel.set_image_provider(self._provide_for_map)
        self._panel.selection_changed.connect(self._select_on_map)
        self._state.selection_changed.connect(self._select_in_grid)

    # --- listing

    def _on_listed(self, data: str, dataset: Dataset) -> None:
        if Path(data).is_dir():
            self._setup.set_recent(self._settings.add_recent("data", data))
        self._show(data, dataset)
        if dataset.problems:
            self._status.say(
                f"{dataset.name}: {len(dataset.problems)} left out",
                "\n".join(f"{problem.where}: {problem.reason}" for problem in dataset.problems),
            )

    def _show(self, data: str, dataset: Dataset) -> None:
        for pictures in self._pictures.values():
            pictures.forget()
        self._state.set_dataset(dataset)
        self._positions = {sample.id: position for position, sample in enumerate(dataset.samples)}
        self._setup.set_busy(None)
        self._setup.show_dataset(dataset)
        self._panel.show_dataset(dataset)
        self._previews = []
        chosen = np.linspace(0, len(dataset.samples) - 1, min(_PREVIEWS, len(dataset.samples))).astype(int)
        self._pictures["preview"].want([(int(i), dataset.samples[i].image) for i in chosen])

    def _on_failure(self, message: str, details: str) -> None:
        self._setup.set_busy(None)
        self._setup.show_problem(message)
        self._status.complain(message, details)

    # --- pictures

    def _want_thumbnails(self, positions: tuple[int, ...]) -> None:
        dataset = self._state.dataset
        if dataset is not None:
            self._pictures["grid"].want([(position, dataset.samples[position].image) for position in positions])

    def _take_preview(self, position: int, image: QImage) -> None:
        if not image.isNull():
            self._previews.append(image)
            self._setup.set_thumbnails(self._previews)

    def _want_hover(self, sample_id: int) -> None:
        image = self.image_of(self._name(sample_id))
        if image is not None:
            self._pictures["hover"].want([(sample_id, image)])

    def _show_hover(self, sample_id: int, image: QImage) -> None:
        self._map_panel.show_hover_image(sample_id, image, self._name(sample_id))

    def _provide_for_map(self, sample_id: int) -> SampleImage | None:
        sample = self._sample(self._name(sample_id))
        if sample is None:
            return None
        return SampleImage(sample.id, sample.image if isinstance(sample.image, Path) else to_qimage(sample.image))

    def _sample(self, sample_id: str) -> Sample | None:
        position, dataset = self._positions.get(sample_id), self._state.dataset
        return None if position is None or dataset is None else dataset.samples[position]

    def _name(self, sample_id: int) -> str:
        run = self._state.run
        return run.sample_names[sample_id] if run is not None and sample_id < len(run.sample_names) else ""

    # --- one selection

    def _select_on_map(self, positions: tuple[int, ...]) -> None:
        run, dataset = self._state.run, self._state.dataset
        if run is None or dataset is None:
            return
        ids = {dataset.samples[position].id for position in positions}
        self._state.set_selection(tuple(i for i, name in enumerate(run.sample_names) if name in ids))

    def _select_in_grid(self, sample_ids: tuple[int, ...]) -> None:
        found = (self._positions.get(self._name(sample_id)) for sample_id in sample_ids)
        self._panel.set_selection(tuple(position for position in found if position is not None))
