"""Comparing the look on the map with another one: which, asked for, and shown when it is there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from core.projection.settings import ProjectionSettings
from explorer import formats
from explorer.bridge.history import PastLook
from explorer.bridge.map_compare import ComparedLooks, CompareWish, MapCompareBridge, SharedLook
from explorer.bridge.pictures import PictureBridge
from explorer.bridge.projection import Layout, MapBridge
from explorer.core_words import in_words
from explorer.dialogs import choose_folder
from explorer.panels.map import MapPanel, MapView
from explorer.panels.map_bar import METHOD_NAMES
from explorer.panels.map_compare import MapPair
from explorer.panels.map_plot import fitted
from explorer.settings import Settings
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.training.records import TrainingSnapshot

_NO_MAP = tr("There is no map to compare yet: press Start, or open a run.")
_TRAINING = tr(
    "Looks are compared when training has ended: laying the other one out needs the processor, and the map would move "
    "on meanwhile."
)
_ALONE = tr("This run keeps no look besides the one on the map; choose another run.")
_CANCELLED = tr("Cancelled; choose a step to compare with.")


class MapCompareController(QObject):
    """While the panel compares, whatever comes onto the map is compared with the other look that was chosen."""

    def __init__(
        self,
        state: ExplorerState,
        maps: MapBridge,
        comparing: MapCompareBridge,
        pictures: PictureBridge,
        find_image: Callable[[int], ImageFile | None],
        drawn_look: Callable[[int], PastLook | None],
        *,
        map_panel: MapPanel,
        status: StatusLine,
        settings: Settings,
        run_root: Path,
    ) -> None:
        super().__init__()
        self._state, self._bridge, self._pictures = state, comparing, pictures
        self._find_image, self._drawn_look = find_image, drawn_look
        self._panel, self._view, self._status = map_panel, map_panel.comparison, status
        self._settings, self._run_root = settings, run_root
        self._on = False
        self._other: Path | None = None
        """The run of the other look; None: the one on the map."""
        self._steps: tuple[int, ...] = ()
        self._step: int | None = None
        self._newest: TrainingSnapshot | None = None
        """What the newest map is of."""
        self._projection = ProjectionSettings()
        self._refusal = ""
        """Why nothing is compared while a run trains."""
        self._connect(maps)
        self._tell_availability()

    def set_locked(self, reason: str | None) -> None:
        """Leave the processor to a run that trains."""
        self._refusal = _TRAINING if reason else ""
        if self._refusal:
            self._leave()
        self._tell_availability()

    def _connect(self, maps: MapBridge) -> None:
        panel, view, bridge = self._panel, self._view, self._bridge
        self._state.run_changed.connect(self._forget)
        maps.layout_ready.connect(self._take_layout)
        panel.layout_taken.connect(lambda _view: self._follow_map())
        panel.settings_chosen.connect(self._take_settings)
        panel.compare_toggled.connect(self._toggle)
        view.run_chosen.connect(self.choose_run)
        view.folder_requested.connect(self._ask_for_run)
        view.step_chosen.connect(self._choose_step)
        view.cancel_requested.connect(self._cancel)
        view.thumbnails_needed.connect(self._want_thumbnails)
        self._pictures.ready.connect(view.set_thumbnail)
        bridge.listed.connect(self._offer)
        bridge.progressed.connect(view.show_progress)
        bridge.compared.connect(self._show)
        bridge.failed.connect(self._complain)

    # --- whether anything can be compared

    def _tell_availability(self) -> None:
        self._panel.set_compare_refusal(self._refusal or (_NO_MAP if self._panel.view is None else ""))

    def _forget(self, _run: RunView | None) -> None:
        self._leave()
        self._newest = None
        self._pictures.forget()
        self._tell_availability()

    def _take_layout(self, layout: Layout) -> None:
        self._newest = layout.snapshot

    def _take_settings(self, settings: ProjectionSettings) -> None:
        self._projection = settings

    def _follow_map(self) -> None:
        self._tell_availability()
        if self._on and self._step is not None:
            self._compare()

    # --- what the user wants

    def _toggle(self, on: bool) -> None:
        if not on:
            self._leave()
            return
        run = self._state.run
        if run is None:
            return
        self._on = True
        self._panel.set_comparing(True)
        recent = [path for path in self._settings.recent("runs") if not _same(Path(path), run.path)]
        self._view.set_recent(recent)
        self.choose_run(self._other)

    def choose_run(self, path: Path | None) -> None:
        """Compare with a look of this run; None: of the run on the map."""
        run = self._state.run
        if run is None:
            return
        self._other = None if path is None or _same(path, run.path) else path
        self._steps, self._step = (), None
        self._view.set_looks(self._other, (), None)
        self._view.end_progress()
        self._view.clear()
        self._bridge.list_looks(self._other or run.path)

    def _ask_for_run(self) -> None:
        choose_folder(
            self._panel,
            tr("Choose a run to compare with"),
            str(self._run_root),
            lambda path: self.choose_run(Path(path)),
        )

    def _choose_step(self, step: int) -> None:
        self._step = step
        self._compare()

    def _cancel(self) -> None:
        self._bridge.cancel()
        self._view.end_progress()
        self._view.show_note(_CANCELLED)

    def _leave(self) -> None:
        """Show the plain map again."""
        if not self._on:
            return
        self._on = False
        self._bridge.leave()
        self._other, self._steps, self._step = None, (), None
        self._view.end_progress()
        self._view.clear()
        self._panel.set_comparing(False)

    def _want_thumbnails(self, sample_ids: tuple[int, ...]) -> None:
        images = [(sample_id, self._find_image(sample_id)) for sample_id in sample_ids]
        self._pictures.want([(sample_id, image) for sample_id, image in images if image is not None])
        for sample_id in (sample_id for sample_id, image in images if image is None):
            self._view.set_thumbnail(sample_id, QImage())

    # --- what comes of it

    def _offer(self, _run_dir: Path, steps: tuple[int, ...]) -> None:
        """Offer the looks of the other run, and compare with the newest; of this run, with the first."""
        shown = self._panel.view
        if self._other is None:
            self._steps = tuple(step for step in steps if shown is None or step != shown.step)
            self._step = self._steps[0] if self._steps else None
        else:
            self._steps, self._step = steps, steps[-1] if steps else None
        self._view.set_looks(self._other, self._steps, self._step)
        if self._step is not None:
            self._compare()
        elif self._other is None:
            self._view.show_problem(_ALONE)
        else:
            self._view.show_problem(
                tr("{other}: has no looks yet, so there is nothing to compare with").format(other=self._other)
            )

    def _compare(self) -> None:
        run, shown = self._state.run, self._panel.view
        if run is None or shown is None:
            return
        newest = self._newest
        drawn = self._drawn_look(self._step) if self._other is None and self._step is not None else None
        self._bridge.compare(
            CompareWish(
                run_dir=run.path,
                step=shown.step,
                snapshot=newest if newest is not None and newest.step == shown.step else None,
                sample_ids=shown.sample_ids,
                xy=fitted(shown.xy),
                other_dir=self._other or run.path,
                other_step=self._step,
                drawn=drawn,
                method=shown.method,
                distance=self._state.rule,
                settings=self._projection,
            )
        )

    def _show(self, found: ComparedLooks) -> None:
        run, shown = self._state.run, self._panel.view
        self._view.end_progress()
        if run is None or shown is None:
            return
        self._view.show_pair(_pair(found, run, shown))
        self._view.set_selection(self._state.selection)

    def _complain(self, message: str, details: str) -> None:
        self._view.end_progress()
        self._view.show_problem(message)
        self._status.complain(tr("Comparison: {message}").format(message=message), details)


def _pair(found: ComparedLooks, run: RunView, shown: MapView) -> MapPair:
    """Both looks in one frame, with what they are called."""
    both = fitted(np.concatenate([found.other.xy, found.shown.xy]))
    count = len(found.sample_ids)

    def view(look: SharedLook, xy: "np.typing.NDArray[np.float32]") -> MapView:
        return replace(
            shown,
            xy=xy,
            labels=found.labels,
            sample_ids=found.sample_ids,
            held_out=look.held_out,
            predicted=look.predicted,
            step=look.step,
        )

    steps = _step_name(found.other), _step_name(found.shown)
    other_name, shown_name = steps if found.same_run else (tr("the other run"), tr("this run"))
    return MapPair(
        view(found.other, both[:count]),
        view(found.shown, both[count:]),
        found.change,
        other_name,
        shown_name,
        _sentence(found, run, shown),
        tuple(map(in_words, found.notes)),
    )


def _step_name(look: SharedLook) -> str:
    return tr("step {step}").format(step=formats.count(look.step))


def _sentence(found: ComparedLooks, run: RunView, shown: MapView) -> str:
    """Which looks are compared: 'UMAP · step 540 of run A against step 120 · all 360 images'."""
    there, here = _step_name(found.other), _step_name(found.shown)
    other = there if found.same_run else tr("{there} of {name}").format(there=there, name=found.other_dir.name)
    count, (other_images, shown_images) = len(found.sample_ids), found.images
    images = tr("all {count} images").format(count=formats.count(count))
    if count < max(other_images, shown_images):
        images = tr("the {count} images that both have, of {shown_images} and {other_images}").format(
            count=formats.count(count),
            shown_images=formats.count(shown_images),
            other_images=formats.count(other_images),
        )
    return tr("{METHOD_NAMES} · {here} of {name} against {other} · {images}").format(
        METHOD_NAMES=METHOD_NAMES[shown.method], here=here, name=run.path.name, other=other, images=images
    )


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
