import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.guide import FIRST, Guide, _folder, page_of, pages
from explorer.panel_list import PANELS


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def guide(window: QWidget) -> Guide:
    guide = Guide(window)
    guide.show_page(FIRST)
    return guide


def test_every_panel_has_a_page_that_is_there() -> None:
    assert {spec.page for spec in PANELS.values()} <= pages().keys()
    assert all(page_of(name) == spec.page for name, spec in PANELS.items())
    assert page_of("lab") == "lab"


def test_what_is_on_no_panel_begins_at_the_first_page() -> None:
    assert next(iter(pages())) == FIRST
    assert page_of("") == page_of("unheard of") == FIRST


def test_pages_are_called_by_their_headings(guide: Guide) -> None:
    assert pages()["map"] == "Reading the map"
    assert guide._list.item(0).text() == pages()[FIRST]


def test_a_page_is_shown_from_its_beginning(guide: Guide) -> None:
    guide.show_page("map")
    assert guide.page == "map"
    assert guide._page.toPlainText().startswith("Reading the map")
    assert guide._page.textCursor().position() == 0


def test_a_click_in_the_list_turns_to_a_page(guide: Guide) -> None:
    guide._list.setCurrentRow(1)
    assert guide._page.toPlainText().startswith(list(pages().values())[1])


def test_a_link_turns_to_another_page_and_one_into_the_web_is_opened_there(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    guide._page.anchorClicked.emit(QUrl("troubleshooting.md#collapse"))
    assert guide.page == "troubleshooting"
    guide._page.anchorClicked.emit(QUrl("https://example.org/a.md"))
    assert (guide.page, opened) == ("troubleshooting", ["https://example.org/a.md"])


def test_a_page_that_is_not_there_is_the_first(guide: Guide) -> None:
    guide.show_page("unheard of")
    assert guide.page == FIRST


def test_links_between_pages_lead_to_pages() -> None:
    found = pages()
    for name in found:
        text = _folder().joinpath(f"{name}.md").read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([\w-]+)\.md", text):
            assert link in found, f"{name}.md leads to {link}.md"
