"""What Verify has judged: listed, kept with the run, noted, opened again, taken off with undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QPushButton

from core.looked_at import load_looks
from core.runs import Run
from explorer.panels.looked_at import LookedAtPage
from explorer.panels.looked_at_rows import NOTE, VERDICT, LookedAtRows
from explorer.widgets.message import Message
from tests.explorer.controllers.conftest import Desk


@pytest.fixture
def page(desk: Desk) -> LookedAtPage:
    desk.panels.verdicts.resize(608, 460)
    desk.panels.verdicts.show()
    return desk.panels.verdicts.looked_at


@pytest.fixture
def images(stored: Path) -> Path:
    return stored.parent / "data" / "images"


def rows(page: LookedAtPage) -> LookedAtRows:
    return page._rows


def names(page: LookedAtPage) -> list[str]:
    found = rows(page)
    return [str(found.index(row, 0).data()) for row in range(found.rowCount())]


def look(desk: Desk, a: object, b: object) -> None:
    """Put a pair into Verify and wait for the verdict."""
    desk.verify_panel.choose({"A": a, "B": b})  # type: ignore[dict-item]
    desk.settle()


def choose_row(page: LookedAtPage, row: int) -> None:
    page._view.clearSelection()
    page._view.selectRow(row)


def press(page: LookedAtPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    button.click()


def test_every_verdict_is_listed_kept_and_exported(
    desk: Desk, page: LookedAtPage, copied: Path, images: Path, tmp_path: Path
) -> None:
    desk.open(copied)
    sample = Run.open(copied).samples().ids[0]
    look(desk, images / "red" / "0.png", images / "blue" / "0.png")
    look(desk, sample, images / "red" / "0.png")
    assert names(page) == [f"{sample} and red/0.png", "red/0.png and blue/0.png"]
    kept = load_looks(copied)
    assert [each.a.kind for each in kept] == ["sample", "file"]
    assert kept[0].step == 99
    assert kept[0].threshold == desk.state.threshold
    assert kept[0].probability == pytest.approx(1 - kept[0].distance)
    assert kept[0].measure == "cosine"
    for image in (kept[0].a, kept[0].b):
        picture = rows(page).picture(image)
        assert picture is not None
        assert not picture.isNull()
    look(desk, images / "blue" / "0.png", images / "red" / "0.png")
    assert names(page) == ["blue/0.png and red/0.png", f"{sample} and red/0.png"]
    assert [each.pair for each in load_looks(copied)] == [kept[1].pair, kept[0].pair]
    page.export_requested.emit(tmp_path / "looked.csv")
    desk.settle()
    assert len((tmp_path / "looked.csv").read_text().splitlines()) == 3
    assert desk.said == f"Saved {tmp_path / 'looked.csv'}"


def test_it_survives_a_restart_and_opens_again(desk: Desk, page: LookedAtPage, copied: Path, images: Path) -> None:
    desk.open(copied)
    red, blue = images / "red" / "1.png", images / "blue" / "1.png"
    look(desk, red, blue)
    desk.state.set_run(None)
    assert names(page) == []
    desk.open(copied)
    assert names(page) == ["red/1.png and blue/1.png"]
    chosen: list[tuple[object, object]] = []
    desk.verify_panel.pair_changed.connect(lambda a, b: chosen.append((a, b)))
    page._view.activated.emit(rows(page).index(0, VERDICT))
    assert chosen == [(red, blue)]
    desk.settle()
    choose_row(page, 0)
    press(page, "open_look")
    assert chosen[-1] == (red, blue)
    desk.settle()


def test_removing_is_taken_back(desk: Desk, page: LookedAtPage, copied: Path, images: Path) -> None:
    desk.open(copied)
    for number in range(3):
        look(desk, images / "red" / f"{number}.png", images / "blue" / "0.png")
    before = load_looks(copied)
    choose_row(page, 1)
    press(page, "remove_looks")
    desk.settle()
    assert desk.said == "Removed a pair looked at; Ctrl+Z takes that back"
    assert len(load_looks(copied)) == 2
    look(desk, images / "green" / "0.png", images / "blue" / "0.png")
    desk.controllers.undo.undo()
    desk.settle()
    assert {each.pair for each in load_looks(copied)} > {each.pair for each in before}
    assert len(names(page)) == 4
    desk.controllers.undo.redo()
    desk.settle()
    assert len(names(page)) == 3


def test_notes_are_written_kept_and_taken_back(desk: Desk, page: LookedAtPage, copied: Path, images: Path) -> None:
    desk.open(copied)
    look(desk, images / "red" / "0.png", images / "blue" / "0.png")
    assert rows(page).setData(rows(page).index(0, NOTE), " doubtful ")
    desk.settle()
    assert load_looks(copied)[0].note == "doubtful"
    assert rows(page).index(0, NOTE).data() == "doubtful"
    look(desk, images / "blue" / "0.png", images / "red" / "0.png")
    assert load_looks(copied)[0].note == "doubtful"
    desk.controllers.undo.undo()
    desk.settle()
    assert load_looks(copied)[0].note == ""
    assert not rows(page).setData(rows(page).index(0, NOTE), "")
    # one that is being written is not disturbed by verdicts
    page._view.edit(rows(page).index(0, NOTE))
    line = page.findChild(QLineEdit, "note_line")
    assert isinstance(line, QLineEdit)
    desk.qtbot.keyClicks(line, "half a")
    look(desk, images / "red" / "1.png", images / "blue" / "0.png")
    assert page.findChild(QLineEdit, "note_line") is line
    desk.qtbot.keyClicks(line, " word")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    desk.qtbot.waitUntil(lambda: len(names(page)) == 2)
    assert [each.note for each in load_looks(copied)] == ["", "half a word"]


def test_a_pasted_picture_opens_while_the_session_lasts(
    desk: Desk, page: LookedAtPage, copied: Path, images: Path
) -> None:
    desk.open(copied)
    pasted = QImage(20, 20, QImage.Format.Format_RGB32)
    pasted.fill(QColor("red"))
    look(desk, pasted, images / "blue" / "0.png")
    kept = load_looks(copied)[0]
    assert kept.a.kind == "picture"
    picture = rows(page).picture(kept.a)
    assert picture is not None
    assert not picture.isNull()
    chosen: list[object] = []
    desk.verify_panel.pair_changed.connect(lambda a, _b: chosen.append(a))
    page.opened.emit(kept)
    assert chosen == [pasted]
    desk.settle()
    page.opened.emit(kept.model_copy(update={"a": kept.a.model_copy(update={"name": "pasted 00"})}))
    assert "is in no file" in desk.said


def test_a_damaged_file_is_told_and_left_alone(desk: Desk, page: LookedAtPage, copied: Path, images: Path) -> None:
    file = copied / "evaluation" / "looked-at.json"
    file.write_text("{")
    desk.open(copied)
    said = [message.sentence() for message in page.findChildren(Message) if message.is_problem()]
    assert len(said) == 1
    assert "looked-at.json: damaged" in said[0]
    look(desk, images / "red" / "0.png", images / "blue" / "0.png")
    assert len(names(page)) == 1
    assert file.read_text() == "{"
