"""The map: every image of the probe set as a point, near those that the network takes for alike."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QImage, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from explorer import formats
from explorer.panels.map_bar import METHOD_NAMES, MapBar, bar_button
from explorer.panels.map_colouring import Colouring, Grouping
from explorer.panels.map_colours import MapColours
from explorer.panels.map_compare import MapComparison
from explorer.panels.map_contours import MapContours
from explorer.panels.map_hover import MapHover
from explorer.panels.map_neighbours import MapNeighbours
from explorer.panels.map_parts import LegendColumn, ProgressNote
from explorer.panels.map_plot import MapPlot, MapView, Method
from explorer.panels.map_selecting import MapSelecting
from explorer.panels.map_selections import MapSelections
from explorer.panels.panel import LivePanel
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.drops import local_paths
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.sample_drag import SAMPLE_FORMAT, ImageProvider
from explorer.widgets.timeline import Timeline
from explorer.widgets.work_line import WorkLine

__all__ = ["MapPanel", "MapView"]

_COMPARE = tr(
    "Compare the map with an earlier look at this run, or with another run: side by side or over one another, with the "
    "images listed whose neighbourhood changed most. Go back to an earlier look first to compare that one."
)
_ANY_HEIGHT = (1 << 24) - 1
"""Qt's own limit of a widget's size, which it has no name for in Python."""
_ROOM_FOR_ALL = 112 * UNIT
"""Width from which on two maps and the legend have room beside one another."""
_PAST = tr("neighbours: newest look")
"""What is looked up or searched for while an earlier look is shown is not of that look."""
_EMPTY = tr(
    "The map of embeddings will stand here.\n\nDrop a folder of images anywhere on the window, or try the built-in "
    "digits: press Start, or open a run. Every image becomes a point, and the images of one class draw together while "
    "the network learns."
)
_WAITING = tr("The map will stand here after the first look at the model, which follows the first epoch.")


class MapPanel(LivePanel):
    """The map with its legend; hover shows an image, a click selects it."""

    method_chosen = Signal(str)
    """'pca', 'umap' or 'tsne'"""
    settings_chosen = Signal(object)
    """ProjectionSettings to draw by"""
    colouring_chosen = Signal(str)
    """See `MapColours.chosen`; of what is no kind that the map knows itself, `show_colouring` follows."""
    cancel_requested = Signal()
    pictures_needed = Signal(tuple)
    """The map is zoomed in on these samples; answer with `set_picture`. A former wish is void."""
    hover_requested = Signal(int)
    """The mouse stands over the point of this sample; answer with `show_hover_image`."""
    selection_changed = Signal(tuple)
    """The user has selected the points of these samples."""
    search_chosen = Signal(str)
    """One of `map_search.SEARCHES`: select and list what is found."""
    image_dropped = Signal(object)
    """Path, QImage, or the id of a sample: an image to be placed on the map; `show_guest` follows."""
    neighbour_chosen = Signal(int)
    """The user wants to see this sample and its neighbours."""
    compare_toggled = Signal(bool)
    """The user wants to compare the map with another look, in `comparison`, or no more."""
    layout_taken = Signal(object)
    """MapView: a newer one is there."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newest: MapView | None = None
        self._past: MapView | None = None
        self._shown: MapView | None = None
        self._model_step = 0
        self._plot = MapPlot()
        self._cloud = self._plot.cloud
        self._selecting = MapSelecting(self._cloud, self)
        self._hover = MapHover(self._plot, self)
        self._legend = LegendColumn()
        self._bar = MapBar()
        self.selections = MapSelections()
        self._bar.add_button(self.selections.button)
        self._colours = MapColours(self._cloud, self._legend)
        self.contours = MapContours(self._plot, self._legend)
        self._caption, self._empty = Message(), EmptyState(_EMPTY)
        self.neighbours = MapNeighbours(self._plot)
        self.comparison = MapComparison()
        self._compare = bar_button("compare_map", tr("Compare with another look"), "compare", _COMPARE)
        self._compare.setCheckable(True)
        self.search_work = WorkLine(cancel_help=tr("End the search; the selection stays as it is."))
        self.search_work.setObjectName("map_search_work")
        self.timeline = Timeline()
        self.timeline.hide()
        self._body = self._make_body()
        self._progress = ProgressNote(self._body)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._plot.setAcceptDrops(False)  # or the drop would end there

    def show_layout(self, view: MapView) -> None:
        """Show this projection at the next redraw."""
        self._newest = view
        self.mark_stale()
        self.layout_taken.emit(view)

    def show_past(self, view: MapView | None) -> None:
        """Show an earlier look in place of the newest; None: the newest again."""
        self._past = view
        self.mark_stale()

    def show_trails(self, trails: Sequence[NDArray[np.float32]]) -> None:
        """Draw the ways that some points have come, see `MapPlot.show_trails`."""
        self._plot.show_trails(trails)

    def set_compare_refusal(self, reason: str) -> None:
        """Say why the map cannot be compared with another look now; empty where it can."""
        self._compare.setEnabled(not reason)
        self._compare.setToolTip(reason or _COMPARE)

    def set_comparing(self, comparing: bool) -> None:
        """Show the comparison in place of the plain map, or the map as it was; emits nothing."""
        self._compare.setChecked(comparing)
        self._plot.setHidden(comparing)
        self.comparison.setVisible(comparing)
        self.timeline.setHidden(comparing or self._shown is None)
        self._caption.setHidden(comparing or not self._caption.sentence())
        # What stands below the map takes no room; it comes and goes by itself.
        self.neighbours.strip.setMaximumHeight(0 if comparing else _ANY_HEIGHT)
        self._make_room()

    def set_waiting(self, is_waiting: bool) -> None:
        """Say whether there is a run whose first map will come, or what to do to get one."""
        self._empty.setText(_WAITING if is_waiting else _EMPTY)

    def clear(self) -> None:
        """Forget the map: another run is shown."""
        self._newest = self._past = self._shown = None
        self._colours.show(None)
        self.contours.show(None)
        self.show_trails(())
        self._model_step = 0
        self._selecting.show(None)
        self._hover.show(None)
        self._bar.step.tell("")
        self._caption.tell("")
        self._bar.set_map_shown(False)
        self.neighbours.show(-1, ())
        self._plot.pictures.forget()
        self._pages.setCurrentIndex(0)
        self.comparison.forget_run()
        self.set_comparing(False)

    @property
    def view(self) -> MapView | None:
        """What the map shows, or will at its next redraw."""
        return self._past or self._newest

    @property
    def colouring(self) -> str:
        """What the map is to be coloured by, see `MapColours.chosen`."""
        return self._colours.chosen

    def set_names_classes(self, names_classes: bool) -> None:
        """Say whether the model of the run names classes at all; where it does, a look may still not say which."""
        self._colours.set_names_classes(names_classes)
        self.comparison.plots.colours.set_names_classes(names_classes)

    def set_columns(self, names: Sequence[str]) -> None:
        """Offer these columns of the data set to colour by."""
        self._bar.colours.set_columns(names)

    def show_colouring(self, colouring: Colouring | Grouping) -> None:
        """Colour the points by what was measured, if it is still what is chosen."""
        self._colours.take(colouring)
        self.comparison.plots.colours.take(colouring)

    def set_picture(self, sample_id: int, picture: QImage) -> None:
        """Give a sample that the map is zoomed in on its picture, a null one where it cannot be read."""
        self._plot.pictures.set_picture(sample_id, picture)
        self.comparison.plots.set_picture(sample_id, picture)

    def set_model_step(self, step: int) -> None:
        """Say where the model is, so that an older picture says that it is older."""
        self._model_step = step
        self._tell_step()

    def set_method(self, method: Method) -> None:
        """Show which method is chosen; emits nothing."""
        self._bar.set_method(method)

    def set_progress(self, text: str | None) -> None:
        """Say what is being computed, such as 'UMAP is computing…'; None: nothing is."""
        self._progress.tell(text)

    def show_progress(self, text: str, share: float | None, seconds_left: float | None) -> None:
        """Say how far what is being computed is; None: not known."""
        self._progress.tell(text, share, seconds_left)

    def set_selection(self, sample_ids: Iterable[int]) -> None:
        """Emphasise the points of these samples; emits nothing."""
        selection = tuple(sample_ids)
        self._selecting.set_selection(selection)
        self.comparison.set_selection(selection)
        self._show_whole_classes()

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the image of a sample comes from when its point is dragged out of the map."""
        for hover in (self._hover, *self.comparison.plots.hovers):
            hover.provider = provider

    def show_hover_image(self, sample_id: int, image: QImage, caption: str) -> None:
        """Answer `hover_requested`; an answer that comes too late is dropped."""
        self._hover.show_image(sample_id, image, caption)
        self.comparison.plots.show_hover_image(sample_id, image, caption)

    def redraw(self) -> None:
        """Draw the newest projection."""
        view = self._past or self._newest
        if view is None:
            return
        self._shown = view
        self._plot.show_projection(view)
        self._legend.show_points(view.class_names, view.labels, view.held_out)
        images = tr("{xy} images").format(xy=formats.count(len(view.xy)))
        words = (METHOD_NAMES[view.method], tr("arbitrary units"), images, view.provenance)
        self._caption.tell(" · ".join((*words, *(() if self._past is None else (_PAST,)))))
        self._colours.show(view)
        self.contours.show(view)
        self.neighbours.follow_map()
        self._tell_step()
        self._selecting.show(view)
        self._hover.show(view)
        self._show_whole_classes()
        self._bar.set_map_shown(True)
        self._pages.setCurrentIndex(1)
        self.set_comparing(self._compare.isChecked())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one image; a folder may be a run, and belongs to the window."""
        mime = event.mimeData()
        files = [path for path in local_paths(mime) if not path.is_dir()]
        if self._shown is not None and (mime.hasFormat(SAMPLE_FORMAT) or mime.hasImage() or len(files) == 1):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the image's place."""
        event.acceptProposedAction()
        mime = event.mimeData()
        if mime.hasFormat(SAMPLE_FORMAT):
            self.image_dropped.emit(bytes(mime.data(SAMPLE_FORMAT).data()).decode("utf-8"))
        elif files := local_paths(mime):
            self.image_dropped.emit(files[0])
        else:
            self.image_dropped.emit(QImage(mime.imageData()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves where nobody looks."""
        super().hideEvent(event)
        self._cloud.finish_move()
        self._hover.hide()
        self.comparison.plots.finish_move()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the maps that are compared the legend's room where there is little."""
        super().resizeEvent(event)
        self._make_room()

    def _make_body(self) -> QWidget:
        body = QWidget()
        halves = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        one_of = QWidget()
        line = QHBoxLayout(one_of)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._plot)
        line.addWidget(self.comparison)
        self.comparison.hide()
        halves.addWidget(one_of)
        halves.addWidget(self._legend)
        halves.setStretchFactor(0, 1)
        halves.setSizes([10_000, self._legend.sizeHint().width()])
        self._pages = QStackedLayout(body)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(halves)
        return body

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self._bar)
        layout.addWidget(self.selections.work)
        layout.addWidget(self.search_work)
        layout.addWidget(self._body, 1)
        layout.addWidget(self.neighbours.strip)
        layout.addWidget(self.timeline)
        layout.addWidget(self._caption)

    def _connect(self) -> None:
        self._plot.pictures.needed.connect(self.pictures_needed)
        self.neighbours.strip.chosen.connect(self.neighbour_chosen)
        self._bar.method_chosen.connect(self.method_chosen)
        self._bar.search_chosen.connect(self.search_chosen)
        self._bar.settings_chosen.connect(self.settings_chosen)
        self._bar.colouring_chosen.connect(self._choose_colouring)
        plots = self.comparison.plots
        for plot in (self._plot, plots):
            self._bar.fit_requested.connect(plot.fit)
            self._bar.names_toggled.connect(plot.set_names_shown)
        for tools in (self._cloud, plots):
            self._bar.tool_chosen.connect(tools.set_tool)
        self._bar.add_button(self._compare)
        self._compare.clicked.connect(self.compare_toggled)
        plots.hover_requested.connect(self.hover_requested)
        plots.pictures_needed.connect(self.pictures_needed)
        plots.problem.connect(self.problem)
        self.comparison.selection_changed.connect(self._selecting.select)
        self._bar.contours_toggled.connect(self.contours.set_whole_shown)
        self._bar.class_contours_toggled.connect(self.contours.set_classes_shown)
        self._plot.problem.connect(self.problem)
        self._progress.cancelled.connect(self.cancel_requested)
        self._pages.currentChanged.connect(lambda _page: self._progress.raise_())  # a page comes up in front of it
        self._hover.hovered.connect(self._want_hover_image)
        self._selecting.selected.connect(self._take_selection)
        give_up = QShortcut(Qt.Key.Key_Escape, self)
        give_up.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        give_up.activated.connect(self._give_up)
        self._selecting.listen_to(self._legend.classes)
        self._legend.kinds.clicked.connect(lambda kind, keys: self._selecting.click(self._colours.members(kind), keys))

    def _make_room(self) -> None:
        has_room = not self._compare.isChecked() or self.width() >= _ROOM_FOR_ALL
        self._legend.setVisible(has_room)
        self.comparison.plots.key.setHidden(has_room)

    def _choose_colouring(self, name: str) -> None:
        self._colours.choose(name)
        self.comparison.plots.colours.choose(name)
        self.colouring_chosen.emit(name)

    def _tell_step(self) -> None:
        if self._shown is None:
            return
        step = formats.count(self._shown.step)
        old = self._model_step > self._shown.step
        self._bar.step.tell(tr("as of step {step}").format(step=step) if old else tr("step {step}").format(step=step))
        self._bar.step.setToolTip(
            tr("The model is at step {model_step}.").format(model_step=formats.count(self._model_step)) if old else ""
        )

    def _give_up(self) -> None:
        """End what is being enclosed, else the selection."""
        enclosing = self._cloud.stop_enclosing(), self.comparison.plots.stop_enclosing()
        if not any(enclosing):
            self._selecting.select(())

    def _want_hover_image(self, sample_id: int) -> None:
        if sample_id >= 0:
            self.hover_requested.emit(sample_id)

    def _take_selection(self, sample_ids: tuple[int, ...]) -> None:
        self._hover.hide()  # what the selection brings up below may move the point away
        self.comparison.set_selection(sample_ids)
        self._show_whole_classes()
        self.selection_changed.emit(sample_ids)

    def _show_whole_classes(self) -> None:
        whole = self._selecting.whole_classes()
        self._legend.classes.set_chosen(whole)
        self.contours.set_chosen(whole)
