"""What can be done with a pair: look at it in Verify, find it on the map, exclude an image with a wrong label."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from explorer.panels.pairs_exclusions import count_text
from explorer.panels.pairs_view import ImagePair
from explorer.theme import UNIT
from explorer.translation import tr

_NO_PAIR = tr("Choose a pair first.")
_HELPS = {
    "compare": tr("Put both images into Verify; Enter on a pair does the same."),
    "map": tr("Select both images on the map."),
    "exclude": tr("Leave one of the images out of every evaluation, because its label is wrong."),
}
_SHOW_HELP = tr("Show which images no evaluation counts, and take them back.")


class PairActions(QWidget):
    """Buttons for the chosen pair, and how many images are excluded."""

    compare_requested = Signal(object)
    """ImagePair"""
    map_requested = Signal(object)
    """ImagePair"""
    exclude_requested = Signal(int)
    """Sample whose label is wrong."""
    excluded_shown = Signal(bool)
    """Whether the excluded images are to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: ImagePair | None = None
        self._excluded: Collection[int] = ()
        self._buttons = {
            "compare": self._make_button("compare_pair", tr("Compare in Verify")),
            "map": self._make_button("show_pair_on_map", tr("Show on the map")),
            "exclude": self._make_button("exclude_image", tr("Exclude")),
        }
        self._shown = self._make_button("show_excluded", "")
        self._shown.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._shown)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self._buttons["exclude"].setMenu(menu)
        self._buttons["compare"].clicked.connect(lambda: self.compare_requested.emit(self._pair))
        self._buttons["map"].clicked.connect(lambda: self.map_requested.emit(self._pair))
        self._shown.toggled.connect(self.excluded_shown)
        self.set_pair(None)
        self.set_excluded(0, ())

    def set_pair(self, pair: ImagePair | None) -> None:
        """Say which pair is chosen."""
        self._pair = pair
        for name, button in self._buttons.items():
            button.setEnabled(pair is not None)
            button.setToolTip(_HELPS[name] if pair is not None else f"{_NO_PAIR}\n\n{_HELPS[name]}")

    def set_excluded(self, count: int, samples: Collection[int]) -> None:
        """Say how many images are excluded, and which samples they are."""
        self._excluded = samples
        self._shown.setText(count_text(count))
        self._shown.setEnabled(count > 0)
        self._shown.setToolTip(
            _SHOW_HELP if count else tr("Nothing is excluded yet.\n\n{SHOW_HELP}").format(SHOW_HELP=_SHOW_HELP)
        )
        if not count:
            self._shown.setChecked(False)

    def _make_button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        return button

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        if self._pair is not None:
            add_exclusions(menu, self._pair, self._excluded, self.exclude_requested.emit)


def add_exclusions(menu: QMenu, pair: ImagePair, excluded: Collection[int], exclude: Callable[[int], None]) -> None:
    """Add to a menu the ways to exclude one image of a pair."""
    for side, image in (("left", pair.first), ("right", pair.second)):
        action = menu.addAction(tr("Exclude {side} image: wrong label").format(side=side))
        action.setObjectName(f"exclude_{side}")
        action.setToolTip(tr("Leave {name} out of every evaluation; Ctrl+Z takes it back.").format(name=image.name))
        action.setEnabled(image.sample not in excluded)
        action.triggered.connect(lambda _checked=False, sample=image.sample: exclude(sample))
