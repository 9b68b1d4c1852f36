from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.config import RunConfig, make_config, parse_override, read_config, split_settings
from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_NAMES, LOSS_SPECS, LossName, default_hyperparameters


def test_defaults_are_those_of_the_manual() -> None:
    config = RunConfig()
    assert (config.data, config.split, config.holdout) == ("digits", "auto", None)
    assert (config.classes_per_batch, config.samples_per_class, config.batch_size) == (16, 4, 64)
    assert config.embedding_dim == 128


def test_a_config_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        RunConfig().epochs = 3


def test_json_round_trip() -> None:
    config = make_config({"holdout": "names.txt", "margin": 0.4, "horizontal_flip": False, "precision": "64"})
    assert RunConfig.model_validate_json(config.model_dump_json()) == config


# --- settings as they come


def test_text_is_read_by_the_field_it_is_for() -> None:
    """The command line knows only text."""
    config = make_config(
        {
            "epochs": "12",
            "pretrained": "true",
            "weight_decay": "1e-3",
            "precision": "32",
            "data": "5",
            "learning_rate": "0.01",
        }
    )
    assert (config.epochs, config.pretrained, config.weight_decay) == (12, True, 1e-3)
    assert (config.precision, config.data) == ("32", "5")
    assert config.hyperparameters.learning_rate == 0.01


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.3, 0.3), ("0.3", 0.3), (None, None), ("names.txt", Path("names.txt")), (Path("0.5"), Path("0.5"))],
)
def test_holdout_is_a_share_or_a_file(value: object, expected: object) -> None:
    assert make_config({"holdout": value}).holdout == expected


def test_live_settings_at_the_top_come_first() -> None:
    nested = {"hyperparameters": {"margin": 0.5, "alpha": 2.0}}
    assert make_config(nested).hyperparameters == Hyperparameters(margin=0.5, alpha=2.0)
    assert make_config({**nested, "margin": 0.7}).hyperparameters == Hyperparameters(margin=0.7, alpha=2.0)


def test_live_settings_start_from_what_suits_the_loss() -> None:
    assert make_config({"loss": "arcface"}).hyperparameters == Hyperparameters(scale=30.0, margin=0.5)
    changed = make_config({"loss": "arcface", "scale": "20", "hyperparameters": {"alpha": 2.0}})
    assert changed.hyperparameters == Hyperparameters(scale=20.0, margin=0.5, alpha=2.0)
    assert make_config({"loss": "triplet"}).hyperparameters == Hyperparameters()


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_the_defaults_of_every_loss_are_within_the_sliders(loss: LossName) -> None:
    live = make_config({"loss": loss}).hyperparameters
    assert Hyperparameters.model_validate(live.model_dump()) == live == default_hyperparameters(loss)
    assert set(LOSS_SPECS[loss].settings) <= set(Hyperparameters.model_fields)
    assert RunConfig.model_validate_json(make_config({"loss": loss}).model_dump_json()).loss == loss


def test_split_settings() -> None:
    assert split_settings({"margin": 1, "epochs": 2}) == ({"margin": 1}, {"epochs": 2})


HOLDOUT_RULE = "holdout: must be a share between 0 and 1, or a file that names the classes, found "
MINING_RULE = (
    "mining: input should be 'all', 'semi-hard', 'hard', 'batch-hard', 'random', 'distance-weighted' or "
    "'easy-positive', found "
)
LIVE_RULE = "hyperparameters: input should be a valid dictionary or instance of Hyperparameters, found "
BAD = {
    "epochs: input should be a valid integer, unable to parse string as an integer, found 'abc'": {"epochs": "abc"},
    "epochs: input should be greater than or equal to 1, found 0": {"epochs": 0},
    "image_size: input should be greater than or equal to 16, found 8": {"image_size": 8},
    HOLDOUT_RULE + "1.5": {"holdout": 1.5},
    HOLDOUT_RULE + "'0'": {"holdout": "0"},
    HOLDOUT_RULE + "[0.5]": {"holdout": [0.5]},
    HOLDOUT_RULE + "True": {"holdout": True},
    HOLDOUT_RULE + "nan": {"holdout": float("nan")},
    HOLDOUT_RULE + "' '": {"holdout": " "},
    "margin: input should be less than or equal to 2, found '9'": {"margin": "9"},
    "margin: input should be greater than or equal to 0, found -1": {"hyperparameters": {"margin": -1}},
    "gamma: input should be a finite number, found inf": {"gamma": float("inf")},
    MINING_RULE + "'x'": {"mining": "x"},
    "memory: must be 0 with arcface, which compares with class vectors, found '100'": {
        "loss": "arcface",
        "memory": "100",
    },
    "memory: input should be greater than or equal to 0, found -1": {"memory": -1},
    LIVE_RULE + "3": {"hyperparameters": 3},
    LIVE_RULE + "[]": {"hyperparameters": [], "margin": 1},
    "data: string should have at least 1 character, found ''": {"data": ""},
    "seed: input should be greater than or equal to 0, found -1": {"seed": -1},
}


@pytest.mark.parametrize("sentence", BAD)
def test_one_sentence_names_field_rule_and_value(sentence: str) -> None:
    with pytest.raises(InputError) as error:
        make_config(BAD[sentence])
    assert str(error.value) == sentence


