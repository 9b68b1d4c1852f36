"""Many pairs at once: a folder, two folders or a file of pairs, and a verdict on each pair."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget
from superqt import QElidingLabel

from explorer import formats, theme
from explorer.core_words import in_words
from explorer.dialogs import save_file
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.pairs_view import pairs_words
from explorer.panels.verdict_rows import Shown
from explorer.panels.verdict_sources import DropZone, PairSources
from explorer.panels.verdict_table import VerdictTable
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.drops import local_paths
from explorer.widgets.message import Message
from explorer.widgets.throttle import Throttle
from explorer.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from core.pair_verdicts import PairSummary, PairVerdicts

_REFRESH_MS = 50
"""Between two thresholds that a million rows are judged by."""
_SHOWN = (
    Choice("all", tr("all pairs")),
    Choice("same", tr("same"), tr("pairs that are accepted.")),
    Choice("different", tr("different"), tr("pairs that are rejected.")),
    Choice("wrong", tr("not as listed"), tr("pairs whose verdict is another than the pairs file says.")),
    Choice(
        "unreadable",
        tr("not readable"),
        tr("pairs with an image that could not be read; the verdict's tooltip says why."),
    ),
    Choice("unseen", tr("not looked at"), tr("pairs that were left when the work was cancelled.")),
)
_NO_THRESHOLD = tr("There is no threshold yet, so there are distances and no verdicts.")


class ManyPage(QWidget):
    """Takes folders and files, and shows the verdicts on their pairs."""

    judge_requested = Signal(tuple, str)
    """Paths, and which images of two folders make a pair."""
    again_requested = Signal()
    """Judge the same pairs with the newest weights, by the distance in force."""
    cancel_requested = Signal()
    pair_opened = Signal(Path, Path)
    """To be looked at in Verify."""
    export_requested = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts: PairVerdicts | None = None
        self._threshold: float | None = None
        self._unavailable = ""
        self._sources, self._drop_zone = PairSources(), DropZone()
        self._work = WorkLine(cancel_help=tr("End this now; the verdicts on pairs that are done are kept."))
        self._problem, self._notes, self._age = Message(), Message(), Message()
        self._title, self._made_of, self._summary = QElidingLabel(), QLabel(), QLabel()
        self._shown = ChoiceField(tr("pairs shown"), _SHOWN, tr("Which pairs the table shows."), key="pairs_shown")
        self._again, self._exports = (
            QPushButton(tr("Judge again")),
            {"csv": QPushButton(tr("CSV …")), "json": QPushButton(tr("JSON …"))},
        )
        self._table, self._pages = VerdictTable(), QStackedLayout()
        self._throttle = Throttle(_REFRESH_MS, self)
        self._arrange()
        self._connect()
        self.setAcceptDrops(True)

    # --- what is judged

    def set_available(self, reason: str) -> None:
        """Say why nothing can be judged now; empty where it can."""
        self._unavailable = reason
        self._sources.set_available(reason)
        self._drop_zone.set_available(reason)

    def clear(self) -> None:
        """Forget everything: another run is shown."""
        self._verdicts = None
        self._table.show_verdicts(None, np.empty(0, np.int64), None)
        self.show_problem("")
        self.set_age("")
        self._work.end()
        self._pages.setCurrentIndex(0)

    def begin_work(self, what: str) -> None:
        """Show that something is under way."""
        self.show_problem("")
        self._work.begin(what)

    def show_progress(self, what: str, share: float, seconds_left: float | None) -> None:
        """Show how far it is."""
        self._work.show_progress(what, share, seconds_left)

    def end_work(self) -> None:
        """Show that nothing is under way."""
        self._work.end()

    def show_problem(self, sentence: str) -> None:
        """Say why pairs could not be judged; empty takes that away."""
        self._problem.complain(sentence)

    # --- what came of it

    def show_verdicts(self, verdicts: "PairVerdicts", ranks: NDArray[np.int64], threshold: float | None) -> None:
        """Show verdicts; `ranks` is the place of each image in the order of names."""
        self._verdicts, self._threshold = verdicts, threshold
        self._throttle.drop()
        self._shown.set_value("all")
        self._table.show_only("all")
        self._table.show_verdicts(verdicts, ranks, threshold)
        self._title.setText(verdicts.listed.title)
        self._title.setToolTip(verdicts.listed.title)
        self._made_of.setText(
            tr("step {step} · {distance}").format(step=formats.count(verdicts.step), distance=_label(verdicts.distance))
        )
        self._notes.tell(" ".join(map(in_words, verdicts.notes)))
        self._pages.setCurrentIndex(1)
        self._summarise()

    def set_threshold(self, threshold: float) -> None:
        """Judge by another threshold; no image is looked at again."""
        self._throttle.offer(threshold)

    def set_age(self, sentence: str) -> None:
        """Say what the window knows by now that the verdicts do not; empty where there is nothing."""
        self._age.tell(sentence)
        self._again.setVisible(bool(sentence))

    # --- what the user does

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders; what cannot be judged gets a sentence when it is dropped."""
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._drop_zone.set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Let it go."""
        self._drop_zone.set_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Judge what was dropped."""
        event.acceptProposedAction()
        self._drop_zone.set_over(False)
        if self._unavailable:
            self.show_problem(self._unavailable)
        else:
            self.judge_requested.emit(tuple(local_paths(event.mimeData())), self._sources.match)

    def _open(self, pair: int) -> None:
        if self._verdicts is not None:
            listed = self._verdicts.listed
            first, second = (listed.files[place] for place in listed.pairs[pair].tolist())
            self.pair_opened.emit(first, second)

    def _ask_where(self, kind: str) -> None:
        if self._verdicts is not None:
            name = Path(self._verdicts.listed.title).stem.replace(" × ", "-")
            save_file(
                self,
                tr("Export the verdicts as {upper}").format(upper=kind.upper()),
                f"{name}-verdicts.{kind}",
                kind,
                lambda path: self.export_requested.emit(Path(path)),
            )

    # --- inside

    def _arrange(self) -> None:
        self._work.setObjectName("pairs_work")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        for widget in (self._sources, self._work, self._problem):
            column.addWidget(widget)
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self._drop_zone)
        self._pages.addWidget(self._make_results())

    def _make_results(self) -> QWidget:
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._title.setObjectName("pairs_of")
        self._made_of.setObjectName("pairs_made_of")
        self._made_of.setTextFormat(Qt.TextFormat.PlainText)
        self._made_of.setToolTip(tr("Which weights looked at the images, and by which distance."))
        self._summary.setObjectName("pairs_summary")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addLayout(_row((self._title, 1), (self._made_of, 0)))
        column.addWidget(self._summary)
        column.addWidget(self._notes)
        self._again.setObjectName("judge_again")
        self._again.setToolTip(tr("Judge the same pairs with the newest weights, by the window's distance."))
        self._again.hide()
        column.addLayout(_row((self._age, 1), (self._again, 0)))
        column.addWidget(self._table, 1)
        for kind, button in self._exports.items():
            button.setObjectName(f"export_pairs_{kind}")
            button.setAccessibleName(tr("export the verdicts as {upper}").format(upper=kind.upper()))
            button.setToolTip(
                tr("Write all pairs with distance, verdict and probability as a {upper} file.").format(
                    upper=kind.upper()
                )
            )
        self._shown.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        buttons = [(button, 0) for button in self._exports.values()]
        column.addLayout(
            _row((QLabel(tr("show")), 0), (self._shown, 0), (QWidget(), 1), (QLabel(tr("export")), 0), *buttons)
        )
        return results

    def _connect(self) -> None:
        self._sources.chosen.connect(self.judge_requested)
        self._work.cancel_requested.connect(self.cancel_requested)
        self._shown.edited.connect(lambda: self._table.show_only(self._chosen_kind()))
        self._again.clicked.connect(self.again_requested)
        for kind, button in self._exports.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self._ask_where(kind))
        self._table.pair_opened.connect(self._open)
        self._throttle.passed.connect(self._judge_by)

    def _chosen_kind(self) -> Shown:
        shown: Shown = self._shown.value()
        return shown

    def _judge_by(self, threshold: float) -> None:
        if self._verdicts is not None and threshold != self._threshold:
            self._threshold = threshold
            self._table.set_threshold(threshold)
            self._summarise()

    def _summarise(self) -> None:
        verdicts, threshold = self._verdicts, self._threshold
        if verdicts is None:
            return
        if threshold is None:
            self._summary.setText(f"{pairs_words(len(verdicts))}. {_NO_THRESHOLD}")
        else:
            self._summary.setText(summary_text(verdicts.summary(threshold), threshold))


