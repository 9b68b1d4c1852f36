from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QDrag, QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from core.run_content import Exclusion
from explorer.panels.pairs import PairsPanel
from explorer.panels.pairs_cell import image_squares, paint_sign
from explorer.panels.pairs_exclusions import count_text
from explorer.panels.pairs_list import PairList
from explorer.panels.pairs_table import matching
from explorer.panels.pairs_view import ConfusionRow, ImagePair, PairImage, PairsView, Verdict
from explorer.widgets.sample_drag import SAMPLE_FORMAT, SampleImage
from explorer.widgets.work_line import WorkLine
from tests.explorer.pointing import press
from tests.explorer.standins import heard

Said = list[tuple[object, ...]]


def pair(first: int, second: int, distance: float) -> ImagePair:
    """Even images are cats, odd ones dogs."""
    images = (
        PairImage(i, f"{'cat' if i % 2 == 0 else 'dog'}/{i:02}.jpg", i % 2, ("cat", "dog")[i % 2])
        for i in (first, second)
    )
    return ImagePair(*images, distance=distance, genuine=first % 2 == second % 2)  # type: ignore[misc]


PAIRS = (pair(0, 1, 0.30), pair(2, 4, 0.50), pair(3, 5, 0.35), pair(6, 7, 0.45))


@pytest.fixture
def panel(qtbot: QtBot) -> PairsPanel:
    panel = PairsPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 460)
    panel.set_threshold(0.4)
    return panel


@pytest.fixture
def said(panel: PairsPanel) -> Said:
    names = "shown wanted pair_selected compare_requested map_requested exclude_requested take_back_requested"
    return heard(*((name, getattr(panel, name)) for name in names.split()))


def show(panel: PairsPanel, qtbot: QtBot, pairs: Sequence[ImagePair] = PAIRS, total: int | None = None) -> None:
    panel.show_pairs(PairsView("All pairs", tuple(pairs), len(pairs) if total is None else total, "There is none."))
    with qtbot.waitExposed(panel):
        panel.show()


