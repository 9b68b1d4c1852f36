import pytest
from annotated_types import Ge, Le
from pydantic import ValidationError

from core.hyperparameters import MINING_MODES, SETTING_SPECS, Hyperparameters


def test_sliders_reach_exactly_what_is_allowed() -> None:
    for spec in SETTING_SPECS:
        rules = Hyperparameters.model_fields[spec.name].metadata
        assert [rule.ge for rule in rules if isinstance(rule, Ge)] == [spec.minimum]
        assert [rule.le for rule in rules if isinstance(rule, Le)] == [spec.maximum]
        assert spec.minimum <= getattr(Hyperparameters(), spec.name) <= spec.maximum
        Hyperparameters(**{spec.name: spec.minimum})
        Hyperparameters(**{spec.name: spec.maximum})


def test_every_live_setting_has_a_control() -> None:
    assert {spec.name for spec in SETTING_SPECS} | {"mining"} == set(Hyperparameters.model_fields)
    assert len(SETTING_SPECS) == len({spec.name for spec in SETTING_SPECS})
    assert MINING_MODES[:5] == ("all", "semi-hard", "hard", "batch-hard", "random")


def test_a_logarithmic_scale_starts_above_0() -> None:
    assert all(spec.minimum > 0 for spec in SETTING_SPECS if spec.scale == "log")


@pytest.mark.parametrize("value", [-0.01, 1e9, float("nan"), float("inf"), "much", None])
@pytest.mark.parametrize("name", [spec.name for spec in SETTING_SPECS])
def test_what_is_not_allowed(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Hyperparameters(**{name: value})


def test_they_are_one_frozen_whole() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Hyperparameters().margin = 1.0
    assert Hyperparameters() == Hyperparameters()
    assert len({Hyperparameters(), Hyperparameters(), Hyperparameters(margin=1)}) == 2
