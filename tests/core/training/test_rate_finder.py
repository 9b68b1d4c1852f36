"""The learning-rate finder: what it suggests, and that it leaves no trace."""

import json

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.cli import main
from core.errors import Cancelled, InputError
from core.training.rate_finder import STEPS, find_rate, has_diverged, judged, rates_tried
from core.training.trainer import Trainer
from tests.core.training.driving import drive

PLACES = np.log10(rates_tried(STEPS))


def test_the_range_is_the_slider_s() -> None:
    rates = rates_tried(5)
    assert (rates[0], rates[-1]) == pytest.approx((1e-6, 1e-1))
    assert np.allclose(np.diff(np.log10(rates)), 1.25)


def test_a_line_is_its_own_smoothing() -> None:
    losses = 5 - 0.5 * (PLACES - PLACES[0])
    assert np.allclose(judged(10**PLACES, losses).smoothed, losses)


@given(st.floats(-4.5, -2.5), st.floats(0.1, 10), st.integers(0, 5))
def test_the_steepest_place_of_a_fall_is_found_through_noise(middle: float, depth: float, seed: int) -> None:
    """A loss that falls along a logistic curve is steepest in its middle."""
    noise = np.random.default_rng(seed).normal(0, 0.02 * depth, STEPS)
    losses = 3 + depth / (1 + np.exp(4 * (PLACES - middle))) + noise
    found = judged(10**PLACES, losses)
    assert found.suggestion is not None
    assert abs(np.log10(found.suggestion) - middle) < 0.35
    assert float(f"{found.suggestion:.2g}") == found.suggestion


def test_noise_near_the_lowest_point_is_kept_away_from() -> None:
    """A fall that gets steeper up to 0.01, where the loss jumps and then rises: steep places there are chance."""
    for seed in range(20):
        noise = np.where(PLACES > -2.2, np.random.default_rng(seed).normal(0, 0.3, STEPS), 0.0)
        losses = np.where(PLACES < -2, 4 - 0.1 * (PLACES + 6) ** 2, 2.4 + 1.5 * (PLACES + 2)) + noise
        found = judged(10**PLACES, losses).suggestion
        assert found is not None
        assert -3.5 < np.log10(found) < -2.2


@pytest.mark.parametrize("losses", [np.full(STEPS, 2.0), 1 + PLACES - PLACES[0]], ids=["flat", "rising"])
def test_no_suggestion_where_nothing_falls(losses) -> None:
    assert judged(10**PLACES, losses).suggestion is None


def test_noise_is_no_fall() -> None:
    found = [judged(10**PLACES, np.random.default_rng(seed).normal(3, 0.1, STEPS)).suggestion for seed in range(20)]
    assert found.count(None) == 20


def test_what_comes_after_the_fall_does_not_hide_it() -> None:
    """A model that knows much already: a fall of ten times the noise, then an explosion within bounds."""
    for seed in range(20):
        random = np.random.default_rng(seed)
        fall = 1.7 - 0.6 / (1 + np.exp(-4 * (PLACES + 2.75))) + random.normal(0, 0.06, STEPS)
        losses = np.where(PLACES < -1.6, fall, random.uniform(1, 5, STEPS))
        found = judged(10**PLACES, losses).suggestion
        assert found is not None
        assert abs(np.log10(found) + 2.75) < 0.35


def test_too_few_steps_for_anything() -> None:
    for count in (0, 1, 2):
        assert judged(rates_tried(STEPS)[:count], np.ones(count)).suggestion is None


def test_diverging_by_hand() -> None:
    before = np.full(30, 2.0)
    assert has_diverged(before, 8.1)
    assert not has_diverged(before, 7.9)
    assert not has_diverged(before[:9], 100.0)  # too early to tell


# --- on a model


def test_it_leaves_nothing_behind(tiny, tmp_path, monkeypatch) -> None:
    """No file, no random number drawn, the same search again; every step at its own rate, without a schedule."""
    monkeypatch.chdir(tmp_path)
    real, rates = Trainer.step, []

    def step(self, batch, live):
        record = real(self, batch, live)
        rates.append((record.learning_rate, live.class_learning_rate))
        return record

    monkeypatch.setattr(Trainer, "step", step)
    stages: list[str] = []
    state, config = torch.get_rng_state(), tiny(ema=0.9, schedule="linear")
    found = find_rate(config, lambda stage, share: stages.append(stage), steps=12)
    assert torch.equal(state, torch.get_rng_state())
    assert not list(tmp_path.iterdir())
    assert [rate for rate, _ in rates] == pytest.approx(list(rates_tried(12)))
    live = config.hyperparameters
    assert [other / rate for rate, other in rates] == pytest.approx(
        [live.class_learning_rate / live.learning_rate] * 12
    )
    assert stages[-12:] == ["trying rates"] * 12
    again = find_rate(config, steps=12)
    assert np.array_equal(found.losses, again.losses)


def test_a_run_before_and_after_is_the_same(tiny, tmp_path) -> None:
    """Its first loss is that of the run, whose model starts with the same weights."""
    config = tiny()
    record = drive(config, tmp_path / "run").records[0]
    assert find_rate(config, steps=3).losses[0] == record.total


def test_a_step_that_is_not_finite_ends_it(tiny, monkeypatch) -> None:
    real = Trainer.step

    def step(self, batch, live):
        record = real(self, batch, live)
        return record if record.step < 6 else type(record)(**{**vars(record), "total": None, "fault": "x"})

    monkeypatch.setattr(Trainer, "step", step)
    assert len(find_rate(tiny(), steps=12).rates) == 5


def test_cancelled(tiny) -> None:
    def watch(stage: str, share: float) -> None:
        if stage == "trying rates" and share > 0.2:
            raise Cancelled

    state = torch.get_rng_state()
    with pytest.raises(Cancelled):
        find_rate(tiny(), watch, steps=12)
    assert torch.equal(state, torch.get_rng_state())


def test_bad_data(tiny, tmp_path) -> None:
    with pytest.raises(InputError, match=str(tmp_path / "gone")):
        find_rate(tiny(data=str(tmp_path / "gone")))


# --- the command


@pytest.fixture
def few_steps(monkeypatch) -> None:
    monkeypatch.setattr("core.training.rate_finder.find_rate.__kwdefaults__", {"steps": 24})


def test_the_command(shapes, few_steps, capsys) -> None:
    options = ["find-rate", "--data", str(shapes), "--image-size", "16", "--split", "closed", "--set"]
    options += ["classes_per_batch=4", "--set", "samples_per_class=2"]
    assert main([*options, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert set(content) == {"suggestion", "rates", "losses", "smoothed"}
    assert len(content["rates"]) == len(content["losses"]) == len(content["smoothed"]) == 24
    assert main(options) == 0
    *rows, last = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["rate", "loss", "smoothed"]
    assert [float(row.split()[1]) for row in rows[1:]] == pytest.approx(content["losses"], abs=1e-4)
    assert last.startswith(("suggestion: --set learning_rate=", "no suggestion: "))


def test_bad_settings_of_the_command(capsys) -> None:
    assert main(["find-rate", "--set", "margin=9"]) == 2
    assert capsys.readouterr().err.startswith("margin: ")
