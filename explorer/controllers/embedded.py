"""Very large sets of embeddings: reads one behind the window, and shows it in a window of its own."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from explorer import formats
from explorer.bridge.embedded import EmbeddedPicture, picture_of
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.dialogs import choose_folder
from explorer.panels.embedded_set import EmbeddedSetWindow, EmbeddedView, counted
from explorer.panels.map_plot import MapView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine
from explorer.widgets.work_line import WorkLine

_FILE = "embeddings.json"
_KIND = "embedded"


class EmbeddedController(QObject):
    """One set at a time is read; each that was read has its window."""

    def __init__(self, reading: WorkBridge, *, status: StatusLine) -> None:
        super().__init__()
        self._reading, self._status = reading, status
        self.work = WorkLine(cancel_help=tr("Stop reading the embeddings; nothing is shown of them."))
        status.add_work(self.work)
        self.work.cancel_requested.connect(reading.cancel)
        reading.progressed.connect(self._show_progress)
        reading.finished.connect(self._show)
        reading.failed.connect(self._complain)
        reading.cancelled.connect(self._tell_cancelled)

    def ask(self) -> None:
        """Let the user choose a folder of embeddings."""
        title = tr("Open a folder of embeddings")
        choose_folder(self._status.window(), title, "", lambda path: self.open(Path(path)))

    def open(self, path: Path) -> None:
        """Read a folder of embeddings, in place of one that is being read."""
        self.work.begin(tr("opening the embeddings"))
        self._reading.begin(_KIND, picture_of(path))

    def open_dropped(self, paths: Sequence[Path]) -> bool:
        """Read what was dropped on the window, if it is one folder of embeddings; whether it is."""
        if len(paths) != 1 or not (paths[0] / _FILE).is_file():
            return False
        self.open(paths[0])
        return True

    def _show(self, _kind: str, found: EmbeddedPicture) -> None:
        self.work.end()
        window = EmbeddedSetWindow(_view(found), self._status.window())
        window.problem.connect(self._status.complain)
        window.show()
        self._status.say(tr("Opened the embeddings {path}").format(path=found.path))

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        share = progress.share if progress.share > 0 else None
        self.work.show_progress(progress.stage, share, progress.seconds_left)

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self.work.end()
        self._status.complain(message, details)

    def _tell_cancelled(self, _kind: str) -> None:
        self.work.end()
        self._status.say(tr("Cancelled; the embeddings are not shown"))


def _figures(found: EmbeddedPicture) -> str:
    """Which images the figures are of, and by which distance."""
    if found.measured is None or found.drawn is None:
        return ""
    drawn, distance = found.drawn, found.measured.distance.name
    if drawn.everything:
        return tr("Figures: all images, {distance} distance").format(distance=distance)
    whole = tr(
        "Figures: {images} of {of_images} images (all of {identities} of {of_identities} identities), {distance}"
    )
    share = tr(
        "Figures: {images} of {of_images} images (some of {identities} of {of_identities} identities), {distance}"
    )
    return (whole if drawn.whole_identities else share).format(
        images=formats.count(len(drawn.rows)),
        of_images=formats.count(drawn.of_images),
        identities=formats.count(drawn.identities),
        of_identities=formats.count(drawn.of_identities),
        distance=distance,
    )


def _view(found: EmbeddedPicture) -> EmbeddedView:
    model, data = found.content.model, found.content.data
    count = len(found.xy)
    places = np.arange(count)
    subject = tr("{data}: {count} images, embedded by step {step} of {run}").format(
        data=data.name, count=formats.count(found.images), step=formats.count(model.step), run=model.run
    )
    if not found.content.done:
        subject += tr(" · unfinished, {count} are listed").format(count=formats.count(data.images))
    axes = formats.rate(sum(found.explained))
    shown = tr("Map: {counted}, by PCA of all of them ({share} of the variance)").format(
        counted=counted(count, found.images), share=axes
    )
    return EmbeddedView(
        name=found.path.name,
        subject=subject,
        map=MapView(
            xy=found.xy,
            labels=found.labels,
            sample_ids=places,
            held_out=np.ones(count, np.bool_),
            class_names=found.class_names,
            method="pca",
            step=model.step,
            provenance=subject,
            sample_names=found.sample_names,
        ),
        shown=shown,
        measured=found.measured,
        figures=_figures(found),
        problem=found.problem,
    )
