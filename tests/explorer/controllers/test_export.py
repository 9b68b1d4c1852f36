"""File > Export model: what is asked, what is begun, and what is said in the end."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from core.errors import InputError
from explorer.bridge.exporting import Written
from explorer.bridge.long_work import Progress, StageWatcher, Work
from explorer.controllers import export
from explorer.controllers.export import BUNDLE, ONNX, REPORT
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import heard


class Exporting:
    """Stands in for the process; the test says what comes of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Path, str, bool]] = []
        self.result: object = None

    def __call__(self, run_dir: Path, target: str, *, force: bool) -> Work:
        self.asked.append((run_dir, target, force))
        return self._work

    def _work(self, watcher: StageWatcher) -> object:
        if isinstance(self.result, Exception):
            raise self.result
        while self.result is None:
            watcher.staged("writing", 0.5)
        return self.result


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Exporting:
    made = Exporting()
    monkeypatch.setattr(export, "export", made)
    return made


def answer(desk: Desk, path: Path) -> None:
    """Choose a path in the dialog that is open."""
    dialog = desk.status.window().findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    dialog.setParent(None)
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("kind", "name", "target", "words"),
    [
        (ONNX, "m.onnx", "m.onnx", "Wrote the model to {}, with m.json and m_example.py beside it"),
        (REPORT, "m.html", "m.html", "Wrote the report to {}"),
        (BUNDLE, "", "{}-bundle/", "Wrote the bundle to {}"),
    ],
)
def test_each_kind(desk: Desk, stored: Path, process: Exporting, tmp_path: Path, kind, name, target, words) -> None:
    desk.open(stored)
    written = tmp_path / target.format(stored.name).rstrip("/")
    beside = [tmp_path / "m.json", tmp_path / "m_example.py"] if kind == ONNX else []
    process.result = Written((written, *beside))
    desk.controllers.export.ask(kind)
    answer(desk, tmp_path / name)
    desk.settle()
    assert process.asked == [(stored, f"{tmp_path}/{target.format(stored.name)}", False)]
    assert desk.said == words.format(written)
    assert desk.controllers.export.work.isHidden()


def test_a_file_that_the_dialog_asked_about_is_overwritten(desk, stored, process, tmp_path) -> None:
    desk.open(stored)
    (tmp_path / "m.onnx").touch()
    process.result = Written((tmp_path / "m.onnx",))
    desk.controllers.export.ask(ONNX)
    answer(desk, tmp_path / "m.onnx")
    desk.settle()
    assert process.asked[0][2] is True


def test_progress_and_cancel(desk, stored, process, tmp_path, qtbot) -> None:
    desk.open(stored)
    heard_of = heard(("blocked", desk.controllers.export.blocked))
    progressed: list[Progress] = []
    desk.bridges.taking.progressed.connect(lambda _kind, progress: progressed.append(progress))
    desk.controllers.export.ask(REPORT)
    answer(desk, tmp_path / "m.html")
    assert heard_of == [("blocked", "An export is under way; wait for it, or cancel it below")]

    def is_told() -> bool:
        desk.bridges.tick()
        return any(progress.stage == "writing" and progress.share == 0.5 for progress in progressed)

    qtbot.waitUntil(is_told)
    work = desk.controllers.export.work
    assert not work.isHidden()
    desk.controllers.export.ask(ONNX)  # one at a time
    assert desk.status.window().findChild(QFileDialog) is None
    work.findChild(QPushButton, "cancel_button").click()
    desk.settle()
    assert desk.said == "Cancelled the export; nothing was kept of it"
    assert work.isHidden()
    assert heard_of[-1] == ("blocked", None)


def test_a_failure_is_said(desk, stored, process, tmp_path) -> None:
    desk.open(stored)
    process.result = InputError("m.onnx: exists already")
    desk.controllers.export.ask(ONNX)
    answer(desk, tmp_path / "m.onnx")
    desk.settle()
    assert desk.said == "Export: m.onnx: exists already"
    assert desk.status.is_problem


def test_without_a_run_nothing_is_asked(desk, stored) -> None:
    told = heard(("blocked", desk.controllers.export.blocked))
    desk.controllers.export.ask(ONNX)
    assert desk.status.window().findChild(QFileDialog) is None
    desk.open(stored)
    assert told[-1] == ("blocked", None)
    desk.state.set_run(None)
    assert told[-1][1].startswith("Open or train a run first")


def test_a_threshold_that_waits_is_stored_first(desk, copied, process, tmp_path) -> None:
    desk.open(copied)
    desk.roc._choose(0.4321)
    process.result = Written((tmp_path / "m.onnx",))
    desk.controllers.export.ask(ONNX)
    answer(desk, tmp_path / "m.onnx")
    desk.settle()
    assert "0.4321" in (copied / "evaluation" / "threshold.json").read_text()
