"""The images: choosing a data set, showing what is in it, and their pictures wherever they are asked for."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.config import make_config
from core.data.catalog.catalog import CATALOG, is_downloaded
from core.data.dataset import Dataset, ImageFile, Sample
from core.data.sources import DATASET_NAMES, LIST_SUFFIXES
from core.run_list import is_run
from core.training.records import Started
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.pictures import PictureBridge
from explorer.core_words import in_words
from explorer.dialogs import choose_file, choose_folder
from explorer.images import to_qimage
from explorer.panels.data import DataPanel
from explorer.panels.data_words import facts
from explorer.panels.map import MapPanel
from explorer.panels.run_setup import RunSetupPanel
from explorer.settings import Settings
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.sample_drag import SampleImage
from explorer.widgets.status_line import StatusLine

_PREVIEWS = 8


class DataController(QObject):
    """Lists what the user chose and serves pictures of it to the panels.

    The data chosen for the next run and the data of the run that is shown may be two: the grid shows the one, the
    map the other.
    """

    shown = Signal(str, object)
    """What the data set in the grid was asked for by, and that Dataset as it is listed."""

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
        self._listed = ""
        """What the data set in the grid was asked for by."""
        self._positions: dict[str, int] = {}
        """Where each sample is in the data set in the grid."""
        self._run_samples: dict[str, Sample] = {}
        self._dragged: dict[str, ImageFile] = {}
        """Images by the ids under which they were dragged out, since both data sets may have the same ids."""
        self._previews: list[QImage] = []
        self._places: NDArray[np.intp] | None = None
        """See `_places_of`; None until somebody asks."""
        self._connect()
        setup.set_recent(settings.recent("data"))

    def choose(self, data: str) -> None:
        """List a data set by its name, a folder or a list; one that has to be fetched first is offered."""
        if data in CATALOG and not is_downloaded(data):
            self._setup.offer_download(CATALOG[data])
            return
        self._setup.set_busy(tr("reading …"))
        self._library.list_dataset(data, allow_outside=bool(self._setup.settings()["allow_outside"]))

    def choose_folder(self, folder: str) -> None:
        """Train on this folder, or this list, next."""
        self._setup.set_settings(make_config({**self._setup.settings(), "data": folder}))
        self.choose(folder)

    def is_data(self, paths: Sequence[Path]) -> bool:
        """Whether what was dropped is one folder or list of images, and no run."""
        if len(paths) != 1:
            return False
        [path] = paths
        is_list = path.is_file() and path.suffix.lower() in LIST_SUFFIXES
        return is_list or (path.is_dir() and not is_run(path))

    def ask_for_folder(self) -> None:
        """Let the user choose a folder of images."""
        choose_folder(self._setup.window(), tr("Choose a folder of images"), "", self.choose_folder)

    def ask_for_list(self) -> None:
        """Let the user choose a list of images and their classes, or of pairs, triplets or quadruplets."""
        kinds = tr("Lists (*.csv *.CSV *.parquet);;All files (*)")
        choose_file(self._setup.window(), tr("Choose a list beside its images"), kinds, self.choose_folder)

    def image_of(self, sample_id: str) -> ImageFile | None:
        """Where the image of a sample is, by the sample's id."""
        if sample_id in self._dragged:
            return self._dragged[sample_id]
        sample = self._run_samples.get(sample_id) or self._chosen_sample(self._positions.get(sample_id))
        return None if sample is None else sample.image

    @property
    def run_samples(self) -> Mapping[str, Sample]:
        """The images of the run that is shown, by their ids, as far as they are at hand; another one for each run."""
        return self._run_samples

    def run_dataset(self) -> Dataset | None:
        """The data set at hand, if it is that of the run that is shown."""
        run = self._state.run
        return self._state.dataset if run is not None and self._listed == run.config.data else None

    def run_image(self, sample_id: int) -> ImageFile | None:
        """Where an image of the run is that is shown, by its position in the run's data."""
        sample = self._run_sample(sample_id)
        return None if sample is None else sample.image

    def dragged_run_image(self, sample_id: int) -> SampleImage | None:
        """An image of the run that is shown, on its way out of a panel."""
        return self._drag(self._run_sample(sample_id))

    def show_training(self, event: Started) -> None:
        """Say how the data of the run that trains was split and what was left out."""
        self._panel.show_summary(event.data)

    def show_opened(self, opened: OpenedRun) -> None:
        """Show the images of a stored run."""
        self._show(opened.run.config.data, opened.dataset)
        if opened.dataset_problem:
            self._setup.show_problem(opened.dataset_problem)
            self._panel.show_problem(opened.dataset_problem)

    def _connect(self) -> None:
        self._setup.data_chosen.connect(self.choose)
        self._setup.choose_folder_requested.connect(self.ask_for_folder)
        self._setup.choose_list_requested.connect(self.ask_for_list)
        self._library.dataset_listed.connect(self._on_listed)
        self._library.listing_failed.connect(self._on_failure)
        self._library.listing_cancelled.connect(self._on_cancelled)
        self._panel.thumbnails_needed.connect(self._want_thumbnails)
        self._panel.set_image_provider(lambda position: self._drag(self._chosen_sample(position)))
        self._pictures["grid"].ready.connect(self._panel.set_thumbnail)
        self._pictures["preview"].ready.connect(self._take_preview)
        self._pictures["hover"].ready.connect(self._show_hover)
        self._pictures["map"].ready.connect(self._map_panel.set_picture)
        self._map_panel.hover_requested.connect(self._want_hover)
        self._map_panel.pictures_needed.connect(self._want_on_map)
        self._map_panel.set_image_provider(self.dragged_run_image)
        self._panel.selection_changed.connect(self._select_on_map)
        self._state.selection_changed.connect(self._select_in_grid)
        self._state.run_changed.connect(self._take_run)

    # --- listing

    def _take_run(self, run: RunView | None) -> None:
        self._pictures["hover"].forget()
        self._pictures["map"].forget()
        self._run_samples, self._places = {}, None
        if run is not None and self._state.dataset is not None:
            self._adopt(run, self._state.dataset)

    def _adopt(self, run: RunView, dataset: Dataset) -> None:
        """Take the images in the grid for those of the run, if they are."""
        if self._listed == run.config.data:
            self._run_samples = {sample.id: sample for sample in dataset.samples}

    def _on_listed(self, data: str, dataset: Dataset) -> None:
        if data not in DATASET_NAMES:
            self._setup.set_recent(self._settings.add_recent("data", data))
        self._show(data, dataset)
        if dataset.problems:
            self._status.say(
                tr("{name}: {problems} left out").format(name=dataset.name, problems=len(dataset.problems)),
                "\n".join(f"{problem.where}: {in_words(problem.reason)}" for problem in dataset.problems),
            )

    def _show(self, data: str, dataset: Dataset) -> None:
        self._listed = data
        for owner in ("grid", "preview"):
            self._pictures[owner].forget()
        self._state.set_dataset(dataset)
        if self._state.run is not None:
            self._adopt(self._state.run, dataset)
        self._positions = {sample.id: position for position, sample in enumerate(dataset.samples)}
        self._places = None
        self._setup.set_busy(None)
        self._setup.show_dataset(dataset)
        self._panel.show_dataset(dataset)
        self._select_in_grid(self._state.selection)
        self.shown.emit(data, dataset)
        self._previews = []
        chosen = np.linspace(0, len(dataset.samples) - 1, min(_PREVIEWS, len(dataset.samples))).astype(int)
        self._pictures["preview"].want([(int(i), dataset.samples[i].image) for i in chosen])

    def _on_failure(self, message: str, details: str) -> None:
        self._setup.set_busy(None)
        self._setup.show_problem(message)
        self._status.complain(message, details)

    def _on_cancelled(self) -> None:
        """Go back to the data in the grid, if there are any and no run has been started on others."""
        self._setup.set_busy(None)
        if not self._setup.is_locked and self._listed and self._state.dataset is not None:
            self._setup.set_settings(make_config({**self._setup.settings(), "data": self._listed}))
            self._setup.show_dataset(self._state.dataset)

    # --- pictures

    def _want_thumbnails(self, positions: tuple[int, ...]) -> None:
        samples = (self._chosen_sample(position) for position in positions)
        wishes = [(position, sample.image) for position, sample in zip(positions, samples, strict=True) if sample]
        self._pictures["grid"].want(wishes)

    def _take_preview(self, position: int, image: QImage) -> None:
        if not image.isNull():
            self._previews.append(image)
            self._setup.set_thumbnails(self._previews)

    def _want_hover(self, sample_id: int) -> None:
        sample = self._run_sample(sample_id)
        if sample is not None:
            self._pictures["hover"].want([(sample_id, sample.image)])

    def _want_on_map(self, sample_ids: tuple[int, ...]) -> None:
        samples = ((sample_id, self._run_sample(sample_id)) for sample_id in sample_ids)
        self._pictures["map"].want([(sample_id, sample.image) for sample_id, sample in samples if sample])

    def _show_hover(self, sample_id: int, image: QImage) -> None:
        self._map_panel.show_hover_image(sample_id, image, self._caption(sample_id))

    def _drag(self, sample: Sample | None) -> SampleImage | None:
        if sample is None:
            return None
        self._dragged[sample.id] = sample.image
        return SampleImage(sample.id, sample.image if isinstance(sample.image, Path) else to_qimage(sample.image))

    def _chosen_sample(self, position: int | None) -> Sample | None:
        """Sample in the grid, by its position there."""
        dataset = self._state.dataset
        return None if position is None or dataset is None else dataset.samples[position]

    def _run_sample(self, sample_id: int) -> Sample | None:
        """Sample on the map, by its position in the run's data."""
        return self._run_samples.get(self._name(sample_id))

    def _caption(self, sample_id: int) -> str:
        """What an image of the run is called, and what the columns of its data set say of it."""
        name, dataset = self._name(sample_id), self.run_dataset()
        place = self._positions.get(name)
        return name if place is None or dataset is None else "\n".join(filter(None, (name, facts(dataset, place))))

    def _name(self, sample_id: int) -> str:
        run = self._state.run
        return run.sample_names[sample_id] if run is not None and sample_id < len(run.sample_names) else ""

    # --- one selection

    def _select_on_map(self, positions: tuple[int, ...]) -> None:
        run, dataset = self._state.run, self._state.dataset
        if run is None or dataset is None or self._listed != run.config.data:
            return
        chosen = np.isin(self._places_of(run), positions)
        self._state.set_selection(tuple(np.flatnonzero(chosen).tolist()))

    def _select_in_grid(self, sample_ids: tuple[int, ...]) -> None:
        run = self._state.run
        if run is None or self._listed != run.config.data:
            return
        places = self._places_of(run)[np.array(sample_ids, np.intp)]
        self._panel.set_selection(tuple(places[places >= 0].tolist()))

    def _places_of(self, run: RunView) -> NDArray[np.intp]:
        """Where each image of the run is in the grid, [N]; -1 where it is not."""
        if self._places is None:
            self._places = np.array([self._positions.get(name, -1) for name in run.sample_names], np.intp)
        return self._places
