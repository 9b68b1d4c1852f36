"""Protocols that others can repeat: what they are run on, and what came of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from explorer import formats, theme
from explorer.core_words import in_words
from explorer.panels.protocol_form import ProtocolForm
from explorer.translation import tr
from explorer.widgets.data_table import Column, DataTable
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message

if TYPE_CHECKING:
    from core.evaluation.protocols.result import ProtocolResult
    from explorer.reports import ProtocolName

_EMPTY = tr(
    "The result will stand here: mean and standard error, and every fold, run or episode. Choose a protocol and its "
    "files above, then press Run protocol."
)
_RUN = tr("Run the protocol with the newest checkpoint, behind the window.")
_NAMES = {"lfw": tr("LFW pairs"), "pairs": tr("Pair list"), "one-shot": tr("One-shot runs"), "episodes": tr("Episodes")}
_PARTS = {
    "lfw": tr("mean ± standard error over {parts} folds"),
    "pairs": tr("mean ± standard error over {parts} folds"),
    "one-shot": tr("mean ± standard error over {parts} runs"),
    "episodes": tr("mean ± standard error over {parts} episodes"),
}
_TOLD = ("distance", "step", "runs")
"""Settings that the line tells in other words."""
_COLUMNS = (
    Column(tr("part"), tr("One fold, run or episode.")),
    Column(tr("figure"), tr("Of this part alone."), formats.rate),
    Column(tr("threshold"), tr("The largest distance that was accepted, best for the other folds."), formats.distance),
    Column(tr("trials"), tr("Decisions that the figure is the mean of."), formats.count),
)


class ProtocolsTab(QWidget):
    """A form, and below it the newest result."""

    run_requested = Signal(object)
    """ProtocolChoice"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unavailable = self._busy = ""
        self._form, self._run, self._problem = ProtocolForm(), QPushButton(tr("Run protocol")), Message()
        self._headline, self._details, self._caution = QLabel(), Message(), Message()
        self._table = DataTable(tr("parts of the protocol"), _COLUMNS)
        self._pages = QStackedLayout()
        self._arrange()
        self._run.setObjectName("run_protocol_button")
        self._run.clicked.connect(lambda: self.run_requested.emit(self._form.choice()))
        self._form.edited.connect(self._refresh)
        self._form.problem_changed.connect(self._problem.complain)
        self._refresh()

    def set_available(self, reason: str) -> None:
        """Say why no protocol can be run at all; empty where one can."""
        self._unavailable = reason
        self._refresh()

    def set_busy(self, reason: str) -> None:
        """Say why none can be run now; empty where one can."""
        self._busy = reason
        self._problem.tell("")
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Say why a protocol could not be run."""
        self._problem.complain(sentence)

    def clear(self) -> None:
        """Forget the result."""
        self._problem.tell("")
        self._pages.setCurrentIndex(0)

    def show_result(self, found: "ProtocolResult", provenance: str) -> None:
        """Show mean, standard error and parts, and what the model was."""
        error = "" if found.standard_error is None else f" ± {formats.rate(found.standard_error)}"
        self._headline.setText(f"{_NAMES[found.name]}: {tr(found.figure)} {formats.rate(found.mean)}{error}")
        self._details.tell(" · ".join(_details(found, provenance)))
        self._caution.complain(
            " ".join(f"{warning[:1].upper()}{warning[1:]}." for warning in map(in_words, found.warnings))
        )
        self._table.set_rows([(in_words(part.name), part.value, part.threshold, part.trials) for part in found.parts])
        self._table.setColumnHidden(2, all(part.threshold is None for part in found.parts))
        self._pages.setCurrentIndex(1)

    def _arrange(self) -> None:
        font = self._headline.font()
        font.setBold(True)
        font.setPointSizeF(1.3 * font.pointSizeF())
        self._headline.setFont(font)
        self._headline.setObjectName("protocol_headline")
        self._headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.setSpacing(theme.UNIT)
        top.addWidget(self._form, 1)
        top.addWidget(self._run, 0, Qt.AlignmentFlag.AlignTop)
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, theme.UNIT, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        for widget in (self._headline, self._details, self._caution):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self._problem)
        layout.addLayout(self._pages, 1)

    def _refresh(self) -> None:
        reason = self._unavailable or self._busy or self._form.missing()
        self._run.setEnabled(not reason)
        self._run.setToolTip(tr("Not now: {reason}").format(reason=reason) if reason else _RUN)


def _details(found: "ProtocolResult", provenance: str) -> list[str]:
    name: ProtocolName = found.name  # type: ignore[assignment]
    parts = [_PARTS[name].format(parts=formats.count(len(found.parts)))]
    if found.standard_error is None:
        parts = [tr("one part, so no standard error")]
    if found.interval is not None:
        parts.append(tr("95 % interval {rate_interval} %").format(rate_interval=formats.rate_interval(*found.interval)))
    if found.chance is not None:
        parts.append(tr("by chance {chance}").format(chance=formats.rate(found.chance)))
    if found.curve is not None:
        parts.append(tr("AUC {auc:.4f}, EER {eer}").format(auc=found.curve.auc, eer=formats.rate(found.curve.eer)))
    parts += [f"{tr(figure)} {formats.rate(value)}" for figure, value in found.figures.items()]
    parts += [f"{tr(name)} {value}" for name, value in found.settings.items() if name not in _TOLD]
    return [*parts, provenance]
