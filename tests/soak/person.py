"""Somebody who uses one window: presses what a hand would press, and waits for what follows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, SignalInstance
from PySide6.QtWidgets import QComboBox, QSlider

from core.config import RunConfig
from explorer.widgets.run_bar import RunStage
from tests.benchmarks.waiting import live, wait_for

PATIENCE_S = 120.0
"""For any one thing, on a machine that has other work."""
QUIET_S = 0.5


class Person:
    """Every method is one thing that a person does, and returns when the window has done it.

    Parameters
    ----------
    folder
        for settings and runs.
    """

    def __init__(self, folder: Path) -> None:
        from explorer.main_window import MainWindow
        from explorer.settings import Settings

        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(Settings(store), folder / "runs")
        self.complaints: list[str] = []
        ready: list[bool] = []
        self.window.ready.connect(lambda: ready.append(True))
        self.window.show()
        self.window.build_soon()
        self._wait(lambda: ready, "the window is built")
        self.settle()

    @classmethod
    @contextmanager
    def at(cls, folder: Path) -> "Iterator[Person]":
        """Somebody who closes the window in the end, whatever happens."""
        person = cls(folder)
        try:
            yield person
        finally:
            person.close()

    # --- a run

    def train(self, config: RunConfig, *, stop: bool) -> Path:
        """Start, pause, go on, change a live setting, and stop before the end or wait for it; the run's folder."""
        window, panels = self.window, self.window.panels
        panels.setup.set_settings(config)
        panels.settings.set_loss(config.loss)
        window.data.choose(config.data)
        self.settle()
        window.bar.start.trigger()
        self._wait(lambda: window.bar.stage is RunStage.TRAINING, "training begins")
        window.bar.pause.trigger()
        self._wait(lambda: window.bar.stage is not RunStage.TRAINING, "training pauses")
        if window.bar.stage is RunStage.PAUSED:
            live_settings = panels.settings.values()
            panels.settings.requested.emit(live_settings.model_copy(update={"alpha": live_settings.alpha / 2}))
            window.bar.pause.trigger()
        self._wait(lambda: window.state.snapshot is not None or self._is_idle(), "the first look at the model")
        if stop and not self._is_idle():
            window.bar.stop.trigger()
        self._wait(self._is_idle, "training ends")
        self.settle()
        assert window.state.run is not None, self._last_words()
        return window.state.run.path

    def image_names(self) -> list[str]:
        """Of the run that is shown."""
        run = self.window.state.run
        return [] if run is None else list(run.sample_names)

    def open(self, run: Path) -> None:
        """Open a stored run."""
        self._after(self.window.run.opened, lambda: self.window.run.open_run(run), f"{run.name} is opened")
        self.settle()

    # --- looking

    def project(self, method: str) -> None:
        """Have the map drawn by this method."""
        self._choose_method(method)
        self._wait(lambda: self._is_drawn_by(method), f"the map by {method}")

    def cancel_projection(self) -> None:
        """Begin a map and end it, which ends its process, too; another method is chosen then."""
        maps = self.window.bridges.maps
        self._choose_method("tsne")
        self._wait(lambda: maps._under_way is not None or not maps.busy, "the projection begins")
        self.window.panels.map.cancel_requested.emit()
        self.settle()
        self.project("pca")

    def look_round(self) -> None:
        """Bring every dock to the front, and select some images."""
        window = self.window
        for dock in window.docks.all():
            dock.show()
            dock.raise_()
            live(0.05)
        for chosen in ((0, 1, 2), ()):
            window.panels.map.selection_changed.emit(chosen)
            self.settle()
        window.panels.map.search_chosen.emit("label_errors")
        self.settle()

    def compare_maps(self, other: Path) -> None:
        """Put the map of another run beside this one's, and take it away again."""
        compare = self.window._controllers.map_compare
        self.window.panels.map.compare_toggled.emit(True)
        compare.choose_run(other)
        self.settle()
        self.window.panels.map.compare_toggled.emit(False)
        self.settle()

    # --- judging

    def verify(self, a: str, b: str) -> None:
        """Compare two images of the run, and have the verdict explained."""
        verify, inference = self.window.panels.verify, self.window.bridges.inference
        self._after(inference.compared, lambda: verify.choose({"A": a, "B": b}), "a verdict")
        self._after(inference.explained, verify.explanation_wanted.emit, "an explanation")
        self.settle()

    def move_threshold(self) -> None:
        """Move the slider, take that back and do it again."""
        slider = self.window.panels.roc.findChild(QSlider, "threshold_slider")
        assert slider is not None
        for place in (slider.maximum() // 3, slider.maximum() // 2):
            slider.setValue(place)
            live(0.02)
        undo = self.window._controllers.undo
        undo.undo()
        undo.redo()
        self.settle()

    def enrol(self, name: str, images: list[str]) -> None:
        """Enrol somebody, ask who is on an image, remove them, take that back and remove them again."""
        gallery, controllers = self.window.panels.gallery, self.window._controllers
        self._after(
            self.window.bridges.gallery.listed, lambda: gallery.enrolment_wanted.emit(name, images), "enrolment"
        )
        self.settle()
        self._after(
            self.window.bridges.identifying.identified, lambda: gallery.identification_wanted.emit(images[0]), "a name"
        )
        gallery.removal_wanted.emit(name)
        for step in (controllers.undo.undo, controllers.undo.redo):
            self.settle()
            step()
        self.settle()
        gallery.identification_cleared.emit()

    def evaluate(self) -> None:
        """Measure the run on its held-out images."""
        panel, evaluating = self.window.panels.evaluation, self.window.bridges.evaluating
        self._after(evaluating.finished, lambda: panel.evaluate_requested.emit("held-out"), "an evaluation")
        self.settle()

    def compare(self, runs: list[Path]) -> None:
        """Compare runs with one another."""
        from explorer.reports import CandidateChoice

        panel, evaluating = self.window.panels.evaluation, self.window.bridges.evaluating
        chosen = tuple(map(CandidateChoice, runs))
        self._after(evaluating.finished, lambda: panel.compare_requested.emit(chosen), "a comparison")
        self.settle()

    def export(self, kind: str, target: Path) -> None:
        """Take the model away; where to, a dialog would ask."""
        export = self.window._controllers.export
        self._after(self.window.bridges.taking.finished, lambda: export._begin(kind, target), f"the {kind}")
        self.settle()

    # --- the window

    def close(self) -> None:
        """Close the window, and forget it."""
        self.window.close()
        self._wait(lambda: not self.window.isVisible(), "the window closes")
        self.window.deleteLater()
        del self.window
        live(QUIET_S)

    def settle(self) -> None:
        """Wait until nothing is under way any more."""
        self._wait(self._is_settled, "everything comes to rest")
        live(0.1)
        self._wait(self._is_settled, "everything comes to rest")
        if self.window.status.is_problem and self.window.status.message not in self.complaints[-1:]:
            self.complaints.append(self.window.status.message)

    def _is_settled(self) -> bool:
        bridges = self.window.bridges
        busy = (
            bridges.training.alive and self.window.bar.stage is not RunStage.PAUSED,
            bridges.maps.busy,
            bridges.history.busy,
            bridges.map_compare.busy,
            bridges.jobs_wait,
        )
        return not any(busy)

    def _is_idle(self) -> bool:
        return self.window.bar.stage is RunStage.IDLE and not self.window.bridges.training.alive

    def _choose_method(self, method: str) -> None:
        box = self.window.findChild(QComboBox, "projection_method")
        assert box is not None
        box.setCurrentIndex(box.findData(method))
        box.activated.emit(box.currentIndex())

    def _is_drawn_by(self, method: str) -> bool:
        view = self.window.panels.map.view
        return view is not None and view.method == method and self._is_settled()

    def _after(self, signal: SignalInstance, act: Callable[[], object], what: str) -> None:
        """Do something and wait for what it ends with."""
        heard: list[bool] = []

        def hear(*_values: Any) -> None:
            heard.append(True)

        signal.connect(hear)
        act()
        self._wait(lambda: heard, what)
        signal.disconnect(hear)

    def _wait(self, condition: Callable[[], object], what: str) -> None:
        try:
            wait_for(condition, PATIENCE_S)
        except TimeoutError as error:
            raise TimeoutError(f"{what}: {error}; {self._last_words()}") from error

    def _last_words(self) -> str:
        return f"the window said last: {self.window.status.message}"