def summary_text(summary: "PairSummary", threshold: float) -> str:
    """What became of the pairs, and how often that is as listed, in one line."""
    count = formats.count
    parts = [
        tr("{pairs} at {threshold}: {same} same").format(
            pairs=pairs_words(summary.pairs), threshold=formats.distance(threshold), same=count(summary.same)
        ),
        tr("{different} different").format(different=count(summary.different)),
    ]
    if summary.unreadable:
        parts.append(tr("{unreadable} not readable").format(unreadable=count(summary.unreadable)))
    if summary.unseen:
        parts.append(tr("{unseen} not looked at").format(unseen=count(summary.unseen)))
    rates = (
        (tr("accuracy"), summary.accuracy, summary.right, summary.genuine + summary.impostor),
        ("TPR", summary.tpr, summary.genuine_accepted, summary.genuine),
        ("FPR", summary.fpr, summary.impostor_accepted, summary.impostor),
    )
    parts += [
        tr("{name} {share} ({part} of {whole})").format(
            name=name, share=formats.rate(share), part=count(part), whole=count(whole)
        )
        for name, share, part, whole in rates
        if share is not None
    ]
    return " · ".join(parts)


def _label(distance: str) -> str:
    return next((label for name, label in DISTANCE_LABELS.items() if name == distance), distance)


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.UNIT)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    return row
