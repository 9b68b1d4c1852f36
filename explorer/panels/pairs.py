"""Which pairs does the threshold get wrong? Pairs of images by distance, and who is mistaken for whom."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget
from superqt import QElidingLabel

from explorer.panels.pairs_actions import PairActions
from explorer.panels.pairs_exclusions import ExclusionList
from explorer.panels.pairs_list import PairList
from explorer.panels.pairs_modes import ModeBar
from explorer.panels.pairs_table import ConfusionTable
from explorer.panels.pairs_view import ConfusionRow, ImagePair, Mode, Order, PairsView
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.sample_drag import ImageProvider
from explorer.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from core.run_content import Exclusion

_EMPTY = tr(
    "The pairs behind the curve will stand here: false accepts and false rejects nearest the threshold. "
    "Start a run and wait for its first epoch, or open a finished run; then click the ROC curve or a bar of the "
    "histograms to see the pairs there."
)
_WORK_AFTER_MS = 400
"""A search that takes no longer says nothing of itself."""


class PairsPanel(QWidget):
    """Pairs of images with their distances, and the identities that are mistaken for one another."""

    shown = Signal()
    """The panel came into view; what it shows may be old."""
    wanted = Signal()
    """The user wants another `mode`, `order` or other `identities`."""
    pair_selected = Signal(object)
    """ImagePair"""
    compare_requested = Signal(object)
    """ImagePair, to be looked at in Verify."""
    map_requested = Signal(object)
    """ImagePair, to be shown on the map."""
    exclude_requested = Signal(int)
    """Sample whose label is wrong."""
    take_back_requested = Signal(object)
    """tuple[str, ...]: ids of images to be counted again."""
    cancel_requested = Signal()
    """What is under way is not wanted."""
    thumbnails_needed = Signal(tuple)
    """Samples that are seen; answer with `set_thumbnail`. A new request replaces what is left of the last one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pairs_panel")
        self._modes, self._actions, self._exclusions = ModeBar(), PairActions(), ExclusionList()
        self._title, self._made_of, self._problem = QElidingLabel(), QLabel(), Message()
        self._table, self._list, self._none = ConfusionTable(), PairList(), EmptyState("")
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._work, self._patience = WorkLine(), QTimer(self, singleShot=True, interval=_WORK_AFTER_MS)
        self._pages, self._list_pages, self._empty = QStackedLayout(self), QStackedLayout(), EmptyState(_EMPTY)
        self._lay_out()
        self._connect()

    # --- what is chosen

    @property
    def mode(self) -> Mode:
        """What the panel lists."""
        return self._modes.mode

    @property
    def order(self) -> Order:
        """Which errors come first."""
        return self._modes.order

    @property
    def identities(self) -> ConfusionRow | None:
        """The row that is chosen in the table of identities."""
        return self._table.chosen()

    def set_mode(self, mode: Mode) -> None:
        """List something else; emits nothing."""
        self._modes.set_mode(mode)
        self._table.setVisible(mode == "identities")

    # --- what is shown

    def show_nothing(self, reason: str = "") -> None:
        """Say why there are no pairs at all; empty: that there is no run."""
        self._empty.setText(reason or _EMPTY)
        self._pages.setCurrentIndex(0)

    def show_pairs(self, view: PairsView) -> None:
        """Show these pairs."""
        self._title.setText(f"{view.title} · {view.count}" if view.pairs else view.title)
        self._title.setToolTip(self._title.text())
        self._none.setText(view.empty)
        self._list.show_pairs(view.pairs)
        self._list_pages.setCurrentIndex(1 if view.pairs else 0)
        self._pages.setCurrentIndex(1)
        self._follow_choice()

    def show_confusions(self, rows: Sequence[ConfusionRow], note: str) -> None:
        """Show the table of identities, and below it a note where there is something to say."""
        self._table.show_rows(rows, note)
        self._turn_halves()
        self._pages.setCurrentIndex(1)

    def set_provenance(self, short: str, full: str) -> None:
        """Say what the pairs are of; the tooltip says it in full."""
        self._made_of.setText(short)
        self._made_of.setToolTip(full)

    def set_problem(self, sentence: str) -> None:
        """Say why the pictures cannot be seen; empty: they can."""
        self._problem.complain(sentence)

    def set_threshold(self, threshold: float) -> None:
        """Judge by another threshold."""
        self._list.set_threshold(threshold)

    def set_bar(self, title: str | None) -> None:
        """Say what the pairs of the last click are; None where nothing was clicked."""
        self._modes.set_bar(title)

    def set_progress(self, share: float | None) -> None:
        """Say how far a search is; None: nothing is under way."""
        if share is None:
            self._patience.stop()
            self._work.end()
        elif not self._work.isHidden():
            self._work.show_progress(tr("searching"), share, None)
        elif not self._patience.isActive():
            self._patience.start()

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the images come from that are dragged out."""
        self._list.set_image_provider(provider)

    def set_thumbnail(self, sample: int, image: QImage) -> None:
        """Deliver a thumbnail; a null image stands for one that cannot be read."""
        self._list.set_thumbnail(sample, image)

    def set_selection(self, samples: Sequence[int]) -> None:
        """Mark these images, and choose the pair of them where it is shown; emits nothing."""
        self._list.set_selected(frozenset(samples))
        self._list.choose(samples)
        self._follow_choice()

    def show_exclusions(self, exclusions: "Sequence[Exclusion]", samples: frozenset[int]) -> None:
        """Say which images are excluded, and mark them in the pairs that still hold them."""
        self._list.set_excluded(samples)
        self._exclusions.show_exclusions(exclusions)
        self._actions.set_excluded(len(exclusions), samples)

    def clear(self) -> None:
        """Forget everything: another run is shown."""
        self._list.forget()
        self._table.show_rows((), "")
        if self.mode == "bar":
            self.set_mode("false accepts")  # before its tab is disabled, or Qt would choose another one
        self.set_bar(None)
        self.set_problem("")
        self.set_provenance("", "")
        self.show_nothing()
        self._follow_choice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts where they have room."""
        super().resizeEvent(event)
        self._turn_halves()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks."""
        super().showEvent(event)
        self.shown.emit()

    # --- parts

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._modes)
        column.addLayout(self._make_heading())
        for widget in (self._problem, self._work):
            column.addWidget(widget)
        column.addWidget(self._make_halves(), 1)
        column.addWidget(self._exclusions)
        column.addWidget(self._actions)
        self._exclusions.hide()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(content)

    def _make_heading(self) -> QHBoxLayout:
        self._title.setObjectName("pairs_title")
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._made_of.setObjectName("pairs_provenance")
        self._made_of.setTextFormat(Qt.TextFormat.PlainText)
        heading = QHBoxLayout()
        heading.setSpacing(UNIT)
        heading.addWidget(self._title, 1)
        heading.addWidget(self._made_of)
        return heading

    def _make_halves(self) -> QSplitter:
        pairs = QWidget()
        pairs.setLayout(self._list_pages)
        for page in (self._none, self._list):
            self._list_pages.addWidget(page)
        halves = self._halves
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._table)
        halves.addWidget(pairs)
        halves.setSizes([1, 1])
        self._table.hide()
        return halves

    def _turn_halves(self) -> None:
        """Put the table beside the pairs where its names have room there, else above them."""
        whole = self._table.whole_width()
        beside = whole + self._list.minimumWidth() + 3 * UNIT <= self.width()
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._halves.orientation() is not wanted:
            self._halves.setOrientation(wanted)
            self._halves.setSizes([1000, 1000] if beside else [800, 1200])  # shares, for more room than there is
        if beside and self._halves.sizes()[0] < whole:
            self._halves.setSizes([whole, self._halves.width() - whole])

    def _connect(self) -> None:
        self._modes.mode_chosen.connect(self._take_mode)
        self._modes.order_chosen.connect(self.wanted)
        self._table.row_chosen.connect(self.wanted)
        pairs, actions = self._list, self._actions
        pairs.pair_selected.connect(self._take_pair)
        pairs.thumbnails_needed.connect(self.thumbnails_needed)
        for source in (pairs, actions):
            source.compare_requested.connect(self.compare_requested)
            source.map_requested.connect(self.map_requested)
            source.exclude_requested.connect(self.exclude_requested)
        actions.excluded_shown.connect(self._exclusions.setVisible)
        self._exclusions.take_back_requested.connect(self.take_back_requested)
        self._work.cancel_requested.connect(self.cancel_requested)
        self._patience.timeout.connect(lambda: self._work.begin(tr("searching")))

    def _take_mode(self) -> None:
        self._table.setVisible(self.mode == "identities")
        self.wanted.emit()

    def _take_pair(self, pair: ImagePair) -> None:
        self._actions.set_pair(pair)
        self.pair_selected.emit(pair)

    def _follow_choice(self) -> None:
        self._actions.set_pair(self._list.chosen())