@pytest.mark.parametrize("unknown", [{"epoch": 3}, {"hyperparameters": {"margins": 1}}])
def test_an_unknown_setting_is_named_beside_the_known_ones(unknown: dict) -> None:
    with pytest.raises(
        InputError, match=r"^(epoch|margins): no such setting; there are data, .*epochs, .*margin"
    ) as error:
        make_config(unknown)
    assert "hyperparameters" not in str(error.value)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from([*RunConfig.model_fields, "x"]), st.none() | st.integers() | st.text(max_size=5))
)
def test_any_settings_give_a_config_or_an_input_error(anything: dict) -> None:
    with suppress(InputError):
        make_config(anything)


# --- files and overrides


def test_toml(tmp_path: Path) -> None:
    file = tmp_path / "run.toml"
    file.write_text('\ufeffdata = "pets"\nholdout = 0.25\n[hyperparameters]\nmargin = 0.5\n', encoding="utf-8")
    config = make_config(read_config(file))
    assert (config.data, config.holdout, config.hyperparameters.margin) == ("pets", 0.25, 0.5)


def test_the_sample_configurations_are_valid() -> None:
    for file in sorted((Path(__file__).parents[2] / "resources").rglob("*.toml")):
        make_config(read_config(file))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: the configuration cannot be read \(No such file"):
        read_config(tmp_path / "none.toml")
    with pytest.raises(InputError, match="the configuration cannot be read"):
        read_config(tmp_path)


@pytest.mark.parametrize("content", [b"epochs 3", b"\xff\xfe\x00", b"a = 1\na = 2"])
def test_no_toml(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "run.toml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"run\.toml: not a valid TOML file"):
        read_config(file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("epochs=3", ("epochs", "3")),
        (" margin = 0.5 ", ("margin", "0.5")),
        ("hyperparameters.margin=0.5", ("margin", "0.5")),
        ("data=a=b", ("data", "a=b")),
        ("data=", ("data", "")),
    ],
)
def test_override(text: str, expected: tuple[str, str]) -> None:
    assert parse_override(text) == expected


@pytest.mark.parametrize("text", ["epochs", "=3", ""])
def test_an_override_without_key_or_value(text: str) -> None:
    with pytest.raises(InputError, match="--set takes KEY=VALUE, found"):
        parse_override(text)


@pytest.mark.parametrize("text", ["epoch=3", "hyperparameters=3"])
def test_an_override_of_nothing(text: str) -> None:
    with pytest.raises(InputError, match=rf"--set {text}: no setting is named .*; there are data, .*margin"):
        parse_override(text)


@pytest.mark.parametrize(
    ("text", "values"), [("1", (1,)), ("3, 1", (1, 3)), ("1-4,9", (1, 2, 3, 4, 9)), ("auto", None), ("", None)]
)
def test_values_of_masks_as_text(text: str, values: tuple[int, ...] | None) -> None:
    config = make_config({"foreground": text})
    assert config.foreground == values
    assert RunConfig.model_validate_json(config.model_dump_json()) == config


@pytest.mark.parametrize("value", ["one", "-1", "1-", "2-1", "1-70000", "0-99999999999", [70_000], ["x"], []])
def test_values_of_masks_that_are_none(value: object) -> None:
    with pytest.raises(InputError, match=r"^foreground: "):
        make_config({"foreground": value})


# --- settings of one device


def test_where_weights_start() -> None:
    assert make_config({"init": "runs/first"}).init == Path("runs/first")
    assert make_config({"init": " "}).init is None  # an empty field, or --init ""
    with pytest.raises(InputError, match=r"^init: must be left out where pretrained is on: .*, found 'runs/first'"):
        make_config({"init": "runs/first", "pretrained": True, "backbone": "resnet18"})


@pytest.mark.parametrize(("backbone", "stages"), [("small", 4), ("resnet18", 5), ("convnext_tiny", 4)])
def test_a_stage_is_left_to_train(backbone: str, stages: int) -> None:
    assert make_config({"backbone": backbone, "freeze": stages - 1}).freeze == stages - 1
    rule = f"^freeze: must leave a stage of the backbone to train, {backbone} has {stages} in all, found {stages}$"
    with pytest.raises(InputError, match=rule):
        make_config({"backbone": backbone, "freeze": stages})


@pytest.mark.parametrize(
    ("name", "value"), [("warm_up", 1.5), ("ema", 1.0), ("patience", -1), ("schedule", "steps"), ("freeze", -1)]
)
def test_what_is_out_of_range_is_named(name: str, value: object) -> None:
    with pytest.raises(InputError, match=f"^{name}: .*, found {value!r}$"):
        make_config({name: value})


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"balance": "pcgrad"}, "with the balance pcgrad, which needs each task's whole gradient"),
        ({"compile": True}, "where the model is compiled"),
    ],
)
def test_weights_are_shared_out_only_where_that_works(others: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=f"^strategy: must be ddp {why}, found 'fsdp'$"):
        make_config({"strategy": "fsdp", **others})
    assert make_config({"strategy": "ddp", **others}).strategy == "ddp"
    assert make_config({"strategy": "fsdp", "balance": "dwa"}).strategy == "fsdp"
