"""Who is on an image: a slot, the verdict at the shared threshold, the nearest names, and what the verdict is worth."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer import formats, theme
from explorer.panels.gallery_view import IdentifiedView, images_words, novelty_words, plain
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.image_slot import ImageSlot
from explorer.widgets.message import Message
from explorer.widgets.name_list import NameList, NameRow
from explorer.widgets.verdict_line import VerdictSymbol

if TYPE_CHECKING:
    from core.gallery.records import EnrolmentRule, Match

_SLOT = 13 * theme.UNIT
_RULES = (
    Choice(
        "mean",
        tr("mean of a name's images"),
        tr("Each name is the mean of its images' embeddings. Steady, and best where its images are alike."),
    ),
    Choice(
        "nearest",
        tr("nearest of its images"),
        tr(
            "Each name is as near as the nearest of its images. Better where they differ "
            "much, as from front and side; one bad image suffices for a false match."
        ),
    ),
)
_RULE_HELP = tr("What the distance to a name is.")
_EMPTY = tr("Drop an image at the left: who is it?")
_NOBODY = tr("Nobody is enrolled yet: do that under Enrolled, then drop an image here.")
_LOOKING = tr("looking…")
_WORTH_HELP = tr(
    "What this threshold does to people nobody has seen, measured on the held-out identities: how many images of "
    "strangers are taken for somebody, and how many of enrolled people are found. More under Rates."
)
_NOVELTY_HELP = tr(
    "The distance to the centre of the nearest class of the training images, and how many of these lie nearer to "
    "theirs, each measured without itself. Near 100 % the image is unlike anything the model was trained on, and what "
    "it says of it is worth little."
)


class IdentifyPage(QWidget):
    """Takes one image and shows who it is, or that it is nobody known."""

    image_chosen = Signal(object)
    """Its `Source`."""
    cleared = Signal()
    rule_changed = Signal(str)
    """'mean' or 'nearest'"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: IdentifiedView | None = None
        self._threshold: float | None = None
        self._is_anybody_enrolled = False
        self._slot = ImageSlot("?")
        self._symbol, self._word, self._comparison = VerdictSymbol(), QLabel(), QLabel()
        self._message, self._novelty = Message(), Message()
        self._rule = ChoiceField(tr("enrolment rule"), _RULES, _RULE_HELP, key="enrolment_rule")
        self._matches = NameList(editable=False)
        self._worth = Message()
        self._arrange()
        self._slot.image_chosen.connect(self._choose)
        self._slot.sample_dropped.connect(self._choose)
        self._slot.several_chosen.connect(
            lambda paths: self.show_problem(
                tr("{paths} files at once; drop one image, or enrol them.").format(paths=len(paths))
            )
        )
        self._slot.cleared.connect(self.clear)
        self._slot.refused.connect(lambda _sentence: self.clear(keep_slot=True))
        self._rule.edited.connect(lambda: self.rule_changed.emit(self._rule.value()))
        self.clear()

    @property
    def rule(self) -> "EnrolmentRule":
        """What the distance to a name is."""
        rule: EnrolmentRule = self._rule.value()
        return rule

    def choose(self, source: object) -> None:
        """Take an image, as if it were dropped."""
        self._slot.show_waiting()
        self._choose(source)

    def show_picture(self, picture: QImage, caption: str) -> None:
        """Show the image that is looked up."""
        self._slot.show_image(picture, caption)

    def show_identified(self, view: IdentifiedView) -> None:
        """Show who it is."""
        self._view = view
        self._slot.show_image(view.picture, view.caption)
        self._matches.set_pictures(view.pictures)
        self._update()

    def show_problem(self, sentence: str) -> None:
        """Say why the image cannot be looked up."""
        self._view = None
        self._slot.show_problem(sentence)
        self._update()

    def show_failure(self, sentence: str) -> None:
        """Say why nothing came of it; the image stays."""
        self._view = None
        self._update()
        self._message.complain(sentence)

    def set_enrolled(self, is_anybody: bool) -> None:
        """Say whether there is anybody to be found."""
        if is_anybody != self._is_anybody_enrolled:
            self._is_anybody_enrolled = is_anybody
            if self._message.sentence() in (_EMPTY, _NOBODY):
                self._update()

    def set_threshold(self, threshold: float | None) -> None:
        """Judge by another threshold; None where there is none."""
        self._threshold = threshold
        self._update()

    def set_worth(self, sentence: str) -> None:
        """Say what a verdict at this threshold is worth; nothing where that is not known."""
        self._worth.tell(sentence)

    def forget(self) -> None:
        """Forget names and pictures of another gallery."""
        self._matches.forget_pictures()
        self.clear()

    def clear(self, *, keep_slot: bool = False) -> None:
        """Empty the page."""
        self._view = None
        if not keep_slot:
            self._slot.clear()
        self._update()
        self.cleared.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name where it has no room."""
        super().resizeEvent(event)
        self._show_word()

    def _choose(self, source: object) -> None:
        self._view = None
        self._update()
        self._message.tell(_LOOKING)
        self.image_chosen.emit(source)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        top = QHBoxLayout()
        top.setSpacing(theme.UNIT)
        self._slot.setFixedWidth(_SLOT)
        self._slot.setFixedHeight(_SLOT)
        top.addWidget(self._slot)
        top.addLayout(self._verdict(), 1)
        layout.addLayout(top)
        self._matches.setObjectName("matches")
        self._matches.set_describer(self._describe)
        self._matches.setAccessibleName(tr("the nearest names"))
        self._matches.setToolTip(tr("The nearest names: a filled disc is within the threshold, a ring beyond it."))
        layout.addWidget(self._matches, 1)
        self._worth.setObjectName("worth")
        self._worth.setToolTip(_WORTH_HELP)
        self._novelty.setToolTip(_NOVELTY_HELP)
        layout.addWidget(self._worth)

    def _verdict(self) -> QVBoxLayout:
        column, line = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(theme.UNIT // 2)
        line.setSpacing(theme.UNIT)
        font = self.font()
        font.setPointSizeF(1.4 * font.pointSizeF())
        font.setBold(True)
        self._word.setFont(font)
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._word.setObjectName("identity")
        self._comparison.setFont(theme.digits_font())
        self._comparison.setObjectName("identity_distance")
        self._novelty.setObjectName("novelty")
        line.addWidget(self._symbol)
        line.addWidget(self._word, 1)
        column.addLayout(line)
        column.addWidget(self._comparison)
        column.addWidget(self._message)
        column.addWidget(self._novelty)
        column.addStretch(1)
        self._rule.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self._rule)
        return column

    def _update(self) -> None:
        view = self._view
        self._symbol.setVisible(view is not None and bool(view.matches) and self._threshold is not None)
        for label in (self._word, self._comparison):
            label.setVisible(view is not None and bool(view.matches))
        self._matches.show_rows([] if view is None else [self._row(match) for match in view.matches])
        self._novelty.tell("" if view is None else novelty_words(view.novelty))
        if view is None:
            self._message.tell(_EMPTY if self._is_anybody_enrolled else _NOBODY)
        elif not view.matches:
            self._message.tell(_NOBODY)
        else:
            self._message.tell("")
            self._judge(view.matches[0])

    def _judge(self, best: "Match") -> None:
        shown, threshold = formats.distance(best.distance), self._threshold
        if threshold is None:
            self._comparison.setText(tr("{shown}, no threshold yet").format(shown=shown))
            self._symbol.set_same(None)
        else:
            known = best.distance <= threshold
            self._symbol.set_same(known)
            self._comparison.setText(f"{shown} {'≤' if known else '>'} {formats.distance(threshold)}")
        self._show_word()

    def _show_word(self) -> None:
        if self._view is None or not self._view.matches:
            return
        best, threshold = self._view.matches[0], self._threshold
        is_known = threshold is None or best.distance <= threshold
        name = best.name if is_known else tr("unknown")
        metrics = QFontMetrics(self._word.font())
        self._word.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(self._word.width(), theme.UNIT)))
        verdict = name if threshold is None or not is_known else tr("known")
        self._word.setToolTip(plain(name))
        self._word.setAccessibleName(f"{verdict}: {best.name}, {self._comparison.text()}")

    def _row(self, match: "Match") -> NameRow:
        accepted = None if self._threshold is None else match.distance <= self._threshold
        return NameRow(match.name, formats.distance(match.distance), match.image, accepted)

    def _describe(self, row: int) -> str:
        if self._view is None:
            return ""
        match = self._view.matches[row]
        return plain(
            tr("{name}\nenrolled by {images}; the nearest of them is shown").format(
                name=match.name, images=images_words(match.images)
            )
        )
