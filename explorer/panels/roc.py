"""Where does the threshold go? ROC curve, histograms, and one threshold that all controls move."""

import math
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from core.config import DistanceName
from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import CurveFigures
from core.evaluation.intervals import Confidence
from core.evaluation.parts import ThresholdParts
from explorer import formats, theme
from explorer.panels.curve_header import CurveHeader
from explorer.panels.curve_views import CurveViews
from explorer.panels.distance_field import DISTANCE_LABELS, DistanceField
from explorer.panels.histogram_plot import HistogramPlot
from explorer.panels.operating_choice import (
    Held,
    Target,
    counts_near,
    default_target,
    held_sentence,
    is_known,
    refusal,
    reliability_sentence,
    target_text,
    threshold_for,
)
from explorer.panels.operating_figures import OperatingFigures
from explorer.panels.pairs_wish import PairsWish
from explorer.panels.panel import LivePanel
from explorer.panels.target_field import TargetField
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.threshold_slider import ThresholdSlider, scale_end

_WIDE = 1.3
"""From this ratio of width to height on, things stand side by side."""
_NO_PAIRS = tr(
    "{provenance}\n\nThere is no ROC curve: the held-out images make no genuine or no impostor pairs. "
    "Hold out at least two classes with two images each."
)
_EMPTY = tr(
    "The ROC curve of the held-out images will stand here, with the threshold that decides 'same' or 'different'. "
    "Start a run and wait for its first epoch, or open a finished run."
)


