"""The gallery: who is on an image, and who is enrolled."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from explorer import formats, theme
from explorer.panels.gallery_identify import IdentifyPage
from explorer.panels.gallery_names import NamesPage
from explorer.panels.gallery_rates import RatesPage
from explorer.panels.gallery_view import IdentifiedView, RatesView, Source, images_words
from explorer.translation import tr
from explorer.widgets.message import Message
from explorer.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from core.gallery.records import EnrolledName, EnrolmentRule

_TABS = (
    (tr("Identify"), tr("Who is on an image: the nearest names, and whether the threshold takes them for the same.")),
    (tr("Enrolled"), tr("Who is enrolled: add, rename and remove.")),
    (
        tr("Rates"),
        tr("What 'unknown' is worth: how often strangers are taken for somebody, and enrolled people are found."),
    ),
)
_REFRESH_HELP = tr(
    "Look at all enrolled images again with the weights in use. They are kept with the run as the model sees them."
)


class GalleryPanel(QWidget):
    """Three pages: identify, enrolled and rates. It takes data through methods and emits what the user wants."""

    identification_wanted = Signal(object)
    """`Source` of an image."""
    identification_cleared = Signal()
    rule_changed = Signal(str)
    enrolment_wanted = Signal(str, list)
    """A name, and `Source`s."""
    rename_wanted = Signal(str, str)
    """A name, and another one."""
    removal_wanted = Signal(str)
    refresh_wanted = Signal()
    """Embed again what was embedded by other weights."""
    work_cancelled = Signal()
    """End enrolling, or embedding again."""
    pictures_wanted = Signal(list)
    """Ids of enrolled images."""
    rates_wanted = Signal(int)
    """Measure open-set rates, with so many images for each identity."""
    rates_cancelled = Signal()
    shown = Signal()
    """Somebody sees the panel now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        self._identify, self._names, self._rates = IdentifyPage(), NamesPage(), RatesPage()
        self._notice, self._stale, self._refresh = Message(), QWidget(), QPushButton(tr("Embed again"))
        self._stale_words, self._work = Message(), WorkLine()
        self._arrange()
        self._connect()
        self.set_stale(0, 0)

    # --- who is enrolled

    def show_names(self, names: Sequence["EnrolledName"]) -> None:
        """Show who is enrolled."""
        self._names.show_names(names)
        self._identify.set_enrolled(bool(names))
        if names:
            self._rates.suggest_shots(round(median(len(name.images) for name in names)))
        self._tabs.setTabText(
            1, tr("Enrolled ({names})").format(names=formats.count(len(names))) if names else tr("Enrolled")
        )

    def set_pictures(self, pictures: Mapping[int, QImage]) -> None:
        """Give enrolled images their pictures, by their ids."""
        self._names.set_pictures(pictures)

    def show_enrolled(self, name: str) -> None:
        """Select a name that has got images."""
        self._names.clear_name()
        self._names.select(name)
        self._notice.tell("")

    def set_verify_images(self, sources: Sequence[Source]) -> None:
        """Say which images stand in Verify."""
        self._names.set_verify_images(sources)

    def set_available(self, reason: str | None) -> None:
        """Say why nobody can be enrolled; None where it can be done."""
        self._names.set_available(reason)

    def set_stale(self, stale: int, step: int) -> None:
        """Say how many images were embedded by other weights than those of `step`, which are in use."""
        self._stale.setVisible(bool(stale))
        self._stale_words.tell(
            tr("{stale} embedded by other weights than those in use, of step {step}").format(
                stale=images_words(stale), step=formats.count(step)
            )
        )

    def set_working(self, what: str, share: float | None) -> None:
        """Show how far enrolling or embedding again is; None where nothing is under way."""
        if share is None:
            self._work.end()
        elif self._work.isHidden():
            self._work.begin(what)
        else:
            self._work.show_progress(what, share, None)

    def complain(self, sentence: str) -> None:
        """Say what went wrong with the gallery; an empty sentence takes that away."""
        self._notice.complain(sentence)

    def forget(self) -> None:
        """Forget what belonged to another run."""
        self._identify.forget()
        self._names.forget()
        self.show_names(())
        self.set_stale(0, 0)
        self._notice.tell("")

    # --- who is it

    @property
    def rule(self) -> "EnrolmentRule":
        """What the distance to a name is: that to the mean of its images, or to the nearest of them."""
        return self._identify.rule

    @property
    def shots(self) -> int:
        """Images for each identity when rates are measured."""
        return self._rates.shots

    def identify(self, source: Source) -> None:
        """Take an image, as if it were dropped."""
        self._tabs.setCurrentIndex(0)
        self._identify.choose(source)

    def show_identified(self, view: IdentifiedView) -> None:
        """Show who it is."""
        self._identify.show_identified(view)
        self._notice.tell("")

    def show_problem(self, sentence: str) -> None:
        """Say why an image cannot be looked up."""
        self._identify.show_problem(sentence)

    def show_picture(self, picture: QImage, caption: str) -> None:
        """Show the image that is looked up."""
        self._identify.show_picture(picture, caption)

    def show_failure(self, sentence: str) -> None:
        """Say why nothing came of looking an image up."""
        self._identify.show_failure(sentence)

    def set_threshold(self, threshold: float | None) -> None:
        """Judge by another threshold; None where there is none."""
        self._identify.set_threshold(threshold)
        self._rates.set_threshold(threshold)

    def show_rates(self, view: RatesView | None, missing: str) -> None:
        """Show what 'unknown' is worth; None where that is not known, and why."""
        self._rates.set_rates(view, missing)

    def set_measuring(self, share: float | None) -> None:
        """Show how far measuring rates is; None where it is not under way."""
        self._rates.set_measuring(share)

    def set_rates_available(self, reason: str | None) -> None:
        """Say why no rates can be measured; None where they can."""
        self._rates.set_available(reason)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody sees the panel."""
        super().showEvent(event)
        self.shown.emit()

    def _arrange(self) -> None:
        for words, help_text in _TABS:
            self._tabs.setTabToolTip(self._tabs.addTab(words), help_text)
        self._tabs.setObjectName("gallery_pages")
        self._tabs.setAccessibleName(tr("pages of the gallery"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for page in (self._identify, self._names, self._rates):
            self._pages.addWidget(page)
        self._refresh.setObjectName("embed_again")
        self._refresh.setToolTip(_REFRESH_HELP)
        self._notice.setObjectName("gallery_notice")
        row = QHBoxLayout(self._stale)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self._stale_words, 1)
        row.addWidget(self._refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT)
        layout.setSpacing(theme.UNIT // 2)
        layout.addWidget(self._tabs)
        for widget in (self._notice, self._stale, self._work):
            layout.addWidget(widget)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        identify, names = self._identify, self._names
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._refresh.clicked.connect(self.refresh_wanted)
        self._work.cancel_requested.connect(self.work_cancelled)
        identify.image_chosen.connect(self.identification_wanted)
        identify.cleared.connect(self.identification_cleared)
        identify.rule_changed.connect(self.rule_changed)
        self._rates.wanted.connect(self.rates_wanted)
        self._rates.cancelled.connect(self.rates_cancelled)
        self._rates.summary_changed.connect(identify.set_worth)
        names.enrolment_wanted.connect(self.enrolment_wanted)
        names.rename_wanted.connect(self.rename_wanted)
        names.removal_wanted.connect(self.removal_wanted)
        names.pictures_wanted.connect(self.pictures_wanted)
