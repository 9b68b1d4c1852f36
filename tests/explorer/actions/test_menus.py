import pytest
from PySide6.QtGui import QAction, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from explorer.actions.menus import Menus
from explorer.widgets.run_bar import RunBar
from tests.explorer.standins import heard


@pytest.fixture
def bar(qtbot: QtBot) -> RunBar:
    bar = RunBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def menus(qtbot: QtBot, bar: RunBar) -> Menus:
    menus = Menus(bar, "dark")
    qtbot.addWidget(menus)
    return menus


def action(menus: Menus, text: str) -> QAction:
    found = [each for menu in menus.findChildren(QMenu) for each in menu.actions() if plain(each) == text]
    assert len(set(found)) == 1, text
    return found[0]


def plain(each: QAction) -> str:
    return each.text().replace("&&", "§").replace("&", "").replace("§", "&")


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Open run …", "open_run"),
        ("Choose data …", "choose_data"),
        ("Reset layout", "reset_layout"),
        ("Copy picture of panel", "copy_picture"),
        ("Save picture of panel …", "save_picture"),
        ("Tour", "tour"),
        ("Messages …", "messages"),
        ("About metric-explorer", "about"),
        ("Quit", "quit"),
    ],
)
def test_every_entry_asks_for_its_own(menus: Menus, text: str, signal: str) -> None:
    asked = heard((signal, getattr(menus, f"{signal}_requested")))
    action(menus, text).trigger()
    assert asked == [(signal,)]


def test_start_pause_and_stop_are_in_the_menu_too(menus: Menus, bar: RunBar) -> None:
    run = next(each.menu() for each in menus.actions() if plain(each) == "Run")
    assert run.actions() == [bar.start, bar.pause, bar.stop]


def test_recent_runs_are_offered_by_their_paths(menus: Menus) -> None:
    assert not action(menus, "No run was opened or trained yet").isEnabled()
    chosen = heard(("run", menus.recent_run_chosen))
    menus.set_recent_runs(["/runs/a&b", "/runs/c"])
    action(menus, "/runs/a&b").trigger()
    assert chosen == [("run", "/runs/a&b")]
    menus.set_recent_runs(["/runs/d"])
    assert [plain(each) for each in menus._recent.actions()] == ["/runs/d"]


def test_recent_data_is_offered_by_its_paths_and_locked_with_the_rest(menus: Menus) -> None:
    assert not action(menus, "No data of your own was used yet").isEnabled()
    chosen = heard(("data", menus.recent_data_chosen))
    menus.set_recent_data(["/images/a&b", "/images/c.csv"])
    action(menus, "/images/a&b").trigger()
    assert chosen == [("data", "/images/a&b")]
    menus.set_locked("A run is training; stop it first to change this.")
    assert not action(menus, "/images/c.csv").isEnabled()


def test_what_shows_another_run_or_other_data_is_locked_with_the_reason(menus: Menus) -> None:
    locked = [action(menus, "Open run …"), action(menus, "Choose data …"), menus._recent.menuAction()]
    menus.set_locked("A run is training; stop it first to change this.")
    assert not any(each.isEnabled() for each in locked)
    assert {each.toolTip() for each in locked} == {"A run is training; stop it first to change this."}
    menus.set_locked(None)
    assert all(each.isEnabled() for each in locked)
    assert locked[0].toolTip() == "Show a stored run"


def test_the_theme_in_force_is_ticked(menus: Menus) -> None:
    themes = {name: menus.findChild(QAction, f"theme_{name}") for name in ("system", "light", "dark")}
    assert [name for name, each in themes.items() if each.isChecked()] == ["dark"]
    chosen = heard(("theme", menus.theme_chosen))
    themes["light"].trigger()
    assert chosen == [("theme", "light")]
    assert [name for name, each in themes.items() if each.isChecked()] == ["light"]


def test_every_entry_has_a_key_of_its_own_in_its_menu(menus: Menus) -> None:
    for menu in [menus, *(each.menu() for each in menus.actions())]:
        texts = [each.text().replace("&&", "") for each in menu.actions() if each.text() and not each.isSeparator()]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(keys) == len(set(keys)), texts


def test_the_edit_menu_undoes_and_says_what(menus: Menus) -> None:
    done: list[str] = []

    class Change(QUndoCommand):
        def redo(self) -> None:
            done.append("redo")

        def undo(self) -> None:
            done.append("undo")

    history = QUndoStack(menus)
    undo, redo = history.createUndoAction(menus, "&Undo"), history.createRedoAction(menus, "&Redo")
    menus.add_edits(undo, redo)
    edit = next(each.menu() for each in menus.actions() if plain(each) == "Edit")
    assert edit.actions() == [undo, redo]
    assert [each.shortcut().toString() for each in (undo, redo)] == ["Ctrl+Z", "Ctrl+Shift+Z"]
    assert not undo.isEnabled()
    history.push(Change("exclude 7"))
    assert plain(undo) == "Undo exclude 7"
    undo.trigger()
    redo.trigger()
    assert done == ["redo", "undo", "redo"]


def test_a_model_is_taken_away_as_one_of_three(menus: Menus) -> None:
    kinds = {kind: menus.findChild(QAction, f"export_{kind}") for kind in ("onnx", "bundle", "report")}
    asked = heard(("export", menus.export_requested))
    entry = action(menus, "Export model")
    assert not entry.isEnabled()
    assert entry.toolTip() == "Open or train a run first"
    menus.set_export_blocked(None)
    assert entry.isEnabled()
    for each in kinds.values():
        each.trigger()
    assert asked == [("export", kind) for kind in kinds]
    menus.set_export_blocked("An export is under way")
    assert (entry.isEnabled(), entry.toolTip()) == (False, "An export is under way")