class RocPanel(LivePanel):
    """Curve, histograms, threshold, target rate and figures; all show the same operating point at once."""

    threshold_chosen = Signal(float)
    """The user chose the threshold, or it is another one by the rate that is held (`follows`). -inf accepts nothing."""
    distance_chosen = Signal(str)
    """The user wants images compared by this DistanceName; `set_distance` and a curve by it follow."""
    rate_requested = Signal(object, float)
    """VerificationCurve and the FPR whose operating point has to be measured on it first; `take_rate` follows."""
    pairs_requested = Signal(object)
    """PairsWish: the user clicked the curve or a bar of the histograms."""
    intervals_requested = Signal()
    """The user wants the intervals of this curve, which were stopped; `show_confidence` follows."""
    intervals_cancelled = Signal()
    """The user wants no intervals of this curve."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roc_panel")
        self._curve: VerificationCurve | None = None
        self._parts: ThresholdParts | None = None
        self._whole: CurveFigures | None = None
        self._confidence: Confidence | None = None
        self._distance: DistanceName = "cosine"
        self._kept_fpr: float | None = None
        self.follows = False
        """Whether the threshold reported last is what a held rate asks for now; else a person has chosen it."""
        self._chosen_rate = False
        """Whether the rate that is being measured was chosen, or is one that was held before."""
        self._threshold: float | None = None
        self._target: Target | None = None
        self._end = 1.0
        self._views, self._histogram = CurveViews(), HistogramPlot()
        self._slider, self._target_field = ThresholdSlider(), TargetField()
        self._figures, self._distance_field, self._status = OperatingFigures(), DistanceField(), Message()
        self._header = CurveHeader(self._views.tabs)
        self._plots = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._below = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pages, self._empty = QStackedLayout(self), EmptyState(_EMPTY)
        self._arrange()
        self._connect()

    @property
    def held_fpr(self) -> float | None:
        """The FPR that the threshold follows; None where the threshold itself is held, or stands at the EER."""
        return self._target if isinstance(self._target, float) else None

    @property
    def holds_rate(self) -> bool:
        """Whether the threshold follows a rate, be it the EER, and so was chosen on one part where there are two."""
        return self._target is not None

    @property
    def held_rule(self) -> str:
        """How the threshold came about: 'FPR 1 %', 'EER' or 'set by hand'."""
        if self._target is None:
            return tr("set by hand")
        return "EER" if self._target == "eer" else tr("FPR {target}").format(target=target_text(self._target))

    @property
    def held(self) -> Held | None:
        """What `hold_again` comes back to; None before there is a threshold."""
        fpr = self._present_fpr()
        if self._threshold is None or fpr is None:
            return None
        return Held(self._threshold, self._target, self._distance, fpr)

    def hold_again(self, held: Held) -> None:
        """Come back to what was held; what follows from it on the curve that is shown is reported as a change."""
        if self._curve is None:
            return
        curve, self._chosen_rate = self._choosing(self._curve), False
        self._hold(held.target)
        if held.target is None or (reason := refusal(curve, held.target)):
            by_it = held.distance == self._distance
            self._move(self._curve.snapped(held.threshold) if by_it else self._curve.known_threshold_near(held.fpr))
            self._tell("" if held.target is None else reason)
        elif is_known(curve, held.target):
            self._move(threshold_for(curve, held.target))
        else:
            self._ask_for(curve, held.target, chosen=False)

    def show_curve(
        self,
        curve: VerificationCurve | None,
        provenance: str,
        parts: ThresholdParts | None = None,
        why_no_parts: str = "",
    ) -> None:
        """Take the newest curve, None where the held-out images make none, and say what it is of.

        A held rate moves the threshold along; a held threshold stays. The first curve sets FPR 1 %, else the EER.
        With parts, rates are held on the one that chooses; without, `why_no_parts` says so in one sentence.
        """
        self._curve, self._parts, self._whole, self._confidence = curve, parts, None, None
        self.set_measuring(None)
        self.set_provenance(provenance)
        self._pages.setCurrentIndex(0 if curve is None else 1)
        if curve is None:
            self._empty.setText(_NO_PAIRS.format(provenance=provenance) if provenance else _EMPTY)
            return
        self._end = scale_end(max(float(curve.genuine[-1]), float(curve.impostor[-1])))
        self._slider.set_end(self._end)
        self._figures.show_curve(curve, parts, why_no_parts)
        self._follow(self._choosing(curve))
        self.mark_stale()

    def show_figures(self, figures: CurveFigures) -> None:
        """Show what the newest curve says as a whole."""
        self._whole = figures
        self.mark_stale()

    def show_confidence(self, confidence: Confidence | None) -> None:
        """Show the intervals of the newest curve; None where they are missing, and may be asked for."""
        self._confidence = confidence
        self._header.show_share(None, missing=self._curve is not None and confidence is None)
        self._figures.show_confidence(confidence)
        self.mark_stale()

    def set_measuring(self, share: float | None) -> None:
        """Say how far the intervals of the newest curve are, from 0 to 1; None: they are not being measured."""
        if share is None or not self._header.is_measuring:
            self._figures.show_confidence(None, measuring=share is not None)
        self._header.show_share(share)

    def set_provenance(self, text: str) -> None:
        """Say what the curve is of."""
        self._header.set_provenance(text)

    def set_progress(self, text: str | None) -> None:
        """Say what is being computed, in place of what the curve is of; None: nothing is."""
        self._header.set_progress(text or "")

    def set_threshold(self, value: float) -> None:
        """Show a threshold that was chosen elsewhere, and hold it; emits nothing."""
        if value != self._threshold:
            self._hold(None)
            self._show(value)

    def take_rate(self, curve: VerificationCurve) -> None:
        """Go on with the rate that is held, now that it is measured on the curve."""
        shown = self._curve
        if shown is None or curve is not self._choosing(shown):
            return
        if self._target is None or not is_known(curve, self._target):
            return
        (self._choose if self._chosen_rate else self._move)(threshold_for(curve, self._target))
        self.mark_stale()

    def set_distance(self, name: DistanceName) -> None:
        """Say which distance the next curve is over.

        A threshold that is held keeps its FPR on that curve: its number would mean something else there.
        """
        self._distance_field.set_value(name)
        if name != self._distance:
            self._distance = name
            self._kept_fpr = self._present_fpr()
            self._histogram.set_distance(DISTANCE_LABELS[name])

    def set_distance_refusals(self, reasons: Mapping[DistanceName, str]) -> None:
        """Say which distances cannot be chosen now, and why."""
        self._distance_field.set_refusals(reasons)

    def clear(self) -> None:
        """Forget curve, threshold and what was held: another run follows."""
        self._threshold = None
        self._hold(None)
        self.set_progress(None)
        self.show_curve(None, "")

    def redraw(self) -> None:
        """Draw curve and histograms."""
        if self._curve is not None:
            self._views.show_curve(self._curve)
            self._views.show_figures(self._whole, self._confidence)
            self._histogram.show_curve(self._curve, self._end)
            self._histogram.show_figures(self._whole, self._confidence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put things side by side where there is more width than height."""
        super().resizeEvent(event)
        wide = event.size().width() > _WIDE * event.size().height()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self._plots.direction():
            # Or a dock that once was wide could never become narrow again.
            self.setMinimumWidth(self.minimumSizeHint().width() if wide else 0)
            self._plots.setDirection(direction)
            self._below.setDirection(direction)
            self._below.setSpacing(2 * theme.UNIT if wide else theme.UNIT // 2)

    def _arrange(self) -> None:
        self._plots.setSpacing(theme.UNIT // 2)
        self._plots.addWidget(self._views, 3)
        self._plots.addWidget(self._histogram, 2)
        self._views.setMinimumSize(16 * theme.UNIT, 12 * theme.UNIT)
        self._histogram.setMinimumSize(16 * theme.UNIT, 9 * theme.UNIT)
        self._below.setSpacing(theme.UNIT // 2)
        self._below.addLayout(self._make_controls(), 1)
        self._below.addWidget(self._figures)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._header)
        column.addLayout(self._plots, 1)
        column.addLayout(self._below)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(content)

    def _make_controls(self) -> QVBoxLayout:
        label = QLabel(tr("target FPR"))
        label.setBuddy(self._target_field)
        label.setToolTip(self._target_field.toolTip())
        # The status keeps the place of two lines, so that nothing below moves when it changes.
        status = QWidget()
        status.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        inside = QVBoxLayout(status)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._status, 0, Qt.AlignmentFlag.AlignTop)
        target = QHBoxLayout()
        target.setSpacing(theme.UNIT)
        target.addWidget(label)
        target.addWidget(self._target_field)
        target.addStretch()
        target.addWidget(self._distance_field)
        controls = QVBoxLayout()
        controls.setSpacing(theme.UNIT // 2)
        controls.addWidget(self._slider)
        controls.addLayout(target)
        controls.addWidget(status)
        return controls

    def _connect(self) -> None:
        for source in (self._slider.value_chosen, self._views.threshold_dragged, self._histogram.threshold_dragged):
            source.connect(self._choose_threshold)
        self._target_field.target_chosen.connect(self._choose_target)
        for field in (self._slider, self._target_field):
            field.problem_changed.connect(self._tell)
        self._distance_field.edited.connect(lambda: self.distance_chosen.emit(self._distance_field.value()))
        self._header.log_toggled.connect(self._views.roc.set_log)
        self._views.picked.connect(self._ask_for_errors)
        self._histogram.pairs_requested.connect(self.pairs_requested)
        self._header.button.start_requested.connect(self.intervals_requested)
        self._header.button.stop_requested.connect(self.intervals_cancelled)
        for plot in (self._views, self._histogram):
            plot.problem.connect(self.problem)

    def _ask_for_errors(self, threshold: float) -> None:
        """Ask for the pairs that a threshold gets wrong, of both kinds."""
        title = tr("False accepts and false rejects nearest {threshold}").format(threshold=formats.distance(threshold))
        self.pairs_requested.emit(PairsWish(None, -math.inf, math.inf, threshold, title, errors_only=True))

    def _choosing(self, curve: VerificationCurve) -> VerificationCurve:
        """The curve that rates are held on."""
        return curve if self._parts is None else self._parts.choosing

    def _choose_threshold(self, value: float) -> None:
        self._hold(None)
        self._choose(value if self._curve is None else self._curve.snapped(value))

    def _choose_target(self, target: Target) -> None:
        if self._curve is None:
            return
        curve = self._choosing(self._curve)
        reason = refusal(curve, target)
        if reason:
            self._target_field.set_target(self._target)
            self._tell(reason)
            return
        self._hold(target)
        if is_known(curve, target):
            self._choose(threshold_for(curve, target))
        else:
            self._ask_for(curve, target, chosen=True)

    def _follow(self, curve: VerificationCurve) -> None:
        """Move the threshold as what is held asks for on the curve that rates are held on."""
        if self._threshold is None:
            self._hold(default_target(curve))
        kept, self._kept_fpr = self._kept_fpr, None
        reason = "" if self._target is None else refusal(curve, self._target)
        if self._target is not None and not reason:
            if is_known(curve, self._target):
                self._move(threshold_for(curve, self._target))
            else:
                self._ask_for(curve, self._target, chosen=False)
        elif kept is not None and self._curve is not None:
            self._move(self._curve.known_threshold_near(kept))
            self._tell(reason)
        elif self._threshold is not None:
            self._show(self._threshold)
            self._tell(reason)

    def _ask_for(self, curve: VerificationCurve, target: Target, *, chosen: bool) -> None:
        """Have a rate measured; until then the threshold stands near it."""
        if target == "eer":  # known from the beginning
            return
        self._chosen_rate = chosen
        self._show(curve.known_threshold_near(target))
        self.rate_requested.emit(curve, target)

    def _present_fpr(self) -> float | None:
        if self._curve is None or self._threshold is None:
            return None
        return self._curve.at_threshold(self._curve.snapped(self._threshold)).fpr

    def _hold(self, target: Target | None) -> None:
        self._target = target
        self._target_field.set_target(target)

    def _choose(self, value: float) -> None:
        """Show a threshold and report it, be it the same: now it is the user's."""
        self.follows = False
        self._show(value)
        self.threshold_chosen.emit(value)

    def _move(self, value: float) -> None:
        """Show a threshold, and report it where it is another one."""
        changed = value != self._threshold
        self._show(value)
        if changed:
            self.follows = True
            self.threshold_chosen.emit(value)

    def _show(self, value: float) -> None:
        """Show a threshold everywhere; no part reports what it is told, so nothing comes back."""
        self._threshold = value
        self._slider.set_value(value)
        self._histogram.show_threshold(value)
        if self._curve is not None:
            counts = counts_near(self._curve, value)
            self._views.show_point(counts)
            self._figures.show_threshold(value, counts)
            self._tell("")

    def _tell(self, problem: str) -> None:
        """Say what is wrong, or else what is held and how far it can be relied on."""
        if problem:
            self._status.complain(problem)
        elif self._curve is not None and self._threshold is not None:
            accepted = counts_near(self._curve, self._threshold).false_positives
            held = held_sentence(self._choosing(self._curve), self._target)
            self._status.tell(f"{held} {reliability_sentence(accepted)}".strip())