def button(panel: PairsPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def text(panel: PairsPanel, name: str) -> str:
    found = panel.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.toolTip() or found.text()


def told(panel: PairsPanel) -> list[str]:
    """What each pair says of itself to a screen reader."""
    model = panel._list.model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


# --- a pair


@pytest.mark.parametrize(
    ("each", "threshold", "verdict"),
    [
        (pair(0, 1, 0.4), 0.4, Verdict.FALSE_ACCEPT),
        (pair(0, 1, 0.4), 0.39, Verdict.REJECTED),
        (pair(0, 2, 0.4), 0.4, Verdict.ACCEPTED),
        (pair(0, 2, 0.4), 0.39, Verdict.FALSE_REJECT),
    ],
)
def test_a_pair_at_the_threshold_is_accepted(each: ImagePair, threshold: float, verdict: Verdict) -> None:
    assert each.verdict(threshold) is verdict


def test_a_pair_tells_all_there_is_to_say() -> None:
    assert pair(0, 11, 0.25).described(0.3).split("\n") == [
        "false accept: distance 0.250, two identities",
        "cat/00.jpg (cat)",
        "dog/11.jpg (dog)",
    ]


@pytest.mark.parametrize(
    ("shown", "total", "words"), [(1, 1, "1 pair"), (2, 2, "2 pairs"), (2, 1204, "2 of 1\u202f204 pairs")]
)
def test_how_many_are_shown_of_how_many(shown: int, total: int, words: str) -> None:
    assert PairsView("", PAIRS[:shown], total, "").count == words


# --- the list


def test_verdicts_follow_the_threshold(panel: PairsPanel, qtbot: QtBot) -> None:
    show(panel, qtbot)
    verdicts = [line.split(":")[0] for line in told(panel)]
    assert verdicts == ["false accept", "false reject", "accepted", "rejected"]
    panel.set_threshold(0.46)
    assert [line.split(":")[0] for line in told(panel)] == ["false accept", "false reject", "accepted", "false accept"]
    assert text(panel, "pairs_title") == "All pairs · 4 pairs"


def test_arrows_choose_and_enter_compares(panel: PairsPanel, qtbot: QtBot, said: Said) -> None:
    show(panel, qtbot)
    said.clear()
    panel._list.setFocus()
    qtbot.keyClick(panel._list, Qt.Key.Key_Down)
    qtbot.keyClick(panel._list, Qt.Key.Key_Right)
    qtbot.keyClick(panel._list, Qt.Key.Key_Return)
    assert said == [("pair_selected", PAIRS[0]), ("pair_selected", PAIRS[1]), ("compare_requested", PAIRS[1])]


def test_a_double_click_compares(panel: PairsPanel, qtbot: QtBot, said: Said) -> None:
    show(panel, qtbot)
    where = panel._list.visualRect(panel._list.model().index(2, 0)).center()
    qtbot.mouseClick(panel._list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(panel._list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert said[-1] == ("compare_requested", PAIRS[2])


def test_the_menu_of_a_pair(panel: PairsPanel, qtbot: QtBot, said: Said) -> None:
    show(panel, qtbot)
    said.clear()
    panel.show_exclusions((), frozenset({1}))
    menu = panel._list.menu(PAIRS[0])
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [(action.text(), action.isEnabled()) for action in actions] == [
        ("Compare in Verify", True),
        ("Show on the map", True),
        ("Exclude left image: wrong label", True),
        ("Exclude right image: wrong label", False),
    ]
    for action in actions[:3]:
        action.trigger()
    assert said == [("compare_requested", PAIRS[0]), ("map_requested", PAIRS[0]), ("exclude_requested", 0)]
    menu.deleteLater()


def test_buttons_are_for_the_chosen_pair(panel: PairsPanel, qtbot: QtBot, said: Said) -> None:
    show(panel, qtbot)
    buttons = [button(panel, name) for name in ("compare_pair", "show_pair_on_map", "exclude_image")]
    assert not any(each.isEnabled() for each in buttons)
    assert all(each.toolTip().startswith("Choose a pair first.") for each in buttons)
    panel.set_selection((1, 0))
    assert all(each.isEnabled() for each in buttons)
    said.clear()
    for each in buttons[:2]:
        each.click()
    menu = buttons[2].menu()
    menu.aboutToShow.emit()
    menu.actions()[1].trigger()
    assert said == [("compare_requested", PAIRS[0]), ("map_requested", PAIRS[0]), ("exclude_requested", 1)]


def test_a_selection_from_elsewhere_tells_nobody(panel: PairsPanel, qtbot: QtBot, said: Said) -> None:
    show(panel, qtbot)
    said.clear()
    panel.set_selection((4, 2))
    assert panel._list.chosen() == PAIRS[1]
    panel.set_selection((4,))
    assert panel._list.chosen() is None
    assert said == []


def test_the_chosen_pair_stays_where_it_is_still_listed(panel: PairsPanel, qtbot: QtBot) -> None:
    show(panel, qtbot)
    panel.set_selection((3, 5))
    show(panel, qtbot, PAIRS[1:])
    assert panel._list.chosen() == PAIRS[2]
    show(panel, qtbot, PAIRS[:1])
    assert panel._list.chosen() is None
    assert not button(panel, "compare_pair").isEnabled()


def test_only_what_is_seen_is_asked_for(panel: PairsPanel, qtbot: QtBot) -> None:
    asked = heard(("asked", panel.thumbnails_needed))
    show(panel, qtbot, [pair(2 * i, 2 * i + 1, i / 1000) for i in range(200)])
    qtbot.waitUntil(lambda: bool(asked))
    [(_, samples)] = asked
    assert isinstance(samples, tuple)
    assert 8 <= len(samples) <= 24
    assert samples[:2] == (0, 1)


def test_thumbnails_outlive_another_list_but_not_another_run(panel: PairsPanel, qtbot: QtBot) -> None:
    show(panel, qtbot)
    for sample in range(8):
        panel.set_thumbnail(sample, QImage(300, 200, QImage.Format.Format_RGB32))
    show(panel, qtbot, PAIRS[::-1])
    assert panel._list._pairs.missing(range(4)) == ()
    panel.clear()
    show(panel, qtbot)
    assert panel._list._pairs.missing(range(2)) == (0, 1, 2, 4)


# --- lists


def test_tabs_say_what_is_wanted(panel: PairsPanel, said: Said) -> None:
    tabs = panel.findChild(QTabBar, "pair_lists")
    assert isinstance(tabs, QTabBar)
    assert not tabs.isTabEnabled(2)
    assert tabs.tabToolTip(2).startswith("Click a bar of the histograms")
    panel.set_bar("Pairs from 0.3 to 0.4")
    assert tabs.tabToolTip(2).startswith("Pairs from 0.3 to 0.4")
    modes = []
    for place in (1, 2, 3, 0):
        tabs.setCurrentIndex(place)
        modes.append(panel.mode)
    assert modes == ["false rejects", "bar", "identities", "false accepts"]
    assert said == [("wanted",)] * 4
    panel.set_mode("bar")
    assert (panel.mode, len(said)) == ("bar", 4)


def test_the_order_is_that_of_errors(panel: PairsPanel, said: Said) -> None:
    order = panel.findChild(QComboBox, "pair_order")
    assert isinstance(order, QComboBox)
    assert panel.order == "nearest"
    order.setCurrentIndex(1)
    order.activated.emit(1)
    assert (panel.order, said) == ("worst", [("wanted",)])
    panel.set_mode("bar")
    assert not order.isEnabled()


def test_without_pairs_it_says_why(panel: PairsPanel, qtbot: QtBot) -> None:
    show(panel, qtbot, ())
    assert panel._none.isVisible()
    assert panel._none.text() == "There is none."
    panel.show_nothing("There are no held-out images.")
    assert (panel._empty.isVisible(), panel._empty.text()) == (True, "There are no held-out images.")
    panel.clear()
    assert panel._empty.text().startswith("The pairs behind the curve will stand here")


def test_a_short_search_says_nothing_of_itself(panel: PairsPanel, qtbot: QtBot) -> None:
    show(panel, qtbot)
    work = panel.findChild(WorkLine)
    assert isinstance(work, WorkLine)
    panel.set_progress(0.2)
    panel.set_progress(None)
    assert not panel._patience.isActive()
    panel.set_progress(0.2)
    qtbot.waitUntil(work.isVisible)
    panel.set_progress(None)
    assert not work.isVisible()


# --- identities


def row(first: int, second: int, errors: int, pairs: int) -> ConfusionRow:
    names = ("Ann", "Anna", "Bob")
    return ConfusionRow(first, second, names[first], names[second], errors, pairs)


ROWS = (row(0, 2, 9, 90), row(1, 1, 5, 10), row(1, 2, 1, 100))


def table(panel: PairsPanel) -> list[list[object]]:
    model = panel._table._table.model()
    return [[model.index(place, column).data() for column in range(4)] for place in range(model.rowCount())]


def test_errors_by_identity(panel: PairsPanel, said: Said) -> None:
    panel.set_mode("identities")
    panel.show_confusions(ROWS, "")
    assert table(panel) == [
        ["Ann = Bob", "9", "90", "10.0 %"],
        ["Anna ≠ Anna", "5", "10", "50.0 %"],
        ["Anna = Bob", "1", "100", "1.00 %"],
    ]
    panel._table._table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    panel._table._table.selectRow(0)
    assert panel.identities == ROWS[1]
    assert panel.identities.text == "Anna not recognised"
    assert said == [("wanted",)]


def test_the_chosen_identities_stay_chosen_when_the_counts_change(panel: PairsPanel, said: Said) -> None:
    panel.show_confusions(ROWS, "")
    panel._table._table.selectRow(2)
    said.clear()
    newer = (row(1, 2, 30, 100), row(0, 2, 8, 90))
    panel.show_confusions(newer, "")
    assert (panel.identities, said) == (newer[0], [])
    panel.show_confusions(newer[1:], "")
    assert panel.identities is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("", ROWS), ("ann", ROWS[:1]), (" ANNA ", ROWS[1:]), ("nn", ROWS), ("bob", (ROWS[0], ROWS[2])), ("carl", ())],
)
def test_identities_are_found_by_their_exact_name_first(wanted: str, found: tuple[ConfusionRow, ...]) -> None:
    assert matching(ROWS, wanted) == found


def test_the_search_keeps_what_is_chosen(panel: PairsPanel) -> None:
    panel.show_confusions(ROWS, "")
    panel._table._table.selectRow(2)
    search = panel.findChild(QLineEdit, "search_identities")
    assert isinstance(search, QLineEdit)
    search.setText("anna")
    assert [line[0] for line in table(panel)] == ["Anna ≠ Anna", "Anna = Bob"]
    assert panel.identities == ROWS[2]


def test_long_names_put_the_table_above_the_pairs(panel: PairsPanel, qtbot: QtBot) -> None:
    panel.resize(720, 460)
    show(panel, qtbot)
    panel.set_mode("identities")
    panel.show_confusions(ROWS, "")
    assert panel._halves.orientation() is Qt.Orientation.Horizontal
    name = "Gloria_Macapagal_Arroyo"
    panel.show_confusions([ConfusionRow(0, 1, name, name[::-1], 1, 2)], "")
    assert panel._halves.orientation() is Qt.Orientation.Vertical
    panel.resize(1200, 460)
    qtbot.waitUntil(lambda: panel._halves.orientation() is Qt.Orientation.Horizontal)


# --- exclusions


def exclusion(sample: str) -> Exclusion:
    return Exclusion(sample=sample, reason="wrong label", at="2026-11-22T14:05:09+00:00")


def test_excluded_images_are_marked_listed_and_taken_back(panel: PairsPanel, qtbot: QtBot, said: Said) -> None:
    show(panel, qtbot)
    shown = button(panel, "show_excluded")
    assert (shown.text(), shown.isEnabled()) == ("no image excluded", False)
    panel.show_exclusions([exclusion("cat/00.jpg"), exclusion("cat/02.jpg")], frozenset({0, 2}))
    model = panel._list.model()
    views = [model.index(place, 0).data(Qt.ItemDataRole.UserRole) for place in range(3)]
    assert [view.excluded for view in views] == [(True, False), (True, False), (False, False)]
    assert (shown.text(), shown.isEnabled()) == ("2 images excluded", True)
    images = panel.findChild(QListWidget, "excluded_images")
    assert isinstance(images, QListWidget)
    assert not images.isVisible()
    shown.click()
    assert images.isVisible()
    assert images.item(0).text().startswith("cat/00.jpg · wrong label · 2026-11-2")
    said.clear()
    images.item(1).setSelected(True)
    button(panel, "take_back").click()
    images.clearSelection()
    button(panel, "take_back").click()
    assert said == [
        ("take_back_requested", ("cat/02.jpg",)),
        ("take_back_requested", ("cat/00.jpg", "cat/02.jpg")),
    ]
    panel.show_exclusions((), frozenset())
    assert not images.isVisible()


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no image excluded"), (1, "1 image excluded"), (1200, "1\u202f200 images excluded")]
)
def test_how_many_are_excluded(count: int, words: str) -> None:
    assert count_text(count) == words


