"""The rate to hold: chosen from a list or typed."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from explorer.core_words import in_words
from explorer.panels.operating_choice import DEFAULT_TARGETS, Target, parse_target, target_text
from explorer.translation import tr
from explorer.widgets.wheel import wheel_only_when_focused


class TargetField(QComboBox):
    """Takes a false positive rate such as '1 %' or '2.5', or EER; empty while a threshold is held instead."""

    target_chosen = Signal(object)
    """The user chose or typed a Target."""
    problem_changed = Signal(str)
    """Why what the user typed was put back, in one sentence; empty when something good has been entered since."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: Target | None = None
        self.setObjectName("target_fpr_field")
        self.setAccessibleName(tr("target FPR"))
        self.setToolTip(
            tr(
                "Target FPR: the share of impostor pairs you can bear to accept, typed or "
                "chosen. The threshold follows it while the model changes; moving the "
                "threshold by hand ends that. EER holds equal error rates."
            )
        )
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type] # '0.' must not become '0.1 %' by itself
        self.addItems([target_text(target) for target in DEFAULT_TARGETS])
        self._line.setPlaceholderText(tr("none"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wheel_only_when_focused(self)
        self.activated.connect(lambda _row: self._take_text())
        self._line.editingFinished.connect(self._take_typed)
        self.set_target(None)

    def set_target(self, target: Target | None) -> None:
        """Show a target, or none; emits nothing."""
        self._target = target
        text = "" if target is None else target_text(target)
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findText(text))
            self.setEditText(text)
        self._line.setModified(False)

    def _take_typed(self) -> None:
        if self._line.isModified():
            self._take_text()

    def _take_text(self) -> None:
        self._line.setModified(False)  # Enter reports twice
        try:
            target = parse_target(self.currentText())
        except ValueError as error:
            self.set_target(self._target)
            self.problem_changed.emit(in_words(str(error)))
            return
        self.problem_changed.emit("")
        self.set_target(target)
        self.target_chosen.emit(target)
