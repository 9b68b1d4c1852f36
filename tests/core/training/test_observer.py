"""How often the model is looked at while it trains, and what becomes of an interrupted look."""

import pytest

from core.training import looking_together as module
from core.training import loop
from core.training.records import Evaluated, Paused
from tests.core.training.driving import drive


def test_a_pause_in_a_look_waits_and_goes_on(tiny, tmp_path) -> None:
    """Asked between its batches; the time of the pause is not charged to looking."""
    asked = []

    class Watching(loop.Observer):
        def glance(self, epoch, interrupted):
            def pausing() -> bool:
                if not asked:
                    asked.append(True)
                    controls_of[0].pause()
                return interrupted()

            super().glance(epoch, pausing)

    controls_of = []

    def on_event(event, controls) -> None:
        if isinstance(event, Paused):
            controls.resume()

    def plan(controls):
        controls_of.append(controls)
        return {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "Observer", Watching)
        driven = drive(tiny(), tmp_path / "run", plan, on_event=on_event)
    assert driven.of(Paused) == [Paused(4)]
    assert [event.step for event in driven.of(Evaluated)] == [4, 8]


def test_a_stop_in_a_look_gives_it_up(tiny, tmp_path, monkeypatch) -> None:
    """Told to stop while it looks at the probe set: nothing of that look is kept, the last one takes its place."""
    real = module.infer
    calls = []

    def infer(*args, cancelled, **kwargs):
        if not calls:
            calls.append(True)
            controls_of[0].stop()
        return real(*args, cancelled=cancelled, **kwargs)

    controls_of = []
    monkeypatch.setattr(module, "infer", infer)
    driven = drive(tiny(epochs=3), tmp_path / "run", lambda controls: controls_of.append(controls) or {})
    assert driven.finished.step == 4
    assert [event.step for event in driven.of(Evaluated)] == [4]
    assert driven.run.snapshot_steps() == [4]


def test_giving_up_the_last_look_leaves_no_figures(tiny, tmp_path, monkeypatch) -> None:
    real = module.infer
    controls_of = []

    def infer(*args, masks, **kwargs):
        if masks is not None:
            controls_of[0].stop(evaluate=False)
        return real(*args, masks=masks, **kwargs)

    monkeypatch.setattr(module, "infer", infer)
    driven = drive(tiny(), tmp_path / "run", lambda controls: controls_of.append(controls) or {})
    assert driven.finished.stopped
    assert driven.finished.result["auc"] is None
    assert driven.run.snapshot_steps() == [4]
