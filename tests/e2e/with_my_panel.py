"""Run by `test_new_panel.py` where `explorer` is a copy with one module more, the panel my_panel.

Tells as JSON, on the last line, where the new panel was found.
"""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

import explorer
from explorer.docks import Docks
from explorer.main_window import MainWindow
from explorer.panel_list import PANELS
from tests.explorer.walking import settle, until, whole_window

TESTS = Path(__file__).parents[1] / "explorer"
COMMON = " or ".join(
    (
        "has_a_text_a_meaning",
        "cannot_be_done",
        "given_twice",
        "declared",
        "named_and_reached",
        "tab_leads",
        "empty and cut_off",
    )
)
"""Tests that hold for every panel."""


def main(folder: Path) -> None:
    application = QApplication([])
    found: dict[str, object] = {"explorer": str(Path(explorer.__file__).parent)}
    with whole_window(folder) as window:
        found["names"] = list(window.docks.named())
        found["tabs"] = _tabs(window)
        window.docks.restore(_older().saveState())
        found["tabs_after_an_older_version"] = _tabs(window)
        found["keys"] = {entry.name: entry.keys for entry in window.menus.entries.all() if "my_panel" in entry.name}
        found["page"] = _page(window)
        found["sizes"] = [_size(window, "largest"), _size(window, "smallest")]
    watch = _Watch()
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(folder), "-k", COMMON]
    pytest.main([*options, str(TESTS / "test_access.py")], plugins=[watch])
    found["tests"] = watch.outcomes
    application.quit()
    sys.stdout.write(f"\n{json.dumps(found)}")


class _Watch:
    """Collects what becomes of tests."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.failed:
            self.outcomes[report.nodeid.partition("::")[2]] = report.outcome


def _tabs(window: MainWindow) -> list[str]:
    """Titles that share a place with the map; in capitals what is in front."""
    settle()
    docks = [window.docks.named()["map"], *window.tabifiedDockWidgets(window.docks.named()["map"])]
    titles = {dock.windowTitle(): dock.visibleRegion().isEmpty() for dock in docks}
    return [title if hidden else title.upper() for title, hidden in titles.items()]


def _older() -> QMainWindow:
    """A window of the version that had no such panel."""
    window = QMainWindow()
    window.resize(1280, 800)
    panels = {name: spec for name, spec in PANELS.items() if name != "my_panel"}
    docks = Docks(window, panels)
    for name in panels:
        docks.fill(name, QLabel(name))
    docks.bring("data")
    return window


def _page(window: MainWindow) -> str:
    """Go to the panel by its keys and press F1."""
    window.activateWindow()
    settle()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_K)
    until(lambda: window.assistance._panel == "my_panel")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    guide = window.assistance._guide
    assert guide is not None
    guide.close()
    return guide.page


def _size(window: MainWindow, which: str) -> str:
    """Choose a class and count its images, both by the palette."""
    answer = window.docks.named()["my_panel"].widget().answer
    answer.clear()
    for words in (f"count class {which}", "sizes count images"):
        window.menus.palette_requested.emit()
        palette = window.assistance._palette
        assert palette is not None
        QTest.keyClicks(palette._field, words)
        QTest.keyClick(palette._field, Qt.Key.Key_Return)
        assert not palette.isVisible(), palette._help.text()
    until(answer.text)
    return str(answer.text())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
