"""The distance that the whole window compares by: chosen from a list, and what it is called elsewhere."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget

from core.config import DistanceName
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField

DISTANCE_LABELS: dict[DistanceName, str] = {
    "cosine": tr("cosine"),
    "euclidean": tr("Euclidean"),
    "squared-euclidean": tr("squared Euclidean"),
    "mahalanobis": tr("Mahalanobis"),
    "nca": tr("NCA"),
}
_HELP = tr(
    "What two images are compared by, in every panel. Cosine, Euclidean and squared Euclidean order the pairs alike "
    "on unit vectors, as here, and so give the same ROC; Mahalanobis and NCA are fitted on the training images and may "
    "give a better one. The threshold is converted at the same FPR."
)
_HELPS: dict[DistanceName, str] = {
    "cosine": tr("1 minus the cosine of the angle, 0 to 2."),
    "euclidean": tr("length of the straight line, 0 to 2 on unit vectors."),
    "squared-euclidean": tr("0 to 4 on unit vectors."),
    "mahalanobis": tr("directions in which images of one class differ count little. Try it first."),
    "nca": tr(
        "learned so that the nearest image is most often of the same class. Try it where classes overlap; takes "
        "a few seconds."
    ),
}


class DistanceField(ChoiceField):
    """A chooser that knows which distances cannot be fitted at the moment, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        choices = [Choice(name, label, _HELPS[name]) for name, label in DISTANCE_LABELS.items()]
        super().__init__(tr("distance"), choices, _HELP, key="distance", parent=parent)
        self.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)

    def set_refusals(self, reasons: Mapping[DistanceName, str]) -> None:
        """Disable the distances that have a reason, which their tooltips then begin with."""
        model = self.model()
        if not isinstance(model, QStandardItemModel):
            raise TypeError(f"a combo box has a model of items, found {type(model).__name__}")
        for row, name in enumerate(DISTANCE_LABELS):
            reason = reasons.get(name, "")
            model.item(row).setEnabled(not reason)
            text = "\n\n".join(part for part in (reason, _HELPS[name]) if part)
            self.setItemData(row, text, Qt.ItemDataRole.ToolTipRole)
