"""Which protocol, and on what."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer import theme
from explorer.reports import ProtocolChoice, ProtocolName
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.number_field import NumberField
from explorer.widgets.number_rule import NumberRule
from explorer.widgets.path_field import PathField

_CHOICES = (
    Choice(
        "lfw",
        tr("LFW pairs.txt"),
        tr("pairs of faces in folds. Accuracy over the folds, each at the threshold that is best for the others."),
    ),
    Choice(
        "pairs",
        tr("Own pair list (CSV)"),
        tr("a CSV file of the columns image_a, image_b, same and, for folds, fold; paths relative to the file."),
    ),
    Choice(
        "one-shot",
        tr("One-shot runs (Omniglot)"),
        tr("a folder of run01, run02 and so on: each test image is of the class of the nearest training image."),
    ),
    Choice(
        "episodes",
        tr("N-way K-shot episodes"),
        tr("random tasks on the run's held-out classes: name images after K examples of each of N classes."),
    ),
)
_HELP = tr("A protocol that others can repeat, run with the newest checkpoint by the window's distance.")
_COUNTS = {
    "ways": (tr("N, classes of an episode"), NumberRule(2, 1000), 5),
    "shots": (tr("K, examples of each class"), NumberRule(1, 1000), 1),
    "queries": (tr("images of each class to name"), NumberRule(1, 1000), 15),
    "count": (tr("episodes"), NumberRule(1, 100_000), 600),
}


class ProtocolForm(QWidget):
    """A choice of protocols, and the fields of the chosen one."""

    edited = Signal()
    """Something else is chosen or entered."""
    problem_changed = Signal(str)
    """Why a number was put back; empty when something good has been entered since."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._which = ChoiceField(tr("protocol"), _CHOICES, _HELP, key="protocol")
        self._which.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self._pairs_txt = PathField(
            tr("pairs.txt"),
            tr("The list of pairs, as LFW's pairs.txt."),
            tr("Pairs (*.txt);;All files (*)"),
            key="pairs.txt",
        )
        self._images = PathField(
            tr("images"), tr("The folder with one folder of images for each person."), key="images"
        )
        self._list = PathField(
            tr("pair list"), tr("A CSV file of pairs."), tr("Lists (*.csv);;All files (*)"), key="pair_list"
        )
        self._runs = PathField(tr("one-shot runs"), tr("The folder with run01, run02 and so on."), key="one-shot_runs")
        self._numbers = {name: self._make_number(name) for name in _COUNTS}
        self._fields = QStackedWidget()
        for rows in self._pages():
            self._fields.addWidget(_page(rows))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT)
        column.addWidget(self._which)
        column.addWidget(self._fields)
        self._connect()

    def choice(self) -> ProtocolChoice:
        """What is chosen now."""
        name: ProtocolName = self._which.value()
        source = {"lfw": self._pairs_txt, "pairs": self._list, "one-shot": self._runs}.get(name)
        ways, shots, queries, count = (int(field.value() or 0) for field in self._numbers.values())
        return ProtocolChoice(
            name,
            source=None if source is None else source.path(),
            images=self._images.path() if name == "lfw" else None,
            ways=ways,
            shots=shots,
            queries=queries,
            count=count,
        )

    def missing(self) -> str:
        """What has to be chosen first; empty where nothing is missing."""
        choice = self.choice()
        if choice.source is None and choice.name != "episodes":
            wanted = {
                "lfw": tr("the pairs.txt"),
                "pairs": tr("the list of pairs"),
                "one-shot": tr("the folder of one-shot runs"),
            }
            return tr("choose {wanted} first").format(wanted=wanted[choice.name])
        if choice.name == "lfw" and choice.images is None:
            return tr("choose the folder of the images first")
        return ""

    def _pages(self) -> Sequence[Sequence[tuple[str, QWidget]]]:
        return (
            (("pairs.txt", self._pairs_txt), (tr("images"), self._images)),
            ((tr("pair list"), self._list),),
            ((tr("one-shot runs"), self._runs),),
            tuple((_COUNTS[name][0], field) for name, field in self._numbers.items()),
        )

    def _make_number(self, name: str) -> NumberField:
        label, rule, start = _COUNTS[name]
        field = NumberField(label, rule, columns=7)
        field.setObjectName(f"{name}_field")
        field.setToolTip(
            tr("{label}: {minimum} to {maximum}.").format(
                label=label, minimum=rule.text(rule.minimum), maximum=rule.text(rule.maximum)
            )
        )
        field.set_value(start)
        return field

    def _connect(self) -> None:
        self._which.edited.connect(self._show_fields)
        for path in (self._pairs_txt, self._images, self._list, self._runs):
            path.edited.connect(self.edited)
        for number in self._numbers.values():
            number.edited.connect(self.edited)
            number.problem_changed.connect(self.problem_changed)

    def _show_fields(self) -> None:
        self._fields.setCurrentIndex([choice.value for choice in _CHOICES].index(self._which.value()))
        self.edited.emit()


def _page(rows: Sequence[tuple[str, QWidget]]) -> QWidget:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(theme.UNIT)
    form.setVerticalSpacing(theme.UNIT // 2)
    for label, field in rows:
        form.addRow(label, field)
    return page
