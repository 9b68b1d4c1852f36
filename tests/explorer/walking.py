"""Walks through a window as a person would: every panel, every page of it, every control; and finds texts cut off."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)
from superqt import QElidingLabel

from explorer.bridge import hub
from explorer.bridge.projection import MapBridge
from explorer.main_window import MainWindow
from explorer.settings import Settings
from explorer.widgets.image_slot import ImageSlot

_INTERNAL = ("qt_", "ScrollLeftButton", "ScrollRightButton")
_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
    ImageSlot,
)
_LIMIT_S = 60.0


def until(true: Callable[[], object]) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + _LIMIT_S
    while not true():
        assert time.monotonic() < end, "it took too long"
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle() -> None:
    """Let everything be laid out."""
    for _ in range(5):
        QApplication.processEvents()


@contextmanager
def whole_window(folder: Path) -> Iterator[MainWindow]:
    """A window with every panel and the built-in data; no projection process, and torch only where it is used."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MapBridge, "start", lambda self: None)
        patch.setattr(hub, "_import_heavy", lambda: 0)
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Settings(store), folder / "runs")
        built: list[bool] = []
        window.built.connect(lambda: built.append(True))
        window.show()
        window.build_soon()
        until(lambda: built and window.state.dataset is not None)
        yield window
        window.close()
        until(lambda: not window.isVisible())
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_run(window: MainWindow, run: Path) -> None:
    """Show a run, and a pair of its images."""
    window.run.open_run(run)
    until(lambda: window.state.curve is not None)
    window.panels.verify.choose({"A": "blue/0.png", "B": "red/0.png"})
    until(lambda: window.panels.verify._view is not None)


def pages(window: MainWindow) -> Iterator[str]:
    """Bring every panel and every page of it to the front, one after the other; says which."""
    for name, dock in window.docks.named().items():
        window.docks.bring(name)
        settle()
        yield name
        for tabs in (each for each in dock.findChildren(QTabBar) if each.isVisible()):
            before = tabs.currentIndex()
            for place in (each for each in range(tabs.count()) if each != before and tabs.isTabEnabled(each)):
                tabs.setCurrentIndex(place)
                settle()
                yield f"{name}, {tabs.tabText(place)}"
            tabs.setCurrentIndex(before)


def is_internal(widget: QWidget) -> bool:
    """Parts that Qt made for a control of ours."""
    parent = widget.parentWidget()
    inside = isinstance(parent, QComboBox | QAbstractSpinBox | QTabBar | QLineEdit)
    within = parent is not None and parent.inherits("QComboBoxPrivateContainer")
    return inside or within or isinstance(widget, QScrollBar | QHeaderView) or widget.objectName().startswith(_INTERNAL)


def controls(window: QWidget) -> list[QWidget]:
    """All that a person can use, seen or not."""
    return [each for each in window.findChildren(QWidget) if isinstance(each, _CONTROLS) and not is_internal(each)]


def described(each: QWidget) -> str:
    """A widget and where it stands, so that it can be found."""
    parents: list[str] = []
    up: QWidget | None = each
    while up is not None:
        parents.append(f"{type(up).__name__} {up.objectName()!r}")
        up = up.parentWidget()
    return " in ".join(parents[:4])


def cut_off(window: QWidget) -> list[str]:
    """Texts that have too little room, of what is shown now."""
    shown = (each for each in window.findChildren(QWidget) if each.isVisible() and not is_internal(each))
    return [f"{problem}: {described(each)}" for each in shown if (problem := _problem(each))]


def _problem(each: QWidget) -> str:
    """What is wrong with the room of a widget's text; empty where nothing is, or where it is to be cut."""
    match each:
        case QElidingLabel():
            return ""
        case QLabel():
            return _problem_of_label(each)
        case QComboBox() if not each.isEditable():
            option = QStyleOptionComboBox()
            each.initStyleOption(option)
            part = QStyle.SubControl.SC_ComboBoxEditField
            room = each.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, each)
            return _too_little(each, each.currentText(), room.width())
        case QLineEdit():
            beside = 3 * each.fontMetrics().height() // 2 if each.isClearButtonEnabled() else 4
            return _too_little(each, each.displayText() or each.placeholderText(), each.contentsRect().width() - beside)
        case QTabBar():
            rows = [row for row in range(each.count()) if each.tabRect(row).width() < each.tabSizeHint(row).width() - 1]
            return f"tabs {[each.tabText(row) for row in rows]} are cut" if rows else ""
        case QAbstractButton():
            return _too_little(each, each.text(), each.width())
    return ""


def _problem_of_label(label: QLabel) -> str:
    if not label.text() or label.textFormat() is Qt.TextFormat.RichText:
        return ""
    if label.wordWrap():
        needed, found = label.heightForWidth(label.width()), label.height()
        return f"{label.text()!r} needs a height of {needed}, has {found}" if found < needed - 2 else ""
    if label.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored or label.minimumWidth() == 1:
        return ""  # to be cut, and whole in the tooltip
    return _too_little(label, label.text(), label.contentsRect().width())


def _too_little(each: QWidget, text: str, room: int) -> str:
    lines = text.replace("&&", "\0").replace("&", "").replace("\0", "&").split("\n")
    needed = max(each.fontMetrics().horizontalAdvance(line) for line in lines)
    return f"{text!r} needs {needed}, has {room}" if needed > room + 1 else ""
