"""The pairs behind the curve: searched when somebody looks, again when the threshold or the model moves."""

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from core.evaluation.curve import VerificationCurve
from core.training.records import TrainingSnapshot
from explorer import formats
from explorer.bridge.library import OpenedRun
from explorer.bridge.pairs import ConfusionSearch, ConfusionsFound, PairsBridge, PairSearch, PairsFound
from explorer.bridge.pictures import PictureBridge
from explorer.controllers.exclusions import ExclusionController
from explorer.panels.pairs import PairsPanel
from explorer.panels.pairs_view import ConfusionRow, ImagePair, PairImage, PairsView
from explorer.panels.pairs_wish import PairsWish
from explorer.panels.verify import VerifyPanel
from explorer.state import ExplorerState, RunView, provenance
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

_REST_MS = 250
"""So long a threshold must have stood still before its errors are searched."""
_MOST_ROWS = 1000
_NO_CURVE = tr(
    "There are no pairs: the held-out images make no genuine or no impostor pairs. "
    "Hold out at least two classes with two images each."
)
_LISTED = tr(
    "A list says of pairs whether they are of one identity, not whose images they are, so there is no table of "
    "identities. False accepts and False rejects show its pairs."
)


class PairsController(QObject):
    """Fills the panel of pairs, and carries what is done with a pair to Verify, the map and the exclusions."""

    panel_wanted = Signal(str)
    """Name of the dock that should come to the front."""

    def __init__(
        self,
        state: ExplorerState,
        pairs: PairsBridge,
        pictures: PictureBridge,
        exclusions: ExclusionController,
        find_image: Callable[[int], ImageFile | None],
        *,
        panel: PairsPanel,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._pairs, self._pictures = state, pairs, pictures
        self._exclusions, self._find_image = exclusions, find_image
        self._panel, self._verify, self._status = panel, verify, status
        self._wish: PairsWish | None = None
        self._asked: PairSearch | None = None
        """The search whose pairs are awaited; of another one they come too late."""
        self._empty = ""
        """What to say if it finds none."""
        self._title = ""
        self._shown: TrainingSnapshot | None = None
        """What the pairs shown are of."""
        self._is_old = False
        """Whether there is something newer than what the panel shows."""
        self._rest = QTimer(panel, singleShot=True, interval=_REST_MS)
        self._connect()

    def show_wish(self, wish: PairsWish) -> None:
        """Show the pairs that were clicked somewhere else."""
        self._wish = wish
        self._panel.set_bar(wish.title)
        self._panel.set_mode("bar")
        self.panel_wanted.emit("pairs")
        self._refresh()

    def show_opened(self, opened: OpenedRun) -> None:
        """Say why the pictures of a stored run cannot be seen."""
        if opened.dataset_problem:
            self._panel.set_problem(
                tr("The images of this run are not at hand: {dataset_problem}").format(
                    dataset_problem=opened.dataset_problem
                )
            )

    def _connect(self) -> None:
        state, panel, pairs = self._state, self._panel, self._pairs
        state.run_changed.connect(self._show_run)
        state.snapshot_changed.connect(self._show_snapshot)
        state.threshold_changed.connect(self._show_threshold)
        state.model_step_changed.connect(self._show_age)
        state.selection_changed.connect(panel.set_selection)
        state.exclusions_changed.connect(lambda found: panel.show_exclusions(found, state.excluded))
        self._rest.timeout.connect(self._refresh_if_old)
        panel.shown.connect(self._refresh_if_old)
        panel.wanted.connect(self._refresh)
        panel.cancel_requested.connect(self._cancel)
        panel.thumbnails_needed.connect(self._want_thumbnails)
        panel.pair_selected.connect(lambda pair: state.set_selection(pair.samples))
        panel.compare_requested.connect(self._compare)
        panel.map_requested.connect(self._show_on_map)
        panel.exclude_requested.connect(self._exclusions.exclude)
        panel.take_back_requested.connect(self._exclusions.take_back)
        self._pictures.ready.connect(panel.set_thumbnail)
        pairs.found.connect(self._take_pairs)
        pairs.counted.connect(self._take_confusions)
        pairs.progress.connect(panel.set_progress)
        pairs.failed.connect(self._status.complain)

    # --- what makes it search

    def _show_run(self, run: RunView | None) -> None:
        self._rest.stop()
        self._pairs.cancel()
        self._pictures.forget()
        self._wish, self._asked, self._shown, self._is_old = None, None, None, False
        self._panel.clear()

    def _show_snapshot(self, snapshot: TrainingSnapshot | None) -> None:
        if snapshot is not None:
            self._refresh_if_seen()

    def _show_threshold(self, threshold: float) -> None:
        self._panel.set_threshold(threshold)
        if self._panel.mode != "bar":
            self._is_old = True
        if self._is_old and self._panel.isVisible():
            self._rest.start()

    def _refresh_if_seen(self) -> None:
        """Search anew where somebody looks; else when somebody will."""
        self._is_old = True
        self._refresh_if_old()

    def _refresh_if_old(self) -> None:
        if self._is_old and self._panel.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        """Search for what the panel lists now."""
        self._is_old = False
        snapshot, curve, threshold = self._state.snapshot, self._state.curve, self._state.threshold
        if snapshot is None:
            return
        if curve is None or threshold is None:
            self._panel.show_nothing(_NO_CURVE)
            return
        if self._panel.mode == "bar" and self._wish is not None:
            self._search(snapshot, self._wish, tr("No pair of this look has such a distance any more."))
        elif self._panel.mode == "identities":
            self._search_identities(snapshot, curve, threshold)
        else:
            self._search_errors(snapshot, curve, threshold, genuine=self._panel.mode == "false rejects")

    def _cancel(self) -> None:
        self._pairs.cancel()
        self._status.say(tr("The search for pairs was ended; choose a list again to begin anew"))

    # --- searches

    def _search_errors(
        self, snapshot: TrainingSnapshot, curve: VerificationCurve, threshold: float, *, genuine: bool
    ) -> None:
        at = formats.distance(threshold)
        title = (
            tr("Genuine pairs rejected at {at}").format(at=at)
            if genuine
            else tr("Impostor pairs accepted at {at}").format(at=at)
        )
        empty = tr("No {value} at this threshold, {at}.").format(
            value=tr("genuine pair is rejected") if genuine else tr("impostor pair is accepted"), at=at
        )
        self._search(snapshot, self._errors(curve, threshold, title, genuine=genuine), empty)

    def _search_identities(self, snapshot: TrainingSnapshot, curve: VerificationCurve, threshold: float) -> None:
        """Count again, and search the pairs of the row that is chosen."""
        if snapshot.pairs is not None:
            self._panel.show_confusions((), "")
            self._say_instead(_LISTED)
            return
        self._pairs.count(ConfusionSearch(snapshot, self._state.rule, threshold))
        row = self._panel.identities
        if row is None:
            self._say_instead(tr("Choose a row of the table: its pairs of images will stand here."))
            return
        wish = self._errors(curve, threshold, row.text, genuine=row.genuine)
        self._search(
            snapshot,
            wish,
            tr("No error between them at {threshold}.").format(threshold=formats.distance(threshold)),
            row,
        )

    def _errors(self, curve: VerificationCurve, threshold: float, title: str, *, genuine: bool) -> PairsWish:
        """The errors of a threshold of one kind, in the order that the panel wants."""
        farthest = max(float(curve.genuine[-1]), float(curve.impostor[-1]))
        low, high = (threshold, math.inf) if genuine else (-math.inf, threshold)
        worst = farthest if genuine else 0.0
        nearest = min(max(threshold, 0.0), farthest) if self._panel.order == "nearest" else worst
        return PairsWish(genuine, low, high, nearest, title)

    def _search(self, snapshot: TrainingSnapshot, wish: PairsWish, empty: str, row: ConfusionRow | None = None) -> None:
        identities = None if row is None else (row.first, row.second)
        self._title, self._empty = wish.title, empty
        self._asked = PairSearch(
            snapshot, self._state.rule, wish.genuine, wish.low, wish.high, wish.nearest, identities, wish.errors_only
        )
        self._pairs.search(self._asked)

    def _say_instead(self, text: str) -> None:
        """A sentence where pairs would stand."""
        self._asked = None
        self._panel.show_pairs(PairsView(tr("Who is mistaken for whom"), (), 0, text))

    # --- what is found

    def _take_pairs(self, found: PairsFound) -> None:
        run = self._state.run
        if run is None or found.search is not self._asked:
            return
        pairs = tuple(_pairs(run, found))
        self._panel.show_pairs(PairsView(self._title, pairs, found.total, self._empty))
        self._panel.set_selection(self._state.selection)
        self._tell_age(found.search.snapshot)

    def _take_confusions(self, found: ConfusionsFound) -> None:
        run = self._state.run
        if run is None:
            return
        names = run.class_names
        rows = [ConfusionRow(r.first, r.second, names[r.first], names[r.second], r.errors, r.pairs) for r in found.rows]
        note = (
            tr("The {MOST_ROWS} with the most errors.").format(MOST_ROWS=formats.count(_MOST_ROWS))
            if len(rows) >= _MOST_ROWS
            else ""
        )
        if not rows:
            note = tr("No error at this threshold, {threshold}.").format(
                threshold=formats.distance(found.search.threshold)
            )
        self._panel.show_confusions(rows, note)
        self._tell_age(found.search.snapshot)

    def _tell_age(self, shown: TrainingSnapshot) -> None:
        """Say which look at the model the pairs are of."""
        self._shown = shown
        self._show_age(self._state.model_step)

    def _show_age(self, model_step: int) -> None:
        """Say quietly that the model has gone on since the pairs were found."""
        if self._shown is not None:
            step = tr("step {step}").format(step=formats.count(self._shown.step))
            short = tr("as of {step}").format(step=step) if model_step > self._shown.step else step
            self._panel.set_provenance(short, provenance(self._shown, model_step))

    def _want_thumbnails(self, samples: tuple[int, ...]) -> None:
        images = {sample: self._find_image(sample) for sample in samples}
        self._pictures.want([(sample, image) for sample, image in images.items() if image is not None])
        for sample, image in images.items():
            if image is None:
                self._panel.set_thumbnail(sample, QImage())

    # --- what is done with a pair

    def _compare(self, pair: ImagePair) -> None:
        self.panel_wanted.emit("verify")
        self._verify.choose({"A": pair.first.name, "B": pair.second.name})

    def _show_on_map(self, pair: ImagePair) -> None:
        self._state.set_selection(pair.samples)
        self.panel_wanted.emit("map")


def _image(run: RunView, sample: int, label: int) -> PairImage:
    return PairImage(sample, run.sample_names[sample], label, run.class_names[label])


def _pairs(run: RunView, found: PairsFound) -> Iterator[ImagePair]:
    """The pairs that were found, with the names of their images."""
    rows = zip(found.sample_ids.tolist(), found.labels.tolist(), found.distances, found.genuine, strict=True)
    for samples, labels, distance, genuine in rows:
        first, second = (_image(run, *image) for image in zip(samples, labels, strict=True))
        yield ImagePair(first, second, float(distance), bool(genuine))