# --- looks


@pytest.mark.parametrize("colour", ["black", "white"])
def test_an_error_has_a_full_sign_and_what_is_right_an_open_one(colour: str) -> None:
    """On both grounds, and without any other colour."""

    def ink(verdict: Verdict) -> float:
        image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            paint_sign(painter, QPointF(10, 10), verdict, QColor(colour))
        return sum(image.pixelColor(x, y).alphaF() for x in range(20) for y in range(20))

    full = {verdict: ink(verdict) for verdict in Verdict}
    assert full[Verdict.FALSE_ACCEPT] == full[Verdict.FALSE_REJECT] > 1.5 * full[Verdict.ACCEPTED] > 0
    assert full[Verdict.ACCEPTED] == full[Verdict.REJECTED]


def test_either_image_of_a_pair_can_be_dragged_out(
    panel: PairsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[bytes] = []
    monkeypatch.setattr(
        QDrag, "exec", lambda drag, _action: carried.append(bytes(drag.mimeData().data(SAMPLE_FORMAT).data()))
    )
    panel.set_image_provider(lambda sample: SampleImage(f"{sample}", QImage(2, 2, QImage.Format.Format_RGB32)))
    show(panel, qtbot)
    pairs = panel.findChild(PairList)
    assert isinstance(pairs, PairList)
    index = pairs.model().index(1, 0)
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    cell = pairs.visualRect(index)
    left, right = image_squares(cell)
    for place in (left.center(), right.center(), QPointF(cell.right() - 4, cell.center().y()).toPoint()):
        press(pairs.viewport(), place)
        pairs.startDrag(Qt.DropAction.CopyAction)
    assert carried == [b"2", b"4"], "none beside the images"
