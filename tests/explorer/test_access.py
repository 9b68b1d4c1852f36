"""Everything in the window can be found, reached, heard and read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer import theme
from explorer.actions.pressing import row_of
from explorer.main_window import MainWindow
from explorer.panel_list import PANELS
from tests.explorer.tiny import copied_run, stored_run
from tests.explorer.walking import (
    controls,
    cut_off,
    described,
    open_run,
    pages,
    settle,
    until,
    whole_window,
)


@pytest.fixture(scope="module")
def empty(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """As it is after the first start."""
    with whole_window(tmp_path_factory.mktemp("empty")) as window:
        yield window


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """With a run, and a pair in Verify."""
    with whole_window(tmp_path_factory.mktemp("opened")) as window:
        open_run(window, stored_run(tmp_path_factory))
        for field in window.findChildren(
            QComboBox
        ):  # so that no test is the first to make these, and leaves them behind
            field.view()
        window.assistance.show_palette()
        window.assistance.show_guide("map")
        for each in (window.assistance._palette, window.assistance._guide):
            assert each is not None
            settle()
            each.hide()
        yield window


# --- actions


def test_every_action_has_a_text_a_meaning_and_keys(opened: MainWindow) -> None:
    for entry in opened.menus.entries.kept():
        assert entry.group, entry.name
        assert entry.title, entry.name
        assert entry.help, entry.name
        assert entry.keys, entry.name


def test_whatever_cannot_be_done_says_why_and_not_what_it_does(empty: MainWindow, opened: MainWindow) -> None:
    helps = {entry.name: entry.help for entry in opened.menus.entries.all() if not entry.refused}
    entries = [each for each in empty.menus.entries.all() if not each.action.isEnabled() or each.refused]
    refused = {entry.name: entry.refused for entry in entries}
    assert {"stop_run", "export_onnx", "map_fit_map", "verify_swap_pair", "undo"} <= refused.keys()
    for name, reason in refused.items():
        assert reason, name
        assert reason != helps.get(name), f"{name} says what it does, not why it cannot be done"


def test_no_keys_are_given_twice_nor_begin_others(opened: MainWindow) -> None:
    keys: dict[str, set[object]] = {}
    for action in opened.findChildren(QAction):
        # One that acts only where the focus is, such as Ctrl+C, cannot meet another.
        for key in action.shortcuts() if action.shortcutContext() is not Qt.ShortcutContext.WidgetShortcut else ():
            keys.setdefault(key.toString(), set()).add(action)
    for shortcut in opened.findChildren(QShortcut):
        keys.setdefault(QKeySequence(shortcut.key()).toString(), set()).add(shortcut)
    keys.pop("", None)
    assert {key: found for key, found in keys.items() if len(found) > 1} == {}
    begun = {f"{first}," for key in keys for first in [key.partition(",")[0]] if "," in key}
    assert {key for key in keys if f"{key}," in begun} == set()
    assert len(keys) > 100


def test_every_panel_has_keys_and_a_place_in_the_menu(opened: MainWindow) -> None:
    assert list(opened.docks.named()) == list(PANELS)
    named = {entry.name for entry in opened.menus.entries.kept()}
    assert {f"go_to_{name}" for name in PANELS} | {f"show_panel_{name}" for name in PANELS} <= named


def test_every_control_and_choice_that_is_declared_is_there(opened: MainWindow) -> None:
    for name, spec in ((name, spec) for name, panel in PANELS.items() for spec in (*panel.controls, *panel.fields)):
        panel = opened.docks.named()[name].widget()
        parts = [*panel.findChildren(QWidget), *panel.findChildren(QAction)]
        found = [each for each in parts if each.objectName() == spec.control]
        assert len(found) == 1, f"{name}: {len(found)} controls are named {spec.control!r}"
        choice = getattr(spec, "choice", None)
        if isinstance(choice, str):
            assert row_of(found[0], choice) >= 0, f"{name}.{spec.control}: {choice!r} is no choice"
        elif choice is not None:
            assert 0 <= choice < found[0].count()


def test_the_palette_finds_what_is_used_and_remembers_it(qtbot: QtBot, opened: MainWindow) -> None:
    opened.docks.bring("runs")
    opened.menus.palette_requested.emit()
    settle()
    palette = opened.assistance._palette
    assert palette is not None
    qtbot.keyClicks(palette._field, "swap")
    shown = opened.panels.verify._pair.sources["A"]
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert opened.panels.verify._pair.sources["B"] == shown
    assert opened._settings.recent("actions") == ["verify_swap_pair"]
    opened.menus.palette_requested.emit()
    settle()
    assert palette._model.entry(0).name == "verify_swap_pair"
    qtbot.keyClick(palette._field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_ctrl_k_opens_it_from_a_field_too(qtbot: QtBot, opened: MainWindow) -> None:
    opened.docks.bring("data")
    field = opened.panels.data.findChild(QLineEdit, "search_images")
    assert field is not None
    opened.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "a?")
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = opened.assistance._palette
    assert palette is not None
    assert palette.isVisible()
    settle()
    qtbot.keyClick(palette._field, Qt.Key.Key_Escape)
    qtbot.waitUntil(field.hasFocus)
    assert field.text() == "a?", "a question mark is typed where there is a field"
    field.clear()


def test_f1_opens_the_page_on_the_panel_with_the_keyboard(qtbot: QtBot, opened: MainWindow) -> None:
    opened.activateWindow()
    for panel, page in (("roc", "threshold"), ("map", "map")):
        opened.docks.bring(panel)
        opened.menus.findChild(QAction, "guide")
        next(each for each in opened.menus.entries.kept() if each.name == f"go_to_{panel}").action.trigger()
        until(lambda panel=panel: opened.assistance._panel == panel)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Question)
        guide = opened.assistance._guide
        assert guide is not None
        assert (guide.page, guide.isVisible()) == (page, True)
        guide.close()
        opened.activateWindow()


def test_the_list_of_shortcuts_is_made_of_the_same(opened: MainWindow) -> None:
    opened.menus.shortcuts_requested.emit()
    dialog = opened.findChild(QWidget, "shortcuts_window")
    assert dialog is not None
    listed = {item.text(1) for _, items in dialog._groups.values() for item in items}  # type: ignore[attr-defined]
    assert {entry.keys for entry in opened.menus.entries.kept()} <= listed
    dialog.close()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


# --- controls


@pytest.mark.parametrize("state", ["empty", "opened"])
def test_every_control_can_be_heard_named_and_reached(state: str, request: pytest.FixtureRequest) -> None:
    window: MainWindow = request.getfixturevalue(state)
    missing = []
    for each in controls(window):
        text = each.text() if isinstance(each, QAbstractButton) else ""
        own_tips = isinstance(each, QAbstractItemView | QTabBar)  # their items and tabs have tooltips
        reached = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) or _has_keys(each)
        for what, found in (
            ("tooltip", each.toolTip() or own_tips),
            ("object name", each.objectName() or _is_of_docks(each)),
            ("accessible name", each.accessibleName() or text or _is_of_docks(each)),
            ("way to it by keyboard", reached),
        ):
            if not found:
                missing.append(f"no {what}: {described(each)}")
    assert not missing, "\n".join(missing)
    assert len(controls(window)) > 150


def _has_keys(each: QWidget) -> bool:
    """The buttons of the bar and the tabs of docks are reached by keys of their own."""
    parent = each.parentWidget()
    return _is_of_docks(each) or (parent is not None and parent.objectName() == "run_bar")


def _is_of_docks(each: QWidget) -> bool:
    """Tabs that Qt makes for docks, each with the name of its panel."""
    return isinstance(each, QTabBar) and isinstance(each.parentWidget(), MainWindow)


def test_tab_leads_through_a_panel_and_out_of_it_again(qtbot: QtBot, opened: MainWindow) -> None:
    opened.activateWindow()
    for name in opened.docks.named():
        opened.docks.bring(name)
        settle()
        panel = opened.docks.named()[name].widget()
        next(each for each in opened.menus.entries.kept() if each.name == f"go_to_{name}").action.trigger()
        qtbot.waitUntil(lambda panel=panel: _is_in(panel, QApplication.focusWidget()))
        seen: list[QWidget] = []
        while _is_in(panel, widget := QApplication.focusWidget()):
            assert len(seen) < 100, f"no way out of {name}: {described(widget)}"
            assert widget.isVisible(), described(widget)
            seen.append(widget)
            opened.focusNextPrevChild(True)
        assert len(seen) == len(set(seen)) > 0, name


def _is_in(panel: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (widget is panel or panel.isAncestorOf(widget))


@pytest.mark.parametrize("dark", [False, True])
def test_the_keyboard_can_be_seen_in_every_kind_of_control(qtbot: QtBot, opened: MainWindow, dark: bool) -> None:
    theme.apply("dark" if dark else "light")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    settle()
    shown = [each for each in controls(opened) if each.isVisible() and each.isEnabled() and not _has_keys(each)]
    kinds = {type(each): each for each in reversed(shown) if not _is_empty_list(each)}
    assert len(kinds) > 8
    unseen = [
        described(each) for each in kinds.values() if _picture(opened, each, True) == _picture(opened, each, False)
    ]
    theme.apply("system")
    assert unseen == []


def _is_empty_list(each: QWidget) -> bool:
    return isinstance(each, QAbstractItemView) and (each.model() is None or each.model().rowCount() == 0)


def _picture(window: MainWindow, control: QWidget, focused: bool) -> QImage:
    """A control and what is around it, as after a press of Tab."""
    (control if focused else window.menus).setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return control.parentWidget().grab(control.geometry().adjusted(-3, -3, 3, 3)).toImage()


# --- texts


@pytest.mark.parametrize("state", ["empty", "opened"])
def test_no_text_is_cut_off(state: str, request: pytest.FixtureRequest) -> None:
    window: MainWindow = request.getfixturevalue(state)
    assert (window.width(), window.height()) == (1280, 800)
    found = {f"{page}: {problem}" for page in pages(window) for problem in cut_off(window)}
    assert not found, "\n".join(sorted(found))


def test_a_text_that_is_cut_off_is_found(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    label = QLabel("a text that is long", frame)
    label.setFixedWidth(30)
    frame.show()
    assert len(cut_off(frame)) == 1
    label.setFixedWidth(label.sizeHint().width())
    assert cut_off(frame) == []


@pytest.mark.parametrize("factor", ["1.5", pytest.param("2", marks=pytest.mark.slow)])
def test_no_text_is_cut_off_on_a_finer_screen(factor: str, tmp_path: Path) -> None:
    assert _said_by_another_window(factor, tmp_path, "en").startswith(f"drawn at {factor} with Data")


def test_no_text_is_cut_off_in_german(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    assert _said_by_another_window("1", tmp_path, "de", run).startswith("drawn at 1 with Daten")


def _said_by_another_window(factor: str, folder: Path, language: str, *runs: Path) -> str:
    environment = os.environ | {"QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.explorer.scaled", str(folder), language, *map(str, runs)],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
